"""Tables of a PDF page that no rules draw: a line of headers, and under each header the words that stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.documents.blocks import Cell
from nlp.documents.grid import EMPTY
from nlp.documents.pdf_layout import PdfLine, Word
from nlp.documents.pdf_table import Shape, fill_behind
from nlp.documents.plan.headers import is_header
from nlp.documents.refs import looks_like_ref

__all__ = ["Headers", "Loose", "loose_tables"]

_GAP = 0.75  # of the type size: a wider gap parts two cells
_NEAR = 3.0  # points within which two texts begin alike
_MORE_LEADING = 0.35  # of the type size: more space than usual parts two rows
_FULL = 0.6  # of the columns that a line fills which begins a row
_LEAST_HEADERS = 3


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of one line that stand together."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def span(self) -> tuple[float, float]:
        return self.words[0].x0, self.words[-1].x1


Headers = tuple[tuple[float, float], ...]
"""Where each header stands: its left and its right end."""


@dataclass(slots=True)
class Loose:
    """One such table: its headers, and its rows of lines."""

    headers: Headers
    rows: list[list[PdfLine]]
    right: float

    @property
    def top(self) -> float:
        return self.rows[0][0].top

    def grid(self, shapes: Sequence[Shape]) -> list[list[Cell | None]]:
        """The cells of every row, shaded by what is painted behind their column."""
        return [self._cells(row, shapes) for row in self.rows]

    def _cells(self, row: Sequence[PdfLine], shapes: Sequence[Shape]) -> list[Cell | None]:
        texts: list[list[str]] = [[] for _ in self.headers]
        for piece in (piece for line in row for piece in _pieces(line)):
            texts[_column(piece, self.headers)].append(piece.text)
        lefts = [left for left, _ in self.headers]
        edges = [*lefts, max(self.right, lefts[-1])]
        top, bottom = row[0].top, row[-1].bottom
        found: list[Cell | None] = []
        for text, (left, right) in zip(texts, pairwise(edges), strict=True):
            fill = fill_behind((left, top, right - _NEAR, bottom), bool(text), shapes)
            found.append(Cell(" ".join(text), fill) if text or fill else EMPTY)
        return found


def loose_tables(lines: Sequence[PdfLine], carried: Headers) -> tuple[list[PdfLine], list[Loose]]:
    """The lines that are text, and the tables among the others; ``carried`` are the headers of the page before."""
    text: list[PdfLine] = []
    tables: list[Loose] = []
    right = max((line.x1 for line in lines), default=0.0)
    at = 0
    while at < len(lines):
        headers, size = _headers_at(lines, at)
        if not headers and carried and not tables and _under(lines[at], carried):
            headers = carried
        if not headers:
            text.append(lines[at])
            at += 1
            continue
        body = _body(lines[at + size :], headers)
        rows = [list(lines[at : at + size])] if size else []
        tables.append(Loose(headers, [*rows, *_rows(body, headers)], right))
        at += size + len(body)
    return text, tables


def _pieces(line: PdfLine) -> Iterator[_Piece]:
    words: list[Word] = []
    for word in line.words:
        if words and word.x0 - words[-1].x1 > _GAP * word.size:
            yield _Piece(tuple(words))
            words = []
        words.append(word)
    yield _Piece(tuple(words))


def _headers_at(lines: Sequence[PdfLine], at: int) -> tuple[Headers, int]:
    """The headers that begin in a line, and how many lines they take; () where none do."""
    first = list(_pieces(lines[at]))
    if len(first) < _LEAST_HEADERS or any(word.turned for word in lines[at].words):
        return (), 0
    headers = tuple(piece.span for piece in first)
    size = 1
    while at + size < len(lines) and _more_header(lines[at + size - 1], lines[at + size]):
        size += 1
    texts: list[list[str]] = [[] for _ in headers]
    for line in lines[at : at + size]:
        for piece in _pieces(line):
            texts[_column(piece, headers)].append(piece.text)
    return (headers, size) if is_header([" ".join(text) for text in texts]) else ((), 0)


def _more_header(above: PdfLine, line: PdfLine) -> bool:
    """A bold line close under a bold one."""
    return above.bold and line.bold and line.top - above.bottom < _MORE_LEADING * line.size


def _column(piece: _Piece, headers: Headers) -> int:
    """The header that a text begins under, else the one that it overlaps most, else the last on its left."""
    left, right = piece.span
    alike = [i for i, (x0, _) in enumerate(headers) if abs(x0 - left) <= _NEAR]
    if alike:
        return alike[0]
    shared = [min(right, x1) - max(left, x0) for x0, x1 in headers]
    best = max(range(len(headers)), key=lambda i: shared[i])
    if shared[best] > 0 and sum(share > 0 for share in shared) == 1:
        return best
    return max((i for i, (x0, _) in enumerate(headers) if x0 <= left + _NEAR), default=0)


def _under(line: PdfLine, headers: Headers) -> bool:
    """Two or more texts of the line begin where headers do."""
    starts = [piece.span[0] for piece in _pieces(line)]
    return len(starts) > 1 and all(any(abs(x - x0) <= _NEAR for x0, _ in headers) for x in starts)


def _body(lines: Sequence[PdfLine], headers: Headers) -> list[PdfLine]:
    """The lines of the table: up to the next header, or to text that runs over the columns."""
    body: list[PdfLine] = []
    for i, line in enumerate(lines):
        if _headers_at(lines, i)[0] or (body and abs(line.size - body[0].size) > 1):
            break
        if _runs_over(line, headers) and not (i + 1 < len(lines) and _under(lines[i + 1], headers)):
            break
        body.append(line)
    while body and _runs_over(body[-1], headers):
        body.pop()
    return body


def _runs_over(line: PdfLine, headers: Headers) -> bool:
    """One text, from the first column into the next."""
    pieces = list(_pieces(line))
    return len(pieces) == 1 and len(headers) > 1 and pieces[0].span[0] < headers[1][0] < pieces[0].span[1]


def _rows(body: Sequence[PdfLine], headers: Headers) -> Iterator[list[PdfLine]]:
    gaps = sorted(line.top - above.bottom for above, line in pairwise(body))
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    row: list[PdfLine] = []
    for line in body:
        apart = row and line.top - row[-1].bottom > usual + _MORE_LEADING * line.size
        if row and (apart or _begins_row(line, headers) or _runs_over(row[0], headers)):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _begins_row(line: PdfLine, headers: Headers) -> bool:
    pieces = {_column(piece, headers): piece.text for piece in _pieces(line)}
    if 0 not in pieces:
        return False
    return looks_like_ref(pieces[0]) or len(pieces) >= _FULL * len(headers)
