"""Days told by weekday or number alone, and the nth of a month: mon 9th, the 22nd, last Friday of March."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match

from nlp.reading.dates.guards import is_ordinal_day, is_weekday
from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import Context, Part, Rule, days, full_year, month_of, near_years, one
from nlp.reading.dates.spans import Span, day_span, moved, nth_weekday
from storage.model.reading import Grain

__all__ = ["RULES"]

_DAY = r"(?P<day>n)(?: ?o)?"
_MONTH = r"(?P<month>M)"
_NTH = r"(?P<rank>K|r|n(?= ?o))(?: ?o)? (?P<what>W|u)(?:,? O | i )(?:T )?"


def _weekday_day(match: Match[str], context: Context) -> list[Part]:
    """As "mon 9th", "Friday 20": the near month in which that day is that weekday."""
    shape = context.shape
    weekday, day = int(shape.value(match.start("weekday"))), shape.number(match.start("day"))
    near = _days_of_near_months(context.as_of, day)
    if "," in match.group() and not match.group("suffix"):
        return []
    meant = tuple(span for span in near if span[0].weekday() == weekday)
    if meant or not match.group("suffix"):
        return one(match, "weekday-day", Grain.DAY, meant)
    return (
        [Part(match.start(), match.end(), "weekday-day", Grain.DAY, near, uncertain=True, lean=1)]
        if near
        else []
    )


def _days_of_near_months(as_of: date, day: int) -> tuple[Span, ...]:
    firsts = (moved(as_of.replace(day=1), "month", count) for count in (-2, -1, 0, 1, 2))
    return tuple(span for first in firsts if (span := day_span(first.year, first.month, day)))


def _ordinal_day(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    near = _days_of_near_months(context.as_of, shape.number(match.start("day")))
    near = tuple(span for span in near if abs((span[0] - context.as_of).days) <= 45)
    if not near or not 1 <= shape.number(match.start("day")) <= 31:
        return []
    bare = not (context.told or is_ordinal_day(context, match.start(), match.end()))
    return [Part(match.start(), match.end(), "day-of-month", Grain.DAY, near, lean=1, bare=bare)]


def _day_of_turned_month(match: Match[str], context: Context) -> list[Part]:
    """As "the 12th of next month"."""
    shape = context.shape
    if shape.value(match.start("unit")) != "month":
        return []
    first = moved(context.as_of.replace(day=1), "month", int(shape.value(match.start("turn"))))
    found = days(match, "day-of-next-month", shape.number(match.start("day")), first.month, (first.year,))
    if not match.group("first"):
        return found
    opens = day_span(first.year, first.month, shape.number(match.start("first")))
    if not opens or not found or opens >= found[0].meanings[0]:
        return []
    return one(match, "days-of-next-month", Grain.DAY, ((opens[0], found[0].meanings[0][1]),))


def _weekday_alone(match: Match[str], context: Context) -> list[Part]:
    if not is_weekday(context, match.start(), match.end()):
        return []
    weekday = int(context.shape.value(match.start("weekday")))
    ahead = (weekday - context.as_of.weekday() - 1) % 7 + 1
    behind = (context.as_of.weekday() - weekday - 1) % 7 + 1
    days = (context.as_of - timedelta(days=behind), context.as_of + timedelta(days=ahead))
    return one(match, "weekday", Grain.DAY, tuple((day, day) for day in days), lean=1)


def _weekday_turned(match: Match[str], context: Context) -> list[Part]:
    """As "Tuesday next", "Friday last", of a clause the last words."""
    turn, weekday = context.shape.value(match.start("turn")), int(context.shape.value(match.start("weekday")))
    if context.shape.lower[match.start("turn")] not in {"next", "last"}:
        return []
    ahead = (weekday - context.as_of.weekday() - 1) % 7 + 1
    behind = (context.as_of.weekday() - weekday - 1) % 7 + 1
    day = context.as_of + timedelta(days=ahead if turn == "1" else -behind)
    return one(match, "weekday-turned", Grain.DAY, ((day, day),))


def _numbered_day(match: Match[str], context: Context) -> list[Part]:
    """As "by the 15" that ends a clause."""
    if not word_list("numbered_day_before") & set(context.shape.before(match.start(), 2)[1:]):
        return []
    return _ordinal_day(match, context)


def _rank(match: Match[str], context: Context) -> int:
    """1 to 5, or -1 for the last; 0 where it is neither."""
    at = match.start("rank")
    if context.shape.letters[at] == "r":
        return -1 if context.shape.value(at) == "-1" else 0
    return int(context.shape.value(at))


def _nth_of_month(match: Match[str], context: Context) -> list[Part]:
    """As "last Friday of March 2018", "first week of next month": whole weeks that lie in the month."""
    shape, rank, at = context.shape, _rank(match, context), match.start("what")
    months = _months_meant(match, context)
    if rank not in (-1, 1, 2, 3, 4, 5) or not months:
        return []
    if shape.letters[at] == "W":
        weekday = int(shape.value(at))
        found = [nth_weekday(year, month, weekday, rank) for year, month in months]
        return one(match, "nth-weekday", Grain.DAY, tuple((day, day) for day in found))
    if shape.value(at) != "week":
        return []
    # The last whole week ends on the month's last Sunday.
    back = timedelta(days=6 if rank == -1 else 0)
    mondays = [nth_weekday(year, month, 6 if rank == -1 else 0, rank) - back for year, month in months]
    return one(match, "nth-week", Grain.WEEK, tuple((day, day + timedelta(days=6)) for day in mondays))


def _months_meant(match: Match[str], context: Context) -> list[tuple[int, int]]:
    """The (year, month) pairs that "March", "March 2018" or "next month" can be."""
    shape = context.shape
    if match.group("turn"):
        if shape.value(match.start("unit")) != "month":
            return []
        first = moved(context.as_of.replace(day=1), "month", int(shape.value(match.start("turn"))))
        return [(first.year, first.month)]
    years = (full_year(shape, match.start("year")),) if match.group("year") else near_years(context.as_of)
    return [(year, month_of(match, context)) for year in years]


RULES = (
    Rule(
        "day-of-next-month",
        "n",
        re.compile(
            r"(?:(?P<first>n)(?: ?o)?(?: ?- ?| t (?:T )?))?"
            + _DAY
            + r" (?:O |i )?(?:T )?(?P<turn>r) (?P<unit>u)"
        ),
        _day_of_turned_month,
    ),
    Rule(
        "nth-of-month",
        "Krn",
        re.compile(_NTH + rf"(?:{_MONTH}(?:,? '?(?P<year>Y|n))?(?! ?o)|(?P<turn>r) (?P<unit>u))"),
        _nth_of_month,
    ),
    Rule(
        "weekday-day",
        "W",
        re.compile(r"(?P<weekday>W)\.?,? (?:w )?(?:T )?(?P<day>n)(?P<suffix> ?o)?"),
        _weekday_day,
    ),
    Rule("weekday-turned", "W", re.compile(r"(?P<weekday>W) (?P<turn>r)(?=[.,;)\n]|$)"), _weekday_turned),
    Rule("day-of-month", "n", re.compile(r"(?<=T )(?P<day>n)(?=\.? ?(?:[,;)\n]|$))"), _numbered_day),
    Rule("day-of-month", "n", re.compile(r"(?P<day>n) ?o"), _ordinal_day),
    Rule("weekday", "W", re.compile(r"(?P<weekday>W)"), _weekday_alone),
)
