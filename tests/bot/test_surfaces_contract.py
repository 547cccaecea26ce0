"""The same scenarios in Slack, in Teams and in the terminal: people read the same words, and the record ends the same.

A desk is one surface with the whole bot behind it. What differs between surfaces by nature (a modal or a card, a
picture or its words, how a file is handed over) is left to their own tests.
"""

from __future__ import annotations

import asyncio
import io
import re
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest

from bot.chat import Talk
from bot.console.render import Choices, Printer
from bot.console.surface import conversation_of
from bot.database import opened
from handlers.messages import Button, File, Form, Message
from storage.model.people import Account, Channel, PartyKind, Role
from storage.model.post import InboundKind, OutboxRow
from storage.model.record import Change
from storage.store import Store
from tests.bot.conftest import PLAN, settings_for
from tests.bot.slack.stage import Stage as SlackStage
from tests.bot.slack.stage import staged as in_slack
from tests.bot.teams.stage import Stage as TeamsStage
from tests.bot.teams.stage import staged as in_teams
from tests.fakes.slack import Person as SlackPerson
from tests.fakes.teams import Person as TeamsPerson

START = datetime(2026, 2, 3, 9, tzinfo=UTC)
OWNS = ("Priya Nandakumar, Head of Quality", "Director of Nursing, TVFT")
OWNER, OFFICE = "Priya Nandakumar", "Tom Fairbrother"
T = TypeVar("T")


class Desk(Protocol):
    """``who`` is OWNER or OFFICE; every act returns what that person can read now and could not before."""

    async def say(self, who: str, words: str) -> str: ...
    async def press(self, who: str, title: str, filled: Mapping[str, str] | None = None) -> str:
        """A button of what they can see, by how its label begins; with ``filled``, the form that it opens is filled in and sent."""
        ...

    async def drop(self, who: str, name: str, content: bytes) -> str: ...
    async def news(self, who: str) -> str: ...
    async def in_channel(self) -> str: ...
    async def later(self, when: datetime) -> None: ...
    async def ask(self, question: Callable[[Store], T]) -> T: ...


@dataclass
class _Fake:
    """What is new among the messages of a fake: the text of each, where it is not as it was."""

    stage: Any
    seen: dict[tuple[str, int], str] = field(default_factory=dict)

    async def ask(self, question: Callable[[Store], T]) -> T:
        found: T = await self.stage.ask(question)
        return found

    async def news(self, who: str) -> str:
        await self.stage.idle()
        return self._new(who, self._messages(who))

    async def in_channel(self) -> str:
        await self.stage.idle()
        return self._new(
            "#", [(id(each), each.text) for each in self.stage.fake.messages_to(self._channel())]
        )

    async def later(self, when: datetime) -> None:
        await self.stage.idle()  # a jump in the middle of a post would look like a crash
        self.stage.ahead += when - self.stage.clock()
        await self.stage.workers.tick()
        await self.stage.idle()

    def _new(self, who: str, messages: list[tuple[int, str]]) -> str:
        new = [words for name, words in messages if self.seen.get((who, name)) != words]
        self.seen |= {(who, name): words for name, words in messages}
        return "\n".join(new)

    def _button(self, person: Any, title: str) -> tuple[Any, str]:
        """The newest button whose label begins like that, and its message."""
        pattern = re.compile(rf"\[({re.escape(title)}[^\]]*)\]")
        for message in reversed(self.stage.fake.messages_to(person)):
            found = pattern.search(message.text)
            if found:
                return message, found[1]
        raise AssertionError(f"no button {title!r}")

    def _person(self, name: str) -> Any:
        people = self.stage.fake.world.users.values()
        return self._human()(self.stage.fake, next(user for user in people if user.name == name))

    def _channel(self) -> Any:
        return next(each for each in self.stage.fake.world.conversations.values() if each.name == "plan")

    def _human(self) -> Any:
        raise NotImplementedError

    def _messages(self, who: str) -> list[tuple[int, str]]:
        raise NotImplementedError


class SlackDesk(_Fake):
    def _human(self) -> Any:
        return SlackPerson

    def _messages(self, who: str) -> list[tuple[int, str]]:
        return [(id(each), each.text) for each in self.stage.fake.messages_to(self._person(who))]

    async def say(self, who: str, words: str) -> str:
        await self._person(who).dm(words)
        return await self.news(who)

    async def press(self, who: str, title: str, filled: Mapping[str, str] | None = None) -> str:
        person = self._person(who)
        message, label = self._button(person, title)
        await person.press(message, label)
        if filled is not None:
            await person.submit(await person.modal(), dict(filled))
        return await self.news(who)

    async def drop(self, who: str, name: str, content: bytes) -> str:
        await self._person(who).drop_file(name, content)
        return await self.news(who)


class TeamsDesk(_Fake):
    def _human(self) -> Any:
        return TeamsPerson

    def _messages(self, who: str) -> list[tuple[int, str]]:
        return [(id(each), each.text) for each in self.stage.fake.messages_to(self._person(who))]

    async def say(self, who: str, words: str) -> str:
        await self._person(who).say(words)
        return await self.news(who)

    async def press(self, who: str, title: str, filled: Mapping[str, str] | None = None) -> str:
        person = self._person(who)
        message, label = self._button(person, title)
        await person.press(message, label)
        if filled is not None:
            await person.press(message, "Save", dict(filled))
        return await self.news(who)

    async def drop(self, who: str, name: str, content: bytes) -> str:
        await self._person(who).drop_file(name, content)
        return await self.news(who)


class _Heard(Talk):
    """A terminal that keeps what it shows by who reads it; what was replaced is not read twice."""

    def begin(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.offered: list[Any] = []

    def _posted(self, row: OutboxRow, message: Message) -> None:
        self._keep(row.conversation, message)

    def _show(self, message: Message) -> None:
        self._keep(self.account.conversation or "", message)

    def _keep(self, where: str, message: Message) -> None:
        choices, out = Choices(), io.StringIO()
        told = replace(message, parts=tuple(part for part in message.parts if not isinstance(part, File)))
        Printer(out).show(self.renderer.message(told, choices))
        self.shown.append((where, out.getvalue()))
        self.offered += choices.offered


@dataclass
class ConsoleDesk:
    talk: _Heard
    moment: datetime
    folder: Path
    read: set[int] = field(default_factory=set)

    async def ask(self, question: Callable[[Store], T]) -> T:
        return await self.talk.workers.ask(question)

    async def say(self, who: str, words: str) -> str:
        return await self._acted(who, lambda: self.talk.send(InboundKind.MESSAGE, words))

    async def press(self, who: str, title: str, filled: Mapping[str, str] | None = None) -> str:
        buttons = (one for one in reversed(self.talk.offered) if isinstance(one, Button))
        button = next(one for one in buttons if one.label.startswith(title))
        said = await self._acted(who, lambda: self.talk.send(InboundKind.TAP, button.command))
        if filled is None:
            return said
        form = next(one for one in reversed(self.talk.offered) if isinstance(one, Form))
        values = {one.name: filled.get(one.label, one.value) for one in form.fields}
        return await self._acted(who, lambda: self.talk.send(InboundKind.FORM, form.command, values))

    async def drop(self, who: str, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        return await self._acted(who, lambda: self.talk.typed(str(path)))

    async def news(self, who: str) -> str:
        return self._new(conversation_of(who.casefold()))

    async def in_channel(self) -> str:
        return self._new("#plan")

    async def later(self, when: datetime) -> None:
        self.moment = when
        await self.talk.workers.tick()
        await self.talk.settle()

    async def _acted(self, who: str, act: Callable[[], Awaitable[None]]) -> str:
        await self.talk.sit(who)
        await act()
        return await self.news(who)

    def _new(self, where: str) -> str:
        new = [
            (at, words)
            for at, (to, words) in enumerate(self.talk.shown)
            if to == where and at not in self.read
        ]
        self.read |= {at for at, _ in new}
        return "\n".join(words for _, words in new)


# desks


def _prepare(stage: SlackStage | TeamsStage) -> None:
    people = stage.person(OWNER, owns=OWNS), stage.person(OFFICE, role=Role.PMO)
    stage.reports_to(stage.fake.channel("plan", *people))  # type: ignore[arg-type]


@asynccontextmanager
async def slack(database: Path, folder: Path) -> AsyncIterator[Desk]:
    async with in_slack(database, START, prepare=_prepare) as stage:
        yield SlackDesk(stage)


@asynccontextmanager
async def teams(database: Path, folder: Path) -> AsyncIterator[Desk]:
    async with in_teams(database, START, prepare=_prepare) as stage:
        yield TeamsDesk(stage)


@asynccontextmanager
async def console(database: Path, folder: Path) -> AsyncIterator[Desk]:
    settings = settings_for(database)
    with opened(settings) as store, store.writing(Change(None, START, "test")):
        plan = store.plans.all()[0]
        for name, role in ((OWNER, None), (OFFICE, Role.PMO)):
            account = Account("console", name.casefold(), conversation_of(name.casefold()))
            person = store.people.meet(account, name, f"{name.split()[0].lower()}@thornmere.example")
            for printed in OWNS if role is None else ():
                store.people.map_owner(plan.id, printed, PartyKind.PERSON, person.id)
            if role:
                store.people.give_role(person.id, role, plan.id)
        store.plans.set_channel(Channel("console", "#plan", "plan", plan.id))
    talk = _Heard(settings, Printer(io.StringIO()), lambda: desk.moment, folder)
    desk = ConsoleDesk(talk, START, folder)
    talk.begin()
    await talk.workers.open()
    await talk.sit(OWNER)
    await desk.later(START)
    yield desk
    await talk.workers.stop()


SURFACES: dict[str, Callable[[Path, Path], AbstractAsyncContextManager[Desk]]] = {
    "slack": slack,
    "teams": teams,
    "console": console,
}


# scenarios: each returns what people read, step by step


async def prompt(desk: Desk) -> list[str]:
    return [await desk.news(OWNER), await desk.news(OFFICE)]


async def answer_and_receipt(desk: Desk) -> list[str]:
    await desk.news(OWNER)
    return [await desk.say(OWNER, "6.1.2 on track, two homes so far. rest no change")]


async def taps(desk: Desk) -> list[str]:
    await desk.news(OWNER)
    asked = await desk.say(OWNER, "6.1.2 slipped to May, rota gap")
    return [asked, await desk.press(OWNER, "Yes")]


async def edit(desk: Desk) -> list[str]:
    await desk.news(OWNER)
    await desk.say(OWNER, "6.1.2 slipped to May, rota gap")
    return [await desk.press(OWNER, "Change", {"Your words": "6.1.2 slipped to June, rota gap"})]


async def wrong_action(desk: Desk) -> list[str]:
    await desk.news(OWNER)
    said = await desk.say(OWNER, "the written plan that every patient is given before they leave is on track")
    chosen = await desk.press(OWNER, "Not this action")
    return [said, chosen, await desk.press(OWNER, "6.1.2")]


async def status_with_filters(desk: Desk) -> list[str]:
    await desk.news(OFFICE)
    asked = (
        "status theme 6",
        "/status theme 6 red",
        "status must overdue",
        "status 6.1.4",
        "status owner Priya",
    )
    return [await desk.say(OFFICE, words) for words in asked]


async def digest(desk: Desk) -> list[str]:
    await desk.in_channel()
    await desk.later(datetime(2026, 2, 16, 14, tzinfo=UTC))
    return [await desk.in_channel()]


async def meeting_sheet(desk: Desk) -> list[str]:
    await desk.later(datetime(2026, 2, 17, 10, tzinfo=UTC))
    await desk.news(OFFICE)
    sheet = await desk.say(OFFICE, "meeting 17 February")
    decided = await desk.say(OFFICE, "decide 6.1.4 red, return in May")
    return [sheet, decided, await desk.say(OFFICE, "minutes")]


async def escalation(desk: Desk) -> list[str]:
    """Nobody answers: what comes to the owner and to the office, day by day."""
    read = []
    for day in (5, 9, 10, 11, 12, 13):
        await desk.later(datetime(2026, 2, day, 10, tzinfo=UTC))
        read += [await desk.news(OWNER), await desk.news(OFFICE)]
    return read


async def file(desk: Desk) -> list[str]:
    await desk.news(OFFICE)
    changed = PLAN.read_text().replace("Open a seven day advice line", "Open an eight day advice line")
    return [
        await desk.drop(OFFICE, "plan-v8.txt", changed.encode()),
        await desk.drop(OFFICE, "broken.docx", b"\x00\x01"),
    ]


SCENARIOS = (
    prompt,
    answer_and_receipt,
    taps,
    edit,
    wrong_action,
    status_with_filters,
    digest,
    meeting_sheet,
    escalation,
    file,
)
_FILE = re.compile(r"\[file: [^\]]*\]")  # how a file is handed over is each surface's own
_PICTURE = re.compile(
    r"Chart: .*?\.png\)|(?:Ratings by theme\s*)?\[image: [^\]]*\]", re.DOTALL
)  # and how a picture is told in words
_WORD = re.compile(r"#?\d+(?:\.\d+)+|[^\W\d_]{2,}")


def words(read: str) -> Counter[str]:
    """What was said, however it is laid out: words and refs; not numbers of choices, nor lines of a table."""
    return Counter(_WORD.findall(_PICTURE.sub("", _FILE.sub("", read))))


def record(store: Store) -> list[Any]:
    """What stands on the record of each action."""
    plan = store.plans.all()[0]
    views = store.plans.views(plan.id)
    updates = [
        [one.text for one in store.updates.of_action(view.action.id) if one.standing] for view in views
    ]
    return [
        (view.action.ref, view.requested, view.proposed, said)
        for view, said in zip(views, updates, strict=True)
    ]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.__name__)
async def test_people_read_and_do_the_same_wherever_they_are(
    scenario: Callable[[Desk], Awaitable[list[str]]], plan_database: Path, tmp_path: Path
) -> None:
    read: dict[str, list[Counter[str]]] = {}
    ends: dict[str, Any] = {}
    for name, surface in SURFACES.items():
        folder = tmp_path / name
        folder.mkdir()
        database = folder / "assurebot.db"
        shutil.copy(plan_database, database)
        async with asyncio.timeout(120), surface(database, folder) as desk:
            read[name] = [words(each) for each in await scenario(desk)]
            ends[name] = [
                (ref, bool(asked), bool(proposed), said)
                for ref, asked, proposed, said in await desk.ask(record)
            ]
    assert any(read["console"])
    for name in ("slack", "teams"):
        for step, (there, here) in enumerate(zip(read[name], read["console"], strict=True)):
            more, less = sorted((there - here).elements()), sorted((here - there).elements())
            assert (more, less) == ([], []), f"step {step}: {name} says {more}, the terminal {less}"
        assert ends[name] == ends["console"]
