"""PDF files for the invented plans."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.nlp.plans.kit import LEFT, UP, C, Rows

__all__ = ["Pages", "Turned"]

_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=8, leading=9.6)
_HEAD = ParagraphStyle(
    "head", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8, spaceAfter=4
)
_BOLD = ParagraphStyle("bold", parent=_BODY, fontName="Helvetica-Bold")


class Turned(Flowable):  # type: ignore[misc]
    """A header set on its side."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.width, self.height = text, 10, 5.2 * len(text)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.rotate(90)
        self.canv.setFont("Helvetica-Bold", 8)
        self.canv.drawString(0, -8, self.text)


class Pages:
    """A landscape document, written from top to bottom, with a footer on each page."""

    def __init__(self, footer: str = "") -> None:
        self.story: list[Flowable] = []
        self.footer = footer

    def line(self, text: str) -> Pages:
        self.story.append(Paragraph(escape(text), _BODY))
        return self

    def head(self, text: str) -> Pages:
        self.story.append(Paragraph(escape(text), _HEAD))
        return self

    def table(
        self, rows: Rows, widths: Sequence[float], ruled: bool = True,
        repeat: int = 1, cut: bool = False,
    ) -> Pages:  # fmt: skip
        """Draw a table; ``repeat`` header rows stand on every page, ``cut`` lets rows break over pages."""
        style: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        if ruled:
            style.append(("GRID", (0, 0), (-1, -1), 0.5, black))
        drawn = []
        for i, row in enumerate(rows):
            drawn.append([_content(content, i < repeat) for content in row])
            for j, content in enumerate(row):
                if isinstance(content, C):
                    style.append(("BACKGROUND", (j, i), (j, i), HexColor(f"#{content.fill}")))
                if content not in (LEFT, UP):
                    style.append(("SPAN", (j, i), _reach(rows, i, j)))
        table = Table(drawn, colWidths=widths, repeatRows=repeat, splitInRow=int(cut), style=style)
        self.story += [table, Spacer(1, 8)]
        return self

    def data(self) -> bytes:
        out = io.BytesIO()
        document = SimpleDocTemplate(
            out, pagesize=landscape(A4), leftMargin=36, rightMargin=36, topMargin=36, bottomMargin=40,
            invariant=1,
        )  # fmt: skip

        def footer(canvas: object, page: object) -> None:
            canvas.setFont("Helvetica", 7)  # type: ignore[attr-defined]
            canvas.drawString(36, 22, f"{self.footer}  Page {page.page}")  # type: ignore[attr-defined]

        document.build(list(self.story), onFirstPage=footer, onLaterPages=footer)
        return out.getvalue()


def _content(content: str | C | Turned, header: bool) -> object:
    if isinstance(content, Turned):
        return content
    text = content.text if isinstance(content, C) else content
    if text in (LEFT, UP, ""):
        return ""
    return Paragraph(escape(text).replace("\n", "<br/>"), _BOLD if header else _BODY)


def _reach(rows: Rows, i: int, j: int) -> tuple[int, int]:
    """The last (column, row) that a cell spans."""
    column, row = j, i
    while column + 1 < len(rows[i]) and rows[i][column + 1] == LEFT:
        column += 1
    while row + 1 < len(rows) and rows[row + 1][j] == UP:
        row += 1
    return column, row
