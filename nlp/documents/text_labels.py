"""Actions written as blocks of labelled lines ("Action: ...", "Owner: ..."), as they are pasted into an e-mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.markup import flat
from nlp.documents.plan.headers import is_whole

__all__ = ["labelled"]

_LABEL = re.compile(r"\W{0,3}(?P<label>[A-Z][A-Za-z /?'()-]{1,30}?) ?\d{0,3}\s?[:=]\s*(?P<value>\S.*)?$")
_LEAST = 2  # records of a list
_FEWEST = 3  # labels of a record


@dataclass(slots=True)
class _Record:
    """The labelled lines of one action, by label, and the number of the first."""

    line: int
    values: dict[str, str] = field(default_factory=dict)


def labelled(rows: Sequence[str]) -> list[Block]:
    """The text as blocks, its records as one table between headings; [] where it does not consist of such records."""
    if any("\t" in row for row in rows):
        return []
    first = _first_label(rows)
    if not first:
        return []
    blocks: list[Block] = []
    records: list[_Record] = []
    last = ""
    for number, row in enumerate(rows, start=1):
        label, value = _label(row)
        if label == first:
            records.append(_Record(number))
        if label and records:
            records[-1].values[label] = value
            last = label
        elif row.strip() and records and last:
            records[-1].values[last] += f"\n{row.strip()}"
        elif row.strip():
            _close(records, blocks)
            blocks.append(Paragraph(flat(row), f"line {number}"))
        else:
            last = ""
    _close(records, blocks)
    return blocks


def _label(row: str) -> tuple[str, str]:
    found = _LABEL.match(row.strip())
    if not found or not is_whole(found["label"]):
        return "", ""
    return found["label"].strip(), (found["value"] or "").strip()


def _first_label(rows: Sequence[str]) -> str:
    """The label that opens every record: the first one that several lines bear, among enough labels as common."""
    labels = [label for row in rows if (label := _label(row)[0])]
    often = [label for label in dict.fromkeys(labels) if labels.count(label) >= _LEAST]
    return often[0] if len(often) >= _FEWEST else ""


def _close(records: list[_Record], blocks: list[Block]) -> None:
    if not records:
        return
    headers = list(dict.fromkeys(label for record in records for label in record.values))
    body = [tuple(Cell(record.values.get(header, "")) for header in headers) for record in records]
    table = Table((tuple(map(Cell, headers)), *body), f"line {records[0].line}", firm=True)
    blocks.append(table)
    records.clear()
