"""Figures that updates report are kept per action, shown over time, and held against what was said before."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers.assurance.disagreements import Known, of_action
from nlp.reading import read
from storage.model.document import PlanDate
from storage.model.plan import Action, ActionView, Plan, State
from tests.handlers.world import World


def test_figures_of_an_action_are_shown_over_time_with_their_target(world: World) -> None:
    for month, value in ((2, 41), (3, 58), (4, 77)):
        world.at(2026, month, 3)
        world.say("Priya", f"6.1.2 {value}% of staff trained, target 85%")
    seen = world.say("Dana", "status 6.1.2")
    assert "41% (3 Feb 2026), 58% (3 Mar 2026), 77% (3 Apr 2026); target 85%" in seen
    assert "chart: " in seen


def test_a_single_figure_is_no_series(world: World) -> None:
    world.say("Priya", "6.1.2 41% of staff trained, target 85%")
    assert "41% (" not in world.say("Dana", "status 6.1.2")


PLAN = Plan(1, "vale", "Vale", date(2026, 1, 20), None)
VIEW = ActionView(Action(1, 1, "1.1", None, "Open the hub"), None, State.OPEN, None, PlanDate())
THEN = date(2026, 1, 20)
SOON, LATE = datetime(2026, 1, 23, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)
EARLIER = "an earlier update"
PRINTED = "the plan document"


def between(one: str, other: str, at: datetime, where: str) -> list[str]:
    """What is asked about two texts: the plan's own or an update of 20 January, and an update of ``at``."""
    first = read(one, THEN).measures
    later = [(measure, at, 2) for measure in read(other, at.date()).measures]
    said = datetime(2026, 1, 20, 9, tzinfo=UTC)
    known = (
        Known(PLAN, VIEW, at.date(), measures=later, printed=first)
        if where is PRINTED
        else Known(PLAN, VIEW, at.date(), measures=[*((measure, said, 1) for measure in first), *later])
    )
    return [found.words for found in of_action(known) if found.rule == "figures"]


@pytest.mark.parametrize("where", [EARLIER, PRINTED])
@pytest.mark.parametrize(
    ("one", "other", "at", "words"),
    [
        pytest.param("84% of shifts covered in December", "81% of shifts covered in December", LATE, "gives 81% for shifts covered where {} gave 84%", id="of one month"),
        pytest.param("84% of shifts covered", "81% of shifts covered", SOON, "gives 81% for shifts covered where {} gave 84%", id="of one week, undated"),
        pytest.param("Nurses trained: 61% against a target of 85%", "Nurses trained 70% against a target of 90%", LATE,
                     "gives 90% as the target for Nurses trained where {} gave 85% as the target", id="another target"),
        pytest.param("84% of shifts covered", "81% of shifts covered", LATE, None, id="six weeks later, undated: it has moved on"),
        pytest.param("84% of shifts covered in December", "81% of shifts covered in January", LATE, None, id="of the month after"),
        pytest.param("Vacancies 12% up from 10%", "Vacancies 14% up from 12%", LATE, None, id="what it was before has moved on too"),
        pytest.param("84% of shifts covered", "81% of wards audited", SOON, None, id="of something else"),
        pytest.param("84% of shifts covered", "84% of shifts covered", SOON, None, id="the same"),
        pytest.param("84 shifts covered", "81% of shifts covered", SOON, None, id="in another unit"),
        pytest.param("Vacancies are down 4%", "Vacancies are 12%", SOON, None, id="a change is no level"),
    ],
)  # fmt: skip
def test_two_texts_that_contradict_each_other(
    one: str, other: str, at: datetime, words: str | None, where: str
) -> None:
    assert between(one, other, at, where) == ([words.format(where)] if words else [])


def test_an_update_is_held_against_the_plan_document(world: World) -> None:
    """The demo's plan prints of 6.2.3: "November audit: 68%."."""
    asked = world.say("Priya", "6.2.3 November audit: 64%")
    assert "6.2.3 gives 64% for " in asked
    assert "audit where the plan document gave 68%. The meeting will ask" in asked
    assert "audit where the plan document gave 68%" in world.say("Dana", "challenges")
    world.say("Priya", "6.2.3 January audit: 71%")
    assert "6.2.3 gives" not in world.say("Dana", "challenges")
