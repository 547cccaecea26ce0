"""Finds the parts of a text: at each piece the first rule that fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nlp.reading.dates import composed, named, numeric, periods, relative, weekdays
from nlp.reading.dates.lists import word_list
from nlp.reading.dates.part import Context, Part, Rule
from nlp.reading.dates.shape import Shape

__all__ = ["parts_of"]

_RULES = (*composed.RULES, *numeric.RULES, *relative.RULES, *periods.RULES, *named.RULES, *weekdays.RULES)
# Rules that read more of the text, or are surer, come first; the rest keep their order between the two.
_FIRST = (
    "iso",
    "day-month-year-figures",
    "month-year-figures",
    "day-range",
    "day-list",
    "day-month-year",
    "nth-of-month",
    "last-quarter",
)
_LAST = (
    "the-unit",
    "day-month-figures",
    "weekday-day",
    "day-of-month",
    "weekday",
    "year-month-figures",
    "years-range",
    "year",
)


def _rank(rule: Rule) -> int:
    if rule.name in _FIRST:
        return _FIRST.index(rule.name) - len(_FIRST)
    return _LAST.index(rule.name) + 1 if rule.name in _LAST else 0


_BY_LETTER: dict[str, tuple[Rule, ...]] = {
    letter: tuple(rule for rule in sorted(_RULES, key=_rank) if letter in rule.starts)
    for letter in set("".join(rule.starts for rule in _RULES))
}


def parts_of(shape: Shape, as_of: date, skipped: Sequence[tuple[int, int]] = ()) -> list[Part]:
    """Parts in order, none overlapping; ``skipped`` are character spans where no date may be found."""
    found: list[Part] = []
    blocked = _blocked(shape, skipped)
    context = Context(shape, as_of, _by_rule)
    at = 0
    while at < len(shape.letters):
        parts = _at(at, context) if shape.letters[at] in _BY_LETTER and at not in blocked else []
        if parts and blocked.isdisjoint(range(at, parts[-1].last)):
            found.extend(parts)
            at = max(parts[-1].last, at + 1)
        else:
            at += 1
    return found


def _at(index: int, context: Context) -> list[Part]:
    """The date that starts at this piece, by the first rule that makes one."""
    return _by_rule(index, context) if _starts_clean(context.shape, index) else []


def _by_rule(index: int, context: Context) -> list[Part]:
    shape = context.shape
    if index >= len(shape.letters):
        return []
    for rule in _BY_LETTER.get(shape.letters[index], ()):
        match = rule.pattern.match(shape.letters, index)
        if match:
            parts = rule.build(match, context)
            if parts and _ends_clean(shape, parts[-1].last):
                return parts
    return []


def _starts_clean(shape: Shape, index: int) -> bool:
    """Not in the middle of a figure or reference: "6.1.4", "£18", "V19", "10/4/7"."""
    if index == 0 or shape.letters[index] not in "nYN":
        return True
    before = shape.letters[index - 1]
    if shape.letters[index] == "n" and word_list("numbered_before") & set(shape.before(index)):
        return False
    if before in "£$€#@_" or shape.text[shape.starts[index] - 1].isalnum():
        return False
    return not (before in ".:,/" and index > 1 and shape.letters[index - 2] in "nN")


def _ends_clean(shape: Shape, last: int) -> bool:
    """Not before more of the same figure: "20%", "10:30", "6.1.4", "10pm"."""
    if last >= len(shape.letters) or shape.letters[last - 1] not in "nYN":
        return True
    after, then = shape.letters[last], shape.letters[last + 1 : last + 2]
    if shape.lower[last] == "t" and then == "n":
        return True  # the clock time of an ISO date
    if after in "%°" or (after.isalpha() and after != "q") or shape.letters[last : last + 2] == " %":
        return False
    return not (after in ".:/," and then in {"n", "N", "Y"} and (after != "," or shape.digits(last + 1) == 3))


def _blocked(shape: Shape, skipped: Sequence[tuple[int, int]]) -> set[int]:
    if not skipped:
        return set()
    spans = zip(range(len(shape.starts)), shape.starts, shape.ends, strict=True)
    edges = sorted(skipped)
    found: set[int] = set()
    which = 0
    for index, start, end in spans:
        while which < len(edges) and edges[which][1] <= start:
            which += 1
        if which < len(edges) and start < edges[which][1] and end > edges[which][0]:
            found.add(index)
    return found
