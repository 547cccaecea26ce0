"""Ruled tables of a PDF page: a grid of boxes, the words in them and the colours behind them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.documents.blocks import Cell
from nlp.documents.pdf_layout import Word, joined, lines_of, turned_text

__all__ = ["Box", "Ruled", "Shape", "fill_behind", "open_ends", "shapes_of"]

_SNAP = 2.0  # points within which two edges are one
_LEAST_SIDE = 4.0  # points under which a filled shape is a rule, not a shading
_LEAST_UPRIGHTS = 3
_BAND = 3.0  # points: rules within neighbouring bands meet
_LEAST_SHARE = 0.3  # of a cell's area that a shading covers
_GREY, _RGB, _CMYK = 1, 3, 4

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled shape and its colour, None for white, which hides what lies under it."""

    box: Box
    fill: str | None


class Ruled:
    """The grid of one table and the words put into it."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._columns = _edges(x for box in boxes for x in (box[0], box[2]))
        self._rows = _edges(y for box in boxes for y in (box[1], box[3]))
        self._boxes = list(boxes)
        self._words: dict[int, list[Word]] = defaultdict(list)
        self._places = {place: i for i, box in enumerate(boxes) for place in self._spanned(box)}
        self.top = self._rows[0]

    @property
    def lone(self) -> bool:
        """A single column: a frame, or level rules between two uprights."""
        return len(self._columns) == 2

    def holds(self, word: Word) -> bool:
        """Whether a word lies in one of the cells."""
        return self._box(word) is not None

    def _box(self, word: Word) -> int | None:
        x, y = word.middle
        return self._places.get((bisect_right(self._rows, y) - 1, bisect_right(self._columns, x) - 1))

    def take(self, word: Word) -> bool:
        """Put a word into the cell that it lies in; False when it lies in none."""
        box = self._box(word)
        if box is None:
            return False
        self._words[box].append(word)
        return True

    def grid(self, shapes: Sequence[Shape]) -> list[list[Cell | None]]:
        """Cells by row and column; all places that a cell spans hold the same object."""
        cells = [self._cell(i, shapes) for i in range(len(self._boxes))]
        columns = range(len(self._columns) - 1)
        return [[self._at(cells, row, column) for column in columns] for row in range(len(self._rows) - 1)]

    def _at(self, cells: list[Cell], row: int, column: int) -> Cell | None:
        i = self._places.get((row, column))
        return None if i is None else cells[i]

    def _spanned(self, box: Box) -> list[tuple[int, int]]:
        left, right = (_nearest(self._columns, x) for x in (box[0], box[2]))
        top, bottom = (_nearest(self._rows, y) for y in (box[1], box[3]))
        return [(row, column) for row in range(top, bottom) for column in range(left, right)]

    def _cell(self, i: int, shapes: Sequence[Shape]) -> Cell:
        box = self._boxes[i]
        words = self._words[i]
        turned = bool(words) and all(word.turned for word in words)
        text = turned_text(words) if turned else joined(lines_of(words), box[0], box[2])
        return Cell(text, fill_behind(box, bool(text), shapes))


def shapes_of(objects: Iterable[dict[str, Any]]) -> list[Shape]:
    """The filled shapes among a page's rectangles and curves, in the order in which they were painted."""
    return [
        Shape((o["x0"], o["top"], o["x1"], o["bottom"]), _colour(o.get("non_stroking_color")))
        for o in objects
        if o.get("fill") and min(o["width"], o["height"]) >= _LEAST_SIDE
    ]


def open_ends(edges: Iterable[dict[str, Any]]) -> list[float]:
    """Heights at which a table's upright rules end without a level one: a row that goes on over the page."""
    level: dict[int, list[tuple[float, float]]] = defaultdict(list)
    ends: dict[int, set[float]] = defaultdict(set)
    for edge in edges:
        if edge["orientation"] == "h":
            level[_band(edge["top"])].append((edge["x0"], edge["x1"]))
        elif edge["bottom"] - edge["top"] > _LEAST_SIDE:
            for y in (edge["top"], edge["bottom"]):
                ends[_band(y)].add(round(edge["x0"], 1))
    return [band * _BAND for band, uprights in sorted(ends.items()) if _open(band, uprights, level)]


def _band(y: float) -> int:
    return round(y / _BAND)


def _open(band: int, uprights: set[float], level: Mapping[int, Sequence[tuple[float, float]]]) -> bool:
    """Whether several uprights meet no level rule in the band or next to it."""
    near = [span for i in (band - 1, band, band + 1) for span in level.get(i, ())]
    lonely = [x for x in uprights if not any(x0 - _SNAP <= x <= x1 + _SNAP for x0, x1 in near)]
    return len(lonely) >= _LEAST_UPRIGHTS


def fill_behind(box: Box, has_text: bool, shapes: Sequence[Shape]) -> str | None:
    """The colour painted last behind the middle of a box; a small blob counts in an empty one."""
    area = (box[2] - box[0]) * (box[3] - box[1])
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for shape in reversed(shapes):
        x0, top, x1, bottom = shape.box
        covers = x0 <= x <= x1 and top <= y <= bottom
        if covers and (not has_text or (x1 - x0) * (bottom - top) >= _LEAST_SHARE * area):
            return shape.fill
    return None


def _colour(value: object) -> str | None:
    """The "RRGGBB" of a grey, RGB or CMYK value of a PDF; None for white and for patterns."""
    given = value if isinstance(value, (tuple, list)) else [value]
    parts = [float(part) for part in given if isinstance(part, (int, float))]
    if len(parts) != len(given):
        return None
    if len(parts) == _GREY:
        parts *= 3
    elif len(parts) == _CMYK:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    if len(parts) != _RGB:
        return None
    text = "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02X}" for part in parts)
    return None if text == "FFFFFF" else text


def _edges(values: Iterable[float]) -> list[float]:
    """Sorted edges, those closer than ``_SNAP`` to the one before them left out."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return max(bisect_right(edges, value + _SNAP) - 1, 0)
