"""What is kept about a person: shown whole, and erased while the plan's facts stay."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.database import path_of
from storage.model.document import PlanDate
from storage.model.people import Account, Erased, PartyKind, Person, Role
from storage.model.plan import Plan, RatingSource
from storage.model.post import Inbound, InboundKind
from storage.model.reading import Measure, Reading
from storage.model.record import Meeting
from storage.store import Store
from tests.storage.conftest import NOW, change

SECRET = "unmistakable words"


@pytest.fixture
def meeting(store: Store, plan: Plan) -> Meeting:
    return store.governance.meetings(plan.id, assurance=True)[0]


@pytest.fixture
def ada(store: Store, plan: Plan, meeting: Meeting) -> Person:
    """Somebody who has left words in every corner of the record."""
    inbound = Inbound("slack", "e1", InboundKind.MESSAGE, "UADA", "DADA", NOW, SECRET)
    store.inbox.receive(inbound, NOW)
    with store.writing(change()):
        ada = store.people.meet(Account("slack", "UADA", "DADA"), "Ada Quay", "ada@harbour.example")
        store.people.map_owner(plan.id, "Ada Quay, Pilot Lead", PartyKind.PERSON, ada.id)
        store.people.give_role(ada.id, Role.OWNER, plan.id)
        store.people.hold(store.people.post("COO").id, ada.id, date(2027, 1, 1))
        store.governance.change_meeting(dataclasses.replace(meeting, chair="Ada Quay"))
    with store.writing(dataclasses.replace(change(ada.id, 1, "slack"), why=SECRET)):
        update = store.updates.add(1, SECRET, Reading(summary=SECRET), author_id=ada.id)
        store.updates.add_measures(update.id, 1, [Measure(0, 1, SECRET, SECRET, 1.0, "beds", "rule")])
        store.updates.keep_unplaced(SECRET, person_id=ada.id, plan_id=plan.id, source=None)
        store.governance.request_date(1, PlanDate("May"), SECRET, update.id)
        store.governance.propose(1, "rag", "At risk", RatingSource.OWNER, update.id)
        store.governance.add_evidence(1, "https://files.example/1", SECRET)
        store.governance.raise_challenge(1, "slipped", f"“{SECRET}” and green", "f1")
        store.outbox.add("receipt", "slack", "DADA", {"text": SECRET})
        store.outbox.add("digest", "slack", "C1", {"text": "Ada Quay says all is well"})
        store.governance.issue(plan.id, meeting.id, "pack.docx", "issued", b"bytes")
    return ada


def test_everything_about_a_person_is_shown(store: Store, ada: Person) -> None:
    told = store.people.everything_about(ada.id)
    text = json.dumps(told)
    # the update, the words that wait, the reason, the note on evidence, the message
    assert text.count(SECRET) == 5
    for fact in ("ada@harbour.example", "UADA", "COO", "harbour", "1.1"):
        assert fact in text


def test_an_erased_person_leaves_only_facts(store: Store, plan: Plan, ada: Person, url: str) -> None:
    erased = _forget(store, ada)
    assert erased.papers == ("pack.docx (Assurance meeting, 2027-03-18)",)
    assert erased.documents == ("harbour.docx",)
    (view, *_) = store.plans.views(plan.id)
    assert (view.proposed["rag"].label, view.requested, view.last_author) == (
        "At risk",
        PlanDate("May"),
        "(name erased)",
    )
    (update,) = store.updates.of_action(1)
    assert (update.text, update.reading, update.author) == (None, Reading(), "(name erased)")
    assert store.updates.search(plan.id, "unmistakable") == []
    assert store.updates.measures(1) == []
    assert store.updates.unplaced_of(plan.id) == []
    assert store.inbox.claim(NOW) is None
    assert store.outbox.claim(NOW, ["slack"]) == []
    assert store.people.by_account("slack", "UADA") is None
    assert store.people.all() == []
    assert next(owner for owner, _ in store.people.printed_owners(plan.id)) == "(name erased)"
    assert store.audit.verify() is None
    store.people.everything_about(ada.id)


def test_neither_name_nor_words_are_left_in_any_column(store: Store, ada: Person, url: str) -> None:
    _forget(store, ada)
    connection = sqlite3.connect(path_of(url))
    dump = "\n".join(connection.iterdump())
    connection.close()
    original = "X'" + b"first".hex().upper() + "'"
    for word in (SECRET, "Ada Quay", "ada@harbour", "UADA"):
        assert word not in dump.replace(original, "")


def test_the_files_pages_hold_no_erased_words(store: Store, ada: Person, url: str, tmp_path: Path) -> None:
    _forget(store, ada)
    store.close()
    assert SECRET.encode() not in path_of(url).read_bytes()


def test_a_first_name_alone_is_not_cut_out_of_other_names(store: Store, plan: Plan) -> None:
    with store.writing(change()):
        ada = store.people.add("Ada")
    _forget(store, ada)
    assert store.plans.action(plan.id, "1.1")[0].lead == "Ada Quay, Pilot Lead"


def test_a_forgotten_answer_still_answers(store: Store, plan: Plan, ada: Person) -> None:
    with store.writing(change(ada.id)):
        number = store.governance.raise_challenge(2, "slipped", "Slipped, and green", "f2")
        store.governance.answer_challenge(number, SECRET)
    _forget(store, ada)
    assert [row[5] for row in store.governance.challenges(plan.id) if row[0] == number] == ["(erased)"]


def test_a_post_whose_words_are_made_when_it_goes_still_goes(store: Store, plan: Plan, ada: Person) -> None:
    with store.writing(change()):
        store.outbox.add("weekly:1", "slack", "C9", {"text": "Ada Quay says"}, check="made:weekly:1")
    _forget(store, ada)
    (row,) = store.outbox.claim(NOW + timedelta(minutes=10), ["slack"])
    assert (row.key, row.content) == ("weekly:1", {})


def test_what_was_said_long_ago_expires_and_facts_stay(
    store: Store, plan: Plan, ada: Person, url: str
) -> None:
    with store.writing(change(ada.id, minutes=20)):
        store.updates.add(1, "newer words", Reading(), author_id=ada.id)
    with store.writing(change(minutes=30)):
        assert store.updates.expire(plan.id, NOW + timedelta(minutes=10)) >= 4
        assert store.updates.expire(plan.id, NOW + timedelta(minutes=10)) == 0
    newer, older = store.updates.of_action(1)
    assert (newer.text, older.text, older.author) == ("newer words", None, "Ada Quay")
    (view, *_) = store.plans.views(plan.id)
    assert (view.proposed["rag"].label, view.requested) == ("At risk", PlanDate("May"))
    assert store.updates.search(plan.id, "unmistakable") == []
    assert [row.what for row in store.audit.rows(limit=1)] == ["expiry"]
    assert store.audit.verify() is None


def _forget(store: Store, person: Person) -> Erased:
    with store.writing(change(minutes=9)):
        return store.people.forget(person.id)
