"""A meeting from its sheet to its minutes: only its decisions move what is agreed."""

from __future__ import annotations

import pytest

from handlers import wording
from storage.model.plan import State
from tests.handlers.world import World, buttons, shown


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
    assert "has not been held yet" in world.say("Dana", "meeting close")
    world.at(2026, 2, 17, 16)
    messages = world.act("Dana", "meeting close")
    keys = sorted(message.key or "" for message in messages)
    assert len([key for key in keys if key.startswith("decided:thornmere:meeting-")]) == 2


@pytest.mark.parametrize(
    ("words", "rating", "due", "told"),
    [
        pytest.param("agree", "Amber", "May 2026", "Amber agreed (was Green)", id="agree all that waits"),
        pytest.param(
            "agree date", "Green", "May 2026", "May 2026 agreed (was March 2026)", id="agree one line"
        ),
        pytest.param("agreed amber", "Amber", "March 2026", "Amber agreed", id="agreed amber"),
        pytest.param(
            "agree as red, come in May", "Red", "March 2026", "“come in May”", id="agree as another"
        ),
        pytest.param("as red", "Red", "March 2026", "Red agreed (was Green)", id="as"),
        pytest.param(
            "on target red", "Green", "March 2026", "On target RAG Red agreed", id="the other scale"
        ),
        pytest.param(
            "date 30 June 2026", "Green", "30 Jun 2026", "30 Jun 2026 agreed (was March 2026)", id="a date"
        ),
        pytest.param("refuse", "Green", "March 2026", "Amber refused, stays Green", id="refuse"),
        pytest.param("defer, no time", "Green", "March 2026", "Amber deferred, stays Green", id="defer"),
        pytest.param("note, thanks", "Green", "March 2026", "noted, “thanks”", id="note"),
        pytest.param("unchanged", "Green", "March 2026", "noted", id="one line unchanged"),
        pytest.param(
            "refuse because of x", "Green", "March 2026", "after a comma", id="words without a comma"
        ),
        pytest.param("purple", "Green", "March 2026", "no rating", id="no such rating"),
        pytest.param("", "Green", "March 2026", "Say what was decided", id="nothing said"),
    ],
)
def test_every_form_of_a_decision(world: World, words: str, rating: str, due: str, told: str) -> None:
    slipped(world)
    world.at(2026, 2, 17, 14)
    world.say("Dana", "meeting 17 February")
    assert told in world.say("Dana", f"/decide 6.1.2 {words}")
    view = world.view("6.1.2")
    assert (wording.label(world.plan.scale(), view.agreed["rag"]), wording.due(view.due)) == (rating, due)


def test_a_change_can_be_decided_too(world: World) -> None:
    world.say("Dana", "meeting 17 February")
    assert "superseded by the market plan" in world.say("Dana", "decide 2.3 superseded by the market plan")
    assert world.view("2.3").state is State.UNDELIVERED
    world.say("Dana", "decide 2.3 reopen")
    assert world.view("2.3").state is State.OPEN
    assert "is open already" in world.say("Dana", "decide 2.3 reopen")


def test_a_tap_on_the_sheet_leaves_the_sheet_with_what_is_left(world: World) -> None:
    slipped(world)
    sheet = world.act("Dana", "meeting 17 February")
    seen = world.tap("Dana", buttons(sheet)["Agree"])  # the last line: the date
    assert "May 2026 agreed" in seen
    assert "Green → Amber proposed" in seen
    assert "move March 2026" not in seen
    assert "Decided so far: 6.1.2" in seen


def test_a_decision_is_only_for_a_meeting_of_this_plan(world: World) -> None:
    assert "has no meeting m999" in world.say("Dana", "decide m999 6.1.2 red")


def test_ratifying_agrees_what_was_recommended_not_what_was_asked_since(world: World) -> None:
    slipped(world)
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "meeting quorate no")
    world.at(2026, 2, 17, 14)
    world.say("Dana", "decide 6.1.2 agree date")
    world.at(2026, 2, 18)
    world.say("Priya", "date 6.1.2 September 2026 because of the trainer")
    world.at(2026, 3, 17, 14)
    world.say("Dana", "meeting 17 March")
    world.say("Dana", "meeting quorate yes")
    world.say("Dana", "ratify 6.1.2")
    view = world.view("6.1.2")
    assert wording.due(view.due) == "May 2026"
    assert view.requested is not None
    assert wording.due(view.requested) == "September 2026"


def test_some_can_be_ratified_and_nothing_twice(world: World) -> None:
    slipped(world)
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "meeting quorate no")
    world.at(2026, 2, 17, 14)
    for words in ("decide 6.1.2 amber", "decide 6.1.2 amber", "decide 6.2.2 amber"):
        world.say("Dana", words)
    assert "There is nothing" in world.say("Dana", "ratify") or "not quorate" in world.say("Dana", "ratify")
    world.at(2026, 3, 17, 14)
    seen = world.say("Dana", "meeting 17 March")
    assert "6.2.2 Month RAG Amber agreed (was Red)" in seen
    assert "1 decision ratified" in world.say("Dana", "ratify 6.2.2")
    assert world.view("6.1.2").agreed["rag"].label == "On course for its date"
    assert "1 decision ratified" in world.say("Dana", "ratify")
    assert "nothing to ratify" in world.say("Dana", "ratify")


def test_the_log_tells_what_stood_before_each_decision(world: World) -> None:
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "meeting chair Marian Okafor")
    for minute, words in enumerate(("6.1.2 amber", "6.1.2 red", "6.1.2 date 30 June 2026")):
        world.at(2026, 2, 17, 14, minute)
        world.say("Dana", f"decide {words}")
    world.say("Dana", 'arising 4.2 "paper on measures" owner TVFT by 26 February')
    world.say("Dana", 'verbal 6.2.1 "the lease is signed" by Beatrix Cole')
    world.say("Dana", "meeting close")
    seen = world.say("Dana", "minutes 17 February")
    assert "Amber agreed (was Green)" in seen
    assert "Red agreed (was Amber)" in seen
    assert "30 Jun 2026 agreed (was March 2026)" in seen
    assert "Chair: Marian Okafor" in seen
    assert "Arising 4.2: paper on measures (TVFT, by 26 Feb 2026)" in seen
    assert "verbal update by Beatrix Cole: the lease is signed" in seen


def test_what_the_meeting_set_instead_settles_the_request(world: World) -> None:
    slipped(world)
    world.at(2026, 2, 17, 14)
    world.say("Dana", "decide 6.1.2 date 12 July 2026")
    assert world.view("6.1.2").requested is None
    world.at(2026, 2, 17, 16)
    assert "12 Jul 2026 agreed (was March 2026); May 2026 was asked for" in world.say("Dana", "meeting close")


def test_what_arose_is_asked_of_its_owner_and_closed_by_them(world: World) -> None:
    from handlers.meetings import arising

    world.say("Dana", "meeting 17 February")
    world.say("Dana", 'arising 4.2 "paper on measures" owner Jasper by 26 February')
    assert "is called 4.2 already" in world.say("Dana", 'arising 4.2 "other" owner Jasper by 26 February')
    assert arising.overdue(world.store, world.plan, world.today) == []
    world.at(2026, 2, 26)
    sent = arising.overdue(world.store, world.plan, world.today)
    assert "paper on measures (Jasper, by 26 Feb 2026)" in shown(sent)
    assert "is for Jasper" in world.say("Priya", "/arising done 4.2")
    assert "done" in world.tap("Jasper", buttons(sent)["Done"])
    assert "Nothing that arose is open" in world.say("Dana", "arising")


def test_what_arose_for_nobody_known_is_asked_of_the_office(world: World) -> None:
    from handlers.meetings import arising

    world.say("Dana", 'arising 4.3 "a paper" owner TVFT by 26 February')
    world.at(2026, 2, 26)
    assert "whose owner I cannot ask" in shown(arising.overdue(world.store, world.plan, world.today))


def test_a_claim_stands_on_the_sheet_beside_its_promise(world: World) -> None:
    world.tap("Jasper", buttons(world.act("Jasper", "6.1.4 complete, A&E visits fell by 9%"))["Yes"])
    sheet = world.act("Dana", "meeting 17 February")
    assert "Promised: Line open; A&E visits by residents fall by 15%" in shown(sheet)
    assert "Evidence: none" in shown(sheet)
    world.tap("Dana", buttons(sheet)["Watch for 3 months first"])
    assert "[Watch for 3 months first]" not in world.say("Dana", "meeting 17 February")


def test_a_newer_version_of_the_plan_is_reconciled_too(world: World) -> None:
    from dataclasses import replace

    world.say("Dana", "meeting 17 February")
    document = world.store.plans.document(world.plan.id)
    assert document is not None
    fewer = replace(document, actions=document.actions[:-1])
    with world.store.writing(world.change()):
        world.store.plans.import_document(world.slug, fewer, b"newer", "newer.txt")
    world.at(2026, 3, 17, 10)
    assert "24 last time, 23 now: 1 left out of a newer version" in world.say("Dana", "meeting 17 March")


def test_a_meeting_long_past_is_not_decided_for_by_chance(world: World) -> None:
    world.at(2027, 6, 1)
    assert "Which meeting?" in world.say("Dana", "decide 6.1.2 red")
    assert world.view("6.1.2").agreed["rag"].label == "On course for its date"


@pytest.mark.parametrize("day", ["31 February 2026", "banana 3", "March 2026"])
def test_a_meeting_is_only_added_on_a_day_that_there_is(world: World, day: str) -> None:
    assert "I could not read a day" in world.say("Dana", f"meeting add {day}")
