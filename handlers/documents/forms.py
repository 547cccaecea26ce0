"""Sheets to be filled in and dropped back on the bot, as Word and Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from handlers.documents import word
from handlers.documents.sheet import clean, saved, write, write_header, write_row
from handlers.documents.view import Entry

__all__ = ["Form", "FormFormat", "write_form"]

FormFormat = Literal["docx", "xlsx"]

_ANSWER_FILL = "C55A11"  # the headers of the columns that people fill in
_LIST_LETTERS = 250  # what a drop-down list of Excel holds


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what stands above its table, the table, and which columns are for answers.

    ``widths`` are shares of the page; ``choices`` (a header and its words) become a drop-down list in Excel.
    """

    title: str
    intro: str
    key: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    answers: frozenset[str]
    choices: tuple[str, tuple[str, ...]] | None = None


def write_form(form: Form, format: FormFormat) -> bytes:
    """The form as a file. Its key stands below the introduction and in the file's properties."""
    writers: dict[FormFormat, Callable[[Form], bytes]] = {"docx": _word, "xlsx": _excel}
    return writers[format](form)


def _word(form: Form) -> bytes:
    document = word.new_document(wide=True)
    document.core_properties.keywords = form.key
    document.core_properties.title = form.title
    document.add_heading(clean(form.title), 1)
    document.add_paragraph(clean(form.intro))
    document.add_paragraph(clean(form.key))
    table = word.add_table(
        document, form.headers, [[Entry(text) for text in row] for row in form.rows], form.widths
    )
    for cell, header in zip(table.rows[0].cells, form.headers, strict=True):
        if header in form.answers:
            word.shade(cell, _ANSWER_FILL)
    return word.saved(document)


def _excel(form: Form) -> bytes:
    book = Workbook()
    book.properties.keywords, book.properties.title = form.key, form.title
    sheet = book.worksheets[0]
    sheet.title = "To fill in"
    for row, text in enumerate((form.title, form.intro, form.key), start=1):
        write(sheet, row, 1, text).font = Font(bold=row == 1, size=14 if row == 1 else 10)
    write_header(sheet, 5, form.headers)
    for number, texts in enumerate(form.rows, start=6):
        write_row(sheet, number, [Entry(text) for text in texts])
    _mark_answers(sheet, form)
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation = "landscape"
    return saved(book)


def _mark_answers(sheet: Worksheet, form: Form) -> None:
    last = max(len(form.rows), 1) + 5
    for column, (header, width) in enumerate(zip(form.headers, form.widths, strict=True), start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = width
        if header in form.answers:
            sheet.cell(5, column).fill = PatternFill("solid", fgColor=_ANSWER_FILL)
        if form.choices and header == form.choices[0]:
            _offer(sheet, f"{letter}6:{letter}{last}", form.choices[1])


def _offer(sheet: Worksheet, area: str, choices: Sequence[str]) -> None:
    """A drop-down list that allows other words too; Excel knows no comma within a choice."""
    listed = ",".join(choices)
    if (
        choices
        and len(listed) <= _LIST_LETTERS
        and not any("," in choice or '"' in choice for choice in choices)
    ):
        offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
        offer.add(area)
        sheet.add_data_validation(offer)
