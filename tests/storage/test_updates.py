"""What people said: kept verbatim, corrected and withdrawn by new rows, found again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from storage.model.people import Person
from storage.model.plan import Plan
from storage.model.reading import (
    Cue,
    DateFound,
    DateRole,
    Grain,
    Measure,
    PercentFound,
    PercentRole,
    Reading,
    RefFound,
    Segment,
    Status,
)
from storage.model.record import MeetingState, UpdateKind, Visibility
from storage.store import Store
from tests.storage.conftest import NOW, change

WHEN = DateFound(
    3, 8, "Sept", date(2027, 9, 1), date(2027, 9, 30), Grain.MONTH, DateRole.PLANNED, "month", True
)
FULL = Reading(
    dates=(WHEN,),
    percentages=(PercentFound(0, 3, "80%", 80.0, PercentRole.COMPLETION, "percent", 90.0),),
    measures=(Measure(0, 7, "7 beds", "beds", 7.0, "beds", "count", WHEN, 9.0, None, None, "about"),),
    status=Status.AT_RISK,
    confidence=0.75,
    cues=(Cue(0, 4, "late", Status.OFF_TRACK, "late"),),
    refs=(RefFound(0, 3, "1.1", "1.1", "ref", "2"),),
    segments=(Segment(0, 9, ("1.1",), Status.ON_TRACK, 0.5, True, True),),
    summary="Late, Sept.",
)


@pytest.fixture
def ada(store: Store) -> Person:
    with store.writing(change()):
        return store.people.add("Ada Quay")


@pytest.fixture
def action_id(store: Store, plan: Plan) -> int:
    return store.plans.action(plan.id, "1.1")[0].id


def say(store: Store, action_id: int, text: str, author: Person, minutes: float = 0, **values: object) -> int:
    with store.writing(change(author.id, minutes, "slack")):
        return store.updates.add(action_id, text, Reading(), author_id=author.id, **values).id  # type: ignore[arg-type]


def test_an_update_comes_back_as_it_was_given(store: Store, plan: Plan, action_id: int, ada: Person) -> None:
    with store.writing(change(ada.id, 1, "slack")):
        made = store.updates.add(
            action_id, "Berth <b>open</b>, Sept\n", FULL, author_id=ada.id, entered_by_id=ada.id, step_no="2",
            link="https://chat.example/1", source="slack:D1:17", visibility=Visibility.RESTRICTED, meeting_id=1,
        )  # fmt: skip
    assert store.updates.get(made.id) == made
    assert (made.text, made.reading, made.author, made.via) == (
        "Berth <b>open</b>, Sept\n",
        FULL,
        "Ada Quay",
        "slack",
    )
    assert (made.at, made.step_no, made.visibility, made.standing) == (
        NOW + timedelta(minutes=1), "2", Visibility.RESTRICTED, True,
    )  # fmt: skip
    assert store.updates.by_source("slack:D1:17") == [made]
    assert store.updates.get(999) is None


@given(text=st.text(max_size=80))
@example("half \ud83d of a character")
@example("nul \0 and \r\n")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_kept_verbatim(store: Store, plan: Plan, text: str) -> None:
    """But for the halves of broken characters, which no database keeps."""
    action_id = store.plans.action(plan.id, "1.1")[0].id
    with store.writing(change()):
        author = store.people.add(text)
        made = store.updates.add(action_id, text, Reading(summary=text), author_id=author.id, source=text)
    kept = text.encode("utf-8", "replace").decode()
    assert (made.text, made.reading.summary) == (kept, kept)
    assert store.audit.verify() is None


def test_a_correction_replaces_and_a_withdrawal_withdraws(
    store: Store, plan: Plan, action_id: int, ada: Person
) -> None:
    first = say(store, action_id, "Done", ada, source="slack:D1:17")
    second = say(
        store,
        action_id,
        "Nearly done",
        ada,
        1,
        kind=UpdateKind.CORRECTION,
        replaces_id=first,
        source="slack:D1:17",
    )
    assert [u.id for u in store.updates.by_source("slack:D1:17")] == [second]
    with store.writing(change(ada.id, 2)):
        store.updates.withdraw(second)
        store.updates.withdraw(second)
    history = store.updates.of_action(action_id)
    assert [(u.kind, u.replaces_id, u.standing) for u in history] == [
        (UpdateKind.WITHDRAWAL, second, False),
        (UpdateKind.CORRECTION, first, False),
        (UpdateKind.UPDATE, None, False),
    ]
    assert [u.text for u in store.updates.of_action(action_id, limit=2)] == ["", "Nearly done"]
    assert store.updates.of_plan(plan.id) == []


def test_the_newest_of_many_actions_are_the_newest_of_each(store: Store, plan: Plan, ada: Person) -> None:
    ids = [action.id for action in store.plans.actions_by_id(range(1, 5))]
    for minutes, action_id in enumerate([*ids[:3], *ids[:2], ids[0], ids[0]]):
        say(
            store,
            action_id,
            f"{minutes}",
            ada,
            minutes,
            visibility=Visibility(("public", "committee")[minutes % 2]),
        )
    with store.writing(change(minutes=20)):
        store.updates.withdraw(store.updates.of_action(ids[0])[0].id)
    expected = {
        action_id: [one for one in store.updates.of_action(action_id) if one.standing][:2]
        for action_id in ids[:3]
    }
    assert store.updates.newest(ids, 2) == expected
    assert [one.text for one in expected[ids[0]]] == ["5", "3"]
    assert {one.text for one in store.updates.held(ids[1:])} == {"1"}
    assert store.updates.newest([], 2) == {}


def test_a_plans_updates_by_time_and_meeting(store: Store, plan: Plan, action_id: int, ada: Person) -> None:
    (meeting, *_) = store.governance.meetings(plan.id)
    first = say(store, action_id, "one", ada, 1)
    second = say(store, action_id, "two", ada, 2, meeting_id=meeting.id)
    third = say(store, action_id, "three", ada, 3)

    def found(**filters: object) -> list[int]:
        return [u.id for u in store.updates.of_plan(plan.id, **filters)]  # type: ignore[arg-type]

    assert found() == [first, second, third]
    assert found(since=NOW + timedelta(minutes=2)) == [second, third]
    assert found(until=NOW + timedelta(minutes=2)) == [first]
    assert found(meeting_id=meeting.id) == [second]
    assert found(since=NOW, until=NOW) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dredger", ["The dredger is late"]),
        ("DREDGERS", ["The dredger is late"]),
        ("late dredger", ["The dredger is late"]),
        ("NOT late", ["It is not late"]),
        ('"is late"', ["The dredger is late"]),
        ("body:late OR (", []),
        ("*", []),
        ("", []),
        ('"', []),
        ("withdrawn", []),
    ],
)
def test_search_takes_words_as_they_are(
    store: Store, plan: Plan, action_id: int, ada: Person, words: str, found: list[str]
) -> None:
    for text in ("The dredger is late", "It is not late"):
        say(store, action_id, text, ada)
    gone = say(store, action_id, "withdrawn words", ada)
    with store.writing(change()):
        store.updates.withdraw(gone)
    assert [u.text for u in store.updates.search(plan.id, words)] == found


@given(words=st.text(max_size=30) | st.text('ab"*:()\n\0 ^', max_size=30))
@example('0":\n')
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_search_fails(store: Store, plan: Plan, words: str) -> None:
    assert store.updates.search(plan.id, words) == []


def test_visibility_changes_and_leaves_a_row(store: Store, plan: Plan, action_id: int, ada: Person) -> None:
    update_id = say(store, action_id, "A name", ada)
    with store.writing(change(ada.id)):
        store.updates.set_visibility(update_id, Visibility.RESTRICTED)
    assert store.plans.views(plan.id)[0].visibility == "restricted"
    row = store.audit.rows(action_id=action_id)[-1]
    assert (row.what, row.was, row.now) == (
        "visibility",
        {"visibility": "public"},
        {"visibility": "restricted"},
    )


def test_measures_come_oldest_first_without_withdrawn_ones(
    store: Store, plan: Plan, action_id: int, ada: Person
) -> None:
    (measure,) = FULL.measures
    first, second = say(store, action_id, "7 beds", ada, 1), say(store, action_id, "8 beds", ada, 2)
    with store.writing(change(minutes=3)):
        store.updates.add_measures(second, action_id, [measure])
        store.updates.add_measures(first, action_id, [measure])
    assert [(m, u) for m, _, u in store.updates.measures(action_id)] == [(measure, first), (measure, second)]
    with store.writing(change(minutes=4)):
        store.updates.withdraw(first)
    assert [u for _, _, u in store.updates.measures(action_id)] == [second]


def test_words_without_an_action_wait_until_settled(store: Store, plan: Plan, ada: Person) -> None:
    with store.writing(change(ada.id)):
        kept = store.updates.keep_unplaced("All fine", person_id=ada.id, plan_id=plan.id, source="slack:D1:3")
    assert store.updates.unplaced_text(kept) == ("All fine", ada.id, "slack:D1:3")
    assert store.updates.unplaced_of(plan.id) == [(kept, "All fine", ada.id, NOW)]
    with store.writing(change(ada.id)):
        store.updates.settle_unplaced(kept)
    assert store.updates.unplaced_text(kept) is None
    assert store.updates.unplaced_of(plan.id) == []


def test_prompts_are_open_until_their_meeting_is_over(store: Store, plan: Plan, ada: Person) -> None:
    (meeting,) = store.governance.meetings(plan.id, assurance=True)
    with store.writing(change()):
        prompt = store.updates.add_prompt(plan.id, ada.id, meeting.id, [2, 1], "slack", None)
        store.updates.mark_prompt(prompt.id, "D1", "17.5")
    found = store.updates.prompt_at("slack", "D1", "17.5")
    assert found is not None
    assert (found.id, found.action_ids, found.conversation) == (prompt.id, (2, 1), "D1")
    assert store.updates.prompt_at("slack", "D2", "17.5") is None
    assert store.updates.open_prompts(ada.id) == store.updates.prompts_of(plan.id, meeting.id) == [found]
    with store.writing(change()):
        store.governance.set_meeting_state(meeting.id, MeetingState.HELD)
    assert store.updates.open_prompts(ada.id) == []
