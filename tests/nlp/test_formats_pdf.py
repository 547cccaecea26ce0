"""PDF files written with reportlab and read back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, TableStyle
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as FlowTable

from nlp.documents.blocks import Block, Paragraph, Table
from nlp.documents.pdf import read_pdf
from storage.model.errors import DocumentError

STYLES = getSampleStyleSheet()
SMALL = ParagraphStyle("small", fontSize=8, leading=9.5)
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)


def pdf(*flow: Any, **options: Any) -> bytes:
    buffer = BytesIO()
    on_page = options.pop("on_page", lambda canvas, template: None)
    SimpleDocTemplate(buffer, **options).build(list(flow), onFirstPage=on_page, onLaterPages=on_page)
    return buffer.getvalue()


def ruled(rows: list[list[Any]], *commands: tuple[Any, ...], **options: Any) -> FlowTable:
    return FlowTable(rows, style=TableStyle([GRID, *commands]), **options)


def table_in(blocks: list[Block]) -> Table:
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_paragraphs_and_tables_come_in_page_order() -> None:
    blocks = read_pdf(
        pdf(
            Flow("Recovery plan", STYLES["Heading1"]),
            Flow("What follows was agreed in May.", STYLES["BodyText"]),
            ruled([["Ref", "Action"], ["1.1", "Open the clinic"]]),
            Flow("Agreed by the board at its meeting.", STYLES["BodyText"]),
            PageBreak(),
            ruled([["1.2", "Train all staff"], ["1.3", "Hire"]]),
        )
    )
    assert [
        (block.place, block.text if isinstance(block, Paragraph) else texts(block)) for block in blocks
    ] == [
        ("page 1", "Recovery plan"),
        ("page 1", "What follows was agreed in May."),
        ("page 1, table 1", [["Ref", "Action"], ["1.1", "Open the clinic"]]),
        ("page 1", "Agreed by the board at its meeting."),
        ("page 2, table 1", [["1.2", "Train all staff"], ["1.3", "Hire"]]),
    ]
    assert [block.level for block in blocks if isinstance(block, Paragraph)] == [1, 0, 0]


def test_merged_cells_hold_for_all_that_they_span() -> None:
    rows = [["Ref", "Due", ""], ["", "First", "Revised"], ["1", "May", "June"]]
    table = table_in(read_pdf(pdf(ruled(rows, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0))))))
    assert texts(table) == [["Ref", "Due", "Due"], ["Ref", "First", "Revised"], ["1", "May", "June"]]
    assert [[cell.merged for cell in row] for row in table.rows] == [
        [False, False, True],
        [True, False, False],
        [False, False, False],
    ]


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        pytest.param(colors.HexColor("#00B050"), "00B050", id="rgb"),
        pytest.param(colors.CMYKColor(0, 1, 1, 0), "FF0000", id="cmyk"),
        pytest.param(colors.white, None, id="white"),
    ],
)
@pytest.mark.parametrize("word", ["Green", ""])
def test_the_colour_behind_a_cell_is_its_fill(colour: Any, expected: str | None, word: str) -> None:
    rows = [["Ref", "RAG", "Owner"], ["1", word, "COO"]]
    table = table_in(read_pdf(pdf(ruled(rows, ("BACKGROUND", (1, 1), (1, 1), colour)))))
    assert [cell.fill for cell in table.rows[1]] == [None, expected, None]


def test_a_break_of_the_page_is_a_space_and_a_break_of_the_writer_stays() -> None:
    cell = Flow("Director of Nursing and Quality for all wards<br/>Head of Estates", SMALL)
    table = table_in(read_pdf(pdf(ruled([["1", cell], ["2", "x"]], colWidths=[30, 90]))))
    assert table.rows[0][1].text == "Director of Nursing and Quality for all wards\nHead of Estates"


class Turned(Flowable):
    """Words set on their side."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def wrap(self, *_: float) -> tuple[float, float]:
        return 12, 60

    def draw(self) -> None:
        self.canv.rotate(90)
        self.canv.setFont("Helvetica", 8)
        self.canv.drawString(2, -9, self._text)


def test_a_header_set_on_its_side_is_read() -> None:
    rows = [["Ref", Turned("Month RAG"), Turned("On target")], ["1", "Green", "Red"]]
    table = table_in(read_pdf(pdf(ruled(rows, colWidths=[60, 30, 30]))))
    assert texts(table) == [["Ref", "Month RAG", "On target"], ["1", "Green", "Red"]]


def test_bullets_begin_lines() -> None:
    cell = Flow("Check every bed rail in the building<br/>\u2022 log it in the ward book", SMALL)
    table = table_in(read_pdf(pdf(ruled([["1", cell], ["2", "x"]], colWidths=[30, 80]))))
    assert table.rows[0][1].text == "Check every bed rail in the building\n\u2022 log it in the ward book"


def test_a_wrapped_paragraph_is_one() -> None:
    text = "The trust was inspected in the spring and has agreed what follows with its commissioners. " * 3
    blocks = read_pdf(pdf(Flow(text, STYLES["BodyText"])))
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [text.strip()]


def test_a_row_cut_by_the_page_is_read_on_both() -> None:
    long = Flow("<br/>".join(f"line {i} of the progress" for i in range(90)), SMALL)
    rows = [["Ref", "Action", "Progress"], ["1.1", "Open the clinic", long], ["1.2", "Hire", "no"]]
    tables = [
        b
        for b in read_pdf(pdf(ruled(rows, ("VALIGN", (0, 0), (-1, -1), "TOP"), repeatRows=1, splitInRow=1)))
        if isinstance(b, Table)
    ]
    assert [[cell.text for cell in row[:2]] for table in tables for row in table.rows] == [
        ["Ref", "Action"],
        ["1.1", "Open the clinic"],
        ["Ref", "Action"],
        ["", ""],
        ["1.2", "Hire"],
    ]
    cells = [table.rows[1][2].text.split("\n") for table in tables]
    assert [line for cell in cells for line in cell] == [f"line {i} of the progress" for i in range(90)]


def test_paragraphs_stay_apart_and_numbered_items_begin_their_own() -> None:
    full = (
        "The trust was inspected in the spring and has agreed all of what follows with its own commissioners."
    )
    flow = [Flow(f"{full} {i}", STYLES["BodyText"]) for i in range(3)]
    items = Flow(f"{full}<br/>1. {full}<br/>2. {full}", STYLES["BodyText"])
    blocks = read_pdf(pdf(*flow, items))
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        *(f"{full} {i}" for i in range(3)),
        full,
        f"1. {full}",
        f"2. {full}",
    ]


def test_a_sentence_goes_on_over_the_page() -> None:
    text = "the trust was inspected in the spring and " * 220 + "agreed."
    blocks = read_pdf(pdf(Flow(text, STYLES["BodyText"])))
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [text]


def test_page_numbers_and_running_lines_are_left_out() -> None:
    def on_page(canvas: Canvas, template: Any) -> None:
        canvas.drawString(72, 820, "Recovery plan")
        canvas.drawString(280, 20, f"Page {canvas.getPageNumber()} of 3")

    pages = [item for i in range(3) for item in (Flow(f"Text {i}", STYLES["BodyText"]), PageBreak())]
    blocks = read_pdf(pdf(*pages, on_page=on_page))
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [
        "Recovery plan",
        "Text 0",
        "Text 1",
        "Text 2",
    ]


def test_progress_counts_pages() -> None:
    calls: list[tuple[int, int]] = []
    read_pdf(
        pdf(Flow("a", STYLES["BodyText"]), PageBreak(), Flow("b", STYLES["BodyText"])),
        lambda *call: calls.append(call),
    )
    assert calls == [(1, 2), (2, 2)]


def scan(stamp: str = "") -> bytes:
    picture = BytesIO()
    Image.new("RGB", (20, 20), "grey").save(picture, "png")
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawImage(ImageReader(picture), 0, 0, 500, 700)
    canvas.drawString(72, 20, stamp)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(scan(), "scan", id="no text"),
        pytest.param(scan("Scanned on 12 March 2024"), "scan", id="a picture with a stamp"),
        pytest.param(
            pdf(Flow("x", STYLES["BodyText"]), encrypt=StandardEncryption("pass")), "password", id="encrypted"
        ),
        pytest.param(b"PK\x03\x04", "not a PDF", id="another format"),
        pytest.param(b"%PDF-1.7\nnothing", "damaged|scan", id="cut short"),
    ],
)
def test_bad_files_say_what_to_do(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_pdf(data)


words = st.lists(
    st.text("abcdefgh ijklmnop 0123", min_size=1, max_size=20).map(str.strip).filter(bool),
    min_size=3,
    max_size=3,
)


@given(st.lists(words, min_size=2, max_size=5))
@settings(max_examples=15, deadline=None)
def test_any_ruled_table_comes_back(rows: list[list[str]]) -> None:
    table = table_in(read_pdf(pdf(ruled([list(row) for row in rows]))))
    assert texts(table) == [[" ".join(cell.split()) for cell in row] for row in rows]
