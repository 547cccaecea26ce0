"""``assurebot run`` is killed again and again while answers arrive: every one counts once, nobody hears twice."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.database import opened
from bot.slack.manifest import manifest
from storage.model.document import DateKind, DocAction, DocTheme, PlanDate, PlanDocument
from storage.model.people import Account, PartyKind
from storage.model.record import Change
from storage.open import open_store
from tests.bot.conftest import settings_for
from tests.fakes.slack import FakeSlack, Person

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("ASSUREBOT_TEST_CRASH") == "long"
ANSWERS, KILLS = (300, 40) if LONG else (24, 4)
# The program itself, with claims that run out in seconds, so that a test need not wait for a minute.
RUN = """
import sys, bot.inbox, bot.outbox, bot.workers
bot.inbox.LEASE_SECONDS = bot.outbox.LEASE_SECONDS = 3
bot.workers._IDLE_SECONDS = 0.3
from bot.cli import main
sys.exit(main(["run"]))
"""


class Program:
    """``assurebot run`` as a process that can be killed."""

    def __init__(self, folder: Path, slack: FakeSlack) -> None:
        self.folder = folder
        self.code = RUN
        self.environment = {
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "ASSUREBOT_HTTP_PORT": "0",
            "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "ASSUREBOT_SLACK_API_URL": slack.api_url,
        }  # fmt: skip
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", self.code, cwd=self.folder, env=self.environment, stderr=log
            )

    async def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return await self.process.wait()


def prepare(folder: Path, slack: FakeSlack) -> list[Person]:
    """A plan with an action, an owner and a Slack account for each answer."""
    owners = [slack.person(f"Owner {number}", f"o{number}@mereford.example") for number in range(ANSWERS)]
    due = PlanDate("June 2031", date(2031, 6, 1), date(2031, 6, 30), DateKind.DUE)
    actions = tuple(
        DocAction(f"1.{number}", "1", f"Make change {number}", owner.name, due=due)
        for number, owner in enumerate(owners)
    )
    document = PlanDocument("Mereford", themes=(DocTheme("1", "Changes"),), actions=actions)
    change = Change(None, datetime(2026, 1, 5, tzinfo=UTC), "test")
    with opened(settings_for(folder / "assurebot.db")) as store, store.writing(change):
        plan = store.plans.import_document("mereford", document, b"made up", "plan.txt")
        for owner in owners:
            person = store.people.meet(Account("slack", owner.id), owner.name)
            store.people.map_owner(plan.id, owner.name, PartyKind.PERSON, person.id)
    return owners


async def killing(program: Program, kills: int) -> None:
    """Kill it at arbitrary moments, and start it again each time."""
    for _ in range(kills):
        await asyncio.sleep(random.uniform(0.4, 2.0))
        await program.kill()
        await program.start()


@pytest.mark.crash
async def test_no_answer_is_lost_or_counted_twice(tmp_path: Path) -> None:
    async with FakeSlack(manifest(), second=0.01) as slack:
        owners = prepare(tmp_path, slack)
        program = Program(tmp_path, slack)
        await program.start()
        work = asyncio.create_task(killing(program, KILLS))
        for number, owner in enumerate(owners):
            await owner.dm(f"1.{number} on track, {number} of 900 staff trained")
            await asyncio.sleep(random.uniform(0.0, 0.2))
        await work
        acknowledged = {
            delivery.payload["event"]["user"]
            for delivery in slack.deliveries
            if delivery.acked and delivery.payload["event"].get("client_msg_id")
        }
        for owner in owners:
            if owner.id in acknowledged:
                await slack.message_to(owner, "1.", seconds=60)
        # a program that is told to stop while it still loads has begun nothing: the signal alone ends it
        assert await program.stop() in {0, -signal.SIGTERM}
        receipts = {owner.id: len(slack.messages_to(owner)) for owner in owners if owner.id in acknowledged}
    assert Counter(receipts.values()) == {1: len(acknowledged)}
    with closing(open_store(str(tmp_path / "assurebot.db"))) as store:
        heard = Counter(update.author for update in store.updates.of_plan(1))
        names = Counter(owner.name for owner in owners if owner.id in acknowledged)
        assert names <= heard  # an unacknowledged one may have been kept before the kill
        assert set(heard.values()) == {1}
        assert (store.inbox.waiting(), store.inbox.stuck(), store.audit.verify()) == (0, [], None)
    log = (tmp_path / "log").read_text()
    assert "handled" in log
    for never in ("Traceback", "staff trained", "Owner 1", slack.bot_token, slack.app_token):
        assert never not in log
