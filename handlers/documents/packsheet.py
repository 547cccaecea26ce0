"""The pack as a workbook: counts and charts, every action in all columns of its plan, figures, sources."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from handlers.documents import sheet
from handlers.documents.pack import Pack, Sourced
from handlers.documents.sheet import clean
from handlers.documents.view import Entry

__all__ = ["pack_xlsx"]

_PICTURE_WIDTH, _ROW_HEIGHT = 900, 20  # pixels


def pack_xlsx(pack: Pack) -> bytes:
    """Sheets: Ratings, Asked of the meeting, Actions, Figures, Since the cut-off, Sources."""
    from openpyxl import Workbook

    book = Workbook()
    _ratings(book.active, pack)
    if pack.asked:
        _sheet(book, "Asked of the meeting", ["Ref", "Action", "Rating", "Asked"], pack.asked)
    rows = [[Entry(theme.name), *row] for theme in pack.themes for row in theme.rows]
    if rows:
        _sheet(book, "Actions", ["Theme", *pack.headers], rows)
    figures = [
        [Entry(text) for text in (one.ref, one.name, one.earlier, one.now, one.target)]
        for one in pack.figures
    ]
    if figures:
        _sheet(book, "Figures", ["Ref", "Measure", "Earlier", "Now", "Target"], figures)
    for title, lines in (("Since the cut-off", pack.since), ("Sources", pack.sources)):
        _sheet(book, title, ["Ref", "What was said", "Source", "Link"], [_source(one) for one in lines])
    return sheet.saved(book)


def _ratings(page: Any, pack: Pack) -> None:
    page.title = "Ratings"
    mark = f"{pack.title}: {pack.forum}, {pack.meeting} ({pack.stage})"
    sheet.write(page, 1, 1, clean(mark))
    labels = [*pack.labels, "Not yet rated"]
    sheet.write_header(page, 3, ["Theme", *labels])
    for place, (theme, counts) in enumerate(pack.counts):
        sheet.write(page, 4 + place, 1, theme)
        for column, label in enumerate(labels):
            page.cell(4 + place, 2 + column, counts.get(label, 0))
    page.freeze_panes = "B4"
    sheet.set_widths(page, [44, *[14] * len(labels)])
    _pictures(page, pack, row=6 + len(pack.counts))


def _pictures(page: Any, pack: Pack, row: int) -> None:
    """One below the other; their words go into the cell above, for those who do not see them."""
    from openpyxl.drawing.image import Image

    for chart in (*pack.charts, *pack.figure_charts):
        picture = Image(BytesIO(chart.data))
        picture.width, picture.height = _PICTURE_WIDTH, int(_PICTURE_WIDTH * picture.height / picture.width)
        sheet.write(page, row, 1, clean(chart.alt))
        page.add_image(picture, f"A{row + 1}")
        row += 3 + picture.height // _ROW_HEIGHT


def _source(line: Sourced) -> list[Entry]:
    return [Entry(line.ref), Entry(line.text), Entry(line.source), Entry(line.link or "")]


def _sheet(book: Any, title: str, headers: Sequence[str], rows: Sequence[Sequence[Entry]]) -> None:
    page = book.create_sheet(title)
    sheet.write_header(page, 1, headers)
    for place, row in enumerate(rows):
        sheet.write_row(page, 2 + place, row)
    sheet.fit_columns(page, 1)
    page.freeze_panes = "A2"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
