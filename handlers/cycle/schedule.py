"""The rhythm of a plan, as pure functions: what follows from its meetings and settings, and what is due now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import wording
from handlers.cycle import calendar, settings
from storage.model.plan import Plan
from storage.model.record import Meeting, MeetingState
from storage.store import Store

__all__ = [
    "Effect",
    "Schedule",
    "assurance_pairs",
    "begin_anew",
    "due",
    "effects_of",
    "opens",
    "papers_of",
    "schedule_of",
]

PERSONAL = {"prompt", "chase-1", "chase-2", "escalation", "review", "pack", "papers", "confirm", "daily"}
_CHASES = ("chase-1", "chase-2")
_MORE_DAYS = 30  # beyond twice the working days of the settings, for holidays


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that the clock needs to know of one plan, without its actions."""

    slug: str
    meetings: tuple[Meeting, ...]
    settings: Mapping[str, str]
    zone: ZoneInfo

    @property
    def nation(self) -> str:
        return settings.value(self.settings, "nation")

    def days(self, name: str) -> int:
        return settings.days(self.settings, name)

    def at(self, day: date, setting: str) -> datetime:
        """That day, at the hour that the setting names."""
        return datetime.combine(day, time.fromisoformat(settings.value(self.settings, setting)), self.zone)

    def before(self, day: date, working_days: int) -> date:
        return calendar.before(day, working_days, self.nation)

    def after(self, day: date, working_days: int = 1) -> date:
        return calendar.after(day, working_days, self.nation)


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that falls due at ``at`` and is pointless after ``until``. ``key`` names it for good.

    ``overtakes`` are keys of what need not be done any more once this is.
    """

    kind: str
    key: str
    at: datetime
    until: datetime
    meeting_id: int | None = None
    why: str = ""
    overtakes: tuple[str, ...] = ()


def schedule_of(plan: Plan, store: Store) -> Schedule:
    return Schedule(
        plan.slug, tuple(store.governance.meetings(plan.id)), plan.settings, calendar.zone_of(plan)
    )


def assurance_pairs(meetings: Sequence[Meeting]) -> Iterable[tuple[Meeting, Meeting | None]]:
    """Each assurance meeting that has a day, with the one before it."""
    dated = [one for one in meetings if one.assurance and one.day and one.state is not MeetingState.CANCELLED]
    return zip(dated, [None, *dated], strict=False)


def effects_of(schedule: Schedule, meeting: Meeting, previous: Meeting | None) -> list[Effect]:
    """All effects of one assurance meeting, in order of time."""
    cutoff = calendar.cutoff(meeting, schedule.settings)
    if meeting.day is None or cutoff is None or meeting.state is not MeetingState.PLANNED:
        return []
    effects = [*_asking(schedule, meeting, previous, cutoff), *_preparing(schedule, meeting, cutoff)]
    return sorted((one for one in effects if one.at < one.until), key=lambda effect: effect.at)


def _asking(schedule: Schedule, meeting: Meeting, previous: Meeting | None, cutoff: date) -> Iterator[Effect]:
    """Owners are asked and reminded, until the cut-off."""
    opening, why = opens(schedule, meeting, previous, cutoff)
    closes = calendar.end_of(cutoff, schedule.zone)
    yield _effect(schedule, meeting, "prompt", opening, closes, why)
    numbers = (schedule.days("chase_days"), schedule.days("second_chase_days"))
    for kind, number in zip(_CHASES, numbers, strict=True):
        day = schedule.before(cutoff, number)
        if day > opening and number and not (kind == "chase-1" and number <= numbers[1]):
            yield _effect(schedule, meeting, kind, day, closes, f"{_working_days(number)} before the cut-off")


def _preparing(schedule: Schedule, meeting: Meeting, cutoff: date) -> Iterator[Effect]:
    """What follows the cut-off, until the meeting begins."""
    assert meeting.day is not None
    begins = schedule.at(meeting.day, "meeting_time")
    silence = schedule.after(cutoff)
    review = max(schedule.after(cutoff, schedule.days("review_days")), silence)
    pack = schedule.before(meeting.day, schedule.days("pack_days"))
    why_pack = f"{_working_days(schedule.days('pack_days'))} before the meeting"
    if pack <= review:  # one thing a day
        pack, why_pack = schedule.after(review), "the day after the review"
    yield _effect(schedule, meeting, "escalation", silence, begins, "the cut-off has passed")
    number = schedule.days("review_days")
    yield _effect(schedule, meeting, "review", review, begins, f"{_working_days(number)} after the cut-off")
    yield _effect(schedule, meeting, "pack", pack, begins, why_pack)
    number = schedule.days("digest_days")
    day = schedule.before(meeting.day, number)
    why = f"{_working_days(number)} before the meeting"
    yield _effect(schedule, meeting, "digest", day, begins, why, "digest_time")


def _working_days(number: int) -> str:
    return wording.count(number, "working day")


def _effect(
    schedule: Schedule,
    meeting: Meeting,
    kind: str,
    day: date,
    until: datetime,
    why: str,
    clock: str = "prompt_time",
) -> Effect:
    """``again:ID`` counts how often a meeting has moved so far that its cycle began anew."""
    again = schedule.settings.get(f"again:{meeting.id}")
    key = f"{kind}:{schedule.slug}:meeting-{meeting.id}" + (f":again-{again}" if again else "")
    return Effect(kind, key, schedule.at(day, clock), until, meeting.id, why)


def opens(schedule: Schedule, meeting: Meeting, previous: Meeting | None, cutoff: date) -> tuple[date, str]:
    """When owners are asked and why then: at most half the gap between the meetings before the cut-off,
    never before the previous one has closed."""
    number = schedule.days("open_days")
    day = schedule.before(cutoff, number)
    why = f"{_working_days(number)} before the cut-off of {cutoff:%-d %B}"
    if previous is not None and previous.day is not None and meeting.day is not None:
        half = cutoff - timedelta(days=(meeting.day - previous.day).days // 2)
        closed = previous.day + timedelta(days=1)
        if half > day:
            day, why = half, f"half the time between the meetings before the cut-off of {cutoff:%-d %B}"
        if closed > day:
            day, why = closed, f"after the meeting of {previous.day:%-d %B}"
    return calendar.working_day_from(day, schedule.nation), why


def papers_of(schedule: Schedule, meeting: Meeting) -> list[Effect]:
    """A reminder that papers of a forum are due; also of one whose day is to be confirmed."""
    if meeting.papers_due is None or meeting.state not in {MeetingState.PLANNED, MeetingState.TO_CONFIRM}:
        return []
    number = schedule.days("papers_days")
    day = schedule.before(meeting.papers_due, number)
    until = calendar.end_of(meeting.papers_due, schedule.zone)
    why = f"papers are due on {meeting.papers_due:%-d %B}, {_working_days(number)} later"
    return [_effect(schedule, meeting, "papers", day, until, why)]


def begin_anew(meeting_id: int, store: Store, plan: Plan, now: datetime) -> bool:
    """After a meeting has moved: whether its cycle starts again, for owners were asked and the new opening is ahead."""
    schedule = schedule_of(plan, store)
    done = store.plans.effects_done(plan.id)
    for meeting, previous in assurance_pairs(schedule.meetings):
        prompts = (one for one in effects_of(schedule, meeting, previous) if one.kind == "prompt")
        if meeting.id == meeting_id and any(one.key in done and one.at > now for one in prompts):
            name = f"again:{meeting_id}"
            store.plans.set_setting(plan.id, name, str(int(plan.settings.get(name, 0)) + 1))
            return True
    return False


def due(schedule: Schedule, sent_keys: Collection[str], now: datetime) -> list[Effect]:
    """What must be done now: its time has come, it is not too late for it and it is not done.

    After downtime only the newest of each kind is left: of prompts and reminders the one that is nearest
    to now, of weekly digests this week's. Nothing that goes to a person is due outside working hours.
    """
    found = [effect for meeting in schedule.meetings for effect in _now(papers_of(schedule, meeting), now)]
    for meeting, previous in assurance_pairs(schedule.meetings):
        if not _near(schedule, meeting, now):
            continue
        found += _newest(_now(effects_of(schedule, meeting, previous), now), sent_keys)
    found = _one_digest([*found, *_now(_by_the_calendar(schedule, now), now)])
    working = _working_time(schedule, now)
    ready = [
        effect for effect in found if effect.key not in sent_keys and (working or effect.kind not in PERSONAL)
    ]
    return sorted(ready, key=lambda effect: effect.at)


def _near(schedule: Schedule, meeting: Meeting, now: datetime) -> bool:
    """Whether anything of the meeting can be due; a cheap look, for calendars are long and ticks many."""
    if meeting.day is None or meeting.day < now.date() - timedelta(days=1):
        return False
    first = meeting.deadline or meeting.day - timedelta(days=2 * schedule.days("cutoff_days"))
    return now.date() >= first - timedelta(days=2 * schedule.days("open_days") + _MORE_DAYS)


def _one_digest(effects: Sequence[Effect]) -> list[Effect]:
    """The weekly digest gives way to one before a meeting that goes out on the same day."""
    weekly = {effect.at.date(): effect.key for effect in effects if effect.kind == "weekly"}
    taken = {effect.at.date() for effect in effects if effect.kind == "digest"} & set(weekly)
    return [
        replace(effect, overtakes=(weekly[effect.at.date()],))
        if effect.kind == "digest" and effect.at.date() in taken
        else effect
        for effect in effects
        if not (effect.kind == "weekly" and effect.at.date() in taken)
    ]


def _now(effects: Iterable[Effect], now: datetime) -> list[Effect]:
    return [effect for effect in effects if effect.at <= now < effect.until]


def _newest(effects: Sequence[Effect], sent_keys: Collection[str]) -> list[Effect]:
    """Nobody is asked and reminded in one breath: a late prompt overtakes reminders, a later reminder an earlier one."""
    chain = [effect for effect in effects if effect.kind in {"prompt", *_CHASES}]
    waiting = [effect for effect in chain if effect.key not in sent_keys]
    if not waiting:
        return list(effects)
    kept = waiting[0] if waiting[0].kind == "prompt" else waiting[-1]
    overtaken = tuple(effect.key for effect in waiting if effect.key != kept.key)
    return [replace(kept, overtakes=overtaken), *(effect for effect in effects if effect not in chain)]


def _by_the_calendar(schedule: Schedule, now: datetime) -> Iterator[Effect]:
    """What does not hang on an assurance meeting."""
    today = _today(schedule, now)
    nation = schedule.nation
    if calendar.is_working_day(today, nation):
        at = schedule.at(today, "prompt_time")
        key = f"daily:{schedule.slug}:{today}"
        yield Effect("daily", key, at, calendar.end_of(today, schedule.zone), None, "every working day")
    if settings.switched_on(schedule.settings, "weekly"):
        day = today - timedelta(
            days=(today.weekday() - settings.weekday(schedule.settings, "weekly_day")) % 7
        )
        at = schedule.at(day, "weekly_time")
        yield Effect(
            "weekly", f"weekly:{schedule.slug}:{day}", at, at + timedelta(days=7), None, "every week"
        )
    if any(one.state is MeetingState.TO_CONFIRM for one in schedule.meetings):
        first = calendar.working_day_from(today.replace(day=1), nation)
        at = schedule.at(first, "prompt_time")
        key = f"confirm:{schedule.slug}:{today:%Y-%m}"
        yield Effect("confirm", key, at, at + timedelta(days=14), None, "once a month")


def _today(schedule: Schedule, now: datetime) -> date:
    return now.astimezone(schedule.zone).date()


def _working_time(schedule: Schedule, now: datetime) -> bool:
    local = now.astimezone(schedule.zone)
    start, _, end = settings.value(schedule.settings, "working_hours").partition("-")
    return calendar.is_working_day(local.date(), schedule.nation) and (
        time.fromisoformat(start) <= local.time() < time.fromisoformat(end)
    )
