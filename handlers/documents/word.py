"""Word documents: tables with a header that repeats, shaded cells, landscape where tables are wide.

python-docx is imported where a document is written: the start of the program does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from handlers.documents.colours import ink_on
from handlers.documents.plain import clean
from handlers.documents.view import Entry

__all__ = ["add_facts", "add_table", "new_document", "saved", "shade"]

_HEADER_FILL = "1F3864"
_POINTS = 8


def new_document(wide: bool = False, large: bool = False) -> Any:
    """An empty document on A4, ``wide`` for landscape, ``large`` for A3."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    short, long = (Cm(29.7), Cm(42)) if large else (Cm(21), Cm(29.7))
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(1.5)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    return document


def add_table(
    document: Any, headers: Sequence[str], rows: Iterable[Sequence[Entry]], widths: Sequence[float] = ()
) -> Any:
    """A ruled table whose header is repeated on every page; ``widths`` are shares of the page, equal by default."""
    table = document.add_table(rows=1, cols=len(headers))
    table.style = "Table Grid"
    _set_widths(table, document.sections[-1], widths or [1] * len(headers))
    _write_row(table.rows[0], [Entry(header, _HEADER_FILL) for header in headers], bold=True)
    _flag(table.rows[0], "w:tblHeader")
    for entries in rows:
        row = table.add_row()
        _write_row(row, entries)
        _flag(row, "w:cantSplit")
    return table


def add_facts(document: Any, rows: Sequence[Sequence[Entry]], widths: Sequence[int]) -> None:
    """A ruled table without a header: label and value, a line each."""
    if not rows:
        return
    table = document.add_table(rows=len(rows), cols=len(widths))
    table.style = "Table Grid"
    _set_widths(table, document.sections[-1], widths)
    for row, entries in zip(table.rows, rows, strict=True):
        _write_row(row, entries)


def _set_widths(table: Any, section: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    room = section.page_width - section.left_margin - section.right_margin
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = int(room * width / sum(widths))


def _write_row(row: Any, entries: Sequence[Entry], bold: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    for cell, entry in zip(row.cells, entries, strict=True):
        run = cell.paragraphs[0].add_run(clean(entry.text))
        run.font.size, run.font.bold = Pt(_POINTS), bold
        if entry.fill:
            run.font.color.rgb = RGBColor.from_string(ink_on(entry.fill))
            shade(cell, entry.fill)


def shade(cell: Any, fill: str) -> None:
    """Give a cell the fill "RRGGBB", in place of any that it has."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = cell._tc.get_or_add_tcPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)):
        shading.set(qn(name), value)
    properties.append(shading)


def _flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
