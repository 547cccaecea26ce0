"""Nothing is lost and nothing is done twice, whatever Teams answers and whatever happens to processes."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.surface import Unknown
from handlers.messages import ASKER, Chart, Details, File, Message, ToChannel, say, to_json
from storage.model.errors import StoreError
from storage.model.post import OutboxRow, OutboxState
from storage.model.record import Change
from tests.bot.teams.stage import Stage
from tests.fakes.teams import Conversation, Person, tokens
from tests.fakes.teams.server import Delivery


async def test_an_activity_brought_twice_has_one_effect(stage: Stage, priya: Person) -> None:
    await priya.say("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    again = Delivery(stage.fake.deliveries[-1].activity)
    await stage.fake.send(again, tokens.sign(stage.fake.url))
    await stage.idle()
    assert again.status == 200
    assert await stage.updates("6.1.2") == ["6.1.2 on track"]
    assert priya.reads().count("Got it") == 1


async def test_what_cannot_be_kept_is_not_acknowledged_and_comes_again(
    stage: Stage, priya: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = stage.workers.receive
    failures = [StoreError("the disk is full")]

    async def receive(*args: object) -> bool:
        if failures:
            raise failures.pop()
        return await kept(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(stage.workers, "receive", receive)
    await priya.say("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    assert stage.fake.deliveries[-1].attempts == 2


async def test_what_came_in_before_a_restart_is_answered_after_it(stage: Stage, priya: Person) -> None:
    await stage.idle()
    stage.workers._stopping.set()  # the loops stand still, the endpoint does not
    stage.workers._in.set()
    await priya.say("6.1.2 on track")
    await stage.restart()
    await stage.fake.message_to(priya, "Got it")
    assert await stage.updates("6.1.2") == ["6.1.2 on track"]


@pytest.fixture
def long_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a clock that jumps in the middle of a post would make it look like a crash, and the post be repeated."""
    monkeypatch.setattr("bot.outbox.LEASE_SECONDS", 10**6)


@pytest.mark.usefixtures("long_claims")
async def test_posts_are_waited_out_when_teams_says_too_fast(stage: Stage, priya: Person) -> None:
    await stage.idle()
    stage.fake.connector.outage = [429, 429]
    await priya.say("6.1.2 on track")
    await stage.fake.until(lambda: None if stage.fake.connector.outage == [429, 429] else True, "refusal")
    await _settled(stage, priya, "Got it")
    assert priya.reads().count("Got it") == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_post_that_failed_is_made_again(stage: Stage, priya: Person, status: int) -> None:
    await stage.idle()
    stage.fake.connector.outage = [status]
    await priya.say("6.1.2 on track")
    await _settled(stage, priya, "Got it")


async def test_a_post_whose_answer_was_lost_is_repeated_once_and_only_when_teams_answers_again(
    stage: Stage, priya: Person
) -> None:
    """Teams shows a bot no history."""
    await stage.idle()
    stage.fake.connector.lost = [502]  # the post stands all the same
    await priya.say("6.1.2 on track")
    await stage.fake.until(lambda: priya.reads().count("Got it") == 2 or None, "repeat")
    await stage.idle()
    assert priya.reads().count("Got it") == 2
    stage.fake.connector.outage = [504]
    with pytest.raises(Unknown, match="504"):
        await stage.app.find(_row("digest:1", priya.chat, Message(ASKER, (say("x"),))), stage.clock())


async def _settled(stage: Stage, who: Person, words: str) -> None:
    """The clock moves on until it is there."""
    async with asyncio.timeout(30):
        while words not in who.reads():
            stage.ahead += timedelta(minutes=2)
            await stage.workers.tick()
            await asyncio.sleep(0.02)


async def test_a_long_post_goes_on_where_it_was_stopped(stage: Stage, channel: Conversation) -> None:
    """Teams shows a bot no history: so what stands is remembered while the process lives."""
    await stage.idle()
    parts = tuple(say(f"part {number} " + "word " * 450) for number in range(20))
    row = _row("digest:thornmere:1", channel, Message(ToChannel("teams", channel.id), parts))
    stage.fake.connector.outage = []
    posted = stage.app._calls.post
    calls = 0

    async def failing(*args: object) -> dict[str, object]:
        nonlocal calls
        calls += 1
        if calls == 2:
            stage.fake.connector.outage = [429]
        return await posted(*args)  # type: ignore[arg-type]

    stage.app._calls.post = failing  # type: ignore[method-assign, assignment]
    message = Message(ToChannel("teams", channel.id), parts)
    with pytest.raises(Exception, match="wait"):
        await stage.app.post(row, message, None, None)
    first = await stage.app.post(row, message, None, None)
    everything = stage.fake.messages_to(channel)
    said = "\n".join(each.text for each in everything)
    assert [said.count(f"part {number} ") for number in range(20)] == [1] * 20
    assert everything[0].id == first
    assert all(each.root == first for each in everything[1:])


def _row(key: str, where: Conversation, message: Message, **more: object) -> OutboxRow:
    from bot.clock import now

    content = to_json(message) | more
    return OutboxRow(1, key, "teams", where.id, content, OutboxState.CLAIMED, now())


# files and pictures


async def test_a_file_is_offered_and_handed_over_when_accepted(stage: Stage, priya: Person) -> None:
    await _keep(stage, "pack:1", priya.chat, Message(ASKER, (say("The pack"), File("pack.docx", b"docx"))))
    offer = await stage.fake.message_to(priya, "pack.docx")
    await stage.restart()  # what was offered before is still to be had
    await priya.consent(offer)
    await stage.fake.until(
        lambda: next((True for one in stage.fake.world.files.values() if one == b"docx"), None), "file"
    )
    await stage.fake.message_to(priya, "[file: pack.docx]")


async def test_a_declined_file_is_left(stage: Stage, priya: Person) -> None:
    await _keep(stage, "pack:1", priya.chat, Message(ASKER, (File("pack.docx", b"docx"),)))
    offer = await stage.fake.message_to(priya, "[file: pack.docx]")
    await priya.consent(offer, accept=False)
    await stage.idle()
    assert stage.fake.world.files == {}


async def test_in_a_channel_files_are_links_and_charts_pictures_that_stay(
    stage: Stage, channel: Conversation
) -> None:
    parts = (say("Digest"), Chart(b"\x89PNG", "4 green", "Ratings"), File("pack.docx", b"docx"))
    await _keep(stage, "digest:1", channel, Message(ToChannel("teams", channel.id), parts))
    digest = await stage.fake.message_to(channel, "[image: 4 green]")
    link = await stage.fake.message_to(channel, "pack.docx")
    assert link.root == digest.id
    await stage.restart()
    for message, content, kind in (
        (digest, b"\x89PNG", "image/png"),
        (link, b"docx", "application/octet-stream"),
    ):
        address = _address(message.payload)
        assert address.startswith("https://bot.thornmere.example/teams/files/")
        async with stage.fake.http.get(
            address.replace("https://bot.thornmere.example", stage.url)
        ) as response:
            assert (response.status, response.content_type) == (200, kind)
            assert await response.read() == content


async def test_an_address_that_was_not_made_for_it_shows_nothing(stage: Stage, channel: Conversation) -> None:
    parts = (Chart(b"\x89PNG", "4 green", "Ratings"),)
    await _keep(stage, "digest:1", channel, Message(ToChannel("teams", channel.id), parts))
    digest = await stage.fake.message_to(channel, "4 green")
    path = _address(digest.payload).removeprefix("https://bot.thornmere.example")
    start, key, token, name = path.rsplit("/", 3)
    for wrong in (
        f"{start}/{key}/{'0' * len(token)}/{name}",
        f"{start}/%FF/{token}/{name}",
        f"{start}/eA/{token}/é",
    ):
        async with stage.fake.http.get(stage.url + wrong) as response:
            assert response.status == 404


def _address(payload: object) -> str:
    import json
    import re

    found = re.search(r'https://bot\.thornmere\.example[^"]+', json.dumps(payload))
    assert found is not None
    return found[0]


async def _keep(stage: Stage, key: str, where: Conversation, message: Message) -> None:
    def keep(store: object) -> None:
        with store.writing(Change(None, stage.clock(), "test")):  # type: ignore[attr-defined]
            store.outbox.add(key, "teams", where.id, to_json(message))  # type: ignore[attr-defined]

    await stage.workers.writer.run(keep)
    stage.workers._out.set()


async def test_a_plan_dropped_by_the_programme_office_is_compared(stage: Stage, tom: Person) -> None:
    from tests.bot.conftest import PLAN

    changed = PLAN.read_text().replace("Open a seven day advice line", "Open an eight day advice line")
    await tom.drop_file("plan-v8.txt", changed.encode())
    answer = await stage.fake.message_to(tom)
    assert "wrong on my side" not in answer.text


async def test_a_file_from_elsewhere_is_not_fetched(stage: Stage, tom: Person) -> None:
    stage.app._files_here = False
    await tom.drop_file("plan.txt", b"6.1")
    assert "does not lie in Teams" in (await stage.fake.message_to(tom)).text


async def test_details_too_long_to_fold_go_on_below(stage: Stage, priya: Person) -> None:
    details = Details("Everything", tuple([say("late " * 500)] * 14))
    await _keep(stage, "long:1", priya.chat, Message(ASKER, (say("In short"), details)))
    first = await stage.fake.message_to(priya, "In short")
    assert "late" in first.text
    await stage.fake.message_to(priya, "late")
    assert stage.fake.complaints == []
