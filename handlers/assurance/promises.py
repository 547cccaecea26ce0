"""A claim held against what the plan itself promised: like with like, or it is said that they cannot be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from storage.model.reading import Measure, PercentFound, PercentRole, Reading

__all__ = ["Verdict", "verdict"]

_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "for",
        "to",
        "and",
        "or",
        "per",
        "at",
        "by",
        "with",
        "from",
        "on",
        "is",
        "are",
        "be",
        "will",
        "all",
        "that",
        "which",
        "it",
        "as",
    ]
)
_FALLS = ("reduc", "fewer", "fall", "decreas", "less")
_BY = re.compile(
    r"\b(?P<way>reduc|fewer|fall|decreas|less|increas|more|rise)[^.;%]{0,160}?\b\d[\d,.]{0,12}\s*\(\s*\d[\d.]{0,6}\s*%",
    re.IGNORECASE,
)
_LEVELS = {PercentRole.ACTUAL, PercentRole.COMPLETION, PercentRole.OTHER}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``met`` is None where the two cannot be compared; ``words`` say why, with the figures."""

    met: bool | None
    words: str


def verdict(promise: Reading, reported: Reading, promised: str = "") -> Verdict | None:
    """None where the promise holds no figure. ``promised`` are its words, which tell a fall "by 526 (50%)"."""
    wanted_change = _first(promise.percentages, {PercentRole.CHANGE}) or _by_so_much(promise, promised)
    wanted_level = _first(promise.percentages, {PercentRole.TARGET, *_LEVELS})
    if wanted_change is not None:
        return _change(wanted_change, reported)
    if wanted_level is not None:
        return _level(wanted_level, reported)
    return _counts(promise.measures, reported.measures) if promise.measures else None


def _by_so_much(promise: Reading, words: str) -> PercentFound | None:
    """The percentage in brackets behind a number by which something falls or rises, as a change."""
    match = _BY.search(words)
    inside = (one for one in promise.percentages if match and match.start() < one.start_char <= match.end())
    found = next(inside, None)
    if match is None or found is None:
        return None
    sign = -1 if match["way"].casefold().startswith(_FALLS) else 1
    return replace(found, value=sign * abs(found.value))


def _first(found: tuple[PercentFound, ...], roles: set[PercentRole]) -> PercentFound | None:
    return next((one for one in found if one.role in roles), None)


def _change(wanted: PercentFound, reported: Reading) -> Verdict:
    got = _first(reported.percentages, {PercentRole.CHANGE})
    if got is None:
        return _incomparable(wanted.text, reported)
    met = got.value <= wanted.value if wanted.value < 0 else got.value >= wanted.value
    return Verdict(met, f"{got.text} against {wanted.text} promised")


def _level(wanted: PercentFound, reported: Reading) -> Verdict:
    got = _first(reported.percentages, _LEVELS)
    if got is None:
        return _incomparable(wanted.text, reported)
    return Verdict(got.value >= wanted.value, f"{got.text} against {wanted.text} promised")


def _counts(wanted: tuple[Measure, ...], reported: tuple[Measure, ...]) -> Verdict:
    for want in wanted:
        for got in reported:
            if want.unit == got.unit and _alike(want.name, got.name):
                return Verdict(got.value >= want.value, f"{got.text} against {want.text} promised")
    told = reported[0].text if reported else "no figure"
    return Verdict(None, f"{told} cannot be compared with {wanted[0].text}, which was promised")


def _alike(one: str, other: str) -> bool:
    a, b = set(one.casefold().split()) - _SMALL, set(other.casefold().split()) - _SMALL
    return bool(a and b) and len(a & b) >= 0.5 * min(len(a), len(b))


def _incomparable(wanted: str, reported: Reading) -> Verdict:
    got = (
        reported.percentages[0].text
        if reported.percentages
        else reported.measures[0].text
        if reported.measures
        else None
    )
    if got is None:
        return Verdict(None, f"{wanted} was promised, and no figure is reported")
    return Verdict(None, f"{got} cannot be compared with {wanted}, which was promised")
