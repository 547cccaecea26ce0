"""Excel workbooks (.xlsx, .xlsm): every visible sheet as one table of what the sheet shows."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from nlp.documents.blocks import Block, Cell, Table
from nlp.documents.colours import blob_colour
from nlp.documents.grid import EMPTY, table_of
from nlp.documents.limits import EXCEL, MAX_ROWS, check_rows, open_package, readable
from nlp.documents.number_format import shown
from nlp.documents.xlsx_fill import Fills
from storage.model.errors import DocumentError

__all__ = ["read_xlsx"]

_PROGRESS_EVERY = 500
_NEAR = 2  # columns beyond the last text in which shading still means something
_MAX_CELLS = 1_000_000
_ROW = re.compile(rb"<(?:\w{1,9}:)?row[ >/]")
_CELL = re.compile(rb"<(?:\w{1,9}:)?c[ >/]")
_MERGE = re.compile(rb'mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ESCAPED = re.compile(r"_x000[Dd]_")


def read_xlsx(data: bytes, progress: Callable[[int, int], None] | None = None) -> list[Block]:
    """The visible sheets in order, placed as "sheet NAME"; title rows above the header are rows of the table.

    Numbers and dates are the text that the sheet shows, formulas their last computed value. Rows that
    a filter hides are read, hidden columns are not; merged cells hold for all that they span. A fill is
    the cell's own, or that of a simple conditional format. ``progress`` is called with (rows read, rows
    in all). Raises DocumentError.
    """
    with readable(EXCEL), open_package(data, EXCEL) as package, warnings.catch_warnings():
        _check_sheets(package)
        warnings.simplefilter("ignore")  # openpyxl tells of extensions that it will not write back
        book = load_workbook(BytesIO(data), data_only=True, keep_links=False)
        return _blocks(book, progress)


def _blocks(book: Workbook, progress: Callable[[int, int], None] | None) -> list[Block]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    meter = _Meter(progress, sum(sheet.max_row for sheet in sheets))
    tables = [_table(sheet, Fills(book, sheet), meter) for sheet in sheets]
    return [table for table in tables if table]


@dataclass(slots=True)
class _Meter:
    """Tells now and then how many rows of all sheets are read."""

    progress: Callable[[int, int], None] | None
    total: int
    done: int = 0

    def step(self) -> None:
        self.done += 1
        if self.progress and (self.done % _PROGRESS_EVERY == 0 or self.done == self.total):
            self.progress(self.done, self.total)


def _check_sheets(package: zipfile.ZipFile) -> None:
    """Refuse what would cost too much to build, before it is built."""
    if "word/document.xml" in package.namelist():
        raise DocumentError("This is a Word document, whatever its name says: rename it to end in .docx.")
    for name in package.namelist():
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            continue
        xml = package.read(name)
        check_rows(len(_ROW.findall(xml)), "sheet")
        if len(_CELL.findall(xml)) > _MAX_CELLS or sum(map(_area, _MERGE.findall(xml))) > _MAX_CELLS:
            raise DocumentError(
                f"A sheet has more than {_MAX_CELLS:,} cells: delete what is not part of the plan and send it again."
            )


def _area(merge: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = merge
    columns = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return columns * (int(bottom) - int(top) + 1)


def _table(sheet: Worksheet, fills: Fills, meter: _Meter) -> Table | None:
    cells = _cells_with_content(sheet)
    last_row, last_column = _extent(cells)
    check_rows(last_row, "sheet")
    columns = [column for column in range(1, last_column + 1) if column not in _hidden_columns(sheet)]
    spread = _merged(sheet, cells, fills)
    grid: list[list[Cell | None]] = []
    for row in range(1, last_row + 1):
        places = ((row, column) for column in columns)
        grid.append([spread.get(place) or _cell(cells.get(place), fills) for place in places])
        meter.step()
    return table_of(grid, f"sheet {sheet.title}")


def _cells_with_content(sheet: Worksheet) -> dict[tuple[int, int], SheetCell]:
    """Cells that hold or shade something, by (row, column); the sheet's far empty corners cost nothing."""
    return {
        (cell.row, cell.column): cell
        for cell in sheet._cells.values()
        if isinstance(cell, SheetCell)
        and (cell.value is not None or (cell.has_style and cell.row <= MAX_ROWS))
    }


def _extent(cells: Mapping[tuple[int, int], SheetCell]) -> tuple[int, int]:
    """The last row with text, and the last column: with text, or shaded near it."""
    texts = [place for place, cell in cells.items() if cell.value is not None]
    last_row, last_text = (
        max((row for row, _ in texts), default=0),
        max((column for _, column in texts), default=0),
    )
    return last_row, max((column for _, column in cells if column <= last_text + _NEAR), default=0)


def _hidden_columns(sheet: Worksheet) -> set[int]:
    return {
        column
        for letter, dimension in sheet.column_dimensions.items()
        if dimension.hidden
        for column in range(
            dimension.min or column_index_from_string(letter), (dimension.max or dimension.min or 0) + 1
        )
    }


def _merged(
    sheet: Worksheet, cells: dict[tuple[int, int], SheetCell], fills: Fills
) -> dict[tuple[int, int], Cell]:
    spread: dict[tuple[int, int], Cell] = {}
    for area in sheet.merged_cells.ranges:
        anchor = _cell(cells.get((area.min_row, area.min_col)), fills)
        if anchor is not EMPTY:
            for row in range(area.min_row, area.max_row + 1):
                for column in range(area.min_col, area.max_col + 1):
                    spread[row, column] = anchor
    return spread


def _cell(cell: SheetCell | None, fills: Fills) -> Cell:
    if cell is None:
        return EMPTY
    text = _text(cell)
    fill = fills.of(cell, text)
    if blob := blob_colour(text, fills.ink(cell)):
        return Cell("", fill or blob)
    return Cell(text, fill) if text or fill else EMPTY


def _text(cell: SheetCell) -> str:
    text = shown(cell.value, cell.number_format or "General")  # type: ignore[arg-type]
    text = _ESCAPED.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.strip() for line in text.split("\n")).strip()
