"""``assurebot chat``: the same bot in the terminal, on the same way in and way out."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from threading import Thread
from uuid import uuid4

from bot.clock import Clock, now
from bot.console.files import Keeper
from bot.console.render import Choices, Printer, Renderer
from bot.console.surface import ConsoleSurface, conversation_of
from bot.settings import Settings
from bot.workers import Workers
from handlers.grammar import parse
from handlers.messages import Field, Form, Message
from storage.model.errors import AssurebotError, UsageError
from storage.model.people import Account, Person
from storage.model.post import Attached, Inbound, InboundKind, OutboxRow
from storage.model.record import Change
from storage.store import Store

__all__ = ["Talk", "chat", "seat"]

_POLL_SECONDS = 2.0
_FOLDER = Path("assurebot-files")
_WELCOME = "You talk to Assurebot as {name}. Type “help” to see what you can say, a number to press a button, “quit” to leave."


def chat(settings: Settings, name: str, plan: str | None, clock: Clock = now) -> None:
    """Talk until “quit” or the end of the input."""
    with suppress(KeyboardInterrupt):
        asyncio.run(_chat(settings, name, plan, clock))


async def _chat(settings: Settings, name: str, plan: str | None, clock: Clock) -> None:
    out = Printer()
    talk = Talk(settings, out, clock)
    await talk.workers.open()
    try:
        await talk.sit(name, plan)
        out.show(_WELCOME.format(name=talk.person.name), style="dim")
        await _converse(talk, sys.stdin.isatty())
    finally:
        await talk.workers.stop()


async def _converse(talk: Talk, interactive: bool) -> None:
    await talk.settle()
    listening = asyncio.create_task(_listen(talk)) if interactive else None
    try:
        while (line := await _line(talk, interactive)) is not None:
            if line.strip().casefold() in {"quit", "exit", "/quit"}:
                return
            if line.strip():
                await talk.typed(line.strip())
    finally:
        if listening is not None:
            listening.cancel()


async def _line(talk: Talk, interactive: bool) -> str | None:
    if interactive:
        with suppress(EOFError):
            return await _aside(lambda: input(talk.prompt))
        return None
    line = await _aside(sys.stdin.readline)
    if line:
        talk.out.show(f"\n{talk.prompt}{line.rstrip()}")
    return line or None


async def _listen(talk: Talk) -> None:
    """Print what others cause while nothing is typed."""
    while True:
        await asyncio.sleep(_POLL_SECONDS)
        before = talk.shown_messages
        await talk.settle()
        if talk.shown_messages > before:
            sys.stdout.write(talk.prompt)
            sys.stdout.flush()


async def _aside(read: Callable[[], str]) -> str:
    """What a blocking read gives, from a thread that nobody waits for: Ctrl-C ends the talk at once."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[str] = loop.create_future()

    def tell(settle: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the talk has ended meanwhile
            loop.call_soon_threadsafe(lambda: None if done.done() else settle())

    def work() -> None:
        try:
            line = read()
        except (EOFError, OSError, ValueError) as error:
            tell(partial(done.set_exception, error))
        else:
            tell(partial(done.set_result, line))

    Thread(target=work, name="keyboard", daemon=True).start()
    return await done


@dataclass
class Talk:
    """One terminal in which people talk to the bot: who sits there, and what can be pressed."""

    settings: Settings
    out: Printer
    clock: Clock = now
    folder: Path = _FOLDER
    choices: Choices = field(default_factory=Choices)
    person: Person = field(init=False)
    plan: str | None = None
    shown_messages: int = 0

    def __post_init__(self) -> None:
        self.surface = ConsoleSurface(self._posted)
        self.workers = Workers(self.settings, {"console": self.surface}, self.clock)
        self.renderer = Renderer(self.settings.zone, Keeper(self.folder), links=self.out.is_terminal)
        self._quiet = asyncio.Lock()
        self._numbers = count(1)
        self._name = uuid4().hex[:12]
        self._names: dict[str, str] = {}

    async def sit(self, name: str, plan: str | None = None) -> None:
        """Let this person sit at the terminal; the plan is the one that they mean unless they say another."""
        self.person = await self.workers.writer.run(lambda store: seat(store, name, self.clock()))
        self._names |= await self.workers.ask(_names)
        slugs = await self.workers.ask(lambda store: [one.slug for one in store.plans.all()])
        if plan is not None and plan not in slugs:
            raise UsageError(f"There is no plan “{plan}”: there is {', '.join(slugs) or 'none yet'}.")
        self.plan = plan

    @property
    def account(self) -> Account:
        account = self.person.account("console")
        assert account is not None
        return account

    async def typed(self, line: str) -> None:
        """Do what was typed: press a button, fill a form, or say it."""
        choice = self.choices.chosen(line)
        if isinstance(choice, Form):
            await self.send(InboundKind.FORM, choice.command, await self._filled(choice))
        elif choice is not None:
            await self.send(InboundKind.TAP, choice.command)
        elif (path := _dropped(line)) is not None:
            attached = Attached(path.name, str(path), path.stat().st_size)
            await self.send(InboundKind.FILE, "", files=(attached,))
        else:
            await self.send(InboundKind.MESSAGE, await self._with_plan(line))

    async def settle(self) -> None:
        async with self._quiet:
            await self.workers.settle()

    async def send(
        self,
        kind: InboundKind,
        text: str,
        fields: dict[str, str] | None = None,
        *,
        files: tuple[Attached, ...] = (),
        channel: str | None = None,
    ) -> None:
        """Send what this person did, in their own conversation or in a channel, and wait for what follows."""
        number = next(self._numbers)
        self.choices = Choices()
        inbound = Inbound(
            surface="console",
            key=f"{self._name}:{number}",
            kind=kind,
            user_id=self.account.user_id,
            conversation=f"#{channel}" if channel else conversation_of(self.account.user_id),
            direct=channel is None,
            channel_name=channel,
            at=self.clock(),
            text=text,
            message_id=f"{self._name}:{number}",
            user_name=self.person.name,
            fields=fields or {},
            files=files,
        )

        async def reply(messages: Sequence[Message]) -> None:
            for message in messages:
                self._show(message)

        async with self._quiet:
            await self.workers.do(inbound, reply)

    async def _with_plan(self, line: str) -> str:
        if self.plan is None:
            return line
        slugs = await self.workers.ask(lambda store: [one.slug for one in store.plans.all()])
        try:
            call = parse(line, slugs, addressed=line.startswith("/"))
        except AssurebotError:
            return line
        needs = call is not None and call.command.needs_plan and call.plan is None
        return f"{line} in {self.plan}" if needs else line

    async def _filled(self, form: Form) -> dict[str, str]:
        """Ask for each field in turn; an empty answer keeps the value that stands there."""
        return {one.name: await self._asked(one) for one in form.fields}

    async def _asked(self, one: Field) -> str:
        options = "".join(f"\n    {value}: {label}" for value, label in one.options.items())
        hint = f" ({one.hint})" if one.hint else ""
        kept = f" [{one.value}]" if one.value else ""
        self.out.show(f"  {one.label}{hint}{kept}:{options}")
        typed = await _aside(sys.stdin.readline)
        return typed.strip() or one.value

    def name_of(self, conversation: str) -> str:
        """Whose conversation it is: a person's name, or #channel."""
        return self._names.get(conversation, conversation.removeprefix("console:"))

    def _posted(self, row: OutboxRow, message: Message) -> None:
        if row.conversation != self.account.conversation:
            self.out.show(
                f"→ {self._names.get(row.conversation, row.conversation.removeprefix('console:'))}",
                style="dim",
            )
        self._show(message)

    @property
    def prompt(self) -> str:
        return f"{self.person.name}> "

    def _show(self, message: Message) -> None:
        self.shown_messages += 1
        self.out.show(self.renderer.message(message, self.choices))


def _dropped(line: str) -> Path | None:
    """The file whose path was typed, or dropped on the terminal; None for words."""
    try:
        path = Path(line.strip("'\" ").replace("\\ ", " ")).expanduser()
        return path if path.suffix and path.is_file() else None
    except (OSError, ValueError):
        return None


def _names(store: Store) -> dict[str, str]:
    accounts = ((person.name, person.account("console")) for person in store.people.all())
    return {conversation_of(account.user_id): name for name, account in accounts if account}


def seat(store: Store, name: str, when: datetime) -> Person:
    """The person of that name, reachable in the terminal; made if there is none."""
    name = " ".join(name.split())
    if not name:
        raise UsageError("Say who you are: --as “Your Name”.")
    user_id = name.casefold()
    known = store.people.by_account("console", user_id)
    if known is not None:
        return known
    account = Account("console", user_id, conversation_of(user_id))
    found = [one for one in store.people.by_name(name) if one.name.casefold() == user_id]
    with store.writing(Change(None, when, "console")):
        if not found:
            return store.people.meet(account, name)
        store.people.set_account(found[0].id, account)
    return store.people.get(found[0].id) or found[0]
