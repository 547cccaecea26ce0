"""Quarters, halves, financial and calendar years, seasons and feasts."""

from __future__ import annotations

import re
from datetime import date
from re import Match

from nlp.reading.dates.guards import is_season, is_year
from nlp.reading.dates.part import Context, Part, Rule, financial_start, full_year, one, years_around
from nlp.reading.dates.shape import Shape
from nlp.reading.dates.spans import (
    Span,
    academic_year,
    feast_span,
    financial_year,
    half_span,
    quarter_span,
    season_span,
    year_span,
)
from storage.model.reading import Grain

__all__ = ["RULES"]

# A year as written beside a quarter: FY19, 2018/19, 18/19, 1920, 2018, 18.
_FINANCIAL = r"(?:f ?'?(?:Y|N|n)(?: ?[-/] ?(?:Y|n))?|Y ?[-/] ?(?:n|Y)|n ?[-/] ?n|N)"
_ANY_YEAR = rf"(?:{_FINANCIAL}|Y|'?n(?![o%]| ?[-./]n))"
_OF = r"(?:,? ?O (?:T )?|,? ?\(?| ?[-/] ?)"


def _year_numbers(shape: Shape, first: int, last: int) -> list[int]:
    return [
        full_year(shape, at) if shape.letters[at] in "Yn" else shape.number(at)
        for at in range(first, last)
        if shape.letters[at] in "YnN"
    ]


def financial_year_of(shape: Shape, first: int, last: int) -> int | None:
    """The year in which the financial year written here starts, or None where it is none.

    "FY19" ends in 2019; "2018/19", "18/19", "2018-2019" and "1819" name both years.
    """
    numbers = _year_numbers(shape, first, last)
    if len(numbers) == 2:
        return numbers[0] if numbers[1] == numbers[0] + 1 else None
    if len(numbers) != 1:
        return None
    return _two_years_in_four_digits(numbers[0]) or (
        numbers[0] - 1 if "f" in shape.letters[first:last] else None
    )


def _two_years_in_four_digits(number: int) -> int | None:
    """1920 is 2019/20 and 1819 is 2018/19; 2021 is left to be a year."""
    start, end = divmod(number, 100)
    return 2000 + start if end == start + 1 and start > 9 and number != 2021 else None


def _start_year(shape: Shape, first: int, last: int) -> int | None:
    """The financial year beside a quarter; a plain 2018 is the year it starts in."""
    found = financial_year_of(shape, first, last)
    if found is not None:
        return found
    numbers = _year_numbers(shape, first, last)
    return numbers[0] if len(numbers) == 1 and 1990 < numbers[0] < 2100 else None


def _financial_year(match: Match[str], context: Context) -> list[Part]:
    shape, first, last = context.shape, match.start("fy"), match.end("fy")
    start = financial_year_of(shape, first, last)
    written = shape.letters[first:last]
    if start is None or not (context.as_of.year - 25 <= start <= context.as_of.year + 35):
        return []
    if written in {"Y", "N"} or ("f" not in match.group() and not _years_not_days(match, context)):
        return []
    if "D" in match.group():
        return one(match, "academic-year", Grain.YEAR, (academic_year(start),))
    return one(match, "financial-year", Grain.YEAR, (financial_year(start),))


def _years_not_days(match: Match[str], context: Context) -> bool:
    """As "18/19" can be no day; "11/12" is one, unless words or the time of reading say otherwise."""
    shape, first, last = context.shape, match.start("fy"), match.end("fy")
    if shape.before(first, 1)[:1] in (["aged"], ["age"], ["ages"]) or _ages(shape, last):
        return False
    if shape.letters[first] == "Y":
        return "/" in match.group() or shape.digits(last - 1) == 2
    if "/" not in match.group() or "D" in match.group():
        return "D" in match.group()
    numbers = [shape.number(first), shape.number(last - 1)]
    before = shape.before(first)
    yearly = bool(before) and before[0] in {"in", "for", "during", "of", "budget", "plan"}
    return abs(2000 + numbers[0] - context.as_of.year) <= 12 and (numbers[1] > 12 or yearly)


def _ages(shape: Shape, last: int) -> bool:
    """As "17/18 year olds"."""
    after = shape.after(last, 3)
    return after[:1] in (["year"], ["yr"], ["years"]) and bool({"old", "olds"} & set(after))


def _last_quarter(match: Match[str], context: Context) -> list[Part]:
    """As "last quarter of 2017/18"."""
    start = _written_start(match, context)
    if (
        context.shape.value(match.start("last")) != "-1"
        or _another_unit(match, context, "quarter")
        or start is None
    ):
        return []
    return one(match, "quarter-of-year", Grain.QUARTER, (quarter_span(start, 4),))


def _turned_financial_year(match: Match[str], context: Context) -> list[Part]:
    """As "this financial year", "next academic year"; "this year" is a relative date."""
    turn = int(context.shape.value(match.start("turn")))
    letter = context.shape.letters[match.start("what")]
    if letter == "f":
        return one(
            match,
            "turned-financial-year",
            Grain.YEAR,
            (financial_year(financial_start(context.as_of) + turn),),
        )
    if letter == "D":
        start = context.as_of.year if context.as_of.month >= 9 else context.as_of.year - 1
        return one(match, "turned-academic-year", Grain.YEAR, (academic_year(start + turn),))
    return one(match, "turned-calendar-year", Grain.YEAR, (year_span(context.as_of.year + turn),))


def _the_financial_year(match: Match[str], context: Context) -> list[Part]:
    """As "end of the financial year", which only words before it make a date."""
    if context.shape.value(match.start()) == "next":
        return one(
            match, "new-financial-year", Grain.YEAR, (financial_year(financial_start(context.as_of) + 1),)
        )
    if not context.told:
        return []
    if context.shape.letters[match.start()] == "f":
        start = financial_start(context.as_of)
        return one(match, "financial-year-end", Grain.YEAR, (financial_year(start),))
    if context.shape.letters[match.start()] == "D":
        start = context.as_of.year if context.as_of.month >= 9 else context.as_of.year - 1
        return one(match, "academic-year-end", Grain.YEAR, (academic_year(start),))
    return one(match, "calendar-year-end", Grain.YEAR, (year_span(context.as_of.year),))


def _quarter(match: Match[str], context: Context) -> list[Part]:
    return _numbered(match, context, "quarter", 4)


def _quarters_pair(match: Match[str], context: Context) -> list[Part]:
    """As "Q3/4 2018/19", "Q1-2": one part over both quarters."""
    shape = context.shape
    first, last = shape.number(match.start("first")), shape.number(match.start("number"))
    start = _written_start(match, context)
    if not 1 <= first < last <= 4 or (start is None and _has(match, "year")):
        return []
    around = financial_start(context.as_of)
    starts = [start] if start is not None else [around - 1, around, around + 1]
    spans = tuple((quarter_span(year, first)[0], quarter_span(year, last)[1]) for year in starts)
    return one(match, "quarters-pair", Grain.QUARTER, spans)


def _quarter_to(match: Match[str], context: Context) -> list[Part]:
    """As "the September quarter": the three months that end with it."""
    month = int(context.shape.value(match.start("month")))
    if context.shape.value(match.start("unit")) != "quarter" or month % 3:
        return []
    spans = years_around(context.as_of, lambda year: quarter_span(year - (month == 3), month // 3 - 1 or 4))
    return one(match, "quarter-to-month", Grain.QUARTER, spans)


def _half(match: Match[str], context: Context) -> list[Part]:
    return _numbered(match, context, "half", 2)


def _numbered(match: Match[str], context: Context, rule: str, most: int) -> list[Part]:
    shape = context.shape
    number = int(shape.value(match.start("number")))
    if not 1 <= number <= most or _another_unit(match, context, rule):
        return []
    span_of = quarter_span if rule == "quarter" else half_span
    start = _written_start(match, context)
    if start is not None:
        return one(match, rule + "-of-year", Grain.QUARTER, (span_of(start, number),))
    if _has(match, "year") or (rule == "half" and not shape.said(match.start()).isupper()):
        return []
    around = financial_start(context.as_of)
    return one(match, rule, Grain.QUARTER, tuple(span_of(around + shift, number) for shift in (-1, 0, 1)))


def _has(match: Match[str], group: str) -> bool:
    return match.groupdict().get(group) is not None


def _another_unit(match: Match[str], context: Context, rule: str) -> bool:
    return _has(match, "unit") and context.shape.value(match.start("unit")) != rule


def _written_start(match: Match[str], context: Context) -> int | None:
    shape = context.shape
    if _has(match, "turn"):
        return financial_start(context.as_of) + int(shape.value(match.start("turn")))
    if _has(match, "year"):
        return _start_year(shape, match.start("year"), match.end("year"))
    return None


def _season(match: Match[str], context: Context) -> list[Part]:
    shape, as_of = context.shape, context.as_of
    season = shape.value(match.start("season"))
    if _has(match, "year"):
        year = financial_year_of(shape, match.start("year"), match.end("year"))
        if year is None:
            year = _year_numbers(shape, match.start("year"), match.end("year"))[0]
        elif season in {"spring"}:
            year += 1
        if abs(year - as_of.year) > 60:
            return []
        return one(match, "season-of-year", Grain.SEASON, (season_span(year, season),))
    if _has(match, "relative"):
        year = as_of.year + int(shape.value(match.start("relative")))
        return one(match, "season-of-year", Grain.SEASON, (season_span(year, season),))
    spans = years_around(as_of, lambda year: season_span(year, season))
    if _has(match, "turn"):
        return one(
            match, "turned-season", Grain.SEASON, (_turned(spans, shape.value(match.start("turn")), as_of),)
        )
    return one(match, "season", Grain.SEASON, spans) if is_season(context, match.start(), match.end()) else []


def _turned(spans: tuple[Span, ...], turn: str, as_of: date) -> Span:
    """The next to start, the last to have ended, or the one we are in or nearest to."""
    if turn == "1":
        return next((span for span in spans if span[0] > as_of and _next_enough(span, as_of)), spans[-1])
    if turn == "-1":
        return next((span for span in reversed(spans) if span[1] < as_of), spans[0])
    return next((span for span in spans if span[1] >= as_of), spans[-1])


def _next_enough(span: Span, as_of: date) -> bool:
    """In April "next summer" is rather that of next year; in November "next spring" is the coming one."""
    return span[0].year > as_of.year or span[1].year > span[0].year or span[0] == span[1]


def _seasons_pair(match: Match[str], context: Context) -> list[Part]:
    """As "autumn/winter 2018"."""
    shape = context.shape
    first, second = shape.value(match.start()), shape.value(match.start("season"))
    if _has(match, "year"):
        years: tuple[int, ...] = (_year_numbers(shape, match.start("year"), match.end("year"))[0],)
    else:
        years = (context.as_of.year - 1, context.as_of.year, context.as_of.year + 1)
    spans = ((season_span(year, first)[0], season_span(year, second)[1]) for year in years)
    return one(match, "seasons-pair", Grain.SEASON, tuple(span for span in spans if span[0] < span[1]))


def _feast(match: Match[str], context: Context) -> list[Part]:
    shape, as_of = context.shape, context.as_of
    rule = shape.value(match.start("feast"))
    if _has(match, "year"):
        year = full_year(shape, match.end("year") - 1)
        return one(match, "feast-of-year", Grain.DAY, (feast_span(year, rule),))
    if _has(match, "relative"):
        year = as_of.year + int(shape.value(match.start("relative")))
        return one(match, "feast-of-year", Grain.DAY, (feast_span(year, rule),))
    spans = years_around(as_of, lambda year: feast_span(year, rule))
    if _has(match, "turn"):
        return one(
            match, "turned-feast", Grain.DAY, (_turned(spans, shape.value(match.start("turn")), as_of),)
        )
    return one(match, "feast", Grain.DAY, spans)


def _years_range(match: Match[str], context: Context) -> list[Part]:
    """As "2018-2020", "2018 to 2020", "2018-21"."""
    shape = context.shape
    first, last = shape.number(match.start("year")), full_year(shape, match.start("last"))
    if not first < last <= first + 30 or abs(first - context.as_of.year) > 40:
        return []
    return one(match, "years-range", Grain.YEAR, ((date(first, 1, 1), date(last, 12, 31)),))


def _year(match: Match[str], context: Context) -> list[Part]:
    year = context.shape.number(match.start())
    if not is_year(context, match.start(), match.end()):
        return []
    return one(match, "year", Grain.YEAR, (year_span(year),))


_YEAR = rf"(?:{_OF}(?P<year>{_ANY_YEAR})\)?| (?:O )?(?:T )?(?P<turn>r) (?:u|f))?"

RULES = (
    Rule(
        "last-quarter", "r", re.compile(rf"(?P<last>r) (?P<unit>u){_OF}(?P<year>{_FINANCIAL})"), _last_quarter
    ),
    Rule(
        "quarter-after-year",
        "YfnN",
        re.compile(rf"(?P<year>{_FINANCIAL}|Y|N|n(?=q))(?: ?[-/:] ?| )?q ?(?P<number>n)"),
        _quarter,
    ),
    Rule("quarter-to-month", "M", re.compile(r"(?P<month>M) (?P<unit>u)"), _quarter_to),
    Rule(
        "quarters-pair",
        "q",
        re.compile(rf"q\.? ?(?P<first>n) ?[-/&] ?(?P<number>n)(?![o%/]|\.n){_YEAR}"),
        _quarters_pair,
    ),
    Rule("quarter", "q", re.compile(rf"q\.? ?(?P<number>n|k)(?![o%]|\.n){_YEAR}"), _quarter),
    Rule("quarter", "u", re.compile(rf"(?P<unit>u) (?P<number>n|k)(?![o%]|\.n){_YEAR}"), _quarter),
    Rule("quarter", "Kn", re.compile(rf"(?P<number>K|n(?= ?o))(?: ?o)?(?: f)? (?P<unit>u){_YEAR}"), _quarter),
    Rule("half", "h", re.compile(rf"h(?P<number>n)(?![o%]|\.n){_YEAR}"), _half),
    Rule(
        "half", "Kn", re.compile(rf"(?P<number>K|n(?= ?o))(?: ?o)? H(?:{_OF}(?P<year>{_FINANCIAL}))"), _half
    ),
    Rule(
        "half-after-year", "Yf", re.compile(rf"(?P<year>{_FINANCIAL}|Y)(?: ?[-/] ?| )?h(?P<number>n)"), _half
    ),
    Rule(
        "financial-year",
        "fDYnN",
        re.compile(rf"(?:(?:f|D)(?: O)? ?)?(?P<fy>{_FINANCIAL})(?: (?:f|D))?"),
        _financial_year,
    ),
    Rule("turned-year", "r", re.compile(r"(?P<turn>r) (?P<what>f|D|L)(?: u)?"), _turned_financial_year),
    Rule("the-year", "fDL", re.compile(r"[fDL](?: u)?"), _the_financial_year),
    Rule(
        "seasons-pair",
        "S",
        re.compile(r"S(?: ?/ ?| ?- ?)(?P<season>S)(?:,? '?(?P<year>Y|n(?! ?o)))?"),
        _seasons_pair,
    ),
    Rule(
        "season",
        "rS",
        re.compile(
            r"(?:(?P<turn>r) )?(?P<season>S)(?:(?:,? (?:O )?'?|')(?P<year>Y ?[-/] ?(?:n|Y)|n/n|Y|n(?! ?o|[-/:%]|\.n))|(?: O)? (?P<relative>r) u)?"
        ),
        _season,
    ),
    Rule("season", "Y", re.compile(r"(?P<year>Y) (?P<season>S)(?! x)"), _season),
    Rule(
        "feast",
        "rE",
        re.compile(
            r"(?:(?P<turn>r) )?(?P<feast>E)(?:(?:,? '?|')(?P<year>Y|n(?! ?o|[-/:%]|\.n))| (?P<relative>r) u)?"
        ),
        _feast,
    ),
    Rule(
        "years-range",
        "Y",
        re.compile(r"(?P<year>Y) ?(?:-|t) ?(?P<last>Y|n(?= ?(?:[^-n/.:o%]|$)))"),
        _years_range,
    ),
    Rule("year", "Y", re.compile("Y"), _year),
)
