"""Answers arriving in Slack all at once: ``python -m tests.bench.bench_slack [PEOPLE]``.

500 people answer within 10 seconds, over the fake's websocket at Slack's own pace, while somebody keeps
asking for the status.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.database import opened
from bot.settings import Settings
from bot.slack.app import Slack
from bot.slack.manifest import manifest
from bot.workers import Workers
from storage.model.document import DateKind, DocAction, DocRating, DocScale, DocTheme, PlanDate, PlanDocument
from storage.model.people import Account, PartyKind
from storage.model.record import Change
from tests.fakes.slack import Conversation, Delivery, FakeSlack, Person

__all__ = ["Figure", "measure"]

WITHIN_SECONDS = 10.0
GIVE_UP_SECONDS = 120.0
NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)
Figure = tuple[str, str, str]  # what, measured, wanted


async def measure(people: int = 500) -> list[Figure]:
    """What the burst did to the bot, as lines of a table."""
    with tempfile.TemporaryDirectory() as folder:
        async with FakeSlack(manifest()) as fake:
            settings = Settings(
                ASSUREBOT_DATABASE_URL=str(Path(folder) / "record.db"),
                SLACK_BOT_TOKEN=SecretStr(fake.bot_token),
                SLACK_APP_TOKEN=SecretStr(fake.app_token),
                ASSUREBOT_SLACK_API_URL=fake.api_url,
                _env_file=None,
            )  # type: ignore[call-arg]
            owners = _people(settings, fake, people)
            slack = Slack(settings, _clock())
            workers = Workers(settings, {"slack": slack}, _clock())
            await workers.start()
            await workers.reading.warm()
            await slack.start(workers)
            try:
                return await _burst(fake, owners)
            finally:
                await slack.stop()
                await workers.stop()


def _clock() -> Callable[[], datetime]:
    began = datetime.now(UTC)
    return lambda: NOW + (datetime.now(UTC) - began)


def _people(settings: Settings, fake: FakeSlack, count: int) -> list[Person]:
    """As many owners as answers, each with an action."""
    owners = [fake.person(f"Owner {number}", f"owner{number}@mereford.example") for number in range(count)]
    with opened(settings) as store, store.writing(Change(None, NOW, "bench")):
        plan = store.plans.import_document("mereford", _plan(count), b"bench", "plan.txt")
        for owner in owners:
            person = store.people.meet(Account("slack", owner.id), owner.name)
            store.people.map_owner(plan.id, owner.name, PartyKind.PERSON, person.id)
    return owners


def _plan(count: int) -> PlanDocument:
    due = PlanDate("June 2026", date(2026, 6, 1), date(2026, 6, 30), DateKind.DUE)
    actions = tuple(
        DocAction(f"{number % 10 + 1}.{number}", str(number % 10 + 1), f"Make change {number}", f"Owner {number}", due=due)
        for number in range(count)
    )  # fmt: skip
    themes = tuple(DocTheme(str(number), f"Theme {number}") for number in range(1, 11))
    scale = DocScale("rag", "RAG", (DocRating("Green"), DocRating("Amber"), DocRating("Red")))
    return PlanDocument("Mereford", themes=themes, actions=actions, scales=(scale,))


async def _burst(fake: FakeSlack, owners: list[Person]) -> list[Figure]:
    channel = fake.channel("plan", *owners)
    began = time.monotonic()
    waits: list[float] = []
    asking = asyncio.create_task(_ask(fake, owners[0], channel, waits))
    gap = WITHIN_SECONDS / len(owners)
    answers = [
        asyncio.create_task(_answer(owner, number, number * gap)) for number, owner in enumerate(owners)
    ]
    await asyncio.gather(*answers)
    arrived = time.monotonic() - began
    receipts = await _receipts(fake, owners)
    took = time.monotonic() - began
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    said = [each for each in fake.deliveries if each.payload.get("event", {}).get("client_msg_id")]
    return [
        *_answers(said, len(owners), arrived),
        (f"receipts of {len(owners)}", str(receipts), str(len(owners))),
        ("all receipts after", f"{took:.1f} s", "under 60 s"),
        ("posts refused as too fast", str(len(fake.pace.refusals)), "0"),
        (f"/plan status, 95th percentile of {len(waits)}", f"{_late(waits):.0f} ms", "under 100 ms"),
    ]


async def _answer(owner: Person, number: int, after: float) -> None:
    await asyncio.sleep(after)
    await owner.dm(f"{number % 10 + 1}.{number} on track, {number} of 900 staff trained so far")


async def _receipts(fake: FakeSlack, owners: list[Person]) -> int:
    """How many there are, when all are there or there is no more patience; looked at seldom, as looking costs."""
    began = time.monotonic()
    while True:
        there = sum("Got it" in message.fallback for message in fake.world.messages)
        if there >= len(owners) or time.monotonic() - began > GIVE_UP_SECONDS:
            return there
        await asyncio.sleep(0.2)


async def _ask(fake: FakeSlack, person: Person, channel: Conversation, waits: list[float]) -> None:
    while True:
        asked = time.monotonic()
        await person.command("/plan", "status theme 6", channel)
        await fake.message_to(person, "Theme 6", seconds=30)
        waits.append(time.monotonic() - asked)
        await asyncio.sleep(0.25)


def _late(waits: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return sorted(waits)[int(len(waits) * 0.95)] * 1000


def _answers(said: Iterable[Delivery], people: int, arrived: float) -> list[Figure]:
    acks = sorted(each.acked_after for each in said if each.acked_after is not None)
    return [
        (f"answers of {people} acknowledged", str(len(acks)), str(people)),
        ("they arrived within", f"{arrived:.1f} s", f"{WITHIN_SECONDS:.0f} s"),
        ("slowest acknowledgement", f"{acks[-1]:.3f} s", "under 1 s"),
    ]


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    for what, measured, wanted in asyncio.run(measure(people)):
        print(f"{what:<42} {measured:>10}   {wanted}")


if __name__ == "__main__":
    main()
