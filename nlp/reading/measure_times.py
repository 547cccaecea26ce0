"""Figures of one thing at two times as one measure: the earlier is the baseline of the later."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from nlp.reading.figures import Figure
from nlp.reading.measure_words import vocabulary
from storage.model.reading import DateFound

__all__ = ["Found", "follows", "give_baseline", "joined", "points"]


@dataclass(frozen=True, slots=True)
class Found:
    """A value with what was found beside it."""

    figure: Figure
    name: str
    when: DateFound | None
    target: Figure | None = None
    baseline: Figure | None = None
    baseline_when: DateFound | None = None


def points(name: str) -> bool:
    """A name that only points to what was named before: "the figure", "those"."""
    return name.lower() in vocabulary("pointer")


def _says_no_more(name: str) -> bool:
    words = [word for word in re.findall(r"[a-z]+", name.lower()) if len(word) > 2]
    return not words or (words[0] in vocabulary("pointer") and len(words) <= 3)


def _same_thing(first: Found, second: Found) -> bool:
    """The second has the first's name, the words of it, or only points to it."""
    if first.name == second.name or _says_no_more(second.name) or second.name.lower().startswith("baseline"):
        return True
    words = {word[:5] for word in re.findall(r"[a-z]{3,}", second.name.lower())} - {
        "the",
        "were",
        "was",
        "are",
    }
    held = {word[:5] for word in re.findall(r"[a-z]{3,}", first.name.lower())}
    return len(words) >= 2 and words <= held


def joined(found: list[Found]) -> list[Found]:
    """Two figures of one thing at two times as one: the earlier is the baseline of the later."""
    kept: list[Found] = []
    for one in found:
        before = kept[-1] if kept else None
        one_measure = _over_time(before, one) if before is not None and _same_thing(before, one) else None
        if one_measure is not None:
            kept[-1] = one_measure
        else:
            kept.append(one)
    return kept


def _over_time(first: Found, second: Found) -> Found | None:
    """One measure of two figures of a unit with days apart; None for any others."""
    if not _one_unit(first.figure, second.figure) or "measure/change" in (
        first.figure.rule,
        second.figure.rule,
    ):
        return None
    if first.when is None or second.when is None:
        return _in_time(first, second)
    early, late = (first, second) if first.when.end < second.when.end else (second, first)
    if early.when == late.when or late.baseline or early.baseline:
        return None
    name = first.name
    return replace(
        late, name=name, baseline=early.figure, baseline_when=early.when, target=late.target or early.target
    )


def _one_unit(first: Figure, second: Figure) -> bool:
    """Alike, or a bare number after a count."""
    bare = second.rule == "measure/bare" and second.unit == "count" and first.noun >= 0
    return first.unit == second.unit or bare


def _in_time(first: Found, second: Found) -> Found | None:
    """A dated figure in brackets behind one of now."""
    was = second.name == "it" or second.name.lower().startswith("baseline")
    if first.baseline or not (was or (second.when is not None and first.when is None)):
        return None
    return replace(
        first, baseline=second.figure, baseline_when=second.when, target=first.target or second.target
    )


def follows(last: list[Found], one: Found) -> bool:
    """The figure goes on with one of the sentence before; where it does, it is kept there."""
    order = range(len(last)) if one.name.lower().startswith("total") else reversed(range(len(last)))
    for index in order:
        if _same_thing(last[index], one) and (both := _over_time(last[index], one)):
            last[index] = both
            return True
    return False


def give_baseline(last: list[Found], figure: Figure) -> None:
    """ "This compares with 80%": where the last figure of the unit came from."""
    for index in reversed(range(len(last))):
        if last[index].figure.unit == figure.unit and last[index].baseline is None:
            last[index] = replace(last[index], baseline=figure)
            return
