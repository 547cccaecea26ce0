"""The audit: a row for every change, never altered, chained."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from storage.database import path_of
from storage.model.people import Role
from storage.model.plan import Plan, RatingSource, State
from storage.model.reading import Reading
from storage.model.record import Change
from storage.store import Store
from tests.storage.conftest import NOW, change


@pytest.fixture
def path(url: str) -> Path:
    return path_of(url)


def test_a_change_leaves_who_when_how_and_why(store: Store) -> None:
    with store.writing(change()):
        ada = store.people.add("Ada")
    with store.writing(Change(ada.id, NOW, "slack", message="e1", why="asked by the board")):
        store.people.give_role(ada.id, Role.PMO)
    row = store.audit.rows()[-1]
    assert (row.what, row.actor_id, row.at, row.via, row.message, row.why) == (
        "role", ada.id, NOW, "slack", "e1", "asked by the board",
    )  # fmt: skip


def test_rows_are_asked_by_plan_and_action(store: Store, plan: Plan) -> None:
    action = store.plans.action(plan.id, "1.1")[0]
    with store.writing(change()):
        store.plans.set_state(action.id, State.HELD)
    rows = store.audit.rows(action_id=action.id)
    assert [row.what for row in rows] == ["action", "rating", "state"]
    assert store.audit.rows(action_id=action.id, limit=1) == rows[-1:]
    assert {row.plan_id for row in store.audit.rows(plan_id=plan.id)} == {plan.id}
    assert rows[-1].was == {"state": "open"}


def test_the_head_follows_every_change(store: Store, plan: Plan) -> None:
    before = store.audit.head()
    with store.writing(change()):
        store.plans.set_setting(plan.id, "a", "1")
    assert store.audit.head() == store.audit.rows()[-1].hash != before
    assert store.audit.verify() is None


def test_an_empty_audit_has_no_head(store: Store) -> None:
    assert store.audit.head() == ""
    assert store.audit.verify() is None


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET via = 'x'",
        "UPDATE audit SET id = id + 1000",
        "UPDATE OR REPLACE audit SET id = 2 WHERE id = 1",
        "UPDATE OR IGNORE audit SET via = 'x'",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
        "REPLACE INTO audit SELECT * FROM audit WHERE id = 1",
        "INSERT OR REPLACE INTO audit (id, site_id, at, via, what, row_id, hash) VALUES (1, 1, '', '', '', 1, '')",
        "INSERT INTO audit SELECT * FROM audit WHERE id = 1 ON CONFLICT (id) DO UPDATE SET via = 'x'",
        "INSERT OR REPLACE INTO audit (id, site_id, at, via, what, row_id, hash)"
        " SELECT max(id), 1, '', '', '', 1, '' FROM audit",
    ],
)
def test_no_statement_alters_the_audit(
    store: Store, plan: Plan, path: Path, statement: str, recursive: str
) -> None:
    before = store.audit.rows()
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sqlite3.IntegrityError, match="an audit row"):
        other.execute(statement)
    other.close()
    assert store.audit.rows() == before


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE audit SET actor_id = NULL, via = 'x' WHERE id = 5", id="changed"),
        pytest.param("UPDATE audit SET now = '{}' WHERE id = 5", id="value"),
        pytest.param("DELETE FROM audit WHERE id = 4", id="deleted"),
        pytest.param("UPDATE audit SET hash = 'x' WHERE id = 5", id="hash"),
    ],
)
def test_who_gets_around_the_triggers_breaks_the_chain(
    store: Store, plan: Plan, path: Path, statement: str
) -> None:
    other = sqlite3.connect(path)
    for trigger in ("audit_is_never_updated", "audit_is_never_deleted"):
        other.execute(f"DROP TRIGGER {trigger}")
    other.execute(statement)
    other.commit()
    other.close()
    assert store.audit.verify() == 5


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("DELETE FROM updates", "never deleted"),
        ("UPDATE texts SET body = 'other'", "never changed"),
        ("UPDATE issued SET content = x'00'", "never changes"),
        ("DELETE FROM issued", "never deleted"),
    ],
)
def test_what_was_said_or_issued_is_not_altered(
    store: Store, plan: Plan, path: Path, statement: str, reason: str
) -> None:
    with store.writing(change()):
        ada = store.people.add("Ada")
        store.updates.add(1, "Berth open", Reading(), author_id=ada.id)
        store.governance.issue(plan.id, 1, "pack", "issued", b"pack")
    other = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=reason):
        other.execute(statement)
    other.close()


def test_every_write_of_a_plan_is_audited(store: Store, plan: Plan) -> None:
    """Each kind of write leaves at least one row of its own kind."""
    with store.writing(change()):
        ada = store.people.add("Ada")
        update = store.updates.add(1, "Berth open", Reading(), author_id=ada.id)
        store.governance.propose(1, "rag", "At risk", RatingSource.OWNER, update.id)
        store.governance.claim(1, update.id)
        store.governance.add_evidence(1, "https://files.example/1")
        store.governance.raise_challenge(1, "rule", "words", "f")
        store.governance.add_arising(1, "A1", "Ask", "Ada", None)
        store.outbox.add("k", "slack", "D1", {})
    kinds = {row.what for row in store.audit.rows()}
    assert kinds >= {
        "plan", "document", "scale", "theme", "action", "meeting", "person", "update", "rating", "claim",
        "evidence", "challenge", "arising", "post",
    }  # fmt: skip
