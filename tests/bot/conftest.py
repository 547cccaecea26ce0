"""The bot behind a scripted platform, on a database that holds the demo's plan, with a clock that tests move."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from bot.settings import Settings
from bot.workers import Workers
from handlers.messages import Message
from nlp.documents import read_plan
from storage.model.people import Account, PartyKind, Person, Role
from storage.model.post import Inbound, InboundKind
from storage.model.record import Change
from storage.open import open_store
from storage.store import Store
from tests.bot.platform import Platform
from tests.handlers.world import shown

T = TypeVar("T")
PLAN = Path(__file__).resolve().parents[2] / "bot" / "demo" / "plan.txt"
START = datetime(2026, 1, 28, 9, 0, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ``.env`` and no ``assurebot.toml`` of the checkout reaches a test."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def plan_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo's plan in it; tests take copies."""
    path = tmp_path_factory.mktemp("plan") / "plan.db"
    data = PLAN.read_bytes()
    with closing(open_store(str(path))) as store, store.writing(Change(None, START, "test")):
        store.plans.import_document("thornmere", read_plan(data, PLAN.name), data, PLAN.name)
    return path


@pytest.fixture
def database(plan_database: Path, tmp_path: Path) -> Path:
    path = tmp_path / "assurebot.db"
    shutil.copy(plan_database, path)
    return path


@dataclass
class Desk:
    """``say`` brings in words in a direct message; ``words`` are what was posted since the last look."""

    workers: Workers
    platform: Platform
    now: datetime = START
    number: int = 0
    seen: int = 0
    replies: list[Message] = field(default_factory=list)

    def inbound(
        self, text: str, kind: InboundKind = InboundKind.MESSAGE, user: str = "U1", **more: object
    ) -> Inbound:
        self.number += 1
        given = {"conversation": f"D-{user}", "message_id": f"in{self.number}", "user_name": user} | more
        key = str(given.pop("key", f"e{self.number}"))
        return Inbound(self.platform.name, key, kind, user, at=self.now, text=text, **given)  # type: ignore[arg-type]

    async def say(self, text: str, user: str = "U1", **more: object) -> str:
        await self.workers.receive(self.inbound(text, user=user, **more))
        await self.workers.settle()
        return self.words()

    async def command(
        self, text: str, kind: InboundKind = InboundKind.COMMAND, user: str = "U1", **more: object
    ) -> str:
        """Something that is answered within the interaction."""
        inbound = self.inbound(text, kind, user, **more)
        await self.workers.do(inbound, self.reply)
        answered, self.replies = self.replies, []
        return shown(answered)

    async def reply(self, messages: Sequence[Message]) -> None:
        self.replies += messages

    def words(self) -> str:
        new, self.seen = self.platform.posts[self.seen :], len(self.platform.posts)
        return shown([posted.message for posted in new])

    async def ask(self, question: Callable[[Store], T]) -> T:
        return await self.workers.ask(question)

    async def write(self, act: Callable[[Store], T]) -> T:
        def done(store: Store) -> T:
            with store.writing(Change(None, self.now, "test")):
                return act(store)

        return await self.workers.writer.run(done)

    async def person(self, name: str, user: str, *owns: str, role: Role | None = None) -> Person:
        """A person with an account on the platform who stands for these printed owners."""

        def make(store: Store) -> Person:
            plan = store.plans.all()[0]
            person = store.people.meet(Account(self.platform.name, user, f"D-{user}"), name)
            for printed in owns:
                store.people.map_owner(plan.id, printed, PartyKind.PERSON, person.id)
            if role:
                store.people.give_role(person.id, role, plan.id)
            return person

        return await self.write(make)

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)


def settings_for(database: Path, **more: object) -> Settings:
    return Settings(ASSUREBOT_DATABASE_URL=str(database), **more)  # type: ignore[call-arg, arg-type]


@pytest.fixture
async def desk(database: Path) -> AsyncIterator[Desk]:
    platform = Platform()
    desk = Desk(Workers(settings_for(database), {platform.name: platform}, lambda: desk.now), platform)
    await desk.workers.open()
    yield desk
    await desk.workers.stop()
