"""The whole bot on a real database, with the fake Slack in front of it over a real socket or signed HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr

from bot.clock import now as real_now
from bot.database import opened
from bot.settings import Settings
from bot.slack.app import Slack
from bot.slack.manifest import EVENTS_PATH, manifest
from bot.web import Server
from bot.workers import Workers
from nlp.documents import read_plan
from storage.model.people import Account, Channel, PartyKind, Role
from storage.model.plan import ActionView
from storage.model.record import Change
from storage.store import Store
from tests.fakes.slack import Conversation, FakeSlack, Person

__all__ = ["PLAN", "Stage", "staged", "with_plan"]

PLAN = Path(__file__).resolve().parents[3] / "bot" / "demo" / "plan.txt"
SLUG = "thornmere"
T = TypeVar("T")


@dataclass
class Stage:
    """``fake`` is Slack, ``app`` the bot's side of it, ``workers`` the rest of the bot."""

    settings: Settings
    fake: FakeSlack
    start: datetime
    began: datetime = field(default_factory=real_now)
    ahead: timedelta = timedelta()
    pace: float = 0.0  # nobody waits; the tests of pace set both sides
    app: Slack = field(init=False)
    workers: Workers = field(init=False)

    def clock(self) -> datetime:
        return self.start + (real_now() - self.began) + self.ahead

    def person(self, name: str, *, owns: tuple[str, ...] = (), role: Role | None = None) -> Person:
        """Somebody in Slack whom the record knows, before the bot runs."""
        human = self.fake.person(name, email=f"{name.split()[0].lower()}@thornmere.example")
        with opened(self.settings) as store, store.writing(Change(None, self.clock(), "test")):
            plan = store.plans.get(SLUG)
            assert plan is not None
            known = store.people.meet(Account("slack", human.id), name, human.user.email)
            for printed in owns:
                assert store.people.map_owner(plan.id, printed, PartyKind.PERSON, known.id)
            if role:
                store.people.give_role(known.id, role, plan.id)
        return human

    def reports_to(self, channel: Conversation) -> None:
        """The plan's channel, before the bot runs."""
        with opened(self.settings) as store, store.writing(Change(None, self.clock(), "test")):
            plan = store.plans.get(SLUG)
            assert plan is not None
            store.plans.set_channel(Channel("slack", channel.id, channel.name, plan.id))

    async def ask(self, question: Callable[[Store], T]) -> T:
        return await self.workers.ask(question)

    async def view(self, ref: str) -> ActionView:
        def look(store: Store) -> ActionView:
            plan = store.plans.get(SLUG)
            assert plan is not None
            (action,) = store.plans.action(plan.id, ref)[:1]
            return store.plans.views(plan.id, action_ids=[action.id])[0]

        return await self.ask(look)

    async def updates(self, ref: str) -> list[str]:
        """The standing words against an action, newest first."""
        action_id = (await self.view(ref)).action.id
        kept = await self.ask(lambda store: store.updates.of_action(action_id))
        return [update.text or "" for update in kept if update.standing]

    async def run(self) -> None:
        self.app = Slack(self.settings, self.clock, pace=self.pace)
        self.workers = Workers(self.settings, {"slack": self.app}, self.clock)
        await self.workers.start()
        await self.app.start(self.workers)
        await self.workers.tick()  # so that what falls due at the start is due before a test begins

    async def stop(self) -> None:
        await self.app.stop()
        await self.workers.stop()

    async def restart(self) -> None:
        await self.stop()
        await self.run()

    async def idle(self) -> None:
        """Until Slack has brought everything, inbox and outbox (rows, not events) are empty and taps are answered."""
        await self.fake.settled()
        async with asyncio.timeout(60):
            while await self._waits() or self.workers.inbox.replies:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def _waits(self) -> int:
        return await self.ask(lambda store: store.inbox.waiting() + store.outbox.waiting())


@asynccontextmanager
async def staged(
    database: Path, start: datetime, *, http: bool = False, prepare: Callable[[Stage], Any] = lambda _: None
) -> AsyncIterator[Stage]:
    """A database with the plan, whom and what ``prepare`` adds, and then the running bot."""
    made = manifest(public_url="https://bot.thornmere.example" if http else None)
    async with FakeSlack(made, second=0.0) as fake:
        settings = Settings(
            ASSUREBOT_DATABASE_URL=str(database),
            SLACK_BOT_TOKEN=SecretStr(fake.bot_token),
            SLACK_APP_TOKEN=None if http else SecretStr(fake.app_token),
            SLACK_SIGNING_SECRET=SecretStr(fake.secret) if http else None,
            ASSUREBOT_SLACK_API_URL=fake.api_url,
            _env_file=None,
        )  # type: ignore[call-arg]
        stage = Stage(settings, fake, start)
        prepare(stage)
        await stage.run()
        server = Server(stage.app.routes(), stage.workers.healthy)
        port = await server.start("127.0.0.1", 0)
        if http:
            fake.over_http(f"http://127.0.0.1:{port}{EVENTS_PATH}")
        try:
            yield stage
        finally:
            await stage.stop()
            await server.stop()


def with_plan(path: Path) -> Path:
    """A database with the demo plan."""
    data = PLAN.read_bytes()
    settings = Settings(ASSUREBOT_DATABASE_URL=str(path), _env_file=None)  # type: ignore[call-arg]
    with opened(settings) as store, store.writing(Change(None, real_now(), "test")):
        store.plans.import_document(SLUG, read_plan(data, PLAN.name), data, PLAN.name)
    return path
