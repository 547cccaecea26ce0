"""Words that take a part of another date: end of July, mid-July, w/c 8th January, second half of March."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from re import Match

from nlp.reading.dates.part import (
    Context,
    Part,
    Rule,
    financial_start,
    full_year,
    month_of,
    one,
    years_around,
)
from nlp.reading.dates.spans import (
    Span,
    early_mid_late,
    financial_year,
    month_span,
    moved,
    quarter_span,
    week_span,
)
from storage.model.reading import Grain

__all__ = ["RULES"]


def _taken(
    match: Match[str], context: Context, rule: str, take: Callable[[Span], Span], grain: Grain | None = None
) -> list[Part]:
    """The date that follows the match, with every meaning changed by ``take``."""
    found = context.after(match.end())
    if not found or (found[0].grain is Grain.DAY and rule != "week"):
        return []
    target = found[0]
    meanings = tuple(take(span) for span in target.meanings)
    return [
        replace(
            target,
            first=match.start(),
            rule=f"{rule}-of-{target.rule}",
            grain=grain or target.grain,
            meanings=meanings,
            bare=False,
        )
    ]


def _first_day(span: Span) -> Span:
    return span[0], span[0]


def _last_day(span: Span) -> Span:
    return span[1], span[1]


def _edge(match: Match[str], context: Context) -> list[Part]:
    edge = context.shape.value(match.start("edge"))
    told_of = bool(set(match.group()) & set("O-")) and context.shape.after(match.end("edge"), 1) != ["in the"]
    if edge not in {"start", "end"} or (
        not told_of and context.shape.lower[match.start("edge")] not in {"end", "end o", "eo"}
    ):
        return []
    return _taken(match, context, edge, _last_day if edge == "end" else _first_day, Grain.DAY)


def _end_after(match: Match[str], context: Context) -> list[Part]:
    """As "July end", "June 2018 end"."""
    if context.shape.lower[match.start("edge")] != "end":
        return []
    month = month_of(match, context)
    if match.group("year"):
        spans: tuple[Span, ...] = (month_span(full_year(context.shape, match.start("year")), month),)
    else:
        spans = years_around(context.as_of, lambda year: month_span(year, month))
    return one(match, "end-of-month", Grain.DAY, tuple(map(_last_day, spans)))


def _named_end(match: Match[str], context: Context) -> list[Part]:
    """As "month end", "year end" (the financial one), "EOM"."""
    edge, as_of = context.shape.value(match.start()), context.as_of
    ends = _ends(edge, as_of)
    spans = tuple((day, day) for day in sorted(set(ends)))
    return (
        [Part(match.start(), match.end(), edge.replace("_", "-"), Grain.DAY, spans, lean=1)] if spans else []
    )


def _ends(edge: str, as_of: date) -> list[date]:
    around = (-1, 0, 1)
    if edge in {"eom", "month_end"}:
        firsts = [moved(as_of.replace(day=1), "month", shift) for shift in around]
        return [month_span(first.year, first.month)[1] for first in firsts]
    if edge == "week_end" or edge == "eow":
        return [week_span(as_of)[1]]
    if edge == "year_end":
        return [financial_year(financial_start(as_of) + shift)[1] for shift in around]
    if edge == "year_start":
        return [financial_year(financial_start(as_of) + shift)[0] for shift in around]
    if edge in {"eoy", "calendar_year_end"}:
        return [date(as_of.year, 12, 31)]
    if edge == "quarter_end":
        quarter = (as_of.month - 4) % 12 // 3 + 1
        return [quarter_span(financial_start(as_of), quarter)[1]]
    return []


def _third(match: Match[str], context: Context) -> list[Part]:
    third = context.shape.value(match.start("third"))
    return _taken(match, context, third, lambda span: early_mid_late(span, third))


def _thirds(match: Match[str], context: Context) -> list[Part]:
    """As "mid to late March"."""
    first, last = (context.shape.value(match.start(name)) for name in ("first", "last"))
    return _taken(
        match,
        context,
        f"{first}-to-{last}",
        lambda span: (early_mid_late(span, first)[0], early_mid_late(span, last)[1]),
    )


def _week(match: Match[str], context: Context) -> list[Part]:
    """As "w/c 8th January": seven days from the day named; "w/e": up to it."""
    ending = context.shape.letters[match.start()] == "Z"

    def seven_days(span: Span) -> Span:
        day, other = span[0], timedelta(days=6)
        return (day - other, day) if ending else (day, day + other)

    found = context.after(match.end())
    if not found or found[0].grain is not Grain.DAY:
        return []
    rule = "week-ending" if ending else "week-commencing"
    weeks = [
        replace(part, rule=rule, grain=Grain.WEEK, meanings=tuple(map(seven_days, part.meanings)), bare=False)
        for part in found
    ]
    return [replace(weeks[0], first=match.start()), *weeks[1:]]


def _week_of_day(match: Match[str], context: Context) -> list[Part]:
    """As "the week of 16 September" is the Monday week around it, "the weekend of 15 September" its end."""
    found, unit = context.after(match.end()), context.shape.value(match.start("unit"))
    if unit not in {"week", "weekend"} or not found or found[0].grain is not Grain.DAY:
        return []
    weeks = [week_span(start) for start, _ in found[0].meanings]
    if unit == "weekend":
        weeks = [(end - timedelta(days=1), end) for _, end in weeks]
    grain = Grain.WEEK if unit == "week" else Grain.DAY
    return [
        replace(
            found[0],
            first=match.start(),
            rule=f"{unit}-of-day",
            grain=grain,
            meanings=tuple(weeks),
            bare=False,
        )
    ]


def _week_of_number(match: Match[str], context: Context) -> list[Part]:
    """As "w/c 19" is the near 19th, a Monday where there is one."""
    number = context.shape.number(match.start("day"))
    firsts = [moved(context.as_of.replace(day=1), "month", shift) for shift in (-1, 0, 1)]
    days = [first + timedelta(days=number - 1) for first in firsts if 1 <= number <= 28]
    days = [day for day in days if day.weekday() == 0] or days
    return one(
        match, "week-commencing", Grain.WEEK, tuple((day, day + timedelta(days=6)) for day in days), lean=1
    )


# How many months end on the day that follows, and how wide that is.
_ENDING = {"P": (1, Grain.MONTH), "s": (3, Grain.QUARTER), "Q": (12, Grain.YEAR)}


def _month_word(match: Match[str], context: Context) -> list[Part]:
    """As "the month of March", "month ending 31 May"."""
    found = context.after(match.end())
    letter = context.shape.letters[match.start()]
    if not found:
        return []
    if letter == "J" and found[0].grain is Grain.MONTH:
        return [replace(found[0], first=match.start())]
    if letter in _ENDING and found[0].grain in (Grain.DAY, Grain.MONTH):
        months, grain = _ENDING[letter]
        spans = tuple((moved(end + timedelta(days=1), "month", -months), end) for _, end in found[0].meanings)
        return [replace(found[0], first=match.start(), rule="period-ending", grain=grain, meanings=spans)]
    return []


def _half_of(match: Match[str], context: Context) -> list[Part]:
    """As "second half of March": the days from the 16th; of a year, its last six months."""
    half = int(context.shape.value(match.start("rank")))
    if half not in (1, 2):
        return []
    return _taken(match, context, "half", lambda span: _half(span, half))


def _half(span: Span, half: int) -> Span:
    start, end = span
    days = (end - start).days + 1
    middle = start.replace(day=16) if days <= 31 and start.day == 1 else start + timedelta(days=days // 2)
    if days > 300:
        middle = moved(start, "month", 6)
    return (start, middle - timedelta(days=1)) if half == 1 else (middle, end)


_OF = r"(?: ?O(?: T)? | ?- ?| (?:T )?)?"

RULES = (
    Rule("week", "XZ", re.compile(r"[XZ]\.?:? ?(?:T |O )?(?:W\.?,? (?:T )?)?(?=[nWMdErKY])"), _week),
    Rule("week", "XZ", re.compile(r"[XZ]\.?:? ?(?P<day>n)(?! ?[-/.:%]?n)"), _week_of_number),
    Rule("week-of-day", "u", re.compile(r"(?P<unit>u) O (?:T )?(?=[nWMEK])"), _week_of_day),
    Rule("period", "JPsQ", re.compile(r"[JPsQ] (?:T )?"), _month_word),
    Rule("edge", "e", re.compile(rf"(?P<edge>e){_OF}(?=[MrquSYfDLhKnNl])"), _edge),
    Rule("thirds", "l", re.compile(rf"(?P<first>l) ?(?:t|-|A|/) ?(?P<last>l){_OF}"), _thirds),
    Rule("third", "l", re.compile(rf"(?P<third>l)(?: i)?{_OF}(?=[MrquSYfDLhKnE])"), _third),
    Rule(
        "half-of", "Kn", re.compile(r"(?P<rank>K|n(?= ?o))(?: ?o)? H (?:O )?(?:T )?(?=[MrYfqSu])"), _half_of
    ),
    Rule(
        "end-after",
        "M",
        re.compile(r"(?P<month>M)(?:\.? '?(?P<year>Y))? ?-?(?P<edge>e)(?! ?O)"),
        _end_after,
    ),
    Rule("named-end", "e", re.compile("e"), _named_end),
)
