"""Opening a database: new, old, shared, foreign, damaged, full."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.database import path_of
from storage.model.errors import StoreError
from storage.open import open_store
from storage.store import Store
from tests.storage.conftest import change

FORK = multiprocessing.get_context("spawn")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        pytest.param("sqlite:///a.db", "a.db", id="relative"),
        pytest.param("sqlite:////srv/a.db", "/srv/a.db", id="absolute"),
        pytest.param("a.db", "a.db", id="plain path"),
        pytest.param("folder/with space.db", "folder/with space.db", id="space"),
    ],
)
def test_a_url_or_path_names_the_file(url: str, path: str) -> None:
    assert path_of(url) == Path(path)


@pytest.mark.parametrize("url", ["", "sqlite:///", "mysql://x/y", "sqlite://"])
def test_a_url_that_names_no_file_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match=r"give sqlite:///FILE or a path"):
        path_of(url)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no folder .*nowhere: make it"):
        open_store(str(tmp_path / "nowhere" / "a.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        open_store(str(tmp_path))


def test_a_newer_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_store(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer Assurebot"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(str(path))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [pytest.param(b"not a database at all" * 100, id="text"), pytest.param(None, id="overwritten pages")],
)
def test_a_damaged_file_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.db"
    if content is None:
        open_store(str(path)).close()
        good = path.read_bytes()
        content = good[:100] + b"\xff" * 4000 + good[4100:]
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"restore|damaged"):
        open_store(str(path))
    assert path.read_bytes() == content


def test_a_locked_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0)
    path = tmp_path / "a.db"
    store = open_store(str(path))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked by another program"), store.writing(change()):
        pass
    other.close()
    with store.writing(change()):
        store.people.add("Ada Quay")
    store.close()


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    from storage.database import Database, open_database
    from storage.open import RowStore

    database: Database = open_database(str(tmp_path / "a.db"), "default")
    store = RowStore(database, "default")
    with store.writing(change()):
        store.people.add("Ada Quay")
    pages = database._connection.execute("PRAGMA page_count").fetchone()["page_count"]
    database._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="full: free some space"), store.writing(change()):
        store.people.add("Ben Mast " + "x" * 1_000_000)
    assert [person.name for person in store.people.all()] == ["Ada Quay"]
    assert store.audit.verify() is None
    database._connection.execute("PRAGMA max_page_count = 100000")
    with store.writing(change()):
        store.people.add("Ben Mast")
    assert [person.name for person in store.people.all()] == ["Ada Quay", "Ben Mast"]
    store.close()


def test_a_read_only_database_answers_and_refuses_to_write(tmp_path: Path) -> None:
    from storage.database import open_database
    from storage.open import RowStore

    database = open_database(str(tmp_path / "a.db"), "default")
    database._connection.execute("PRAGMA query_only = ON")  # file rights stop nobody who is root
    store = RowStore(database, "default")
    assert store.plans.all() == []
    with pytest.raises(StoreError, match="cannot be written"), store.writing(change()):
        store.people.add("Ada Quay")
    store.close()


def test_a_store_belongs_to_the_thread_that_opened_it(store: Store) -> None:
    said: list[str] = []

    def elsewhere() -> None:
        try:
            store.plans.all()
        except StoreError as error:
            said.append(str(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert "thread" in said[0]


def start(url: str, ready: object, number: int) -> None:
    ready.wait()  # type: ignore[attr-defined]
    store = open_store(url)
    with store.writing(change(minutes=number)):
        store.people.add(f"Person {number}")
    store.close()


def test_four_processes_may_start_at_once_on_a_new_file(url: str, opened: Callable[..., Store]) -> None:
    ready = FORK.Barrier(4)
    processes = [FORK.Process(target=start, args=(url, ready, number)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    store = opened()
    assert [person.name for person in store.people.all()] == [f"Person {number}" for number in range(4)]
    assert store.audit.verify() is None


def test_sites_of_one_database_do_not_see_each_other(opened: Callable[..., Store]) -> None:
    east, west = opened("east"), opened("west")
    with east.writing(change()):
        person = east.people.add("Ada Quay")
    assert west.people.all() == []
    assert west.people.get(person.id) is None
    assert west.audit.rows() == []


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing(change()):
            store.people.add("Ada Quay")
            raise KeyError("in the middle")

    with pytest.raises(KeyError):
        fail()
    assert store.people.all() == []
    assert store.audit.rows() == []


def test_a_write_outside_writing_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="outside"):
        store.people.add("Ada Quay")


def test_writing_is_not_nested(store: Store) -> None:
    with store.writing(change()), pytest.raises(StoreError, match="inside another"), store.writing(change()):
        pass


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    from datetime import datetime

    from storage.model.record import Change

    naive = datetime(2027, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="without a zone"), store.writing(Change(None, naive, "cli")):
        pass
