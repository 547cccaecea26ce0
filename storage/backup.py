"""Backups of a record that is in use, and putting one back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.database import check, connect, immediate, path_of, translated
from storage.model.errors import StoreError
from storage.queries import query

__all__ = ["backup", "restore"]


def backup(url: str, target: Path) -> Path:
    """Copy the record as it is at this moment to one file; whoever works on it works on.

    A file that is there already is replaced only once the copy is whole. Raises StoreError where the record
    is missing or damaged, or the target cannot be written.
    """
    source = path_of(url)
    if not source.exists():
        raise StoreError(f"There is no database at {source}: nothing was backed up.")
    if target.exists() and target.samefile(source):
        raise StoreError(f"{target} is the database itself: name another file for the backup.")
    if not target.parent.is_dir():
        raise StoreError(f"There is no folder {target.parent}: make it, or name another file for the backup.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        _copy(source, part, alone=True)
        check(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def restore(source: Path, url: str, *, force: bool = False) -> Path | None:
    """Put a backup in the place of the record; the file that keeps what was there before, if there was any.

    A record that is there is replaced only with ``force``; a bot that runs on it may run on.

    Posts that had not gone when the backup was made may have gone since: they come back as unsure, so that
    a worker looks for them before it posts. Damaged and newer backups are refused, and nothing is touched.
    """
    target = path_of(url)
    if not source.exists():
        raise StoreError(f"There is no backup at {source}: name the file that backup wrote.")
    check(source)
    if target.exists() and not force:
        raise StoreError(f"There is a database at {target}: say that it is to be replaced (--force).")
    with TemporaryDirectory(dir=target.parent) as folder:
        ready = Path(folder) / "ready.db"
        _copy(source, ready, alone=True)
        with translated(ready), closing(connect(ready)) as connection, immediate(connection):
            connection.execute(query("outbox.doubt"))
        before = _set_aside(target)
        _copy(ready, target, alone=False)
    return before


def _copy(source: Path, target: Path, *, alone: bool) -> None:
    """One step of SQLite's online backup: a snapshot, that blocks no writer of a WAL database."""
    with (
        translated(target),
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target, timeout=10)) as new,
    ):
        old.backup(new)
        if alone:
            new.execute("PRAGMA journal_mode = DELETE")  # one file, to be carried away


def _set_aside(target: Path) -> Path | None:
    """A copy of the record that is about to be replaced; a damaged one is moved as it is."""
    if not target.exists():
        return None
    number = 1
    while (before := target.with_name(f"{target.name}.before-restore-{number}")).exists():
        number += 1
    try:
        check(target)
    except StoreError:
        for end in ("", "-wal", "-shm"):
            file = target.with_name(target.name + end)
            if file.exists():
                file.replace(before.with_name(before.name + end))
        return before
    return backup(str(target), before)
