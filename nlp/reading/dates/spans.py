"""Days, months, quarters and years as inclusive spans of days; financial ones the UK public sector's way."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

__all__ = [
    "Span",
    "academic_year",
    "day_span",
    "early_mid_late",
    "feast_span",
    "financial_year",
    "half_span",
    "last_day_before",
    "month_span",
    "months_span",
    "moved",
    "nth_weekday",
    "quarter_span",
    "season_span",
    "week_span",
    "year_span",
]

Span = tuple[date, date]

_FIRST_YEAR, _LAST_YEAR = 1, 9998
_SEASON_STARTS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_MONTHS = {"may": 5, "jun": 6, "aug": 8, "nov": 11}


def day_span(year: int, month: int, day: int) -> Span | None:
    """One day; None where the calendar has no such day."""
    if not (
        _FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    ):
        return None
    return date(year, month, day), date(year, month, day)


def last_day_before(year: int, month: int, day: int) -> Span | None:
    """For an impossible day such as 31 April: the month's last day, to be flagged as uncertain."""
    return None if not 28 < day <= 31 else (month_span(year, month)[1],) * 2


def month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_span(year: int, month: int, count: int) -> Span:
    """``count`` whole months from the given one."""
    start = date(year, month, 1)
    return start, start + relativedelta(months=count) - timedelta(days=1)


def week_span(day: date) -> Span:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def year_span(year: int) -> Span:
    return date(year, 1, 1), date(year, 12, 31)


def financial_year(start_year: int) -> Span:
    """April to March; 2018/19 has the start year 2018."""
    return months_span(start_year, 4, 12)


def academic_year(start_year: int) -> Span:
    """September to August."""
    return months_span(start_year, 9, 12)


def quarter_span(start_year: int, number: int) -> Span:
    """A financial quarter: Q1 is April to June of the year that the financial year starts in."""
    year, month = (start_year, 1 + 3 * number) if number < 4 else (start_year + 1, 1)
    return months_span(year, month, 3)


def half_span(start_year: int, number: int) -> Span:
    """A financial half year: H1 is April to September."""
    return months_span(start_year, 4 if number == 1 else 10, 6)


def season_span(year: int, season: str) -> Span:
    """Meteorological seasons; winter ends in the next year's February."""
    return months_span(year, _SEASON_STARTS[season], 3)


def early_mid_late(span: Span, third: str) -> Span:
    """Days 1-10, 11-20, 21-last of a month; thirds of months of anything longer; parts of a week."""
    start, end = span
    days = (end - start).days + 1
    if days < 28:
        cuts = (0, days // 3, days * 2 // 3)
    elif days <= 31:
        cuts = (0, 10, 20)
    else:
        return _third_of_months(span, third)
    at = ("early", "mid", "late").index(third)
    last = end if at == 2 else start + timedelta(days=cuts[at + 1] - 1)
    return start + timedelta(days=cuts[at]), last


def _third_of_months(span: Span, third: str) -> Span:
    start, end = span
    months = round(((end - start).days + 1) / 30.4)
    size = max(1, months // 3)
    first = start + relativedelta(months=size * ("early", "mid", "late").index(third))
    return first, end if third == "late" else first + relativedelta(months=size) - timedelta(days=1)


def feast_span(year: int, rule: str) -> Span:
    """A named day: "easter-2", "12-25", "may-mon-1" (first Monday), "may-mon-5" (last Monday)."""
    if rule.startswith("easter"):
        day = easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    elif rule[0].isdigit():
        day = date(year, int(rule[:2]), int(rule[3:]))
    else:
        month, weekday, number = rule.split("-")
        day = nth_weekday(year, _MONTHS[month], _WEEKDAYS[weekday], int(number))
    return day, day


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The first to fourth such weekday of a month; the fifth, or -1, is the last."""
    first, last = month_span(year, month)
    if number in (-1, 5):
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def moved(day: date, unit: str, count: int) -> date:
    """A day so many units on (or back, when negative); working days skip weekends."""
    if unit == "working_day":
        return _working_days(day, count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    if months is not None:
        return day + relativedelta(months=months * count)
    return day + timedelta(days={"day": 1, "week": 7, "fortnight": 14, "weekend": 7}[unit] * count)


def _working_days(day: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while day.weekday() > 4:
            day += step
    return day
