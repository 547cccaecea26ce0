"""Which action a text speaks of, by its words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading.links import ActionText, Index, link

_PLAN = (
    ActionText(
        "1.1", "Open a falls clinic in Marlow", "Head of Therapies", "Priya Rao", "Frailty", "Clinic open"
    ),
    ActionText(
        "1.2", "Replace the boiler at Harbour House", "Director of Estates", "", "Estates", "Warm wards"
    ),
    ActionText(
        "1.3", "Agree the Local Discharge Protocol with the hospice", "Chief Nurse", "", "Discharge", ""
    ),
    ActionText("1.4", "Recruit peer mentors for carers", "Head of People", "", "Carers", "Mentors in post"),
)


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        pytest.param("the boilers have been replaced", "1.2", id="other endings"),
        pytest.param("Priya says the clinic opens on Monday", "1.1", id="the lead's name"),
        pytest.param("LDP still with the hospice's lawyers", "1.3", id="an abbreviation"),
        pytest.param("two mentors for carers found", "1.4", id="plain words"),
    ],
)
def test_the_action_is_found(text: str, ref: str) -> None:
    assert link(text, _PLAN)[0].ref == ref


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("done", id="only progress"),
        pytest.param("Thanks, all on track for next month", id="no subject"),
        pytest.param("The ambulance bay was repainted and the antenatal scanner ordered", id="another plan"),
    ],
)
def test_nothing_is_found_where_nothing_fits(text: str) -> None:
    assert link(text, _PLAN) == []


def test_what_was_said_before_helps_to_find_the_action() -> None:
    said = "Waiting for the asbestos survey"
    assert link(said, _PLAN) == []
    later = ActionText("1.2", "Replace the boiler at Harbour House", recent=("Asbestos survey ordered",))
    assert link(said, (_PLAN[0], later, *_PLAN[2:]))[0].ref == "1.2"


def test_links_come_best_first_and_no_more_than_asked_for() -> None:
    index = Index(_PLAN)
    found = index.find("The clinic in Marlow, mentors for carers, the boiler at Harbour House", limit=2)
    assert len(found) == 2
    assert 1 >= found[0].score >= found[1].score >= 0.5


def test_a_plan_without_actions_links_nothing() -> None:
    assert Index(()).find("The boiler is in") == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert all(0.5 <= one.score <= 1 for one in Index(_PLAN).find(text))


def test_an_abbreviation_with_its_little_words_and_one_with_a_figure_are_known() -> None:
    plan = (
        ActionText("2.1", "Review end of life care at the hospice"),
        ActionText("2.2", "Staff the D2A wards of Harbour House"),
        ActionText("2.3", "Paint the lobby"),
    )
    assert link("EOL audit went well", plan)[0].ref == "2.1"
    assert link("all d2a beds are open", plan)[0].ref == "2.2"
