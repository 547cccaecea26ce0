"""What an operator relies on: the trail, backups while others write, a full disk, and people's rights."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import re
import resource
import sqlite3
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import storage.queries
from bot.cli import main
from storage.chain import COLUMNS, link
from storage.model.errors import StoreError
from storage.model.people import Account, Role
from storage.model.record import Change
from storage.open import open_store
from tests.bot.conftest import START

Run = Callable[..., "Ran"]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(database: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command line beside a database with the demo's plan."""
    monkeypatch.chdir(database.parent)

    def ran(*words: str) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        code = main(("--now", "2026-01-28T09:00", *words))
        captured = capfd.readouterr()
        assert "Traceback" not in captured.err
        return Ran(code, captured.out, captured.err)

    return ran


def alter(database: Path, *statements: str) -> None:
    """What somebody with the file in their hands could do."""
    connection = sqlite3.connect(database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


DROPPED = ("DROP TRIGGER audit_is_never_updated", "DROP TRIGGER audit_is_never_deleted")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET via = 'slack' WHERE id = 7",
        "UPDATE audit SET now = NULL WHERE id = 7",
        "UPDATE audit SET actor_id = 1 WHERE id = 7",
        "DELETE FROM audit WHERE id = 7",
        "DELETE FROM audit WHERE id < 7",
    ],
)
def test_a_trail_that_was_altered_is_found_from_the_command_line(
    run: Run, database: Path, statement: str
) -> None:
    alter(database, *DROPPED, statement)
    ran = run("audit", "verify")
    assert ran.code == 1
    assert "altered outside Assurebot" in ran.err


def test_no_query_of_the_program_touches_the_trail_but_to_add_to_it() -> None:
    folder = Path(storage.queries.__file__).parent
    written = "\n".join(path.read_text("utf-8") for path in folder.glob("*.sql"))
    touching = re.findall(
        r"(?i)\b(insert(?: or \w+)? into|replace into|update(?: or \w+)?|delete from|drop table)\s+audit\b",
        written,
    )
    assert touching == ["INSERT INTO"]


def test_a_trail_that_was_written_anew_has_another_end_than_the_papers_print(
    run: Run, database: Path
) -> None:
    """Who rewrites the whole chain makes it follow again, but not end in what was printed on a pack."""
    printed = run("audit", "verify").out
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    for statement in (*DROPPED, "UPDATE audit SET via = 'slack' WHERE id = 7"):
        connection.execute(statement)
    before = ""
    for row in connection.execute("SELECT * FROM audit ORDER BY id").fetchall():
        before = link(before, {column: row[column] for column in COLUMNS})
        connection.execute("UPDATE audit SET hash = ? WHERE id = ?", (before, row["id"]))
    connection.commit()
    connection.close()
    ran = run("audit", "verify")
    assert ran.code == 0
    assert ran.out != printed


def test_the_trail_taken_away_runs_nothing_in_a_spreadsheet(run: Run, database: Path) -> None:
    store = open_store(str(database))
    with store.writing(Change(None, START, "test", message="=cmd", why='=HYPERLINK("https://evil.example")')):
        store.people.organisation("+Harbour")
    store.close()
    rows = list(csv.reader(io.StringIO(run("audit", "export").out)))
    assert rows[-1][4].startswith("'=")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_forgetting_says_what_it_did_and_legal_hold_refuses_before_it_asks(run: Run, database: Path) -> None:
    store = open_store(str(database))
    with store.writing(Change(None, START, "test")):
        plan = store.plans.all()[0]
        person = store.people.meet(Account("slack", "U1"), "Orla Finch")
        store.updates.keep_unplaced("words", person_id=person.id, plan_id=plan.id, source=None)
        store.people.give_role(person.id, Role.PMO, plan.id)
        store.plans.set_setting(plan.id, "legal_hold", "on")
    refused = run("forget", "Orla Finch", "--yes")
    assert (refused.code, "under legal hold" in refused.err) == (1, True)
    with store.writing(Change(None, START, "test")):
        store.plans.set_setting(plan.id, "legal_hold", None)
    store.close()
    kept = json.loads(run("person", "export", "Orla Finch").out)
    assert [one["text"] for one in kept["waiting_words"]] == ["words"]
    told = run("forget", "Orla Finch", "--yes").out
    for said in ("are erased", "What meetings decided stays", "Backups that were made before"):
        assert said in told
    assert b"Orla Finch" not in database.read_bytes()


def test_two_people_of_one_name_are_never_mixed_up(run: Run, database: Path) -> None:
    store = open_store(str(database))
    with store.writing(Change(None, START, "test")):
        store.people.add("Orla Finch")
        store.people.add("Orla Finch")
    store.close()
    assert "give the whole name" in run("forget", "Orla Finch", "--yes").err


def write_on(url: str, started: threading.Event, stop: threading.Event) -> None:
    store = open_store(url)
    number = 0
    while not stop.is_set():
        with store.writing(Change(None, START, "test")):
            store.people.add(f"Writer {number}")
        started.set()
        number += 1
    store.close()


def test_backup_and_restore_while_the_bot_writes(run: Run, database: Path) -> None:
    started, stop = threading.Event(), threading.Event()
    writer = threading.Thread(target=write_on, args=(str(database), started, stop))
    writer.start()
    try:
        started.wait()
        assert run("backup", "copy.db").code == 0
        assert run("restore", "copy.db", "--force").code == 0
    finally:
        stop.set()
        writer.join()
    assert run("audit", "verify").code == 0
    assert run("status", "6.1.4").code == 0


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda path: alter(path, "PRAGMA user_version = 999"), "newer", id="newer"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:9000]), "damaged", id="cut short"),
        pytest.param(
            lambda path: path.write_bytes(b"no database " * 900), "no database", id="something else"
        ),
    ],
)
def test_a_record_or_backup_that_is_newer_or_damaged_is_refused_and_left(
    run: Run, database: Path, spoil: Callable[[Path], object], said: str
) -> None:
    run("backup", "copy.db")
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    copy = database.with_name("copy.db")
    spoil(copy)
    spoilt, whole = copy.read_bytes(), database.read_bytes()
    ran = run("restore", "copy.db", "--force")
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert (copy.read_bytes(), database.read_bytes()) == (spoilt, whole)
    assert said in run("--db", "copy.db", "status", "6.1.4").err
    assert copy.read_bytes() == spoilt


def write_until_full(url: str, told: Connection, most_bytes: int) -> None:
    """Take in, file and post until the disk has no more; tell each name once it is committed, and the error's sentence."""
    store = open_store(url)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    number = 0
    try:
        while True:
            name = f"Person {number:05}"
            with store.writing(Change(None, START, "test")):
                store.people.add(name)
                store.outbox.add(name, "slack", "C1", {"text": name * 40})
            told.send(name)
            number += 1
    except StoreError as error:
        told.send(error)


@pytest.mark.parametrize("room", [40_000, 300_000])
def test_a_full_disk_loses_nothing_that_was_acknowledged(database: Path, room: int) -> None:
    context = multiprocessing.get_context("spawn")
    listen, tell = context.Pipe(duplex=False)
    size = database.stat().st_size
    process = context.Process(
        target=write_until_full, args=(str(database), tell, room if room < size else size + room)
    )
    process.start()
    tell.close()  # so that the end of the process is an error here, and no endless wait
    heard: list[object] = []
    while not heard or not isinstance(heard[-1], StoreError):
        heard.append(listen.recv())
    process.join()
    sentence = str(heard.pop())
    assert "disk" in sentence
    store = open_store(str(database))
    kept = {person.name for person in store.people.all()}
    assert set(heard) <= kept
    assert store.outbox.keys("Person") == {name for name in kept if name.startswith("Person")}
    assert store.audit.verify() is None
    with store.writing(Change(None, START, "test")):
        store.people.add("Ada")
    store.close()
