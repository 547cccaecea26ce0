"""Dates with a month's name: 1st of May, May 1st, Feb 18, 22-24 January."""

from __future__ import annotations

import re
from re import Match

from nlp.reading.dates.guards import is_month
from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import (
    Context,
    Part,
    Rule,
    days,
    full_year,
    month_of,
    near_years,
    one,
    plausible_year,
    years_around,
)
from nlp.reading.dates.spans import day_span, month_span
from storage.model.reading import Grain

__all__ = ["RULES"]

_WEEKDAY = r"(?:W\.?,? (?:w )?(?:T )?)?"
_DAY = r"(?P<day>n)(?: ?o)?"
_JOIN = r"(?: ?[-/.] ?|,? O (?:T )?|,? )?"
_MONTH = r"(?P<month>M)"
_YEAR = r"(?P<gap>(?:\.?,? )?'?|\.? ?[-/] ?|,|\.|,? O )(?P<year>Y|n)(?! ?o)"
_AND = r"(?:, ?A | ?A |, ?| ?/ ?)"


def _day_month_year(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    if not _year_follows(match, context):
        return []
    day, month, year = (
        shape.number(match.start("day")),
        month_of(match, context),
        full_year(shape, match.start("year")),
    )
    return days(match, "day-month-year", day, month, (year,))


def _year_follows(match: Match[str], context: Context) -> bool:
    """Whether the figure after a month is its year: not "8 February. 10 actions", not "12 March, 14 staff"."""
    shape, at, gap = context.shape, match.start("year"), match.group("gap")
    if "." in gap and shape.digits(match.start("month")) > 4:
        return False
    if ". " in gap and shape.digits(at) == 2:
        return plausible_year(shape, at, context.as_of, reach=2)
    if shape.digits(at) == 4:
        return True
    if gap in {" - ", "- ", " -"} and not (gap == " -" and plausible_year(shape, at, context.as_of)):
        return False  # "January - 54 days"
    if shape.digits(at) != 2 or "," in gap or "O" in gap:
        return False
    if "-" in gap and re.match(" ?M", shape.letters[at + 1 : at + 3]):
        return False  # "22 Feb-13 Mar"
    return "'" in gap or "-" in gap or "/" in gap or plausible_year(shape, at, context.as_of, reach=10)


def _day_month(match: Match[str], context: Context) -> list[Part]:
    day, month = context.shape.number(match.start("day")), month_of(match, context)
    if context.shape.lower[match.start("month")] == "may" and not is_month(
        context, match.start("month"), day=True
    ):
        return []
    meanings = years_around(context.as_of, lambda year: day_span(year, month, day))
    if meanings:
        return one(match, "day-month", Grain.DAY, meanings)
    return days(match, "day-month", day, month, (context.as_of.year,))


def _day_list(match: Match[str], context: Context) -> list[Part]:
    """As "17, 23, 31 July 2013": each its own part, with the last one's month and year."""
    whole = context.after(match.start("last"))
    if not whole or whole[0].grain is not Grain.DAY:
        return []
    month, shape = month_of(match, context), context.shape
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
    """As "22-24 January 2018", "between 3 and 12 of Sept": one part from the first day to the last."""
    whole = context.after(match.start("last"))
    if not whole or whole[0].grain is not Grain.DAY:
        return []
    month, day = month_of(match, context), context.shape.number(match.start("day"))
    meanings = tuple(
        (first[0], last)
        for start, last in whole[0].meanings
        if (first := day_span(start.year, month, day)) and first[0] <= last
    )
    if not meanings:
        return []
    return [Part(match.start(), whole[0].last, "day-range", Grain.DAY, meanings, whole[0].uncertain)]


def _month_day_range(match: Match[str], context: Context) -> list[Part]:
    """As "July 13-15", "March 3rd to 10th 2018"."""
    shape, month = context.shape, month_of(match, context)
    day, last = shape.number(match.start("day")), shape.number(match.start("last"))
    years = (full_year(shape, match.start("year")),) if match.group("year") else near_years(context.as_of)
    meanings = tuple(
        (a[0], b[1])
        for year in years
        if (a := day_span(year, month, day)) and (b := day_span(year, month, last)) and a < b
    )
    return one(match, "month-day-range", Grain.DAY, meanings)


def _month_days_pair(match: Match[str], context: Context) -> list[Part]:
    """As "July 13 - July 15, 2018", "Mar 15 or Mar 22 2018": the first figure is a day too, no year."""
    shape, year = context.shape, context.shape.number(match.start("year"))
    first = day_span(year, month_of(match, context), shape.number(match.start("day")))
    last = day_span(year, int(shape.value(match.start("other"))), shape.number(match.start("last")))
    if not first or not last or first >= last:
        return []
    if set(match.group("gap")) & set("-t"):
        return one(match, "month-day-range", Grain.DAY, ((first[0], last[1]),))
    return [
        Part(match.start(), match.end("day"), "month-day-list", Grain.DAY, (first,)),
        Part(match.start("other"), match.end(), "month-day-list", Grain.DAY, (last,)),
    ]


def _month_day_year(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    return days(
        match,
        "month-day-year",
        shape.number(match.start("day")),
        month_of(match, context),
        (shape.number(match.start("year")),),
    )


def _month_day(match: Match[str], context: Context) -> list[Part]:
    """As "May 1st", "March the 3rd", and "May 1" where two digits would be a year."""
    shape, at, month = context.shape, match.start("day"), month_of(match, context)
    day = shape.number(at)
    if not match.group("suffix"):
        if match.group("weekday") is None and plausible_year(shape, at, context.as_of):
            return []
        if not is_month(context, match.start("month")) or not _day_ends_here(context, match.end()):
            return []
    meanings = years_around(context.as_of, lambda year: day_span(year, month, day))
    if not meanings:
        return days(match, "month-day", day, month, (context.as_of.year,))
    return one(match, "month-day", Grain.DAY, meanings)


def _day_ends_here(context: Context, index: int) -> bool:
    """As "March 3 done" may be, "March 3 teams trained" is not."""
    after = context.shape.after(index, 1)
    return not after or after[0] in word_list("month_day_after") or context.told


def _month_year(match: Match[str], context: Context) -> list[Part]:
    shape, at = context.shape, match.start("year")
    if not _year_follows(match, context):
        return []
    marked = bool(set(match.group("gap")) & set("'-/"))
    if shape.digits(at) == 2 and not marked and not plausible_year(shape, at, context.as_of):
        return []
    year = full_year(shape, at)
    far = abs(year - context.as_of.year) > 60
    meanings = (month_span(year, month_of(match, context)),)
    return [Part(match.start(), match.end(), "month-year", Grain.MONTH, meanings, far)]


def _year_month(match: Match[str], context: Context) -> list[Part]:
    year = context.shape.number(match.start("year"))
    if not is_month(context, match.start("month"), day=True):
        return []
    return one(match, "year-month", Grain.MONTH, (month_span(year, month_of(match, context)),))


def _month_relative_year(match: Match[str], context: Context) -> list[Part]:
    """As "March next year", "this year in March" is left to the parts."""
    shape = context.shape
    if shape.value(match.start("unit")) != "year":
        return []
    year = context.as_of.year + int(shape.value(match.start("turn")))
    if match.group("day"):
        return days(
            match,
            "day-month-relative-year",
            shape.number(match.start("day")),
            month_of(match, context),
            (year,),
        )
    return one(match, "month-relative-year", Grain.MONTH, (month_span(year, month_of(match, context)),))


def _month_alone(match: Match[str], context: Context) -> list[Part]:
    if not is_month(context, match.start("month")):
        return []
    month = month_of(match, context)
    return one(match, "month", Grain.MONTH, years_around(context.as_of, lambda year: month_span(year, month)))


def _turned_month(match: Match[str], context: Context) -> list[Part]:
    """As "next March" is the first to start after now, "last March" the last to have ended."""
    month, turn, as_of = month_of(match, context), context.shape.value(match.start("turn")), context.as_of
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
    """As "Feb/March 2018": one part over both months."""
    shape = context.shape
    first, second = int(shape.value(match.start("first"))), int(shape.value(match.start("month")))
    years = (full_year(shape, match.start("year")),) if match.group("year") else near_years(context.as_of)
    if match.group("year") and not _year_follows(match, context):
        return []
    meanings = tuple(
        (month_span(year - (first > second), first)[0], month_span(year, second)[1]) for year in years
    )
    return one(match, "months-pair", Grain.MONTH, meanings)


def _word_day_month(match: Match[str], context: Context) -> list[Part]:
    """As "the third of March", "march first", "third day of October 2018"."""
    shape, month = context.shape, month_of(match, context)
    day = int(shape.value(match.start("day")))
    if match.groupdict().get("unit") and shape.value(match.start("unit")) != "day":
        return []
    if match.group("year"):
        return days(match, "word-day-month", day, month, (full_year(shape, match.start("year")),))
    return one(
        match,
        "word-day-month",
        Grain.DAY,
        years_around(context.as_of, lambda year: day_span(year, month, day)),
    )


def _month_to_day(match: Match[str], context: Context) -> list[Part]:
    """As "March (to 14th)": the month so far."""
    month, day = month_of(match, context), context.shape.number(match.start("day"))
    spans = (day_span(year, month, day) for year in near_years(context.as_of))
    return one(
        match, "month-to-day", Grain.DAY, tuple((span[0].replace(day=1), span[1]) for span in spans if span)
    )


RULES = (
    Rule("month-to-day", "M", re.compile(_MONTH + r" \(?t (?:T )?(?P<day>n)(?: ?o)?\)"), _month_to_day),
    Rule(
        "day-range",
        "WnB",
        re.compile(
            r"(?:B (?:T )?)?(?P<day>n)(?: ?o)?(?: ?[-/] ?| t (?:T )?| A (?:T )?)(?P<last>n)(?: ?o)?"
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
        re.compile(
            rf"n(?: ?o)?(?:{_AND}(?:T )?n(?: ?o)?){{0,12}}{_AND}(?:T )?(?P<last>n)(?: ?o)?{_JOIN}{_MONTH}"
        ),
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
        "word-day-month",
        "K",
        re.compile(rf"(?P<day>K) (?P<unit>u )?(?:O )?{_MONTH}(?:[.,]? (?P<year>Y))?"),
        _word_day_month,
    ),
    Rule(
        "word-day-month",
        "M",
        re.compile(rf"{_MONTH} (?:T )?(?P<day>K)(?! u)(?:,? (?P<year>Y))?"),
        _word_day_month,
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
        "month-day-range",
        "M",
        re.compile(
            rf"{_MONTH} (?P<day>n)(?P<gap> ?- ?| t | A |, )(?P<other>M) (?P<last>n)(?! ?o),? (?P<year>Y)"
        ),
        _month_days_pair,
    ),
    Rule(
        "month-day-year",
        "WM",
        re.compile(rf"(?:W\.?,? )?{_MONTH}(?:\.? ?(?:T )?|-)(?P<day>n)(?: ?o)?(?:,? |,|-)(?P<year>Y)"),
        _month_day_year,
    ),
    Rule(
        "month-day",
        "WM",
        re.compile(rf"(?P<weekday>W\.?,? (?:w )?)?{_MONTH}\.? ?(?:T )?(?P<day>n)(?P<suffix> ?o)?(?! ?o)"),
        _month_day,
    ),
    Rule("month-year", "M", re.compile(_MONTH + _YEAR), _month_year),
    Rule("month-day-year", "Y", re.compile(rf"(?P<year>Y)-{_MONTH}-(?P<day>n)"), _month_day_year),
    Rule("year-month", "Y", re.compile(rf"(?P<year>Y) {_MONTH}"), _year_month),
    Rule("turned-month", "r", re.compile(rf"(?P<turn>r) {_MONTH}(?!,? ?[Yn])"), _turned_month),
    Rule("month", "M", re.compile(_MONTH), _month_alone),
)
