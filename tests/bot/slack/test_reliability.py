"""Nothing is lost and nothing is done twice, whatever happens to sockets, processes and Slack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.run import serve, surfaces_of
from bot.settings import Settings
from bot.slack.manifest import manifest
from storage.model.errors import StoreError
from tests.bot.slack.conftest import FEBRUARY, prepare
from tests.bot.slack.stage import Stage, staged
from tests.fakes.slack import Delivery, FakeSlack, Person, sign
from tests.fakes.slack.delivery import ACK_SECONDS


@pytest.fixture
async def over_http(database: Path) -> AsyncIterator[Stage]:
    async with staged(database, FEBRUARY, http=True, prepare=prepare) as ready:
        yield ready


async def test_an_event_brought_twice_has_one_effect(stage: Stage, priya: Person) -> None:
    said = await priya.dm("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    (first,) = [each for each in stage.fake.deliveries if each.payload.get("event", {}).get("ts") == said.ts]
    again = stage.fake.send(Delivery("events_api", first.payload))
    await again.done.wait()
    await stage.idle()
    assert again.acked
    assert await stage.updates("6.1.2") == ["6.1.2 on track"]
    assert priya.reads().count("Got it") == 1


async def test_what_cannot_be_kept_is_not_acknowledged_and_comes_again(
    stage: Stage, priya: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = stage.workers.receive
    failures = [StoreError("the disk is full")]

    async def receive(*args: object) -> bool:
        if failures:
            stage.fake.ack_seconds = ACK_SECONDS  # for the next time
            raise failures.pop()
        return await kept(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(stage.workers, "receive", receive)
    stage.fake.ack_seconds = 0.1
    await priya.dm("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    await stage.fake.settled()
    assert any(each.attempts > 1 and each.acked for each in stage.fake.deliveries)


async def test_a_socket_that_dies_is_made_anew_and_nothing_is_lost(stage: Stage, priya: Person) -> None:
    before = stage.fake.socket.connections
    await stage.fake.socket.disconnect()
    await priya.dm("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    assert stage.fake.socket.connections > before


async def test_what_came_in_before_a_restart_is_answered_after_it(stage: Stage, priya: Person) -> None:
    await stage.workers.stop()
    stage.workers._stopping.clear()
    await stage.app.stop()
    saying = asyncio.create_task(priya.dm("6.1.2 on track"))
    await stage.run()
    await saying
    await stage.fake.message_to(priya, "Got it")


async def test_two_answers_are_handled_in_their_order(stage: Stage, priya: Person) -> None:
    await asyncio.gather(*(priya.dm(f"6.1.2 on track, {number} homes so far") for number in range(5)))
    await stage.idle()
    words = [text for text in priya.reads().splitlines() if text.startswith("6.1.2 on track")]
    kept = await stage.updates("6.1.2")
    assert len(kept) == 5
    assert list(reversed(kept)) == words


async def test_posts_are_waited_out_when_slack_says_too_fast(stage: Stage, priya: Person) -> None:
    await stage.idle()
    stage.fake.pace.second = 60.0
    await priya.dm("6.1.2 on track")
    await stage.fake.until(lambda: stage.fake.pace.refusals or None, "refusal")
    assert "Got it" not in priya.reads()
    stage.fake.pace.second = 0.0
    async with asyncio.timeout(30):
        while "Got it" not in priya.reads():
            stage.ahead += timedelta(minutes=2)  # the clock moves on
            await stage.workers.tick()
            await asyncio.sleep(0.02)


async def test_a_post_whose_answer_was_lost_is_found_and_not_made_again(stage: Stage, priya: Person) -> None:
    await stage.idle()
    stage.fake.swallowed.append("chat.postMessage")
    await priya.dm("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    async with asyncio.timeout(30):
        while await stage.ask(lambda store: store.outbox.waiting()):
            stage.ahead += timedelta(minutes=2)
            await stage.workers.tick()
            await asyncio.sleep(0.02)
    assert stage.fake.swallowed == []
    assert "conversations.history" in [name for name, _ in stage.fake.calls]
    assert priya.reads().count("Got it") == 1


async def test_two_processes_share_the_work(stage: Stage, priya: Person) -> None:
    other = Stage(stage.settings, stage.fake, stage.start)
    await other.run()
    try:
        for number in range(12):
            await priya.dm(f"6.1.2 on track, {number} homes so far")
        await stage.idle()
        await other.idle()
    finally:
        await other.stop()
    assert len(await stage.updates("6.1.2")) == 12
    assert priya.reads().count("Got it") == 12


async def test_the_bots_own_posts_are_no_input(stage: Stage, priya: Person) -> None:
    await priya.dm("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    await stage.idle()
    rows = await stage.ask(lambda store: store.inbox.waiting() + len(store.inbox.stuck()))
    assert rows == 0
    assert await stage.updates("6.1.2") == ["6.1.2 on track"]


async def test_every_ack_comes_within_three_seconds_while_the_bot_works(stage: Stage, priya: Person) -> None:
    await asyncio.gather(*(priya.dm(f"6.1.2 on track, {number} homes") for number in range(10)))
    command = await priya.command("/plan", "status theme 6")
    await stage.fake.settled()
    assert all(each.attempts == 1 and each.acked for each in (*stage.fake.deliveries, command))


async def test_assurebot_run_serves_slack(database: Path) -> None:
    async with FakeSlack(manifest(), second=0.0) as fake:
        settings = Settings(
            ASSUREBOT_DATABASE_URL=str(database),
            SLACK_BOT_TOKEN=SecretStr(fake.bot_token),
            SLACK_APP_TOKEN=SecretStr(fake.app_token),
            ASSUREBOT_SLACK_API_URL=fake.api_url,
            ASSUREBOT_HTTP_PORT=0,
            _env_file=None,
        )  # type: ignore[call-arg]
        told = asyncio.Event()
        running = asyncio.create_task(serve(settings, surfaces_of(settings), told))
        await asyncio.wait_for(fake.socket.connected.wait(), 60)
        person = fake.person("Ada Quill")
        await person.command("/plan", "help")
        await fake.message_to(person, "help")
        told.set()
        await running
        assert fake.socket.sockets == []


# HTTP mode


async def test_http_mode_does_the_same(over_http: Stage) -> None:
    priya = next(
        Person(over_http.fake, user)
        for user in over_http.fake.world.users.values()
        if user.name == "Priya Nandakumar"
    )
    await priya.dm("6.1.2 slipped to May, trainer off sick")
    receipt = await over_http.fake.message_to(priya, "May 2026")
    await priya.press(receipt, "Change")
    view = await priya.modal()
    await priya.submit(view, {"Your words": "6.1.2 slipped to June"})
    await over_http.fake.message_to(priya, "your words are corrected")
    await priya.command("/plan", "status 6.1.2")
    await over_http.fake.message_to(priya, "June")


@pytest.mark.parametrize(
    ("secret", "late"),
    [
        pytest.param("another secret", 0, id="wrong signature"),
        pytest.param(None, 600, id="old time stamp"),
    ],
)
async def test_a_request_that_slack_did_not_sign_is_refused(
    over_http: Stage, secret: str | None, late: int
) -> None:
    fake = over_http.fake
    courier = fake.courier
    courier.secret, courier.stale_by = secret or fake.secret, late  # type: ignore[union-attr]
    user = next(user for user in fake.world.users.values() if user.name == "Priya Nandakumar")
    fake.retry_waits = (0.0, 0.0, 0.0)
    said = await Person(fake, user).dm("6.1.2 on track")
    (brought,) = [each for each in fake.deliveries if each.payload["event"].get("ts") == said.ts]
    assert brought.status == 401
    await over_http.workers.settle()
    assert await over_http.updates("6.1.2") == []


async def test_slack_verifies_the_address(over_http: Stage) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"})
    headers = sign(over_http.fake.secret, body, int(over_http.fake.world.clock.now()))
    courier = over_http.fake.courier
    async with aiohttp.ClientSession() as session:
        url = courier.url  # type: ignore[union-attr]
        async with session.post(
            url, data=body, headers={**headers, "Content-Type": "application/json"}
        ) as response:
            assert "abc" in await response.text()
