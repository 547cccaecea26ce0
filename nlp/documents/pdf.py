"""PDF files with text: tables, ruled or not, and the lines around them, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import Any

from nlp.documents.blocks import Block, Paragraph
from nlp.documents.grid import table_of
from nlp.documents.limits import PDF, check_rows, check_size, readable
from nlp.documents.pdf_columns import Headers, Loose, loose_tables
from nlp.documents.pdf_layout import PdfLine, Word, joined, lines_of, wraps
from nlp.documents.pdf_table import Ruled, Shape, open_ends, shapes_of
from storage.model.errors import DocumentError

__all__ = ["read_pdf"]

_GAP_OF_WORDS = 0.2  # of the type size: a wider gap parts two words
_PAGE_NUMBER = re.compile(r"\bpage\s{0,3}\d{1,4}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?", re.IGNORECASE)
_PAGE_ENDS = re.compile(r"\bpage\s{0,3}(\d{1,4})(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?$", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"\W{0,5}\d{1,4}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?\W{0,5}", re.IGNORECASE)
_UNKNOWN_GLYPH = re.compile(r"\(cid:\d{1,6}\)")
_LARGER = 1.12  # a heading's type size against that of the body text
_HEADING_WORDS = 14
_LEAST_LEADING, _MORE_LEADING = (
    0.4,
    1.15,
)  # space between lines: of the type size, of what is usual on the page
_ITEM = re.compile(r"(?:\d{1,3}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}\.?|\(?[a-z]\))\s")
_MAX_PAGES = 2_000
_FEW_WORDS = 12  # on a page: a stamp or a page number, no text


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page holds: runs of lines that make one paragraph, and tables, top to bottom."""

    number: int
    right: float
    items: list[list[PdfLine] | Ruled | Loose]
    shapes: list[Shape]
    headers: Headers  # of the last table without rules
    scanned: bool  # a picture with hardly a word


def read_pdf(data: bytes, progress: Callable[[int, int], None] | None = None) -> list[Block]:
    """Paragraphs placed as "page N" and tables as "page N, table M"; a table that goes on over a page is two.

    Lines repeated on most pages and page numbers are left out. ``progress`` is called with (pages read,
    pages in all). Raises DocumentError for an encrypted or damaged file and for a scan without text.
    """
    check_size(data)
    if b"%PDF" not in data[:1024]:
        raise DocumentError(
            "This is not a PDF, whatever its name says: send the document that it was made from."
        )
    with readable(PDF):
        pages = list(_pages(data, progress))
    if all(page.scanned or not page.items for page in pages):
        raise DocumentError(
            "This PDF is a scan without text: send the document that it was made from, or a PDF saved from it."
        )
    return _blocks(pages)


def _pages(data: bytes, progress: Callable[[int, int], None] | None) -> Iterator[_Page]:
    import pdfplumber  # costs 0.3 s
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            total = len(pdf.pages)
            if total > _MAX_PAGES:
                raise DocumentError(
                    f"The PDF has {total:,} pages, and {_MAX_PAGES:,} is the most that is read: send the part that matters."
                )
            carried: Headers = ()
            for number, page in enumerate(pdf.pages, start=1):
                read = _page(page, number, carried)
                carried = read.headers
                yield read
                page.close()
                if progress:
                    progress(number, total)
    except PdfminerException as error:
        if any(isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) for cause in error.args):
            raise DocumentError(
                "The file is protected with a password: take the password off and send it again."
            ) from error
        raise


def _page(page: Any, number: int, carried: Headers) -> _Page:
    found = page.find_tables({"explicit_horizontal_lines": open_ends(page.edges)})
    tables = [Ruled([cell for cell in table.cells if cell]) for table in found]
    words = _words(page)
    tables = [table for table in tables if not (table.lone and _heads_columns(table, words))]
    outside = [word for word in words if not any(table.take(word) for table in tables)]
    lines, loose = loose_tables(lines_of(outside), carried)
    right = max((word.x1 for word in words), default=0.0)
    items: list[list[PdfLine] | Ruled | Loose] = [
        *_paragraphs(lines, right, [*tables, *loose]),
        *tables,
        *loose,
    ]
    items.sort(key=_top)
    scanned = bool(page.images) and len(words) < _FEW_WORDS
    headers = loose[-1].headers if loose else ()
    return _Page(number, right, items, shapes_of([*page.rects, *page.curves]), headers, scanned)


def _heads_columns(table: Ruled, words: Sequence[Word]) -> bool:
    """Whether a line of headers stands in a frame: what it frames is a table whose columns no rules part."""
    return bool(loose_tables(lines_of(word for word in words if table.holds(word)), ())[1])


def _words(page: Any) -> list[Word]:
    found = page.extract_words(
        x_tolerance_ratio=_GAP_OF_WORDS, return_chars=True, line_dir_rotated="ltr", char_dir_rotated="btt"
    )
    return [_word(word, word["chars"][0]) for word in found]


def _word(found: dict[str, Any], first: dict[str, Any]) -> Word:
    box = (found["x0"], found["top"], found["x1"], found["bottom"])
    return Word(_known(found["text"]), *box, first["size"], _bold(first), turned=not found["upright"])


def _known(text: str) -> str:
    """The word, its glyphs without a meaning left out: alone, they are bullets as a rule."""
    return _UNKNOWN_GLYPH.sub("", text) or "\u2022"


def _bold(char: dict[str, Any]) -> bool:
    return "bold" in str(char.get("fontname", "")).lower()


def _top(item: list[PdfLine] | Ruled | Loose) -> float:
    return item.top if isinstance(item, (Ruled, Loose)) else item[0].top


def _paragraphs(
    lines: Sequence[PdfLine], right: float, tables: Sequence[Ruled | Loose]
) -> list[list[PdfLine]]:
    paragraphs: list[list[PdfLine]] = []
    usual = _usual_gap(lines)
    for line in lines:
        above = paragraphs[-1][-1] if paragraphs else None
        apart = above is None or any(above.top < table.top < line.top for table in tables)
        if above and not apart and _continues(above, line, right, usual):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _usual_gap(lines: Sequence[PdfLine]) -> float:
    """The space between the lines of a paragraph: a lower quartile, as those between paragraphs are larger."""
    gaps = sorted(line.top - above.bottom for above, line in pairwise(lines) if line.top > above.bottom)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _continues(above: PdfLine, line: PdfLine, right: float, usual: float) -> bool:
    alike = abs(above.size - line.size) < 0.5 and above.bold == line.bold
    close = line.top - above.bottom <= max(_LEAST_LEADING * line.size, _MORE_LEADING * usual)
    return alike and close and not _ITEM.match(line.text) and wraps(above, line, right)


# from pages to blocks


def _blocks(pages: Sequence[_Page]) -> list[Block]:
    running = _running_lines(pages)
    level = _levels(pages)
    blocks: list[Block] = []
    rows = 0
    for page in pages:
        tables = 0
        for item in page.items:
            if isinstance(item, (Ruled, Loose)):
                tables += 1
                grid = item.grid(page.shapes)
                rows += len(grid)
                check_rows(rows, "file")
                table = table_of(grid, f"page {page.number}, table {tables}")
                blocks.extend([table] if table else [])
            elif not running(page, item):
                text = joined(item, item[0].x0, page.right)
                _append(blocks, Paragraph(text, f"page {page.number}", level(item)))
    return blocks


def _append(blocks: list[Block], paragraph: Paragraph) -> None:
    """Add a paragraph, or go on with the one that the page before broke off in the middle of a sentence."""
    last = blocks[-1] if blocks else None
    if (
        isinstance(last, Paragraph)
        and last.place != paragraph.place
        and last.level == paragraph.level == 0
        and last.text[-1:].isalpha()
        and paragraph.text[:1].islower()
    ):
        blocks[-1] = replace(last, text=f"{last.text} {paragraph.text}")
    else:
        blocks.append(paragraph)


def _running_lines(pages: Sequence[_Page]) -> Callable[[_Page, list[PdfLine]], bool]:
    """Tells footers, and lines that most pages repeat in the same place (of those, the first one is kept)."""
    seen = Counter(
        _where(item) for page in pages for item in page.items if not isinstance(item, (Ruled, Loose))
    )
    first: set[tuple[int, str]] = set()

    def is_running(page: _Page, item: list[PdfLine]) -> bool:
        key = _where(item)
        at_edge = item is page.items[0] or item is page.items[-1]
        if at_edge and (not key[1].strip() or _closes_page(page, item)):
            return True
        if len(pages) < 2 or seen[key] * 2 <= len(pages) or (len(pages) == 2 and not at_edge):
            return False
        repeated = key in first or item is page.items[-1]
        first.add(key)
        return repeated

    return is_running


def _closes_page(page: _Page, item: list[PdfLine]) -> bool:
    """A last line that ends in the number of its page."""
    found = _PAGE_ENDS.search(item[-1].text) if item is page.items[-1] and len(item) == 1 else None
    return found is not None and int(found[1]) == page.number


def _where(item: list[PdfLine]) -> tuple[int, str]:
    """The height on the page and the text without a page number in it."""
    text = " ".join(line.text for line in item)
    return round(item[0].top / 3), "" if _NUMBER_ALONE.fullmatch(text) else _PAGE_NUMBER.sub("", text)


def _levels(pages: Sequence[_Page]) -> Callable[[list[PdfLine]], int]:
    """Heading levels by type size against the size that most text outside tables has, then by weight."""
    runs = [item for page in pages for item in page.items if not isinstance(item, (Ruled, Loose))]
    weight = Counter[float]()
    for item in runs:
        for line in item:
            weight[round(line.size, 1)] += len(line.text)
    body = weight.most_common(1)[0][0] if weight else 0.0
    larger = sorted((size for size in weight if size > body * _LARGER), reverse=True)

    def level(item: list[PdfLine]) -> int:
        text = " ".join(line.text for line in item)
        size = round(item[0].size, 1)
        if size in larger:
            return min(larger.index(size) + 1, 9)
        short = len(text.split()) <= _HEADING_WORDS and not text.endswith((".", ";", ","))
        return min(len(larger) + 1, 9) if item[0].bold and short else 0

    return level
