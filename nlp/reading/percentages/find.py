"""Finds percentages in figures and in words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from re import Match

from nlp.reading.percentages.roles import with_roles
from storage.model.reading import DateFound, PercentFound, PercentRole

__all__ = ["find_percentages"]

_NUMBER = r"(?:[0-9]{1,9}(?:,[0-9]{3}){0,3}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})"
_UNIT = r"(?:%(?:-? ?(?:points?|pts?)\b)?|(?:per[ -]?cent(?:age points?)?|percentage[ -]points?|pct|pc)\b)"
_IN_FIGURES = re.compile(
    rf"(?<![0-9A-Za-z£$€_])(?<![0-9][.,/:])(?P<sign>[-+](?=[0-9.]))?(?P<value>{_NUMBER})"
    rf"(?:(?: ?(?:%|per ?cent))? ?(?:-|to|and(?= )) ?(?P<to>{_NUMBER}))? ?-?(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: number for number, word in enumerate(_SMALL)} | {"hundred": 100}
_VALUES |= {word: number * 10 for number, word in enumerate(_TENS, start=2)}
_IN_WORDS = re.compile(
    rf"\b(?:(?:a|one) (?=hundred))?(?P<first>{'|'.join([*_TENS, 'hundred', *_SMALL])})"
    rf"(?:[ -](?P<ones>{'|'.join(_SMALL[1:10])}))? ?(?:%|per[ -]?cent\b)",
    re.IGNORECASE,
)


_MOVED_BY = re.compile(
    r"\b(?:improved|rose|risen|fell|fallen|increased|decreased|dropped|up|down|grew|reduced) \Z"
)


def find_percentages(text: str, dates: Sequence[DateFound]) -> tuple[PercentFound, ...]:
    """Percentages in the text, in order, none overlapping.

    The sign is the direction of a change, written ("-3%") or told ("a reduction of 15%"); a range
    "20-25%" is one, with its lower end as the value. Fractions are measures, not percentages.
    """
    found = [one for match in _IN_FIGURES.finditer(text) for one in _in_figures(text, match, dates)]
    found += [_in_words(match) for match in _IN_WORDS.finditer(text)]
    return with_roles(text, sorted(found, key=lambda one: one.start_char), dates)


def _in_figures(text: str, match: Match[str], dates: Sequence[DateFound]) -> list[PercentFound]:
    value, unit = _float(match["value"]), match.end("unit")
    start = match.start() if match["sign"] and _is_sign(text, match) else match.start("value")
    sign = -1.0 if match["sign"] == "-" and start == match.start() else 1.0
    if match["to"] is None:
        return [_percent(text, start, unit, sign * value, "percent")]
    upper = _float(match["to"])
    if _in_a_date(match.start("value"), dates):  # "from 37% in January 18 to 78%"
        return [_percent(text, match.start("to"), unit, upper, "percent")]
    between = text[match.end("value") : match.start("to")].lower()
    if "and" in between:
        return _both(text, match, start, unit, value, upper)
    if "to" in between:
        return _from_to(text, match, start, unit, value, upper)
    if value < upper:
        return [_percent(text, start, unit, value, "percent-range", upper)]
    return [_percent(text, match.start("to"), unit, upper, "percent")]


def _both(
    text: str, match: Match[str], start: int, unit: int, value: float, upper: float
) -> list[PercentFound]:
    """As "between 5 and 10%", a range; in "5% and 10%" the two are apart, and "12 and 10%" has but one."""
    between = text[match.end("value") : match.start("to")].lower()
    last = _percent(text, match.start("to"), unit, upper, "percent")
    if "%" in between or "cent" in between:
        first = text[start : match.end("value") + between.index("and")].rstrip()
        return [_percent(text, start, start + len(first), value, "percent"), last]
    if text[max(0, start - 8) : start].lower() == "between " and value < upper:
        return [_percent(text, start, unit, value, "percent-range", upper)]
    return [last]


def _in_a_date(at: int, dates: Sequence[DateFound]) -> bool:
    before = bisect_right(dates, at, key=lambda found: found.start_char)
    return before > 0 and dates[before - 1].end_char > at


def _from_to(
    text: str, match: Match[str], start: int, unit: int, value: float, upper: float
) -> list[PercentFound]:
    """As "from 60% to 75%", two figures; "60 to 75%" is a range."""
    between = text[match.end("value") : match.start("to")].lower()
    told = "%" in between or "cent" in between
    moved = text[max(0, start - 5) : start].lower().endswith(("from ", " by ")) or (
        2 * value < upper and _MOVED_BY.search(text, max(0, start - 12), start) is not None
    )
    if not moved and value < upper:
        return [_percent(text, start, unit, value, "percent-range", upper)]
    end = match.end("value") + (between.index("to") if told else 0)
    first = text[start:end].rstrip()
    return [
        _percent(text, start, start + len(first), value, "percent"),
        _percent(text, match.start("to"), unit, upper, "percent"),
    ]


def _is_sign(text: str, match: Match[str]) -> bool:
    """A dash right before a figure is a sign only after a space or bracket: not in "Feb -594", "target-95%"."""
    before = text[max(0, match.start() - 2) : match.start()]
    return match["sign"] == "+" or not before.strip() or before[-1] in "(~" or before[-1] == " "


def _in_words(match: Match[str]) -> PercentFound:
    value = _VALUES[match["first"].lower()] + (_VALUES[match["ones"].lower()] if match["ones"] else 0)
    return _percent(match.string, match.start(), match.end(), float(value), "percent-in-words")


def _percent(
    text: str, start: int, end: int, value: float, rule: str, upper: float | None = None
) -> PercentFound:
    return PercentFound(start, end, text[start:end], value, PercentRole.ACTUAL, rule, upper)


def _float(number: str) -> float:
    return float(number.replace(",", ""))
