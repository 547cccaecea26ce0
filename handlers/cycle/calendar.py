"""Meetings, working days and cut-offs: which cycle a day belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers.cycle import settings as plan_settings
from storage.model.plan import Plan
from storage.model.record import Meeting, MeetingState

__all__ = [
    "after",
    "bank_holidays",
    "before",
    "counts_for",
    "cutoff",
    "end_of",
    "is_working_day",
    "last_held",
    "missed",
    "next_meeting",
    "working_day_from",
    "zone_of",
]


@lru_cache(maxsize=64)
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The bank holidays of that part of the UK ("ENG", "SCT", "WLS", "NIR") in that year."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv=nation, years=year))


def is_working_day(day: date, nation: str = "ENG") -> bool:
    return day.weekday() < 5 and day not in bank_holidays(nation, day.year)


def before(day: date, working_days: int, nation: str = "ENG") -> date:
    """The working day that lies so many working days before ``day``."""
    while working_days > 0:
        day -= timedelta(days=1)
        working_days -= is_working_day(day, nation)
    return day


def after(day: date, working_days: int = 1, nation: str = "ENG") -> date:
    """The working day that lies so many working days after ``day``."""
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= is_working_day(day, nation)
    return day


def working_day_from(day: date, nation: str = "ENG") -> date:
    """That day, or the first working day after it."""
    while not is_working_day(day, nation):
        day += timedelta(days=1)
    return day


def cutoff(meeting: Meeting, settings: Mapping[str, str]) -> date | None:
    """The last day on which an update counts for the meeting: the calendar's own, else 5 working days before."""
    if meeting.deadline is not None or meeting.day is None:
        return meeting.deadline
    return before(
        meeting.day, plan_settings.days(settings, "cutoff_days"), plan_settings.value(settings, "nation")
    )


def counts_for(
    meetings: Sequence[Meeting], settings: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Meeting | None:
    """The assurance meeting that an update of this moment counts for: the first whose cut-off day is not over."""
    today = now.astimezone(zone).date()
    for meeting in meetings:
        last = cutoff(meeting, settings)
        if meeting.assurance and meeting.state is MeetingState.PLANNED and last is not None and today <= last:
            return meeting
    return None


def missed(meetings: Sequence[Meeting], settings: Mapping[str, str], today: date) -> Meeting | None:
    """The next assurance meeting, where its cut-off has passed: what is said today is late for it."""
    meeting = next_meeting(meetings, today)
    last = cutoff(meeting, settings) if meeting else None
    return meeting if last is not None and last < today else None


def next_meeting(meetings: Sequence[Meeting], today: date) -> Meeting | None:
    """The next assurance meeting, today's included."""
    ahead = (one for one in meetings if one.assurance and one.day and one.state is MeetingState.PLANNED)
    return next((one for one in ahead if one.day is not None and one.day >= today), None)


def last_held(meetings: Sequence[Meeting], today: date) -> Meeting | None:
    """The newest assurance meeting that lies behind."""
    behind = [
        one for one in meetings if one.assurance and one.day and one.state is not MeetingState.CANCELLED
    ]
    past = [one for one in behind if one.day is not None and one.day < today]
    return past[-1] if past else None


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first moment after that day."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def zone_of(plan: Plan) -> ZoneInfo:
    """The plan's own time zone, by default the site's: Europe/London."""
    return ZoneInfo(plan_settings.value(plan.settings, "timezone"))
