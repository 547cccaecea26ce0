"""The pack for a meeting, as Word and Excel: data in, bytes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from handlers.documents import sheet, word
from handlers.documents.charts import Counts, Png
from handlers.documents.sheet import clean
from handlers.documents.view import Entry

__all__ = ["Exceptional", "Pack", "Sourced", "pack_docx", "pack_xlsx"]

_ACTION_WIDTHS = (10, 42, 24, 17, 15, 15, 17, 45)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A line with the action it is about and where it comes from ("Jane Smith, 3 March 2018")."""

    ref: str
    text: str
    source: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One exception in full: label and words, and what is asked of the meeting."""

    ref: str
    title: str
    rows: Sequence[tuple[str, str]]
    asked: str  # "Decision asked: ..." or "For noting"


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that a pack prints. ``stage``: "not issued", "issued" or "as agreed"."""

    title: str
    forum: str
    meeting: str
    cutoff: str
    stage: str
    chain: str  # head of the audit's chain, so that the record can be checked from outside
    summary: Sequence[str] = ()
    musts: Sequence[Sourced] = ()
    counts: Counts = ()
    labels: Mapping[str, str | None] = field(default_factory=dict)  # rating -> colour, in the scale's order
    charts: Sequence[Png] = ()
    milestones: Sequence[tuple[str, str, str]] = ()  # date, ref, action
    exceptions: Sequence[Exceptional] = ()
    headers: Sequence[str] = ()
    themes: Sequence[tuple[str, Sequence[Sequence[Entry]]]] = ()
    reconciliation: str = ""
    silent: Sequence[tuple[str, int]] = ()  # organisation, actions
    since: Sequence[Sourced] = ()  # what came after the cut-off
    sources: Sequence[Sourced] = ()
    verbatim: Sequence[Sourced] = ()  # for the programme office alone


def pack_docx(pack: Pack) -> bytes:
    """The pack as a Word document: cover, one page of summary, exceptions, all actions, sources."""
    document = word.new_document(wide=True)
    document.core_properties.title = clean(f"{pack.title}: {pack.forum}, {pack.meeting}")
    _cover(document, pack)
    _summary(document, pack)
    if pack.exceptions:
        document.add_page_break()
        document.add_heading("Exceptions", 1)
    for one in pack.exceptions:
        _exception(document, one)
    _actions(document, pack)
    _closing(document, pack)
    return word.saved(document)


def _cover(document: Any, pack: Pack) -> None:
    document.add_heading(clean(pack.title), 0)
    document.add_paragraph(clean(f"{pack.forum}, {pack.meeting}"))
    document.add_paragraph(clean(f"Updates up to the cut-off of {pack.cutoff}"))
    if pack.stage != "issued":
        document.add_paragraph().add_run(clean(pack.stage.upper())).bold = True
    document.add_paragraph(f"Record as at {pack.chain[:16]}")


def _summary(document: Any, pack: Pack) -> None:
    document.add_heading("Summary", 1)
    for line in pack.summary:
        document.add_paragraph(clean(line))
    _sourced(document, "What must be done", pack.musts)
    for chart in pack.charts:
        _picture(document, chart)
    if pack.milestones:
        document.add_heading("Due in the next quarter", 2)
        rows = [[Entry(cell) for cell in row] for row in pack.milestones]
        word.add_table(document, ("Date", "Ref", "Action"), rows, (20, 12, 100))


def _picture(document: Any, chart: Png) -> None:
    from docx.shared import Cm

    picture = document.add_picture(BytesIO(chart.data), width=Cm(22))
    picture._inline.docPr.set("descr", clean(chart.alt))


def _exception(document: Any, one: Exceptional) -> None:
    document.add_heading(clean(f"{one.ref} {one.title}"), 2)
    rows = [[Entry(label), Entry(words)] for label, words in one.rows]
    word.add_facts(document, rows, (25, 110))
    document.add_paragraph().add_run(clean(one.asked)).bold = True


def _actions(document: Any, pack: Pack) -> None:
    document.add_heading("All actions", 1)
    for theme, rows in pack.themes:
        document.add_heading(clean(theme), 2)
        word.add_table(document, pack.headers, rows, _ACTION_WIDTHS)


def _closing(document: Any, pack: Pack) -> None:
    if pack.reconciliation:
        document.add_heading("Against the last pack", 1)
        document.add_paragraph(clean(pack.reconciliation))
    if pack.silent:
        document.add_heading("No update for this meeting", 1)
        rows = [[Entry(name), Entry(str(number))] for name, number in pack.silent]
        word.add_table(document, ("Organisation", "Actions"), rows, (100, 20))
    _sourced(document, "Since the cut-off", pack.since)
    _sourced(document, "Sources", pack.sources)
    _sourced(document, "For the programme office: every update, word for word", pack.verbatim)


def _sourced(document: Any, title: str, lines: Sequence[Sourced]) -> None:
    if not lines:
        return
    document.add_heading(title, 2)
    rows = [
        [Entry(line.ref), Entry(line.text), Entry(line.source + (f" {line.link}" if line.link else ""))]
        for line in lines
    ]
    word.add_table(document, ("Ref", "What was said", "Source"), rows, (12, 85, 40))


def pack_xlsx(pack: Pack) -> bytes:
    """The same as a workbook: a sheet of counts with its chart, the actions, and the sources."""
    from openpyxl import Workbook
    from openpyxl.drawing.image import Image

    book = Workbook()
    first: Any = book.active
    first.title = "Ratings"
    sheet.write(first, 1, 1, clean(f"{pack.title}: {pack.forum}, {pack.meeting} ({pack.stage})"))
    labels = [*pack.labels, "Not yet rated"]
    sheet.write_header(first, 3, ["Theme", *labels])
    for i, (theme, counts) in enumerate(pack.counts):
        sheet.write(first, 4 + i, 1, theme)
        for j, label in enumerate(labels):
            first.cell(4 + i, 2 + j, counts.get(label, 0))
    for k, chart in enumerate(pack.charts):
        picture = Image(BytesIO(chart.data))
        picture.width, picture.height = 900, int(900 * picture.height / picture.width)
        first.add_image(picture, f"A{8 + len(pack.counts) + 32 * k}")
    _sheet(
        book,
        "Actions",
        ["Theme", *pack.headers],
        [[Entry(theme), *row] for theme, rows in pack.themes for row in rows],
    )
    _sheet(
        book,
        "Sources",
        ["Ref", "What was said", "Source", "Link"],
        [_source_row(line) for line in pack.sources],
    )
    _sheet(
        book,
        "Since the cut-off",
        ["Ref", "What was said", "Source", "Link"],
        [_source_row(line) for line in pack.since],
    )
    return sheet.saved(book)


def _source_row(line: Sourced) -> list[Entry]:
    return [Entry(line.ref), Entry(line.text), Entry(line.source), Entry(line.link or "")]


def _sheet(book: Any, title: str, headers: Sequence[str], rows: Sequence[Sequence[Entry]]) -> None:
    page = book.create_sheet(title)
    sheet.write_header(page, 1, headers)
    for i, row in enumerate(rows):
        sheet.write_row(page, 2 + i, row)
    sheet.fit_columns(page, 1)
