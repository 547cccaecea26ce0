"""A plan written back into the formats that people have, so that an import reads the same plan from it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.documents import word
from handlers.documents.colours import fill_of
from handlers.documents.sheet import (
    DANGEROUS,
    clean,
    fit_columns,
    saved,
    set_widths,
    widths,
    write,
    write_header,
    write_row,
)
from handlers.documents.view import Entry, PlanView, Section
from nlp.documents.own import ABOUT_HEADER, LEAD_MARK, THEME_MARK
from storage.model.document import DocRating, DocScale

__all__ = ["Format", "export_plan"]

_MOST_COLUMNS = 10  # that A4 holds

Format = Literal["xlsx", "docx", "csv"]


def export_plan(view: PlanView, format: Format) -> bytes:
    """The plan as a file: its own columns, order and words, and the bot's columns beside them."""
    writers: dict[Format, Callable[[PlanView], bytes]] = {"xlsx": _excel, "docx": _word, "csv": _csv}
    return writers[format](view)


# Excel


def _excel(view: PlanView) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Plan"
    header_row = _front(sheet, view) + 1
    write_header(sheet, header_row, view.headers)
    row = header_row
    for section in view.sections:
        row = _write_section(sheet, row, section, view.own)
    set_widths(sheet, _widths(view))
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.auto_filter.ref = f"A{header_row}:{get_column_letter(len(view.headers))}{max(row, header_row)}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _asides(book, view)
    return saved(book)


def _widths(view: PlanView) -> list[float]:
    return widths(view.headers, [row for section in view.sections for row in section.rows])


def _front(sheet: Worksheet, view: PlanView) -> int:
    """Title and standing above the header; the number of rows that they take."""
    lines = [line for line in (view.title, view.standing) if line]
    for row, line in enumerate(lines, start=1):
        write(sheet, row, 1, line).font = Font(bold=True, size=16 if row == 1 else 11)
    return len(lines) + 1 if lines else 0


def _write_section(sheet: Worksheet, row: int, section: Section, own: int) -> int:
    for line, mark in _opening(section):
        row += 1
        write(sheet, row, 1, line).font = Font(bold=True)
        write(sheet, row, own + 1, mark)
        if own > 1:
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=own)
    for entries in section.rows:
        row += 1
        write_row(sheet, row, entries)
    return row


def _opening(section: Section) -> list[tuple[str, str]]:
    """The lines that open a section, each with its mark."""
    heading = [(section.heading, THEME_MARK)] if section.heading else []
    return heading + [(line, LEAD_MARK) for line in section.lines]


def _asides(book: Workbook, view: PlanView) -> None:
    for title, headers, rows in _aside_tables(view):
        sheet = book.create_sheet(title)
        write_header(sheet, 1, headers)
        for row, entries in enumerate(rows, start=2):
            write_row(sheet, row, entries)
        fit_columns(sheet, 1)
    sheet = book.create_sheet("Assurebot")
    write(sheet, 1, 1, ABOUT_HEADER)
    for row, texts in enumerate(view.about, start=2):
        for column, text in enumerate(texts, start=1):
            write(sheet, row, column, text)


def _aside_tables(view: PlanView) -> Iterator[tuple[str, Sequence[str], list[list[Entry]]]]:
    """Keys and meetings: (title, headers, rows)."""
    for scale in view.scales:
        yield _key_title(scale), ("Rating", "Colour"), [_key_row(rating) for rating in scale.ratings]
    if view.meetings:
        yield "Timeline", ("Meeting", "Date"), [[Entry(name), Entry(day)] for name, day in view.meetings]


def _key_title(scale: DocScale) -> str:
    words = "".join(c for c in scale.title if c not in "[]:*?/\\").strip() or scale.name
    return f"{words[:27]} key"


def _key_row(rating: DocRating) -> list[Entry]:
    colour = rating.colour or ""
    return [Entry(rating.label), Entry("" if colour.isupper() else colour.capitalize(), fill_of(colour))]


# Word


def _word(view: PlanView) -> bytes:
    document = word.new_document(wide=True, large=len(view.headers) > _MOST_COLUMNS)
    shares = _widths(view)
    document.add_heading(clean(view.title) or "Plan", 0)
    if view.standing:
        document.add_paragraph(view.standing)
    for title, headers, rows in _aside_tables(view):
        document.add_paragraph(clean(title))
        word.add_table(document, headers, rows)
    for section in view.sections:
        if section.heading:
            document.add_heading(clean(section.heading), 2)
        for line in section.lines:
            document.add_paragraph(clean(line))
        if section.rows:
            word.add_table(document, view.headers, section.rows, shares)
    width = max(map(len, view.about), default=1)
    rows = [[*map(Entry, texts), *[Entry()] * (width - len(texts))] for texts in view.about]
    document.add_page_break()
    word.add_table(document, (ABOUT_HEADER, *[""] * (width - 1)), rows)
    return word.saved(document)


# CSV


def _csv(view: PlanView) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to read it right."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for record in _records(view):
        writer.writerow([_guarded(clean(text)) for text in record])
    return buffer.getvalue().encode("utf-8-sig")


def _records(view: PlanView) -> Iterator[Sequence[str]]:
    for line in (view.title, view.standing):
        if line:
            yield [line]
    yield view.headers
    for section in view.sections:
        for line, mark in _opening(section):
            yield [line, *[""] * (view.own - 1), mark]
        for entries in section.rows:
            yield [entry.text for entry in entries]
    yield []
    yield [ABOUT_HEADER]
    yield from view.about


def _guarded(text: str) -> str:
    """The text behind an apostrophe where a spreadsheet would run it; the reader takes the apostrophe off."""
    return "'" + text if text.startswith((*DANGEROUS, "'")) else text
