"""Who reads what: the private session's words reach no other reader, on any surface of text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.posting import keep
from handlers import checks, clock
from handlers.checks import made_when_sent, still_holds
from handlers.messages import File, Message
from handlers.papers.packs import contents, pack_docx, pack_xlsx
from handlers.plans.exports import FORMATS, export
from handlers.privacy.discretion import about
from handlers.privacy.visibility import seen_at, seen_by
from storage.model.people import Channel, PartyKind, Role
from storage.model.plan import Plan
from storage.model.post import InboundKind
from storage.model.record import Visibility
from tests.handlers.world import LONDON, World, buttons, shown

SECRET = "quietly replacing the whole rota"
HELD = "Held for the private session."
KEPT = "Kept for the committee."


@pytest.fixture
def told(world: World) -> World:
    """Jasper said something on 6.1.4 and held it; Beatrix leads the same action with him."""
    world.say("Jasper", f"6.1.4 {SECRET}, now at 61% against 85%, moved to November because {SECRET}")
    update = world.store.updates.of_plan(world.plan.id)[-1]
    world.tap("Jasper", f"confirm {update.id}")
    assert "held for the private session" in world.tap("Jasper", "restricted 6.1.4")
    return world


def text_of(data: bytes) -> str:
    """All text of a file: of an office document, of each of its parts."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def pack_text(world: World, *, private: bool = False) -> str:
    meeting = next(
        one for one in world.store.governance.meetings(world.plan.id) if one.day and one.day > world.today
    )
    filled = contents(world.plan, meeting, "not issued", world.store, world.now, private=private)
    return text_of(pack_docx(filled)) + text_of(pack_xlsx(filled))


def exported(world: World) -> str:
    return "".join(text_of(export(world.plan, world.store, form, LONDON)) for form in FORMATS)


def posted(world: World) -> str:
    """All that the clock posts in the month after."""
    messages: list[Message] = []
    with world.store.writing(world.change()):
        world.store.plans.set_channel(Channel("console", "C1", "plan", world.plan.id))
    for day in range(4, 28):
        world.at(2026, 2, day, 10)
        with world.store.writing(world.change()):
            made = clock.tick(world.store, world.plan, world.now)
            keep(world.store, made, f"t{day}", ("console",))
        messages += [_as_it_goes(one, world) for one in made]
    return shown(messages)


def _as_it_goes(message: Message, world: World) -> Message:
    """With the words that are made only when it goes."""
    if not made_when_sent(message.check):
        return message
    return replace(message, parts=checks.made(message.check, world.store, world.now)())


def file_of(world: World) -> str:
    return "".join(
        text_of(part.content) for message in world.sent for part in message.parts if isinstance(part, File)
    )


def heard(world: World) -> str:
    """What the other who answers for the action is told once the words are corrected."""
    with world.store.writing(world.change()):
        world.store.people.map_owner(
            world.plan.id, "Head of Integrated Care, ECHT", PartyKind.PERSON, world.people["Beatrix"].id
        )
    return shown(world.act("Jasper", f"6.1.4 {SECRET}, that is", kind=InboundKind.EDIT, message_id="m1")[1:])


def corrected(world: World) -> str:
    world.act("Jasper", f"6.1.4 {SECRET}, that is", kind=InboundKind.EDIT, message_id="m1")
    return world.say("Beatrix", "history 6.1.4")


def moved(world: World) -> str:
    update = world.store.updates.of_plan(world.plan.id)[-1]
    world.tap("Jasper", f"move {update.id} 6.1.5")
    return world.say("Beatrix", "history 6.1.5") + world.say("Beatrix", "history 6.1.4")


def minuted(world: World) -> str:
    """The minutes and the meeting's sheet as the office shows them to a meeting."""
    world.say("Dana", "meeting next")
    world.say("Dana", "decide 6.1.4 amber, agreed by all")
    world.say("Dana", "minutes")
    return file_of(world) + world.say("Dana", "meeting next here")


SURFACES: dict[str, Callable[[World], str]] = {
    "list": lambda world: world.say("Beatrix", "status"),
    "card": lambda world: world.say("Beatrix", "status 6.1.4"),
    "slipped": lambda world: world.say("Beatrix", "status slipped"),
    "history": lambda world: world.say("Beatrix", "history 6.1.4"),
    "home": lambda world: world.say("Beatrix", "home"),
    "digest": lambda world: world.say("Beatrix", "digest week") + world.say("Dana", "digest week"),
    "meeting digest": lambda world: world.say("Dana", "digest meeting"),
    "pack": pack_text,
    "export": exported,
    "posts": posted,
    "shown to all": lambda world: (
        world.say("Dana", "status 6.1.4 here") + world.say("Dana", "history 6.1.4 here")
    ),
    "return": lambda world: world.say("Dana", "ask Jasper") + file_of(world),
    "own words": lambda world: world.say("Victor", "mine") + world.say("Victor", "status overdue"),
    "minutes": minuted,
    "others who share it": heard,
    "after a correction": corrected,
    "after a move": moved,
}


@pytest.mark.parametrize("surface", SURFACES)
def test_held_words_reach_no_other_reader(told: World, surface: str) -> None:
    assert SECRET not in SURFACES[surface](told)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_same_words_are_read_there_when_they_are_public(told: World, surface: str) -> None:
    """So that the test before this one could fail; some of these print no words at all."""
    told.tap("Jasper", "public 6.1.4")
    assert (SECRET in SURFACES[surface](told)) is (
        surface not in {"slipped", "home", "meeting digest", "own words", "minutes"}
    )


@pytest.mark.parametrize("surface", ["card", "history", "pack", "export", "list"])
def test_where_words_are_held_it_says_so(told: World, surface: str) -> None:
    assert HELD in SURFACES[surface](told)


def test_held_words_that_are_moved_stay_as_they_were_said(world: World) -> None:
    """ "here" shows an answer to all, and would hide the words from the command that keeps them."""
    world.say("Priya", "6.1.2 trained 40 nurses, on track")
    world.say("Priya", "restricted 6.1.2")
    (update,) = world.store.updates.of_plan(world.plan.id)
    world.say("Priya", f"move {update.id} 6.2.3 here")
    (kept,) = world.store.updates.of_plan(world.plan.id)
    assert kept.text == "6.1.2 trained 40 nurses, on track"


@pytest.mark.parametrize(
    "words", ["6.2.3 trained 40 nurses", "6.1.2 step 1 trained 40 nurses", "6.1.2, 6.2.3 trained 40 nurses"]
)
def test_held_words_stay_held_when_an_edit_takes_them_elsewhere(world: World, words: str) -> None:
    world.say("Priya", "6.1.2 trained 40 nurses", message_id="r1")
    world.say("Priya", "restricted 6.1.2")
    world.act("Priya", words, InboundKind.EDIT, message_id="r1")
    kept = world.store.updates.of_plan(world.plan.id)
    assert kept
    assert {one.visibility for one in kept} == {Visibility.RESTRICTED}


def test_its_author_and_the_office_read_on(told: World) -> None:
    assert SECRET in told.say("Jasper", "history 6.1.4")
    assert SECRET in told.say("Dana", "status 6.1.4")
    assert SECRET in pack_text(told, private=True)
    assert SECRET in shown(told.act("Jasper", "edit 1"))


def test_the_committee_reads_what_is_kept_for_it(told: World) -> None:
    told.person("Asha", role=Role.ASSURER)
    assert HELD in told.say("Asha", "status 6.1.4")
    told.tap("Dana", "committee 6.1.4")
    assert SECRET in told.say("Asha", "status 6.1.4")
    assert SECRET in pack_text(told)
    assert KEPT in told.say("Beatrix", "status 6.1.4")
    assert SECRET not in exported(told) + told.say("Beatrix", "digest week")


def test_nobody_finds_held_words(told: World) -> None:
    plan_id = told.plan.id
    assert seen_by(told.people["Beatrix"], told.store, frozenset()).updates.search(plan_id, "quietly") == []
    assert seen_at(Visibility.COMMITTEE, told.store).updates.search(plan_id, "quietly") == []
    assert seen_by(told.people["Dana"], told.store, frozenset()).updates.search(plan_id, "quietly")


def test_figures_and_reasons_of_held_words_are_held_too(told: World) -> None:
    action = told.view("6.1.4").action
    public = seen_at(Visibility.PUBLIC, told.store)
    assert public.updates.measures(action.id) == []
    assert [one.reason for one in public.governance.ledger(action.id)] == [None] * len(
        told.store.governance.ledger(action.id)
    )


def test_it_can_be_public_again(told: World) -> None:
    told.tap("Jasper", "public 6.1.4")
    assert SECRET in told.say("Beatrix", "status 6.1.4")
    kinds = [row.now for row in told.store.audit.rows() if row.what == "visibility"]
    assert kinds == [{"visibility": "restricted"}, {"visibility": "public"}]


def test_only_its_author_and_the_office_say_who_reads(world: World) -> None:
    world.say("Jasper", "6.1.4 on track")
    assert "Only who said it" in world.tap("Beatrix", "restricted 6.1.4")
    assert "Nobody has said anything" in world.tap("Dana", "restricted 6.1.5")
    world.tap("Dana", "restricted 6.1.4")
    assert "already" in world.tap("Dana", "restricted 6.1.4")


@pytest.mark.parametrize(
    "words",
    ["Public meeting held on 6.1.4, all done", "Committee 6.1.4 approved it", "restricted access at 6.1.4"],
)
def test_a_sentence_that_starts_with_the_word_stays_an_update(world: World, words: str) -> None:
    world.say("Jasper", words)
    assert world.store.updates.of_plan(world.plan.id)[-1].visibility is Visibility.PUBLIC


@pytest.mark.parametrize(
    ("words", "what"),
    [
        pytest.param("slipped, our lead nurse is off sick until May", "health", id="staff health"),
        pytest.param("she is on a phased return", "health", id="phased return"),
        pytest.param("two bidders left, scoring next week", "tender", id="tender"),
        pytest.param("Hollybank House has had its embargo extended", "provider", id="small provider"),
        pytest.param("two patients died waiting", "small", id="small numbers"),
        pytest.param("Hollybank House opened on time", None, id="a provider doing well"),
        pytest.param("14 patients waited over a day", None, id="not so small"),
        pytest.param("on track, 85% of notes audited", None, id="nothing"),
        pytest.param("tender documents drafted for June", None, id="no open tender"),
        pytest.param("two more nurses started in January", None, id="staff who start"),
    ],
)
def test_it_is_suggested_where_it_matters(words: str, what: str | None) -> None:
    found = about(words)
    assert what in found if what and found else found is what


def test_the_receipt_offers_it_and_others_are_not_shown_the_words(world: World) -> None:
    messages = world.act("Jasper", "6.1.4 on track, our matron is off sick until May")
    offered = buttons(messages)["Hold for the private session"]
    assert "somebody's health" in shown(messages)
    assert "off sick" not in shown(messages[1:])
    world.tap("Jasper", offered)
    assert HELD in world.say("Beatrix", "status 6.1.4")


def test_every_way_to_read_an_update_goes_through_the_one_decision(told: World) -> None:
    """Whatever a store gives that holds words, a reader's store gives without them."""
    plan: Plan = told.plan
    action = told.view("6.1.4").action
    public = seen_at(Visibility.PUBLIC, told.store)
    given = [
        public.plans.views(plan.id), public.updates.of_plan(plan.id), public.updates.of_action(action.id),
        public.updates.by_source("console:jasper:m1"), public.updates.get(1), public.governance.date_requests(plan.id),
        public.governance.ledger(action.id), public.updates.measures(action.id), public.governance.claims(plan.id),
        public.audit.rows(), public.updates.newest([action.id], 8), public.updates.held([action.id]),
        public.updates.measures_of([action.id]), public.governance.ledgers([action.id]),
    ]  # fmt: skip
    assert SECRET in str(told.store.updates.of_plan(plan.id))
    assert SECRET not in str(given)


def test_words_that_wait_to_be_repeated_are_not_once_they_are_held(world: World) -> None:
    with world.store.writing(world.change()):
        world.store.people.map_owner(
            world.plan.id, "Head of Integrated Care, ECHT", PartyKind.PERSON, world.people["Beatrix"].id
        )
    (repeated,) = world.act("Jasper", "6.1.4 on track, two more nurses started")[1:]
    assert still_holds(repeated.check, world.store, world.now)
    world.tap("Jasper", "committee 6.1.4")
    assert not still_holds(repeated.check, world.store, world.now)
    world.tap("Jasper", "public 6.1.4")
    world.say("Jasper", "", kind=InboundKind.DELETE, message_id="m1")
    assert not still_holds(repeated.check, world.store, world.now)


@pytest.fixture
def cleared_first(world: World) -> World:
    """What Jasper says is cleared by Olive before others read it."""
    world.person("Olive")
    world.say("Dana", "organisation ECHT has Jasper")
    world.say("Dana", "organisation ECHT cleared by Olive")
    world.say("Jasper", f"6.1.4 {SECRET}")
    return world


def test_clearing_lets_nobody_read_what_its_author_holds(cleared_first: World) -> None:
    cleared_first.tap("Jasper", "restricted 6.1.4")
    assert "0 updates cleared" in cleared_first.tap("Olive", 'clear "ECHT" in thornmere')
    assert SECRET not in cleared_first.say("Beatrix", "status 6.1.4")


def test_a_correction_of_held_words_is_not_cleared_either(cleared_first: World) -> None:
    cleared_first.tap("Jasper", "restricted 6.1.4")
    cleared_first.act("Jasper", f"6.1.4 {SECRET}, that is", kind=InboundKind.EDIT, message_id="m1")
    cleared_first.tap("Olive", 'clear "ECHT" in thornmere')
    assert SECRET not in cleared_first.say("Beatrix", "history 6.1.4")


def test_its_author_cannot_pass_by_the_clearing_officer(cleared_first: World) -> None:
    assert "ECHT clears it first" in cleared_first.tap("Jasper", "public 6.1.4")
    assert SECRET not in cleared_first.say("Beatrix", "status 6.1.4")
    cleared_first.tap("Olive", 'clear "ECHT" in thornmere')
    assert SECRET in cleared_first.say("Beatrix", "status 6.1.4")
