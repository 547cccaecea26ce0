"""One connection to the SQLite file that keeps the record: pragmas, transactions, queries, errors.

A connection belongs to the thread that opened it. Nothing outside this module sees a sqlite3 error.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from storage.codec import storable
from storage.migrations import newest, statements_after
from storage.model.errors import StoreError
from storage.queries import query

__all__ = [
    "Database",
    "Row",
    "Rows",
    "check",
    "connect",
    "immediate",
    "open_database",
    "path_of",
    "translated",
]

Row = Mapping[str, Any]

APPLICATION_ID = 0x41737372  # "Assr", in the header of every file of ours
BUSY_SECONDS = 10


class Rows(Protocol):
    """What repositories ask of a database: named queries (``subject.name``) with named values, in one site."""

    def rows(self, name: str, /, filters: Sequence[str] = (), **values: Any) -> list[Row]: ...
    def one(self, name: str, /, filters: Sequence[str] = (), **values: Any) -> Row | None: ...
    def insert(self, name: str, /, **values: Any) -> int:
        """Run an INSERT that returns its new id."""
        ...

    def execute(self, name: str, /, **values: Any) -> int:
        """Run a statement; how many rows it touched."""
        ...

    def search_terms(self, words: str) -> str:
        """What people typed as a full-text query that means just these words."""
        ...

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction that excludes every other writer from its first read to its commit."""
        ...

    def close(self) -> None: ...


def path_of(url: str) -> Path:
    """The file that a database URL or plain path names: ``sqlite:///assurebot.db``, ``sqlite:////srv/a.db``, ``a.db``."""
    if url.startswith("sqlite:///"):
        name = url.removeprefix("sqlite:///")
    elif "://" in url:
        scheme = url.partition("://")[0]
        raise StoreError(f"A {scheme} database is not supported here: give sqlite:///FILE or a path.")
    else:
        name = url
    if not name:
        raise StoreError("The database URL names no file: give sqlite:///FILE or a path.")
    return Path(name).expanduser()


def open_database(url: str, site: str) -> Database:
    """Open or make the file, bring its schema up to date and find the site. Refused files are left as they are."""
    path = path_of(url)
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file for the database.")
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder {path.parent}: make it, or name another file for the database.")
    with translated(path):
        connection = connect(path)
        try:
            return Database(connection, path, _site_id(connection, site))
        except BaseException:
            connection.close()
            raise


def connect(path: Path) -> sqlite3.Connection:
    """A connection with its pragmas set, to a file whose schema is up to date."""
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=512)
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def check(path: Path) -> None:
    """Raise StoreError where the file is no whole record that this program can use; it is only read."""
    with (
        translated(path),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        connection.row_factory = _as_dict
        _refuse_foreign(connection, path)
        faults = connection.execute("PRAGMA quick_check(1)").fetchone()["quick_check"]
        if faults != "ok" or _version(connection) == 0:
            raise StoreError(
                f"{path} is damaged, or no record of Assurebot: name another file. It was left as it is."
            )


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.row_factory = _as_dict
    _refuse_foreign(connection, path)
    for pragma in (
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "synchronous = FULL",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    _write_ahead(connection)
    if _version(connection) < newest():
        _migrate(connection, path)


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    version = _version(connection)
    if version > newest():
        raise StoreError(
            f"{path} was made by a newer Assurebot (its version is {version}, this program knows {newest()}): "
            "install the newer program. The file was left as it is."
        )
    tables = connection.execute("SELECT count(*) AS n FROM sqlite_master").fetchone()["n"]
    if tables and connection.execute("PRAGMA application_id").fetchone()["application_id"] != APPLICATION_ID:
        raise StoreError(f"{path} is a database of another program: name another file. It was left as it is.")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()["user_version"])


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to WAL; SQLite does not wait for its lock here, so several starters at once take turns."""
    attempts = BUSY_SECONDS * 20 + 1
    for attempt in range(attempts):
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()["journal_mode"] == "wal":
                return
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or attempt == attempts - 1:
                raise
            time.sleep(0.05)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    with immediate(connection):
        _refuse_foreign(connection, path)  # another process may have been first
        for statement in statements_after(_version(connection)):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {newest()}")


def _site_id(connection: sqlite3.Connection, site: str) -> int:
    found = connection.execute("SELECT id FROM sites WHERE name = ?", (site,)).fetchone()
    if found is None:
        with immediate(connection):
            connection.execute("INSERT INTO sites (name) VALUES (?) ON CONFLICT DO NOTHING", (site,))
        found = connection.execute("SELECT id FROM sites WHERE name = ?", (site,)).fetchone()
    return int(found["id"])


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """BEGIN IMMEDIATE: a deferred transaction that reads and then writes loses writes between processes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # some errors have rolled back already
            connection.execute("ROLLBACK")
        raise


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip((column[0] for column in cursor.description), row, strict=True))


class Database:
    """An open SQLite file; implements ``Rows``."""

    def __init__(self, connection: sqlite3.Connection, path: Path, site_id: int) -> None:
        self._connection = connection
        self.path = path
        self.site_id = site_id

    def rows(self, name: str, /, filters: Sequence[str] = (), **values: Any) -> list[Row]:
        with translated(self.path):
            return self._run(query(name, tuple(filters)), values).fetchall()

    def one(self, name: str, /, filters: Sequence[str] = (), **values: Any) -> Row | None:
        with translated(self.path):
            row: Row | None = self._run(query(name, tuple(filters)), values).fetchone()
            return row

    def insert(self, name: str, /, **values: Any) -> int:
        with translated(self.path):
            return int(self._run(query(name), values).fetchall()[0]["id"])

    def execute(self, name: str, /, **values: Any) -> int:
        with translated(self.path):
            return self._run(query(name), values).rowcount

    def _run(self, sql: str, values: Mapping[str, object]) -> sqlite3.Cursor:
        values = {"site": self.site_id, **values}
        try:
            return self._connection.execute(sql, values)
        except UnicodeEncodeError:
            clean = {name: storable(v) if isinstance(v, str) else v for name, v in values.items()}
            return self._connection.execute(sql, clean)

    def search_terms(self, words: str) -> str:
        from sqlite_utils import Database as Quoter

        quoter = Quoter(self._connection, recursive_triggers=False, execute_plugins=False)
        one_line = " ".join(words.replace("\0", " ").split())  # quote_fts pairs quotation marks within a line
        return str(quoter.quote_fts(one_line))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with translated(self.path), immediate(self._connection):
            yield

    def explain(self, name: str, /, filters: Sequence[str] = (), **values: Any) -> list[str]:
        """How SQLite would find the rows, a line a step."""
        plan = self._run("EXPLAIN QUERY PLAN " + query(name, tuple(filters)), values)
        return [str(row["detail"]) for row in plan]

    def close(self) -> None:
        with translated(self.path):
            self._connection.close()


_SENTENCES: Mapping[int, str] = {
    sqlite3.SQLITE_BUSY: "{path} is locked by another program: close it, or try again in a moment.",
    sqlite3.SQLITE_LOCKED: "{path} is locked by another program: close it, or try again in a moment.",
    sqlite3.SQLITE_READONLY: "{path} cannot be written: give this user the right to write the file and its folder.",
    sqlite3.SQLITE_PERM: "{path} cannot be opened: give this user the right to read and write it.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: check that this user may read and write it and its folder.",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged: restore the last backup beside it. The file was left as it is.",
    sqlite3.SQLITE_NOTADB: "{path} is no database, or is damaged: name another file, or restore a backup. "
    "It was left as it is.",
    sqlite3.SQLITE_FULL: "The disk that holds {path} is full: free some space and try again; nothing was half written.",
    sqlite3.SQLITE_IOERR: "{path} cannot be read or written: check the disk that holds it ({error}).",
    sqlite3.SQLITE_CONSTRAINT: "The record refused a change that would break it ({error}); nothing was written.",
    sqlite3.SQLITE_TOOBIG: "The record refused a value that is too big; nothing was written.",
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into one sentence for the person who must act."""
    try:
        yield
    except sqlite3.Error as error:
        sentence = _SENTENCES.get(_code(error), "{path} cannot be used: {error}.")
        raise StoreError(sentence.format(path=path, error=error)) from error


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, 0 for the driver's own errors."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


_: Callable[[sqlite3.Connection, Path, int], Rows] = Database  # it keeps the protocol
