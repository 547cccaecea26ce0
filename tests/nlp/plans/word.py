"""Word documents for the invented plans."""

from __future__ import annotations

import io
from collections.abc import Mapping

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell

from tests.nlp.plans.kit import LEFT, UP, C, Rows

__all__ = ["Word"]

_LISTS: Mapping[str, str] = {"* ": "List Bullet", "# ": "List Number"}


class Word:
    """A landscape document, written from top to bottom."""

    def __init__(self) -> None:
        self.document = Document()
        page = self.document.sections[0]
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = page.page_height, page.page_width

    def line(self, text: str, style: str | None = None) -> Word:
        self.document.add_paragraph(text, style)
        return self

    def head(self, text: str, level: int = 1) -> Word:
        self.document.add_heading(text, level)
        return self

    def table(self, rows: Rows) -> Word:
        table = self.document.add_table(len(rows), len(rows[0]), "Table Grid")
        grid = [[table.cell(i, j) for j in range(len(rows[0]))] for i in range(len(rows))]
        for i, row in enumerate(rows):
            for j, content in enumerate(row):
                if content not in (LEFT, UP):
                    _write(grid[i][j], content)
        for i, row in enumerate(rows):
            for j, content in enumerate(row):
                if content == LEFT:
                    grid[i][j] = grid[i][j - 1].merge(grid[i][j])
                elif content == UP:
                    grid[i][j] = grid[i - 1][j].merge(grid[i][j])
        for row_cells in grid:
            for cell in row_cells:
                for paragraph in cell.paragraphs[1:]:
                    if not paragraph.text:
                        paragraph._p.getparent().remove(paragraph._p)
        return self

    def data(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _write(cell: _Cell, content: str | C) -> None:
    text = content.text if isinstance(content, C) else content
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph.add_run(line[2:] if line[:2] in _LISTS else line)
        if line[:2] in _LISTS:
            paragraph.style = _LISTS[line[:2]]
    if isinstance(content, C):
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), content.fill)
        cell._tc.get_or_add_tcPr().append(shading)
