"""Words on a PDF page put back into lines, and lines into text: which breaks are the page's, which the writer's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["PdfLine", "Word", "joined", "lines_of", "turned_text", "wraps"]

_BULLET = re.compile(r"[-\u2022\u25aa\u25ab\u25cf\u25cb\u25e6\u2023\u2043\u2219\u00b7\u2013\uf0b7\uf0a7]")
_SPACE = 0.28  # of the type size
_SLACK = 0.5  # points
_MAX_PADDING = 12.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box (points from the page's top left), type size and weight."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    turned: bool = False  # set on its side, read from the bottom up

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PdfLine:
    """Words on one line, left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)


def lines_of(words: Iterable[Word]) -> list[PdfLine]:
    """Words grouped into lines, top to bottom: a word joins the line whose height holds its middle."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.x0)):
        if rows and word.middle[1] - rows[-1][0].middle[1] < 0.5 * (rows[-1][0].bottom - rows[-1][0].top):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [PdfLine(tuple(sorted(row, key=lambda w: w.x0))) for row in rows]


def turned_text(words: Sequence[Word]) -> str:
    """The text of words set on their side, as narrow columns are headed."""
    return " ".join(word.text for word in sorted(words, key=lambda w: (round(w.x0), -w.bottom)))


def joined(lines: Sequence[PdfLine], left: float, right: float) -> str:
    """The text of a box: a break stays where the next word would have fitted on the line before it."""
    if not lines:
        return ""
    padding = min(max(min(line.x0 for line in lines) - left, 0.0), _MAX_PADDING)
    text = lines[0].text
    for above, line in pairwise(lines):
        text += _glue(above, line, right - padding) + line.text
    return text


def wraps(above: PdfLine, line: PdfLine, right: float) -> bool:
    """Whether ``line`` goes on with the sentence of the line above, which was full."""
    if _BULLET.match(line.text):
        return False
    first = line.words[0]
    return above.x1 + _SPACE * first.size + (first.x1 - first.x0) > right - _SLACK


def _glue(above: PdfLine, line: PdfLine, right: float) -> str:
    if not wraps(above, line, right):
        return "\n"
    before, after = above.words[-1], line.words[0]
    if re.search(r"\w-$", before.text) and after.text[0].islower():
        return ""
    full = above.x1 + (after.x1 - after.x0) / len(after.text) > right
    cut_number = before.text[-1].isdigit() and after.text.isdigit() and len(above.words) == 1
    return "" if full and cut_number else " "
