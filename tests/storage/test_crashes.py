"""A process that is killed: what it was told is kept stays kept, whole and chained."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection

import pytest

from storage.open import open_store
from storage.store import Store
from tests.storage.conftest import NOW, change
from tests.storage.test_inbox import message


def write_without_end(url: str, told: Connection) -> None:
    """Take in a message, keep a person and a post in one transaction, and tell each name once it is committed."""
    store = open_store(url)
    number = 0
    while True:
        name = f"Person {number:05}"
        store.inbox.receive(message(name), NOW)
        row = store.inbox.claim(NOW)
        assert row is not None
        with store.writing(change()):
            store.people.add(name)
            store.outbox.add(name, "slack", "C1", {"text": name})
            store.inbox.done(row.id)
        told.send(name)
        number += 1


@pytest.mark.parametrize("committed", [1, 7, 40])
def test_a_killed_process_loses_nothing_that_it_was_told(
    url: str, opened: Callable[..., Store], committed: int
) -> None:
    context = multiprocessing.get_context("spawn")
    listen, tell = context.Pipe(duplex=False)
    process = context.Process(target=write_without_end, args=(url, tell))
    process.start()
    heard = [listen.recv() for _ in range(committed)]
    process.kill()
    process.join()
    store = opened()
    kept = {person.name for person in store.people.all()}
    assert set(heard) <= kept
    assert store.outbox.keys("") == kept
    assert store.audit.verify() is None
    with store.writing(change()):
        store.people.add("Ada")
