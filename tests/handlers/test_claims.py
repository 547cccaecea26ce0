"""A claim is held against what the plan promised, watched as long as was asked, and assured by a meeting."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.assurance.promises import verdict
from nlp.reading import read
from storage.model.plan import State
from tests.handlers.world import World, buttons

TODAY = date(2026, 2, 3)


@pytest.mark.parametrize(
    ("promise", "reported", "met"),
    [
        pytest.param("Audit shows 95% of plans complete", "audit shows 97%", True, id="above the level"),
        pytest.param(
            "Audit shows 95% of plans complete", "88% of plans complete", False, id="below the level"
        ),
        pytest.param("Visits fall by 15%", "visits down 18%", True, id="a larger fall"),
        pytest.param("Visits fall by 15%", "visits down 12%", False, id="a smaller fall"),
        pytest.param("Visits fall by 15%", "92% of homes visited", None, id="a level is no fall"),
        pytest.param("36 delays a day", "1,312 visits in January", None, id="a day is no month"),
        pytest.param("95% compliance", "all going well", None, id="no figure reported"),
    ],
)
def test_like_is_compared_with_like(promise: str, reported: str, met: bool | None) -> None:
    found = verdict(read(promise, TODAY), read(reported, TODAY))
    assert found is not None
    assert found.met is met


def test_a_fall_by_a_number_with_its_percentage_is_a_change() -> None:
    promise = "A reduction in visits from 12 homes by 230 (40%)"
    short = verdict(read(promise, TODAY), read("visits down 15% in January", TODAY), promise)
    enough = verdict(read(promise, TODAY), read("visits down 45% in January", TODAY), promise)
    assert short is not None
    assert enough is not None
    assert (short.met, enough.met) == (False, True)


def test_a_promise_without_a_figure_judges_nothing() -> None:
    assert verdict(read("Minutes of the group", TODAY), read("98% done", TODAY)) is None


def test_the_claim_is_shown_beside_the_promise(world: World) -> None:
    sent = world.act(
        "Jasper", "6.1.4 complete, the line opened on 2 February. A&E visits by residents fell by 9%"
    )
    seen = world.tap("Jasper", buttons(sent)["Yes"])
    assert "Line open; A&E visits by residents fall by 15%" in seen
    assert "9%" in seen
    assert "not met" in seen
    assert "Evidence: none" in seen


def agreed_claim(world: World) -> None:
    world.tap("Jasper", buttons(world.act("Jasper", "6.1.4 complete, the line opened on 2 February"))["Yes"])
    world.say("Jasper", "evidence 6.1.4 https://files.example.org/log")
    world.say("Dana", "sustain 6.1.4 2 months")
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "decide 6.1.4 agree")


def test_a_sustained_claim_is_watched_and_a_miss_starts_it_again(world: World) -> None:
    agreed_claim(world)
    assert (world.view("6.1.4").state, world.view("6.1.4").state_note) == (State.ASSURING, "month 0 of 2")
    world.at(2026, 3, 3)
    assert "month 1 of 2" in world.say("Jasper", "6.1.4 A&E visits by residents fell by 17%")
    world.at(2026, 4, 1)
    assert "the count starts again" in world.say("Jasper", "6.1.4 A&E visits by residents fell by 6%")
    assert world.view("6.1.4").state_note == "month 0 of 2"


def test_two_figures_of_one_cycle_count_once(world: World) -> None:
    agreed_claim(world)
    world.at(2026, 3, 3)
    world.say("Jasper", "6.1.4 A&E visits by residents fell by 17%")
    world.at(2026, 3, 4)
    assert "counted already" in world.say("Jasper", "6.1.4 A&E visits by residents fell by 18%")
    assert world.view("6.1.4").state_note == "month 1 of 2"


def test_shown_long_enough_the_meeting_is_asked_and_only_it_assures(world: World) -> None:
    agreed_claim(world)
    for month in (3, 4):
        world.at(2026, month, 2)
        world.say("Jasper", "6.1.4 A&E visits by residents fell by 17%")
    assert world.view("6.1.4").agreed["rag"].label != "Done and assured"
    world.at(2026, 4, 14)
    assert "shown for as long as was asked" in world.say("Dana", "meeting 14 April")
    world.say("Dana", "decide 6.1.4 agree")
    assert world.view("6.1.4").agreed["rag"].label == "Done and assured"
    assert world.view("6.1.4").state is State.CLOSED


def test_while_it_is_watched_its_owner_is_asked_for_the_figure(world: World) -> None:
    from handlers.cycle.responsible import who_is_asked

    agreed_claim(world)
    meeting = world.store.governance.meetings(world.plan.id, assurance=True)[1]
    asked = who_is_asked(world.store, world.plan, meeting, world.today).people
    assert "6.1.4" in [view.name for view in asked[world.people["Jasper"].id]]


def test_nobody_assures_an_action_of_their_own(world: World) -> None:
    from storage.model.people import PartyKind

    with world.store.writing(world.change()):
        world.store.people.map_owner(
            world.plan.id, "Kit Barlow, Head of Patient Flow", PartyKind.PERSON, world.people["Dana"].id
        )
    world.say("Dana", "evidence 6.2.1 https://files.example.org/x")
    assert "your own action" in world.say("Dana", "decide 6.2.1 blue")
