"""A long report on one page: its key sentences, figures and promises, each with its paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from handlers.assurance.figures import amount
from handlers.messages import Heading, Part, Quote, Table, day, say, spans
from storage.model.reading import DateFound
from storage.model.summary import (
    Commitment,
    Disagreement,
    KeyLine,
    LinkedPassage,
    ReportMeasure,
    ReportSummary,
)

__all__ = ["report_parts"]

_MET = {True: "met", False: "below", None: ""}


def report_parts(summary: ReportSummary, names: Mapping[str, str] | None = None) -> tuple[Part, ...]:
    """The page. ``names`` says what the actions of its links are called."""
    as_of = f", {day(summary.as_of)}" if summary.as_of else ""
    parts: list[Part] = [Heading(f"{summary.title}{as_of}"), *_lines(summary.lines)]
    if summary.measures:
        parts.append(_measures(summary.measures))
    if summary.commitments:
        parts.append(_commitments(summary.commitments))
    if summary.sections:
        rows = tuple(
            (
                spans(one.heading),
                spans(one.status.value.replace("_", " ")),
                spans(f"“{one.cue}” ({one.para})"),
            )
            for one in summary.sections
        )
        parts.append(Table(("Section", "Says", "In these words"), rows, "Progress by section"))
    parts += [_disagreement(one) for one in summary.disagreements]
    parts += _links(summary.links, names or {})
    parts += [say(note, quiet=True) for note in summary.notes]
    return tuple(parts)


def _lines(lines: Sequence[KeyLine]) -> list[Part]:
    parts: list[Part] = []
    for heading, under in groupby(lines, key=lambda line: line.heading):
        if heading:
            parts.append(Heading(heading))
        parts += [Quote(line.text, spans(line.para)) for line in under]
    return parts


def _measures(rows: Sequence[ReportMeasure]) -> Table:
    header = ("Measure", "Before", "Now", "Target", "", "Paragraph")
    return Table(header, tuple(tuple(spans(cell) for cell in _measure(row)) for row in rows), "Figures")


def _measure(row: ReportMeasure) -> tuple[str, ...]:
    name = f"{row.name} ({row.caveat})" if row.caveat else row.name
    before, now = _figure(row.baseline, row.unit, row.baseline_when), _figure(row.value, row.unit, row.when)
    return name, before, now, _figure(row.target, row.unit, None), _MET[row.met], row.para


def _figure(value: float | None, unit: str, when: DateFound | None) -> str:
    if value is None:
        return ""
    shown = amount(value, unit)
    return f"{shown}, {when.text}" if when else shown


def _commitments(rows: Sequence[Commitment]) -> Table:
    cells = tuple(
        (spans(day(row.end)), spans("passed" if row.passed else "to come"), spans(row.text), spans(row.para))
        for row in rows
    )
    return Table(("By", "", "Promised", "Paragraph"), cells, "Dated promises")


def _disagreement(one: Disagreement) -> Part:
    return say(
        f"Two figures for the {one.what} of {one.name}: {amount(one.one, one.unit)} ({one.one_place}) and"
        f" {amount(one.other, one.unit)} ({one.other_place})."
    )


def _links(links: Sequence[LinkedPassage], names: Mapping[str, str]) -> list[Part]:
    if not links:
        return []
    rows = tuple(
        (spans(names.get(one.ref, one.ref)), spans(one.para), spans(one.text[:200])) for one in links
    )
    return [
        Table(
            ("Action", "Paragraph", "Says"), rows, "May be about these actions, for their owners to confirm"
        )
    ]
