"""The way out: in order, at the platform's pace, at most one repeat, and never what no longer holds."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import storage.outbox
from bot.outbox import LEASE_SECONDS
from bot.posting import NOWHERE, keep
from bot.surface import Refused, TryLater, Unknown
from bot.workers import Workers
from handlers.messages import Message, ToChannel, ToPerson, from_json, say
from handlers.undelivered import undelivered
from storage.model.people import Account, Channel, Role
from storage.model.post import OutboxState
from storage.open import open_store
from storage.store import Store
from tests.bot.conftest import Desk, settings_for
from tests.bot.renewals import Renewals
from tests.handlers.world import shown

CHANNEL = ToChannel("slack", "C1")


def post(key: str, **more: object) -> Message:
    return Message(CHANNEL, (say(key),), key=key, **more)  # type: ignore[arg-type]


async def kept(desk: Desk, *messages: Message) -> int:
    return await desk.write(lambda store: keep(store, messages, "test", ("slack",)))


async def state(desk: Desk, key: str) -> OutboxState:
    row = await desk.ask(lambda store: store.outbox.get(key))
    assert row is not None
    return row.state


async def test_a_key_is_posted_once(desk: Desk) -> None:
    assert await kept(desk, post("digest:1"), post("digest:2")) == 2
    assert await kept(desk, post("digest:1")) == 0
    await desk.workers.settle()
    assert desk.words() == "digest:1\ndigest:2"


async def test_what_the_platform_refused_for_now_goes_later_and_keeps_its_place(desk: Desk) -> None:
    desk.platform.faults = [TryLater("slow down", 30)]
    await kept(desk, post("a"), post("b"))
    await desk.workers.settle()
    assert desk.words() == ""
    desk.later(seconds=31)
    await desk.workers.settle()
    assert desk.words() == "a\nb"


async def test_what_is_refused_for_good_does_not_stop_the_rest(desk: Desk) -> None:
    desk.platform.faults = [Refused("channel_not_found")]
    await kept(desk, post("a"), post("b"))
    await desk.workers.settle()
    assert (await state(desk, "a"), desk.words()) == (OutboxState.FAILED, "b")


@pytest.mark.parametrize(
    "landed", [pytest.param(True, id="it was posted"), pytest.param(False, id="it was not")]
)
async def test_what_may_have_been_posted_is_looked_for_before_it_is_posted_again(
    desk: Desk, landed: bool
) -> None:
    desk.platform.faults, desk.platform.lands = [Unknown("time-out")], landed
    await kept(desk, post("a"), post("b"))
    await desk.workers.settle()
    assert desk.words() == "a\nb"
    assert [key for key, _ in desk.platform.searched] == ["a"]
    assert desk.platform.searched[0][1] == desk.now


@pytest.mark.parametrize("faults", [1, 2])
async def test_where_no_platform_shows_what_was_posted_it_is_repeated_once_and_then_told(
    desk: Desk, faults: int
) -> None:
    await desk.person("Dana Reid", "U7", role=Role.PMO)
    desk.platform.looks_back, desk.platform.lands = False, True
    desk.platform.find = nothing_found  # type: ignore[method-assign]
    desk.platform.faults = [Unknown("No answer.")] * faults
    await kept(desk, post("digest:thornmere:1"))
    await desk.workers.settle()
    keys = [posted.row.key for posted in desk.platform.posts]
    assert keys.count("digest:thornmere:1") == 2
    told = "No answer. It may stand there, even twice" in desk.words()
    assert (told, await state(desk, "digest:thornmere:1")) == (
        (False, OutboxState.SENT) if faults == 1 else (True, OutboxState.FAILED)
    )


async def nothing_found(*given: object) -> None:
    return None


@pytest.mark.parametrize("fault", [TryLater("busy", 5), Unknown("time-out")])
async def test_where_the_platform_cannot_say_nothing_is_posted_yet(desk: Desk, fault: Exception) -> None:
    desk.platform.faults, desk.platform.lands = [Unknown("time-out")], True
    desk.platform.find_fault = fault
    await kept(desk, post("a"), post("b"))
    await desk.workers.settle()
    assert [posted.row.key for posted in desk.platform.posts] == ["a"]
    desk.platform.find_fault = None
    desk.later(minutes=2)
    await desk.workers.settle()
    assert [posted.row.key for posted in desk.platform.posts] == ["a", "b"]


async def test_a_post_that_takes_longer_than_a_claim_is_made_once(
    desk: Desk, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process looks for work meanwhile; without the renewals it would take the slow one for crashed."""
    go_on, renewals = asyncio.Event(), Renewals(storage.outbox.Outbox, monkeypatch)
    post_at_once = desk.platform.post

    async def slowly(*given: Any) -> str | None:
        await go_on.wait()
        return await post_at_once(*given)

    monkeypatch.setattr(desk.platform, "post", slowly)
    await kept(desk, post("a"), post("b"))
    other = Workers(settings_for(database), {"slack": desk.platform}, lambda: desk.now)
    await other.open()
    sending = asyncio.create_task(desk.workers.outbox.send_next())
    for _ in range(3):
        desk.later(seconds=LEASE_SECONDS - 10)
        await renewals.again()
        assert not await other.outbox.send_next()
    go_on.set()
    assert await sending
    await desk.workers.settle()
    assert (desk.words(), desk.platform.searched) == ("a\nb", [])
    await other.stop()


async def test_a_crash_after_claiming_is_looked_into(desk: Desk) -> None:
    await kept(desk, post("a"))
    claimed = await desk.workers.writer.run(lambda store: store.outbox.claim(desk.now, ("slack",)))
    assert [row.key for row in claimed] == ["a"]
    await desk.workers.settle()
    assert desk.words() == ""
    desk.later(minutes=2)
    await desk.workers.settle()
    assert (desk.words(), len(desk.platform.searched)) == ("a", 1)


async def test_a_fault_of_ours_is_tried_again_and_then_given_up(desk: Desk) -> None:
    desk.platform.faults = [KeyError("x") for _ in range(5)]
    await kept(desk, post("a"), post("b"))
    for _ in range(6):
        await desk.workers.settle()
        desk.later(minutes=20)
    assert (await state(desk, "a"), desk.words()) == (OutboxState.FAILED, "b")


async def test_a_post_that_continues_or_replaces_another_is_given_its_id(desk: Desk) -> None:
    await kept(desk, post("first"), post("under", thread="first"), post("instead", replaces="first"))
    await kept(desk, post("typed", thread="@ts77"), post("tapped", replaces="@ts88"))
    await desk.workers.settle()
    given = {posted.row.key: (posted.thread_id, posted.replace_id) for posted in desk.platform.posts}
    first = next(posted.id for posted in desk.platform.posts if posted.row.key == "first")
    assert given["under"] == (first, None)
    assert given["instead"] == (None, first)
    assert (given["typed"], given["tapped"]) == (("ts77", None), (None, "ts88"))


async def test_a_post_waits_for_the_one_that_it_continues(desk: Desk) -> None:
    desk.platform.faults = [TryLater("slow down", 30)]
    await kept(desk, post("first"))
    elsewhere = Message(ToChannel("slack", "C2"), (say("under"),), key="under", thread="first")
    await kept(desk, elsewhere)
    await desk.workers.settle()
    assert desk.words() == ""
    desk.later(minutes=1)
    await desk.workers.settle()
    assert desk.words() == "first\nunder"


async def test_a_person_is_written_to_where_this_process_is(desk: Desk) -> None:
    person = await desk.person("Jasper Lyle", "U1")
    await desk.write(lambda store: store.people.set_account(person.id, Account("teams", "T1", "19:x")))
    await kept(desk, Message(ToPerson(person.id), (say("Hello."),), key="k"))
    row = await desk.ask(lambda store: store.outbox.get("k"))
    assert row is not None
    assert (row.surface, row.conversation) == ("slack", "D-U1")


async def test_a_person_whose_conversation_is_not_known_is_written_to_by_id(desk: Desk) -> None:
    person = await desk.write(lambda store: store.people.meet(Account("slack", "U5"), "New Here"))
    await kept(desk, Message(ToPerson(person.id), (say("Hello."),), key="k"))
    await desk.workers.settle()
    assert desk.platform.posts[0].row.conversation == "U5"


async def test_a_post_to_somebody_who_is_nowhere_is_kept(desk: Desk) -> None:
    person = await desk.write(lambda store: store.people.add("By Return"))
    await kept(desk, Message(ToPerson(person.id), (say("Hello."),), key="k"))
    await desk.workers.settle()
    row = await desk.ask(lambda store: store.outbox.get("k"))
    assert row is not None
    assert (row.surface, row.state) == (NOWHERE, OutboxState.NEW)


async def test_a_prompt_goes_out_is_found_by_its_thread_and_is_not_sent_once_answered(desk: Desk) -> None:
    person = await desk.person("Jasper Lyle", "U1", "Jasper Lyle, Operations Manager ECHT")
    other = await desk.person("Mo Rahman", "U2", "Mo Rahman, Lead Pharmacist")
    await desk.workers.tick()
    await desk.say("6.1.4 on track for February")  # settles: his own answer is handled before the prompt goes
    posted = {
        one.row.key.split(":")[-1]: one for one in desk.platform.posts if one.row.key.startswith("prompt:")
    }
    assert set(posted) == {f"person-{other.id}"}
    assert await _open_prompt(desk, person.id) is None
    assert await _open_prompt(desk, other.id) == ("D-U2", posted[f"person-{other.id}"].id)


async def _open_prompt(desk: Desk, person_id: int) -> tuple[str | None, str] | None:
    def first(store: Store) -> tuple[str | None, str] | None:
        prompt = store.updates.open_prompts(person_id)[0]
        return (prompt.conversation, prompt.message_id) if prompt.message_id else None

    return await desk.ask(first)


async def test_the_clock_does_nothing_twice(desk: Desk) -> None:
    await desk.person("Mo Rahman", "U2", "Mo Rahman, Lead Pharmacist")
    assert await desk.workers.tick() > 0
    assert await desk.workers.tick() == 0
    desk.now += timedelta(minutes=1)
    assert await desk.workers.tick() == 0


async def test_the_office_hears_of_a_post_that_cannot_be_delivered(desk: Desk) -> None:
    await desk.person("Dana Reid", "U7", role=Role.PMO)
    person = await desk.person("Mo Rahman", "U2")
    gone = "The account is deactivated."
    to = ToPerson(person.id)
    desk.platform.faults = [Refused(gone), Refused(gone)]
    await kept(desk, Message(to, (say("How are you?"),), key="prompt:thornmere:meeting-1:person-9"))
    await desk.workers.settle()
    assert desk.words() == ""  # the office could not be told either, and that is the end of it
    desk.platform.faults = [Refused(gone)]
    await kept(desk, Message(to, (say("Still?"),), key="chase:thornmere:meeting-1:person-9"))
    await desk.workers.settle()
    assert desk.words() == f"I could not deliver a chase of thornmere to Mo Rahman: {gone}"


async def test_a_refusal_and_the_word_of_it_are_one_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash between the two would leave nobody told: others see the row as claimed until both are there."""
    await desk.person("Dana Reid", "U7", role=Role.PMO)
    person = await desk.person("Mo Rahman", "U2")
    prompt = Message(ToPerson(person.id), (say("How are you?"),), key="prompt:thornmere:meeting-1:person-9")
    seen: list[OutboxState] = []

    def told(*given: object, **more: object) -> list[Message]:
        with closing(open_store(str(desk.workers.settings.database_url))) as other:
            row = other.outbox.get(prompt.key or "")
            assert row is not None
            seen.append(row.state)
        return undelivered(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.outbox.undelivered", told)
    desk.platform.faults = [Refused("The account is deactivated.")]
    await kept(desk, prompt)
    await desk.workers.settle()
    assert seen == [OutboxState.CLAIMED]
    assert await state(desk, prompt.key or "") is OutboxState.FAILED
    assert "could not deliver" in desk.words()


async def test_a_digest_says_what_the_record_says_when_it_goes(desk: Desk) -> None:
    """It could not be posted at first; meanwhile its author had held the words for the private session."""
    await desk.person("Jasper", "U1", "Jasper Lyle, Operations Manager ECHT")
    await desk.write(
        lambda store: store.plans.set_channel(Channel("slack", "C1", "plan", store.plans.all()[0].id))
    )
    await desk.say("6.1.4 a quarrel over the rota")
    desk.later(days=6)
    desk.platform.faults = [TryLater("slow down", 30)] * 20
    await desk.workers.tick()
    await desk.workers.settle()
    await desk.command("restricted 6.1.4")
    desk.platform.faults, desk.now = [], desk.now + timedelta(seconds=31)
    await desk.workers.settle()
    (digest,) = [one for one in desk.platform.posts if one.row.key.startswith("weekly:")]
    assert "the week to 3 February" in shown([digest.message])
    assert "quarrel" not in shown([digest.message])
    kept = await desk.ask(lambda store: store.outbox.get(digest.row.key))
    assert kept is not None
    assert from_json(kept.content) == digest.message
