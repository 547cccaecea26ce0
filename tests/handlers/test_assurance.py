"""Who may assure, check and re-check; what closes, and what opens again."""

from __future__ import annotations

import pytest

from storage.model.people import Role
from storage.model.plan import State
from tests.handlers.world import World, buttons, shown

LINK = "https://files.example.org/log"


def closed(world: World) -> None:
    """6.1.3 is closed by the plan's own document."""
    assert world.view("6.1.3").state is State.CLOSED
    world.say("Dana", "recheck 6.1.3 on 1 March 2026 by Victor")


def asked(world: World) -> list[str]:
    from handlers.assurance.rechecks import asked_today

    return [message.key or "" for message in asked_today(world.store, world.plan, world.today)]


def test_a_recheck_is_asked_of_its_person_on_its_day(world: World) -> None:
    closed(world)
    assert asked(world) == []
    world.at(2026, 3, 2)
    assert len(asked(world)) == 1
    assert "due 1 Mar 2026, by Victor" in world.say("Dana", "status 6.1.3")


def test_what_is_still_so_stays_closed(world: World) -> None:
    closed(world)
    world.at(2026, 3, 2)
    assert "It stays closed" in world.say("Victor", "recheck 6.1.3 sustained, seen in six homes")
    assert asked(world) == []
    assert "seen in six homes" in world.say("Dana", "history 6.1.3")


def test_what_is_not_so_any_more_is_reopened_by_a_meeting_and_recorded(world: World) -> None:
    closed(world)
    world.at(2026, 3, 2)
    world.say("Victor", "recheck 6.1.3 not sustained, four homes stopped using it")
    assert world.view("6.1.3").state is State.CLOSED
    world.at(2026, 3, 17, 14)
    sheet = world.act("Dana", "meeting 17 March")
    assert "re-check not sustained on 2 Mar 2026, by Victor" in shown(sheet)
    assert "reopened" in world.tap("Dana", buttons(sheet)["Reopen"])
    assert world.view("6.1.3").state is State.OPEN
    assert "[Reopen]" not in world.say("Dana", "meeting 17 March")
    assert "reopened re-check not sustained" in world.say("Dana", "history 6.1.3")


@pytest.mark.parametrize(
    ("who", "words", "told"),
    [
        pytest.param("Dana", "recheck 6.1.2 on 1 June 2026 by Victor", "is not closed", id="an open action"),
        pytest.param("Dana", "recheck 6.1.3 on 1 January 2026 by Victor", "ahead", id="a day behind"),
        pytest.param(
            "Priya", "recheck 6.1.3 on 1 June 2026 by Victor", "programme office", id="not the office"
        ),
        pytest.param("Victor", "recheck 6.1.3 sustained", "No re-check", id="none is planned"),
        pytest.param("Dana", "recheck 6.1.3", "no re-check is planned", id="shown"),
    ],
)
def test_a_recheck_is_refused_with_its_reason(world: World, who: str, words: str, told: str) -> None:
    assert told in world.say(who, f"/{words}")


def test_nobody_rechecks_or_checks_their_own(world: World) -> None:
    from storage.model.people import PartyKind

    owner = world.view("6.1.3").action.owner or ""
    with world.store.writing(world.change()):
        world.store.people.map_owner(world.plan.id, owner, PartyKind.PERSON, world.people["Victor"].id)
    assert "somebody else re-checks it" in world.say("Dana", "recheck 6.1.3 on 1 June 2026 by Victor")
    world.say("Dana", f"evidence 6.1.3 {LINK}")
    assert "somebody else checks" in world.say("Dana", "evidence 6.1.3 checked by Victor")


def test_evidence_bears_its_date_and_who_checked_it(world: World) -> None:
    world.say("Jasper", f"evidence 6.1.4 {LINK}")
    assert "3 Feb 2026, not checked" in world.say("Dana", "evidence 6.1.4")
    assert "recorded by the programme office" in world.say("Jasper", "evidence 6.1.4 checked")
    world.say("Dana", "evidence 6.1.4 checked by Victor")
    assert "checked by Victor" in world.say("Dana", "status 6.1.4")
    assert "no unchecked evidence" in world.say("Dana", "evidence 6.1.4 checked")


def test_early_assurance_needs_a_reason(world: World) -> None:
    world.tap("Jasper", buttons(world.act("Jasper", "6.1.4 complete, the line opened on 2 February"))["Yes"])
    world.say("Jasper", f"evidence 6.1.4 {LINK}")
    world.say("Dana", "sustain 6.1.4 3 months")
    world.say("Dana", "meeting 17 February")
    assert "0 of 3 months" in world.say("Dana", "decide 6.1.4 blue")
    world.say("Dana", "decide 6.1.4 blue, the ward has closed for good")
    assert world.view("6.1.4").state is State.CLOSED
    assert world.store.governance.claims(world.plan.id) == []


@pytest.fixture
def administered(world: World) -> World:
    with world.store.writing(world.change()):
        world.store.people.give_role(world.people["Victor"].id, Role.ADMINISTRATOR, world.plan.id)
    return world


def test_an_administrator_gives_and_takes_roles(administered: World) -> None:
    assert "is for an administrator" in administered.say("Dana", "/role Priya pmo")
    assert "in the programme office of thornmere now" in administered.say("Victor", "role Priya pmo")
    assert "# Assurance meeting" in administered.say("Priya", "meeting 17 February")
    assert "Dana, Priya" in administered.say("Victor", "role")
    administered.say("Victor", "role Priya not pmo")
    assert "is for the programme office" in administered.say("Priya", "/meeting 17 February")


def test_a_role_given_to_a_name_alone_says_that_no_name_is_believed(administered: World) -> None:
    assert "no name is believed" in administered.say("Victor", "role Dana Reid pmo")
    assert "no name is believed" not in administered.say("Victor", "role dana.reid@example.org pmo")
    assert "no name is believed" not in administered.say("Victor", "role Priya pmo")


def test_a_deputy_does_what_the_owner_may(world: World) -> None:
    world.say("Jasper", "deputy Victor")
    assert "is proposed" in world.say("Victor", "/propose 6.1.4 red")


def test_the_four_lines_are_asked_for_once_a_meeting(world: World) -> None:
    first = world.tap("Priya", buttons(world.act("Priya", "6.1.2 slipped to May"))["Yes"])
    again = world.tap("Priya", buttons(world.act("Priya", "6.1.2 slipped to July"))["Yes"])
    assert "Four lines on 6.1.2" in first
    assert "Four lines on 6.1.2" not in again


def test_a_proposal_of_trouble_asks_for_the_four_lines_too(world: World) -> None:
    assert "Four lines on 6.1.4" in world.say("Jasper", "propose 6.1.4 red")
    assert "Four lines on 6.1.2" not in world.say("Priya", "propose 6.1.2 green")


def test_a_scale_can_demand_the_four_lines(world: World) -> None:
    world.say("Dana", "scale Red demands lines")
    world.say("Priya", "6.1.2 is stuck")
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "decide 6.1.2 red")
    assert "demands the four lines" in world.say("Dana", "challenges")
    world.tap("Priya", "exception 6.1.2", cause="no trainer", recovery="one is hired")
    assert "demands the four lines" not in world.say("Dana", "challenges")
