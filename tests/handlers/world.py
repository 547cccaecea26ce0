"""A small world for handlers: a real database file, the demo plan, people, a clock that tests move, real reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.answer import answer
from handlers.messages import (
    Buttons,
    Chart,
    Details,
    Facts,
    File,
    Form,
    Heading,
    Message,
    Part,
    Quote,
    Table,
    Text,
    plain,
)
from handlers.request import FileContent, Request
from nlp.documents import read_plan
from nlp.reading import read
from storage.model.errors import AssurebotError
from storage.model.people import Account, PartyKind, Person, Role
from storage.model.plan import ActionView, Plan
from storage.model.post import Inbound, InboundKind
from storage.model.record import Change
from storage.open import open_store
from storage.store import Store

LONDON = ZoneInfo("Europe/London")
DEMO = Path(__file__).resolve().parents[2] / "bot" / "demo" / "plan.txt"


@dataclass
class World:
    """``say`` is what a person types in their direct message with the bot; ``words`` is what they then see."""

    store: Store
    now: datetime
    slug: str = "thornmere"
    count: int = 0
    people: dict[str, Person] = field(default_factory=dict)
    sent: list[Message] = field(default_factory=list)
    administrators: frozenset[str] = frozenset()

    @property
    def plan(self) -> Plan:
        plan = self.store.plans.get(self.slug)
        assert plan is not None
        return plan

    def load(self, path: Path) -> Plan:
        data = path.read_bytes()
        document = read_plan(data, path.name)
        with self.store.writing(self.change()):
            return self.store.plans.import_document(self.slug, document, data, path.name)

    def change(self, actor: int | None = None) -> Change:
        return Change(actor, self.now, "console", f"test-{self.count}")

    def person(self, name: str, *, owns: tuple[str, ...] = (), role: Role | None = None) -> Person:
        """A person with a console account; ``owns`` are printed owners that they stand for."""
        with self.store.writing(self.change()):
            person = self.store.people.meet(Account("console", name.casefold(), name.casefold()), name)
            for printed in owns:
                self.store.people.map_owner(self.plan.id, printed, PartyKind.PERSON, person.id)
            if role:
                self.store.people.give_role(person.id, role, self.plan.id)
        self.people[name] = person
        return person

    def act(
        self, name: str, text: str, kind: InboundKind = InboundKind.MESSAGE, **more: object
    ) -> list[Message]:
        """Something that a person does; a refusal comes back as its sentence, with nothing written."""
        self.count += 1
        person = self.people[name]
        fields = more.pop("fields", {})
        files = more.pop("files", ())
        inbound = Inbound(
            "console", f"in-{self.count}", kind, name.casefold(), str(more.pop("conversation", name.casefold())), self.now,
            text, message_id=str(more.pop("message_id", f"m{self.count}")), fields=fields, **more,  # type: ignore[arg-type]
        )  # fmt: skip
        fresh = self.store.people.get(person.id)
        assert fresh is not None
        request = Request(
            inbound, fresh, self.now, LONDON, read, files=files, administrators=self.administrators  # type: ignore[arg-type]
        )  # fmt: skip
        try:
            with self.store.writing(self.change(person.id)):
                messages = answer(request, self.store)
        except AssurebotError as error:
            from handlers.messages import ASKER, say

            messages = [Message(ASKER, (say(str(error)),))]
        self.sent += messages
        return messages

    def say(self, name: str, text: str, **more: object) -> str:
        return shown(self.act(name, text, **more))

    def tap(self, name: str, command: str, **fields: str) -> str:
        """A button pressed, or a form submitted."""
        kind = InboundKind.FORM if fields else InboundKind.TAP
        return shown(self.act(name, command, kind, fields=fields))

    def drop(self, name: str, filename: str, content: bytes) -> str:
        return shown(self.act(name, "", InboundKind.FILE, files=(FileContent(filename, content),)))

    def view(self, ref: str) -> ActionView:
        action = self.store.plans.action(self.plan.id, ref)[0]
        return self.store.plans.views(self.plan.id, action_ids=[action.id])[0]

    def at(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        self.now = datetime(year, month, day, hour, minute, tzinfo=LONDON)

    @property
    def today(self) -> date:
        return self.now.astimezone(LONDON).date()


def new_world(folder: Path, plan: Path = DEMO, slug: str = "thornmere") -> World:
    world = World(open_store(str(folder / "record.db")), datetime(2026, 1, 12, 9, tzinfo=UTC), slug)
    world.load(plan)
    return world


def shown(messages: list[Message]) -> str:
    """What a person reads, one part a line; buttons as [Label]."""
    return "\n".join(line for message in messages for part in message.parts for line in _lines(part))


def buttons(messages: list[Message]) -> dict[str, str]:
    """Label -> command of every button."""
    parts = [part for message in messages for part in message.parts]
    inner = [one for part in parts if isinstance(part, Details) for one in part.parts]
    return {
        one.label: one.command
        for part in (*parts, *inner)
        if isinstance(part, Buttons)
        for one in part.buttons
    }


def _lines(part: Part) -> list[str]:
    match part:
        case Heading(text=text):
            return [f"# {text}"]
        case Text(spans=spans):
            return [plain(spans)]
        case Quote(text=text, source=source):
            return [f"> {text} — {plain(source)}"]
        case Facts(rows=rows):
            return [f"{label}: {plain(value)}" for label, value in rows]
        case Table(header=header, rows=rows):
            return [" | ".join(header), *(" | ".join(plain(cell) for cell in row) for row in rows)]
        case Buttons(buttons=row):
            return [" ".join(f"[{one.label}]" for one in row)]
        case Form(title=title, fields=fields):
            return [f"form {title}: " + ", ".join(f"{one.label}={one.value}" for one in fields)]
        case Chart(alt=alt):
            return [f"chart: {alt}"]
        case File(name=name):
            return [f"file: {name}"]
        case Details(title=title, parts=parts):
            return [f"({title})", *(line for one in parts for line in _lines(one))]
