"""Ratings, dates, claims, meetings and decisions: what stands, and how it came there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.model.document import PlanDate
from storage.model.errors import StoreError
from storage.model.plan import Plan, RatingSource, RatingStage
from storage.model.record import DecisionKind, Meeting, MeetingState
from storage.store import Store
from tests.storage.conftest import NOW, change
from tests.storage.plans import ACTIONS, due

JUNE = due("June 2027", date(2027, 6, 1), date(2027, 6, 30))
JULY = due("July 2027", date(2027, 7, 1), date(2027, 7, 31))


@pytest.fixture
def action_id(store: Store, plan: Plan) -> int:
    return store.plans.action(plan.id, "1.1")[0].id


@pytest.fixture
def meeting(store: Store, plan: Plan) -> Meeting:
    return store.governance.meetings(plan.id, assurance=True)[0]


def test_a_proposal_stands_beside_the_agreed_rating(
    store: Store, plan: Plan, action_id: int, meeting: Meeting
) -> None:
    with store.writing(change(minutes=1)):
        store.governance.propose(action_id, "rag", "Off target", RatingSource.OWNER)
    view = store.plans.views(plan.id)[0]
    assert (view.agreed["rag"].label, view.proposed["rag"].label) == ("On target", "Off target")
    with store.writing(change(minutes=2)):
        store.governance.agree(action_id, "rag", "At risk", RatingSource.MEETING, meeting.id)
    view = store.plans.views(plan.id)[0]
    assert (view.agreed["rag"].label, view.agreed["rag"].meeting_id, view.proposed) == (
        "At risk",
        meeting.id,
        {},
    )
    assert [(r.label, r.stage) for r in store.governance.rating_history(action_id)] == [
        ("On target", RatingStage.AGREED),
        ("Off target", RatingStage.PROPOSED),
        ("At risk", RatingStage.AGREED),
    ]


def test_a_proposal_can_be_cleared(store: Store, plan: Plan, action_id: int) -> None:
    with store.writing(change()):
        store.governance.propose(action_id, "rag", "At risk", RatingSource.PMO)
        store.governance.clear_proposal(action_id, "rag")
        store.governance.clear_proposal(action_id, "rag")
    assert store.plans.views(plan.id)[0].proposed == {}


def test_what_was_agreed_at_a_time_can_be_asked(store: Store, plan: Plan, action_id: int) -> None:
    with store.writing(change(minutes=5)):
        store.governance.propose(action_id, "rag", "Off target", RatingSource.OWNER)
        store.governance.agree(action_id, "rag", "At risk", RatingSource.MEETING)
    assert store.governance.agreed_as_at(plan.id, NOW - timedelta(minutes=1)) == {}
    assert store.governance.agreed_as_at(plan.id, NOW)[action_id] == {"rag": "On target"}
    assert store.governance.agreed_as_at(plan.id, NOW + timedelta(minutes=5))[action_id] == {"rag": "At risk"}


def test_a_requested_date_waits_until_a_meeting_agrees(
    store: Store, plan: Plan, action_id: int, meeting: Meeting
) -> None:
    with store.writing(change(minutes=1)):
        first = store.governance.request_date(action_id, JUNE, "Dredger late")
        second = store.governance.request_date(action_id, JULY, "Dredger later")
    view = store.plans.views(plan.id)[0]
    assert (view.due, view.requested, view.requested_at) == (ACTIONS[0].due, JULY, NOW + timedelta(minutes=1))
    assert [r.id for r in store.governance.date_requests(plan.id, open_only=True)] == [second.id]
    with store.writing(change(minutes=2)):
        store.governance.decide_date(second.id, True, meeting.id)
    view = store.plans.views(plan.id)[0]
    assert (view.due, view.action.baseline, view.requested, view.slips) == (JULY, ACTIONS[0].due, None, 1)
    assert [(r.id, r.outcome, r.reason) for r in store.governance.ledger(action_id)] == [
        (first.id, "replaced", "Dredger late"),
        (second.id, "agreed", "Dredger later"),
    ]


def test_a_refused_date_moves_nothing(store: Store, plan: Plan, action_id: int) -> None:
    with store.writing(change()):
        request = store.governance.request_date(action_id, JUNE, None)
        store.governance.decide_date(request.id, False, None)
    view = store.plans.views(plan.id)[0]
    assert (view.due, view.requested, view.slips) == (ACTIONS[0].due, None, 0)


def test_a_meeting_sets_a_date_of_its_own(store: Store, plan: Plan, action_id: int, meeting: Meeting) -> None:
    with store.writing(change()):
        store.governance.set_due(action_id, JUNE, meeting.id)
    (row,) = store.governance.ledger(action_id)
    assert (row.was, row.wanted, row.outcome, row.meeting_id) == (ACTIONS[0].due, JUNE, "agreed", meeting.id)
    assert store.plans.views(plan.id)[0].due == JUNE


def test_a_step_has_a_date_of_its_own(store: Store, plan: Plan) -> None:
    action = store.plans.action(plan.id, "1.2")[0]
    with store.writing(change()):
        request = store.governance.request_date(action.id, JULY, None, step_no="2")
        other = store.governance.request_date(action.id, JUNE, None)
        store.governance.decide_date(request.id, True, None)
    (now,) = store.plans.action(plan.id, "1.2")
    assert (request.was, now.steps[1].due) == (action.steps[1].due, JULY)
    assert store.plans.views(plan.id)[1].due == ACTIONS[1].due
    assert [r.id for r in store.governance.date_requests(plan.id, open_only=True)] == [other.id]


def test_a_claim_is_decided(store: Store, plan: Plan, action_id: int, meeting: Meeting) -> None:
    with store.writing(change(minutes=1)):
        refused = store.governance.claim(action_id, None)
        store.governance.decide_claim(refused.id, "refused", meeting.id)
        assert store.governance.claim_of(action_id) is None
        claim = store.governance.claim(action_id, None)
        store.governance.change_claim(replace(claim, sustain_months=3, sustained=1))
    assert store.governance.claim_of(action_id) == replace(claim, sustain_months=3, sustained=1)
    assert [c.id for c in store.governance.claims(plan.id)] == [claim.id]
    assert [c.id for c in store.governance.claims(plan.id, open_only=False)] == [refused.id, claim.id]


def test_evidence_is_checked(store: Store, action_id: int) -> None:
    with store.writing(change(minutes=1)):
        ada = store.people.add("Ada")
        evidence = store.governance.add_evidence(action_id, "https://files.example/log", "berth log")
    with store.writing(change(ada.id, 2)):
        store.governance.check_evidence(evidence.id)
    assert store.governance.evidence(action_id) == [
        replace(evidence, checked_by_id=ada.id, checked_at=NOW + timedelta(minutes=2))
    ]
    assert (evidence.link, evidence.note) == ("https://files.example/log", "berth log")


def test_meetings_come_by_day_and_unconfirmed_ones_last(store: Store, plan: Plan) -> None:
    with store.writing(change()):
        open_one = store.governance.add_meeting(plan.id, "Assurance meeting", None, assurance=True)
        early = store.governance.add_meeting(plan.id, "Assurance meeting", date(2027, 2, 1), assurance=True)
        changed = replace(
            early, quorate=False, chair="Ada", papers_due=date(2027, 1, 25), state=MeetingState.HELD
        )
        store.governance.change_meeting(changed)
    assert store.governance.meeting(early.id) == changed
    assert open_one.state is MeetingState.TO_CONFIRM
    found = store.governance.meetings(plan.id)
    assert [m.day for m in found] == [date(2027, 2, 1), date(2027, 3, 18), date(2027, 3, 25), None]


def test_decisions_are_recorded_and_ratified(
    store: Store, plan: Plan, action_id: int, meeting: Meeting
) -> None:
    with store.writing(change(minutes=1)):
        rating = store.governance.decide(
            meeting.id,
            action_id,
            DecisionKind.AGREE_AS,
            "rating",
            scale="rag",
            label="At risk",
            recommended=True,
        )
        moved = store.governance.decide(
            meeting.id, action_id, DecisionKind.AGREE, "date", due=JUNE, words="once only"
        )
        note = store.governance.decide(
            meeting.id, None, DecisionKind.NOTE, "note", words="Thanks to the crews"
        )
        store.governance.ratify(rating.id, meeting.id)
    assert store.governance.decisions(plan.id, meeting_id=meeting.id) == [
        replace(rating, ratified_by_meeting_id=meeting.id),
        moved,
        note,
    ]
    assert (rating.recommended, moved.due, note.words) == (True, JUNE, "Thanks to the crews")
    assert store.governance.decisions(plan.id, meeting_id=999) == []


def test_arising_actions_are_closed(store: Store, plan: Plan, meeting: Meeting) -> None:
    with store.writing(change(minutes=1)):
        arising = store.governance.add_arising(meeting.id, "A1", "Ask the pilots", "Ada", date(2027, 4, 1))
        assert store.governance.arisings(plan.id) == [arising]
        store.governance.close_arising(arising.id)
    assert store.governance.arisings(plan.id) == []
    assert store.governance.arisings(plan.id, open_only=False)[0].done_at == NOW + timedelta(minutes=1)


def test_a_challenge_is_quiet_until_a_fact_changes(store: Store, plan: Plan, action_id: int) -> None:
    with store.writing(change()):
        first = store.governance.raise_challenge(action_id, "slipped and green", "slipped 4 weeks", "a")
        store.governance.answer_challenge(first, "it is in the plan")
        assert (
            store.governance.raise_challenge(action_id, "slipped and green", "slipped 4 weeks", "a") == first
        )
    assert store.governance.challenges(plan.id) == [
        (first, action_id, "slipped and green", "slipped 4 weeks", "a", "it is in the plan")
    ]
    with store.writing(change()):
        second = store.governance.raise_challenge(action_id, "slipped and green", "slipped 6 weeks", "b")
    assert [c[0] for c in store.governance.challenges(plan.id)] == [second]


def test_an_issued_paper_is_issued_once(store: Store, plan: Plan, meeting: Meeting) -> None:
    with store.writing(change()):
        sha256 = store.governance.issue(plan.id, meeting.id, "pack.docx", "issued", b"\x00pack")
    with pytest.raises(StoreError, match="give it another name"), store.writing(change()):
        store.governance.issue(plan.id, meeting.id, "pack.docx", "as agreed", b"other")
    assert store.governance.issued(plan.id, meeting.id) == [("pack.docx", "issued", sha256, NOW)]
    assert store.governance.issued_bytes(plan.id, meeting.id, "pack.docx") == b"\x00pack"
    assert store.governance.issued_bytes(plan.id, meeting.id, "other.docx") is None


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda s: s.governance.request_date(999, JUNE, None), id="action"),
        pytest.param(lambda s: s.governance.decide_date(999, True, None), id="request"),
        pytest.param(lambda s: s.governance.set_meeting_state(999, MeetingState.HELD), id="meeting"),
        pytest.param(lambda s: s.governance.propose(999, "rag", "At risk", RatingSource.OWNER), id="rating"),
        pytest.param(lambda s: s.plans.set_step_done(999, None), id="step"),
        pytest.param(lambda s: s.plans.by_id(999), id="plan"),
        pytest.param(lambda s: s.updates.withdraw(999), id="update"),
    ],
)
def test_what_is_not_in_the_record_is_named(store: Store, ask: object) -> None:
    with pytest.raises(StoreError, match=r"There is no .* with the number 999"), store.writing(change()):
        ask(store)  # type: ignore[operator]


def test_an_empty_date_can_be_asked_for(store: Store, plan: Plan, action_id: int) -> None:
    with store.writing(change()):
        store.governance.set_due(action_id, PlanDate("once the dredger is here"), None)
    assert store.plans.views(plan.id)[0].due.text == "once the dredger is here"
