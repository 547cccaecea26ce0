"""Sheets that go out and come back: written, opened as people do, changed, and read again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from handlers.documents.forms import FormFormat
from handlers.documents.returns import Asked, ReturnPage, write_return
from handlers.documents.unrated import Unrated, write_unrated
from nlp.documents.returns import read_ratings, read_return
from storage.model.errors import DocumentError

PAGE = ReturnPage(
    plan="mereford",
    plan_title="Mereford recovery plan",
    key="meeting-7",
    organisation="Mereford Council",
    cycle="assurance meeting of 12 March",
    rows=[
        Asked("1.10", 17, "Open the step-down ward", "31 March", "Builders on site"),
        Asked(None, 18, "=Agree the rota", "", ""),
        Asked("2.1", 19, "Train all night staff", "May", "Half are trained"),
    ],
    ratings=("Green", "Amber", "Red"),
)
FORMATS: list[FormFormat] = ["docx", "xlsx"]


def changed(data: bytes, format: FormFormat, change: Callable[[list[list[Any]]], object]) -> bytes:
    """The file after ``change`` got its table as rows of cells, each with the ``text`` or ``value`` of its library."""
    buffer = BytesIO()
    if format == "docx":
        document = docx.Document(BytesIO(data))
        change([[_WordCell(cell) for cell in row.cells] for row in document.tables[0].rows])
        document.save(buffer)
    else:
        book = load_workbook(BytesIO(data))
        sheet = book.worksheets[0]
        change([[_SheetCell(sheet, row, column) for column in range(1, 9)] for row in range(5, 12)])
        book.save(buffer)
    return buffer.getvalue()


class _WordCell:
    def __init__(self, cell: Any) -> None:
        self._cell = cell

    def type(self, text: str) -> None:
        self._cell.text = text


class _SheetCell:
    def __init__(self, sheet: Worksheet, row: int, column: int) -> None:
        self._cell = sheet.cell(row, column)

    def type(self, text: str) -> None:
        self._cell.value = text


@pytest.mark.parametrize("format", FORMATS)
def test_an_untouched_return_says_nothing(format: FormFormat) -> None:
    sheet = read_return(write_return(PAGE, format), f"return.{format}")
    assert (sheet.plan, sheet.key, sheet.organisation) == ("mereford", "meeting-7", "Mereford Council")
    assert (sheet.rows, sheet.blank) == ((), 3)


@pytest.mark.parametrize("format", FORMATS)
def test_what_was_written_comes_back_with_its_action(format: FormFormat) -> None:
    def change(rows: list[list[Any]]) -> None:
        rows[1][5].type("Ward opened on 4 March, 12 beds")
        rows[2][6].type("Amber")
        rows[2][7].type("30 June")

    sheet = read_return(changed(write_return(PAGE, format), format, change), f"return.{format}")
    assert [(row.ref, row.handle, row.text, row.rating, row.revised) for row in sheet.rows] == [
        ("1.10", 17, "Ward opened on 4 March, 12 beds", None, None),
        (None, 18, "", "Amber", "30 June"),
    ]
    assert sheet.blank == 1


def test_rows_may_be_deleted_and_added_and_columns_widened_and_moved() -> None:
    book = load_workbook(BytesIO(write_return(PAGE, "xlsx")))
    sheet = book.worksheets[0]
    sheet["F6"] = "Opened"
    sheet.delete_rows(7)
    sheet["A8"], sheet["C8"] = "9.9", "We also hired two nurses"
    sheet.insert_cols(1)
    sheet["B3"] = None  # the key's line is gone, the file's properties keep it
    sheet.column_dimensions["F"].width = 90
    buffer = BytesIO()
    book.save(buffer)
    read = read_return(buffer.getvalue(), "back.xlsx")
    assert [(row.ref, row.handle, row.text) for row in read.rows] == [
        ("1.10", 17, "Opened"),
        ("9.9", None, "We also hired two nurses"),
    ]


def test_what_is_written_below_the_table_is_kept() -> None:
    document = docx.Document(BytesIO(write_return(PAGE, "docx")))
    document.add_paragraph("PS: the lift is broken again")
    buffer = BytesIO()
    document.save(buffer)
    assert read_return(buffer.getvalue(), "back.docx").notes == ("PS: the lift is broken again",)


UNRATED = [Unrated("1.1", 1, "Open the ward", "COO", "May"), Unrated(None, 2, "Hire", "", "")]


@pytest.mark.parametrize("format", FORMATS)
def test_ratings_come_back(format: FormFormat) -> None:
    data = write_unrated("mereford", "Mereford recovery plan", UNRATED, ["Green", "Red"], format)
    sheet = read_ratings(changed(data, format, lambda rows: rows[2][5].type("Red")), f"x.{format}")
    assert sheet.plan == "mereford"
    assert [(row.ref, row.handle, row.rating) for row in sheet.rows] == [(None, 2, "Red")]
    assert sheet.blank == 1


def test_a_shaded_cell_is_a_rating() -> None:
    book = load_workbook(BytesIO(write_unrated("mereford", "Mereford", UNRATED, [], "xlsx")))
    book.worksheets[0]["F6"].fill = PatternFill("solid", fgColor="00B050")
    buffer = BytesIO()
    book.save(buffer)
    assert [(row.handle, row.rating) for row in read_ratings(buffer.getvalue(), "x.xlsx").rows] == [
        (1, "green")
    ]


def test_the_title_counts() -> None:
    document = docx.Document(BytesIO(write_unrated("m", "Mereford", UNRATED, [], "docx")))
    assert document.paragraphs[0].text == "Mereford: 2 have no agreed rating"


def test_another_file_is_no_return() -> None:
    with pytest.raises(DocumentError, match="not the return sheet"):
        read_return(write_unrated("m", "Mereford", UNRATED, [], "xlsx"), "x.xlsx")


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
@settings(max_examples=8, deadline=None)
def test_any_action_text_can_be_sent_out(actions: list[str]) -> None:
    page = ReturnPage(
        "p", "Plan", "k", "Org", "meeting", [Asked(None, i, text, "", text) for i, text in enumerate(actions)]
    )
    for format in FORMATS:
        assert read_return(write_return(page, format), f"x.{format}").blank == len(actions)
