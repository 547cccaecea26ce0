"""A year of a plan's own calendar on a fake clock, with owners who answer, wait, stay silent and leave.

``python -m tests.bench.simulate_year PLAN [YEAR]`` prints what was sent, a row a meeting.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from handlers import clock
from handlers.messages import Message, ToChannel, ToPerson
from storage.model.people import Channel, PartyKind, Role
from storage.model.record import Meeting
from tests.handlers.world import World, new_world

__all__ = ["Played", "Sent", "play", "printed"]

PROMPT, SOON, LATE, SILENT, LEAVER = "Ann Prompt", "Ben Soon", "Cat Late", "Sid Silent", "Lee Leaver"
HEIR, OFFICE = "Eve Heir", "Pat Office"
KINDS = ("prompt", "chase-1", "chase-2", "escalation", "review", "pack", "digest")


@dataclass(frozen=True, slots=True)
class Sent:
    """One message: when, which key, to whom ("#plan" for the channel), about which actions (of prompts)."""

    at: datetime
    kind: str
    key: str
    to: str
    meeting_id: int | None = None


@dataclass(slots=True)
class Played:
    world: World
    meetings: list[Meeting]
    sent: list[Sent] = field(default_factory=list)
    answered: list[tuple[datetime, str, int]] = field(default_factory=list)  # when, who, meeting

    def of(self, meeting: Meeting, kind: str = "", to: str = "") -> list[Sent]:
        return [
            one
            for one in self.sent
            if one.meeting_id == meeting.id and kind in {"", one.kind} and to in {"", one.to}
        ]


def play(folder: Path, plan: Path, year: int) -> Played:
    """From New Year's Day to New Year's Eve, the clock acting at night, at nine and at noon."""
    world = new_world(folder, plan, "year")
    world.at(year - 1, 12, 31)
    _people(world)
    played = Played(world, world.store.governance.meetings(world.plan.id, assurance=True))
    day = date(year, 1, 1)
    events: dict[date, Callable[[], object]] = {
        date(year, 7, 2): lambda: world.say(OFFICE, f"people gone {LEAVER}"),
        date(year, 7, 16): lambda: world.say(OFFICE, f"handover {LEAVER} to {HEIR}"),
        date(year, 8, 1): lambda: world.say(SOON, "away until 28 August"),
    }
    while day.year == year:
        for hour in (3, 9, 12):
            world.at(day.year, day.month, day.day, hour, 5)
            if hour == 9 and day in events:
                events[day]()
            _tick(played)
            if hour == 12:
                _answers(played)
        day += timedelta(days=1)
    return played


def _people(world: World) -> None:
    """Printed owners in turn belong to the five; two of each eleven are nobody's."""
    owners = [name for name, _ in world.store.people.printed_owners(world.plan.id)]
    for number, name in enumerate((PROMPT, SOON, LATE, SILENT, LEAVER)):
        world.person(name, owns=tuple(owners[number::6]))
    world.person(HEIR)
    world.person(OFFICE, role=Role.PMO)
    with world.store.writing(world.change()):
        world.store.plans.set_channel(Channel("console", "plan", "plan", world.plan.id))
        world.store.people.map_owner(world.plan.id, owners[0], PartyKind.PERSON, world.people[PROMPT].id)


def _tick(played: Played) -> None:
    world = played.world
    with world.store.writing(world.change()):
        messages = clock.tick(world.store, world.plan, world.now)
    names = {person.id: person.name for person in world.people.values()}
    played.sent += [_sent(message, names, world.now) for message in messages]


def _sent(message: Message, names: dict[int, str], now: datetime) -> Sent:
    key = message.key or ""
    meeting = next((part for part in key.split(":") if part.startswith("meeting-")), None)
    match message.to:
        case ToPerson(person_id=number):
            to = names[number]
        case ToChannel(channel_id=channel):
            to = f"#{channel}"
        case _:
            raise ValueError(f"nobody asked for {key}")
    number_of = int(meeting.removeprefix("meeting-")) if meeting else None
    return Sent(now, key.partition(":")[0], key, to, number_of)


def _answers(played: Played) -> None:
    """Each in their own way: at once, at the first reminder, on the day after the cut-off, never."""
    begins = {PROMPT: "prompt", HEIR: "prompt", LEAVER: "prompt", SOON: "chase-1", LATE: "escalation"}
    today = played.world.today
    for name, kind in begins.items():
        told = [one for one in played.sent if one.kind == kind and one.at.date() == today]
        for meeting_id in {one.meeting_id for one in told if one.to == name or name == LATE}:
            _say(played, name, meeting_id or 0)


def _say(played: Played, name: str, meeting_id: int) -> None:
    world = played.world
    prompts = world.store.updates.prompts_of(world.plan.id, meeting_id)
    ids = {
        one for prompt in prompts if prompt.person_id == world.people[name].id for one in prompt.action_ids
    }
    for action in world.store.plans.actions_by_id(ids):
        world.say(name, f"#{action.handle} on track, rota {world.today:%-d.%-m.} agreed with all wards")
    if ids:
        played.answered.append((world.now, name, meeting_id))


def printed(played: Played) -> str:
    """A row a meeting: when each thing went out and to how many."""
    head = ("meeting", "cut-off", *KINDS)
    rows: list[Sequence[str]] = [head]
    for meeting in played.meetings:
        if meeting.day is None or meeting.day.year != played.sent[0].at.year:
            continue
        cells = [_cell(played.of(meeting, kind)) for kind in KINDS]
        last = f"{meeting.deadline:%d %b}" if meeting.deadline else "-"
        rows.append((f"{meeting.day:%a %d %b}", last, *cells))
    others = Counter(one.kind for one in played.sent if one.kind not in KINDS)
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, _widths(rows), strict=True)) for row in rows
    ]
    tail = ", ".join(f"{kind} {number}" for kind, number in sorted(others.items()))
    return "\n".join([*(line.rstrip() for line in lines), f"besides: {tail}"])


def _cell(sent: Sequence[Sent]) -> str:
    days = Counter(one.at.date() for one in sent)
    return ", ".join(f"{day:%d %b} x{number}" for day, number in sorted(days.items())) or "-"


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        done = play(Path(made), Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2018)
        with closing(done.world.store):
            print(printed(done))
