"""Two dates that are one ("Feb 18 - Feb 19"), and dates that lend each other a month or year ("April and May 2018")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import Part
from nlp.reading.dates.shape import Shape
from nlp.reading.dates.spans import Span, day_span, month_span
from storage.model.reading import Grain

__all__ = ["joined"]

_DASHES = frozenset({"-", " - ", "- ", " -", " t ", " t T ", "-t-"})
_SLASHES = frozenset({"/", " / "})  # "Q3/Q4", "December 2020/January 2021"
_SLASHED = frozenset({Grain.MONTH, Grain.QUARTER, Grain.SEASON})
_LISTS = frozenset({", ", ",", " A ", ", A ", "/", " / ", " A T ", ", T "})


def joined(parts: list[Part], shape: Shape) -> list[Part]:
    """Ranges made one part, bare ordinals kept only beside a date, list members given the year of the last."""
    return _without_lonely(_lent(_ranged(_named(parts, shape), shape), shape), shape)


def _gap(left: Part, right: Part, shape: Shape) -> str:
    return shape.letters[left.last : right.first]


def _named(parts: list[Part], shape: Shape) -> list[Part]:
    """As "Friday (4th Dec)": the day in brackets says which Friday."""
    found: list[Part] = []
    for part in parts:
        day = found[-1] if found else None
        closed = shape.letters[part.last : part.last + 1] == ")"
        if (
            day
            and closed
            and day.rule == "weekday"
            and part.grain is Grain.DAY
            and _gap(day, part, shape) == " ("
        ):
            found[-1] = replace(part, first=day.first, last=part.last + 1, bare=False)
        else:
            found.append(part)
    return found


def _ranged(parts: list[Part], shape: Shape) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        whole = _range(found[-1], part, shape) if found else None
        if whole:
            found[-1] = whole
        else:
            found.append(part)
    return found


def _range(left: Part, right: Part, shape: Shape) -> Part | None:
    gap = _gap(left, right, shape)
    opening = shape.letters[max(left.first - 4, 0) : left.first].replace("T", "").rstrip()
    between = opening.endswith("B") and gap in {" A ", " A T "}
    slashed = gap in _SLASHES and left.grain is right.grain and left.grain in _SLASHED
    if not between and not slashed and gap not in _DASHES:
        return None
    if "t" in gap and word_list("from_to_verb") & set(shape.before(left.first, 4)):
        return None
    if left.rule in {"near-day"}:
        return None
    spans = _spans(_near_to(left, right).meanings, right.meanings)
    if not spans:
        return None
    opens = "B" if between else "c" if "t" in gap and opening.endswith("c") else ""
    first = shape.letters.rindex(opens, 0, left.first) if opens else left.first
    return Part(
        first,
        right.last,
        "range",
        _wider(left.grain, right.grain),
        spans,
        left.uncertain or right.uncertain,
        lean=right.lean if right.rule == "weekday" else 0,
    )


def _spans(lefts: tuple[Span, ...], rights: tuple[Span, ...]) -> tuple[Span, ...]:
    """Each right end with the nearest left start before it; a left of one meaning holds the right to follow it."""
    found = []
    for start, end in rights:
        before = [
            left
            for left, _ in lefts
            if left <= (end if len(rights) == 1 else start) and (start - left).days < 1500
        ]
        if before:
            found.append((max(before), end))
    return tuple(found[:1]) if len(lefts) == 1 else tuple(found)


def _wider(left: Grain, right: Grain) -> Grain:
    order = list(Grain)
    return max(left, right, key=order.index)


def _lent(parts: list[Part], shape: Shape) -> list[Part]:
    """As "March, April and May 2018", "Tues 5th and Thurs 7th March": what the last says is everyone's."""
    found = list(parts)
    for at in range(len(found) - 2, -1, -1):
        left, right = found[at], found[at + 1]
        if left.grain is not right.grain or _gap(left, right, shape) not in _LISTS:
            continue
        if left.rule in _DAYS_ONLY and right.rule not in _DAYS_ONLY and right.rule.startswith(_WITH_MONTH):
            found[at] = _in_months(left, right)
        elif len(right.meanings) == 1 and _yearly(left) and not right.rule.startswith(("near", "turned")):
            near = _near_to(left, right)
            found[at] = replace(near, meanings=(_nearest(near.meanings, right.meanings[0][0]),))
    return found


_DAYS_ONLY = frozenset({"day-of-month", "weekday-day"})
_WITH_MONTH = ("day-month", "day-list", "month-day")


def _in_months(left: Part, right: Part) -> Part:
    """A day without a month takes that of the date it is listed with."""
    day = left.meanings[0][0].day
    spans = (day_span(start.year, start.month, day) for start, _ in right.meanings)
    meanings = tuple(span for span in spans if span)
    return replace(left, meanings=meanings, bare=False) if meanings else left


def _yearly(part: Part) -> bool:
    """Whether the meanings are the same day or period of several years."""
    return len(part.meanings) > 1 and (part.meanings[1][0] - part.meanings[0][0]).days >= 360


def _near_to(left: Part, right: Part) -> Part:
    """A part without a year, in the years around that of the other ("Oct to Dec 2025")."""
    if len(right.meanings) > 1 or not _yearly(left):
        return left
    shift = right.meanings[0][0].year - left.meanings[-1][0].year
    return replace(
        left, meanings=tuple(_shifted(span, shift + back) for span in left.meanings[-1:] for back in (-1, 0))
    )


def _shifted(span: Span, years: int) -> Span:
    """The same span of another year; a month keeps its last day."""
    start, end = span
    ends_month = (end + timedelta(days=1)).day == 1
    there = end + relativedelta(years=years)
    return start + relativedelta(years=years), month_span(there.year, there.month)[1] if ends_month else there


def _nearest(meanings: tuple[Span, ...], day: date) -> Span:
    before = [span for span in meanings if span[0] <= day]
    return max(before) if before else min(meanings)


def _without_lonely(parts: list[Part], shape: Shape) -> list[Part]:
    """Bare ordinals stay where a list joins them to a date."""
    kept: list[Part] = []
    for at, part in enumerate(parts):
        if not part.bare:
            kept.append(part)
            continue
        before = bool(kept) and _gap(kept[-1], part, shape) in _LISTS and kept[-1].grain is Grain.DAY
        after = (
            at + 1 < len(parts)
            and _gap(part, parts[at + 1], shape) in _LISTS
            and parts[at + 1].grain is Grain.DAY
        )
        if before or after:
            kept.append(replace(part, bare=False))
    return kept
