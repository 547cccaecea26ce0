"""What came in: once, in order within a conversation, by whichever process comes first."""

from __future__ import annotations

import dataclasses
import multiprocessing
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from storage.model.errors import StoreError
from storage.model.post import Attached, Inbound, InboundKind, InboxState
from storage.open import open_store
from storage.store import Store
from tests.storage.conftest import NOW, change


def message(key: str, conversation: str = "D1", **values: object) -> Inbound:
    inbound = Inbound("slack", key, InboundKind.MESSAGE, "U1", conversation, NOW, f"words of {key}")
    return dataclasses.replace(inbound, **values)  # type: ignore[arg-type]


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def finish(store: Store, row_id: int) -> None:
    with store.writing(change(via="slack")):
        store.inbox.done(row_id)


def test_a_message_comes_back_as_it_came_in(store: Store) -> None:
    given = message(
        "e1", fields={"date": "May"}, files=(Attached("a.docx", "https://files.example/1", 7),), details={"t": "x"},
        text="half \ud83d <@U2> \0", thread="1.2", direct=False,
    )  # fmt: skip
    assert store.inbox.receive(given, NOW)
    row = store.inbox.claim(NOW)
    assert row is not None
    assert row.inbound == dataclasses.replace(given, text="half ? <@U2> \0")
    assert (row.state, row.attempts, row.received_at) == (InboxState.RECEIVED, 1, NOW)


def test_a_duplicate_is_dropped_only_when_it_is_done(store: Store) -> None:
    assert store.inbox.receive(message("e1"), NOW)
    assert store.inbox.receive(message("e1"), NOW)
    assert store.inbox.waiting() == 1
    row = store.inbox.claim(NOW)
    assert row is not None
    assert store.inbox.receive(message("e1"), NOW)
    finish(store, row.id)
    assert not store.inbox.receive(message("e1"), NOW)
    assert store.inbox.receive(message("e1", surface="teams"), NOW)


def test_a_conversation_is_handled_in_order_and_by_one(store: Store) -> None:
    for key, conversation in (("a1", "A"), ("a2", "A"), ("b1", "B")):
        store.inbox.receive(message(key, conversation), NOW)
    first, second = store.inbox.claim(NOW), store.inbox.claim(NOW)
    assert first is not None
    assert second is not None
    assert [first.inbound.key, second.inbound.key] == ["a1", "b1"]
    assert store.inbox.claim(NOW) is None
    finish(store, first.id)
    third = store.inbox.claim(NOW)
    assert third is not None
    assert third.inbound.key == "a2"


def test_a_lease_that_ran_out_is_claimed_again(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    assert store.inbox.claim(NOW, lease_seconds=60) is not None
    assert store.inbox.claim(after(59)) is None
    row = store.inbox.claim(after(61))
    assert row is not None
    assert row.attempts == 2


def test_a_failure_is_tried_again_later_and_holds_its_conversation(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    store.inbox.receive(message("e2"), NOW)
    now = NOW
    for attempt in range(1, 5):
        row = store.inbox.claim(now)
        assert row is not None
        assert (row.inbound.key, row.attempts) == ("e1", attempt)
        store.inbox.failed(row.id, "database locked", now)
        assert store.inbox.claim(now) is None
        now += timedelta(seconds=2 ** (attempt - 1))
    row = store.inbox.claim(now)
    assert row is not None
    store.inbox.failed(row.id, "database locked", now)
    assert [stuck.inbound.key for stuck in store.inbox.stuck()] == ["e1"]
    after_it = store.inbox.claim(now)
    assert after_it is not None
    assert after_it.inbound.key == "e2"


def test_a_failed_message_that_comes_again_is_handled_again(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    for attempt in range(5):
        row = store.inbox.claim(after(attempt * 100))
        assert row is not None
        store.inbox.failed(row.id, "refused", after(attempt * 100))
    assert store.inbox.claim(after(1000)) is None
    assert store.inbox.receive(message("e1"), after(1000))
    row = store.inbox.claim(after(1000))
    assert row is not None
    assert row.attempts == 1
    assert store.inbox.stuck() == []


def test_a_message_that_kills_its_process_five_times_is_set_aside(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    for attempt in range(5):
        assert store.inbox.claim(after(attempt * 100)) is not None
    assert store.inbox.claim(after(1000)) is None
    assert [row.inbound.key for row in store.inbox.stuck()] == ["e1"]


def test_a_claim_that_is_renewed_does_not_run_out(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    row = store.inbox.claim(NOW, lease_seconds=60)
    assert row is not None
    assert store.inbox.renew(row, after(50), lease_seconds=60)
    assert store.inbox.claim(after(100)) is None
    assert store.inbox.claim(after(111)) is not None
    assert not store.inbox.renew(row, after(112))  # it is another worker's now
    assert store.inbox.claim(after(160)) is None


def test_what_is_done_is_not_renewed(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    row = store.inbox.claim(NOW)
    assert row is not None
    finish(store, row.id)
    assert not store.inbox.renew(row, after(1))


def test_an_interaction_is_claimed_by_its_key(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    store.inbox.receive(message("e2"), NOW)
    row = store.inbox.claim_key("slack", "e2", NOW)
    assert row is not None
    assert row.inbound.key == "e2"
    assert store.inbox.claim_key("slack", "e1", NOW) is None
    assert store.inbox.claim(NOW) is None
    finish(store, row.id)
    assert store.inbox.claim_key("slack", "e2", NOW) is None
    assert store.inbox.claim_key("slack", "nothing", NOW) is None
    assert store.inbox.claim_key("slack", "e1", NOW) is not None


def test_done_commits_with_what_it_caused_or_not_at_all(store: Store) -> None:
    store.inbox.receive(message("e1"), NOW)
    row = store.inbox.claim(NOW)
    assert row is not None

    def crash() -> None:
        with store.writing(change(via="slack")):
            store.people.add("Ada")
            store.inbox.done(row.id)
            raise KeyError("crash")

    with pytest.raises(KeyError):
        crash()
    assert store.people.all() == []
    assert store.inbox.waiting() == 1
    with pytest.raises(StoreError, match="outside"):
        store.inbox.done(row.id)


def drain(url: str, ready: object) -> None:
    """Handle everything: each message adds a person named by its key, exactly as often as it is handled."""
    store = open_store(url)
    ready.wait()  # type: ignore[attr-defined]
    while store.inbox.waiting():
        row = store.inbox.claim(NOW)
        if row is not None:
            with store.writing(change(via="slack")):
                store.people.add(row.inbound.key)
                store.inbox.done(row.id)
    store.close()


def test_processes_share_an_inbox_and_handle_each_message_once_in_order(
    url: str, opened: Callable[..., Store]
) -> None:
    store = opened()
    keys = [f"{conversation}{number:02}" for number in range(10) for conversation in "ABC"]
    for key in keys:
        store.inbox.receive(message(key, key[0]), NOW)
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(3)
    processes = [context.Process(target=drain, args=(url, ready)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    handled = [person.name for person in sorted(store.people.all(), key=lambda person: person.id)]
    assert sorted(handled) == sorted(keys)
    for conversation in "ABC":
        mine = [name for name in handled if name[0] == conversation]
        assert mine == sorted(mine)
    assert store.audit.verify() is None
