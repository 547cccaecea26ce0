"""Dates in figures: 2018-03-05, 01.04.16, 1/4/16, 18/5, 04/2018; the day first."""

from __future__ import annotations

import re
from re import Match

from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import Context, Part, Rule, days, full_year, years_around
from nlp.reading.dates.spans import day_span, last_day_before, month_span
from storage.model.reading import Grain

__all__ = ["RULES"]

_WEEKDAY = r"(?:W\.?,? )?"
_REF_YEARS = 5  # "6.1.14" is rather a reference than a day of long ago


def _iso(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    year, month, day = (shape.number(match.start(name)) for name in ("year", "month", "day"))
    return _day(match, "iso", year, month, day)


def _compact(match: Match[str], context: Context) -> list[Part]:
    digits = context.shape.lower[match.start()]
    if len(digits) != 8 or not digits.startswith("20"):
        return []
    return _day(match, "iso-compact", int(digits[:4]), int(digits[4:6]), int(digits[6:]), strict=True)


def _day_month_year(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    day, month = shape.number(match.start("day")), shape.number(match.start("month"))
    year = full_year(shape, match.start("year"))
    if shape.digits(match.start("year")) == 1 or _rather_ref(match, context, year):
        return []
    if month > 12 >= day:
        return _day(match, "numeric-month-first", year, day, month)
    return _day(match, "day-month-year-figures", year, month, day)


def _rather_ref(match: Match[str], context: Context, year: int) -> bool:
    """As "6.1.14": dots, no padding, two digits that are no year of now."""
    shape = context.shape
    dotted = "." in match.group("mark") and shape.digits(match.start("year")) == 2
    if dotted and word_list("ref_before") & set(shape.before(match.start(), 2)):
        return True
    padded = shape.digits(match.start("day")) == 2 or shape.digits(match.start("month")) == 2
    return dotted and not padded and abs(year - context.as_of.year) > _REF_YEARS


def _day(match: Match[str], rule: str, year: int, month: int, day: int, strict: bool = False) -> list[Part]:
    span = day_span(year, month, day)
    if span:
        return [Part(match.start(), match.end(), rule, Grain.DAY, (span,))]
    near = last_day_before(year, month, day) if 1 <= month <= 12 and not strict else None
    return [Part(match.start(), match.end(), rule, Grain.DAY, (near,), uncertain=True)] if near else []


def _day_month(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    day, month = shape.number(match.start("day")), shape.number(match.start("month"))
    if not 1 <= month <= 12 or not _says_date(match, context):
        return []
    meanings = years_around(context.as_of, lambda year: day_span(year, month, day))
    if not meanings:
        due = bool(shape.before(match.start())) and shape.before(match.start())[0] in {
            "by",
            "due",
            "on",
            "until",
        }
        return days(match, "day-month-figures", day, month, (context.as_of.year,)) if due else []
    return [Part(match.start(), match.end(), "day-month-figures", Grain.DAY, meanings)]


_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4", "1/1", "2/2", "3/3", "4/4", "5/5"})


def _says_date(match: Match[str], context: Context) -> bool:
    """Whether n/n is a day and not a fraction or a score."""
    shape, first, last = context.shape, match.start("day"), match.end()
    before, after = shape.before(match.start(), 1), shape.after(last, 1)
    written = "".join(shape.lower[first:last])
    if (before and before[0] in word_list("scored_before")) or (
        after and after[0] in word_list("scored_after")
    ):
        return False
    if match.group("mark") == "/":
        return (
            (written not in _FRACTIONS and len(set(written.split("/"))) > 1)
            or context.told
            or bool(before and before[0] in word_list("day_month_before"))
        )
    padded = shape.digits(match.start("day")) == 2 and shape.lower[match.start("month")].startswith(
        ("0", "1")
    )
    return (
        padded
        and shape.digits(match.start("month")) == 2
        and bool(before)
        and before[0] in {"by", "on", "until", "due", "from", "since", "before"}
    )


def _month_year(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    month, year = shape.number(match.start("month")), shape.number(match.start("year"))
    if not 1 <= month <= 12:
        return []
    return [Part(match.start(), match.end(), "month-year-figures", Grain.MONTH, (month_span(year, month),))]


def _year_month(match: Match[str], context: Context) -> list[Part]:
    shape = context.shape
    if (
        shape.digits(match.start("month")) == 2
        and shape.number(match.start("month")) != (shape.number(match.start()) + 1) % 100
    ):
        return _month_year(match, context)
    return []


RULES = (
    Rule("iso", "Y", re.compile(r"(?P<year>Y)(?P<mark>[-/.])(?P<month>n)(?P=mark)(?P<day>n)"), _iso),
    Rule("iso-compact", "N", re.compile("N"), _compact),
    Rule(
        "day-month-year-figures",
        "Wn",
        re.compile(_WEEKDAY + r"(?P<day>n)(?P<mark> ?[-/.] ?)(?P<month>n)(?P=mark)(?P<year>Y|n)"),
        _day_month_year,
    ),
    Rule("month-year-figures", "n", re.compile(r"(?P<month>n)[-/.](?P<year>Y)"), _month_year),
    Rule("year-month-figures", "Y", re.compile(r"(?P<year>Y)[-/](?P<month>n)"), _year_month),
    Rule(
        "day-month-figures", "Wn", re.compile(_WEEKDAY + r"(?P<day>n)(?P<mark>[/.])(?P<month>n)"), _day_month
    ),
)
