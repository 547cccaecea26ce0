"""Excel workbooks for the invented plans."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests.nlp.plans.kit import LEFT, UP, C, Rows

__all__ = ["Excel"]


class Excel:
    """A workbook, sheet by sheet."""

    def __init__(self) -> None:
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])

    def sheet(self, name: str, rows: Rows, formats: Mapping[str, str] | None = None) -> Worksheet:
        """Write a sheet; ``formats`` are number formats by column letter."""
        sheet: Worksheet = self.book.create_sheet(name)
        for i, row in enumerate(rows, start=1):
            for j, content in enumerate(row, start=1):
                self._write(sheet.cell(i, j), content)
        for letter, form in (formats or {}).items():
            for cell in sheet[letter]:
                cell.number_format = form
        for i, j, i2, j2 in _areas(rows):
            sheet.merge_cells(start_row=i + 1, start_column=j + 1, end_row=i2 + 1, end_column=j2 + 1)
        return sheet

    def _write(self, cell: Any, content: Any) -> None:
        if isinstance(content, C):
            cell.fill = PatternFill("solid", fgColor=content.fill)
            content = content.text
        if content not in (LEFT, UP, "", None):
            cell.value = content

    def data(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def _areas(rows: Rows) -> list[tuple[int, int, int, int]]:
    """The merged areas: (first row, first column, last row, last column)."""
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    for i, row in enumerate(rows):
        for j, content in enumerate(row):
            if content == LEFT:
                anchors[i, j] = anchors.get((i, j - 1), (i, j - 1))
            elif content == UP:
                anchors[i, j] = anchors.get((i - 1, j), (i - 1, j))
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for place, anchor in anchors.items():
        ends[anchor] = max(ends.get(anchor, anchor), place)
    return [(*anchor, *end) for anchor, end in ends.items()]
