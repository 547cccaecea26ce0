"""The rhythm of the plan: what falls due when, decided by a pure function and acted on by the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import asking, calendar, digests
from handlers.grammar import Call
from handlers.messages import Asker, Heading, Message, Part, Table, ToChannel, say, spans
from handlers.request import Request
from handlers.visibility import seen_at
from storage.model.people import Channel
from storage.model.plan import Plan, Theme
from storage.model.record import Meeting, MeetingState, Visibility
from storage.store import Store

__all__ = ["Effect", "Schedule", "cycle", "due", "effects_of", "schedule_of", "tick"]

_PERSONAL = {"prompt", "chase-1", "chase-2", "escalation"}


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that the clock needs to know of one plan, without its actions."""

    slug: str
    meetings: tuple[Meeting, ...]
    settings: Mapping[str, str]
    zone: ZoneInfo

    @property
    def nation(self) -> str:
        return self.settings.get("nation", "ENG")


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that falls due at ``at`` and is pointless after ``until``. ``key`` names it for good."""

    kind: str
    key: str
    at: datetime
    until: datetime
    meeting_id: int | None = None
    why: str = ""


def schedule_of(plan: Plan, store: Store) -> Schedule:
    return Schedule(
        plan.slug, tuple(store.governance.meetings(plan.id)), plan.settings, calendar.zone_of(plan)
    )


def effects_of(schedule: Schedule, meeting: Meeting, previous: Meeting | None) -> list[Effect]:
    """All effects of one assurance meeting, in order of time."""
    cutoff = calendar.cutoff(meeting, schedule.settings)
    if meeting.day is None or cutoff is None or meeting.state is not MeetingState.PLANNED:
        return []
    opens = _opens(schedule, meeting, previous, cutoff)
    meets = _at(schedule, meeting.day, "meeting_time", "09:00")
    closes = calendar.end_of(cutoff, schedule.zone)
    nation = schedule.nation
    digest_day = calendar.before(meeting.day, int(schedule.settings.get("digest_days", 1)), nation)
    steps = [
        (
            "prompt",
            opens,
            closes,
            f"{schedule.settings.get('open_days', 10)} working days before the cut-off of {cutoff:%-d %B}",
        ),
        (
            "chase-1",
            calendar.before(cutoff, int(schedule.settings.get("chase_days", 3)), nation),
            closes,
            "3 working days before the cut-off",
        ),
        ("chase-2", calendar.before(cutoff, 1, nation), closes, "1 working day before the cut-off"),
        ("escalation", _after(cutoff, nation), meets, "the cut-off has passed"),
        ("digest", digest_day, meets, "1 working day before the meeting"),
    ]
    effects = []
    for kind, day, until, why in steps:
        if kind.startswith("chase") and day <= opens:
            continue
        clock = "digest_time" if kind == "digest" else "prompt_time"
        key = f"{kind}:{schedule.slug}:meeting-{meeting.id}"
        effects.append(Effect(kind, key, _at(schedule, day, clock, "09:00"), until, meeting.id, why))
    return sorted(effects, key=lambda effect: effect.at)


def _opens(schedule: Schedule, meeting: Meeting, previous: Meeting | None, cutoff: date) -> date:
    """At most half the gap between the meetings before the cut-off, never before the previous one has closed."""
    opens = calendar.before(cutoff, int(schedule.settings.get("open_days", 10)), schedule.nation)
    if previous is not None and previous.day is not None and meeting.day is not None:
        half = (meeting.day - previous.day).days // 2
        opens = max(opens, cutoff - timedelta(days=half), previous.day + timedelta(days=1))
    while not calendar.is_working_day(opens, schedule.nation):
        opens += timedelta(days=1)
    return opens


def _after(day: date, nation: str) -> date:
    day += timedelta(days=1)
    while not calendar.is_working_day(day, nation):
        day += timedelta(days=1)
    return day


def _at(schedule: Schedule, day: date, setting: str, default: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(schedule.settings.get(setting, default)), schedule.zone)


def _weekly(schedule: Schedule, now: datetime) -> Effect:
    """This week's digest (default Monday 09:00); it keeps till the next one."""
    today = now.astimezone(schedule.zone).date()
    weekday = int(schedule.settings.get("weekly_day", 0))
    day = today - timedelta(days=(today.weekday() - weekday) % 7)
    at = _at(schedule, day, "weekly_time", "09:00")
    return Effect("weekly", f"weekly:{schedule.slug}:{day}", at, at + timedelta(days=7), None, "every week")


def due(schedule: Schedule, sent_keys: Collection[str], now: datetime) -> list[Effect]:
    """What must be done now: its time has come, it is not too late for it and it is not done.

    After downtime only the newest of each kind is left: of several chases the last, of weekly
    digests this week's. Nothing that goes to a person is due outside working hours.
    """
    found: dict[str, Effect] = {}
    for meeting, previous in _pairs(schedule.meetings):
        for effect in effects_of(schedule, meeting, previous):
            if effect.at <= now < effect.until:
                found["chase" if effect.kind.startswith("chase") else effect.key] = effect
    weekly = _weekly(schedule, now)
    digest_days = {effect.at.date() for effect in found.values() if effect.kind == "digest"}
    if (
        weekly.at <= now
        and schedule.settings.get("weekly", "on") != "off"
        and weekly.at.date() not in digest_days
    ):
        found[weekly.key] = weekly
    ready = [effect for effect in found.values() if effect.key not in sent_keys]
    if not _working_time(schedule, now):
        ready = [effect for effect in ready if effect.kind not in _PERSONAL]
    return sorted(ready, key=lambda effect: effect.at)


def _pairs(meetings: Sequence[Meeting]) -> Iterable[tuple[Meeting, Meeting | None]]:
    """Each assurance meeting with the one before it."""
    dated = [one for one in meetings if one.assurance and one.day and one.state is not MeetingState.CANCELLED]
    return zip(dated, [None, *dated], strict=False)


def _working_time(schedule: Schedule, now: datetime) -> bool:
    local = now.astimezone(schedule.zone)
    start, _, end = schedule.settings.get("working_hours", "08:00-18:00").partition("-")
    return calendar.is_working_day(local.date(), schedule.nation) and (
        time.fromisoformat(start) <= local.time() < time.fromisoformat(end)
    )


def tick(store: Store, plan: Plan, now: datetime) -> list[Message]:
    """Let the clock act once on this plan, inside ``writing``: the messages of all that falls due."""
    store = seen_at(Visibility.PUBLIC, store)  # all of it goes to channels and to people at large
    schedule = schedule_of(plan, store)
    effects = due(schedule, store.plans.effects_done(plan.id), now)
    messages: list[Message] = []
    for effect in effects:
        messages += _act(effect, store, plan, now)
        store.plans.mark_effect(plan.id, effect.key)
    return messages


def _act(effect: Effect, store: Store, plan: Plan, now: datetime) -> list[Message]:
    today = now.astimezone(calendar.zone_of(plan)).date()
    meeting = store.governance.meeting(effect.meeting_id) if effect.meeting_id else None
    if meeting is None:
        return _post(effect, store, plan, lambda theme: digests.weekly(plan, store, now, today, theme))
    match effect.kind:
        case "prompt":
            return asking.ask_everybody(store, plan, meeting, today)
        case "chase-1" | "chase-2":
            return asking.chases(store, plan, meeting, today, effect.kind)
        case "escalation":
            return asking.escalate(effect.key, store, plan, meeting, today)
        case _:
            return _post(
                effect,
                store,
                plan,
                lambda theme: digests.before_meeting(plan, meeting, store, now, today),
                whole=True,
            )


def _post(
    effect: Effect,
    store: Store,
    plan: Plan,
    parts_for: Callable[[Theme | None], list[Part]],
    whole: bool = False,
) -> list[Message]:
    """One message a channel; a theme's channel gets its theme, except of what speaks of the whole plan."""
    themes = {theme.id: theme for theme in store.plans.themes(plan.id)}
    messages = []
    for channel in store.plans.channels(plan.id):
        if whole and channel.theme_id is not None:
            continue
        parts = parts_for(themes.get(channel.theme_id or 0))
        messages.append(
            Message(_to(channel), tuple(parts), key=f"{effect.key}:{channel.surface}:{channel.channel_id}")
        )
    return messages


def _to(channel: Channel) -> ToChannel:
    return ToChannel(channel.surface, channel.channel_id)


def cycle(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``cycle``: what happens when for the next meeting, and why."""
    assert plan is not None
    schedule = schedule_of(plan, store)
    ahead = [
        (one, previous) for one, previous in _pairs(schedule.meetings) if one.day and one.day >= request.today
    ]
    if not ahead:
        return [
            Message(Asker(), (say("No assurance meeting lies ahead. Add one with “meeting add 10 April”."),))
        ]
    meeting, previous = ahead[0]
    names = {"prompt": "Owners are asked", "chase-1": "First reminder", "chase-2": "Second reminder",
             "escalation": "The office hears who is silent", "digest": "Digest before the meeting"}  # fmt: skip
    rows = [(effect.at, names[effect.kind], effect.why) for effect in effects_of(schedule, meeting, previous)]
    cutoff = calendar.cutoff(meeting, plan.settings)
    if cutoff:
        rows.append(
            (
                datetime.combine(cutoff, time(17), schedule.zone),
                "Cut-off",
                "the calendar's own" if meeting.deadline else "5 working days before",
            )
        )
    assert meeting.day is not None
    rows.append(
        (
            datetime.combine(meeting.day, time(23, 59), schedule.zone),
            meeting.forum,
            "from the plan's timeline",
        )
    )
    cells = tuple((spans(f"{at:%a %-d %b %Y}"), spans(what), spans(why)) for at, what, why in sorted(rows))
    heading = Heading(f"The cycle to the {meeting.forum} of {meeting.day:%-d %B %Y}")
    return [Message(Asker(everyone=call.here), (heading, Table(("When", "What", "Why"), cells)))]
