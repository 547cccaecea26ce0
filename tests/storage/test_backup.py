"""Backups of a record in use, and putting one back."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from storage.backup import backup, restore
from storage.database import path_of
from storage.model.errors import StoreError
from storage.model.post import OutboxState
from storage.open import open_store
from storage.store import Store
from tests.storage.conftest import NOW, change


def add(store: Store, name: str) -> None:
    with store.writing(change()):
        store.people.add(name)


def names(url: str) -> list[str]:
    store = open_store(url)
    try:
        assert store.audit.verify() is None
        return [person.name for person in store.people.all()]
    finally:
        store.close()


def test_a_backup_is_one_whole_file(store: Store, url: str, tmp_path: Path) -> None:
    add(store, "Ada")
    target = backup(url, tmp_path / "monday.backup")
    add(store, "Ben")
    backup(url, tmp_path / "tuesday.backup")
    backup(url, target)
    assert [file.name for file in sorted(tmp_path.glob("*day*"))] == ["monday.backup", "tuesday.backup"]
    assert names(str(target)) == ["Ada", "Ben"]


def test_restoring_keeps_what_was_there_before(store: Store, url: str, tmp_path: Path) -> None:
    add(store, "Ada")
    saved = backup(url, tmp_path / "saved")
    add(store, "Ben")
    before = restore(saved, url, force=True)
    assert [person.name for person in store.people.all()] == ["Ada"]
    add(store, "Cy")
    assert names(url) == ["Ada", "Cy"]
    assert before is not None
    assert names(str(before)) == ["Ada", "Ben"]


def test_posts_of_a_restored_record_are_looked_for_before_they_go(
    store: Store, url: str, tmp_path: Path
) -> None:
    with store.writing(change()):
        store.outbox.add("new", "slack", "C1", {})
        store.outbox.add("claimed", "slack", "C1", {})
    saved = backup(url, tmp_path / "saved")
    restore(saved, url, force=True)
    rows = store.outbox.claim(NOW, ["slack"])
    assert [(row.key, row.state, row.claimed_at) for row in rows] == [
        ("new", OutboxState.UNSURE, NOW),
        ("claimed", OutboxState.UNSURE, NOW),
    ]


def test_backing_up_and_restoring_while_others_write(store: Store, url: str, tmp_path: Path) -> None:
    add(store, "Ada")
    stop = threading.Event()
    started = threading.Event()

    def write() -> None:
        mine = open_store(url)
        for number in range(10_000):
            add(mine, f"Writer {number}")
            started.set()
            if stop.is_set():
                break
        mine.close()

    writer = threading.Thread(target=write)
    writer.start()
    started.wait()
    saved = backup(url, tmp_path / "saved")
    kept = set(names(str(saved)))
    restore(saved, url, force=True)
    stop.set()
    writer.join()
    assert "Ada" in kept
    assert kept <= set(names(url))


def damaged(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:5000] + b"\xff" * 20_000 + content[25_000:])


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(damaged, "damaged", id="damaged"),
        pytest.param(foreign, "another program", id="foreign"),
        pytest.param(newer, "newer Assurebot", id="newer"),
        pytest.param(lambda path: path.write_bytes(b""), "damaged", id="empty"),
        pytest.param(lambda path: path.write_bytes(b"PK" * 3000), "no database", id="another kind of file"),
        pytest.param(lambda path: path.unlink(), "no backup at", id="missing"),
    ],
)
def test_a_bad_backup_is_refused_and_nothing_is_touched(
    store: Store, url: str, tmp_path: Path, spoil: object, reason: str
) -> None:
    add(store, "Ada")
    saved = backup(url, tmp_path / "saved")
    spoil(saved)  # type: ignore[operator]
    with pytest.raises(StoreError, match=reason):
        restore(saved, url, force=True)
    assert names(url) == ["Ada"]
    assert not list(tmp_path.glob("*before*"))


def test_a_damaged_record_is_moved_aside_for_a_good_backup(url: str, tmp_path: Path) -> None:
    store = open_store(url)
    add(store, "Ada")
    saved = backup(url, tmp_path / "saved")
    store.close()
    damaged(path_of(url))
    broken = path_of(url).read_bytes()
    before = restore(saved, url, force=True)
    assert names(url) == ["Ada"]
    assert before is not None
    assert before.read_bytes() == broken


def test_a_backup_goes_somewhere_else(store: Store, url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is the database itself"):
        backup(url, path_of(url))
    with pytest.raises(StoreError, match="There is no folder"):
        backup(url, tmp_path / "nowhere" / "saved")
    with pytest.raises(StoreError, match="There is no database"):
        backup(str(tmp_path / "other.db"), tmp_path / "saved")


def test_a_record_can_be_restored_where_there_was_none(store: Store, url: str, tmp_path: Path) -> None:
    add(store, "Ada")
    saved = backup(url, tmp_path / "saved")
    elsewhere = str(tmp_path / "new.db")
    assert restore(saved, elsewhere) is None
    assert names(elsewhere) == ["Ada"]


def test_a_record_is_replaced_only_when_told_so(store: Store, url: str, tmp_path: Path) -> None:
    saved = backup(url, tmp_path / "saved")
    add(store, "Ada")
    with pytest.raises(StoreError, match="say that it is to be replaced"):
        restore(saved, url)
    assert names(url) == ["Ada"]
