"""Which figure of a sentence is the value, which the target, which where it started."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlp.reading.figures import Figure, Part

__all__ = ["Parted", "part_figures"]

_FROM = re.compile(r"\bfrom\s(?:[^,.;]{0,40}\s)?\(?\Z")
_TO = re.compile(r"\bto\s(?:an?\s)?(?:average of\s)?\(?c?\Z")
_BOUND = re.compile(r"\b(?:below|under|above|over|exceed\w*)\s(?:the\s)?\Z", re.I)


class Parted(NamedTuple):
    """The figures of one sentence, each list in order."""

    values: list[Figure]
    baselines: list[Figure]
    targets: list[Figure]


def part_figures(text: str, figures: Sequence[Figure]) -> Parted:
    """A baseline that no value of its unit stands against is a value of its own time.

    A target said again as a bound ("3 courses are below 85%") is no value either.
    """
    parts = _parts(text, figures)
    groups = {part: [one for one, its in zip(figures, parts, strict=True) if its is part] for part in Part}
    targets = groups[Part.TARGET]
    wanted = {(one.unit, one.value) for one in targets}
    values = [
        one
        for one in groups[Part.VALUE]
        if (one.unit, one.value) not in wanted or not _BOUND.search(text[max(0, one.start - 16) : one.start])
    ]
    units = {one.unit for one in values}
    alone = [one for one in groups[Part.BASELINE] if one.unit not in units]
    return Parted(
        sorted([*values, *alone], key=lambda one: one.start),
        [one for one in groups[Part.BASELINE] if one.unit in units],
        targets,
    )


def _parts(text: str, figures: Sequence[Figure]) -> list[Part]:
    """Each figure's part: "from A to B" before all else; one in brackets goes with the one before it."""
    parts = [one.part for one in figures]
    for index, one in enumerate(figures):
        other = _reached(text, one, index, figures)
        if other is not None:
            parts[index], parts[other] = Part.BASELINE, Part.VALUE
    for index in range(1, len(figures)):
        between = text[figures[index - 1].end : figures[index].start]
        if between.strip() == "(":
            parts[index] = parts[index - 1]
    return parts


def _reached(text: str, one: Figure, index: int, figures: Sequence[Figure]) -> int | None:
    """The number of the figure that this one rose or fell to."""
    if not _FROM.search(text[max(0, one.start - 50) : one.start]):
        return None
    for number in range(index + 1, len(figures)):
        other = figures[number]
        if other.unit == one.unit and _TO.search(text[max(0, other.start - 20) : other.start]):
            return number
    return None
