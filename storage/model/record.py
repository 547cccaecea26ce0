"""What people said and what meetings decided: updates, requests, decisions, meetings, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storage.model.document import PlanDate
from storage.model.reading import Reading

__all__ = [
    "Arising",
    "AuditRow",
    "Change",
    "Claim",
    "DateRequest",
    "Decision",
    "DecisionKind",
    "Evidence",
    "Meeting",
    "MeetingState",
    "Prompt",
    "Update",
    "UpdateKind",
    "Visibility",
]


class Visibility(StrEnum):
    """Who may read an update."""

    PUBLIC = "public"
    COMMITTEE = "committee"
    RESTRICTED = "restricted"


class UpdateKind(StrEnum):
    """An update, or what happened to one: rows are only ever added."""

    UPDATE = "update"
    NO_CHANGE = "no_change"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes the record, when, by which surface and message, and why; every write takes one."""

    actor_id: int | None  # None: the bot itself (the clock, an import by command line)
    when: datetime
    via: str  # "slack", "teams", "console", "cli", "clock"
    message: str | None = None  # inbox key
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """One message about one action. ``text`` is verbatim (None once erased)."""

    id: int
    action_id: int
    kind: UpdateKind
    text: str | None
    reading: Reading
    author_id: int
    author: str
    entered_by_id: int | None
    at: datetime
    via: str
    meeting_id: int | None = None  # the cycle it counts for
    replaces_id: int | None = None
    step_no: str | None = None
    link: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    standing: bool = True  # not replaced, not withdrawn
    source: str | None = None  # surface:conversation:message id, by which an edit of the message finds it


@dataclass(frozen=True, slots=True)
class DateRequest:
    """A row of the slippage ledger. ``outcome`` is None while it waits for a meeting."""

    id: int
    action_id: int
    was: PlanDate
    wanted: PlanDate
    reason: str | None
    asked_by_id: int | None
    asked_at: datetime
    update_id: int | None = None
    outcome: str | None = None  # "agreed", "refused", "replaced" (by a later request)
    decided_at: datetime | None = None
    meeting_id: int | None = None
    step_no: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An owner's "complete". ``sustain_months`` 0: evidence only; else the effect is watched so long."""

    id: int
    action_id: int
    update_id: int | None
    claimed_by_id: int | None
    claimed_at: datetime
    sustain_months: int | None = None
    sustained: int = 0
    outcome: str | None = None  # "agreed", "refused", "withdrawn"
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves an action done: a link; the document stays where it is."""

    id: int
    action_id: int
    link: str
    at: datetime
    by_id: int | None
    checked_by_id: int | None = None
    checked_at: datetime | None = None
    note: str | None = None


class MeetingState(StrEnum):
    PLANNED = "planned"
    TO_CONFIRM = "to_confirm"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a forum. ``deadline`` is the calendar's own date for progress updates, where it has one."""

    id: int
    forum: str
    day: date | None
    deadline: date | None = None
    assurance: bool = False  # the forum that agrees ratings
    state: MeetingState = MeetingState.PLANNED
    quorate: bool | None = None
    chair: str | None = None
    printed: str | None = None
    papers_due: date | None = None


class DecisionKind(StrEnum):
    AGREE = "agree"
    REFUSE = "refuse"
    DEFER = "defer"
    AGREE_AS = "agree_as"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting did with one line. ``recommended``: the meeting was not quorate; nothing moved until ratified."""

    id: int
    meeting_id: int
    action_id: int | None
    kind: DecisionKind
    subject: str  # "rating", "date", "claim", "assurance", "state", "verbal", "note"
    scale: str | None
    label: str | None
    due: PlanDate | None
    words: str | None
    recorded_by_id: int | None
    at: datetime
    recommended: bool = False
    ratified_by_meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Arising:
    """An action arising at a meeting; asked after like an action, first on the next sheet."""

    id: int
    meeting_id: int
    no: str
    text: str
    owner: str
    due: date | None
    person_id: int | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A message that asked a person for progress: which actions, for which meeting, in which conversation."""

    id: int
    plan_id: int
    person_id: int
    meeting_id: int | None
    sent_at: datetime
    surface: str
    conversation: str | None
    message_id: str | None
    action_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change of anything; ``hash`` chains it to the row before."""

    id: int
    at: datetime
    actor_id: int | None
    via: str
    message: str | None
    what: str  # "update", "rating", "date_request", ...
    row_id: int
    plan_id: int | None
    action_id: int | None
    was: Mapping[str, object] | None
    now: Mapping[str, object] | None
    why: str | None
    hash: str = field(default="")
