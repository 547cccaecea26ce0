"""A column a quarter or month: ticks in those in which an action is due, or its rating in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from nlp.documents.blocks import Cell, Table
from nlp.documents.celldates import find_spans
from nlp.documents.markup import flat
from nlp.documents.plan.headers import assign, is_header
from nlp.documents.scales import is_rating_word
from nlp.documents.shades import shade_name

__all__ = ["by_period"]

_MARKS = frozenset(["\u2713", "\u2714", "\u2611", "\u2612", "\u25cf", "\u25a0", "\u2022", "x", "X", "*", "\u00fc", "Y", "Yes"])  # fmt: skip
_FEWEST = 3  # periods of a chart
_HEADER_ROWS = 8
_DUE, _RAG = "Due (ticked)", "RAG (latest)"
_ANY_DAY = date(2020, 4, 1)


def by_period(table: Table) -> Table:
    """The table with a column behind the others: the periods ticked as due, or the latest rating of several.

    Nothing is added where the table has a column of due dates, or of ratings, of its own.
    """
    for at, row in enumerate(table.rows[:_HEADER_ROWS]):
        periods = [i for i, cell in enumerate(row) if _is_period(flat(cell.text))]
        if len(periods) < _FEWEST:
            continue
        below = [
            row[i] for row in table.rows[at + 1 :] for i in periods if i < len(row) and not row[i].merged
        ]
        fields = _fields(table.rows[at - 1] if at and any(cell.merged for cell in row) else row)
        if _are(below, _is_mark) and "due" not in fields:
            return _with_due(table, at, periods)
        if _are(below, _is_rating) and "rag" not in fields:
            return _with_latest(table, at, periods)
        return table
    return table


def _is_period(text: str) -> bool:
    """A quarter, a month or a year, and no other word."""
    spans = find_spans(text, _ANY_DAY) if 0 < len(text) <= 25 else []
    return len(spans) == 1 and spans[0].start != spans[0].end and spans[0].to - spans[0].at >= len(text) - 1


def _is_mark(cell: Cell) -> bool:
    return flat(cell.text) in _MARKS


def _is_rating(cell: Cell) -> bool:
    text = flat(cell.text)
    return is_rating_word(text) if text else shade_name(cell.fill) is not None


def _are(cells: Sequence[Cell], kind: Callable[[Cell], bool]) -> bool:
    """The cells that hold a text are of a kind, and some of all are."""
    texts = [cell for cell in cells if flat(cell.text)]
    return any(map(kind, cells)) and 10 * sum(map(kind, texts)) >= 9 * len(texts)


def _fields(header: Sequence[Cell]) -> set[str]:
    """What the other columns are; a header over several columns is that of the periods."""
    texts = [flat(cell.text) for cell in header]
    return {
        c.field for c in assign([text for text in texts if texts.count(text) == 1 and not _is_period(text)])
    }


def _with_due(table: Table, at: int, periods: Sequence[int]) -> Table:
    over = table.rows[at - 1] if at and is_header([c.text for c in table.rows[at - 1]]) else ()
    year = next((found for i in periods if i < len(over) and (found := _year(flat(over[i].text)))), "")
    names = {i: f"{flat(table.rows[at][i].text)} {year}".strip() for i in periods}

    def due(row: Sequence[Cell]) -> Cell:
        marks = [names[i] for i in periods if i < len(row) and _is_mark(row[i])]
        return Cell(" - ".join(dict.fromkeys(marks[:1] + marks[-1:])))

    return _with_column(table, at, bool(over), _DUE, due)


def _with_latest(table: Table, at: int, periods: Sequence[int]) -> Table:
    def latest(row: Sequence[Cell]) -> Cell:
        cells = [row[i] for i in periods if i < len(row) and _is_rating(row[i])]
        return replace(cells[-1], merged=False) if cells else Cell("")

    return _with_column(table, at, False, _RAG, latest)


def _with_column(
    table: Table, at: int, two_rows: bool, header: str, cell_of: Callable[[Sequence[Cell]], Cell]
) -> Table:
    width = max(map(len, table.rows))
    rows = []
    for number, row in enumerate(table.rows):
        added = Cell(header) if number == at else cell_of(row) if number > at else Cell("")
        rows.append((*row, *[Cell("")] * (width - len(row)), added))
    if two_rows:
        rows[at - 1] = (*rows[at - 1][:-1], Cell(header))
        rows[at] = (*rows[at][:-1], Cell(header, merged=True))
    return replace(table, rows=tuple(rows))


def _year(text: str) -> str:
    spans = find_spans(text)
    return text[spans[0].at : spans[0].to] if len(spans) == 1 else ""
