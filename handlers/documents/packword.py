"""The pack as a Word document: cover, one page of summary, pictures, exceptions, all actions, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from math import ceil
from typing import Any

from handlers.documents import sheet, word
from handlers.documents.charts import Png
from handlers.documents.pack import Exceptional, Pack, Sourced, ThemeTable
from handlers.documents.plain import clean
from handlers.documents.template import opened
from handlers.documents.view import Entry
from handlers.papers.paragraphs import Paragraph

__all__ = ["pack_docx"]

_POINTS = 9
_WIDE, _HALF = 22.5, 12.6  # centimetres of a picture
_TALLEST = 12.5
_NAVY, _PALE, _ASKED, _SOFT, _RULE = "1F3864", "F2F4F7", "FFF2CC", "57606A", "BFC5CC"
_PAGE_LINES = 20  # of tables on the page of the summary; the rest follows in the exceptions
_ASKED_WIDTHS = (16, 70, 15, 85)
_LETTERS = 165  # of the size of a table, across the page
_ROW_WIDTHS = (11, 62, 15, 22, 75)


def pack_docx(pack: Pack, template: bytes | None = None) -> bytes:
    """The document, on the office's ``template`` where it has one."""
    values = {
        "{title}": pack.title, "{forum}": pack.forum, "{meeting}": pack.meeting, "{cutoff}": pack.cutoff,
        "{stage}": _mark(pack), "{record}": pack.chain[:16], "{draft}": _draft(pack),
    }  # fmt: skip
    document = opened(template, values)
    document.core_properties.title = clean(f"{pack.title}: {pack.forum}, {pack.meeting}")
    document.core_properties.language = "en-GB"
    _summary(document, pack)
    _pictures(document, pack)
    _figures(document, pack)
    _exceptions(document, pack)
    _actions(document, pack)
    _closing(document, pack)
    return word.saved(document)


def _mark(pack: Pack) -> str:
    return pack.stage.upper() + (" · FOR THE PROGRAMME OFFICE ALONE" if pack.private else "")


def _draft(pack: Pack) -> str:
    """What every page says at its head until the pack is issued."""
    return "" if pack.stage in {"issued", "as agreed"} and not pack.private else _mark(pack)


# the page of the summary


def _summary(document: Any, pack: Pack) -> None:
    _chapter(document, "Summary")
    _numbers(document, pack.numbers)
    _told(document, pack.summary)
    room = _PAGE_LINES - ceil(len(" ".join(pack.summary.facts)) / _LETTERS)
    asked = _fitting(pack.asked, _ASKED_WIDTHS, room // 2 if pack.musts else room)
    if pack.asked:
        document.add_heading("Asked of this meeting", 2)
        _table(document, ("Ref", "Action", "Rating", "Decision asked"), asked, _ASKED_WIDTHS)
        more = len(pack.asked) - len(asked)
        _aside(document, f"{more} more are asked for in the exceptions." if more else "")
    if pack.musts:
        musts = _fitting(pack.musts, _ROW_WIDTHS, room - sum(_lines(row, _ASKED_WIDTHS) for row in asked))
        document.add_heading("What must be done", 2)
        _table(document, ("Ref", "Action", "Rating", "Due", "Board line"), musts, _ROW_WIDTHS)
        more = len(pack.musts) - len(musts)
        _aside(document, f"{more} more are among all actions." if more else "")


def _fitting(rows: Sequence[Sequence[Entry]], widths: Sequence[float], room: int) -> list[Sequence[Entry]]:
    """As many of the rows as fill ``room`` lines, so that the summary stays on its page; one at least."""
    fitting: list[Sequence[Entry]] = []
    for row in rows:
        room -= _lines(row, widths)
        if room < 0 and fitting:
            break
        fitting.append(row)
    return fitting


def _lines(row: Sequence[Entry], widths: Sequence[float]) -> int:
    letters = (_LETTERS * width / sum(widths) for width in widths)
    return max(ceil(len(entry.text) / wide) for entry, wide in zip(row, letters, strict=True)) or 1


def _numbers(document: Any, numbers: Sequence[tuple[str, str]]) -> None:
    """A row of large numbers, each over what it counts."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    if not numbers:
        return
    cells = document.add_table(rows=1, cols=len(numbers)).rows[0].cells
    for cell, (number, words) in zip(cells, numbers, strict=True):
        word.shade(cell, _PALE)
        top, below = cell.paragraphs[0], cell.add_paragraph()
        for paragraph, text, size in ((top, number, 20), (below, words, 8.5)):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_before = Pt(3 if paragraph is top else 0)
            run = paragraph.add_run(clean(text))
            run.font.size, run.font.bold = Pt(size), paragraph is top
            run.font.color.rgb = RGBColor.from_string(_NAVY if paragraph is top else _SOFT)
    _space(document)


def _told(document: Any, told: Paragraph) -> None:
    """Sentences, then quotes with their sources, then what disagrees."""
    if told.facts:
        _spaced(document.add_paragraph(clean(" ".join(told.facts))))
    for one in told.quotes:
        paragraph = _indented(document)
        paragraph.add_run(clean(f"{one.ref}  ")).bold = True
        paragraph.add_run(clean(f"“{one.text}”")).italic = True
        paragraph.add_run(clean(f"  {one.source}"))
    for words in told.disagreements:
        _indented(document).add_run(clean(words)).bold = True


def _spaced(paragraph: Any) -> Any:
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(4)
    return paragraph


def _indented(document: Any) -> Any:
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_after = Cm(0.5), Pt(2)
    return paragraph


def _key(document: Any, pack: Pack) -> None:
    """What the ratings stand for, in the plan's words."""
    told = [(entry, words) for entry, words in pack.key if words]
    if told:
        _dress(word.add_facts(document, [[entry, Entry(words)] for entry, words in told], (18, 170), _POINTS))


# pictures and figures


def _pictures(document: Any, pack: Pack) -> None:
    if not pack.charts and not pack.milestones and not pack.figures:
        return
    _chapter(document, "Where the plan stands")
    for place, chart in enumerate(pack.charts):
        _picture(document, chart, _WIDE)
        if place == 0:
            _key(document, pack)
    if pack.milestones:
        document.add_heading("Due in the next quarter", 2)
        _table(document, ("Due", "Ref", "Action", "Rating"), pack.milestones, (25, 14, 130, 18))


def _picture(holder: Any, chart: Png, width: float) -> None:
    """As wide as asked, and no higher than a page bears; its words are there for those who do not see it."""
    from docx.image.image import Image
    from docx.shared import Cm

    image = Image.from_blob(chart.data)
    wide = min(width, _TALLEST * image.px_width / image.px_height)
    run = holder.add_paragraph().add_run()
    picture = run.add_picture(BytesIO(chart.data), width=Cm(wide))
    picture._inline.docPr.set("descr", clean(chart.alt))


def _figures(document: Any, pack: Pack) -> None:
    if not pack.figures and not pack.figure_charts:
        return
    document.add_heading("Figures over time", 2)
    rows = [
        [Entry(text) for text in (one.ref, one.name, one.earlier, one.now, one.target)]
        for one in pack.figures
    ]
    if rows:
        _table(document, ("Ref", "Measure", "Earlier", "Now", "Target"), rows, (12, 80, 35, 35, 20))
        _space(document)
    _pairs(document, pack.figure_charts)


def _pairs(document: Any, charts: Sequence[Png]) -> None:
    for start in range(0, len(charts), 2):
        row = document.add_table(rows=1, cols=2).rows[0]
        word.keep_whole(row)
        for cell, chart in zip(row.cells, charts[start : start + 2], strict=False):
            _picture(cell, chart, _HALF)


# exceptions


def _exceptions(document: Any, pack: Pack) -> None:
    if not pack.exceptions:
        return
    _chapter(document, "Exceptions")
    asking = sum(one.asked != "For noting" for one in pack.exceptions)
    noting = len(pack.exceptions) - asking
    _aside(document, f"{asking} with a decision asked, {noting} for noting.")
    for one in pack.exceptions:
        _exception(document, one)


def _exception(document: Any, one: Exceptional) -> None:
    document.add_heading(clean(f"{one.ref}  {one.title}"), 2)
    rows = [[Entry(label, entry.fill or _PALE), Entry(entry.text)] for label, entry in one.rows]
    fill = _PALE if one.asked == "For noting" else _ASKED
    table = word.add_facts(document, [*rows, [Entry(one.asked, fill), Entry()]], (32, 155), _POINTS)
    _dress(table)
    for row in table.rows:
        for run in row.cells[0].paragraphs[0].runs:
            run.font.bold = True
    word.join(table.rows[-1])
    word.keep_together(table)


# all actions, and the rest


def _actions(document: Any, pack: Pack) -> None:
    if not pack.themes:
        return
    _chapter(document, "All actions, by theme")
    if len(pack.printed) < len(pack.headers):
        left = [header for place, header in enumerate(pack.headers) if place not in pack.printed]
        _aside(document, f"In the plan's own columns. {'; '.join(left)}: in the workbook.")
    headers = [pack.headers[place] for place in pack.printed]
    every = [[row[place] for place in pack.printed] for theme in pack.themes for row in theme.rows]
    widths = _widths(headers, every)
    for theme in pack.themes:
        _theme(document, theme, headers, pack.printed, widths)


def _widths(headers: Sequence[str], rows: Sequence[Sequence[Entry]]) -> list[float]:
    """Shares of the page: no header is broken within a word, and the rest goes where the words are."""
    least = [max(map(len, header.split()), default=1) + 4.0 for header in headers]
    wanted = [max(width - room, 0) for width, room in zip(sheet.widths(headers, rows), least, strict=True)]
    spare = max(_LETTERS - sum(least), 0) / (sum(wanted) or 1)
    return [room + width * spare for room, width in zip(least, wanted, strict=True)]


def _theme(
    document: Any, theme: ThemeTable, headers: Sequence[str], printed: Sequence[int], widths: Sequence[float]
) -> None:
    document.add_heading(clean(theme.name), 2)
    before = len(document.paragraphs)
    _told(document, theme.told)
    for paragraph in document.paragraphs[before:]:
        word.keep_with_next(paragraph)
    _table(document, headers, [[row[place] for place in printed] for row in theme.rows], widths, points=8.5)


def _closing(document: Any, pack: Pack) -> None:
    _chapter(document, "Record")
    if pack.reconciliation:
        document.add_heading("Against the last pack", 2)
        _spaced(document.add_paragraph(clean(pack.reconciliation)))
    if pack.silent:
        document.add_heading("No update for this meeting", 2)
        rows = [[Entry(name), Entry(str(len(refs))), Entry(", ".join(refs))] for name, refs in pack.silent]
        _table(document, ("Organisation", "Actions", "Which"), rows, (70, 16, 100))
    _sourced(document, "Since the cut-off", pack.since)
    _sourced(document, "Sources", pack.sources)
    if pack.verbatim:
        _chapter(document, "For the programme office alone")
        _sourced(document, "Every update, word for word", pack.verbatim)


def _sourced(document: Any, title: str, lines: Sequence[Sourced]) -> None:
    if not lines:
        return
    document.add_heading(title, 2)
    rows = [
        [Entry(line.ref), Entry(line.text), Entry(line.source + (f" {line.link}" if line.link else ""))]
        for line in lines
    ]
    _table(document, ("Ref", "What was said", "Source"), rows, (12, 110, 60))


# the page


def _chapter(document: Any, title: str) -> None:
    """A chapter opens a page."""
    document.add_heading(title, 1).paragraph_format.page_break_before = True


def _table(
    document: Any,
    headers: Sequence[str],
    rows: Iterable[Sequence[Entry]],
    widths: Sequence[float],
    points: float = _POINTS,
) -> None:
    _dress(word.add_table(document, headers, rows, widths, points))


def _dress(table: Any) -> None:
    """Thin rules in grey and room around the words."""
    word.set_rules(table, _RULE)
    word.set_padding(table, 50, 90)


def _aside(document: Any, words: str) -> None:
    from docx.shared import Pt, RGBColor

    if words:
        run = document.add_paragraph().add_run(clean(words))
        run.font.size, run.font.color.rgb = Pt(9), RGBColor.from_string(_SOFT)


def _space(document: Any) -> None:
    from docx.shared import Pt

    document.add_paragraph().paragraph_format.space_after = Pt(0)
