"""Plain text to blocks: tab-separated tables, Word tables flattened to lines, and paragraphs between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.markup import flat
from nlp.documents.plan.headers import is_header, is_known
from nlp.documents.plan.labels import labelled
from nlp.documents.plan.themes import heading
from nlp.documents.refs import leading_ref, looks_like_ref
from nlp.documents.text_html import marked_up
from nlp.documents.text_spaced import spaced

__all__ = ["TEXT", "blocks_of_text", "decode"]

TEXT = "line"
"""The place of tables in text: their rows are told by line."""
Progress = Callable[[int, int], None]
_PAGE_FURNITURE = re.compile(
    r"page \d{1,3}(?: (?:of|/) \d{1,3})?|\d{1,3} (?:of|/) \d{1,3}|[-–—_=*·. ]{1,200}", re.IGNORECASE
)
_MARKED_HEADING = re.compile(r"(#{1,6}) (?=\S)")
_QUOTE_END = re.compile(r'"(?:\t|$)')
_MOST_QUOTED = 40  # lines of one quoted cell
_RULE_CELL = re.compile(r"[-–—=:| ]*")


def decode(data: bytes) -> str:
    """Text from bytes: by byte-order mark, as UTF-8, as UTF-16 without a mark, else as Windows text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    head = data[:4000]
    if head and head.count(0) > len(head) // 4:
        return data.decode("utf-16-be" if head[0] == 0 else "utf-16-le", errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
    return _undo_double(text)


def _undo_double(text: str) -> str:
    """Repair UTF-8 that was once read as Windows text ("â€™" for an apostrophe)."""
    if "â€" not in text and "Ã©" not in text and "Â£" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def blocks_of_text(text: str, progress: Progress | None = None) -> list[Block]:
    """The blocks of a text in its order; ``place`` counts lines from 1."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    if found := marked_up(rows):
        return found
    if _piped(rows):
        rows = [_unpiped(row) for row in rows]
    if _flattened(rows):
        return _flattened_blocks(rows)
    bare = ["" if _PAGE_FURNITURE.fullmatch(row.strip()) else row for row in rows]
    return _labelled(rows) or spaced(bare) or _tabbed_blocks(rows, progress)


def _line(row: str, number: int) -> Paragraph:
    """A line of text; one marked as a heading ("## Theme 2") has its level."""
    marked = _MARKED_HEADING.match(row)
    return Paragraph(
        flat(row[marked.end() :] if marked else row), f"line {number}", len(marked[1]) if marked else 0
    )


def _labelled(rows: Sequence[str]) -> list[Block]:
    if any("\t" in row for row in rows):
        return []
    return labelled([_line(row, number) for number, row in enumerate(rows, start=1)])


def _piped(rows: Sequence[str]) -> bool:
    """Tables drawn with bars, as wikis and notes have them."""
    return not any("\t" in row for row in rows) and sum(row.count("|") >= 2 for row in rows) >= 3


def _unpiped(row: str) -> str:
    if row.count("|") < 2:
        return row
    cells = row.strip().removeprefix("|").removesuffix("|").split("|")
    return "\t".join(cell.strip() for cell in cells)


def _flattened(rows: Sequence[str]) -> bool:
    """Most lines with tabs hold one cell behind a tab: a Word table saved a cell a line."""
    tabbed = [row for row in rows if "\t" in row]
    lone = sum(row.startswith("\t") and "\t" not in row[1:] for row in tabbed)
    return len(tabbed) >= 8 and 10 * lone >= 7 * len(tabbed)


def _tabbed_blocks(rows: Sequence[str], progress: Progress | None) -> list[Block]:
    blocks: list[Block] = []
    table: list[tuple[int, list[str]]] = []
    width = 0
    for number, row in enumerate(rows, start=1):
        if progress and number % 2000 == 0:
            progress(number, len(rows))
        if table and _quoted_on(table[-1][1][-1], rows[number - 1 :]):
            first, *others = row.split("\t")
            table[-1] = (number, [*table[-1][1][:-1], f"{table[-1][1][-1]}\n{first}", *others])
        elif "\t" in row:
            cells = row.split("\t")
            if is_header(cells):
                width = len(cells)
            if not _joins(table, cells, width, number):
                table.append((number, cells))
        elif (
            table and row.strip() and (_unfinished(table, row, width, number) or _inside(table, rows, number))
        ):
            table[-1] = (number, [*table[-1][1][:-1], table[-1][1][-1] + "\n" + row])
        else:
            _close(table, blocks)
            if row.strip() and not _PAGE_FURNITURE.fullmatch(row.strip()):
                blocks.append(_line(row, number))
    _close(table, blocks)
    return [block for block in blocks if not isinstance(block, Paragraph) or block.text]


def _quoted_on(cell: str, after: Sequence[str]) -> bool:
    """A cell copied from a sheet whose quotation mark is closed in a line to come."""
    opened = cell.startswith('"') and cell.count('"') % 2 == 1
    return opened and any(_QUOTE_END.search(row) for row in after[:_MOST_QUOTED])


def _unquoted(cell: str) -> str:
    inner = cell.strip()
    if len(inner) < 2 or inner[0] != '"' or inner[-1] != '"' or not ("\n" in inner or '""' in inner[1:-1]):
        return cell
    return inner[1:-1].replace('""', '"')


def _unfinished(table: Sequence[tuple[int, list[str]]], row: str, width: int, number: int) -> bool:
    """The last row ended before its last column, so a line without tabs goes on with its last cell."""
    last, cells = table[-1]
    return last == number - 1 and 1 < len(cells) < width and bool(cells[-1].strip()) and not heading(row)


def _inside(table: Sequence[tuple[int, list[str]]], rows: Sequence[str], number: int) -> bool:
    """A line between two rows of a table that goes on in lower case: the row before broke in its last cell."""
    last, cells = table[-1]
    line = rows[number - 1].strip()
    return (
        last == number - 1
        and bool(cells[-1].strip())
        and line[:1].islower()
        and not cells[-1].rstrip().endswith(".")
    )


def _joins(table: list[tuple[int, list[str]]], cells: list[str], width: int, number: int) -> bool:
    """Join a row broken inside a cell with the rest of it.

    The rest completes the columns exactly, or goes on with a row that opened with a ref, opening with none.
    """
    if not table or table[-1][0] != number - 1:
        return False
    before = table[-1][1]
    whole = len(before) + len(cells) - 1
    if len(before) < 2 or not (before[-1].strip() and cells[0].strip()):
        return False
    if looks_like_ref(cells[0]) or leading_ref(cells[0]) or is_header(cells):
        return False
    if whole != width and not (whole < width and looks_like_ref(before[0])):
        return False
    table[-1] = (number, [*before[:-1], before[-1] + "\n" + cells[0], *cells[1:]])
    return True


def _close(table: list[tuple[int, list[str]]], blocks: list[Block]) -> None:
    """End the table. Ruled lines and lines joined to others leave empty rows, so that rows keep their numbers."""
    rows: list[tuple[Cell, ...]] = []
    for number, cells in table:
        rows += [()] * (number - table[0][0] - len(rows))
        ruled = all(_RULE_CELL.fullmatch(cell) for cell in cells)
        rows.append(() if ruled else tuple(Cell(_unquoted(cell)) for cell in cells))
    if any(rows):
        blocks.append(Table(tuple(rows), TEXT, first_row=table[0][0]))
    table.clear()


# --- a Word table flattened to a cell a line -----------------------------------------------------


def _flattened_blocks(rows: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    tokens: list[tuple[int, str]] = []
    for number, row in enumerate(rows, start=1):
        if row.startswith("\t"):
            tokens.extend((number, part) for part in row[1:].split("\t"))
        elif tokens:
            at, before = tokens[-1]
            tokens[-1] = (at, before + "\n" + row)
        elif row.strip():
            blocks.append(Paragraph(flat(row), f"line {number}"))
    tail = _cut_tail(tokens)
    while tokens and not tokens[0][1].strip():
        tokens.pop(0)
    blocks.extend(_flattened_tables(tokens))
    blocks.extend(
        Paragraph(flat(line), f"line {number}")
        for number, line in tail
        if line.strip() and not _PAGE_FURNITURE.fullmatch(line.strip())
    )
    return blocks


def _cut_tail(tokens: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """What follows the last table: the lines behind the last cell's run of blank ones."""
    if not tokens:
        return []
    at, text = tokens[-1]
    found = re.search(r"\n{4,}", text)
    if not found:
        return []
    tokens[-1] = (at, text[: found.start()] + "\n")
    line = at + text[: found.end()].count("\n")
    return [(line + i, row) for i, row in enumerate(text[found.end() :].split("\n"))]


def _flattened_tables(tokens: list[tuple[int, str]]) -> list[Block]:
    """Tables, each opened by a run of cells that are headers."""
    starts = _header_runs(tokens)
    if not starts:
        return [Table(tuple((Cell(text),) for _, text in tokens), "table 1")] if tokens else []
    blocks: list[Block] = []
    bounds = [*starts, (len(tokens), 0)]
    for number, ((start, width), (end, _)) in enumerate(itertools.pairwise(bounds), start=1):
        header = tuple(Cell(text.strip()) for _, text in tokens[start : start + width])
        body = _rows_of(tokens[start + width : end], width)
        blocks.append(Table((header, *body), f"table {number}"))
    return blocks


def _header_runs(tokens: Sequence[tuple[int, str]]) -> list[tuple[int, int]]:
    """(index, number of cells) of each run of short cells that reads as a header row and ends in a blank line."""
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        width = _header_width(tokens, index)
        if width:
            runs.append((index, width))
        index += max(width, 1)
    return runs


def _header_width(tokens: Sequence[tuple[int, str]], index: int) -> int:
    best = 0
    if not tokens[index][1].strip():
        return 0
    for width in range(3, 16):
        cells = [text for _, text in tokens[index : index + width]]
        if len(cells) < width or not cells[-1].strip() or len(cells[-1]) > 200:
            break
        if (
            cells[-1].endswith("\n")
            and all(len(flat(c)) <= 120 for c in cells)
            and is_known(cells[-1])
            and is_header(cells)
        ):
            best = width
    return best


def _rows_of(tokens: Sequence[tuple[int, str]], width: int) -> list[tuple[Cell, ...]]:
    """The rows of a run of cells: as wide as the header, or one wider where a number column has no header."""
    options = [_cut_rows(tokens, columns) for columns in (width, width + 1)]
    return min(options, key=lambda option: option[0])[1]


def _cut_rows(tokens: Sequence[tuple[int, str]], width: int) -> tuple[float, list[tuple[Cell, ...]]]:
    """Cut a run of cells into rows of one width and headings, at the least cost.

    A row ends in a blank line; one that opens with a ref is likely a row's start, a lone cell a heading.
    """
    count = len(tokens)
    best = [0.0] + [float("inf")] * count
    cut = [0] * (count + 1)
    for end in range(1, count + 1):
        for size in range(1, min(end, width + 1) + 1):
            cost = best[end - size] + _row_cost([text for _, text in tokens[end - size : end]], width)
            if cost < best[end]:
                best[end], cut[end] = cost, size
    rows: list[tuple[Cell, ...]] = []
    end = count
    while end:
        rows.append(tuple(Cell(text) for _, text in tokens[end - cut[end] : end]))
        end -= cut[end]
    return best[count], rows[::-1]


def _row_cost(cells: Sequence[str], width: int) -> float:
    cost = 0.0 if cells[-1].endswith("\n") else 2.0
    lead = leading_ref(flat(cells[0]))
    if len(cells) == width:
        return cost + (1.0 if not lead else 0.3 if "." in lead[0] else 0.6)
    if len(cells) == 1:
        short = 0 < len(flat(cells[0])) <= 120
        return cost + (0.5 if short and lead and "." not in lead[0] else 1.2 if short else 3.0)
    return cost + 2.5 + abs(width - len(cells)) * 0.2
