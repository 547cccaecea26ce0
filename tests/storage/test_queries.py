"""The queries: every one fits the schema, and those that run often are found by an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

import storage
from storage.database import Database, open_database
from storage.queries import query

FOLDER = resources.files("storage.queries")
NAMED = [
    (file.name.removesuffix(".sql"), name)
    for file in FOLDER.iterdir()
    if file.name.endswith(".sql")
    for name in re.findall(r"^-- name: (\w+)$", file.read_text(), re.MULTILINE)
]
RUN = [f"{subject}.{name}" for subject, name in NAMED if not name.startswith("where_")]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(str(tmp_path_factory.mktemp("queries") / "a.db"), "default")
    yield opened
    opened.close()


def explained(database: Database, name: str, filters: tuple[str, ...] = ()) -> list[str]:
    values = dict.fromkeys(re.findall(r":([a-z_0-9]+)", query(name, filters)))
    return database.explain(name, filters, **values)


@pytest.mark.parametrize("name", RUN)
def test_a_query_fits_the_schema(database: Database, name: str) -> None:
    assert explained(database, name) is not None


@pytest.mark.parametrize("name", RUN)
def test_a_query_is_asked_for(name: str) -> None:
    """Somewhere in storage/ its name stands in quotes, whole or as the end of an f-string's list."""
    sources = "".join(path.read_text() for path in Path(storage.__file__).parent.rglob("*.py"))
    subject, _, rest = name.partition(".")
    assert f'"{name}"' in sources or (f'f"{subject}.' in sources and f'"{rest}"' in sources)


@pytest.mark.parametrize(
    "name",
    [
        "outbox.lapse",
        "outbox.ready",
        "outbox.waiting",
        "inbox.next",
        "inbox.give_up",
        "inbox.busy",
        "inbox.stuck",
    ],
)
def test_what_workers_ask_costs_nothing_for_what_is_done(database: Database, name: str) -> None:
    steps = explained(database, name)
    assert any(re.search(r"INDEX (outbox|inbox)_(waiting|failed)", step) for step in steps)
    assert not any("autoindex_outbox_1 (site_id=?)" in step for step in steps)


@pytest.mark.parametrize(
    "name", ["updates.newest", "updates.held", "updates.measures", "governance.ledger", "governance.evidence"]
)
def test_what_a_digest_asks_of_many_actions_costs_nothing_for_the_others(
    database: Database, name: str
) -> None:
    scans = [step for step in explained(database, name) if step.startswith("SCAN ")]
    assert all(step.startswith(("SCAN a VIRTUAL", "SCAN json_each VIRTUAL")) for step in scans), scans


def test_a_query_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        query("plans.no_such_query")
