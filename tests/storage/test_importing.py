"""Importing plan documents: the first version, later ones, and what they must not touch."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from storage.matching import match_actions
from storage.model.document import DocAction, DocMeeting, DocRating, DocScale, DocTheme, PlanDate, Unplaced
from storage.model.people import PartyKind
from storage.model.plan import Plan, RatingSource, State
from storage.model.reading import Reading
from storage.model.record import MeetingState
from storage.store import Store
from tests.storage.conftest import NOW, change
from tests.storage.plans import ACTIONS, RAG, due, small_plan


def again(store: Store, document: object, content: bytes = b"second") -> Plan:
    with store.writing(change(minutes=5)):
        return store.plans.import_document("harbour", document, content, "harbour.docx")  # type: ignore[arg-type]


def replaced(number: int, **changes: object) -> tuple[DocAction, ...]:
    actions = list(ACTIONS)
    actions[number] = dataclasses.replace(actions[number], **changes)  # type: ignore[arg-type]
    return tuple(actions)


def test_a_document_becomes_a_plan(store: Store, plan: Plan) -> None:
    assert store.plans.get("harbour") == plan
    assert (plan.title, plan.version, plan.scales[0].title) == ("Harbour plan", "V1", "Month RAG")
    assert [(t.ref, t.title, t.parent_id) for t in store.plans.themes(plan.id)] == [
        ("1", "Berths", None),
        ("1.1", "Pilots", 1),
        ("2", "Tides", None),
    ]
    views = store.plans.views(plan.id)
    assert [(v.action.handle, v.name, v.theme and v.theme.title) for v in views] == [
        (1, "1.1", "Berths"),
        (2, "1.2", "Pilots"),
        (3, "2.1", "Tides"),
        (4, "2.1", "Tides"),
        (5, "#5", "Tides"),
    ]
    assert [v.agreed["rag"].label if v.agreed else None for v in views] == [
        "On target",
        "At risk",
        None,
        None,
        None,
    ]
    assert views[0].agreed["rag"].source is RatingSource.DOCUMENT
    assert views[0].due == views[0].action.baseline == ACTIONS[0].due
    assert [step.no for step in views[1].action.steps] == ["1", "2"]
    assert store.plans.document(plan.id) == small_plan()
    assert [(v[1], v[2], v[3]) for v in store.plans.versions(plan.id)] == [("V1", "harbour.docx", NOW)]


def test_its_meetings_take_their_deadlines(store: Store, plan: Plan) -> None:
    (meeting,) = store.governance.meetings(plan.id, assurance=True)
    assert (meeting.forum, meeting.day, meeting.deadline) == (
        "Assurance meeting",
        date(2027, 3, 18),
        date(2027, 3, 10),
    )
    assert len(store.governance.meetings(plan.id)) == 2


def test_the_same_file_changes_nothing(store: Store, plan: Plan) -> None:
    before = store.audit.head()
    again(store, small_plan(), b"first")
    assert store.audit.head() == before


def test_the_same_content_in_another_file_changes_no_action(store: Store, plan: Plan) -> None:
    before = store.plans.views(plan.id)
    again(store, small_plan())
    assert store.plans.views(plan.id) == before
    assert len(store.governance.meetings(plan.id)) == 2
    assert len(store.plans.versions(plan.id)) == 2


def test_a_later_version_keeps_updates_and_handles(store: Store, plan: Plan) -> None:
    action = store.plans.action(plan.id, "2.1")[1]
    with store.writing(change(minutes=1)):
        ada = store.people.add("Ada Quay")
        store.updates.add(action.id, "Two gauges checked.", Reading(), author_id=ada.id)
    moved = replaced(3, ref="2.7", action="Check the tide gauges against the old ones monthly")
    again(store, small_plan(actions=(DocAction("3.1", "2", "Dredge the channel"), *reversed(moved))))
    (found,) = store.plans.action(plan.id, "2.7")
    assert (found.id, found.handle) == (action.id, 4)
    assert [u.text for u in store.updates.of_action(found.id)] == ["Two gauges checked."]
    assert store.plans.action(plan.id, "3.1")[0].handle == 6
    assert [v.action.handle for v in store.plans.views(plan.id)] == [6, 5, 4, 3, 2, 1]


def test_an_action_that_is_gone_is_kept_and_marked_dropped(store: Store, plan: Plan) -> None:
    again(store, small_plan(actions=ACTIONS[1:]))
    (gone,) = store.plans.action(plan.id, "1.1")
    assert gone.dropped
    assert gone.id not in {v.action.id for v in store.plans.views(plan.id)}
    assert [v.action.id for v in store.plans.views(plan.id, action_ids=[gone.id])] == [gone.id]
    again(store, small_plan(), b"third")
    assert not store.plans.action(plan.id, "1.1")[0].dropped


def test_a_printed_date_that_differs_moves_the_due_date_and_never_the_baseline(
    store: Store, plan: Plan
) -> None:
    later = due("June 2027", date(2027, 6, 1), date(2027, 6, 30))
    again(store, small_plan(actions=replaced(0, revised=later)))
    (view, *_) = store.plans.views(plan.id)
    assert (view.due, view.action.baseline, view.slips) == (later, ACTIONS[0].due, 1)
    (row,) = store.governance.ledger(view.action.id)
    assert (row.was, row.wanted, row.outcome, row.meeting_id) == (ACTIONS[0].due, later, "agreed", None)


def test_an_empty_date_cell_moves_nothing(store: Store, plan: Plan) -> None:
    again(store, small_plan(actions=replaced(0, due=PlanDate("TBC"))))
    assert store.plans.views(plan.id)[0].due == ACTIONS[0].due


def test_a_first_version_can_have_revised_dates(store: Store) -> None:
    later = due("May 2027", date(2027, 5, 1), date(2027, 5, 31))
    plan = again(
        store, small_plan(actions=(*replaced(0, revised=later), DocAction("9", "2", "New", revised=later)))
    )
    first, *_, last = store.plans.views(plan.id)
    assert (first.due, first.action.baseline, first.slips) == (later, ACTIONS[0].due, 1)
    assert (last.due, last.action.baseline, last.slips) == (later, later, 0)


def test_a_changed_rating_is_agreed_by_the_document(store: Store, plan: Plan) -> None:
    again(store, small_plan(actions=replaced(0, ratings={"rag": "red"})))
    view = store.plans.views(plan.id)[0]
    assert view.agreed["rag"].label == "Off target"
    assert [r.label for r in store.governance.rating_history(view.action.id)] == ["On target", "Off target"]


def printed_ratings(*ratings: DocRating) -> dict[str, object]:
    return {"scales": (DocScale("rag", "Month RAG", ratings),)}


def test_a_version_in_which_nothing_is_red_keeps_red_in_its_place(store: Store, plan: Plan) -> None:
    green, amber, grey = DocRating("Green", "green"), DocRating("Amber", "amber"), DocRating("Grey", "grey")
    again(store, small_plan(**printed_ratings(green, amber, DocRating("Red", "red"), grey)), b"third")
    found = again(store, small_plan(**printed_ratings(green, amber, grey)), b"fourth").scale()
    assert found is not None
    labels = [rating.label for rating in found.ratings]
    assert labels[labels.index("Amber") :] == ["Amber", "Red", "Grey"]


def test_a_renamed_rating_takes_the_place_of_the_old_one(store: Store, plan: Plan) -> None:
    renamed = dataclasses.replace(RAG.ratings[2], label="On track")
    found = again(store, small_plan(**printed_ratings(*RAG.ratings[:2], renamed, *RAG.ratings[3:]))).scale()
    assert found is not None
    assert [rating.label for rating in found.ratings] == [
        "Complete with assurance",
        "Complete",
        "On track",
        "At risk",
        "Off target",
    ]


@pytest.mark.parametrize(
    "scale",
    [
        pytest.param(RAG, id="printed as before"),
        pytest.param(dataclasses.replace(RAG, ratings=RAG.ratings[1:]), id="printed without one of them"),
    ],
)
def test_what_the_office_said_of_a_rating_outlives_a_version(
    store: Store, plan: Plan, scale: DocScale
) -> None:
    known = plan.scale()
    assert known is not None
    corrected = tuple(dataclasses.replace(one, demands="assurance") for one in known.ratings)
    with store.writing(change(minutes=1)):
        store.plans.set_scale(plan.id, dataclasses.replace(known, ratings=corrected))
    found = again(store, small_plan(scales=(scale,))).scale()
    assert found is not None
    assert found.ratings == corrected


def test_a_file_without_a_title_does_not_rename_the_plan(store: Store, plan: Plan) -> None:
    assert again(store, small_plan(title="harbour")).title == "Harbour plan"
    assert again(store, small_plan(title="Harbour and port plan"), b"third").title == "Harbour and port plan"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        pytest.param("blue", State.CLOSED, id="assured"),
        pytest.param("purple", State.ASSURING, id="complete, to be assured"),
        pytest.param("green", State.OPEN, id="on target"),
        pytest.param("", State.OPEN, id="not rated"),
    ],
)
def test_a_printed_completion_tells_the_state(store: Store, word: str, state: State) -> None:
    plan = again(store, small_plan(actions=replaced(0, ratings={"rag": word})))
    assert store.plans.views(plan.id)[0].state is state


def test_what_no_scale_can_say_is_listed(store: Store) -> None:
    lost = Unplaced("page 9", "Signed off", "no table")
    plan = again(
        store, small_plan(actions=replaced(0, ratings={"rag": "mauve"}, place="row 4"), unplaced=(lost,))
    )
    assert store.plans.views(plan.id)[0].agreed == {}
    assert store.plans.unplaced(plan.id) == [
        lost,
        Unplaced("row 4", "mauve", "no rating of the scale Month RAG is called so"),
    ]


def test_a_plan_without_a_scale_has_no_ratings(store: Store) -> None:
    plan = again(store, small_plan(scales=()))
    assert plan.scale() is None
    assert all(not view.agreed for view in store.plans.views(plan.id))


def test_owners_are_parties_until_and_after_they_are_mapped(store: Store, plan: Plan) -> None:
    assert store.people.printed_owners(plan.id) == [
        ("Ada Quay, Pilot Lead", 1),
        ("COO", 2),
        ("Harbour Board", 1),
        ("Tide Office", 2),
    ]
    with store.writing(change()):
        ada = store.people.add("Ada Quay")
        assert store.people.map_owner(plan.id, "ada quay,  pilot lead", PartyKind.PERSON, ada.id) == 1
        assert store.people.map_owner(plan.id, "Chief Operating Officer", PartyKind.PERSON, ada.id) == 2
        assert store.people.map_owner(plan.id, "nobody printed so", PartyKind.PERSON, ada.id) == 0
    again(store, small_plan(actions=replaced(0, operational_lead="Ada Quay, Pilot Lead / Ben Mast")))
    parties = store.people.parties(plan.id, date(2027, 3, 1))
    first = store.plans.action(plan.id, "1.1")[0]
    assert [(p.printed, p.role, p.person_id) for p in parties[first.id]] == [
        ("COO", "owner", ada.id),
        ("Harbour Board", "owner", None),
        ("Ada Quay, Pilot Lead", "lead", ada.id),
        ("Ben Mast", "lead", None),
    ]


def test_a_meeting_to_be_confirmed_takes_its_day_from_a_later_version(store: Store) -> None:
    plan = again(store, small_plan(meetings=(DocMeeting("Assurance meeting", None, "To be confirmed"),)))
    (meeting,) = store.governance.meetings(plan.id)
    assert meeting.state is MeetingState.TO_CONFIRM
    again(store, small_plan(meetings=(DocMeeting("Assurance meeting", date(2027, 4, 2)),)), b"third")
    (confirmed,) = store.governance.meetings(plan.id)
    assert (confirmed.id, confirmed.day, confirmed.state) == (
        meeting.id,
        date(2027, 4, 2),
        MeetingState.PLANNED,
    )


def test_a_theme_that_goes_on_over_the_page_is_one_theme(store: Store) -> None:
    plan = again(store, small_plan(themes=(DocTheme(None, "Tides"), DocTheme(None, "Tides"))))
    assert len(store.plans.themes(plan.id)) == 1


@pytest.mark.parametrize(
    ("known", "printed", "matches"),
    [
        pytest.param([], [("1", "a")], [None], id="new"),
        pytest.param(
            [(7, "1", "Open the berth")], [("1", "Quite another thing")], [7], id="same ref, new words"
        ),
        pytest.param([(7, "A.1", "Open")], [("a.1", "Open")], [7], id="ref without case"),
        pytest.param(
            [(7, "1.1", "Open the berth")], [("1.10", "Train the pilots")], [None], id="1.10 is not 1.1"
        ),
        pytest.param(
            [(7, "1", "Open the berth"), (8, "1", "Train the pilots")],
            [("1", "Train all the pilots"), ("1", "Open the berths")],
            [8, 7],
            id="repeated ref by words",
        ),
        pytest.param(
            [(7, None, "Open the second berth")], [(None, "Open the second berths")], [7], id="no ref"
        ),
        pytest.param(
            [(7, "1", "Open the second berth")], [("4", "Open the second berth")], [7], id="renumbered"
        ),
        pytest.param(
            [(7, None, "Open the second berth")], [(None, "Train pilots")], [None], id="other words"
        ),
        pytest.param(
            [(7, None, "Open a berth")],
            [(None, "Open a berth"), (None, "Open a berth")],
            [7, None],
            id="taken once",
        ),
    ],
)
def test_rows_of_a_later_version_find_their_actions(
    known: list[tuple[int, str | None, str]], printed: list[tuple[str | None, str]], matches: list[int | None]
) -> None:
    assert match_actions(known, [DocAction(ref, None, text) for ref, text in printed]) == matches
