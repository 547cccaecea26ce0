"""Dates told from the day of reading: tomorrow, next week, in two weeks, three months ago, a week on Tuesday."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match

from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import Context, Part, Rule, financial_start, one
from nlp.reading.dates.spans import (
    Span,
    early_mid_late,
    month_span,
    moved,
    quarter_span,
    week_span,
    year_span,
)
from storage.model.reading import Grain

__all__ = ["RULES"]

_COUNT = r"(?:~ )?(?P<count>n|k)"
_MOST_COUNT = 120  # a longer stretch of time is no date of a plan
_GRAINS = {
    "day": Grain.DAY,
    "working_day": Grain.DAY,
    "week": Grain.WEEK,
    "weekend": Grain.DAY,
    "fortnight": Grain.WEEK,
    "month": Grain.MONTH,
    "quarter": Grain.QUARTER,
    "year": Grain.YEAR,
    "decade": Grain.YEAR,
}


def _count(match: Match[str], context: Context) -> int:
    return int(context.shape.value(match.start("count"))) if match.groupdict().get("count") else 1


def _unit(match: Match[str], context: Context, group: str = "unit") -> str:
    return context.shape.value(match.start(group))


def _near(match: Match[str], context: Context) -> list[Part]:
    day = context.as_of + timedelta(days=int(context.shape.value(match.start())))
    return one(match, "near-day", Grain.DAY, ((day, day),))


def _same_time(match: Match[str], context: Context) -> list[Part]:
    """As "this time next week", "this time last year"."""
    turn, unit = int(context.shape.value(match.start("turn"))), _unit(match, context)
    if not turn or unit not in {"week", "month", "quarter", "year"}:
        return []
    day = moved(context.as_of, unit, turn)
    return one(match, "same-time", Grain.DAY, ((day, day),))


def _whole(unit: str, context: Context, turn: int) -> Span | None:
    """The week, month, quarter or year so many away from the one of reading."""
    at = context.as_of
    if unit in {"month", "year"}:
        day = moved(at.replace(day=1), unit, turn)
        return month_span(day.year, day.month) if unit == "month" else year_span(day.year)
    if unit == "week":
        return week_span(moved(at, "week", turn))
    if unit == "weekend":
        sunday = week_span(moved(at, "week", turn))[1]
        return sunday - timedelta(days=1), sunday
    if unit == "quarter":
        quarters = 4 * financial_start(at) + (at.month - 4) % 12 // 3 + turn
        return quarter_span(quarters // 4, quarters % 4 + 1)
    if unit == "fortnight" and turn:
        edges = sorted((at, moved(at, "fortnight", turn)))
        return edges[0], edges[1]
    return None


_ROLLING = frozenset({"over", "during", "within", "throughout"})


def _and_the_one_after(match: Match[str], context: Context) -> list[Part]:
    """As "next week and the week after"."""
    unit, turn = _unit(match, context), int(context.shape.value(match.start("turn")))
    spans = _whole(unit, context, turn), _whole(unit, context, turn + 1)
    if unit != _unit(match, context, "again") or unit not in {"week", "month"} or not all(spans):
        return []
    places = (match.start(), match.end("unit")), (match.start("again"), match.end())
    return [
        Part(*place, "turned-" + unit, _GRAINS[unit], (span,))
        for place, span in zip(places, spans, strict=True)
        if span
    ]


def _turned_unit(match: Match[str], context: Context) -> list[Part]:
    """As "next month", "last week"; "over the next year" is a window from now, and so uncertain."""
    turn, unit = int(context.shape.value(match.start("turn"))), _unit(match, context)
    written = context.shape.lower[match.start("unit")]
    if written.endswith("s") and not written.endswith("'s") and not _sloppy_genitive(match, context):
        return []  # "the coming months"
    before = context.shape.before(match.start(), 2)
    rolling = bool(before) and (
        before[0] in _ROLLING or (before[0] == "the" and before[1:] and before[1] in _ROLLING | {"in"})
    )
    if turn and rolling and unit != "weekend":
        return _window(match, context)
    span = _whole(unit, context, turn)
    return one(match, "turned-" + unit, _GRAINS[unit], (span,)) if span else []


def _sloppy_genitive(match: Match[str], context: Context) -> bool:
    """As "last months board", "next weeks session"."""
    shape = context.shape
    after = shape.after(match.end(), 1)
    return (
        shape.lower[match.start("turn")] in {"last", "next", "this"}
        and shape.before(match.start(), 1)[:1] not in (["the"], ["in the"])
        and bool(after)
        and after[0] in word_list("meeting_after")
    )


def _window(match: Match[str], context: Context) -> list[Part]:
    """As "last 4 months", "next two weeks": from now, or up to now; how far is the reader's guess."""
    turn, unit = int(context.shape.value(match.start("turn"))), _unit(match, context)
    count = _count(match, context)
    if not turn or not 1 <= count <= _MOST_COUNT:
        return []
    edge = moved(context.as_of, unit, turn * count)
    whole = (context.as_of, edge - timedelta(days=1)) if turn > 0 else (edge, context.as_of)
    return [Part(match.start(), match.end(), "window", _GRAINS[unit], (whole,), uncertain=True)]


def _ago(match: Match[str], context: Context) -> list[Part]:
    return _so_far(match, context, -_count(match, context), "ago")


def _long_ago(match: Match[str], context: Context) -> list[Part]:
    """As "1 year and 2 months ago", "a year and two weeks from now"."""
    shape, sign = context.shape, 1 if "b" in match.group() else -1
    larger, count = int(shape.value(match.start("larger"))), _count(match, context)
    units = _unit(match, context, "whole"), _unit(match, context)
    if max(larger, count) > _MOST_COUNT or "decade" in units:
        return []
    day = moved(moved(context.as_of, units[0], sign * larger), units[1], sign * count)
    return one(match, "long-ago", Grain.DAY, ((day, day),))


def _ahead(match: Match[str], context: Context) -> list[Part]:
    before = context.shape.before(match.start(), 6)
    after = context.shape.after(match.end(), 1)
    if "%" in before:
        return []  # "96% of invoices in 30 days"
    if (before and before[0] in word_list("duration_before")) or (
        after and after[0] in {"of", "or", "/", "-"}
    ):
        return []
    return _so_far(match, context, _count(match, context), "ahead")


def _so_far(match: Match[str], context: Context, count: int, rule: str) -> list[Part]:
    unit = _unit(match, context)
    if abs(count) > _MOST_COUNT or unit == "decade":
        return []
    day = moved(context.as_of, unit, count)
    return one(match, rule, Grain.DAY, ((day, day),))


def _ahead_range(match: Match[str], context: Context) -> list[Part]:
    """As "in 2-3 weeks"."""
    unit, shape = _unit(match, context), context.shape
    first, last = int(shape.value(match.start("first"))), int(shape.value(match.start("count")))
    if not first < last <= 120:
        return []
    span = moved(context.as_of, unit, first), moved(context.as_of, unit, last)
    return [Part(match.start(), match.end(), "ahead-range", Grain.DAY, (span,), uncertain=True)]


def _from_day(match: Match[str], context: Context) -> list[Part]:
    """As "fortnight from today", "a week on Tuesday", "two weeks tomorrow", "a month after Easter"."""
    target = context.after(match.end())
    unit = _unit(match, context)
    if (
        len(target) != 1
        or target[0].grain is not Grain.DAY
        or (unit == "day" and not set(match.group()) & set("jV"))
    ):
        return []
    if _is_rate(match, context):
        return []
    count = _count(match, context)
    count = -count if "V" in match.group() else count
    if match.groupdict().get("count") is None and unit == "week" and set(match.group()) & set("jV"):
        weeks = tuple(week_span(moved(end, unit, count)) for _, end in target[0].meanings)
        return [
            Part(match.start(), target[0].last, "week-beside-day", Grain.WEEK, weeks, target[0].uncertain)
        ]
    if abs(count) > 120 or not _unit_on_day(match, context, target[0]):
        return []
    meanings = target[0].meanings[-1:] if target[0].rule == "weekday" else target[0].meanings
    days = tuple(moved(end, unit, count) for _, end in meanings)
    spans = tuple((day, day) for day in days)
    return [Part(match.start(), target[0].last, "from-day", Grain.DAY, spans, target[0].uncertain, lean=1)]


def _is_rate(match: Match[str], context: Context) -> bool:
    """As "3 sessions a week from 20 March"."""
    before = context.shape.before(match.start(), 2)
    if match.groupdict().get("count") is None:
        counted = context.shape.letters[max(match.start() - 2, 0) : match.start()] in {"k ", "n "}
        return counted or before[:1] in (["a"], ["per"])
    if before[:1] == ["for"]:
        return True  # "for six weeks from 3 October"
    rated = before[:1] in (["once"], ["twice"]) or (before[1:] != [] and before[1].isdigit())
    return rated and context.shape.lower[match.start("count")] in {"a", "an"}


def _unit_on_day(match: Match[str], context: Context, target: Part) -> bool:
    """Without "from" or "after", only a weekday or a near day can follow: "a week on Tuesday", "2 weeks today"."""
    return bool(set(match.group()) & set("cjV")) or target.rule in {"weekday", "near-day", "weekday-of-week"}


def _weekday_week(match: Match[str], context: Context) -> list[Part]:
    """As "monday week", "Friday fortnight": a week or two after the coming one."""
    return _weeks_after(match, context, _coming(match, context), "weekday-week")


def _near_day_week(match: Match[str], context: Context) -> list[Part]:
    """As "tomorrow week", "today fortnight"."""
    day = context.as_of + timedelta(days=int(context.shape.value(match.start("near"))))
    return _weeks_after(match, context, day, "near-day-week")


def _weeks_after(match: Match[str], context: Context, day: date, rule: str) -> list[Part]:
    if context.shape.lower[match.start("unit")] not in {"week", "wk", "fortnight"}:
        return []
    there = moved(day, _unit(match, context), 1)
    return one(match, rule, Grain.DAY, ((there, there),))


def _coming(match: Match[str], context: Context) -> date:
    weekday = int(context.shape.value(match.start("weekday")))
    return context.as_of + timedelta(days=(weekday - context.as_of.weekday() - 1) % 7 + 1)


def _turned_weekday(match: Match[str], context: Context) -> list[Part]:
    """As "last Friday" is the one just gone, "next Friday" that of next week, "this Friday" that of this week."""
    word = context.shape.lower[match.start("turn")]
    turn, weekday = context.shape.value(match.start("turn")), int(context.shape.value(match.start("weekday")))
    monday = week_span(context.as_of)[0]
    if turn == "-1":
        day = context.as_of - timedelta(days=(context.as_of.weekday() - weekday - 1) % 7 + 1)
    elif word in {"coming", "upcoming", "forthcoming", "the coming"}:
        day = _coming(match, context)
    else:
        day = monday + timedelta(days=weekday + 7 * int(turn))
    return one(match, "turned-weekday", Grain.DAY, ((day, day),))


def _weekday_of_week(match: Match[str], context: Context) -> list[Part]:
    """As "Wednesday of next week", "next week Wednesday", "Monday last week"."""
    if _unit(match, context) != "week":
        return []
    monday = week_span(moved(context.as_of, "week", int(context.shape.value(match.start("turn")))))[0]
    day = monday + timedelta(days=int(context.shape.value(match.start("weekday"))))
    return one(match, "weekday-of-week", Grain.DAY, ((day, day),))


def _leap(match: Match[str], context: Context) -> list[Part]:
    """As "the week after next", "Friday after next", "the year before last"."""
    turn = int(context.shape.value(match.start("leap")))
    if context.shape.letters[match.start("what")] == "u":
        unit = _unit(match, context, "what")
        span = _whole(unit, context, turn)
        return one(match, "after-next", _GRAINS[unit], (span,)) if span else []
    weekday = int(context.shape.value(match.start("what")))
    ahead = (weekday - context.as_of.weekday() - 1) % 7 + 1
    day = context.as_of + timedelta(days=ahead + 7 if turn > 0 else ahead - 14)
    return one(match, "after-next", Grain.DAY, ((day, day),))


def _part_of_unit(match: Match[str], context: Context) -> list[Part]:
    """As "mid week", "early week": only of the week of reading."""
    if _unit(match, context) != "week" or context.shape.value(match.start("third")) != "mid":
        return []
    return one(match, "mid-week", Grain.DAY, (early_mid_late(week_span(context.as_of), "mid"),))


def _weekend(match: Match[str], context: Context) -> list[Part]:
    """As "at the weekend": the one to come."""
    before = [word for word in context.shape.before(match.start(), 2) if word != "the"]
    if (
        _unit(match, context) != "weekend"
        or not before
        or before[0] not in {"over", "at", "by", "before", "after", "for"}
    ):
        return []
    spans = (_whole("weekend", context, -1), _whole("weekend", context, 0))
    return one(match, "the-weekend", Grain.DAY, tuple(span for span in spans if span), lean=1)


def _the_unit(match: Match[str], context: Context) -> list[Part]:
    """As in "start of the year", "mid month": that of the day of reading."""
    unit, plural = _unit(match, context), context.shape.lower[match.start("unit")].endswith("s")
    span = (
        _whole(unit, context, 0)
        if context.told and not plural and unit in {"week", "month", "quarter", "year"}
        else None
    )
    return one(match, "this-" + unit, _GRAINS[unit], (span,)) if span else []


RULES = (
    Rule(
        "from-day",
        "ku",
        re.compile(r"(?:(?P<count>k) )?(?P<unit>u) (?:[cwjV] (?:T )?)?(?=[dWnEM])"),
        _from_day,
    ),
    Rule("from-day", "n", re.compile(r"(?P<count>n) (?P<unit>u) (?:[cwjV] (?:T )?)?(?=[dWnEM])"), _from_day),
    Rule("same-time", "g", re.compile(r"g (?P<turn>r) (?P<unit>u)"), _same_time),
    Rule("near-day-week", "d", re.compile(r"(?P<near>d) (?P<unit>u)(?! ?[nk])"), _near_day_week),
    Rule("near-day", "d", re.compile("d"), _near),
    Rule(
        "weekday-of-week",
        "W",
        re.compile(r"(?P<weekday>W),? (?:O )?(?:T )?(?P<turn>r) (?P<unit>u)"),
        _weekday_of_week,
    ),
    Rule(
        "weekday-of-week",
        "r",
        re.compile(r"(?P<turn>r) (?P<unit>u),? (?:w |O )?(?P<weekday>W)"),
        _weekday_of_week,
    ),
    Rule("weekday-week", "W", re.compile(r"(?P<weekday>W) (?P<unit>u)"), _weekday_week),
    Rule("after-next", "uW", re.compile(r"(?P<what>u|W) (?P<leap>G)"), _leap),
    Rule("turned-weekday", "r", re.compile(r"(?P<turn>r) (?P<weekday>W)(?! u| O v)"), _turned_weekday),
    Rule("window", "r", re.compile(r"(?P<turn>r) " + _COUNT + r" ?(?P<unit>u)(?! [WM])"), _window),
    Rule(
        "turned-unit",
        "r",
        re.compile(r"(?P<turn>r) (?P<unit>u),? (?:A )?(?:T )?(?P<again>u) j(?! ?[rdnWM])"),
        _and_the_one_after,
    ),
    Rule("turned-unit", "r", re.compile(r"(?P<turn>r) (?P<unit>u)"), _turned_unit),
    Rule(
        "long-ago",
        "kn~",
        re.compile(r"(?:~ )?(?P<larger>n|k) (?P<whole>u)(?:,? A |, | )(?P<count>n|k) (?P<unit>u) (?:a|b)"),
        _long_ago,
    ),
    Rule("ago", "knu~", re.compile(_COUNT + r" ?(?P<unit>u) (?:O )?a"), _ago),
    Rule(
        "ahead-range",
        "i",
        re.compile(r"i (?P<first>n|k) ?(?:-|t|A) ?(?P<count>n|k) (?P<unit>u)'?(?: b)?"),
        _ahead_range,
    ),
    Rule("ahead", "i", re.compile(r"i " + _COUNT + r" ?(?P<unit>u)'?(?: b)?(?! ?[fDO])"), _ahead),
    Rule("ahead", "kn~", re.compile(_COUNT + r" ?(?P<unit>u)'? b"), _ahead),
    Rule("ahead", "u", re.compile(r"(?P<unit>u)'? b"), _ahead),
    Rule("mid-week", "l", re.compile(r"(?P<third>l)[- ]?(?P<unit>u)"), _part_of_unit),
    Rule("the-unit", "u", re.compile(r"(?P<unit>u)(?! ?n)"), _the_unit),
    Rule("the-weekend", "u", re.compile(r"(?P<unit>u)"), _weekend),
)
