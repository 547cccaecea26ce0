"""A calendar expression as it stands in the text, with every span of days that it could mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from re import Match, Pattern
from typing import NamedTuple

from nlp.reading.dates.shape import Shape
from nlp.reading.dates.spans import Span, day_span, last_day_before
from storage.model.reading import Grain

__all__ = [
    "Build",
    "Context",
    "Part",
    "Rule",
    "days",
    "financial_start",
    "full_year",
    "month_of",
    "near_years",
    "one",
    "plausible_year",
    "years_around",
]


_DEEPEST = 4  # "end of the first week of next month" is two deep


@dataclass(frozen=True, slots=True)
class Part:
    """Pieces ``first`` to ``last`` (not included); ``meanings`` in time order, one where nothing is left open.

    ``lean`` is which meaning to take when the tense says nothing: -1 the one before, 1 the one after,
    0 the nearest. ``bare`` is a number or ordinal that is a date only beside another.
    """

    first: int
    last: int
    rule: str
    grain: Grain
    meanings: tuple[Span, ...]
    uncertain: bool = False
    lean: int = 0
    bare: bool = False


class Context(NamedTuple):
    """The text and the day it is read on; ``told``: words before already call what follows a date."""

    shape: Shape
    as_of: date
    read: Callable[[int, Context], list[Part]]
    told: bool = False
    depth: int = 0

    def after(self, index: int) -> list[Part]:
        """The date at a piece that the words before it call a date ("end of ..."), a few deep at most."""
        if self.depth == _DEEPEST:
            return []
        return self.read(index, self._replace(told=True, depth=self.depth + 1))


Build = Callable[[Match[str], Context], list[Part]]


class Rule(NamedTuple):
    """A pattern of shape letters, tried where a piece has one of ``starts``; no part means no."""

    name: str
    starts: str
    pattern: Pattern[str]
    build: Build


def years_around(as_of: date, span_of: Callable[[int], Span | None]) -> tuple[Span, ...]:
    """The same day or period of last year, this year, next year; a 29 February where there is one."""
    near = range(max(as_of.year - 1, 2), min(as_of.year + 1, 9990) + 1)
    found = [span_of(year) for year in near]
    if not any(found):
        found = [span_of(year) for year in range(max(as_of.year - 4, 2), min(as_of.year + 4, 9990) + 1)]
    return tuple(span for span in found if span)


def financial_start(as_of: date) -> int:
    """The year that the financial year of this day started in."""
    return as_of.year if as_of.month >= 4 else as_of.year - 1


def full_year(shape: Shape, index: int) -> int:
    """The year at a piece; two digits are of this century."""
    return shape.number(index) if shape.digits(index) == 4 else 2000 + shape.number(index)


def plausible_year(shape: Shape, index: int, as_of: date, reach: int = 4) -> bool:
    """Whether two digits after a month are rather a year than a day: near the time of reading."""
    return shape.digits(index) == 2 and abs(full_year(shape, index) - as_of.year) <= reach


def one(match: Match[str], rule: str, grain: Grain, meanings: tuple[Span, ...], lean: int = 0) -> list[Part]:
    """The match as a single part, or none where it means no day at all."""
    if not meanings:
        return []
    return [Part(match.start(), match.end(), rule, grain, meanings, lean=lean)]


def month_of(match: Match[str], context: Context) -> int:
    return int(context.shape.value(match.start("month")))


def near_years(as_of: date) -> tuple[int, ...]:
    return (as_of.year - 1, as_of.year, as_of.year + 1)


def days(match: Match[str], rule: str, day: int, month: int, years: tuple[int, ...]) -> list[Part]:
    found = tuple(span for year in years if (span := day_span(year, month, day)))
    if found:
        return one(match, rule, Grain.DAY, found)
    near = tuple(span for year in years if (span := last_day_before(year, month, day)))
    return [Part(match.start(), match.end(), rule, Grain.DAY, near, uncertain=True)] if near else []
