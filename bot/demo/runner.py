"""Plays the story: each step of the script is done by the person that it names, at its time."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from bot import demo
from bot.chat import Talk, seat
from bot.console.render import Choices, Printer
from bot.demo.script import Script, Step, read_script
from bot.settings import Settings
from handlers.messages import ASKER, Message, ToChannel
from handlers.plans.imports import what_was_read
from storage.model.errors import UsageError
from storage.model.people import Role
from storage.model.post import InboundKind, OutboxRow
from storage.model.record import Change
from storage.store import Store

__all__ = ["run"]

_OURS = "assurebot-demo"  # a file that marks a folder as one that the demo may empty


def run(folder: Path) -> None:
    """Tell the whole story, leaving the database and the papers in ``folder``."""
    _emptied(folder)
    asyncio.run(_play(read_script(), folder))


def _emptied(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _OURS).exists():
            raise UsageError(
                f"{folder} holds something that the demo did not make: name another folder with --output."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _OURS).write_text(
        "Made by “assurebot demo”, which empties this folder when it runs again.\n", "utf-8"
    )


async def _play(script: Script, folder: Path) -> None:
    settings = Settings(  # type: ignore[call-arg]
        ASSUREBOT_DATABASE_URL=str(folder / "assurebot.db"), ASSUREBOT_ADMINS=(script.office.casefold(),)
    )
    stage = Stage(settings, Printer(), folder=folder, script=script)
    await stage.workers.open()
    try:
        for step in script.steps:
            await stage.play(step)
    finally:
        await stage.workers.stop()


@dataclass
class Stage(Talk):
    """A terminal where everybody of the story sits in turn."""

    script: Script = field(kw_only=True)
    time: datetime = field(init=False)
    shown: Collection[str] | None = None  # whose posts are shown; None: everybody's
    unseen: list[str] = field(default_factory=list)
    silent: bool = False
    ticking: bool = False

    def __post_init__(self) -> None:
        self.time = self.script.steps[0].at.replace(tzinfo=self.settings.zone)
        self.clock = lambda: self.time
        super().__post_init__()

    async def play(self, step: Step) -> None:
        self.time = step.at.replace(tzinfo=self.settings.zone)
        if step.title:
            self.out.show()
            self.out.show(f"━━ {step.title} ━━", style="bold green")
        if step.tell:
            self.out.show()
            self.out.show(step.tell)
        acts: dict[str, Callable[[Step], Awaitable[None]]] = {
            "import": self._import,
            "people": self._people,
            "tick": self._tick,
            "channel": self._channel,
        }
        if step.act:
            await acts[step.act](step)
        if step.by:
            await self._said(step)

    async def _said(self, step: Step) -> None:
        await self.sit(step.by)
        self.shown = step.show or (step.by,)
        for line in step.say:
            self._stamp(f"{self.person.name}: {line}")
            await self.typed(line)
        for label in step.press:
            await self._pressed(label)
        self._told_of_unseen()

    async def _pressed(self, label: str) -> None:
        choice = next((one for one in self.choices.offered if _label(one) == label), None)
        if choice is None:
            offered = ", ".join(_label(one) for one in self.choices.offered)
            raise LookupError(f"the script presses “{label}”, and there is only: {offered}")
        self._stamp(f"{self.person.name} presses [{label}]")
        await self.typed(str(self.choices.offered.index(choice) + 1))

    async def _import(self, step: Step) -> None:
        from nlp.documents import read_plan

        data = files(demo).joinpath("plan.txt").read_bytes()
        self._stamp(f"{self.script.office}: assurebot import plan.txt --plan {self.script.slug}")
        document = await asyncio.to_thread(read_plan, data, "plan.txt")

        def apply(store: Store) -> None:
            with store.writing(Change(None, self.time, "cli", why="import of plan.txt")):
                plan = store.plans.import_document(self.script.slug, document, data, "plan.txt")
                store.people.give_role(self.person.id, Role.PMO, plan.id)

        await self.sit(self.script.office)
        await self.workers.writer.run(apply)
        self._show(Message(ASKER, what_was_read(document)))

    async def _people(self, step: Step) -> None:
        """Map the printed owners, showing the first; everybody gets a seat in the terminal."""
        for name in dict.fromkeys(self.script.owners.values()):
            await self.workers.writer.run(lambda store, name=name: seat(store, name, self.time))  # type: ignore[misc]
        await self.sit(self.script.office)
        for number, (printed, name) in enumerate(self.script.owners.items()):
            line = f'people map "{printed}" {name}'
            if number == 0:
                self._stamp(f"{self.person.name}: {line}")
                await self.typed(line)
            else:
                await self._silently(line)
        self.out.show(f"... and so on: {len(self.script.owners)} printed owners in all.")

    async def _silently(self, line: str) -> None:
        self.silent = True
        await self.typed(line)
        self.silent = False

    async def _channel(self, step: Step) -> None:
        await self.sit(self.script.office)
        self._stamp(f"{self.person.name}, in #{self.script.channel}: channel")
        await self.send(InboundKind.COMMAND, "channel", channel=self.script.channel)

    async def _tick(self, step: Step) -> None:
        self._stamp("the clock")
        self.shown = step.show
        self.choices = Choices()
        self.ticking = True
        await self.workers.tick()
        await self.settle()
        self.ticking = False
        self._told_of_unseen()

    def _posted(self, row: OutboxRow, message: Message) -> None:
        name = self.name_of(row.conversation)
        if isinstance(message.to, ToChannel):
            self._kept(row, message)
        if self.silent:
            return
        if self.shown is not None and name not in self.shown:
            self.unseen.append(name)
            return
        if name != self.speaker:
            self.out.show()
            self.out.show(f"→ {name}", style="dim")
        self._show(message)

    def _kept(self, row: OutboxRow, message: Message) -> None:
        """A digest is also left as a file."""
        path = self.folder / f"{row.key.replace(':', '-').replace('#', '')}.txt"
        with path.open("w", encoding="utf-8") as file:
            Printer(file).show(self.renderer.message(message, Choices()))

    @property
    def speaker(self) -> str | None:
        """Who has just said something; None while the clock acts."""
        return None if self.ticking else self.person.name

    def _told_of_unseen(self) -> None:
        if self.unseen:
            names = list(dict.fromkeys(self.unseen))
            self.out.show()
            listed = ", ".join(names[:6]) + (" and others" if len(names) > 6 else "")
            count = "another message" if len(self.unseen) == 1 else f"{len(self.unseen)} more messages"
            self.out.show(f"... and {count}, to {listed}.", style="dim")
        self.unseen = []

    def _stamp(self, words: str) -> None:
        self.out.show()
        self.out.show(f"{self.time:%a %-d %b %H:%M}  {words}", style="bold")


def _label(choice: object) -> str:
    return str(getattr(choice, "label", None) or getattr(choice, "title", ""))
