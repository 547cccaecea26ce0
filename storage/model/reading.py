"""What was read out of a text: spans with their values, each with the rule that found it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = [
    "Cue",
    "DateFound",
    "DateRole",
    "Grain",
    "Measure",
    "PercentFound",
    "PercentRole",
    "Reading",
    "RefFound",
    "Segment",
    "Status",
]


class Grain(StrEnum):
    """How wide a date is, as its author put it."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"


class DateRole(StrEnum):
    """What a date is there for."""

    PLANNED = "planned"  # a future or target date, as the text puts it
    REVISED = "revised"  # replaces an earlier one
    HAPPENED = "happened"  # something took place then
    AS_OF = "as_of"  # the time that a figure holds for
    OTHER = "other"


class PercentRole(StrEnum):
    """What a percentage measures."""

    ACTUAL = "actual"
    TARGET = "target"
    BASELINE = "baseline"
    CHANGE = "change"
    COMPLETION = "completion"  # of the action itself
    OTHER = "other"


class Status(StrEnum):
    """What a text says of progress, independent of any plan's words or colours."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    COMPLETE = "complete"
    ASSURED = "assured"


@dataclass(frozen=True, slots=True)
class DateFound:
    """A calendar expression; ``start`` and ``end`` are inclusive, offsets are into the text."""

    start_char: int
    end_char: int
    text: str
    start: date
    end: date
    grain: Grain
    role: DateRole
    rule: str
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class PercentFound:
    """A percentage; ``value`` is signed for a change only, ``value_to`` is a range's upper end."""

    start_char: int
    end_char: int
    text: str
    value: float
    role: PercentRole
    rule: str
    value_to: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure with what it measures. ``unit`` is "%", "count", "wte", "days", "beds", "£" or a noun."""

    start_char: int
    end_char: int
    text: str
    name: str
    value: float
    unit: str
    rule: str
    when: DateFound | None = None
    target: float | None = None
    baseline: float | None = None
    baseline_when: DateFound | None = None
    caveat: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that show a status."""

    start_char: int
    end_char: int
    text: str
    status: Status
    rule: str


@dataclass(frozen=True, slots=True)
class RefFound:
    """A reference to an action, theme or step; ``ref`` as a plan would print it ("6.1.4", "#17")."""

    start_char: int
    end_char: int
    text: str
    ref: str
    rule: str
    step: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """The part of a message about some actions.

    ``rest`` marks "the rest" / "all others": every other action that was asked about.
    ``no_change`` marks an explicit "no change".
    """

    start_char: int
    end_char: int
    refs: tuple[str, ...]
    status: Status | None
    confidence: float = 0.0
    rest: bool = False
    no_change: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one text. ``summary`` is at most 30 words, all the text's own."""

    dates: tuple[DateFound, ...] = ()
    percentages: tuple[PercentFound, ...] = ()
    measures: tuple[Measure, ...] = ()
    status: Status | None = None
    confidence: float = 0.0
    cues: tuple[Cue, ...] = ()
    refs: tuple[RefFound, ...] = ()
    segments: tuple[Segment, ...] = ()
    summary: str = ""
