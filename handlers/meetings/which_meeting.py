"""Which meeting the words mean."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.cycle import calendar
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.model.record import Meeting, MeetingState
from storage.store import Store

__all__ = ["meeting_meant", "meeting_named", "meeting_on"]

_WRITE_UP = timedelta(days=31)


def meeting_meant(request: Request, plan: Plan, store: Store, words: str = "") -> tuple[Meeting, str]:
    """The meeting that "m12" at the start names, else the open sheet's, today's or one just held; and the other words."""
    meetings = store.governance.meetings(plan.id)
    match = re.match(r"m(\d{1,9})(?:\s+|$)", words)
    if match:
        numbered = next((one for one in meetings if one.id == int(match[1])), None)
        if numbered is None:
            raise UsageError(
                f"{plan.slug} has no meeting {match[0].strip()}. Open the sheet again with “meeting 10 April”."
            )
        return numbered, words[match.end() :]
    opened = plan.settings.get("open_meeting", "")
    chosen = (
        next((one for one in meetings if str(one.id) == opened), None)
        or next((one for one in meetings if one.assurance and one.day == request.today), None)
        or _just_held(meetings, request.today)
    )
    if chosen is None:
        raise UsageError("Which meeting? Open its sheet first: “meeting 10 April”, or “meeting next”.")
    return chosen, words


def _just_held(meetings: list[Meeting], today: date) -> Meeting | None:
    """The last one, while its decisions are likely still being written up."""
    last = calendar.last_held(meetings, today)
    return last if last is not None and last.day is not None and today - last.day <= _WRITE_UP else None


def meeting_on(request: Request, plan: Plan, store: Store, words: str) -> Meeting:
    """The assurance meeting on that day; without a day the next one, today's included. Cancelled ones are none."""
    meetings = [
        one
        for one in store.governance.meetings(plan.id, assurance=True)
        if one.day and one.state is not MeetingState.CANCELLED
    ]
    low = words.strip().casefold()
    if low in {"", "next"}:
        chosen = calendar.next_meeting(meetings, request.today)
    elif low == "last":
        chosen = calendar.last_held(meetings, request.today)
    else:
        chosen = _on_day(meetings, request, words)
    if chosen is None:
        raise UsageError(_known(meetings, request.today))
    return chosen


def _on_day(meetings: list[Meeting], request: Request, words: str) -> Meeting | None:
    """The meeting in the span that the words name; else the one on that day of another year."""
    found = request.read(words, request.today).dates
    if not found:
        return None
    first, last = found[0].start, found[0].end
    inside = (one for one in meetings if one.day and first <= one.day <= last)
    same = (one for one in meetings if one.day and (one.day.day, one.day.month) == (first.day, first.month))
    return next(inside, None) or next(same, None)


def _known(meetings: list[Meeting], today: date) -> str:
    days = [one.day for one in meetings if one.day]
    near = sorted(sorted(days, key=lambda day: abs(day - today))[:6])
    known = ", ".join(f"{day:%-d %B %Y}" for day in near) or "none yet"
    return f"There is no assurance meeting then. Near today are: {known}. Add one with “meeting add 10 April 2026”."


def meeting_named(meeting: Meeting) -> str:
    """ "Assurance meeting of 10 April 2026"."""
    return f"{meeting.forum} of {meeting.day:%-d %B %Y}" if meeting.day else meeting.forum
