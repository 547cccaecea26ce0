"""The way in: kept before anything, handled once, answered where it was asked."""

from __future__ import annotations

import asyncio
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import storage.inbox
from bot import inbox as way_in
from bot.surface import Profile, TryLater
from bot.workers import Workers
from handlers.messages import ASKER, Asker, Message, ToPerson, say
from handlers.plans.files import examine
from handlers.request import Request
from storage.model.errors import NotAllowed, StoreError
from storage.model.people import Role
from storage.model.post import Attached, InboundKind, InboxState
from storage.store import Store
from tests.bot.conftest import Desk, settings_for
from tests.bot.platform import Platform
from tests.bot.renewals import Renewals

LEAD = "Jasper Lyle, Operations Manager ECHT"


async def test_words_become_an_update_and_its_receipt_in_one_go(desk: Desk) -> None:
    await desk.person("Jasper Lyle", "U1", LEAD)
    words = await desk.say("6.1.4 two more nurses started, line still opens in February")
    assert "6.1.4" in words
    updates = await desk.ask(lambda store: store.updates.of_plan(1))
    assert [(one.author, one.via) for one in updates] == [("Jasper Lyle", "slack")]
    assert await desk.ask(lambda store: (store.inbox.waiting(), store.outbox.waiting())) == (0, 0)


async def test_a_duplicate_has_no_effect(desk: Desk) -> None:
    await desk.person("Jasper Lyle", "U1", LEAD)
    inbound = desk.inbound("6.1.4 on track")
    assert await desk.workers.receive(inbound)
    await desk.workers.settle()
    assert not await desk.workers.receive(inbound)
    await desk.workers.settle()
    assert len(desk.platform.posts) == 1


async def test_what_was_kept_and_not_handled_is_handled_after_a_restart(desk: Desk) -> None:
    await desk.person("Jasper Lyle", "U1", LEAD)
    inbound = desk.inbound("6.1.4 on track")
    await desk.workers.receive(inbound)
    assert await desk.workers.receive(inbound)  # sent again: not done, so it is no duplicate
    await desk.workers.settle()
    assert len(desk.platform.posts) == 1


async def test_a_stranger_is_met_by_the_name_that_the_platform_knows(desk: Desk) -> None:
    desk.platform.profiles["U9"] = Profile("Noor Aziz", "noor@example.org")
    await desk.say("help", user="U9")
    person = await desk.ask(lambda store: store.people.by_account("slack", "U9"))
    assert person is not None
    assert (person.name, person.email) == ("Noor Aziz", "noor@example.org")
    assert person.accounts[0].conversation == "D-U9"


@pytest.mark.parametrize(("tenant", "believed"), [("home", True), ("elsewhere", False)])
async def test_an_address_that_another_tenant_gives_makes_nobody_of_ours(
    database: Path, tenant: str, believed: bool
) -> None:
    platform = Platform()
    platform.name = "teams"
    platform.profiles["U9"] = Profile("Noor Aziz", "noor@example.org")
    settings = settings_for(database, ASSUREBOT_TEAMS_TENANT_ID="home")
    desk = Desk(Workers(settings, {platform.name: platform}, lambda: desk.now), platform)
    await desk.workers.open()
    officer = await desk.write(lambda store: store.people.add("Noor Aziz", email="noor@example.org"))
    await desk.say("help", user="U9", details={"tenant": tenant})
    person = await desk.ask(lambda store: store.people.by_account("teams", "U9"))
    await desk.workers.stop()
    assert person is not None
    assert (person.id == officer.id) is believed


async def test_a_platform_that_says_no_name_holds_nothing_up(desk: Desk) -> None:
    desk.platform.profile_fault = TryLater("busy", 30)
    assert "What you can do here" in await desk.say("help", user="U9", user_name="noor")
    person = await desk.ask(lambda store: store.people.by_account("slack", "U9"))
    assert person is not None
    assert person.name == "noor"


async def test_the_conversation_of_a_person_is_learnt(desk: Desk) -> None:
    await desk.person("Jasper Lyle", "U1", LEAD)
    await desk.say("help", conversation="D-new")
    person = await desk.ask(lambda store: store.people.by_account("slack", "U1"))
    assert person is not None
    assert person.accounts[0].conversation == "D-new"


async def test_a_command_is_answered_in_the_interaction_and_posts_nothing(desk: Desk) -> None:
    assert "6.1.4" in await desk.command("status 6.1.4")
    assert desk.platform.posts == []


async def test_an_answer_that_cannot_be_handed_back_becomes_a_post(desk: Desk) -> None:
    await desk.workers.receive(
        desk.inbound("status 6.1.4", InboundKind.COMMAND)
    )  # no reply: it was lost in a crash
    await desk.workers.settle()
    assert "6.1.4" in desk.words()


async def test_a_broken_reply_is_nobodys_problem(desk: Desk) -> None:
    async def broken(messages: object) -> None:
        raise ConnectionError

    inbound = desk.inbound("status 6.1.4", InboundKind.COMMAND)
    await desk.workers.inbox.receive(inbound, broken)
    assert await desk.workers.inbox.handle_key("slack", inbound.key)
    assert await desk.ask(lambda store: store.inbox.waiting()) == 0


async def test_a_mention_is_answered_in_its_channel_to_the_asker_alone(desk: Desk) -> None:
    await desk.say("status 6.1.4", conversation="C1", direct=False, thread="t7")
    posted = desk.platform.posts[0]
    assert (posted.row.conversation, posted.row.content["only_for"], posted.thread_id) == ("C1", "U1", "t7")


async def test_a_mention_that_asks_for_all_is_answered_to_all_in_its_thread(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        way_in, "respond", lambda request, store: [Message(Asker(everyone=True), (say("Here."),))]
    )
    await desk.say("status here", conversation="C1", direct=False, message_id="m5")
    posted = desk.platform.posts[0]
    assert "only_for" not in posted.row.content
    assert (posted.row.conversation, posted.thread_id) == ("C1", "m5")


async def test_what_a_mention_says_to_a_person_is_not_put_into_the_channels_thread(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await desk.person("Jasper Lyle", "U1")
    answer = [Message(ToPerson(person.id), (say("Receipt."),), thread="@t7")]
    monkeypatch.setattr(way_in, "respond", lambda request, store: answer)
    await desk.say("words", conversation="C1", direct=False, thread="t7")
    posted = desk.platform.posts[0]
    assert (posted.row.conversation, posted.thread_id) == ("D-U1", None)


async def test_an_answer_in_a_thread_stays_in_it(desk: Desk) -> None:
    await desk.say("status 6.1.4", thread="t1")
    assert desk.platform.posts[0].thread_id == "t1"


async def test_an_error_for_the_person_leaves_its_sentence_and_nothing_else(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(request: Request, store: Store) -> list[Message]:
        store.people.add("Half Done")
        raise NotAllowed("Ask the programme office.")

    monkeypatch.setattr(way_in, "respond", half)
    assert await desk.say("do it") == "Ask the programme office."
    assert await desk.ask(lambda store: store.people.by_name("Half Done")) == []
    assert await desk.ask(lambda store: store.inbox.waiting()) == 0


async def test_a_fault_of_ours_is_told_once_and_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[Exception] = [ZeroDivisionError("secret words"), StoreError("The disk is full.")]

    def shaky(request: Request, store: Store) -> list[Message]:
        if faults:
            raise faults.pop()
        return [Message(ASKER, (say("At last."),))]

    monkeypatch.setattr(way_in, "respond", shaky)
    first = await desk.say("hello")
    assert first.startswith("Something went wrong on my side (problem ")
    assert "secret" not in first
    assert await desk.ask(lambda store: store.inbox.waiting()) == 1
    desk.later(minutes=1)
    await desk.workers.settle()
    assert desk.words() == ""
    desk.later(minutes=1)
    await desk.workers.settle()
    assert desk.words() == "At last."


async def test_what_never_works_is_given_up_and_listed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: Request, store: Store) -> list[Message]:
        raise ZeroDivisionError

    monkeypatch.setattr(way_in, "respond", broken)
    await desk.say("hello")
    for _ in range(8):
        desk.later(hours=1)
        await desk.workers.settle()
    stuck = await desk.ask(lambda store: store.inbox.stuck())
    assert [(row.inbound.text, row.state, row.attempts) for row in stuck] == [("hello", InboxState.FAILED, 5)]
    assert len(desk.platform.posts) == 1


async def test_a_file_is_fetched_and_read_before_it_is_answered(desk: Desk) -> None:
    desk.platform.files["https://files/1"] = b"Dear all,\n\nthis is no plan.\n"
    file = Attached("note.txt", "https://files/1", 28)
    await desk.workers.receive(desk.inbound("", InboundKind.FILE, files=(file,)))
    await desk.workers.settle()
    assert "this is no plan" in desk.words()


async def test_a_very_long_message_is_kept_to_its_first_40_000_characters(desk: Desk) -> None:
    await desk.person("Jasper Lyle", "U1", LEAD)
    await desk.say("6.1.4 on track " + "x" * 100_000)
    updates = await desk.ask(lambda store: store.updates.of_plan(1))
    assert len(updates[0].text or "") == 40_000


async def test_a_message_whose_claim_ran_out_is_not_handled_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(request: Request, store: Store) -> list[Message]:
        store.people.add("Twice Done")
        return [Message(ASKER, (say("Twice."),))]

    monkeypatch.setattr(way_in, "respond", slow)
    row = desk.inbound("hello")
    await desk.workers.receive(row)
    claimed = await desk.workers.writer.run(lambda store: store.inbox.claim(desk.now))
    assert claimed is not None
    await desk.write(lambda store: store.inbox.done(claimed.id))
    assert await desk.workers.inbox._handle(claimed)
    assert desk.words() == ""
    assert await desk.ask(lambda store: store.people.by_name("Twice Done")) == []


async def test_words_that_identify_a_patient_are_never_written(desk: Desk, database: Path) -> None:
    await desk.person("Jasper Lyle", "U1", LEAD)
    for number in range(2):
        words = await desk.say("6.1.4 slipped, 943 476 5919 waits", key=f"held{number}")
        assert "still in this chat" in words
    assert "not kept" in await desk.command("update 6.1.4 for 943 476 5919")
    kept = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    assert b"943 476 5919" not in kept
    assert await desk.ask(lambda store: store.updates.of_plan(1)) == []


async def test_words_are_kept_while_papers_are_built(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building a pack takes seconds; nothing that writes waits for it."""
    await desk.person("Dana", "U1", role=Role.PMO)
    await desk.person("Jasper Lyle", "U2", LEAD)
    desk.now = datetime(2026, 2, 12, 9, tzinfo=ZoneInfo("Europe/London"))
    building, go_on = threading.Event(), threading.Event()

    def slowly(*given: object, **more: object) -> bytes:
        building.set()
        assert go_on.wait(30)
        return b"papers"

    monkeypatch.setattr("handlers.papers.packs.pack_docx", slowly)
    monkeypatch.setattr("handlers.papers.packs.pack_xlsx", lambda filled: b"sheet")
    issued = asyncio.create_task(desk.command("pack issue"))
    assert await asyncio.to_thread(building.wait, 30)
    assert await desk.write(
        lambda store: store.updates.keep_unplaced("meanwhile", person_id=1, plan_id=1, source=None)
    )
    assert not issued.done()
    go_on.set()
    assert "issued. sha256" in await issued


async def test_whoever_sent_a_long_file_hears_that_it_is_being_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.person("Dana", "U1", role=Role.PMO)
    desk.platform.files["F1"] = b"Training reached 58% of staff in January 2026, against a target of 85%."
    monkeypatch.setattr(way_in, "PATIENCE_SECONDS", 0.0)
    file = Attached("report.txt", "F1")
    await desk.workers.receive(desk.inbound("", InboundKind.FILE, files=(file,)))
    await desk.workers.settle()
    seen = desk.words()
    assert "“report.txt” is long" in seen
    assert "58" in seen


async def test_a_file_that_takes_longer_than_a_claim_is_read_once(
    desk: Desk, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process looks for work meanwhile; without the renewals it would find the claim run out."""
    go_on, renewals = threading.Event(), Renewals(storage.inbox.Inbox, monkeypatch)

    def slowly(*given: object) -> object:
        assert go_on.wait(60)
        return examine(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(way_in, "examine", slowly)
    desk.platform.files["F1"] = b"Training reached 58% of staff in January 2026, against a target of 85%."
    await desk.workers.receive(desk.inbound("", InboundKind.FILE, files=(Attached("report.txt", "F1"),)))
    other = Workers(settings_for(database), {}, lambda: desk.now)
    await other.open()
    handled = asyncio.create_task(desk.workers.inbox.handle_next())
    for _ in range(3):
        desk.later(seconds=way_in.LEASE_SECONDS - 10)
        await renewals.again()
        assert not await other.inbox.handle_next()
    go_on.set()
    assert await handled
    await desk.workers.settle()
    assert len(desk.platform.posts) == 1
    assert "58" in desk.words()
    await other.stop()


async def test_what_waits_behind_an_answer_in_its_conversation_goes_on_at_once(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not when the workers next look by themselves: they would not, here."""
    monkeypatch.setattr("bot.workers._IDLE_SECONDS", 3600.0)
    platform = Platform()
    desk = Desk(Workers(settings_for(database), {platform.name: platform}, lambda: desk.now), platform)
    await desk.workers.start()
    await desk.workers.receive(desk.inbound("status", InboundKind.COMMAND), desk.reply)
    await desk.workers.receive(desk.inbound("6.1.4 on track"))
    async with asyncio.timeout(60):
        while await desk.ask(lambda store: store.inbox.waiting()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await desk.workers.stop()
