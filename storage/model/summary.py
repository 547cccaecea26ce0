"""What was found in a long report: its key sentences, measures, commitments and the state of its sections.

``para`` is the printed number of the paragraph ("2.9.3"), "A-4.3" for row 4.3 of appendix A, or the
place in the file where nothing is printed ("page 3, line 12").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from storage.model.reading import DateFound, Status

__all__ = [
    "Commitment",
    "Disagreement",
    "KeyLine",
    "LinkedPassage",
    "ReportMeasure",
    "ReportSummary",
    "SectionStatus",
]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A sentence worth reading, in the report's own words, under the report's own heading."""

    text: str
    para: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class ReportMeasure:
    """A row of the table of measures. ``value`` is None where the report names a target alone.

    ``met`` is None where there is no target, or nothing says whether more or less is better.
    """

    para: str
    name: str
    unit: str
    value: float | None = None
    when: DateFound | None = None
    target: float | None = None
    baseline: float | None = None
    baseline_when: DateFound | None = None
    met: bool | None = None
    caveat: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A dated promise or milestone; ``passed`` is true when its last day was before the report's date."""

    para: str
    text: str
    start: date
    end: date
    passed: bool


@dataclass(frozen=True, slots=True)
class SectionStatus:
    """What the words of a section say of its progress, with the words and their paragraph."""

    heading: str
    status: Status
    cue: str
    para: str


@dataclass(frozen=True, slots=True)
class LinkedPassage:
    """A paragraph that speaks of an action of a plan: to be confirmed by its owner, never applied."""

    para: str
    text: str
    ref: str
    score: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The same measure with two values: "31% here, 37% there"."""

    name: str
    unit: str
    one: float
    other: float
    one_place: str
    other_place: str
    what: str = "value"  # or "baseline", "target"


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """One page of a report. Everything carries its paragraph; dates are resolved against ``as_of``."""

    title: str
    as_of: date | None
    lines: tuple[KeyLine, ...] = ()
    measures: tuple[ReportMeasure, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    sections: tuple[SectionStatus, ...] = ()
    links: tuple[LinkedPassage, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    notes: tuple[str, ...] = field(default=())
    passages: tuple[tuple[str, str], ...] = ()  # (paragraph, text): what may be held against a plan's actions
