"""The whole bot on a real database, with the fake Teams in front of it over signed HTTP."""

from __future__ import annotations

import asyncio
import dataclasses
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
from bot.teams.app import Teams
from bot.teams.library import PUBLIC
from bot.teams.manifest import ENDPOINT
from bot.web import Server
from bot.workers import Workers
from storage.model.people import Account, Channel, PartyKind, Role
from storage.model.plan import ActionView
from storage.model.record import Change
from storage.store import Store
from tests.fakes.teams import TENANT, Conversation, FakeTeams, Person, tokens
from tests.fakes.teams.world import APP_ID

__all__ = ["Stage", "staged"]

SLUG = "thornmere"
T = TypeVar("T")


@dataclass
class Stage:
    """``fake`` is Teams, ``app`` the bot's side of it, ``workers`` the rest of the bot."""

    settings: Settings
    fake: FakeTeams
    start: datetime
    began: datetime = field(default_factory=real_now)
    ahead: timedelta = timedelta()
    app: Teams = field(init=False)
    workers: Workers = field(init=False)
    server: Server = field(init=False)
    url: str = ""

    def clock(self) -> datetime:
        return self.start + (real_now() - self.began) + self.ahead

    def person(self, name: str, *, owns: tuple[str, ...] = (), role: Role | None = None) -> Person:
        """Somebody in Teams whom the record knows, before the bot runs."""
        human = self.fake.person(name, f"{name.split()[0].lower()}@thornmere.example")
        details = {"service_url": self.fake.url, "tenant": TENANT, "teams_id": human.id}
        with opened(self.settings) as store, store.writing(Change(None, self.clock(), "test")):
            plan = store.plans.get(SLUG)
            assert plan is not None
            account = Account("teams", human.user.aad, None, details)
            known = store.people.meet(account, name, human.user.email)
            for printed in owns:
                assert store.people.map_owner(plan.id, printed, PartyKind.PERSON, known.id)
            if role:
                store.people.give_role(known.id, role, plan.id)
        return human

    def reports_to(self, channel: Conversation) -> None:
        """The plan's channel, before the bot runs."""
        details = {"service_url": self.fake.url, "type": "channel"}
        with opened(self.settings) as store, store.writing(Change(None, self.clock(), "test")):
            plan = store.plans.get(SLUG)
            assert plan is not None
            store.plans.set_channel(Channel("teams", channel.id, channel.name, plan.id, None, details))

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
        cloud = dataclasses.replace(
            PUBLIC, openid_metadata_url=f"{self.fake.url}/openidconfiguration", token_issuer=tokens.ISSUER
        )
        token = tokens.bot_token()
        self.app = Teams(
            self.settings, self.clock, 0.0, cloud, lambda scope, tenant=None: token, files_here=True
        )
        self.workers = Workers(self.settings, {"teams": self.app}, self.clock)
        self.server = Server(self.app.routes(), self.workers.healthy)
        await self.workers.start()
        port = await self.server.start("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{port}"
        self.fake.bot_url = self.url + ENDPOINT
        await self.app.start(self.workers)
        await self.workers.tick()  # so that what falls due at the start is due before a test begins

    async def stop(self) -> None:
        await self.app.stop()
        await self.server.stop()
        await self.workers.stop()

    async def restart(self) -> None:
        await self.stop()
        await self.run()

    async def idle(self) -> None:
        """Until inbox and outbox (rows, not events) are empty and taps are answered."""
        async with asyncio.timeout(60):
            while await self._waits() or self.workers.inbox.replies:  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def _waits(self) -> int:
        return await self.ask(lambda store: store.inbox.waiting() + store.outbox.waiting())


@asynccontextmanager
async def staged(
    database: Path, start: datetime, *, prepare: Callable[[Stage], Any] = lambda _: None, **more: Any
) -> AsyncIterator[Stage]:
    """A database with the plan, whom and what ``prepare`` adds, and then the running bot."""
    async with FakeTeams(second=0.0) as fake:
        given = {
            "ASSUREBOT_DATABASE_URL": str(database),
            "ASSUREBOT_TEAMS_CLIENT_ID": APP_ID,
            "ASSUREBOT_TEAMS_CLIENT_SECRET": SecretStr("unused here"),
            "ASSUREBOT_TEAMS_TENANT_ID": TENANT,
            "ASSUREBOT_PUBLIC_URL": "https://bot.thornmere.example",
            "_env_file": None,
        }
        stage = Stage(Settings(**(given | more)), fake, start)
        prepare(stage)
        await stage.run()
        try:
            yield stage
        finally:
            await stage.stop()
