"""Who is asked, who stands in, who hears of silence, and what counts as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.posting import keep
from handlers import clock
from handlers.checks import still_holds
from handlers.cycle import answers
from handlers.messages import Message, ToPerson
from handlers.undelivered import undelivered
from storage.model.people import Account, PartyKind, Person
from storage.model.record import Meeting
from tests.handlers.world import LONDON, World, shown

OPENS = (2026, 2, 25)  # owners are asked for the meeting of 17 March, cut-off 11 March


def tick(world: World, year: int, month: int, day: int) -> list[Message]:
    world.at(year, month, day)
    with world.store.writing(world.change()):
        return clock.tick(world.store, world.plan, world.now)


def to(world: World, name: str, messages: Sequence[Message], kind: str = "") -> str:
    """What that person is sent, of keys that begin so."""
    person = world.people[name].id
    return shown([
        one for one in messages if one.to == ToPerson(person) and (one.key or "").startswith(kind)
    ])  # fmt: skip


def march(world: World) -> Meeting:
    return next(
        one
        for one in world.store.governance.meetings(world.plan.id, assurance=True)
        if one.day == date(2026, 3, 17)
    )


def waiting(world: World) -> dict[str, list[str]]:
    found = answers.silent(world.store, world.plan, march(world))
    names = {person.id: person.name for person in world.store.people.all()}
    return {names[person]: [view.name for view in views] for person, views in found.items()}


def maps(world: World, printed: str, person: Person) -> None:
    with world.store.writing(world.change()):
        assert world.store.people.map_owner(world.plan.id, printed, PartyKind.PERSON, person.id)


@pytest.fixture
def led(world: World) -> World:
    """Rosa owns 6.1.4, which Jasper leads."""
    rosa = world.person("Rosa")
    maps(world, "Head of Integrated Care, ECHT", rosa)
    return world


def test_the_lead_is_asked_and_the_owner_told(led: World) -> None:
    sent = tick(led, *OPENS)
    assert "6.1.4" in to(led, "Jasper", sent, "prompt")
    assert "Asked for you: 6.1.4 (Jasper)" in to(
        led, "Rosa", sent, "prompt"
    )  # who is asked about another one


def test_an_owner_of_whom_nothing_is_asked_hears_of_it_in_a_line(led: World) -> None:
    maps(led, "TMICB", led.person("Tessa"))
    told = to(led, "Tessa", tick(led, *OPENS))
    assert told.startswith("For the Assurance meeting your leads are asked")
    assert "6.1.4 (Jasper)" in told
    assert "Nothing is asked of you" in told


def test_the_last_reminder_tells_the_owner_of_a_silent_lead_and_then_the_officer_and_the_office(
    led: World,
) -> None:
    officer = (led.view("6.1.4").theme or pytest.fail("no theme")).reporting_officer or ""
    led.person(officer.split(",")[0])
    sent = [message for day in range(25, 29) for message in tick(led, 2026, 2, day)]
    sent += [message for day in range(2, 17) for message in tick(led, 2026, 3, day)]
    assert "No answer yet for what is yours: 6.1.4 (Jasper)" in to(led, "Rosa", sent, "leads")
    assert "Jasper" in to(led, "Dana", sent, "escalation")
    assert "6.1.4" in to(led, officer.split(",")[0], sent, "escalation")


def test_a_lead_who_is_away_without_a_deputy_leaves_the_question_to_the_owner(led: World) -> None:
    led.say("Jasper", "away until 2 April")
    assert "6.1.4" in to(led, "Rosa", tick(led, *OPENS), "prompt")


def test_who_is_back_is_asked_then(world: World) -> None:
    world.say("Jasper", "away until 3 March")
    assert to(world, "Jasper", tick(world, *OPENS)) == ""
    assert to(world, "Jasper", tick(world, 2026, 3, 2)) == ""
    assert "6.1.4" in to(world, "Jasper", tick(world, 2026, 3, 3), "prompt")
    assert to(world, "Jasper", tick(world, 2026, 3, 4), "prompt") == ""


def test_who_leaves_is_not_asked_and_the_office_hears_of_it_once(world: World) -> None:
    tick(world, 2026, 2, 24)
    assert "6.1.4" in world.say("Dana", "people gone Jasper")
    sent = tick(world, *OPENS)
    assert to(world, "Jasper", sent) == ""
    assert "6.1.4" in to(world, "Dana", sent)
    assert "6.1.4" not in to(world, "Dana", tick(world, 2026, 2, 26))


def test_an_answer_of_one_counts_for_all_who_share_it(led: World) -> None:
    tick(led, *OPENS)
    sent = led.act("Rosa", "6.1.4 two nurses started, line opens in May")
    assert "You are not asked again" in to(led, "Jasper", sent, "heard")
    assert "Jasper" not in waiting(led)
    led.say("Dana", "shared 6.1.4 each")
    assert waiting(led)["Jasper"] == ["6.1.4"]
    sent = led.act("Rosa", "6.1.4 a third nurse has started")
    assert "Your own answer is needed too for 6.1.4" in to(led, "Jasper", sent, "heard")
    led.say("Dana", "shared 6.1.4 any")
    assert "Jasper" not in waiting(led)


def test_an_action_has_a_rhythm_of_its_own(world: World) -> None:
    assert "is asked about quarterly" in world.say("Dana", "ask 6.1.4 quarterly")
    asked = {}
    for month, day in ((1, 28), (2, 25), (3, 24), (4, 28), (5, 27)):
        asked[month] = "6.1.4" in to(world, "Jasper", tick(world, 2026, month, day), "prompt")
    assert asked == {1: True, 2: False, 3: False, 4: True, 5: False}


def test_an_organisation_is_still_asked_by_a_return(world: World) -> None:
    assert "file: " in world.say("Dana", "ask TVFT")


def test_who_is_in_no_chat_is_asked_by_the_office_and_is_silent_like_anybody(world: World) -> None:
    with world.store.writing(world.change()):
        body = world.store.people.organisation("TVFT")
        world.store.people.map_owner(
            world.plan.id, "Director of Nursing, TVFT", PartyKind.ORGANISATION, body.id
        )
        paper = world.store.people.add("Owen Paper", organisation_id=body.id)
        world.store.people.map_owner(
            world.plan.id, "Jasper Lyle, Operations Manager ECHT", PartyKind.PERSON, paper.id
        )
    told = to(world, "Dana", tick(world, *OPENS), "unreachable")
    assert "Owen Paper: 6.1.4" in told
    assert "ask ORGANISATION" in told
    assert "Owen Paper" in waiting(world)
    sent = [message for day in range(2, 14) for message in tick(world, 2026, 3, day)]
    assert not any(message.to == ToPerson(paper.id) for message in sent)
    assert "Silent by organisation: TVFT" in to(world, "Dana", sent, "escalation")


def test_no_change_for_the_third_meeting_in_a_row_is_silence(world: World) -> None:
    with world.store.writing(world.change()):
        later = replace(world.view("6.2.2").due, start=date(2026, 9, 1), end=date(2026, 9, 30))
        world.store.governance.set_due(world.view("6.2.2").action.id, later, None)
    for month, day in ((1, 28), (2, 25), (3, 26)):
        tick(world, 2026, month, day)
        said = world.say("Beatrix", "6.2.2 no change")
    assert "third meeting in a row" in said
    meeting = world.store.governance.meetings(world.plan.id, assurance=True)[3]
    assert meeting.day == date(2026, 4, 14)
    assert "6.2.2" in [view.name for view in answers.silent_actions(world.store, world.plan, meeting)]


def test_no_change_past_the_due_date_is_no_answer(world: World) -> None:
    tick(world, *OPENS)
    world.now = datetime(2026, 3, 3, 9, tzinfo=LONDON)
    assert "has gone" in world.say("Jasper", "6.1.4 no change")
    assert waiting(world)["Jasper"] == ["6.1.4"]


def test_after_the_cut_off_an_answer_is_late_and_counts_for_the_next_meeting(world: World) -> None:
    tick(world, *OPENS)
    world.now = datetime(2026, 3, 12, 9, tzinfo=LONDON)
    said = world.say("Jasper", "6.1.4 rota filled, all as planned")
    assert "was 11 March" in said
    assert "counts for the one of 14 April" in said
    assert waiting(world)["Jasper"] == ["6.1.4"]


def test_the_same_words_twice_are_kept_once(world: World) -> None:
    world.say("Jasper", "6.1.4 rota filled, 61% of shifts covered")
    assert "kept once" in world.say("Jasper", "6.1.4 rota  filled, 61% of shifts covered")
    assert len(world.store.updates.of_plan(world.plan.id)) == 1


def test_a_correction_after_the_cut_off_stays_with_its_meeting(world: World) -> None:
    tick(world, *OPENS)
    world.say("Jasper", "6.1.4 rota filled", message_id="r1")
    from storage.model.post import InboundKind

    world.now = datetime(2026, 3, 12, 9, tzinfo=LONDON)
    world.act("Jasper", "6.1.4 rota filled but for nights, two posts left", InboundKind.EDIT, message_id="r1")
    assert "Jasper" not in waiting(world)


def test_an_assistant_answers_for_an_executive_and_both_names_are_kept(world: World) -> None:
    world.person("Petra")
    world.say("Jasper", "deputy Petra")
    tick(world, *OPENS)
    assert "Kept for Jasper, entered by you" in world.say("Petra", "6.1.4 rota filled, all as planned")
    (update,) = world.store.updates.of_plan(world.plan.id)
    assert (update.author, update.entered_by_id) == ("Jasper", world.people["Petra"].id)
    assert "Jasper" not in waiting(world)
    assert "Jasper, entered by Petra" in world.say("Dana", "history 6.1.4")


def test_a_clearing_officer_sees_an_organisations_words_first(world: World) -> None:
    world.person("Olive")
    world.say("Dana", "organisation ECHT has Jasper")
    assert "Cleared by Olive" in world.say("Dana", "organisation ECHT cleared by Olive")
    assert "ECHT clears it first" in world.say("Jasper", "6.1.4 rota filled, 61% of shifts covered")
    assert "61%" not in world.say("Beatrix", "history 6.1.4")
    told = to(world, "Olive", tick(world, 2026, 2, 4))
    assert told.splitlines() == ["ECHT: 1 update to clear.", "[Clear all] [Look]"]
    assert "61%" in world.tap("Olive", 'clear look "ECHT" in thornmere')
    assert "cleared by its clearing officer" in world.tap("Beatrix", 'clear "ECHT" in thornmere')
    assert "1 update cleared, 0 left" in world.tap("Olive", 'clear "ECHT" in thornmere')
    assert "61%" in world.say("Beatrix", "history 6.1.4")
    assert to(world, "Olive", tick(world, 2026, 2, 5)) == ""


def test_the_prompt_puts_what_is_pressing_first_and_folds_the_rest(world: World) -> None:
    for printed, _ in world.store.people.printed_owners(world.plan.id):
        maps(world, printed, world.people["Victor"])
    text = to(world, "Victor", tick(world, *OPENS), "prompt")
    lines = text.splitlines()
    fold = next(number for number, line in enumerate(lines) if line.endswith(" more)"))
    overdue = [number for number, line in enumerate(lines) if "overdue by" in line]
    assert overdue == list(range(1, 1 + len(overdue)))
    assert overdue[-1] < fold <= 13


def test_a_person_is_written_to_once_even_with_two_accounts(world: World) -> None:
    with world.store.writing(world.change()):
        world.store.people.set_account(world.people["Jasper"].id, Account("slack", "U1"))
    sent = [one for one in tick(world, *OPENS) if one.to == ToPerson(world.people["Jasper"].id)]
    assert len(sent) == 1


def test_who_has_closed_their_account_is_asked_nothing_and_the_office_hears_at_once(led: World) -> None:
    (prompt,) = [one for one in tick(led, *OPENS) if one.to == ToPerson(led.people["Jasper"].id)]
    with led.store.writing(led.change()):
        told = undelivered(prompt, "That account is closed.", led.store, gone_from="console")
    assert "to Jasper: That account is closed. Theirs: 6.1.4" in to(led, "Dana", told)
    assert "6.1.4" in to(led, "Rosa", tick(led, 2026, 2, 26), "prompt")  # the owner is next


def test_whom_the_office_calls_gone_is_not_asked_again_because_they_say_hello(led: World) -> None:
    (prompt,) = [one for one in tick(led, *OPENS) if one.to == ToPerson(led.people["Jasper"].id)]
    with led.store.writing(led.change()):
        undelivered(prompt, "The app was removed.", led.store, gone_from="console")
    led.say("Dana", "people gone Jasper")
    jasper = led.store.people.get(led.people["Jasper"].id)
    assert jasper is not None
    assert (jasper.active, [account.gone for account in jasper.accounts]) == (False, [False])


def test_who_is_gone_from_one_platform_is_asked_on_the_other(world: World) -> None:
    jasper = world.people["Jasper"]
    with world.store.writing(world.change()):
        world.store.people.set_account(jasper.id, Account("slack", "U1", "D1"))
    (prompt,) = [one for one in tick(world, *OPENS) if one.to == ToPerson(jasper.id)]
    with world.store.writing(world.change()):
        undelivered(prompt, "That account is closed.", world.store, gone_from="slack")
        keep(world.store, [replace(prompt, key="again")], "test", ("slack", "console"))
    known, again = world.store.people.get(jasper.id), world.store.outbox.get("again")
    assert known is not None
    assert known.active
    assert again is not None
    assert again.surface == "console"
    with world.store.writing(world.change()):
        undelivered(prompt, "The app was removed.", world.store, gone_from="console")
    known = world.store.people.get(jasper.id)
    assert known is not None
    assert not known.active


def test_a_prompt_goes_out_only_while_it_is_wanted(world: World) -> None:
    """It waited while the platform could not be reached."""
    check = next(one.check for one in tick(world, *OPENS) if one.to == ToPerson(world.people["Jasper"].id))
    assert still_holds(check, world.store, datetime(2026, 3, 11, 23, 59, tzinfo=LONDON))
    assert not still_holds(check, world.store, datetime(2026, 3, 12, 0, 0, tzinfo=LONDON))
    world.say("Jasper", "6.1.4 rota filled, all as planned")
    assert not still_holds(check, world.store, world.now)
