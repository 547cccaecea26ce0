"""Word documents: tables with a header that repeats, shaded cells, landscape where tables are wide.

python-docx is imported where a document is written: the start of the program does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from handlers.documents.colours import ink_on
from handlers.documents.plain import clean
from handlers.documents.view import Entry

__all__ = [
    "add_facts",
    "add_field",
    "add_table",
    "join",
    "keep_together",
    "keep_whole",
    "keep_with_next",
    "new_document",
    "saved",
    "set_font",
    "set_padding",
    "set_rules",
    "shade",
]

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
    document: Any,
    headers: Sequence[str],
    rows: Iterable[Sequence[Entry]],
    widths: Sequence[float] = (),
    points: float = _POINTS,
) -> Any:
    """A ruled table whose header is repeated on every page; ``widths`` are shares of the page, equal by default."""
    table = document.add_table(rows=1, cols=len(headers))
    table.style = "Table Grid"
    _set_widths(table, document.sections[-1], widths or [1] * len(headers))
    _write_row(table.rows[0], [Entry(header, _HEADER_FILL) for header in headers], bold=True, points=points)
    _flag(table.rows[0], "w:tblHeader")
    for entries in rows:
        row = table.add_row()
        _write_row(row, entries, points=points)
        _flag(row, "w:cantSplit")
    return table


def add_facts(
    document: Any, rows: Sequence[Sequence[Entry]], widths: Sequence[int], points: float = _POINTS
) -> Any:
    """A ruled table without a header: label and value, a line each; None where there is no row."""
    if not rows:
        return None
    table = document.add_table(rows=len(rows), cols=len(widths))
    table.style = "Table Grid"
    _set_widths(table, document.sections[-1], widths)
    for row, entries in zip(table.rows, rows, strict=True):
        _write_row(row, entries, points=points)
    return table


def _set_widths(table: Any, section: Any, widths: Sequence[float]) -> None:
    table.autofit = False
    room = section.page_width - section.left_margin - section.right_margin
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = int(room * width / sum(widths))


def _write_row(row: Any, entries: Sequence[Entry], bold: bool = False, points: float = _POINTS) -> None:
    from docx.shared import Pt, RGBColor

    for cell, entry in zip(row.cells, entries, strict=True):
        run = cell.paragraphs[0].add_run(clean(entry.text))
        run.font.size, run.font.bold = Pt(points), bold
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


def join(row: Any) -> None:
    """Make one cell of a row, of which only the first holds words."""
    first, *others = row.cells
    for cell in others:
        first = first.merge(cell)
    for paragraph in first.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)


def keep_whole(row: Any) -> None:
    """No page ends within the row."""
    _flag(row, "w:cantSplit")


def keep_with_next(paragraph: Any) -> None:
    paragraph.paragraph_format.keep_with_next = True


def keep_together(table: Any) -> None:
    """No page ends within the table, where it fits on one."""
    for row in table.rows[:-1]:
        keep_with_next(row.cells[0].paragraphs[0])
    for row in table.rows:
        keep_whole(row)


def set_rules(table: Any, colour: str) -> None:
    """Thin lines of that colour around and between the cells."""
    _set_property(table, "w:tblBorders", {side: {"val": "single", "sz": "4", "space": "0", "color": colour} for side in _SIDES})  # fmt: skip


def set_padding(table: Any, upright: int, across: int) -> None:
    """Room between the lines and the words, in twentieths of a point."""
    room = {"top": upright, "left": across, "bottom": upright, "right": across}
    _set_property(
        table, "w:tblCellMar", {side: {"w": str(width), "type": "dxa"} for side, width in room.items()}
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_AFTER_RULES = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")


def _set_property(table: Any, name: str, parts: Mapping[str, Mapping[str, str]]) -> None:
    """In the order that the format's schema wants (ECMA-376 part 1, CT_TblPr)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for side, values in parts.items():
        part = OxmlElement(f"w:{side}")
        for key, value in values.items():
            part.set(qn(f"w:{key}"), value)
        element.append(part)
    properties = table._tbl.tblPr
    for old in properties.findall(qn(name)):
        properties.remove(old)
    after = _AFTER_RULES[_AFTER_RULES.index(name) + 1 :] if name in _AFTER_RULES else _AFTER_RULES
    later = next((one for one in properties if one.tag in {qn(tag) for tag in after}), None)
    if later is None:
        properties.append(element)
    else:
        later.addprevious(element)


def set_font(style: Any, name: str) -> None:
    """For every script: a style of a theme's font keeps it unless each is named."""
    from docx.oxml.ns import qn

    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def add_field(paragraph: Any, name: str, points: float, colour: str) -> None:
    """A field that Word fills ("PAGE")."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    run.font.size, run.font.color.rgb = Pt(points), RGBColor.from_string(colour)
    field.append(run._r)
    paragraph._p.append(field)


def _flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
