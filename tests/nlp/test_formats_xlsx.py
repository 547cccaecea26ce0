"""Workbooks written with openpyxl and read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from nlp.documents.blocks import Table
from nlp.documents.xlsx import read_xlsx
from storage.model.errors import DocumentError


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def sheet_read(fill_in: Callable[[Worksheet], object]) -> Table:
    book = Workbook()
    sheet = book.worksheets[0]
    fill_in(sheet)
    (table,) = read_xlsx(saved(book))
    assert isinstance(table, Table)
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_sheets_come_in_order_and_hidden_ones_are_skipped() -> None:
    book = Workbook()
    book.worksheets[0].title = "Plan"
    book.worksheets[0].append(["Ref", "Action"])
    book.create_sheet("Lists").append(["Red"])
    book["Lists"].sheet_state = "hidden"
    book.create_sheet("Empty")
    book.create_sheet("Key").append(["Green", "On track"])
    tables = read_xlsx(saved(book))
    assert [block.place for block in tables] == ["sheet Plan", "sheet Key"]


def test_a_row_that_a_filter_hides_is_read_and_a_hidden_column_is_not() -> None:
    def fill_in(sheet: Worksheet) -> None:
        for row in (
            ["Ref", "Internal", "Notes", "Action"],
            ["1.1", "x", "y", "Open the clinic"],
            ["1.2", "x", "y", "Hire"],
        ):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions.group("B", "C", hidden=True)

    assert texts(sheet_read(fill_in)) == [["Ref", "Action"], ["1.1", "Open the clinic"], ["1.2", "Hire"]]


def test_values_are_what_the_sheet_shows() -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet.append([1.1, date(2021, 3, 1), 0.35, "3.10", True, "a\r\nb _x000D_"])
        for column, code in enumerate(["0.00", "mmm-yy", "0%"], start=1):
            sheet.cell(1, column).number_format = code

    assert texts(sheet_read(fill_in)) == [["1.10", "Mar-21", "35%", "3.10", "TRUE", "a\nb"]]


def test_merged_cells_hold_for_all_that_they_span() -> None:
    def fill_in(sheet: Worksheet) -> None:
        for row in (
            ["Ref", "Due", None],
            [None, "Original", "Revised"],
            ["1", "May", "June"],
            [None, "July", None],
        ):
            sheet.append(row)
        for area in ("A1:A2", "B1:C1", "A3:A4"):
            sheet.merge_cells(area)

    table = sheet_read(fill_in)
    assert texts(table) == [
        ["Ref", "Due", "Due"],
        ["Ref", "Original", "Revised"],
        ["1", "May", "June"],
        ["1", "July", ""],
    ]
    assert [[cell.merged for cell in row] for row in table.rows] == [
        [False, False, True],
        [True, False, False],
        [False, False, False],
        [True, False, False],
    ]


def test_columns_joined_in_every_row_are_one() -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet.append(["Ref", "Action", None, "Owner"])
        sheet.append(["1", "Train all staff", None, "COO"])
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("B2:C2")

    assert texts(sheet_read(fill_in)) == [["Ref", "Action", "Owner"], ["1", "Train all staff", "COO"]]


def test_title_rows_and_numbering_stay() -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet["B3"] = "Recovery plan"
        sheet["B5"] = "Ref"
        sheet["C5"] = "Action"

    table = sheet_read(fill_in)
    assert texts(table) == [["Recovery plan", ""], ["", ""], ["Ref", "Action"]]
    assert table.first_row == 3


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        pytest.param(PatternFill("solid", fgColor="00B050"), "00B050", id="rgb"),
        pytest.param(PatternFill("solid", fgColor="FFFFFFFF"), None, id="white"),
        pytest.param(PatternFill("solid", fgColor=Color(indexed=10)), "FF0000", id="indexed"),
        pytest.param(PatternFill("solid", fgColor=Color(theme=4)), "4F81BD", id="theme"),
        pytest.param(PatternFill("solid", fgColor=Color(theme=0, tint=-0.5)), "808080", id="theme darker"),
        pytest.param(PatternFill("solid", fgColor=Color(theme=1, tint=0.5)), "808080", id="theme lighter"),
        pytest.param(PatternFill("gray125"), None, id="pattern"),
        pytest.param(PatternFill(), None, id="none"),
    ],
)
def test_fills(fill: PatternFill, expected: str | None) -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet["A1"] = "RAG"
        sheet["A1"].fill = fill

    assert sheet_read(fill_in).rows[0][0].fill == expected


def test_a_coloured_disc_is_its_colour() -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet.append(["RAG", "x"])
        sheet.append(["\u25cf", "y"])
        sheet["A2"].font = Font(color="FFC000")

    cell = sheet_read(fill_in).rows[1][0]
    assert (cell.text, cell.fill) == ("", "FFC000")


def test_a_cell_with_only_a_colour_keeps_it() -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet.append(["Ref", "RAG"])
        sheet.append(["1", None])
        sheet["B2"].fill = PatternFill("solid", fgColor="FF0000")

    assert sheet_read(fill_in).rows[1][1].fill == "FF0000"


RED, AMBER = PatternFill(bgColor="FF0000"), PatternFill(bgColor="FFC000")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        pytest.param(CellIsRule("equal", ['"Late"'], fill=RED), ["FF0000", None, None], id="equals a text"),
        pytest.param(CellIsRule("equal", ["3"], fill=RED), [None, None, "FF0000"], id="equals a number"),
        pytest.param(
            Rule("containsText", operator="containsText", text="at", dxf=DifferentialStyle(fill=AMBER)),
            ["FFC000", "FFC000", None],
            id="contains a text",
        ),
        pytest.param(CellIsRule("equal", ["$Z$1"], fill=RED), [None] * 3, id="a reference is not followed"),
        pytest.param(FormulaRule(["LEN(A1)>2"], fill=RED), [None] * 3, id="a formula is not computed"),
    ],
)
def test_simple_conditional_formats(rule: Rule, expected: list[str | None]) -> None:
    def fill_in(sheet: Worksheet) -> None:
        for value in ("late", "Great", 3):
            sheet.append([value])
        sheet.conditional_formatting.add("A1:A3", rule)

    assert [row[0].fill for row in sheet_read(fill_in).rows] == expected


def test_rich_text_is_text_and_comments_are_not() -> None:
    def fill_in(sheet: Worksheet) -> None:
        sheet["A1"] = CellRichText("Open ", TextBlock(InlineFont(b=True), "two"), " wards")
        sheet["A1"].comment = Comment("ask the ward", "PMO")

    assert texts(sheet_read(fill_in)) == [["Open two wards"]]


def test_progress_ends_at_all_rows() -> None:
    calls: list[tuple[int, int]] = []
    book = Workbook()
    for row in range(1200):
        book.worksheets[0].append([str(row)])
    read_xlsx(saved(book), lambda *call: calls.append(call))
    assert calls == [(500, 1200), (1000, 1200), (1200, 1200)]


def test_a_merge_of_a_whole_sheet_is_refused() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "x"
    book.worksheets[0].merged_cells.add("A1:XFD1048576")
    with pytest.raises(DocumentError, match="cells"):
        read_xlsx(saved(book))


visible = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn"]), min_size=1, max_size=12
)


@given(st.lists(st.lists(visible, min_size=3, max_size=3), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_any_texts_come_back(rows: list[list[str]]) -> None:
    book = Workbook()
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row, start=1):
            book.worksheets[0].cell(r, c, text).data_type = "s"
    (table,) = read_xlsx(saved(book))
    assert isinstance(table, Table)
    assert texts(table) == rows
