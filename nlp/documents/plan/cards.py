"""Tables that do not have an action a row: cards with labels beside their values, tables lying on their side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp.documents.blocks import Cell, Table
from nlp.documents.markup import flat
from nlp.documents.plan.headers import assign, is_header, is_known, is_whole
from nlp.documents.plan.sections import is_plan

__all__ = ["carded", "turned"]

_FEWEST = 3  # labels of a card
_WIDEST = 6  # cells of a row: three pairs
_TITLE = "Title"
Pairs = list[tuple[str, Cell]]


def carded(table: Table) -> Table:
    """Cards, their labels on the left of the values in one or two pairs a row, as a table of one row a card."""
    cards: list[dict[str, Cell]] = [{}]
    for row in table.rows:
        pairs = _pairs(row)
        if pairs is None or is_header([cell.text for cell in row], least=_FEWEST):
            return table
        for label, value in pairs:
            if label in cards[-1] or (label == _TITLE and cards[-1]):
                cards.append({})
            cards[-1][label] = value
    labels = list(dict.fromkeys(label for card in cards for label in card))
    values = [value for card in cards for value in card.values()]
    if not _are_labels([label for label in labels if label != _TITLE], values):
        return table
    body = [tuple(card.get(label, Cell("")) for label in labels) for card in cards]
    return replace(table, rows=(tuple(map(Cell, labels)), *body), firm=True)


def _pairs(row: Sequence[Cell]) -> Pairs | None:
    """(label, value) of each pair of a row, a lone text as its title; None where a value stands without a label."""
    cells = [cell for cell in row if not cell.merged]
    texts = [flat(cell.text) for cell in cells]
    if not any(texts):
        return []
    if sum(map(bool, texts)) == 1 and texts[0]:
        return [(texts[0], Cell(""))] if is_whole(texts[0]) else [(_TITLE, cells[0])]
    if (
        len(cells) % 2
        or len(cells) > _WIDEST
        or any(value and not label for label, value in zip(texts[::2], texts[1::2], strict=True))
    ):
        return None
    labels = [text.rstrip(": ") for text in texts[::2]]
    return [(label, value) for label, value in zip(labels, cells[1::2], strict=True) if label]


def _are_labels(labels: Sequence[str], values: Sequence[Cell]) -> bool:
    """The texts are headers of a plan, and what they stand beside are none."""
    known, whole = sum(map(is_known, labels)), sum(map(is_whole, labels))
    beside = sum(is_whole(flat(value.text)) for value in values)
    return (
        len(labels) >= _FEWEST
        and 3 * known >= 2 * len(labels)
        and 2 * whole >= max(len(labels), 4)
        and beside * len(labels) < 2 * max(len(values), len(labels))
        and is_plan(assign([*labels, _TITLE]))
    )


def turned(table: Table) -> list[Table]:
    """The table, its rows made columns where they are the fields of actions; what stands above and below apart."""
    width = max(map(len, table.rows))
    firsts = [flat(row[0].text).rstrip(": ") if row else "" for row in table.rows]
    start = next((i for i, text in enumerate(firsts) if is_known(text)), len(firsts))
    end = next((i for i in range(start, len(firsts)) if not firsts[i]), len(firsts))
    body = [(*row, *[Cell("")] * (width - len(row))) for row in table.rows[start:end]]
    if width < 3 or any(is_header([cell.text for cell in row]) for row in body):
        return [table]
    beside = [cell for row in body for cell in row[1:2]]
    labels = firsts[start:end]
    if len(set(labels)) < len(labels) or not _are_labels(labels, beside) or not is_plan(assign(labels)):
        return [table]
    columns = [column for column in zip(*body, strict=True) if any(flat(cell.text) for cell in column)]
    upright = replace(table, rows=tuple(columns), first_row=table.first_row + start, firm=True)
    above, below = table.rows[:start], table.rows[end:]
    parts = [replace(table, rows=above), upright, replace(table, rows=below, first_row=table.first_row + end)]
    return [part for part in parts if part.rows]
