"""Tables laid out with spaces, as converters make them that keep a page's layout: columns by where texts stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.documents.blocks import Block, Paragraph
from nlp.documents.grid import table_of
from nlp.documents.markup import flat
from nlp.documents.pdf_columns import Loose, loose_tables
from nlp.documents.pdf_layout import PdfLine, Word

__all__ = ["spaced"]

_WIDE = re.compile(r"\S {2,}\S")
_LETTER, _LINE, _SIZE = 5.0, 10.0, 8.0
"""The make-believe page: the width of a letter, the height of a line, the size of the type."""


def spaced(rows: Sequence[str]) -> list[Block]:
    """The text as blocks where it holds such tables; [] where it holds none."""
    if any("\t" in row for row in rows) or sum(bool(_WIDE.search(row)) for row in rows) < 3:
        return []
    lines = [_line(number, row) for number, row in enumerate(rows, start=1) if row.strip()]
    blocks: list[tuple[float, Block]] = []
    text, tables = loose_tables(lines, ())
    for table in tables:
        blocks += _blocks(table)
    if not blocks:
        return []
    blocks += [(line.top, Paragraph(flat(line.text), _place(line.top))) for line in text]
    return [block for _, block in sorted(blocks, key=lambda item: item[0])]


def _blocks(table: Loose) -> list[tuple[float, Block]]:
    found = table_of(table.grid(()), _place(table.top))
    return [(table.top, found)] if found else []


def _place(top: float) -> str:
    return f"line {round(top / _LINE)}"


def _line(number: int, row: str) -> PdfLine:
    top = number * _LINE
    return PdfLine(
        tuple(
            Word(word[0], word.start() * _LETTER, top, word.end() * _LETTER, top + _SIZE, _SIZE, bold=False)
            for word in re.finditer(r"\S+", row)
        )
    )
