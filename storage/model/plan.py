"""The plan as the record holds it: themes, actions, scales, and where each action stands now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storage.model.document import PlanDate
from storage.model.reading import Status

__all__ = [
    "Action",
    "ActionView",
    "Plan",
    "Rated",
    "Rating",
    "RatingSource",
    "RatingStage",
    "Scale",
    "State",
    "Step",
    "Theme",
]


class State(StrEnum):
    """Where an action stands. *Overdue* is no state: it is an open action whose due date has passed."""

    OPEN = "open"
    CLAIMED = "claimed"  # the owner says complete, no meeting has agreed
    ASSURING = "assuring"  # agreed complete, the effect is being watched
    CLOSED = "closed"
    UNDELIVERED = "undelivered"  # superseded, merged, transferred, withdrawn, business as usual
    HELD = "held"  # on hold


class RatingStage(StrEnum):
    """A rating is agreed (document or meeting) or proposed (owner or PMO); a reading is neither."""

    AGREED = "agreed"
    PROPOSED = "proposed"


class RatingSource(StrEnum):
    """Where a rating comes from."""

    DOCUMENT = "document"
    MEETING = "meeting"
    OWNER = "owner"
    PMO = "pmo"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating of a scale. ``demands``: "plan" (a recovery plan), "assurance" (a meeting and evidence) or None."""

    label: str
    colour: str | None = None
    status: Status | None = None
    aliases: tuple[str, ...] = ()
    demands: str | None = None

    @property
    def short(self) -> str:
        """How people call it: by its colour where it has one ("Amber"), else by its label."""
        return self.colour.capitalize() if self.colour else self.label


@dataclass(frozen=True, slots=True)
class Scale:
    """A plan's scale in its own words and order. ``name`` ("rag", "on_target", "assurance") is its key in the plan."""

    id: int
    name: str
    title: str
    ratings: tuple[Rating, ...]
    setter: str | None = None

    def find(self, word: str) -> Rating | None:
        """The rating that a word names: by label, colour or alias, without case."""
        wanted = word.strip().casefold()
        for rating in self.ratings:
            names = (rating.label, rating.colour or "", *rating.aliases)
            if wanted and wanted in {name.casefold() for name in names}:
                return rating
        return None

    def for_status(self, status: Status) -> Rating | None:
        """The rating that stands for a status; None where the scale has none."""
        return next((rating for rating in self.ratings if rating.status is status), None)

    def short(self, label: str) -> str:
        """How people call the rating of that label; the label itself where the scale has none such."""
        return next((rating.short for rating in self.ratings if rating.label == label), label)

    def position(self, label: str) -> int:
        """Place in the printed order, 0 first; -1 for a label that is not of this scale."""
        return next((i for i, rating in enumerate(self.ratings) if rating.label == label), -1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan. ``settings`` are the plan's own (see docs/settings.md); ``scales`` the first is the main one."""

    id: int
    slug: str
    title: str
    as_of: date | None
    version: str | None
    scales: tuple[Scale, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    def scale(self, name: str | None = None) -> Scale | None:
        """The scale of that name, or the main one."""
        if name is None:
            return self.scales[0] if self.scales else None
        return next((scale for scale in self.scales if scale.name == name), None)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme; a workstream is a theme with a parent."""

    id: int
    ref: str | None
    title: str
    lead: str | None = None
    reporting_officer: str | None = None
    parent_id: int | None = None

    @property
    def name(self) -> str:
        return f"Theme {self.ref}: {self.title}" if self.ref else self.title


@dataclass(frozen=True, slots=True)
class Step:
    """A numbered sub-action of an action."""

    id: int
    no: str
    text: str
    due: PlanDate = field(default_factory=PlanDate)
    done: date | None = None


_WORDS = 3  # letters that a clause has at least
_NO_WORDS = "(the document gives it no words)"


@dataclass(frozen=True, slots=True)
class Action:
    """An action as imported. ``handle`` is its number in the plan (#17), accepted wherever a ref is."""

    id: int
    handle: int
    ref: str | None
    theme_id: int | None
    text: str
    owner: str | None = None
    lead: str | None = None
    baseline: PlanDate = field(default_factory=PlanDate)
    strength: str | None = None
    committee: str | None = None
    promise: str | None = None  # the document's "description of assurance"
    progress: str | None = None  # the document's own progress text
    regulation: str | None = None
    core_service: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    dropped: bool = False  # the newest version of the document lacks it

    @property
    def name(self) -> str:
        """The ref, or the handle where there is none."""
        return self.ref or f"#{self.handle}"

    @property
    def title(self) -> str:
        """The first clause of the action's text, at most about 80 characters, for lists and receipts."""
        text = " ".join(self.text.split())
        first = text.split(". ")[0].split(": ")[0].split("; ")[0].strip(" .:;")
        if sum(character.isalpha() for character in first) < _WORDS:
            first = text.lstrip("0123456789.)( ") or _NO_WORDS  # a number of a list is no title
        if len(first) <= 80:
            return first
        return first[:78].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as it stands on one scale of one action, with where it comes from."""

    scale: str
    label: str
    stage: RatingStage
    source: RatingSource
    at: datetime
    by: int | None = None  # person
    meeting_id: int | None = None
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action with where it stands now: what a status line, a digest or a pack prints.

    ``due`` is the current due date (baseline, or the last agreed one); ``requested`` a date that
    was asked for and waits for a meeting. ``last_at`` etc. tell of the newest standing update.
    """

    action: Action
    theme: Theme | None
    state: State
    state_note: str | None
    due: PlanDate
    agreed: Mapping[str, Rated] = field(default_factory=dict)
    proposed: Mapping[str, Rated] = field(default_factory=dict)
    requested: PlanDate | None = None
    requested_at: datetime | None = None
    slips: int = 0  # agreed moves of the due date
    last_update_id: int | None = None
    last_at: datetime | None = None
    last_author: str | None = None
    last_line: str | None = None  # its one-line summary
    last_link: str | None = None
    last_no_change: bool = False
    visibility: str = "public"  # of the newest update
    step_requests: Mapping[str, PlanDate] = field(default_factory=dict)  # step number -> date asked for

    @property
    def name(self) -> str:
        return self.action.name

    def overdue(self, today: date) -> bool:
        """Open, with a due date that has passed; a start, recurring or ongoing date is none."""
        return (
            self.state is State.OPEN
            and self.due.kind == "due"
            and self.due.end is not None
            and self.due.end < today
        )
