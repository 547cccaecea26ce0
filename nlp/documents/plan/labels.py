"""Actions written as labelled lines ("Lead: ...", "Due: ..."): below each other in a text, or stacked in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.markup import flat
from nlp.documents.plan.headers import assign, is_whole
from nlp.documents.plan.themes import heading

__all__ = ["labelled", "told", "unstacked"]

_LABEL = re.compile(
    r"\W{0,5}(?P<label>[A-Z][A-Za-z /?'()-]{1,30}?) ?\d{0,3}\s?[:=]\s*\*{0,2}(?P<value>\S.*)?$"
)
_PARTED = re.compile(
    r"\s*[|;\t]\s*|\s[-–—]\s|,\s(?=[A-Z][A-Za-z ]{1,20}:)|(?<=\s)[(\[](?=[A-Z][A-Za-z ]{1,20}:)"
)
_LEAST = 2  # records of a list
_FEWEST = 3  # labels of a record
_TITLE = "Action"
_TOLD = "Description"

Labels = list[tuple[str, str]]


@dataclass(slots=True)
class _Record:
    """The labelled lines of one action, by label, and the place of the first."""

    place: str
    values: dict[str, str] = field(default_factory=dict)

    def go_on(self, text: str) -> None:
        """A line without a label goes on with the one above."""
        last = [*self.values][-1]
        self.values[last] = f"{self.values[last]}\n{text}".strip()


def labelled(paragraphs: Sequence[Paragraph]) -> list[Block]:
    """The paragraphs as blocks, their records as tables between headings; [] where they do not consist of records.

    An empty paragraph is a blank line. Records without a label for the action have it in the line above
    their first label, or in the heading that each of them has to itself.
    """
    lines = [part for line in paragraphs for part in _parts(line)]
    counts = Counter(label for _, labels in lines for label, _ in labels)
    headings = {label for label, count in counts.items() if count < max(counts.values()) and _is_theme(label)}
    lines = [(line, [pair for pair in labels if pair[0] not in headings]) for line, labels in lines]
    counts = Counter(label for _, labels in lines for label, _ in labels)
    often = [label for label, count in counts.items() if count >= _LEAST]
    if len(often) < _FEWEST:
        return []
    titled = "action" not in {column.field for column in assign(often)}
    reader = _Reader(often, titled, titled and _own_headings(lines))
    for line, labels in lines:
        reader.read(line, labels)
    reader.close()
    return reader.blocks


def _is_theme(label: str) -> bool:
    """ "Theme: Safe care" opens a theme where it does not stand in each record."""
    return assign([label])[0].field == "theme"


def _own_headings(lines: Sequence[tuple[Paragraph, Labels]]) -> bool:
    """Each heading that labels follow has one record of them."""
    seen: set[str] = set()
    headed = False
    for line, labels in lines:
        if line.level:
            seen, headed = set(), True
        elif labels and (not headed or seen & {label for label, _ in labels}):
            return False
        seen |= {label for label, _ in labels}
    return headed


@dataclass(slots=True)
class _Reader:
    """Walks over the lines: the first of the labels that come ``often`` opens a record."""

    often: Sequence[str]
    titled: bool
    own_headings: bool
    blocks: list[Block] = field(default_factory=list)
    records: list[_Record] = field(default_factory=list)
    loose: list[Paragraph] = field(default_factory=list)  # lines without labels since the last one with

    def read(self, line: Paragraph, labels: Labels) -> None:
        going_on = self.records and not any(map(_stands_alone, self.loose))
        if not labels or not (going_on or self._opens(labels[0][0])):
            self.loose.append(line)
            return
        for label, value in labels:
            if going_on and label not in (self.often[0], *self.records[-1].values):
                self._settle(self.loose)
            else:
                self._open(line.place)
            self.records[-1].values[label] = value
            going_on = True

    def _open(self, place: str) -> None:
        full = [line for line in self.loose if line.text]
        told: list[Paragraph] = []
        title = full[-1] if self.titled and full else None
        if self.own_headings:
            title = next((line for line in reversed(full) if line.level), None)
            told = full[full.index(title) + 1 :] if title else []
        self._settle(self.loose[: self.loose.index(title)] if title else self.loose)
        record = _Record(place, {_TITLE: flat(title.text)} if title else {})
        if told:
            record.values[_TOLD] = "\n".join(line.text for line in told)
        self.records.append(record)

    def _opens(self, label: str) -> bool:
        return label == self.often[0] or (self.titled and label in self.often)

    def _settle(self, lines: Sequence[Paragraph]) -> None:
        """Lines close to the last label go on with its value; the others stand between tables."""
        end = next((i for i, line in enumerate(lines) if not self.records or _stands_alone(line)), len(lines))
        for line in lines[:end]:
            self.records[-1].go_on(line.text.strip())
        self._finish(lines[end:])
        self.loose = []

    def _finish(self, after: Sequence[Paragraph]) -> None:
        if any(line.text for line in after):
            self._table()
            self.blocks += [replace(line, text=flat(line.text)) for line in after if line.text]

    def _table(self) -> None:
        if self.records:
            headers = list(dict.fromkeys(label for record in self.records for label in record.values))
            rows = [
                tuple(Cell(record.values.get(header, "")) for header in headers) for record in self.records
            ]
            self.blocks.append(Table((tuple(map(Cell, headers)), *rows), self.records[0].place, firm=True))
        self.records = []

    def close(self) -> None:
        self._settle(self.loose)
        self._table()


def _stands_alone(line: Paragraph) -> bool:
    """A blank line, or a heading."""
    return not line.text.strip() or bool(line.level) or heading(line.text) is not None


def _parts(line: Paragraph) -> list[tuple[Paragraph, Labels]]:
    """A line and its labels; the text before several labels in one line ("... (Lead: KL; Due: May)") as a line."""
    if line.level:
        return [(line, [])]
    title, labels = _labels(line.text)
    return [(replace(line, text=title), []), (line, labels)] if title and labels else [(line, labels)]


def _labels(text: str) -> tuple[str, Labels]:
    """What a line labels: one value, or several parted by marks, with what stands before these; else its text."""
    if ":" not in text and "=" not in text:
        return text, []
    pieces = _PARTED.split(text.strip().removesuffix(")").removesuffix("]"))
    found = [_label(piece) for piece in pieces]
    first = next((i for i, (label, _) in enumerate(found) if label), len(found))
    if len(found) - first > 1 and first <= 1 and all(label for label, _ in found[first:]):
        return "".join(pieces[:first]).strip(), found[first:]
    label, value = _label(text.strip())
    return ("", [(label, value)]) if label else (text, [])


def _label(text: str) -> tuple[str, str]:
    found = _LABEL.match(text)
    if not found or not is_whole(found["label"]):
        return "", ""
    return found["label"].strip(), (found["value"] or "").strip()


def told(text: str) -> Labels:
    """The labels and values of a text that consists of these alone; [] for any other."""
    title, labels = _labels(text)
    return [] if title else labels


def unstacked(table: Table) -> Table:
    """The table with each column of stacked labelled lines ("Lead: ...") as a column a label."""
    for at in range(max(map(len, table.rows))):
        stacks = [_stack(row[at].text) if at < len(row) else ("", {}) for row in table.rows]
        counts = Counter(label for _, values in stacks for label in values)
        often = [label for label, count in counts.items() if count >= _LEAST]
        several = sum(len(values) >= 2 for _, values in stacks)
        filled = sum(at < len(row) and bool(row[at].text.strip()) for row in table.rows)
        if len(often) >= 2 and 2 * several >= filled - 1:
            return unstacked(_with_labels(table, at, stacks, list(counts)))
    return table


def _stack(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the labels of a cell, and its values by label."""
    before: list[str] = []
    values: dict[str, str] = {}
    for line in text.split("\n"):
        title, labels = _labels(line)
        if title and values:
            last = [*values][-1]
            values[last] = f"{values[last]}\n{title}".strip()
        elif title:
            before.append(title)
        values |= dict(labels)
    return "\n".join(before), values


def _with_labels(
    table: Table, at: int, stacks: Sequence[tuple[str, dict[str, str]]], labels: Sequence[str]
) -> Table:
    """The column's labels as columns behind the others; headed where the table is not."""
    first = next(i for i, (_, values) in enumerate(stacks) if values)
    width = max(map(len, table.rows))
    acts = "action" in {column.field for column in assign(labels)}
    rows: list[tuple[Cell, ...]] = []
    for number, (row, (before, values)) in enumerate(zip(table.rows, stacks, strict=True)):
        cells = [*row, *[Cell("")] * (width - len(row))]
        added = [Cell(label) for label in labels] if number == first - 1 else []
        if values:
            cells[at] = replace(cells[at], text=before)
            added = [Cell(values.get(label, "")) for label in labels]
        rows.append((*cells, *(added or [Cell("")] * len(labels))))
    if not first:
        named = [Cell(_TITLE if i == 0 and not acts else "") for i in range(width)]
        rows.insert(0, (*named, *(Cell(label) for label in labels)))
    return replace(table, rows=tuple(rows), firm=True)
