"""Rows that hold several actions, each opened by a ref of its own, cut into one line an action."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.documents.blocks import Cell
from nlp.documents.markup import flat, visible
from nlp.documents.plan.rows import row_ref
from nlp.documents.plan.sections import Line
from nlp.documents.refs import clean_ref, leading_ref, ref_parts

__all__ = ["apart"]


def apart(line: Line) -> list[Line]:
    """The line, or one for each ref that opens a line of its action cell in the series of its own ref."""
    at = next((i for i, column in enumerate(line.columns) if column.field == "action"), None)
    ref_at = next((i for i, column in enumerate(line.columns) if column.field == "ref"), None)
    first = ref_parts(clean_ref(row_ref(line)))
    if at is None or ref_at is None or len(first) < 2:
        return [line]
    pieces = _pieces(visible(line.cells[at].text), first)
    if len(pieces) == 1:
        return [line]
    shares = [_shared(cell.text, len(pieces)) for cell in line.cells]
    found = []
    for number, (ref, text) in enumerate(pieces):
        cells = [replace(cell, text=shares[i][number]) for i, cell in enumerate(line.cells)]
        cells[at] = Cell(text)
        if ref:
            cells[ref_at] = Cell(ref)
        found.append(replace(line, cells=tuple(cells), whole=tuple(cells)))
    return found


def _pieces(text: str, first: tuple[int, ...]) -> list[tuple[str, str]]:
    """(ref, text) of each action in a cell; the first piece has the row's own ref."""
    pieces: list[tuple[str, list[str]]] = [("", [])]
    last = first
    for row in text.split("\n"):
        lead = leading_ref(row)
        parts = ref_parts(lead[0]) if lead and lead[1] else ()
        if lead and _follows(parts, last):
            pieces.append((lead[0], [lead[1]]))
            last = parts
        else:
            pieces[-1][1].append(row)
    return [(ref, "\n".join(rows).strip()) for ref, rows in pieces]


def _follows(parts: Sequence[int], last: Sequence[int]) -> bool:
    """The next ref of the series: 2.33 after 2.32, 4.4.1 after 4.4."""
    parts, last = tuple(parts), tuple(last)
    return len(parts) > 1 and (parts == (*last[:-1], last[-1] + 1) or parts == (*last, 1))


def _shared(text: str, count: int) -> list[str]:
    """A cell for each action: a block each where it is stacked in as many, else the whole for all."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", visible(text)) if flat(block)]
    return blocks if len(blocks) == count else [text] * count
