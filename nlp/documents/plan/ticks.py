"""Charts of ticks: a column a quarter or month, a mark in those in which the action is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from nlp.documents.blocks import Cell, Table
from nlp.documents.celldates import find_spans
from nlp.documents.markup import flat
from nlp.documents.plan.headers import assign, is_header

__all__ = ["ticked"]

_MARKS = frozenset(["\u2713", "\u2714", "\u2611", "\u2612", "\u25cf", "\u25a0", "\u2022", "x", "X", "*", "\u00fc", "Y", "Yes"])  # fmt: skip
_FEWEST = 3  # periods of a chart
_HEADER_ROWS = 6
_DUE = "Due (ticked)"
_ANY_DAY = date(2020, 4, 1)


def ticked(table: Table) -> Table:
    """The table with a due column behind the others, its cells the first and last period ticked."""
    for at, row in enumerate(table.rows[:_HEADER_ROWS]):
        periods = [i for i, cell in enumerate(row) if _is_period(flat(cell.text))]
        if len(periods) >= _FEWEST and _marked(table.rows[at + 1 :], periods):
            above = table.rows[at - 1] if at and any(cell.merged for cell in row) else row
            return table if _has_due(above) else _with_due(table, at, periods)
    return table


def _is_period(text: str) -> bool:
    """A quarter, a month or a year, and no other word."""
    spans = find_spans(text, _ANY_DAY) if 0 < len(text) <= 25 else []
    return len(spans) == 1 and spans[0].start != spans[0].end and spans[0].to - spans[0].at >= len(text) - 1


def _marked(rows: Sequence[Sequence[Cell]], periods: Sequence[int]) -> bool:
    """The cells under the periods are empty or marks, and some are marks."""
    cells = [row[i] for row in rows for i in periods if i < len(row) and not row[i].merged]
    texts = [flat(cell.text) for cell in cells if flat(cell.text)]
    return bool(texts) and sum(text in _MARKS for text in texts) * 10 >= 9 * len(texts)


def _has_due(header: Sequence[Cell]) -> bool:
    named = [flat(cell.text) for cell in header if not _is_period(flat(cell.text))]
    return "due" in {c.field for c in assign([text for text in named if named.count(text) == 1])}


def _with_due(table: Table, at: int, periods: Sequence[int]) -> Table:
    header = table.rows[at]
    over = table.rows[at - 1] if at and is_header([c.text for c in table.rows[at - 1]]) else header
    year = next((s for i in periods if (s := _year(flat(over[i].text)))), "") if over is not header else ""
    names = {i: f"{flat(header[i].text)} {year}".strip() for i in periods}
    rows = []
    for number, row in enumerate(table.rows):
        marks = [names[i] for i in periods if i < len(row) and flat(row[i].text) in _MARKS]
        text = " - ".join(dict.fromkeys(marks[:1] + marks[-1:]))
        rows.append((*row, Cell(_DUE if number == at else text if number > at else "")))
    if over is not header:
        rows[at - 1] = (*table.rows[at - 1], Cell(_DUE))
        rows[at] = (*header, Cell(_DUE, merged=True))
    return replace(table, rows=tuple(rows))


def _year(text: str) -> str:
    spans = find_spans(text)
    return text[spans[0].at : spans[0].to] if len(spans) == 1 else ""
