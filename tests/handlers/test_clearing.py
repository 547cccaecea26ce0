"""An organisation's officer sees its updates first: whatever becomes of them before, and who hears of them after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.posting import keep
from handlers import clock
from handlers.people import clearing
from storage.model.people import PartyKind
from storage.model.post import InboundKind
from storage.model.record import Update
from tests.handlers.world import World, shown

WORDS = "rota filled, 61% of shifts covered against 85%"


@pytest.fixture
def first(world: World) -> World:
    """Jasper's words on 6.1.4, which Beatrix shares with him, wait for Olive."""
    world.person("Olive")
    world.say("Dana", "organisation ECHT has Jasper")
    world.say("Dana", "organisation ECHT cleared by Olive")
    with world.store.writing(world.change()):
        world.store.people.map_owner(
            world.plan.id, "Head of Integrated Care, ECHT", PartyKind.PERSON, world.people["Beatrix"].id
        )
    assert "answered for" not in world.say("Jasper", f"6.1.4 {WORDS}", message_id="r1")
    return world


def newest(world: World) -> Update:
    return world.store.updates.of_plan(world.plan.id)[-1]


def to_clear(world: World) -> str:
    return shown(clearing.reminders(world.store, world.plan, world.today))


def edited(world: World) -> None:
    world.act("Jasper", f"6.1.4 {WORDS}, nights too", InboundKind.EDIT, message_id="r1")


def changed(world: World) -> None:
    assert "ECHT clears them first" in world.tap(
        "Jasper", f"edit {newest(world).id}", text=f"{WORDS}, nights too"
    )


def moved(world: World) -> None:
    world.tap("Jasper", f"move {newest(world).id} 6.1.5")


def moved_by_the_office(world: World) -> None:
    world.tap("Dana", f"move {newest(world).id} 6.1.5")


@pytest.mark.parametrize("then", [edited, changed, moved, moved_by_the_office])
def test_what_waits_is_on_the_officers_list_wherever_it_goes(
    first: World, then: Callable[[World], None]
) -> None:
    then(first)
    assert to_clear(first).splitlines()[0] == "ECHT: 1 update to clear."
    assert WORDS in first.tap("Olive", 'clear look "ECHT" in thornmere')
    name = first.store.plans.actions_by_id([newest(first).action_id])[0].name
    assert WORDS not in first.say("Victor", f"history {name}")
    assert "1 update cleared, 0 left" in first.tap("Olive", f"clear {newest(first).id} in thornmere")
    assert WORDS in first.say("Victor", f"history {name}")
    assert to_clear(first) == ""


@pytest.mark.parametrize("then", [edited, changed])
def test_what_is_cleared_and_then_corrected_is_cleared_again(
    first: World, then: Callable[[World], None]
) -> None:
    first.tap("Olive", 'clear "ECHT" in thornmere')
    then(first)
    assert "nights too" not in first.say("Victor", "history 6.1.4")
    assert "1 update cleared" in first.tap("Olive", 'clear "ECHT" in thornmere')
    assert "nights too" in first.say("Victor", "history 6.1.4")


def test_who_shares_the_action_hears_of_it_once_it_is_cleared(first: World) -> None:
    told = first.act("Olive", 'clear "ECHT" in thornmere', InboundKind.TAP)
    assert [message.to for message in told[1:]] == [type(told[1].to)(first.people["Beatrix"].id)]  # type: ignore[call-arg, arg-type]
    assert "Jasper answered for 6.1.4" in shown(told[1:])
    assert WORDS in shown(told[1:])
    assert "Add or disagree" in shown(told[1:])


def test_each_of_several_authors_is_heard_of(first: World) -> None:
    first.person("Lena", owns=("Jasper Lyle, Operations Manager ECHT",))
    first.say("Dana", "organisation ECHT has Lena")
    first.say("Lena", "6.1.4 recruiting two more nurses")
    told = first.act("Olive", 'clear "ECHT" in thornmere', InboundKind.TAP)
    with first.store.writing(first.change()):
        assert keep(first.store, told[1:], "test", ("console",)) == len(told[1:])
    words = shown([one for one in told[1:] if str(first.people["Beatrix"].id) in str(one.to)])
    assert "Jasper answered for 6.1.4" in words
    assert "Lena answered for 6.1.4" in words


def test_two_shared_actions_answered_in_a_form_are_both_heard_of(world: World) -> None:
    """Each is a post with a name of its own, so that neither is taken for the other."""
    whose = {"Head of Integrated Care, ECHT": "Beatrix", "Chief Pharmacist, TVFT": "Beatrix"}
    for printed, name in (whose | {"Mo Rahman, Lead Pharmacist": "Jasper"}).items():
        with world.store.writing(world.change()):
            world.store.people.map_owner(world.plan.id, printed, PartyKind.PERSON, world.people[name].id)
    world.at(2026, 2, 25)
    with world.store.writing(world.change()):
        clock.tick(world.store, world.plan, world.now)
    meeting = world.store.updates.open_prompts(world.people["Jasper"].id)[0].meeting_id
    fields = {f"a{world.view(name).action.handle}": "rota filled" for name in ("6.1.4", "6.1.5")}
    told = world.act("Jasper", f"reply {meeting}", InboundKind.FORM, fields=fields)[1:]
    assert len({message.key for message in told}) == len(told) == 2


def test_a_moved_update_takes_its_figures_and_its_links_along(world: World) -> None:
    world.say("Jasper", f"6.1.4 {WORDS}, see https://docs.example.org/rota")
    world.tap("Jasper", f"move {newest(world).id} 6.1.5")
    action = world.view("6.1.5").action
    assert [one.value for one, _, _ in world.store.updates.measures(action.id)] == [61.0]
    assert [one.link for one in world.store.governance.evidence(action.id)] == [
        "https://docs.example.org/rota"
    ]
    assert world.store.updates.measures(world.view("6.1.4").action.id) == []


def test_corrected_words_bring_their_figures(world: World) -> None:
    world.say("Jasper", f"6.1.4 {WORDS}")
    world.tap("Jasper", f"edit {newest(world).id}", text="rota filled, 64% of shifts covered against 85%")
    measures = world.store.updates.measures(world.view("6.1.4").action.id)
    assert [one.value for one, _, _ in measures] == [64.0]


def test_words_that_were_moved_stay_there_when_their_message_is_edited(world: World) -> None:
    world.say("Jasper", "6.1.4 rota filled", message_id="r1")
    world.tap("Jasper", f"move {newest(world).id} 6.1.5")
    world.act("Jasper", "rota filled but for nights", InboundKind.EDIT, message_id="r1")
    update = newest(world)
    assert (update.text, update.action_id) == ("rota filled but for nights", world.view("6.1.5").action.id)
    assert world.view("6.1.4").last_update_id is None


def test_an_organisation_has_somebody(world: World) -> None:
    assert "Say who belongs to it" in world.say("Dana", "organisation ECHT has")
    assert all(person.name for person in world.store.people.all())
