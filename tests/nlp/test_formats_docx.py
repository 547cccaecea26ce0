"""Word documents written with python-docx and read back."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents.blocks import Block, Paragraph, Table
from nlp.documents.docx import read_docx


def document_read(fill_in: Callable[[Any], object]) -> list[Block]:
    document = docx.Document()
    fill_in(document)
    buffer = BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue())


def table_read(fill_in: Callable[[Any], object], rows: int, columns: int) -> Table:
    def with_table(document: Any) -> None:
        fill_in(document.add_table(rows, columns))

    (table,) = document_read(with_table)
    assert isinstance(table, Table)
    return table


def fill_cells(table: Any, *rows: tuple[str, ...]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def shade(cell: Any, attributes: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {attributes}/>"))


def xml_paragraph(inner: str) -> list[str]:
    """The texts of the blocks of a document whose body begins with a paragraph of this mark-up."""

    def fill_in(document: Any) -> None:
        document.styles.add_style("Hint", WD_STYLE_TYPE.CHARACTER).element.name_val = "Placeholder Text"
        spaces = nsdecls("w", "r") + (
            ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
            ' xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        document.element.body.insert(0, parse_xml(f"<w:p {spaces}>{inner}</w:p>"))

    return [block.text for block in document_read(fill_in) if isinstance(block, Paragraph)]


def test_paragraphs_headings_and_tables_come_in_order() -> None:
    def fill_in(document: Any) -> None:
        document.add_heading("Recovery plan", 0)
        document.add_heading("1 Access", 2)
        document.add_paragraph("")
        document.add_paragraph("Two words")
        document.add_table(1, 1).cell(0, 0).text = "Ref"
        document.add_paragraph("- typed dash")
        document.add_paragraph("from Word", style="List Bullet")

    assert [
        (block.place, getattr(block, "text", None), getattr(block, "level", None))
        for block in document_read(fill_in)
    ] == [
        ("paragraph 1", "Recovery plan", 1),
        ("paragraph 2", "1 Access", 2),
        ("paragraph 3", "Two words", 0),
        ("table 1", None, None),
        ("paragraph 4", "- typed dash", 0),
        ("paragraph 5", "from Word", 0),
    ]


RUN = "<w:r><w:t>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param("<w:r><w:t>due</w:t><w:br/><w:t>May</w:t></w:r>", ["due\nMay"], id="line break"),
        pytest.param(
            '<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', ["ab"], id="page break is no text"
        ),
        pytest.param("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", ["a\tb"], id="tab"),
        pytest.param("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", ["a-b"], id="no-break hyphen"),
        pytest.param(
            "<w:ins w:id='1' w:author='a'><w:r><w:t>new</w:t></w:r></w:ins>"
            "<w:del w:id='2' w:author='a'><w:r><w:delText>old</w:delText></w:r></w:del>",
            ["new"],
            id="tracked changes",
        ),
        pytest.param(
            "<w:moveFrom w:id='1' w:author='a'><w:r><w:t>gone</w:t></w:r></w:moveFrom>"
            "<w:moveTo w:id='2' w:author='a'><w:r><w:t>come</w:t></w:r></w:moveTo>",
            ["come"],
            id="tracked move",
        ),
        pytest.param(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>" + RUN.format("seen"),
            ["seen"],
            id="hidden",
        ),
        pytest.param(
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>', ["seen"], id="not hidden"
        ),
        pytest.param(
            '<w:hyperlink r:id="rId99"><w:r><w:t>the report</w:t></w:r></w:hyperlink>',
            ["the report"],
            id="link",
        ),
        pytest.param(
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:r><w:t>Green</w:t></w:r></w:sdtContent></w:sdt>",
            ["Green"],
            id="content control",
        ),
        pytest.param(
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>May</w:t></w:r>",
            ["May"],
            id="field shows its result",
        ),
        pytest.param("<w:r><w:t>cost</w:t><w:footnoteReference w:id='2'/></w:r>", ["cost"], id="footnote"),
        pytest.param(
            "<w:r><w:rPr><w:rStyle w:val='Hint'/></w:rPr><w:t>Click to enter a date</w:t></w:r>",
            [],
            id="placeholder",
        ),
        pytest.param("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", ["\u2713"], id="tick"),
        pytest.param(
            RUN.format("before") + "<w:r><mc:AlternateContent>"
            "<mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
            "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
            "<mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            ["before", "boxed"],
            id="text box once",
        ),
        pytest.param(
            "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>old box</w:t></w:r></w:p>"
            "</w:txbxContent></v:textbox></w:pict></w:r>",
            ["old box"],
            id="old text box",
        ),
    ],
)
def test_text_is_what_a_reader_sees(inner: str, expected: list[str]) -> None:
    assert xml_paragraph(inner) == expected


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    def fill_in(document: Any) -> None:
        first = document.add_paragraph("Open the ")
        first._p.get_or_add_pPr().append(
            parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='a'/></w:rPr>")
        )
        document.add_paragraph("clinic")

    assert [block.text for block in document_read(fill_in) if isinstance(block, Paragraph)] == [
        "Open the clinic"
    ]


def test_a_row_whose_deletion_is_tracked_is_gone() -> None:
    def fill_in(table: Any) -> None:
        fill_cells(table, ("Ref",), ("1",), ("2",))
        table.rows[1]._tr.get_or_add_trPr().append(
            parse_xml(f"<w:del {nsdecls('w')} w:id='1' w:author='a'/>")
        )

    assert texts(table_read(fill_in, 3, 1)) == [["Ref"], ["2"]]


def test_merged_cells_hold_for_all_that_they_span() -> None:
    def fill_in(table: Any) -> None:
        fill_cells(table, ("Ref", "Due", ""), ("", "First", "Revised"), ("1", "May", "June"))
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Ref"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Due"

    table = table_read(fill_in, 3, 3)
    assert texts(table) == [["Ref", "Due", "Due"], ["Ref", "First", "Revised"], ["1", "May", "June"]]
    assert [[cell.merged for cell in row] for row in table.rows] == [
        [False, False, True],
        [True, False, False],
        [False, False, False],
    ]


def test_equal_neighbours_that_are_not_merged_stay_apart() -> None:
    table = table_read(lambda table: fill_cells(table, ("May", "May"), ("May", "May")), 2, 2)
    assert not any(cell.merged for row in table.rows for cell in row)


def test_lines_of_a_cell_stay_apart_and_its_inner_table_is_text() -> None:
    def fill_in(table: Any) -> None:
        cell = table.cell(0, 1)
        table.cell(0, 0).text = "1"
        cell.text = "Director of Nursing"
        cell.add_paragraph("")
        cell.add_paragraph("Head of Estates", style="List Number")
        fill_cells(cell.add_table(1, 2), ("beds", "12"))

    assert texts(table_read(fill_in, 1, 2)) == [["1", "Director of Nursing\nHead of Estates\nbeds\t12"]]


def test_a_table_that_only_lays_out_others_is_opened() -> None:
    def fill_in(document: Any) -> None:
        frame = document.add_table(1, 1).cell(0, 0)
        frame.text = "Theme 1"
        fill_cells(frame.add_table(1, 2), ("Ref", "Action"))

    paragraph, table = document_read(fill_in)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "Theme 1"
    assert isinstance(table, Table)
    assert texts(table) == [["Ref", "Action"]]


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param('w:val="clear" w:color="auto" w:fill="00b050"', "00B050", id="fill"),
        pytest.param('w:val="clear" w:fill="auto"', None, id="automatic"),
        pytest.param('w:val="clear" w:fill="FFFFFF"', None, id="white"),
        pytest.param('w:val="solid" w:color="FF0000" w:fill="auto"', "FF0000", id="solid pattern"),
        pytest.param('w:val="clear" w:themeFill="accent2"', "C0504D", id="theme"),
        pytest.param(
            'w:val="clear" w:themeFill="text1" w:themeFillTint="80"', "7F7F7F", id="theme with a tint"
        ),
        pytest.param(
            'w:val="clear" w:themeFill="background1" w:themeFillShade="80"', "808080", id="theme with a shade"
        ),
    ],
)
def test_shading_of_a_cell(attributes: str, expected: str | None) -> None:
    def fill_in(table: Any) -> None:
        fill_cells(table, ("RAG", "x"))
        shade(table.cell(0, 0), attributes)

    assert table_read(fill_in, 1, 2).rows[0][0].fill == expected


def test_a_coloured_disc_is_its_colour() -> None:
    def fill_in(table: Any) -> None:
        fill_cells(table, ("RAG", "x"))
        table.cell(0, 1).text = ""
        table.cell(0, 1).paragraphs[0].add_run("\u25cf").font.color.rgb = RGBColor(0xFF, 0xC0, 0)

    cell = table_read(fill_in, 1, 2).rows[0][1]
    assert (cell.text, cell.fill) == ("", "FFC000")


def test_a_column_of_nothing_but_colours_is_kept() -> None:
    def fill_in(table: Any) -> None:
        fill_cells(table, ("", "On track"), ("", "Late"))
        shade(table.cell(0, 0), 'w:val="clear" w:fill="00B050"')

    assert [[cell.fill for cell in row] for row in table_read(fill_in, 2, 2).rows] == [
        ["00B050", None],
        [None, None],
    ]


def test_text_highlighted_throughout_shades_its_cell_and_a_highlighted_word_does_not() -> None:
    def fill_in(table: Any) -> None:
        run = table.cell(0, 0).paragraphs[0].add_run("Green")
        run.font.highlight_color = WD_COLOR_INDEX.BRIGHT_GREEN
        run = table.cell(0, 1).paragraphs[0].add_run("check")
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        table.cell(0, 1).paragraphs[0].add_run(" the date")

    assert [cell.fill for cell in table_read(fill_in, 1, 2).rows[0]] == ["00FF00", None]


def test_headers_and_footers_are_not_body() -> None:
    def fill_in(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "OFFICIAL"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.add_paragraph("Body")

    assert [block.text for block in document_read(fill_in) if isinstance(block, Paragraph)] == ["Body"]


def test_progress_ends_at_all() -> None:
    calls: list[tuple[int, int]] = []
    document = docx.Document()
    for i in range(3):
        document.add_paragraph(str(i))
    buffer = BytesIO()
    document.save(buffer)
    read_docx(buffer.getvalue(), lambda done, total: calls.append((done, total)))
    assert calls == [(1, 3), (2, 3), (3, 3)]


visible = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Co", "Zs", "Zl", "Zp", "Cn"]), min_size=1, max_size=12
)


@given(st.lists(st.lists(visible, min_size=3, max_size=3), min_size=1, max_size=4), st.data())
@settings(max_examples=25, deadline=None)
def test_any_table_comes_back_with_its_merges(rows: list[list[str]], data: st.DataObject) -> None:
    top = data.draw(st.integers(0, len(rows) - 1))
    bottom = data.draw(st.integers(top, len(rows) - 1))

    def fill_in(table: Any) -> None:
        fill_cells(table, *(tuple(row) for row in rows))
        text = table.cell(top, 1).text
        table.cell(top, 1).merge(table.cell(bottom, 1)).text = text

    table = table_read(fill_in, len(rows), 3)
    merged = [[row[0], rows[top][1] if top <= i <= bottom else row[1], row[2]] for i, row in enumerate(rows)]
    assert texts(table) == merged
    assert [row[1].merged for row in table.rows] == [top < i <= bottom for i in range(len(rows))]
