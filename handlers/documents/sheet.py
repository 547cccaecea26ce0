"""Excel sheets that people like to open: wrapped text, a header that stays, cells that nothing runs.

openpyxl takes 0.2 s to import, so it is imported where a sheet is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from handlers.documents.colours import ink_on
from handlers.documents.plain import clean
from handlers.documents.view import Entry

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = [
    "DANGEROUS",
    "clean",
    "fit_columns",
    "saved",
    "set_widths",
    "widths",
    "write",
    "write_header",
    "write_row",
]

# A spreadsheet runs a cell that starts so (OWASP, CSV injection).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

_MAX_TEXT = 32_767  # characters in a cell of Excel
_CUT = " [cut here: longer than a cell of Excel holds]"
_HEADER_FILL, _RULE = "1F3864", "BFBFBF"
_LEAST_WIDTH, _MOST_WIDTH = 6, 55


def write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text that stays text: no formula, no number, no date is made of it."""
    text = clean(text)
    if len(text) > _MAX_TEXT:
        text = text[: _MAX_TEXT - len(_CUT)] + _CUT
    cell: Cell = sheet.cell(row, column, text or None)  # never a merged one: areas are merged when written
    if text:
        cell.data_type = "s"
        cell.number_format = "@"
    if text.startswith(DANGEROUS):
        cell.quotePrefix = True
    return cell


def write_header(sheet: Worksheet, row: int, headers: Sequence[str]) -> None:
    write_row(sheet, row, [Entry(header, _HEADER_FILL) for header in headers], bold=True)


def write_row(sheet: Worksheet, row: int, entries: Iterable[Entry], bold: bool = False) -> None:
    for column, entry in enumerate(entries, start=1):
        _dress(write(sheet, row, column, entry.text), entry.fill, bold)


def _dress(cell: Cell, fill: str | None, bold: bool) -> None:
    cell.alignment, cell.border = _frame()
    if fill:
        cell.fill, cell.font = _paint(fill, bold)


@cache
def _frame() -> tuple[Alignment, Border]:
    from openpyxl.styles import Alignment, Border, Side

    side = Side(style="thin", color=_RULE)
    return Alignment(wrap_text=True, vertical="top"), Border(left=side, right=side, top=side, bottom=side)


@lru_cache(maxsize=64)
def _paint(fill: str, bold: bool) -> tuple[PatternFill, Font]:
    from openpyxl.styles import Font, PatternFill

    return PatternFill("solid", fgColor=fill), Font(bold=bold, color=ink_on(fill))


def widths(headers: Sequence[str], rows: Sequence[Sequence[Entry]]) -> list[float]:
    """Widths in letters, by what most cells of a column hold, within what a screen can show."""
    return [_width(header, [row[i].text for row in rows if i < len(row)]) for i, header in enumerate(headers)]


def _width(header: str, texts: Sequence[str]) -> float:
    longest = sorted(max(map(len, text.split("\n"))) for text in texts)
    typical = longest[int(len(longest) * 0.8)] if longest else 0
    words = max(map(len, header.split()), default=0)
    wanted = typical**0.5 * 4 if typical > 20 else typical + 2
    return min(max(wanted, words + 2, _LEAST_WIDTH), _MOST_WIDTH)


def fit_columns(sheet: Worksheet, header_row: int) -> None:
    """Set the widths by what the cells below (and in) the header row hold."""
    headers, *rows = (
        [Entry(str(value or "")) for value in row]
        for row in sheet.iter_rows(min_row=header_row, values_only=True)
    )
    set_widths(sheet, widths([entry.text for entry in headers], rows))


def set_widths(sheet: Worksheet, letters: Sequence[float]) -> None:
    from openpyxl.utils import get_column_letter

    for column, width in enumerate(letters, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
