"""Excel sheets that people like to open: wrapped text, a header that stays, cells that nothing runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from handlers.documents.colours import ink_on
from handlers.documents.view import Entry

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
_HEADER_FILL, _HEADER_INK = "1F3864", "FFFFFF"
_LEAST_WIDTH, _MOST_WIDTH = 6, 55
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="top")


def clean(text: str) -> str:
    """The text without characters that no Office file may hold, line ends as "\\n"."""
    return ILLEGAL_CHARACTERS_RE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def write(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text that stays text: no formula, no number, no date is made of it."""
    text = clean(text)
    if len(text) > _MAX_TEXT:
        text = text[: _MAX_TEXT - len(_CUT)] + _CUT
    cell = sheet.cell(row, column, text or None)
    assert isinstance(cell, Cell)
    if text:
        cell.data_type = "s"
        cell.number_format = "@"
    if text.startswith(DANGEROUS):
        cell.quotePrefix = True
    return cell


def write_header(sheet: Worksheet, row: int, headers: Sequence[str]) -> None:
    for column, header in enumerate(headers, start=1):
        cell = write(sheet, row, column, header)
        cell.font = Font(bold=True, color=_HEADER_INK)
        cell.fill = PatternFill("solid", fgColor=_HEADER_FILL)
        cell.alignment, cell.border = _WRAP, _BORDER


def write_row(sheet: Worksheet, row: int, entries: Iterable[Entry]) -> None:
    for column, entry in enumerate(entries, start=1):
        cell = write(sheet, row, column, entry.text)
        cell.alignment, cell.border = _WRAP, _BORDER
        if entry.fill:
            cell.fill = PatternFill("solid", fgColor=entry.fill)
            cell.font = Font(color=ink_on(entry.fill))


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
    for column, width in enumerate(letters, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
