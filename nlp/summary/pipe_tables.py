"""Tables drawn with upright strokes in plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from nlp.documents.blocks import Block, Cell, Paragraph, Table

__all__ = ["with_pipe_tables"]

_RULE = re.compile(r"[|:\s=+-]+\Z")


def with_pipe_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with every run of two or more lines "| a | b |" made one table."""
    for piped, run in groupby(blocks, _is_row):
        rows = list(run)
        if piped and len(rows) > 1:
            lines = [row.text for row in rows if isinstance(row, Paragraph) and not _RULE.match(row.text)]
            yield Table(tuple(_cells(line) for line in lines), f"table at {rows[0].place}")
        else:
            yield from rows


def _is_row(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.text.startswith("|") and block.text.count("|") > 1


def _cells(line: str) -> tuple[Cell, ...]:
    return tuple(Cell(text.strip()) for text in line.strip().strip("|").split("|"))
