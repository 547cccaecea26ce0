"""Dates as the cells of plans print them ("Dec17", "22 nd January", "Feb 18 - Feb 19", "1. End July 18 2. Ongoing").

Deterministic and linear. Several dates in one cell give the outer span; a cell whose words stand
for no date (TBC, Ongoing, Annually) keeps its kind. UK day-first order, two-digit years are 20xx,
a year out of reach makes the date impossible and it is kept as printed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

from nlp.documents.markup import flat
from storage.model.document import DateKind, PlanDate

__all__ = ["find_spans", "is_datelike", "parse_date", "parse_day"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb febuary",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul iul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_M = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")"
_MONTH = rf"(?P<month>{_M})(?![a-z])\.?"
_YEAR = r"(?P<year>(?:19|2\d)\d\d|['’`‘]?\d\d)(?![\d%])"
_DAY = r"(?P<day>[0-3]?\d)(?: ?(?:st|nd|rd|th)\b)?"
_SEP = r"[ ,\-–/.'’‘]{0,3}"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|satur|sun)(?:day)?,? )?"
_PART = r"(?P<part>end(?: of)?|beginning of|start of|early|mid|late)?[ -]{0,2}(?:the )?"

_Q = r"(?:Q(?P<q>[1-4])|(?P<qn>[1-4])(?:st|nd|rd|th) quarter|quarter (?P<qw>[1-4]))"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("iso", r"(?<!\d)(?P<year>20\d\d)(?P<sep>[-/.])(?P<month>[01]\d)(?P=sep)(?P<day>[0-3]\d)(?:[T ]00:00(?::00)?)?(?!\d)"),
        ("numeric", r"(?<![\d.])(?P<day>[0-3]?\d)(?P<sep> ?[./-] ?)(?P<month>[01]?\d)(?P=sep)(?P<year>20\d\d|2[1-9]\d\d|\d\d)(?![\d.]*\d)"),
        ("day", rf"(?<![\d.]){_WEEKDAY}{_DAY}[ \-–/.,]?(?:of )?{_MONTH}{_SEP}{_YEAR}"),
        ("us", rf"(?<![a-z]){_MONTH} {_DAY}, ?(?P<year>20\d\d)(?!\d)"),
        ("month_end", rf"(?<![a-z]){_MONTH} end {_YEAR}"),
        ("months", rf"(?<![a-z]){_PART}(?P<first>{_M})(?![a-z])(?: ?[/&–-] ?| and | to ){_MONTH}{_SEP}{_YEAR}"),
        ("month", rf"(?<![a-z]){_PART}{_MONTH}{_SEP}{_YEAR}"),
        ("quarter", rf"(?<![a-z\d]){_PART}{_Q},? ?\(?(?:of )?(?:FY ?)?(?P<year>20\d\d|\d\d)(?: ?[/-] ?(?P<to>\d\d|20\d\d))?(?!\d)\)?"),
        ("quarter", rf"(?<![\d/-]){_PART}(?:FY ?)?(?P<year>20\d\d|\d\d) ?[/-] ?(?P<to>20\d\d|\d\d),? {_Q}(?!\d)"),
        ("easter", r"(?<![a-z])easter (?P<year>20\d\d|['’]?\d\d)(?!\d)"),
        ("term", rf"(?<![a-z]){_PART}(?P<season>spring|summer|autumn) term,? (?P<year>20\d\d|['’]?\d\d)(?:/\d\d)?(?!\d)"),
        ("season", rf"(?<![a-z]){_PART}(?P<season>spring|summer|autumn|winter) (?P<year>20\d\d|['’]\d\d)(?:/\d\d)?(?!\d)"),
        ("fy", rf"(?<![a-z\d/]){_PART}(?:financial year |FY ?)?(?P<year>20\d\d|\d\d) ?[/-] ?(?P<to>20\d\d|\d\d)(?![\d/])"),
        ("year_part", r"(?<![a-z])(?P<part>end of|early|mid|late)[ -](?P<year>20\d\d)(?!\d)"),
        ("year", r"(?<![\d/.-])(?P<year>20\d\d)(?![\d/-])"),
        ("quarter_only", rf"(?<![a-z\d]){_PART}{_Q}(?! ?\d)"),
        ("day_only", rf"(?<![\d.]){_WEEKDAY}{_DAY}[ \-–/.]?(?:of )?{_MONTH}(?! ?\d)"),
        ("month_only", rf"(?<![a-z]){_PART}{_MONTH}(?![ -]{{0,2}}\d)"),
    )
)  # fmt: skip

_KINDS: tuple[tuple[DateKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (DateKind.ONGOING, r"\bon[ -]?going\b|\bcontinu(?:ous|ing|al|es)\b|\bbusiness as usual\b|\bbau\b|\brolling\b"),
        (DateKind.RECURRING, r"\b(?:annual|annually|yearly|quarterly|monthly|weekly|fortnightly|daily|bi-?monthly|bi-?annually|every|each)\b|\btwice\b"),
        (DateKind.CONDITIONAL, r"\b(?:once|when|after|following|subject to|dependent (?:up)?on|pending|within|upon|on completion|if)\b"),
        (DateKind.NONE, r"\bt\.?b\.?[acd]\b|\bto be (?:confirmed|agreed|advised|determined)\b|\bn/?a\b|\bnot applicable\b|^[-–—?.]+$"),
    )
)  # fmt: skip
_START = re.compile(
    r"^\W*(?:from|commenc\w*|start(?:s|ed|ing)?|began|beginning(?! of)|since|effective)\b", re.IGNORECASE
)
_AFTER_MONTH = re.compile(rf"(?<![a-z]){_M}\.?[ '’-]{{1,2}}$", re.IGNORECASE)
_HINT = re.compile(
    r"\d|(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|easter|q[1-4])", re.IGNORECASE
)
_EARLIEST, _REACH = 1990, 2100


@dataclass(frozen=True, slots=True)
class Span:
    """A date found in a text: where, and which inclusive days; None where the printed day cannot be."""

    at: int
    to: int
    start: date | None
    end: date | None


def _year(text: str) -> int:
    digits = re.sub(r"\D", "", text)
    return int(digits) + (2000 if len(digits) < 3 else 0)


def _month_span(year: int, month: int, part: str) -> tuple[date, date]:
    last = monthrange(year, month)[1]
    part = part.lower()
    if part.startswith("end"):
        return date(year, month, last), date(year, month, last)
    if part.startswith(("beg", "start")):
        return date(year, month, 1), date(year, month, 1)
    low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return date(year, month, low), date(year, month, high)


def _quarter_span(found: re.Match[str], as_of: date | None) -> tuple[date, date] | None:
    """A financial quarter: Q1 is April to June. Without a year, the one to come."""
    quarter = int(found["q"] or found["qn"] or found["qw"])
    month = (4, 7, 10, 1)[quarter - 1]
    if "year" in found.re.groupindex:
        year = _year(found["year"]) + (quarter == 4)
    elif as_of is not None:
        year = _nearest_year(month + 1, 15, as_of)
    else:
        return None
    return _ended(found["part"], date(year, month, 1), date(year, month + 2, monthrange(year, month + 2)[1]))


def _ended(part: str | None, start: date, end: date) -> tuple[date, date]:
    """ "End of" a span is its last day."""
    return (end, end) if (part or "").lower().startswith("end") else (start, end)


def _season_span(found: re.Match[str]) -> tuple[date, date]:
    year = _year(found["year"])
    month = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[found["season"].lower()]
    end = date(year + (month == 12), (month + 2 - 1) % 12 + 1, 1)
    return _ended(
        found["part"], date(year, month, 1), date(end.year, end.month, monthrange(end.year, end.month)[1])
    )


_TERMS = {"autumn": (9, 12), "spring": (1, 3), "summer": (4, 7)}


def _term_span(found: re.Match[str]) -> tuple[date, date]:
    """A school term: autumn is September to December, spring January to March, summer April to July."""
    year = _year(found["year"])
    first, last = _TERMS[found["season"].lower()]
    return _ended(found["part"], date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _nearest_year(month: int, day: int, as_of: date) -> int:
    """The year that brings a year-less day nearest to as_of; what is due leans forward."""
    years = (as_of.year - 1, as_of.year, as_of.year + 1)
    return min(years, key=lambda y: abs((date(y, month, min(day, 28)) - as_of).days - 90))


def _named(found: re.Match[str]) -> int:
    return _MONTHS[found["month"].lower().rstrip(".")]


def _yearless_span(form: str, found: re.Match[str], as_of: date | None) -> tuple[date, date] | None:
    if as_of is None or (found["month"] in ("may", "march") and len(found[0]) < len(found.string.strip())):
        return None
    month = _named(found)
    day = int(found["day"]) if form == "day_only" else 15
    year = _nearest_year(month, day, as_of)
    if form == "month_only":
        return _month_span(year, month, found["part"] or "")
    return date(year, month, day), date(year, month, day)


def _part_of_year_span(year: int, part: str) -> tuple[date, date]:
    if part.lower() == "end of":
        return date(year, 12, 31), date(year, 12, 31)
    low, high = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part.lower()]
    return date(year, low, 1), date(year, high, monthrange(year, high)[1])


def _months_span(year: int, first: int, last: int) -> tuple[date, date]:
    """ "Nov/Feb 18" starts in the year before."""
    return date(year - (first > last), first, 1), date(year, last, monthrange(year, last)[1])


def _resolve(form: str, found: re.Match[str], as_of: date | None) -> tuple[date, date] | None:
    """The days that a match stands for; None when it is no date after all. ValueError: impossible."""
    if form.startswith("quarter"):
        return _quarter_span(found, as_of)
    if form == "term":
        return _term_span(found)
    if form == "season":
        return _season_span(found)
    if form in ("day_only", "month_only"):
        return _yearless_span(form, found, as_of)
    year = _year(found["year"])
    if form == "fy":
        right = _year(found["to"]) == year + 1
        return _ended(found["part"], date(year, 4, 1), date(year + 1, 3, 31)) if right else None
    if not _EARLIEST <= year <= _REACH:
        raise ValueError(year)
    if form == "easter":
        return easter(year), easter(year)
    if form == "year":
        return date(year, 1, 1), date(year, 12, 31)
    if form == "year_part":
        return _part_of_year_span(year, found["part"])
    if form in ("month", "month_end"):
        return _month_span(year, _named(found), "end" if form == "month_end" else found["part"] or "")
    if form == "months":
        return _months_span(year, _MONTHS[found["first"].lower()], _named(found))
    month = int(found["month"]) if form in ("iso", "numeric") else _named(found)
    day = date(year, month, int(found["day"]))
    return day, day


def find_spans(text: str, as_of: date | None = None) -> list[Span]:
    """All dates of a text in order. Earlier forms of the table win where they overlap."""
    taken: list[Span] = []
    if not _HINT.search(text):
        return taken
    for form, pattern in _FORMS:
        for found in pattern.finditer(text):
            if any(found.start() < span.to and span.at < found.end() for span in taken):
                continue
            if form.startswith("day") and _AFTER_MONTH.search(
                text[max(0, found.start() - 12) : found.start()]
            ):
                continue  # "Feb 18 - Feb 19", "Nov 17 Jun 18": the number is the year of the month before it
            try:
                days = _resolve(form, found, as_of)
            except ValueError:
                taken.append(Span(found.start(), found.end(), None, None))
                continue
            if days:
                start = days[0]
                if re.search(
                    r"\b(?:w/?c|week commencing|week beginning)\W{0,2}$", text[: found.start()], re.IGNORECASE
                ):
                    days = (start, start + timedelta(days=6))
                taken.append(Span(found.start(), found.end(), *days))
    return sorted(taken, key=lambda span: span.at)


@lru_cache(maxsize=16_384)
def is_datelike(text: str) -> bool:
    """Is what people put into a date column: a date with few other words, or a word for none."""
    cell = flat(text)
    if not cell or len(cell) > 160 or cell.endswith("?"):
        return False
    spans = find_spans(cell, as_of=date(2020, 1, 1))
    rest = len(cell) - sum(span.to - span.at for span in spans)
    if spans:
        return rest <= 40
    return len(cell) <= 60 and any(pattern.match(cell) for _, pattern in _KINDS)


def parse_day(text: str, as_of: date | None = None) -> date | None:
    """The one day that a text names, or None."""
    for span in find_spans(flat(text), as_of):
        if span.start is not None and span.start == span.end:
            return span.start
    return None


def _kind(cell: str, dated: bool) -> DateKind:
    if dated:
        return DateKind.START if _START.match(cell) else DateKind.DUE
    return next((kind for kind, pattern in _KINDS if pattern.search(cell)), DateKind.NONE)


def parse_date(text: str | None, as_of: date | None = None) -> PlanDate:
    """A date cell: its text, outer span and kind. Year-less dates take the year nearest to ``as_of``."""
    cell = flat(text or "")
    if not cell:
        return PlanDate()
    spans = find_spans(cell, as_of)
    starts = [span.start for span in spans if span.start]
    ends = [span.end for span in spans if span.end]
    if not starts:
        impossible = any(span.start is None for span in spans)
        return PlanDate(cell, kind=DateKind.DUE if impossible else _kind(cell, False), impossible=impossible)
    impossible = any(span.start is None for span in spans)
    return PlanDate(cell, min(starts), max(ends), _kind(cell, True), impossible)
