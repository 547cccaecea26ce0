"""The pack for a meeting as data: what ``packword`` and ``packsheet`` print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.documents.charts import Counts, Png
from handlers.documents.view import Entry
from handlers.papers.paragraphs import Paragraph

__all__ = ["Exceptional", "Figure", "Pack", "Sourced", "ThemeTable"]


@dataclass(frozen=True, slots=True)
class Sourced:
    """A line with the action it is about and where it comes from ("Jane Smith, 3 March 2018")."""

    ref: str
    text: str
    source: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One exception in full: label and words, and what is asked of the meeting."""

    ref: str
    title: str
    rows: Sequence[tuple[str, Entry]]
    asked: str  # "Decision asked: ..." or "For noting"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure that updates reported: each value with its day."""

    ref: str
    name: str
    earlier: str
    now: str
    target: str


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """A theme: what is to be said of it, and its actions, an entry a header."""

    name: str
    told: Paragraph
    rows: Sequence[Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that a pack prints. ``stage``: "not issued", "issued" or "as agreed"."""

    title: str
    forum: str
    meeting: str
    cutoff: str
    stage: str
    chain: str  # head of the audit's chain, so that the record can be checked from outside
    private: bool = False
    key: Sequence[tuple[Entry, str]] = ()  # each rating, and what it stands for
    numbers: Sequence[tuple[str, str]] = ()  # what the summary shows large, and what it counts
    summary: Paragraph = field(default_factory=Paragraph)
    asked: Sequence[Sequence[Entry]] = ()  # ref, action, rating, what is asked
    musts: Sequence[Sequence[Entry]] = ()  # ref, action, rating, due, board line
    counts: Counts = ()
    labels: Mapping[str, str | None] = field(default_factory=dict)  # rating -> colour, in the scale's order
    charts: Sequence[Png] = ()
    milestones: Sequence[Sequence[Entry]] = ()  # date, ref, action, rating
    figures: Sequence[Figure] = ()
    figure_charts: Sequence[Png] = ()
    exceptions: Sequence[Exceptional] = ()
    headers: Sequence[str] = ()  # the plan's own columns
    printed: Sequence[int] = ()  # those of them that fit on paper
    themes: Sequence[ThemeTable] = ()
    reconciliation: str = ""
    silent: Sequence[tuple[str, Sequence[str]]] = ()  # organisation, its actions
    since: Sequence[Sourced] = ()  # what came after the cut-off
    sources: Sequence[Sourced] = ()
    verbatim: Sequence[Sourced] = ()  # for the programme office alone
