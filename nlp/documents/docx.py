"""Word documents (.docx, .docm): paragraphs and tables in the order in which they are read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.colours import blob_colour, hex_colour, theme_palette
from nlp.documents.docx_margins import margin_parts
from nlp.documents.docx_styles import Styles, child, local, style_table, value
from nlp.documents.docx_text import Line, content, lines
from nlp.documents.grid import table_of
from nlp.documents.limits import WORD, check_rows, open_package, readable
from nlp.documents.plan.keys import KeyReader
from storage.model.errors import DocumentError

__all__ = ["read_docx"]

_MAX_SPAN = 100  # columns that one cell may span: Word itself has no more than 63


def read_docx(data: bytes, progress: Callable[[int, int], None] | None = None) -> list[Block]:
    """The body of a Word document; of headers and footers only a key of ratings comes behind it, of notes nothing.

    Paragraphs are placed as "paragraph N", tables as "table N". A cell's fill is its own shading, or
    else that of its text; the shading of a table style is decoration and is not read. ``progress``
    is called with (blocks read, blocks in all). Raises DocumentError.
    """
    with readable(WORD), open_package(data, WORD) as package:
        main = _main_part(package)
        body = child(fromstring(package.read(main)), "body")
        if body is None:
            raise DocumentError("This Word document has no text: choose one that has and send it again.")
        story = _Story(_styles(package, main))
        parts = list(lines(body, story.styles))
        for done, part in enumerate(parts, start=1):
            story.add(part)
            if progress:
                progress(done, len(parts))
        for part in margin_parts(package, main, story.styles):
            story.add_key(part)
        return story.blocks


def _main_part(package: zipfile.ZipFile) -> str:
    for relation in fromstring(package.read("_rels/.rels")):
        if (relation.get("Type") or "").endswith("/officeDocument"):
            target = (relation.get("Target") or "").lstrip("/")
            if target.startswith("xl/"):
                raise DocumentError(
                    "This is an Excel workbook, whatever its name says: rename it to end in .xlsx."
                )
            return target
    return "word/document.xml"


def _styles(package: zipfile.ZipFile, main: str) -> Styles:
    folder = main.rpartition("/")[0]
    names = set(package.namelist())
    styles, theme = f"{folder}/styles.xml", f"{folder}/theme/theme1.xml"
    return Styles(
        style_table(fromstring(package.read(styles))) if styles in names else {},
        theme_palette(package.read(theme)) if theme in names else {},
    )


@dataclass(slots=True)
class _Story:
    """The blocks read so far, and how many of each kind."""

    styles: Styles
    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def add(self, part: Line | Element) -> None:
        if isinstance(part, Line):
            self._add_line(part)
        elif _is_frame(part):
            for inner in (cell for row in _rows(part) for cell in _cells(row)):
                self._add_all(inner)
        else:
            self._add_table(part)

    def add_key(self, part: Line | Element) -> None:
        """Add a part of a page header or footer where it is a key of ratings."""
        if isinstance(part, Line):
            if KeyReader().legend_of([part.text]):
                self._add_line(part)
        elif (table := _table(part, self.styles, "page header")) and KeyReader().is_key(table.rows):
            self.blocks.append(table)

    def _add_all(self, container: Element) -> None:
        for part in lines(container, self.styles):
            self.add(part)

    def _add_line(self, line: Line) -> None:
        if line.text:
            self.paragraphs += 1
            self.blocks.append(Paragraph(line.text, f"paragraph {self.paragraphs}", line.level, line.fill))
        for box in line.boxes:
            self._add_all(box)

    def _add_table(self, node: Element) -> None:
        self.tables += 1
        table = _table(node, self.styles, f"table {self.tables}")
        if table:
            self.blocks.append(table)


def _is_frame(table: Element) -> bool:
    """Whether a table only lays out others: one cell a row, and tables in them."""
    rows = [list(_cells(row)) for row in _rows(table)]
    return all(len(cells) == 1 for cells in rows) and any(
        local(node) == "tbl" for cells in rows for cell in cells for node in content(cell)
    )


def _table(node: Element, styles: Styles, place: str) -> Table | None:
    grid: list[list[Cell | None]] = []
    for row in _rows(node):
        grid.append(_grid_row(row, grid[-1] if grid else [], styles))
        check_rows(len(grid), "table")
    return table_of(grid, place, title=value(child(node, "tblPr", "tblCaption")))


def _rows(node: Element) -> Iterator[Element]:
    """The rows of a table out of any wrappers, without those whose deletion is tracked."""
    for part in node:
        if local(part) == "tr":
            if child(part, "trPr", "del") is None:
                yield part
        elif local(part) not in {"tblPr", "tblGrid", "del", "moveFrom"}:
            yield from _rows(part)


def _cells(row: Element) -> Iterator[Element]:
    for part in row:
        if local(part) == "tc":
            yield part
        elif local(part) not in {"trPr", "tblPrEx"}:
            yield from _cells(part)


def _grid_row(row: Element, above: list[Cell | None], styles: Styles) -> list[Cell | None]:
    places: list[Cell | None] = [None] * _number(child(row, "trPr", "gridBefore"), 0)
    for node in _cells(row):
        properties = child(node, "tcPr")
        cell = _joined_cell(properties, places, above) or _cell(node, properties, styles)
        places.extend([cell] * _number(child(properties, "gridSpan"), 1))
    return places


def _joined_cell(
    properties: Element | None, places: list[Cell | None], above: list[Cell | None]
) -> Cell | None:
    """The cell that this one continues, from above or (in old documents) from the left."""
    if _continues(child(properties, "vMerge")) and len(places) < len(above):
        return above[len(places)]
    if _continues(child(properties, "hMerge")) and places:
        return places[-1]
    return None


def _continues(merge: Element | None) -> bool:
    return merge is not None and value(merge) in {None, "continue"}


def _number(node: Element | None, default: int) -> int:
    text = value(node) or ""
    return min(int(text), _MAX_SPAN) if text.isdecimal() else default


def _cell(node: Element, properties: Element | None, styles: Styles) -> Cell:
    text = "\n".join(_cell_lines(node, styles))
    fill = styles.fill(properties) or _text_fill(node, styles)
    blob = blob_colour(text, _ink(node))
    return Cell("", fill or blob) if blob else Cell(text, fill)


def _ink(cell: Element) -> str | None:
    """The colour of the first coloured run of a cell."""
    runs = (node for node in cell.iter() if local(node) == "r")
    return next((ink for run in runs if (ink := hex_colour(value(child(run, "rPr", "color"))))), None)


def _cell_lines(container: Element, styles: Styles) -> Iterator[str]:
    """The lines of a cell; a table within it gives a line a row, with tabs between its cells."""
    for part in lines(container, styles):
        if isinstance(part, Element):
            for row in _rows(part):
                yield "\t".join(" ".join(_cell_lines(cell, styles)) for cell in _cells(row)).strip()
            continue
        if part.text:
            yield part.text
        for box in part.boxes:
            yield from _cell_lines(box, styles)


def _text_fill(cell: Element, styles: Styles) -> str | None:
    """The one colour in which all paragraphs, or all runs of text, of a cell are shaded."""
    paragraphs = {styles.fill(child(node, "pPr")) for node in cell.iter() if local(node) == "p"}
    runs = {styles.fill(child(node, "rPr")) for node in cell.iter() if local(node) == "r" and _has_text(node)}
    return next(
        (next(iter(found)) for found in (paragraphs, runs) if len(found) == 1 and None not in found), None
    )


def _has_text(run: Element) -> bool:
    return any(local(part) == "t" and (part.text or "").strip() for part in run)
