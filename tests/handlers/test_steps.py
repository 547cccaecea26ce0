"""Actions with numbered steps: a step is done by itself, and the action never before its last one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from handlers import wording
from storage.model.document import DateKind, DocAction, DocStep, PlanDate, PlanDocument
from storage.model.people import Role
from storage.model.plan import Action, State
from tests.handlers.world import World, buttons, new_world, shown


def due(day: int, month: int) -> PlanDate:
    return PlanDate(f"{day}/{month}", date(2026, month, day), date(2026, month, day), DateKind.DUE)


STEPS = (
    DocStep("1", "Write the course", due(31, 1)),
    DocStep("2", "Book the rooms", due(28, 2)),
    DocStep("3", "Train the wards"),
)
PLAN = PlanDocument(
    "Ward plan",
    actions=(
        DocAction("1.2", None, "Train every ward in the new chart", owner="Nell Ash", steps=STEPS),
        DocAction("Q (and 4.1)", None, "Publish the chart on every ward", owner="Nell Ash", due=due(31, 3)),
        DocAction("7", None, "Buy new chart folders", owner="Nell Ash", due=due(31, 3)),
        DocAction("4.1", None, "Print the chart", owner="Nell Ash", due=due(31, 3)),
    ),
)


@pytest.fixture
def wards(tmp_path: Path) -> World:
    world = new_world(tmp_path)
    world.slug = "wards"
    world.at(2026, 2, 3)
    with world.store.writing(world.change()):
        world.store.plans.import_document("wards", PLAN, b"wards", "wards.csv")
    world.person("Dana", role=Role.PMO)
    world.person("Nell", owns=("Nell Ash",))
    return world


def test_a_step_is_done_by_itself(wards: World) -> None:
    sent = wards.act("Nell", "1.2(1) is done")
    assert "mark step 1 done?" in shown(sent)
    assert "1 of 3 steps done, next 28 Feb 2026" in wards.tap("Nell", buttons(sent)["Yes"])
    assert wards.view("1.2").state is State.OPEN
    assert [step.no for step in wards.view("1.2").action.steps if step.done] == ["1"]


def test_progress_tells_done_next_and_overdue(wards: World) -> None:
    assert "0 of 3 steps done, next 28 Feb 2026, step 1 overdue" in wards.say("Nell", "status 1.2 in wards")


def test_an_action_is_not_complete_while_a_step_is_open(wards: World) -> None:
    assert "has open steps (1, 2 and 3)" in wards.say("Nell", "claim 1.2 in wards")
    sent = wards.act("Nell", "1.2 is complete")
    wards.tap("Nell", buttons(sent)["Yes"])
    view = wards.view("1.2")
    assert view.state is State.CLAIMED
    assert all(step.done for step in view.action.steps)


def test_a_step_asks_for_a_date_of_its_own(wards: World) -> None:
    sent = wards.act("Nell", "1.2(2) slipped to 30 April 2026")
    wards.tap("Nell", buttons(sent)["Yes"])
    assert wards.view("1.2").requested is None
    assert wording.due(wards.view("1.2").step_requests["2"]) == "30 Apr 2026"
    wards.say("Dana", "meeting add 10 February 2026 in wards")
    assert "step 2: move 28 Feb 2026 to 30 Apr 2026" in wards.say("Dana", "meeting 10 February in wards")
    wards.say("Dana", "decide 1.2 agree date in wards")
    step = wards.view("1.2").action.steps[1]
    assert (wording.due(step.due), wards.view("1.2").step_requests) == ("30 Apr 2026", {})


def test_two_steps_in_one_message_are_two_updates(wards: World) -> None:
    sent = wards.act("Nell", "1.2(1) done, 1.2(2) slipped to 30 April 2026")
    seen = wards.tap("Nell", buttons(sent)["Yes to both"])
    assert "step 1 is done" in seen
    assert "the due date of step 2" in seen


def test_a_ref_of_several_words_is_that_action(wards: World) -> None:
    wards.say("Nell", "Q (and 4.1) slipped to May 2026")
    assert wards.view("Q (and 4.1)").last_at is not None
    assert wards.view("4.1").last_at is None


@pytest.mark.parametrize(
    ("words", "named"),
    [
        pytest.param("7 slipped to May 2026", True, id="a cue follows"),
        pytest.param("7: with the printers", True, id="a colon"),
        pytest.param("7 is on track, rest no change", True, id="is"),
        pytest.param("7 wards left to train", False, id="a count"),
        pytest.param("7% of wards trained", False, id="a percentage"),
    ],
)
def test_a_bare_number_in_front_is_a_ref_where_it_counts_nothing(
    wards: World, words: str, named: bool
) -> None:
    wards.say("Nell", words)
    assert (wards.view("7").last_at is not None) is named


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("Train the wards. Then audit.", "Train the wards", id="first clause"),
        pytest.param("1. Train the wards in May", "Train the wards in May", id="a number is no title"),
        pytest.param("", "(the document gives it no words)", id="no words"),
    ],
)
def test_every_action_has_a_title(text: str, title: str) -> None:
    assert Action(1, 1, "1", None, text).title == title
