"""A meeting from its sheet to its minutes: only its decisions move what is agreed."""

from __future__ import annotations

from storage.model.plan import State
from tests.handlers.world import World, buttons


def slipped(world: World) -> None:
    world.tap("Priya", buttons(world.act("Priya", "6.1.2 slipped to May, trainer off sick"))["Yes"])


def test_the_sheet_lists_what_is_asked_and_the_rest_en_bloc(world: World) -> None:
    slipped(world)
    seen = world.say("Dana", "meeting 17 February")
    assert "# Assurance meeting, 17 February 2026" in seen
    assert "6.1.2 Train care home staff to spot deterioration early: Green → Amber proposed" in seen
    assert "move March 2026 to May 2026" in seen
    assert "23 unchanged." in seen


def test_agreeing_moves_rating_and_date_and_keeps_the_baseline(world: World) -> None:
    slipped(world)
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "decide 6.1.2 agree")
    view = world.view("6.1.2")
    assert view.agreed["rag"].label == "In doubt, recovery plan in place"
    assert view.proposed == {}
    assert view.due.text == "May"
    assert view.action.baseline.text == "March 2026"
    assert view.slips == 1


def test_refusing_clears_the_proposal_and_moves_nothing(world: World) -> None:
    slipped(world)
    before = world.view("6.1.2")
    world.say("Dana", "decide 6.1.2 refuse")
    after = world.view("6.1.2")
    assert (after.agreed, after.due) == (before.agreed, before.due)
    assert (after.proposed, after.requested) == ({}, None)


def test_a_meeting_that_is_not_quorate_only_recommends_until_another_ratifies(world: World) -> None:
    slipped(world)
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "meeting quorate no")
    seen = world.say("Dana", "decide 6.1.2 agree")
    assert "nothing moves until another ratifies it" in seen
    assert world.view("6.1.2").agreed["rag"].label == "On course for its date"
    world.at(2026, 3, 17, 10)
    world.say("Dana", "meeting 17 March")
    world.say("Dana", "meeting quorate yes")
    assert "2 decisions ratified" in world.say("Dana", "ratify")
    assert world.view("6.1.2").agreed["rag"].label == "In doubt, recovery plan in place"
    assert world.view("6.1.2").due.text == "May"


def test_blue_needs_evidence_or_a_reason(world: World) -> None:
    world.say("Dana", "meeting 17 February")
    assert "There is no evidence for 6.1.4" in world.say("Dana", "decide 6.1.4 blue")
    world.say("Jasper", "evidence 6.1.4 https://files.example.org/log")
    world.say("Dana", "decide 6.1.4 blue")
    view = world.view("6.1.4")
    assert view.agreed["rag"].label == "Done and assured"
    assert view.state is State.CLOSED


def test_assurance_can_go_down_and_reopens(world: World) -> None:
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "decide 6.1.3 amber, packs are not used in four homes")
    view = world.view("6.1.3")
    assert view.state is State.OPEN
    assert view.agreed["rag"].label == "In doubt, recovery plan in place"


def test_an_owner_cannot_decide(world: World) -> None:
    assert "is for the programme office" in world.say("Priya", "/decide 6.1.2 amber")
    assert world.view("6.1.2").agreed["rag"].label == "On course for its date"


def test_superseding_is_a_decision_and_the_count_reconciles(world: World) -> None:
    world.say("Dana", "meeting 17 February")
    world.say("Dana", 'change 2.3 superseded by "the care market plan"')
    assert world.view("2.3").state is State.UNDELIVERED
    world.at(2026, 3, 17, 10)
    assert "24 last time, 23 now: 2.3 superseded, agreed 17 February." in world.say(
        "Dana", "meeting 17 March"
    )


def test_actions_arising_come_first_on_the_next_sheet(world: World) -> None:
    world.say("Dana", "meeting 17 February")
    world.say("Dana", 'arising 4.2 "paper on measures" owner TVFT by 26 February')
    world.at(2026, 3, 17, 10)
    seen = world.say("Dana", "meeting 17 March")
    assert seen.index("paper on measures") < seen.index("unchanged")
    world.say("Dana", "arising done 4.2")
    assert "paper on measures" not in world.say("Dana", "meeting 17 March")


def test_closing_tells_each_owner_once_what_was_decided(world: World) -> None:
    slipped(world)
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "decide 6.1.2 as amber, come back in March")
    world.say("Dana", "decide 6.2.2 red")
    messages = world.act("Dana", "meeting close")
    keys = sorted(message.key or "" for message in messages)
    assert len([key for key in keys if key.startswith("decided:thornmere:meeting-")]) == 2
