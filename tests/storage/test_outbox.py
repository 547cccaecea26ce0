"""What goes out: one row one post, in order within a conversation, unsure when nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storage.model.errors import StoreError
from storage.model.post import OutboxRow, OutboxState
from storage.open import open_store
from storage.store import Store
from tests.storage.conftest import NOW, change


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def add(store: Store, key: str, conversation: str = "C1", surface: str = "slack", **values: object) -> bool:
    with store.writing(change()):
        return store.outbox.add(key, surface, conversation, {"text": key}, **values)  # type: ignore[arg-type]


def claimed(store: Store, now: datetime = NOW, surfaces: tuple[str, ...] = ("slack",)) -> list[str]:
    return [row.key for row in store.outbox.claim(now, surfaces)]


def row_of(store: Store, key: str) -> OutboxRow:
    row = store.outbox.get(key)
    assert row is not None
    return row


def sent(store: Store, key: str, platform_id: str = "ts1", now: datetime = NOW) -> None:
    with store.writing(change()):
        store.outbox.sent(row_of(store, key).id, platform_id, now)


def failed(store: Store, key: str) -> None:
    with store.writing(change()):
        store.outbox.failed(row_of(store, key).id, "channel is gone")


def test_a_post_is_made_once(store: Store) -> None:
    assert add(store, "digest:12:#1", check="prompt:12:5")
    assert not add(store, "digest:12:#1")
    row = row_of(store, "digest:12:#1")
    assert (row.state, row.content, row.check, row.created_at) == (
        OutboxState.NEW,
        {"text": "digest:12:#1"},
        "prompt:12:5",
        NOW,
    )
    assert store.outbox.waiting() == 1
    with pytest.raises(StoreError, match="outside"):
        store.outbox.add("other", "slack", "C1", {})


def test_one_conversation_is_claimed_in_order(store: Store) -> None:
    for key, conversation in (("a1", "A"), ("b1", "B"), ("a2", "A")):
        add(store, key, conversation)
    assert claimed(store) == ["a1", "a2"]
    add(store, "a3", "A")
    assert claimed(store) == ["b1"]
    assert claimed(store) == []
    for key in ("a1", "a2"):
        sent(store, key, f"ts-{key}", after(1))
    assert claimed(store) == ["a3"]
    assert (row_of(store, "a1").state, row_of(store, "a1").platform_id) == (OutboxState.SENT, "ts-a1")


def test_only_the_surfaces_that_run_are_claimed(store: Store) -> None:
    add(store, "t1", surface="teams")
    assert claimed(store) == []
    assert claimed(store, surfaces=()) == []
    assert claimed(store, surfaces=("slack", "teams")) == ["t1"]


def test_a_thread_waits_for_its_first_message(store: Store) -> None:
    add(store, "d:#1")
    add(store, "d:#2", after="d:#1")
    add(store, "next")
    assert claimed(store) == ["d:#1"]
    sent(store, "d:#1")
    assert claimed(store) == ["d:#2", "next"]


def _superseded(store: Store, key: str) -> None:
    store.outbox.supersede(row_of(store, key).id, "no longer holds")


@pytest.mark.parametrize("end", [failed, _superseded])
def test_a_thread_goes_on_where_its_first_message_never_will(
    store: Store, end: Callable[[Store, str], None]
) -> None:
    add(store, "d:#1")
    add(store, "d:#2", after="d:#1")
    end(store, "d:#1")
    assert claimed(store) == ["d:#2"]


def test_a_scheduled_post_holds_nobody_up(store: Store) -> None:
    add(store, "reminder", not_before=after(3600))
    add(store, "receipt")
    assert claimed(store) == ["receipt"]
    sent(store, "receipt")
    assert claimed(store, after(3599)) == []
    assert claimed(store, after(3600)) == ["reminder"]


def test_a_post_that_must_wait_holds_its_conversation(store: Store) -> None:
    for key, conversation in (("a1", "A"), ("a2", "A"), ("b1", "B")):
        add(store, key, conversation)
    assert claimed(store) == ["a1", "a2"]
    for key in ("a1", "a2"):
        store.outbox.later(row_of(store, key).id, after(30))
    add(store, "a3", "A")
    assert claimed(store) == ["b1"]
    assert claimed(store, after(29)) == []
    assert claimed(store, after(30)) == ["a1", "a2", "a3"]


def test_a_lease_that_ran_out_leaves_the_post_unsure(store: Store) -> None:
    add(store, "a1")
    add(store, "a2")
    claimed(store)
    rows = store.outbox.claim(after(61), ["slack"])
    assert [(row.key, row.state, row.claimed_at, row.attempts) for row in rows] == [
        ("a1", OutboxState.UNSURE, NOW, 1),
        ("a2", OutboxState.UNSURE, NOW, 1),
    ]
    (first, *_) = store.outbox.claim(after(200), ["slack"])
    assert first.claimed_at == NOW
    sent(store, "a1", now=after(201))
    assert row_of(store, "a1").state is OutboxState.SENT


def test_a_claim_that_is_renewed_does_not_run_out(store: Store) -> None:
    for key in ("a", "b"):
        add(store, key)
    rows = store.outbox.claim(NOW, ("slack",), lease_seconds=60)
    sent(store, "a")
    assert store.outbox.renew(rows, after(50), lease_seconds=60)
    assert claimed(store, after(100)) == []
    assert claimed(store, after(111)) == ["b"]
    assert not store.outbox.renew(rows, after(112))  # sent, and another worker's now


def test_a_time_out_leaves_the_post_unsure(store: Store) -> None:
    add(store, "a1")
    (row,) = store.outbox.claim(NOW, ["slack"])
    store.outbox.unsure(row.id)
    assert row_of(store, "a1").state is OutboxState.UNSURE
    (again,) = store.outbox.claim(after(1), ["slack"])
    assert (again.state, again.claimed_at) == (OutboxState.UNSURE, NOW)
    store.outbox.later(again.id, after(5))
    (fresh,) = store.outbox.claim(after(5), ["slack"])
    assert (fresh.state, fresh.claimed_at) == (OutboxState.NEW, after(5))


def test_what_was_sent_stays_sent(store: Store) -> None:
    add(store, "a1")
    (row,) = store.outbox.claim(NOW, ["slack"])
    sent(store, "a1")
    store.outbox.unsure(row.id)
    store.outbox.later(row.id, NOW)
    failed(store, "a1")
    store.outbox.supersede(row.id, "late")
    assert row_of(store, "a1").state is OutboxState.SENT


def test_what_need_not_go_is_superseded(store: Store) -> None:
    for key in ("digest:1:#1", "digest:1:#2", "digest:10:#1", "prompt:1"):
        add(store, key, conversation=key)
    store.outbox.claim(NOW, ["slack"])
    sent(store, "digest:1:#1")
    with store.writing(change()):
        assert store.outbox.supersede_matching("digest:1:", "a newer digest") == 1
    states = [row_of(store, key).state for key in ("digest:1:#1", "digest:1:#2", "digest:10:#1")]
    assert states == [OutboxState.SENT, OutboxState.SUPERSEDED, OutboxState.NEW]
    assert store.outbox.keys("digest:1:") == {"digest:1:#1", "digest:1:#2"}
    assert store.outbox.keys("digest:") == {"digest:1:#1", "digest:1:#2", "digest:10:#1"}
    assert len(store.outbox.keys("")) == 4


def test_a_platform_message_leads_back_to_its_row(store: Store) -> None:
    add(store, "a1")
    store.outbox.claim(NOW, ["slack"])
    sent(store, "a1", "17.5")
    found = store.outbox.of_person("slack", "17.5", "C1")
    assert found is not None
    assert found.key == "a1"
    assert store.outbox.of_person("slack", "17.5", "C2") is None


class TwoWorkers(RuleBasedStateMachine):
    """Two processes' stores over one record, doing whatever workers do, at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        url = str(Path(self.folder.name) / "a.db")
        self.stores = [open_store(url), open_store(url)]
        self.now = NOW
        self.keys = 0
        self.held: list[tuple[OutboxRow, datetime]] = []
        self.posted: list[str] = []

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.folder.cleanup()

    @rule(conversation=st.sampled_from("AB"), follows=st.booleans())
    def add(self, conversation: str, follows: bool) -> None:
        self.keys += 1
        last = f"{conversation}{self.keys - 1:03}"
        add(self.stores[0], f"{conversation}{self.keys:03}", conversation, after=last if follows else None)

    @rule(worker=st.sampled_from([0, 1]))
    def claim(self, worker: int) -> None:
        rows = self.stores[worker].outbox.claim(self.now, ["slack"])
        conversations = {row.conversation for row in rows}
        assert len(conversations) <= 1
        working = {row.conversation for row, until in self.held if until > self.now}
        assert not conversations & working
        self.held = [(row, until) for row, until in self.held if until > self.now]
        self.held += [(row, self.now + timedelta(seconds=60)) for row in rows]

    @rule(worker=st.sampled_from([0, 1]), end=st.sampled_from(["sent", "unsure", "later"]))
    def end(self, worker: int, end: str) -> None:
        """The first held post is made, times out, or is put off with all that were claimed with it."""
        if not self.held:
            return
        row, until = self.held.pop(0)
        outbox = self.stores[worker].outbox
        if until <= self.now:
            return
        if end == "sent":
            sent(self.stores[worker], row.key, f"ts-{row.key}", self.now)
            self.posted.append(row.key)
            return
        mine = [row, *(other for other, _ in self.held if other.conversation == row.conversation)]
        self.held = [(other, till) for other, till in self.held if other.conversation != row.conversation]
        for other in mine:
            outbox.unsure(other.id) if end == "unsure" else outbox.later(
                other.id, self.now + timedelta(seconds=5)
            )

    @rule(seconds=st.sampled_from([1, 30, 61]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def each_post_is_made_once_and_in_order(self) -> None:
        assert len(set(self.posted)) == len(self.posted)
        for conversation in "AB":
            mine = [key for key in self.posted if key[0] == conversation]
            assert mine == sorted(mine)


TestTwoWorkers = TwoWorkers.TestCase
TestTwoWorkers.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)


def test_two_stores_never_hold_one_conversation(opened: Callable[..., Store]) -> None:
    one, other = opened(), opened()
    add(one, "a1", "A")
    add(one, "b1", "B")
    assert claimed(one) == ["a1"]
    assert claimed(other) == ["b1"]
    assert claimed(other) == claimed(one) == []
