"""A long report on one page: key sentences, measures, commitments, the state of each section.

Nothing is rewritten: every sentence is cut from the report, every figure carries its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from nlp.documents.blocks import Block
from nlp.documents.text import blocks_of_text
from nlp.reading import read
from nlp.reading.links import Index
from nlp.reading.measures import lone_targets
from nlp.summary.commitments import find_commitments
from nlp.summary.front import date_of, title_of
from nlp.summary.keylines import ReadPassage, key_lines
from nlp.summary.outline import Outline, Passage, TablePassage, outline
from nlp.summary.quotes import contradictions
from nlp.summary.tables import measures_of_table, updates_of_table
from nlp.summary.targets import is_met, is_nameless_target, target_alone
from storage.model.errors import DocumentError
from storage.model.reading import DateFound, Grain, Measure, Reading, Status
from storage.model.summary import LinkedPassage, ReportMeasure, ReportSummary, SectionStatus

__all__ = ["linked", "report_as_dict", "summarise"]

MIN_CONFIDENCE = 0.5
SHORTEST_LINKED = 8  # words of a paragraph that is held against a plan's actions
_SCALES = {"m": ("£m", 1e6), "b": ("£bn", 1e9), "k": ("£k", 1e3), "t": ("£k", 1e3)}
_MILLIONS = re.compile(r"\d\s?(m|bn|k|million|billion|thousand)\b", re.IGNORECASE)
_ANY_DAY = date(2000, 1, 1)
_GRAVITY = (
    Status.OFF_TRACK,
    Status.AT_RISK,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.COMPLETE,
    Status.ASSURED,
)


def summarise(
    report: Sequence[Block] | str,
    *,
    as_of: date | None = None,
    title: str | None = None,
    index: Index | None = None,
    known: Sequence[Measure | ReportMeasure] = (),
) -> ReportSummary:
    """One page of a report, given as blocks of a file or as text.

    ``as_of`` is the day it is read from (by default its own date), ``title`` overrides its own. With the
    ``index`` of a plan's actions, paragraphs are linked to them; with the measures ``known`` from updates,
    figures that disagree are named. Raises DocumentError, one sentence, where there is nothing to read.
    """
    blocks = blocks_of_text(report) if isinstance(report, str) else report
    plan = outline(blocks)
    if not plan.passages:
        raise DocumentError("There is no paragraph to summarise in this report: send one that holds text.")
    day = as_of or date_of(plan.front)
    prose = [ReadPassage(one, read(one.text, day or _ANY_DAY)) for one in _prose(plan)]
    prose = [_with_years_only(one) if day is None else one for one in prose]
    measures = [
        *(row for one in prose for row in _with_own_targets(_measures(one))),
        *_tabled(plan, day or _ANY_DAY),
    ]
    commitments = [
        row for one in prose for row in find_commitments(one.passage.text, one.passage.para, one.reading, day)
    ]
    found = ReportSummary(
        title=title or title_of(plan.front),
        as_of=day,
        lines=tuple(key_lines(prose)),
        measures=tuple(measures),
        commitments=tuple(commitments),
        sections=tuple(_sections(prose)),
        disagreements=contradictions(measures),
        notes=tuple(_notes(day, measures, commitments)),
        passages=tuple(
            (one.passage.para, one.passage.text)
            for one in prose
            if len(one.passage.text.split()) >= SHORTEST_LINKED
        ),
    )
    return linked(found, index, known) if index or known else found


def linked(
    summary: ReportSummary, index: Index | None, known: Sequence[Measure | ReportMeasure] = ()
) -> ReportSummary:
    """The same page held against a plan: its paragraphs against the actions, its figures against those ``known``.

    Quick, where ``summarise`` takes a second: the report is not read again.
    """
    links = tuple(_links(summary.passages, index)) if index else summary.links
    more = contradictions(known, summary.measures)
    return replace(summary, links=links, disagreements=(*summary.disagreements, *more))


def _prose(plan: Outline) -> Iterator[Passage]:
    for one in plan.passages:
        if isinstance(one, TablePassage):
            yield from updates_of_table(one)
        else:
            yield one


def _tabled(plan: Outline, day: date) -> Iterator[ReportMeasure]:
    for one in plan.passages:
        if isinstance(one, TablePassage):
            yield from measures_of_table(one, day)


def _with_years_only(one: ReadPassage) -> ReadPassage:
    """Without a date of the report, only dates that name their year can be told."""
    dates = tuple(found for found in one.reading.dates if re.search(r"\d{4}|\d[/.'’-]\d{2}\b", found.text))
    return replace(one, reading=replace(one.reading, dates=dates))


def _measures(one: ReadPassage) -> Iterator[ReportMeasure]:
    text, para = one.passage.text, one.passage.para
    levels = [
        measure for measure in one.reading.measures if measure.rule != "measure/change" or measure.baseline
    ]
    for measure in levels or one.reading.measures:
        unit, scale = _printed_unit(measure)
        yield ReportMeasure(
            para,
            measure.name,
            unit,
            _scaled(measure.value, scale),
            measure.when,
            _scaled(measure.target, scale),
            _scaled(measure.baseline, scale),
            measure.baseline_when,
            is_met(measure.name, measure.unit, measure.value, measure.target),
            measure.caveat,
        )
    for target in lone_targets(one.reading.measures, one.reading.percentages):
        if row := target_alone(text, para, target):
            yield row


def _with_own_targets(rows: Iterable[ReportMeasure]) -> Iterator[ReportMeasure]:
    """ "82% were appraised. The target is 90%.": a target without a name of its own is the figure's before it."""
    held: ReportMeasure | None = None
    for row in rows:
        if held is not None and is_nameless_target(row) and (held.unit, held.target) == (row.unit, None):
            met = is_met(held.name, held.unit, held.value, row.target)
            held = replace(held, target=row.target, met=met)
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _printed_unit(measure: Measure) -> tuple[str, float]:
    """Money as the report prints it: "£1.85m" is 1.85 of "£m"; in pounds where its target or baseline is not alike."""
    found = _MILLIONS.search(measure.text) if measure.unit == "£" else None
    unit, scale = _SCALES[found[1][0].lower()] if found else (measure.unit, 1.0)
    beside = [one for one in (measure.target, measure.baseline) if one is not None]
    return (unit, scale) if all(scale <= one < 1000 * scale for one in beside) else (measure.unit, 1.0)


def _scaled(value: float | None, scale: float) -> float | None:
    return value if value is None or scale == 1 else round(value / scale, 6)


def _sections(prose: Sequence[ReadPassage]) -> Iterator[SectionStatus]:
    """Each section's gravest status that its words are sure of; complete only where nothing is open."""
    headings = dict.fromkeys(one.passage.heading for one in prose if one.passage.heading)
    for heading in headings:
        told = [one for one in prose if one.passage.heading == heading and _sure(one.reading)]
        for status in _GRAVITY:
            one = next((one for one in told if one.reading.status is status), None)
            if one is not None:
                cue = next(
                    (cue.text for cue in one.reading.cues if cue.status is status), one.reading.cues[0].text
                )
                yield SectionStatus(heading or "", status, cue, one.passage.para)
                break


def _links(passages: Sequence[tuple[str, str]], index: Index) -> Iterator[LinkedPassage]:
    """For each paragraph the action that it most likely speaks of."""
    for para, text in passages:
        for link in index.find(text, limit=1):
            yield LinkedPassage(para, text, link.ref, link.score)


def _sure(reading: Reading) -> bool:
    return reading.status is not None and bool(reading.cues) and reading.confidence >= MIN_CONFIDENCE


def _notes(day: date | None, measures: Sequence[object], commitments: Sequence[object]) -> Iterator[str]:
    if day is None:
        yield "The report names no date of its own, so dates without a year were left out."
    if not measures and not commitments:
        yield "No measure and no dated commitment was found in this report."


def report_as_dict(summary: ReportSummary) -> dict[str, Any]:
    """{title, as_of, summary, measures, commitments}: what ``assurebot summarise --json`` writes."""
    return {
        "title": summary.title,
        "as_of": summary.as_of.isoformat() if summary.as_of else None,
        "summary": [{"text": line.text, "para": line.para} for line in summary.lines],
        "measures": [
            {
                "para": row.para,
                "measure": row.name,
                "baseline": row.baseline,
                "baseline_date": _printed(row.baseline_when),
                "value": row.value,
                "value_date": _printed(row.when),
                "target": row.target,
                "unit": row.unit,
                "met": row.met,
            }
            for row in summary.measures
        ],
        "commitments": [
            {"para": row.para, "text": row.text, "start": row.start.isoformat(), "end": row.end.isoformat()}
            for row in summary.commitments
        ],
    }


def _printed(when: DateFound | None) -> str | None:
    """As precise as the report is: "2018-05-09", "2018-05", "2018"; else the last day."""
    if when is None:
        return None
    if when.grain is Grain.MONTH and (when.start.year, when.start.month) == (when.end.year, when.end.month):
        return f"{when.start:%Y-%m}"
    if when.grain is Grain.YEAR and when.start.year == when.end.year:
        return f"{when.start:%Y}"
    return when.end.isoformat()
