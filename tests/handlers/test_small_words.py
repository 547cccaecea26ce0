"""What people type that is no update: yes and no, hello and thanks, questions; and what "the rest" means."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers import clock
from handlers.messages import TAPPED
from storage.model.post import InboundKind
from storage.model.record import UpdateKind
from tests.handlers.world import World, buttons, shown

SLIPPED = "6.1.2 slipped to May, trainer off sick"


@pytest.fixture
def prompted(world: World) -> World:
    """Priya is asked about 6.1.2 and 6.2.3."""
    world.at(2026, 1, 28)
    with world.store.writing(world.change()):
        clock.tick(world.store, world.plan, world.now)
    world.at(2026, 2, 3)
    return world


@pytest.mark.parametrize("words", ["yes", "Yes please.", "ok", "That’s right!"])
def test_a_typed_yes_is_the_tap_on_the_newest_receipt(world: World, words: str) -> None:
    world.say("Priya", SLIPPED)
    answered = world.act("Priya", words)
    assert "you ask to move the due date from March 2026 to May 2026" in shown(answered)
    assert all(message.replaces != TAPPED for message in answered), "there is no tapped message"
    assert world.view("6.1.2").requested is not None
    assert len(world.store.updates.of_plan(world.plan.id)) == 1


def test_a_typed_no_leaves_the_record_as_it_is(world: World) -> None:
    world.say("Priya", SLIPPED)
    assert "stays as it is on the record" in world.say("Priya", "no, leave it")
    assert world.view("6.1.2").requested is None


@pytest.mark.parametrize("how", ["typed", "tapped"])
def test_an_ok_behind_a_no_is_no_yes(world: World, how: str) -> None:
    leave = buttons(world.act("Priya", SLIPPED))["No, leave it"]
    world.tap("Priya", leave) if how == "tapped" else world.say("Priya", "no thanks")
    assert world.say("Priya", "ok") == "You are welcome."
    assert world.view("6.1.2").requested is None
    world.say("Priya", "yes please")  # who says so has thought again
    assert world.view("6.1.2").requested is not None


def saved(world: World) -> None:
    details = {"author": "priya"}
    world.act(
        "Dana", "6.2.3 is going well", InboundKind.SAVE, details=details, conversation="C1", direct=False
    )


def unplaced(world: World) -> None:
    world.say("Priya", "the porter is ill")


def asked(world: World) -> None:
    with world.store.writing(world.change()):
        meeting = world.store.governance.meetings(world.plan.id)[-1]
        ids = [world.view("6.2.3").action.id]
        world.store.updates.add_prompt(
            world.plan.id, world.people["Priya"].id, meeting.id, ids, "console", None
        )


@pytest.mark.parametrize("later", [saved, unplaced, asked])
def test_a_yes_to_a_later_question_is_none_to_an_older_receipt(
    world: World, later: Callable[[World], None]
) -> None:
    world.say("Priya", SLIPPED)
    world.at(2026, 2, 4)
    later(world)
    world.say("Priya", "yes")
    assert world.view("6.1.2").requested is None


def test_an_ok_is_a_yes_to_what_is_asked_after_a_no(world: World) -> None:
    world.say("Priya", SLIPPED)
    world.say("Priya", "no")
    world.at(2026, 2, 4)
    world.say("Priya", "6.1.2 slipped to June, still no trainer")
    world.say("Priya", "ok")
    assert world.view("6.1.2").requested is not None


def test_a_yes_answers_what_its_author_was_asked_last_and_nobody_else_s(world: World) -> None:
    world.say("Priya", SLIPPED)
    world.say("Beatrix", "yes")
    world.at(2026, 2, 11)
    world.say("Priya", "yes")
    assert world.view("6.1.2").requested is None


def test_a_yes_is_no_answer_to_done_or_what_date(world: World) -> None:
    world.say("Priya", "6.1.1 no change")  # it is past its due date
    world.say("Priya", "yes")
    assert world.view("6.1.1").requested is None
    assert world.store.governance.claims(world.plan.id) == []


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        pytest.param("hello", "Hello. Say how an action is doing", id="greeting"),
        pytest.param("Good morning!", "Hello. Say how an action is doing", id="good morning"),
        pytest.param("thanks", "You are welcome.", id="thanks"),
        pytest.param("ok", "You are welcome.", id="ok, where nothing is asked"),
        pytest.param("what is due next?", "I cannot answer that in free words", id="question"),
    ],
)
def test_nothing_is_kept_of_what_is_no_update(prompted: World, words: str, answered: str) -> None:
    assert answered in prompted.say("Priya", words)
    assert prompted.store.updates.of_plan(prompted.plan.id) == []
    assert prompted.store.updates.unplaced_of(prompted.plan.id) == []


def test_a_question_about_a_named_action_is_kept_with_it(world: World) -> None:
    world.say("Priya", "6.1.2 slipped to May, can we still do it?")
    assert len(world.store.updates.of_plan(world.plan.id)) == 1


def test_the_rest_is_what_was_not_answered_before(prompted: World) -> None:
    prompted.say("Priya", "6.2.3 November audit: 64%")
    assert "Got it: 6.1.2 " in prompted.say("Priya", "no change to the rest")
    newest = prompted.store.updates.of_action(prompted.view("6.2.3").action.id)[0]
    assert (newest.text, newest.kind) == ("6.2.3 November audit: 64%", UpdateKind.UPDATE)


def test_a_plain_no_change_does_not_cover_what_was_said_before(prompted: World) -> None:
    prompted.say("Priya", "6.2.3 November audit: 64%")
    prompted.say("Priya", "no change")
    assert prompted.view("6.2.3").last_line == "6.2.3 November audit: 64%"
    assert prompted.view("6.1.2").last_no_change


def test_an_edited_message_says_its_rest_again(prompted: World) -> None:
    prompted.say("Priya", "6.1.2 slipped to May. rest no change", message_id="r1")
    prompted.act("Priya", "6.1.2 slipped to June. rest no change", InboundKind.EDIT, message_id="r1")
    assert prompted.view("6.2.3").last_no_change
    assert prompted.view("6.1.2").last_line == "6.1.2 slipped to June."


def test_titles_on_buttons_end_with_a_word(prompted: World) -> None:
    labels = list(buttons(prompted.act("Priya", "the trainer is ill")))
    assert labels
    assert all(len(label) <= 75 for label in labels)


@pytest.mark.parametrize("words", ["6.1.2", "6.1.2?", "#7", " 6.1.2 "])
def test_an_action_s_number_alone_shows_it_and_is_no_answer(prompted: World, words: str) -> None:
    assert "Promised as proof" in prompted.say("Priya", words)
    assert prompted.store.updates.of_plan(prompted.plan.id) == []


def test_an_update_has_words(world: World) -> None:
    assert "What about 6.1.2? Say it behind the number" in world.say("Priya", "/update 6.1.2")
    assert world.store.updates.of_plan(world.plan.id) == []


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param("stauts theme 6", "status theme 6", id="status"),
        pytest.param("challanges", "challenges", id="challenges"),
        pytest.param("the trainer is ill", None, id="words"),
        pytest.param("chasing the wards for their plans", None, id="words like a command"),
    ],
)
def test_a_mistyped_command_is_offered_and_the_words_are_kept(
    prompted: World, words: str, offered: str | None
) -> None:
    commands = buttons(prompted.act("Priya", words)).values()
    meant = [command for command in commands if command.split()[0] not in {"place", "unplaced"}]
    assert meant == ([offered] if offered else [])
    assert len(prompted.store.updates.unplaced_of(prompted.plan.id)) == 1


def test_a_number_alone_is_not_kept(prompted: World) -> None:
    assert "I cannot tell what “85%” is about" in prompted.say("Priya", "85%")
    assert prompted.store.updates.unplaced_of(prompted.plan.id) == []


def test_a_number_put_in_front_by_an_edit_files_the_kept_words(prompted: World) -> None:
    assert "I cannot tell which action" in prompted.say("Priya", "the trainer is ill", message_id="r1")
    seen = prompted.say("Priya", "6.1.2 the trainer is ill", kind=InboundKind.EDIT, message_id="r1")
    assert "Got it: 6.1.2" in seen
    assert prompted.store.updates.unplaced_of(prompted.plan.id) == []


def test_a_link_that_unfolds_asks_nothing_again_of_kept_words(prompted: World) -> None:
    words = "the trainer is ill, see https://rota.example/ward"
    prompted.say("Priya", words, message_id="r1")
    kept = prompted.store.updates.unplaced_of(prompted.plan.id)
    assert prompted.act("Priya", words, InboundKind.EDIT, message_id="r1") == []
    assert prompted.store.updates.unplaced_of(prompted.plan.id) == kept


def test_an_edit_is_no_yes_to_what_somebody_else_saved(prompted: World) -> None:
    where = {"message_id": "r1", "conversation": "C1", "direct": False}
    prompted.act("Dana", "6.1.2 is on track", InboundKind.SAVE, details={"author": "priya"}, **where)
    prompted.act("Priya", "6.1.2 is on track so far", InboundKind.EDIT, **where)
    assert prompted.store.updates.of_plan(prompted.plan.id) == []


@pytest.mark.parametrize("who", ["Priya", "Dana"])
@pytest.mark.parametrize(
    ("kind", "text", "left"),
    [
        pytest.param(
            InboundKind.EDIT, "the trainer is ill until May", ["the trainer is ill until May"], id="edited"
        ),
        pytest.param(InboundKind.DELETE, "", [], id="deleted"),
    ],
)
def test_placed_words_follow_their_message(
    prompted: World, who: str, kind: InboundKind, text: str, left: list[str]
) -> None:
    prompted.say("Priya", "the trainer is ill", message_id="r1")
    ((number, *_),) = prompted.store.updates.unplaced_of(prompted.plan.id)
    prompted.tap(who, f"place {number} 6.1.2 in thornmere")
    prompted.act("Priya", text, kind, message_id="r1")
    assert [one.text for one in prompted.store.updates.of_plan(prompted.plan.id)] == left


def test_kept_words_of_a_deleted_message_wait_no_longer(prompted: World) -> None:
    prompted.say("Priya", "the trainer is ill", message_id="r1")
    assert "wait for an action any more" in prompted.say(
        "Priya", "", kind=InboundKind.DELETE, message_id="r1"
    )
    assert prompted.store.updates.unplaced_of(prompted.plan.id) == []
