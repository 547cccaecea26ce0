"""Text that is a page of HTML, or a table of one: its rows and its lines."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from nlp.documents.blocks import Block, Cell, Paragraph
from nlp.documents.grid import EMPTY, table_of
from nlp.documents.markup import flat, joined, lines

__all__ = ["marked_up"]

_MOST_SPANNED = 100
_LINES = frozenset(["p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6"])
_UNSEEN = frozenset(["script", "style", "title", "head"])


def marked_up(rows: Sequence[str]) -> list[Block]:
    """The blocks of a text with HTML tables; [] of any other."""
    text = "\n".join(rows)
    low = text.lower()
    if "<table" not in low or low.count("<tr") < 2 or "<t" not in low or "\t" in text:
        return []
    page = _Page()
    page.feed(text)
    page.close()
    page.end_line()
    return page.blocks


class _Page(HTMLParser):
    """Collects the blocks; the cells of a row are numbered by the spans before them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.grid: list[list[Cell | None]] | None = None
        self.held: dict[tuple[int, int], Cell] = {}  # places that cells above and before span
        self.text: list[str] = []
        self.span = (1, 1)
        self.level = 0
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_line()
            self.grid, self.held = [], {}
        elif tag == "tr" and self.grid is not None:
            self.grid.append([])
        elif tag in ("td", "th"):
            given = dict(attrs)
            self.span = (_count(given.get("rowspan")), _count(given.get("colspan")))
            self.text.clear()
        elif tag in _LINES:
            self._break()
            self.level = int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else self.level
        self.unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "table" and self.grid is not None:
            table = table_of(self.grid, f"table {len(self.blocks) + 1}")
            self.blocks += [table] if table else []
            self.grid = None
            self.text.clear()
        elif tag in _LINES:
            self._break()
            self.level = 0 if tag[0] == "h" else self.level
        self.unseen -= tag in _UNSEEN and self.unseen > 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.text.append(" ".join(data.split("\n")))

    def end_line(self) -> None:
        """Make what was read outside tables a paragraph."""
        text = flat("".join(self.text))
        if text and self.grid is None:
            self.blocks.append(Paragraph(text, f"paragraph {len(self.blocks) + 1}", self.level))
        self.text.clear()

    def _break(self) -> None:
        if self.grid is None:
            self.end_line()
        else:
            self.text.append("\n")

    def _end_cell(self) -> None:
        if not self.grid:
            return
        row, number = self.grid[-1], len(self.grid) - 1
        text = joined(lines("".join(self.text)))
        cell = Cell(text) if text else EMPTY
        while (number, len(row)) in self.held:
            row.append(self.held[number, len(row)])
        for down in range(self.span[0]):
            for right in range(self.span[1]):
                self.held[number + down, len(row) + right] = cell
        row.extend([cell] * self.span[1])
        self.text.clear()


def _count(value: str | None) -> int:
    return min(max(int(value), 1), _MOST_SPANNED) if value and value.isdecimal() else 1
