"""Dates with a month's or weekday's name: 1st of May, May 1st, Feb 18, mon 9th, the 22nd, last Friday of March."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match

from nlp.reading.dates.guards import is_month, is_ordinal_day, is_weekday, word_list
from nlp.reading.dates.numeric import last_day_before
from nlp.reading.dates.part import Context, Part, Rule, full_year, one, plausible_year, years_around
from nlp.reading.dates.spans import Span, day_span, month_span, moved, nth_weekday
from storage.model.reading import Grain

__all__ = ["RULES"]

_WEEKDAY = r"(?:W\.?,? (?:w )?(?:T )?)?"
_DAY = r"(?P<day>n)(?: ?o)?"
_JOIN = r"(?: ?[-/.] ?|,? O (?:T )?|,? )?"
_MONTH = r"(?P<month>M)"
_YEAR = r"(?P<gap>(?:\.?,? )?'?|\.? ?[-/] ?|,|\.|,? O )(?P<year>Y|n)(?! ?o)"
_AND = r"(?:, ?A | ?A |, ?| ?/ ?)"


def _month(match: Match[str], context: Context) -> int:
    return int(context.shape.value(match.start("month")))


def _day_month_year(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    if not _year_follows(match, context):
        return []
    day, month, year = (
        shape.number(match.start("day")),
        _month(match, context),
        full_year(shape, match.start("year")),
    )
    return _days(match, "day-month-year", day, month, (year,))


def _year_follows(match: Match[str], context: Context) -> bool:
    """Whether the figure after a month is its year: not "8 February. 10 actions", not "12 March, 14 staff"."""
    shape, at, gap = context.shape, match.start("year"), match.group("gap")
    if "." in gap and shape.digits(match.start("month")) > 4:
        return False
    if shape.digits(at) == 4:
        return True
    if gap in {" - ", "- ", " -"}:
        return False  # "January - 54 days"
    if shape.digits(at) != 2 or "," in gap or "O" in gap:
        return False
    if "-" in gap and re.match(" ?M", shape.letters[at + 1 : at + 3]):
        return False  # "22 Feb-13 Mar"
    return "'" in gap or "-" in gap or "/" in gap or plausible_year(shape, at, context.as_of, reach=10)


def _days(match: Match[str], rule: str, day: int, month: int, years: tuple[int, ...]) -> list[Part]:
    found = tuple(span for year in years if (span := day_span(year, month, day)))
    if found:
        return one(match, rule, Grain.DAY, found)
    near = tuple(span for year in years if (span := last_day_before(year, month, day)))
    return [Part(match.start(), match.end(), rule, Grain.DAY, near, uncertain=True)] if near else []


def _day_month(match: Match[str], context: Context) -> list[Part]:
    day, month = context.shape.number(match.start("day")), _month(match, context)
    if context.shape.lower[match.start("month")] == "may" and not is_month(
        context, match.start("month"), day=True
    ):
        return []
    meanings = years_around(context.as_of, lambda year: day_span(year, month, day))
    if meanings:
        return one(match, "day-month", Grain.DAY, meanings)
    return _days(match, "day-month", day, month, (context.as_of.year,))


def _day_list(match: Match[str], context: Context) -> list[Part]:
    """ "17, 23, 31 July 2013": each its own part, with the last one's month and year."""
    whole = context.after(match.start("last"))
    if not whole or whole[0].grain is not Grain.DAY:
        return []
    month, shape = _month(match, context), context.shape
    earlier: list[Part] = []
    for at in range(match.start(), match.start("last")):
        if shape.letters[at] == "n":
            meanings = tuple(
                span
                for start, _ in whole[0].meanings
                if (span := day_span(start.year, month, shape.number(at)))
            )
            if not meanings:
                return []
            last = at + 1 + bool(re.match(" ?o", shape.letters[at + 1 :]))
            last += shape.letters[at + 1 : last + 1] == " o"
            earlier.append(Part(at, last, "day-list", Grain.DAY, meanings))
    return [*earlier, whole[0]]


def _day_range(match: Match[str], context: Context) -> list[Part]:
    """ "22-24 January 2018", "between 3 and 12 of Sept": one part from the first day to the last."""
    whole = context.after(match.start("last"))
    if not whole or whole[0].grain is not Grain.DAY:
        return []
    month, day = _month(match, context), context.shape.number(match.start("day"))
    meanings = tuple(
        (first[0], last)
        for start, last in whole[0].meanings
        if (first := day_span(start.year, month, day)) and first[0] <= last
    )
    if not meanings:
        return []
    return [Part(match.start(), whole[0].last, "day-range", Grain.DAY, meanings, whole[0].uncertain)]


def _month_day_range(match: Match[str], context: Context) -> list[Part]:
    """ "July 13-15", "March 3rd to 10th 2018"."""
    shape, month = context.shape, _month(match, context)
    day, last = shape.number(match.start("day")), shape.number(match.start("last"))
    years = (full_year(shape, match.start("year")),) if match.group("year") else _near_years(context.as_of)
    meanings = tuple(
        (a[0], b[1])
        for year in years
        if (a := day_span(year, month, day)) and (b := day_span(year, month, last)) and a < b
    )
    return one(match, "month-day-range", Grain.DAY, meanings)


def _near_years(as_of: date) -> tuple[int, ...]:
    return (as_of.year - 1, as_of.year, as_of.year + 1)


def _month_day_year(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    return _days(
        match,
        "month-day-year",
        shape.number(match.start("day")),
        _month(match, context),
        (shape.number(match.start("year")),),
    )


def _month_day(match: Match[str], context: Context) -> list[Part]:
    """ "May 1st", "March the 3rd", and "May 1" where two digits would be a year."""
    shape, at, month = context.shape, match.start("day"), _month(match, context)
    day = shape.number(at)
    if not match.group("suffix"):
        if match.group("weekday") is None and plausible_year(shape, at, context.as_of):
            return []
        if not is_month(context, match.start("month")) or not _day_ends_here(context, match.end()):
            return []
    meanings = years_around(context.as_of, lambda year: day_span(year, month, day))
    return one(match, "month-day", Grain.DAY, meanings)


_DAY_ENDS = frozenset(
    [
        ".",
        ",",
        ";",
        ":",
        ")",
        "!",
        "?",
        "-",
        "and",
        "&",
        "to",
        "for",
        "at",
        "by",
        "with",
        "is",
        "was",
        "meeting",
        "board",
        "then",
    ]
)


def _day_ends_here(context: Context, index: int) -> bool:
    """ "March 3 done" may be, "March 3 teams trained" is not."""
    after = context.shape.after(index, 1)
    return not after or after[0] in _DAY_ENDS or context.told


def _month_year(match: Match[str], context: Context) -> list[Part]:
    shape, at = context.shape, match.start("year")
    if not _year_follows(match, context):
        return []
    marked = bool(set(match.group("gap")) & set("'-/"))
    if shape.digits(at) == 2 and not marked and not plausible_year(shape, at, context.as_of):
        return []
    year = full_year(shape, at)
    far = abs(year - context.as_of.year) > 60
    meanings = (month_span(year, _month(match, context)),)
    return [Part(match.start(), match.end(), "month-year", Grain.MONTH, meanings, far)]


def _year_month(match: Match[str], context: Context) -> list[Part]:
    year = context.shape.number(match.start("year"))
    if not is_month(context, match.start("month"), day=True):
        return []
    return one(match, "year-month", Grain.MONTH, (month_span(year, _month(match, context)),))


def _month_relative_year(match: Match[str], context: Context) -> list[Part]:
    """ "March next year", "this year in March" is left to the parts."""
    shape = context.shape
    if shape.value(match.start("unit")) != "year":
        return []
    year = context.as_of.year + int(shape.value(match.start("turn")))
    if match.group("day"):
        return _days(
            match,
            "day-month-relative-year",
            shape.number(match.start("day")),
            _month(match, context),
            (year,),
        )
    return one(match, "month-relative-year", Grain.MONTH, (month_span(year, _month(match, context)),))


def _month_alone(match: Match[str], context: Context) -> list[Part]:
    if not is_month(context, match.start("month")):
        return []
    month = _month(match, context)
    return one(match, "month", Grain.MONTH, years_around(context.as_of, lambda year: month_span(year, month)))


def _turned_month(match: Match[str], context: Context) -> list[Part]:
    """ "next March" is the first to start after now, "last March" the last to have ended."""
    month, turn, as_of = _month(match, context), context.shape.value(match.start("turn")), context.as_of
    if (
        month == 5
        and context.shape.after(match.end())[:1]
        and context.shape.after(match.end())[0] in word_list("modal_after")
    ):
        return []
    meanings = [month_span(year, month) for year in range(as_of.year - 1, as_of.year + 2)]
    if turn == "0":
        return one(match, "this-month-name", Grain.MONTH, (meanings[1],))
    if turn == "1":
        return one(match, "next-month-name", Grain.MONTH, (next(m for m in meanings if m[0] > as_of),))
    return one(match, "last-month-name", Grain.MONTH, ([m for m in meanings if m[1] < as_of][-1],))


def _months_pair(match: Match[str], context: Context) -> list[Part]:
    """ "Feb/March 2018": one part over both months."""
    shape = context.shape
    first, second = int(shape.value(match.start("first"))), int(shape.value(match.start("month")))
    years = (full_year(shape, match.start("year")),) if match.group("year") else _near_years(context.as_of)
    if match.group("year") and not _year_follows(match, context):
        return []
    meanings = tuple(
        (month_span(year - (first > second), first)[0], month_span(year, second)[1]) for year in years
    )
    return one(match, "months-pair", Grain.MONTH, meanings)


def _weekday_day(match: Match[str], context: Context) -> list[Part]:
    """ "mon 9th", "Friday 20": the near month in which that day is that weekday."""
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
    """ "the 12th of next month"."""
    shape = context.shape
    if shape.value(match.start("unit")) != "month":
        return []
    first = moved(context.as_of.replace(day=1), "month", int(shape.value(match.start("turn"))))
    return _days(match, "day-of-next-month", shape.number(match.start("day")), first.month, (first.year,))


def _weekday_alone(match: Match[str], context: Context) -> list[Part]:
    if not is_weekday(context, match.start(), match.end()):
        return []
    weekday = int(context.shape.value(match.start("weekday")))
    ahead = (weekday - context.as_of.weekday() - 1) % 7 + 1
    behind = (context.as_of.weekday() - weekday - 1) % 7 + 1
    days = (context.as_of - timedelta(days=behind), context.as_of + timedelta(days=ahead))
    return one(match, "weekday", Grain.DAY, tuple((day, day) for day in days), lean=1)


def _word_day_month(match: Match[str], context: Context) -> list[Part]:
    """ "the third of March", "march first", "third day of October 2018"."""
    shape, month = context.shape, _month(match, context)
    day = int(shape.value(match.start("day")))
    if match.groupdict().get("unit") and shape.value(match.start("unit")) != "day":
        return []
    if match.group("year"):
        return _days(match, "word-day-month", day, month, (full_year(shape, match.start("year")),))
    return one(
        match,
        "word-day-month",
        Grain.DAY,
        years_around(context.as_of, lambda year: day_span(year, month, day)),
    )


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
        days = [nth_weekday(year, month, weekday, rank) for year, month in months]
        return one(match, "nth-weekday", Grain.DAY, tuple((day, day) for day in days))
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
    years = (full_year(shape, match.start("year")),) if match.group("year") else _near_years(context.as_of)
    return [(year, _month(match, context)) for year in years]


_NTH = r"(?P<rank>K|r|n(?= ?o))(?: ?o)? (?P<what>W|u)(?:,? O | i )(?:T )?"


def _month_to_day(match: Match[str], context: Context) -> list[Part]:
    """ "March (to 14th)": the month so far."""
    month, day = _month(match, context), context.shape.number(match.start("day"))
    spans = (day_span(year, month, day) for year in _near_years(context.as_of))
    return one(
        match, "month-to-day", Grain.DAY, tuple((span[0].replace(day=1), span[1]) for span in spans if span)
    )


RULES = (
    Rule("month-to-day", "M", re.compile(_MONTH + r" \(?t (?:T )?(?P<day>n)(?: ?o)?\)"), _month_to_day),
    Rule(
        "day-range",
        "WnB",
        re.compile(
            r"(?:B (?:T )?)?(?P<day>n)(?: ?o)?(?: ?- ?| t (?:T )?| A (?:T )?)(?P<last>n)(?: ?o)?"
            + _JOIN
            + _MONTH
        ),
        lambda match, context: (
            _day_range(match, context) if "A" not in match.group() or match.group().startswith("B") else []
        ),
    ),
    Rule(
        "day-list",
        "n",
        re.compile(rf"n(?: ?o)?(?:{_AND}(?:T )?n(?: ?o)?)*{_AND}(?:T )?(?P<last>n)(?: ?o)?{_JOIN}{_MONTH}"),
        _day_list,
    ),
    Rule("day-month-year", "Wn", re.compile(_WEEKDAY + _DAY + _JOIN + _MONTH + _YEAR), _day_month_year),
    Rule(
        "day-month-relative-year",
        "WnM",
        re.compile(rf"(?:{_WEEKDAY}{_DAY}{_JOIN})?{_MONTH},? (?:O )?(?P<turn>r) (?P<unit>u)"),
        _month_relative_year,
    ),
    Rule("day-month", "Wn", re.compile(_WEEKDAY + _DAY + _JOIN + _MONTH), _day_month),
    Rule(
        "day-of-next-month",
        "n",
        re.compile(_DAY + r" (?:O )?(?:T )?(?P<turn>r) (?P<unit>u)"),
        _day_of_turned_month,
    ),
    Rule(
        "word-day-month",
        "K",
        re.compile(rf"(?P<day>K) (?P<unit>u )?(?:O )?{_MONTH}(?:,? (?P<year>Y))?"),
        _word_day_month,
    ),
    Rule(
        "word-day-month",
        "M",
        re.compile(rf"{_MONTH} (?:T )?(?P<day>K)(?! u)(?:,? (?P<year>Y))?"),
        _word_day_month,
    ),
    Rule(
        "nth-of-month",
        "Krn",
        re.compile(_NTH + rf"(?:{_MONTH}(?:,? '?(?P<year>Y|n))?(?! ?o)|(?P<turn>r) (?P<unit>u))"),
        _nth_of_month,
    ),
    Rule("months-pair", "M", re.compile(rf"(?P<first>M) ?/ ?{_MONTH}(?:{_YEAR})?"), _months_pair),
    Rule(
        "month-day-range",
        "M",
        re.compile(
            rf"{_MONTH}\.? (?:T )?(?P<day>n)(?: ?o)? ?(?:-|t) ?(?:T )?(?P<last>n)(?! ?M)(?: ?o)?(?:,? (?P<year>Y))?"
        ),
        _month_day_range,
    ),
    Rule(
        "month-day-year",
        "WM",
        re.compile(rf"(?:W\.?,? )?{_MONTH}\.? ?(?:T )?(?P<day>n)(?: ?o)?(?:,? |,)(?P<year>Y)"),
        _month_day_year,
    ),
    Rule(
        "month-day",
        "WM",
        re.compile(rf"(?P<weekday>W\.?,? (?:w )?)?{_MONTH}\.? ?(?:T )?(?P<day>n)(?P<suffix> ?o)?(?! ?o)"),
        _month_day,
    ),
    Rule("month-year", "M", re.compile(_MONTH + _YEAR), _month_year),
    Rule("year-month", "Y", re.compile(rf"(?P<year>Y) {_MONTH}"), _year_month),
    Rule("turned-month", "r", re.compile(rf"(?P<turn>r) {_MONTH}"), _turned_month),
    Rule("month", "M", re.compile(_MONTH), _month_alone),
    Rule(
        "weekday-day",
        "W",
        re.compile(r"(?P<weekday>W)\.?,? (?:w )?(?:T )?(?P<day>n)(?P<suffix> ?o)?"),
        _weekday_day,
    ),
    Rule("day-of-month", "n", re.compile(r"(?P<day>n) ?o"), _ordinal_day),
    Rule("weekday", "W", re.compile(r"(?P<weekday>W)"), _weekday_alone),
)
