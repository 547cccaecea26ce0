"""The template of the pack: a Word document with a cover, styles and a footer, which an office replaces by its own.

Wherever one of ``FIELDS`` stands in it (cover, header, footer, tables), the pack's own words are put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from handlers.documents import word
from handlers.documents.plain import clean

__all__ = ["FIELDS", "is_template", "opened", "own_template"]

FIELDS = ("{title}", "{forum}", "{meeting}", "{cutoff}", "{stage}", "{record}", "{draft}")
_NEEDED = ("{meeting}", "{cutoff}")  # by these a dropped document is known as a template
_NAVY, _SOFT, _WARN = "1F3864", "57606A", "B3261E"
_HEADINGS = {"Heading 1": (17, 0, 6), "Heading 2": (12.5, 12, 4), "Heading 3": (10.5, 8, 3)}  # points


def is_template(document: Any) -> bool:
    """Whether an open Word document holds the fields that a pack cannot do without."""
    words = "\n".join(paragraph.text for paragraph in _paragraphs(document))
    return all(name in words for name in _NEEDED)


def opened(template: bytes | None, values: Mapping[str, str]) -> Any:
    """The template with its fields filled, ready for more; the own one where there is none."""
    import docx

    document = docx.Document(BytesIO(template or own_template()))
    for paragraph in _paragraphs(document):
        for name, value in values.items():
            _fill(paragraph, name, clean(value))
    for name in ("Title", *_HEADINGS, "Table Grid"):
        _add_style(document, name)
    return document


def _paragraphs(document: Any) -> Iterator[Any]:
    """Of the body, its tables, and every section's headers and footers."""
    holders = [document]
    for section in document.sections:
        holders += [section.header, section.footer, section.first_page_header, section.first_page_footer]
    for holder in holders:
        yield from holder.paragraphs
        for table in holder.tables:
            for row in table.rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def _fill(paragraph: Any, name: str, value: str) -> None:
    """Word cuts a text into runs as it likes, so a field may be spread over several."""
    start = 0
    while (at := "".join(run.text for run in paragraph.runs).find(name, start)) >= 0:
        _replace(paragraph.runs, at, at + len(name), value)
        start = at + len(value)


def _replace(runs: list[Any], start: int, end: int, value: str) -> None:
    place = 0
    for run in runs:
        text = run.text
        first, last = max(start - place, 0), min(end - place, len(text))
        if first < last:
            run.text = text[:first] + (value if place + first == start else "") + text[last:]
        place += len(text)


def _add_style(document: Any, name: str) -> None:
    """A template of another hand may lack a style that the pack uses."""
    from docx.enum.style import WD_STYLE_TYPE

    if name not in [style.name for style in document.styles]:
        kind = WD_STYLE_TYPE.TABLE if name == "Table Grid" else WD_STYLE_TYPE.PARAGRAPH
        document.styles.add_style(name, kind)


# the own one


def own_template() -> bytes:
    """The template that the bot brings, to be used or changed."""
    from docx.shared import Cm

    document = word.new_document(wide=True)
    _styles(document)
    _cover(document)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.bottom_margin, section.footer_distance, section.header_distance = Cm(1.9), Cm(0.8), Cm(0.7)
    _header(section.header.paragraphs[0])
    _footer(section.footer.paragraphs[0], section)
    return word.saved(document)


def _styles(document: Any) -> None:
    from docx.shared import Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(10.5), Pt(0)
    for name, (size, before, after) in _HEADINGS.items():
        style = document.styles[name]
        word.set_font(style, "Arial")
        style.font.size, style.font.bold = Pt(size), True
        style.font.color.rgb = RGBColor.from_string(_NAVY)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True


def _cover(document: Any) -> None:
    from docx.shared import Cm, Pt

    band = document.add_table(rows=1, cols=1).rows[0]
    band.height = Cm(6.5)
    cell = band.cells[0]
    word.shade(cell, _NAVY)
    _line(cell.paragraphs[0], "{title}", 26, "FFFFFF", bold=True, before=44, after=10)
    _line(cell.add_paragraph(), "Papers of the improvement plan", 14, "FFFFFF", after=24)
    _line(document.add_paragraph(), "{forum}", 22, _NAVY, bold=True, before=34)
    _line(document.add_paragraph(), "{meeting}", 18, _NAVY)
    _line(document.add_paragraph(), "{stage}", 14, _NAVY, bold=True, before=14)
    _line(document.add_paragraph(), "Updates up to the cut-off of {cutoff}", 11, _SOFT, before=14)
    _line(
        document.add_paragraph(),
        "Ratings and dates are those agreed by a meeting or printed in the plan.",
        11,
        _SOFT,
    )
    _line(document.add_paragraph(), "Record as at {record}", 9, _SOFT, before=6)
    for paragraph in document.paragraphs:
        paragraph.paragraph_format.left_indent = Pt(6)


def _line(
    paragraph: Any,
    text: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 4,
) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)


def _header(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    _line(paragraph, "{draft}", 8.5, _WARN, bold=True)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _footer(paragraph: Any, section: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    room = section.page_width - section.left_margin - section.right_margin
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        paragraph.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    paragraph.paragraph_format.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT)
    _line(paragraph, "{forum}, {meeting}\tPage ", 8.5, _SOFT)
    word.add_field(paragraph, "PAGE", 8.5, _SOFT)
    _line(paragraph, " of ", 8.5, _SOFT)
    word.add_field(paragraph, "NUMPAGES", 8.5, _SOFT)
