"""What of many updates is worth quoting, and where two of them disagree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, TypeVar

from storage.model.reading import DateFound, Measure
from storage.model.summary import Disagreement, ReportMeasure

__all__ = ["choose_quotes", "contradictions"]

_MONEY = {"£k": 1e3, "£m": 1e6, "£bn": 1e9}
MAX_DISAGREEMENTS = 50  # a reader who is shown more reads none
SAME_NAME = 0.8  # share of words from which on two names mean the same, no date being given
SAME_WORDS = 0.85  # share of words from which on two lines say the same, figures being equal
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,/:]\d+)*")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "average",
        "be",
        "been",
        "by",
        "compliance",
        "current",
        "currently",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "is",
        "its",
        "now",
        "of",
        "on",
        "or",
        "our",
        "overall",
        "per",
        "rate",
        "so",
        "still",
        "that",
        "the",
        "their",
        "this",
        "to",
        "total",
        "was",
        "were",
        "which",
        "with",
    ]
)
_Id = TypeVar("_Id")


def choose_quotes(updates: Sequence[tuple[_Id, str, str | None]]) -> tuple[_Id, ...]:
    """The ids, in order, of the updates that say something new.

    Each update is (id, its line, the line of the update before it). One that repeats the line before,
    or a line already chosen, in other order or with other small words, is left out; another figure or
    date is always new.
    """
    chosen: list[_Id] = []
    said: list[str] = []
    for one, line, previous in updates:
        if not _WORD.search(line) or any(_says_the_same(line, other) for other in [*said, previous or ""]):
            continue
        chosen.append(one)
        said.append(line)
    return tuple(chosen)


def _says_the_same(line: str, other: str) -> bool:
    words, others = _words(line), _words(other)
    if _figures(words) != _figures(others):
        return False
    content, other_content = set(words) - _EMPTY, set(others) - _EMPTY
    if _NEGATIONS & content != _NEGATIONS & other_content:
        return False
    whole = content | other_content
    return bool(whole) and len(content & other_content) >= SAME_WORDS * len(whole)


_NEGATIONS = frozenset({"not", "no", "never", "without", "cannot", "un"})


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("n't", " not").replace("n’t", " not"))


def _figures(words: Sequence[str]) -> list[str]:
    return sorted(word for word in words if word[0].isdigit())


class _Point(NamedTuple):
    """One value of a measure at one time."""

    what: str
    value: float
    when: DateFound | None


def contradictions(
    one: Sequence[Measure | ReportMeasure], other: Sequence[Measure | ReportMeasure] | None = None
) -> tuple[Disagreement, ...]:
    """The same measure with different values: "31% here, 37% there"; without ``other``, within ``one``.

    Like is compared with like: same unit, names of the same words, the same date; or no date on
    either side, then only value with value, target with target. Differences ("down 4%") are no level.
    At most MAX_DISAGREEMENTS are named.
    """
    one, other = [*map(_in_pounds, one)], None if other is None else [*map(_in_pounds, other)]
    found = (
        disagreement
        for first, second in _pairs(one, other)
        if first is not second and _levels(first, second)
        for disagreement in _between(first, second)
    )
    return tuple(dict.fromkeys(islice(found, MAX_DISAGREEMENTS)))


def _in_pounds(one: Measure | ReportMeasure) -> Measure | ReportMeasure:
    """Money printed in millions, as money printed whole is."""
    scale = _MONEY.get(one.unit)
    if scale is None:
        return one
    value, target, baseline = (figure and figure * scale for figure in (one.value, one.target, one.baseline))
    if isinstance(one, Measure):
        return replace(one, unit="£", value=value or 0.0, target=target, baseline=baseline)
    return replace(one, unit="£", value=value, target=target, baseline=baseline)


def _pairs(
    one: Sequence[Measure | ReportMeasure], other: Sequence[Measure | ReportMeasure] | None
) -> Iterator[tuple[Measure | ReportMeasure, Measure | ReportMeasure]]:
    """The pairs of one unit whose names share a word; each pair within ``one`` once."""
    within = other is None
    others = one if other is None else other
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, measure in enumerate(others):
        for word in set(_name_words(measure.name)):
            by_word[measure.unit, word].append(number)
    for number, first in enumerate(one):
        seen: set[int] = set()
        for word in _name_words(first.name):
            for second in by_word.get((first.unit, word), ()):
                if second not in seen and not (within and second <= number):
                    seen.add(second)
                    yield first, others[second]


def _levels(*measures: Measure | ReportMeasure) -> bool:
    return not any(isinstance(one, Measure) and one.rule == "measure/change" for one in measures)


def _between(first: Measure | ReportMeasure, second: Measure | ReportMeasure) -> Iterator[Disagreement]:
    names = _name_words(first.name), _name_words(second.name)
    for a in _points(first):
        for b in _points(second):
            if a.value != b.value and _comparable(a, b, names):
                yield Disagreement(
                    second.name, second.unit, a.value, b.value, _place(first), _place(second), b.what
                )


def _comparable(a: _Point, b: _Point, names: tuple[list[str], list[str]]) -> bool:
    """On the same dates alike names will do; without dates they must be nearly the same words."""
    if a.when is not None and b.when is not None:
        same_time = (a.when.start, a.when.end) == (b.when.start, b.when.end)
        return same_time and _alike(*names) and (a.what == "target") == (b.what == "target")
    return a.when is None and b.when is None and a.what == b.what and _same(*names)


def _points(measure: Measure | ReportMeasure) -> Iterator[_Point]:
    if measure.value is not None:
        yield _Point("value", measure.value, measure.when)
    if measure.baseline is not None:
        yield _Point("baseline", measure.baseline, measure.baseline_when)
    if measure.target is not None:
        yield _Point("target", measure.target, None)


def _alike(name: Sequence[str], other: Sequence[str]) -> bool:
    """They share the word that either opens with, and about half of the shorter one's words."""
    if not name or not other or _figures(name) != _figures(other):
        return False
    if name[0] not in other and other[0] not in name:
        return False
    return len(set(name) & set(other)) >= 0.45 * min(len(set(name)), len(set(other)))


def _same(name: Sequence[str], other: Sequence[str]) -> bool:
    whole = set(name) | set(other)
    return (
        bool(whole)
        and _figures(name) == _figures(other)
        and len(set(name) & set(other)) >= SAME_NAME * len(whole)
    )


def _name_words(name: str) -> list[str]:
    return [_stem(word) for word in _words(name) if word not in _EMPTY]


def _stem(word: str) -> str:
    return re.sub(r"(?:ings?|ed|es|s)\Z", "", word) if len(word) > 4 else word


def _place(measure: Measure | ReportMeasure) -> str:
    return measure.para if isinstance(measure, ReportMeasure) else ""
