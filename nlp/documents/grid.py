"""From cells that may span rows and columns to the rows of a Table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.documents.blocks import Cell, Table

__all__ = ["EMPTY", "table_of"]

EMPTY = Cell("")


def table_of(
    grid: Sequence[Sequence[Cell | None]], place: str, first_row: int = 1, title: str | None = None
) -> Table | None:
    """The table of a grid in which every place that a merged cell spans holds the *same* Cell object.

    Columns in which no cell begins, and empty rows and columns at the edges, are left out; None when
    nothing is left. A place without a cell (None) is an empty one.
    """
    grid = _without_joined_columns(grid)
    top, bottom = _extent([any(cell is not None and cell.text for cell in row) for row in grid])
    if top == bottom:
        return None
    width = max(len(row) for row in grid)
    left, right = _extent(
        [any(_shows(row[i]) for row in grid[top:bottom] if i < len(row)) for i in range(width)]
    )
    seen: set[int] = set()
    rows = tuple(tuple(_placed(cell, seen) for cell in row[left:right]) for row in grid[top:bottom])
    return Table(rows, place, first_row + top, title, firm=True)


def _shows(cell: Cell | None) -> bool:
    """Whether there is something to see: a key may have a column of nothing but colours."""
    return cell is not None and bool(cell.text or cell.fill)


def _extent(flags: Sequence[bool]) -> tuple[int, int]:
    """The half-open range from the first true flag to the last, (0, 0) when none is."""
    hits = [i for i, flag in enumerate(flags) if flag]
    return (hits[0], hits[-1] + 1) if hits else (0, 0)


def _placed(cell: Cell | None, seen: set[int]) -> Cell:
    if cell is None or cell is EMPTY:
        return EMPTY
    if id(cell) in seen:
        return cell if cell.merged else replace(cell, merged=True)
    seen.add(id(cell))
    return cell


def _without_joined_columns(grid: Sequence[Sequence[Cell | None]]) -> list[list[Cell | None]]:
    width = max((len(row) for row in grid), default=0)
    kept = [i for i in range(width) if i == 0 or not all(_joined(row, i) for row in grid)]
    return [[row[i] for i in kept if i < len(row)] for row in grid]


def _joined(row: Sequence[Cell | None], i: int) -> bool:
    """Whether place ``i`` belongs to the cell on its left, or the row ends before it."""
    return i >= len(row) or (row[i] is not None and row[i] is not EMPTY and row[i] is row[i - 1])
