"""The pages and lines that a programme office reads day by day: plain, once, and about what needs it."""

from __future__ import annotations

import pytest

from handlers import clock
from handlers.messages import Buttons, Message, ToPerson
from handlers.wording import plan_name
from storage.model.people import PartyKind
from storage.model.plan import Plan
from tests.handlers.world import World, shown


def ticked(world: World, year: int, month: int, day: int) -> list[Message]:
    world.at(year, month, day)
    with world.store.writing(world.change()):
        return clock.tick(world.store, world.plan, world.now)


def to(world: World, name: str, messages: list[Message]) -> list[str]:
    return [shown([one]) for one in messages if one.to == ToPerson(world.people[name].id)]


@pytest.mark.parametrize(
    "typed",
    [
        'people map "Chief Pharmacist, TVFT" Victor',
        "people map Chief Pharmacist, TVFT Victor",
        "people map chief pharmacist, tvft @Victor",
    ],
)
def test_a_printed_owner_needs_no_quotation_marks_where_it_is_known(world: World, typed: str) -> None:
    assert "Chief Pharmacist, TVFT is Victor now" in world.say("Dana", typed)


def test_an_owner_who_is_not_known_needs_them(world: World) -> None:
    assert "in quotation marks" in world.say("Dana", "people map Head of Nothing Victor")


def test_the_longest_printed_owner_is_meant(world: World) -> None:
    """ "Head of Quality" is printed too, and so is "Priya Nandakumar, Head of Quality"."""
    assert "Priya Nandakumar, Head of Quality is Victor" in world.say(
        "Dana", "people map Priya Nandakumar, Head of Quality Victor"
    )


def test_home_tells_of_the_next_meeting_also_after_its_cut_off(world: World) -> None:
    ticked(world, 2026, 1, 28)
    world.at(2026, 2, 3)
    assert "Next: answers until 11 February, Assurance meeting on 17 February." in world.say("Dana", "home")
    world.at(2026, 2, 13)
    seen = world.say("Dana", "home").splitlines()
    assert "Next: Assurance meeting on 17 February; the cut-off for it has passed." in seen
    assert "After it: answers until 11 March, Assurance meeting on 17 March." in seen


def test_challenges_are_counted_without_those_of_whole_groups(world: World) -> None:
    listed = world.say("Dana", "challenges")
    single = sum("(no. " in line for line in listed.splitlines())
    assert "have nobody to ask" in listed
    assert f"{single} challenges open." in world.say("Dana", "home")


def test_meetings_before_the_plan_came_make_nobody_silent(world: World) -> None:
    """It was imported on 12 January 2026; meetings were held in December and January."""
    assert "no update for two meetings" not in world.say("Dana", "challenges")
    world.at(2026, 2, 18)
    assert "no update for two meetings" in world.say("Dana", "challenges")


def test_an_officer_of_several_themes_hears_of_them_in_one_message(world: World) -> None:
    world.person("Helen Marsh")
    world.say("Dana", "people map Ruth Calloway, Engagement Manager TVA Victor")
    ticked(world, 2026, 1, 28)
    (told,) = to(world, "Helen Marsh", ticked(world, 2026, 2, 12))
    lines = told.splitlines()
    assert lines[0] == "The cut-off for the Assurance meeting has passed, and these have no answer yet:"
    assert [line.split(":")[0] for line in lines[1:]] == ["Theme 1", "Theme 6.2"]


def test_no_change_hides_not_what_was_reported_before(world: World) -> None:
    world.say("Priya", "6.1.2 60% of staff trained")
    world.at(2026, 3, 3)
    world.say("Priya", "6.1.2 no change at all")
    assert "3 Mar: no change" in world.say("Dana", "status 6.1.2 6.1.4")
    assert "Reported: 60% of staff trained" in world.say("Priya", "claim 6.1.2")


def test_the_date_that_stands_is_no_decision_and_no_extension(world: World) -> None:
    world.say("Dana", "meeting 17 February")
    assert "May 2026 agreed" in world.say("Dana", "decide 6.1.2 date May 2026")
    slips = world.view("6.1.2").slips
    assert "6.1.2 is due May 2026 already" in world.say("Dana", "decide 6.1.2 date May 2026")
    world.say("Priya", "date 6.1.2 July 2026 because the trainer is ill")
    world.say("Dana", "decide 6.1.2 date May 2026")
    assert (world.view("6.1.2").slips, world.view("6.1.2").requested) == (slips, None)


def test_what_was_said_at_the_meeting_is_entered_without_remarks(world: World) -> None:
    with world.store.writing(world.change()):
        world.store.people.map_owner(
            world.plan.id, "Chief Pharmacist, TVFT", PartyKind.PERSON, world.people["Victor"].id
        )
    world.at(2026, 2, 17)
    told = world.say("Dana", 'verbal 6.1.4 "on track, two more nurses started" by Jasper')
    assert told.count("entered by you") == 1
    assert "cut-off" not in told


def test_a_prompt_says_due_of_what_is_due_alone(world: World) -> None:
    world.say("Dana", "people map Mo Rahman, Lead Pharmacist Victor")
    (asked,) = [text for text in to(world, "Victor", ticked(world, 2026, 1, 28)) if "How are" in text]
    assert "(Annually)" in asked
    assert "due Annually" not in asked
    assert "not yet rated" not in asked


def test_ratings_are_listed_once_where_two_scales_have_the_same(world: World) -> None:
    assert "It has: Blue, Green, Amber, Red." in world.say("Dana", "propose 6.1.2 purple")
    assert "blue, blue" not in world.say("Dana", "scale")


def test_the_office_files_kept_words_or_takes_them_off(world: World) -> None:
    world.say("Victor", "the trainer is ill")
    world.say("Victor", "the lift is broken")
    sent = world.act("Dana", "home")
    first, second = [
        one
        for part in sent[0].parts
        if isinstance(part, Buttons)
        for one in part.buttons
        if one.label == "File it"
    ]
    assert "Which action is it about? “the trainer is ill”" in world.tap("Dana", first.command)
    assert "Got it: 6.1.2" in world.tap("Dana", first.command, action="6.1.2")
    assert [one.text for one in world.store.updates.of_plan(world.plan.id)] == ["the trainer is ill"]
    number = second.command.split()[1]
    assert "Kept for the programme office" in world.tap("Victor", f"unplaced {number}")
    assert "Taken off the list" in world.tap("Dana", f"unplaced {number}")
    assert "Kept from" not in world.say("Dana", "home")


def test_the_minutes_name_en_bloc_only_what_was_not_decided_alone(world: World) -> None:
    world.at(2026, 2, 17)
    world.say("Dana", "decide rest")
    world.say("Dana", "decide 6.1.5 amber")
    last = [line for line in world.say("Dana", "minutes").splitlines() if not line.startswith("file:")][-1]
    assert last.startswith("All others en bloc: ")
    assert " 6.1.5," not in last
    assert int(last.split()[4]) == last.count(",") + 1


def test_a_rating_may_be_named_before_or_after_its_scale(world: World) -> None:
    world.at(2026, 2, 17)
    for words in ("on target red", "red on target"):
        assert "On target RAG Red agreed" in world.say("Dana", f"decide 6.1.2 {words}")
        world.say("Dana", "decide 6.1.2 on target green")


def test_a_state_is_said_once(world: World) -> None:
    world.at(2026, 2, 17)
    world.say("Dana", "change 6.1.5 on hold")
    assert "on hold (on hold)" not in world.say("Dana", "status 6.1.5 6.1.4")


def test_a_first_meeting_is_not_held_against_one_before(world: World) -> None:
    assert "24 actions." in world.say("Dana", "meeting 17 February").splitlines()
    world.at(2026, 2, 18)
    assert "24 actions, as last time." in world.say("Dana", "meeting 17 March").splitlines()


@pytest.mark.parametrize(("slug", "name"), [("stoke", "Stoke"), ("lpt", "LPT"), ("north-mh", "North MH")])
def test_a_plan_goes_by_its_short_name(slug: str, name: str) -> None:
    assert plan_name(Plan(1, slug, "A title", None, None)) == name
