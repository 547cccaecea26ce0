"""Blocks made ready: title rows of tables become text, tables stacked in one sheet are parted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.markup import flat
from nlp.documents.plan.asides import aside
from nlp.documents.plan.cards import carded, turned
from nlp.documents.plan.keys import KeyReader
from nlp.documents.plan.labels import labelled, unstacked
from nlp.documents.plan.periods import by_period
from nlp.documents.plan.sections import is_plan, row_place, sections
from nlp.documents.plan.themes import is_general
from nlp.documents.shades import shade_name

__all__ = ["Prepared", "plans", "prepared"]

_SHEET = "sheet "
_TITLE_LEVEL = 2
_PLAIN_SHEETS = frozenset(
    [
        "plan",
        "action",
        "actions",
        "log",
        "tracker",
        "data",
        "sheet",
        "master",
        "all",
        "open",
        "current",
        "main",
        "list",
        "register",
    ]
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The blocks, and the places of rows that became text or are empty."""

    blocks: tuple[Block, ...]
    headings: tuple[str, ...]
    spacers: tuple[str, ...]


def plans(table: Table, by_hand: Mapping[str, str]) -> bool:
    """A table with a header row of actions."""
    return any(section.columns and is_plan(section.columns) for section in sections(table, by_hand))


def prepared(blocks: Sequence[Block], by_hand: Mapping[str, str]) -> Prepared:
    """The same content in the same order; rows keep their places."""
    tables = sum(isinstance(block, Table) and plans(block, by_hand) for block in blocks)
    several = tables > 1
    if not tables:
        blocks = _told(blocks)
    twice = _repeated_titles(blocks)
    found: list[Block] = []
    headings: list[str] = []
    spacers: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        name = _sheet_name(block) if several and plans(block, by_hand) else ""
        if name:
            found.append(Paragraph(name, block.place, _TITLE_LEVEL))
        for piece in _reshaped(block, spacers, headings):
            titles = _title_rows(piece, by_hand)
            led = _titled_sections(piece, titles, by_hand)
            for index in range(titles):
                text = next((t for cell in piece.rows[index] if (t := flat(cell.text))), "")
                place = row_place(piece, index)
                (headings if text else spacers).append(place)
                if text:
                    opens = (several or (led and index == titles - 1)) and not (
                        name and (is_general(text) or text in twice)
                    )
                    found.append(Paragraph(text, place, _TITLE_LEVEL if opens else 0))
            if titles < len(piece.rows):
                found.append(replace(piece, rows=piece.rows[titles:], first_row=piece.first_row + titles))
    return Prepared(tuple(found), tuple(headings), tuple(spacers))


def _told(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, runs of paragraphs that tell of actions in labelled lines made tables."""
    found: list[Block] = []
    for is_text, run in groupby(blocks, lambda block: isinstance(block, Paragraph)):
        part = list(run)
        lines = [line for block in part if isinstance(block, Paragraph) for line in _lines(block)]
        found += (labelled(lines) if is_text else []) or part
    return found


def _lines(paragraph: Paragraph) -> list[Paragraph]:
    return [replace(paragraph, text=text) for text in paragraph.text.split("\n")]


def _reshaped(block: Table, spacers: list[str], headings: list[str]) -> Iterator[Table]:
    """The tables that a block holds, an action a row; the places of rows that are no more go to ``headings``."""
    for part in _side_by_side(block):
        for lying in _pieces(part, spacers):
            upright = [unstacked(piece) for piece in turned(carded(lying))]
            count = sum(len(piece.rows) for piece in upright)
            headings += [row_place(lying, i) for i in range(count, len(lying.rows))]
            yield from map(by_period, upright)


def _repeated_titles(blocks: Sequence[Block]) -> set[str]:
    """What stands alone in the first rows of several tables: it titles the document, not a part of it."""
    tops = Counter[str]()
    for table in (block for block in blocks if isinstance(block, Table)):
        tops.update({text for row in map(_texts, table.rows[:4]) if len(row) == 1 for text in row})
    return {text for text, count in tops.items() if count > 1}


def _sheet_name(table: Table) -> str:
    """The name of a sheet that says more than that it is one."""
    if not table.place.startswith(_SHEET):
        return ""
    name = table.place.removeprefix(_SHEET)
    words = "".join(c if c.isalpha() else " " for c in name.lower()).split()
    return "" if not words or set(words) <= _PLAIN_SHEETS else name


def _title_rows(table: Table, by_hand: Mapping[str, str]) -> int:
    """How many rows of one text each stand above the first header, or above a table of more columns."""
    count = 0
    for row in table.rows:
        if len(_texts(row)) > 1:
            break
        count += 1
    if len({name for row in table.rows[:count] for cell in row if (name := shade_name(cell.fill))}) > 1:
        return 0  # a key: each of its rows shaded in its colour
    first = sections(replace(table, rows=table.rows[count:]), by_hand)[0] if count < len(table.rows) else None
    headed = first is not None and bool(first.columns)
    shaded = any(cell.fill for row in table.rows for cell in row)  # a key of colours is no list of titles
    alone = count == len(table.rows) and not shaded and all(row and flat(row[0].text) for row in table.rows)
    return count if headed or alone or (count < len(table.rows) and table.place.startswith(_SHEET)) else 0


def _titled_sections(table: Table, titles: int, by_hand: Mapping[str, str]) -> bool:
    """The header comes again under a row of one text, as under the last of the titles."""
    parts = sections(replace(table, rows=table.rows[titles:]), by_hand) if titles < len(table.rows) else []
    return any(part.columns and part.rows and len(_texts(part.rows[-1][1])) == 1 for part in parts[:-1])


def _texts(row: Sequence[Cell]) -> set[str]:
    return {text for cell in row if (text := flat(cell.text))}


def _side_by_side(table: Table) -> list[Table]:
    """The table, parted at an empty column where what stands behind it is a table of its own."""
    width = max(len(row) for row in table.rows)
    for i in range(2, width - 1):
        if any(i < len(row) and (row[i].text.strip() or row[i].fill) for row in table.rows):
            continue
        right = replace(table, rows=tuple(row[i + 1 :] for row in table.rows))
        if _stands_alone(right):
            left = replace(table, rows=tuple(row[:i] for row in table.rows))
            return [left, *_side_by_side(_without_empty_edges(right))]
    return [table]


def _stands_alone(table: Table) -> bool:
    parts = [part for part in sections(table, {}) if part.columns]
    if parts:
        return is_plan(parts[0].columns) or aside(parts[0].headers, parts[0].columns) is not None
    return KeyReader().is_key([row for row in table.rows if _texts(row)])


def _without_empty_edges(table: Table) -> Table:
    """The table from its first filled row to its last."""
    full = [i for i, row in enumerate(table.rows) if _texts(row)]
    rows = table.rows[full[0] : full[-1] + 1]
    return replace(table, rows=rows, first_row=table.first_row + full[0])


def _pieces(table: Table, spacers: list[str]) -> Iterator[Table]:
    """The table, cut at empty rows behind which a table of its own begins."""
    start = 0
    for index, row in enumerate(table.rows):
        if index <= start or _texts(row) or index + 1 >= len(table.rows):
            continue
        if _begins(table.rows[start:index], table.rows[index + 1 :]):
            yield replace(table, rows=table.rows[start:index], first_row=table.first_row + start)
            spacers.append(row_place(table, index))
            start = index + 1
    yield replace(table, rows=table.rows[start:], first_row=table.first_row + start)


def _begins(before: Sequence[Sequence[Cell]], after: Sequence[Sequence[Cell]]) -> bool:
    """What follows an empty row fills far fewer columns than what stands before it, or the other way round."""
    wide = max(len(_texts(row)) for row in before)
    body = [count for row in after[:6] if (count := len(_texts(row)))]
    if not body:
        return False
    return (wide >= 5 and max(body) <= 3) or (wide <= 3 and max(body) >= 5)
