"""A plan as its document prints it: what an import read, before the record makes anything of it.

Texts are as printed, with mark-up stripped and white space collapsed; None where the document
is silent. Refs are text ("1.10" is not 1.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from storage.model.reading import Status

__all__ = [
    "DateKind",
    "DocAction",
    "DocMeeting",
    "DocRating",
    "DocScale",
    "DocStep",
    "DocTheme",
    "PlanDate",
    "PlanDocument",
    "Unplaced",
]

Day = date  # for a field that is itself called date


class DateKind(StrEnum):
    """What a printed date of an action is."""

    DUE = "due"
    START = "start"  # "Commenced Jan 2018": no due date
    RECURRING = "recurring"  # "Annually"
    ONGOING = "ongoing"
    CONDITIONAL = "conditional"  # "once funding is agreed"
    NONE = "none"  # nothing printed, or TBC


@dataclass(frozen=True, slots=True)
class PlanDate:
    """A printed date: the text kept, and its span where one could be read (inclusive days)."""

    text: str | None = None
    start: date | None = None
    end: date | None = None
    kind: DateKind = DateKind.NONE
    impossible: bool = False  # "Oct 2105", "31 April": kept as printed


@dataclass(frozen=True, slots=True)
class DocRating:
    """One rating of a scale: its label in the document's words and, where it has one, its colour."""

    label: str
    colour: str | None = None
    status: Status | None = None
    aliases: tuple[str, ...] = ()
    demands: str | None = None  # "plan" (a recovery plan) or "assurance"


@dataclass(frozen=True, slots=True)
class DocScale:
    """A rating scheme in its printed order; ``name`` tells a plan's scales apart."""

    name: str  # "rag", "on_target", "assurance"
    title: str  # as printed: "Month RAG"
    ratings: tuple[DocRating, ...]
    setter: str | None = None  # who sets it, where printed: "SRO", a committee


@dataclass(frozen=True, slots=True)
class DocTheme:
    """A theme or workstream; a workstream names its parent ("6" for 6.1)."""

    ref: str | None
    title: str
    lead: str | None = None
    reporting_officer: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class DocStep:
    """A numbered sub-action with a date of its own."""

    no: str
    text: str
    due: PlanDate = PlanDate()


@dataclass(frozen=True, slots=True)
class DocAction:
    """One action as printed. ``theme`` is the theme's ref, or its title where it has no ref.

    ``ratings`` holds what each scale's cell shows, as printed, lower case ("rag" -> "green").
    ``extra`` holds every further column verbatim, by its header. ``place`` tells where it stands
    in the document ("page 3, table 2, row 14").
    """

    ref: str | None
    theme: str | None
    action: str
    owner: str | None = None
    operational_lead: str | None = None
    due: PlanDate = PlanDate()
    revised: PlanDate = PlanDate()
    ratings: Mapping[str, str] = field(default_factory=dict)
    assurance: str | None = None
    committee: str | None = None
    progress: str | None = None
    evidence: str | None = None
    steps: tuple[DocStep, ...] = ()
    strength: str | None = None  # "must" or "should"
    regulation: str | None = None
    core_service: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    garbled: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class DocMeeting:
    """A line of the reporting timeline: a meeting, a deadline or a papers-due date."""

    name: str
    date: Day | None = None
    text: str | None = None  # the date as printed, "To be confirmed" included


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something of the document that became no action, theme, scale or meeting, and why."""

    place: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """Everything read from one plan document. Every row of its tables ends in one of these lists."""

    title: str
    as_of: date | None = None
    version: str | None = None  # "V19"
    scales: tuple[DocScale, ...] = ()
    themes: tuple[DocTheme, ...] = ()
    actions: tuple[DocAction, ...] = ()
    meetings: tuple[DocMeeting, ...] = ()
    rules: tuple[str, ...] = ()  # calendar rules as printed: "every second Tuesday"
    staff_key: Mapping[str, str] = field(default_factory=dict)  # "COO" -> "Chief Operating Officer"
    unplaced: tuple[Unplaced, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)  # printed header -> field
    notes: tuple[str, ...] = ()  # what the reader wants the PMO to know, one sentence each
