"""Buttons and forms in the wrong hands, at the wrong time, or twice."""

from __future__ import annotations

import pytest

from handlers.privacy import forgetting
from storage.model.people import Account, Role
from storage.model.post import InboundKind
from tests.bot.conftest import Desk
from tests.handlers.world import World, buttons, shown


@pytest.fixture
def asked(world: World) -> World:
    """Jasper was asked whether 6.1.4 moves to November."""
    world.say("Jasper", "6.1.4 slipped to November")
    return world


@pytest.mark.parametrize("name", ["Beatrix", "Victor"])
@pytest.mark.parametrize("press", ["confirm 1", "leave 1", "edit 1", "notthis 1", "move 1 6.1.5", "which 1"])
def test_somebody_elses_button_moves_nothing(asked: World, name: str, press: str) -> None:
    head = asked.store.audit.head()
    assert "somebody else's" in asked.tap(name, press)
    assert asked.store.audit.head() == head


@pytest.mark.parametrize(
    "press", ["confirm 999", "edit 999", "place 999 6.1.4", "file 999", "answer 999 words", "takein 999 x"]
)
def test_a_forged_number_names_nothing(asked: World, press: str) -> None:
    before = asked.view("6.1.4")
    assert "\n" not in asked.tap("Jasper", press).strip()
    assert asked.view("6.1.4") == before


def test_an_old_card_pressed_twice_settles_once(asked: World) -> None:
    asked.tap("Jasper", "confirm 1")
    requests = asked.store.governance.date_requests(asked.plan.id)
    assert "already settled" in asked.tap("Jasper", "confirm 1")
    assert asked.store.governance.date_requests(asked.plan.id) == requests


def test_the_card_of_words_that_were_replaced_says_so(asked: World) -> None:
    asked.tap("Jasper", "edit 1", text="6.1.4 slipped to December")
    assert "replaced or withdrawn" in asked.tap("Jasper", "confirm 1")


def test_a_kept_file_is_taken_in_by_those_who_may_alone(world: World) -> None:
    document = world.store.plans.document(world.plan.id)
    assert document is not None
    with world.store.writing(world.change()):
        number = world.store.plans.keep_file("plan.docx", b"x", document, world.people["Dana"].id)
    assert "for the programme office" in world.tap("Jasper", f"takein {number} thornmere")
    world.tap("Jasper", f"discard {number}")
    assert world.store.plans.kept_file(number) is not None


def test_a_form_of_somebody_who_was_removed_changes_nothing(asked: World) -> None:
    assert "form " in asked.tap("Jasper", "edit 1")
    with asked.store.writing(asked.change()):
        forgetting.forget(asked.people["Jasper"], asked.store)
    asked.person("Jasper")  # the platform still knows them; to the record they are somebody new
    assert "somebody else's" in asked.tap("Jasper", "edit 1", text="6.1.4 done")
    assert asked.store.updates.of_plan(asked.plan.id)[0].text is None


def test_an_owner_who_is_no_longer_one_is_refused(asked: World) -> None:
    with asked.store.writing(asked.change()):
        from storage.model.people import PartyKind

        asked.store.people.map_owner(
            asked.plan.id, "Jasper Lyle, Operations Manager ECHT", PartyKind.PERSON, asked.people["Victor"].id
        )
    assert "not yours" in asked.tap("Jasper", "claim 6.1.4") or "is for" in asked.tap("Jasper", "claim 6.1.4")
    assert asked.view("6.1.4").state == "open"


@pytest.mark.parametrize(
    "line",
    [
        "decide 6.1.4 red, words",
        "meeting next",
        "change 6.1.4 withdrawn",
        'people map "Chair, TVA" Victor',
        "word 6.1.4 words",
    ],
)
def test_an_officer_demoted_while_a_form_was_open_is_refused(world: World, line: str) -> None:
    world.tap("Dana", "meeting next")
    with world.store.writing(world.change()):
        world.store.people.take_role(world.people["Dana"].id, Role.PMO, world.plan.id)
    head = world.store.audit.head()
    assert "programme office" in world.tap("Dana", line, text="words")
    assert world.store.audit.head() == head


def test_a_name_gives_no_rights(world: World) -> None:
    """Somebody who calls themselves like the officer is somebody else."""
    world.people["False"] = world.person("Dana\u200b")
    assert "programme office" in world.tap("False", "decide 6.1.4 red, words")
    assert "programme office" in world.tap("False", "meeting next")


def test_every_button_of_a_receipt_is_a_command_of_the_grammar(asked: World) -> None:
    """No button holds anything but a command line, which obeys the roles of whoever presses it."""
    from handlers.grammar import find

    pressed = buttons(asked.sent)
    assert pressed
    assert all(find(command) for command in pressed.values())


async def test_a_replayed_event_and_a_replayed_tap_have_one_effect(desk: Desk) -> None:
    await desk.person("Jasper Lyle", "U1", "Jasper Lyle, Operations Manager ECHT")
    await desk.say("6.1.4 slipped to November")
    tap = desk.inbound("confirm 1", InboundKind.TAP)
    for _ in range(3):
        await desk.workers.do(tap, desk.reply)
        await desk.workers.settle()
    assert shown(desk.replies).count("you ask to move") == 1
    assert len(await desk.ask(lambda store: store.governance.date_requests(1, open_only=True))) == 1


async def test_a_storm_of_mentions_is_answered_in_order_and_loses_nothing(desk: Desk) -> None:
    await desk.person("Jasper Lyle", "U1", "Jasper Lyle, Operations Manager ECHT")
    for number in range(60):
        await desk.workers.receive(
            desk.inbound(f"6.1.4 day {number}, on track", conversation="C1", direct=False)
        )
    await desk.workers.settle()
    said = await desk.ask(lambda store: [one.text or "" for one in store.updates.of_plan(1)])
    assert said == [f"6.1.4 day {number}, on track" for number in range(60)]
    assert await desk.ask(lambda store: (store.inbox.waiting(), store.outbox.waiting())) == (0, 0)


def test_a_role_is_given_to_nobody_where_two_have_the_name(world: World) -> None:
    world.person("Admin", role=Role.ADMINISTRATOR)
    with world.store.writing(world.change()):
        false = world.store.people.meet(Account("slack", "UFALSE"), "Victor")
    assert "e-mail address, or @person" in world.tap("Admin", "role Victor pmo")
    assert world.store.people.roles(world.plan.id, false.id) == set()


@pytest.mark.parametrize("name", ["Victor", "Victo"])
def test_a_deputy_is_nobody_where_two_could_be_meant(world: World, name: str) -> None:
    for number, called in enumerate(("Victor", "Victo Low", "Victo High")):
        with world.store.writing(world.change()):
            world.store.people.meet(Account("slack", f"U{number}"), called)
    assert "give the whole name" in world.tap("Jasper", f"deputy {name}")
