"""The digests as posts: kept as a note of what is to be told, and told by the record of the moment when they go.

So nothing goes out that was held, withdrawn or erased while a post waited, and no picture is drawn while
the record is being written. A note is the ``check`` of its post: ``made:weekly:1:0:2018-03-05T09:00:00+00:00``
is the week of plan 1 to that moment, for no theme; ``made:digest:1:12`` is plan 1 before meeting 12.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from handlers.cycle import calendar
from handlers.messages import Part
from handlers.papers import digests, meetingdigest
from handlers.privacy.visibility import seen_at
from storage.model.plan import Plan
from storage.model.record import Meeting, MeetingState, Visibility
from storage.store import Store

__all__ = ["meeting_note", "still_wanted", "told", "weekly_note"]

_WEEK = timedelta(days=7)


def weekly_note(plan: Plan, theme_id: int | None, now: datetime) -> str:
    return f"made:weekly:{plan.id}:{theme_id or 0}:{now.isoformat()}"


def meeting_note(plan: Plan, meeting: Meeting) -> str:
    return f"made:digest:{plan.id}:{meeting.id}"


def still_wanted(note: str, store: Store, now: datetime) -> bool:
    """Whether the digest is still to go: the week's in its week, the meeting's until its day is over."""
    kind, plan, which, moment = _read(note)
    if kind == "weekly":
        return moment is not None and now < moment + _WEEK
    meeting = store.governance.meeting(which)
    if meeting is None or meeting.day is None or meeting.state is not MeetingState.PLANNED:
        return False
    return now < calendar.end_of(meeting.day, calendar.zone_of(store.plans.by_id(plan)))


def told(note: str, store: Store, now: datetime) -> Callable[[], tuple[Part, ...]]:
    """What it says, read from the record now; the call that gives it needs the record no more, and may draw."""
    kind, plan_id, which, moment = _read(note)
    store = seen_at(Visibility.PUBLIC, store)
    plan = store.plans.by_id(plan_id)
    at = (moment or now).astimezone(calendar.zone_of(plan))
    if kind == "weekly":
        theme = next((one for one in store.plans.themes(plan.id) if one.id == which), None)
        parts = tuple(digests.weekly(plan, store, at, at.date(), theme))
        return lambda: parts
    meeting = store.governance.meeting(which)
    assert meeting is not None  # it is still wanted
    said = meetingdigest.before_meeting(plan, meeting, store, at.date())
    draw = meetingdigest.chart(plan, meeting, store)
    return lambda: (*said, draw()) if draw else tuple(said)


def _read(note: str) -> tuple[str, int, int, datetime | None]:
    _, kind, plan, which, *moment = note.split(":", 4)
    return kind, int(plan), int(which), datetime.fromisoformat(moment[0]) if moment else None
