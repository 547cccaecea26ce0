"""What a plan can be set to: the rhythm of its cycle, its days and hours. One table serves the clock, chat and docs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from handlers import pick
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Heading, Message, Table, say, spans
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["SETTINGS", "Setting", "days", "setting", "switched_on", "value", "weekday"]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NATIONS = {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}
_MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Setting:
    """``read`` turns what people type into the value that is kept; ValueError where it is none. ``expects`` says what is."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], str]
    expects: str


def _days(text: str) -> str:
    number = int(re.sub(r"\s*(?:working )?days?$", "", text))
    if not 0 <= number <= _MOST_DAYS:
        raise ValueError(number)
    return str(number)


def _months(text: str) -> str:
    number = int(re.sub(r"\s*months?$", "", text))
    if not 1 <= number <= 240:
        raise ValueError(number)
    return str(number)


def _clock(text: str) -> str:
    hour, _, minute = text.replace(".", ":").partition(":")
    return f"{time(int(hour), int(minute or 0)):%H:%M}"


def _hours(text: str) -> str:
    start, _, end = (part.strip() for part in re.sub(r"\bto\b|–", "-", text).partition("-"))
    first, last = _clock(start), _clock(end)
    if first >= last:
        raise ValueError(text)
    return f"{first}-{last}"


def _weekday(text: str) -> str:
    found = [name for name in _WEEKDAYS if len(text) >= 3 and name.casefold().startswith(text.casefold())]
    if not found:
        raise ValueError(text)
    return found[0]


def _switch(text: str) -> str:
    return {"on": "on", "yes": "on", "off": "off", "no": "off"}[text.casefold()]


def _nation(text: str) -> str:
    return next(
        code for code, name in _NATIONS.items() if text.casefold() in {code.casefold(), name.casefold()}
    )


def _zone(text: str) -> str:
    return ZoneInfo(text).key


def _words(text: str) -> str:
    if not 0 < len(text) <= 60:
        raise ValueError(text)
    return text


_A_NUMBER = f"a number of working days, 0 to {_MOST_DAYS}"
_A_TIME = "a time, like 09:00"

SETTINGS: Mapping[str, Setting] = {
    one.name: one
    for one in (
        Setting("name", "", "what people call the plan", _words, "a few words"),
        Setting("timezone", "Europe/London", "the plan's time zone", _zone, "a time zone, like Europe/London"),
        Setting("nation", "ENG", "whose bank holidays are kept: ENG, SCT, WLS or NIR", _nation, "ENG, SCT, WLS or NIR"),
        Setting("working_hours", "08:00-18:00", "people are written to between these hours only", _hours, "hours, like 08:00-18:00"),
        Setting("cutoff_days", "5", "cut-off: working days before the meeting, where the calendar has no deadline of its own", _days, _A_NUMBER),
        Setting("open_days", "10", "owners are asked: working days before the cut-off", _days, _A_NUMBER),
        Setting("chase_days", "3", "first reminder: working days before the cut-off", _days, _A_NUMBER),
        Setting("second_chase_days", "1", "second reminder: working days before the cut-off; 0 for none", _days, _A_NUMBER),
        Setting("review_days", "2", "the programme office reviews: working days after the cut-off", _days, _A_NUMBER),
        Setting("pack_days", "2", "the programme office is reminded to issue the pack: working days before the meeting", _days, _A_NUMBER),
        Setting("papers_days", "3", "the programme office is reminded of papers: working days before they are due", _days, _A_NUMBER),
        Setting("digest_days", "1", "digest before the meeting: working days before it", _days, _A_NUMBER),
        Setting("prompt_time", "09:00", "when people are asked and reminded", _clock, _A_TIME),
        Setting("digest_time", "09:00", "when the digest before a meeting is posted", _clock, _A_TIME),
        Setting("meeting_time", "09:00", "when meetings begin; what has not gone by then is not sent", _clock, _A_TIME),
        Setting("weekly", "on", "the weekly digest", _switch, "on or off"),
        Setting("weekly_day", "Monday", "the day of the weekly digest", _weekday, "a day of the week"),
        Setting("weekly_time", "09:00", "when the weekly digest is posted", _clock, _A_TIME),
        Setting("keep_months", "", "what people said is erased after so many months; without it, it is kept", _months, "a number of months, 1 to 240"),
        Setting("legal_hold", "off", "nothing of the plan is erased, and nobody who had a part in it is forgotten", _switch, "on or off"),
    )
}  # fmt: skip


def value(settings: Mapping[str, str], name: str) -> str:
    """The plan's own value, else the default."""
    return settings.get(name) or SETTINGS[name].default


def days(settings: Mapping[str, str], name: str) -> int:
    """A setting that counts working days."""
    return int(value(settings, name))


def weekday(settings: Mapping[str, str], name: str) -> int:
    """A day of the week, Monday 0."""
    return _WEEKDAYS.index(value(settings, name))


def switched_on(settings: Mapping[str, str], name: str) -> bool:
    return value(settings, name) == "on"


def setting(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``setting``: all of them; ``setting NAME VALUE`` sets one; ``setting NAME default`` goes back."""
    assert plan is not None
    name, _, text = call.tail.strip().partition(" ")
    if not name:
        return [_all(plan)]
    one = SETTINGS.get(name.casefold().replace("-", "_"))
    if one is None:
        raise UsageError(f"“{name[:40]}” is no setting of a plan. {pick.suggestion(name, list(SETTINGS))}")
    text = text.strip()
    if not text:
        now = value(plan.settings, one.name) or "not set"
        return [Message(ASKER, (say(Bold(one.name), f" is {now}: {one.meaning}."),))]
    new = None if text.casefold() == "default" else _read(one, text)
    store.plans.set_setting(plan.id, one.name, new)
    shown = new or one.default or "not set"
    return [Message(ASKER, (say(Bold(one.name), f" is {shown} now. “cycle” shows what follows."),))]


def _read(one: Setting, text: str) -> str:
    try:
        return one.read(text)
    except (ValueError, KeyError, StopIteration, OSError):
        raise UsageError(f"“{text[:40]}” does not fit {one.name}: give {one.expects}.") from None


def _all(plan: Plan) -> Message:
    rows = tuple(
        (spans(one.name), spans(Bold(own) if (own := plan.settings.get(one.name)) else one.default or "–"), spans(one.meaning))
        for one in SETTINGS.values()
    )  # fmt: skip
    heading = Heading(f"Settings of {plan.slug}")
    quiet = say(
        "In bold what is set for this plan. Set one with “setting open_days 8”, “setting open_days default”.",
        quiet=True,
    )
    return Message(ASKER, (heading, Table(("Setting", "Value", "What it means"), rows), quiet))
