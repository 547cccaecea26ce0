"""The clock acts: what falls due by the plan's schedule becomes messages; ``cycle`` shows it beforehand."""

from __future__ import annotations

from datetime import date, datetime, time

from handlers import wording
from handlers.asking import office, reminders
from handlers.assurance import rechecks
from handlers.cycle import calendar
from handlers.cycle.schedule import Effect, Schedule, assurance_pairs, due, effects_of, papers_of, schedule_of
from handlers.grammar import Call
from handlers.meetings import arising
from handlers.messages import Asker, Heading, Message, Part, Table, ToChannel, say, spans
from handlers.papers import meetingdigest, posts
from handlers.people import clearing
from handlers.privacy.visibility import seen_at
from handlers.request import Request
from storage.model.people import Channel
from storage.model.plan import Plan
from storage.model.record import Meeting, MeetingState, Visibility
from storage.store import Store

__all__ = ["cycle", "due_now", "tick"]

_NAMES = {
    "prompt": "Owners are asked",
    "chase-1": "First reminder",
    "chase-2": "Second reminder; owners hear of silent leads",
    "escalation": "The office and reporting officers hear who is silent",
    "review": "The office reviews",
    "pack": "The office is reminded to issue the pack",
    "digest": "Digest before the meeting",
    "papers": "The office is reminded of papers",
}


def due_now(store: Store, plan: Plan, now: datetime) -> list[Effect]:
    """What the clock has to do at this moment; only reads."""
    return due(schedule_of(plan, store), store.plans.effects_done(plan.id), now)


def tick(store: Store, plan: Plan, now: datetime) -> list[Message]:
    """Let the clock act once on this plan, inside ``writing``: the messages of all that falls due."""
    store = seen_at(Visibility.PUBLIC, store)  # all of it goes to channels and to people at large
    messages: list[Message] = []
    for effect in due_now(store, plan, now):
        messages += _act(effect, store, plan, now)
        for key in (effect.key, *effect.overtakes):
            store.plans.mark_effect(plan.id, key)
    return messages


def _act(effect: Effect, store: Store, plan: Plan, now: datetime) -> list[Message]:
    today = now.astimezone(calendar.zone_of(plan)).date()
    meeting = store.governance.meeting(effect.meeting_id) if effect.meeting_id else None
    if meeting is None:
        return _by_the_calendar(effect, store, plan, now, today)
    match effect.kind:
        case "prompt":
            return [
                *reminders.ask_everybody(effect.key, store, plan, meeting, today),
                *arising.asked(effect.key, store, plan, meeting, today),
            ]
        case "chase-1":
            return reminders.chases(effect.key, store, plan, meeting, today)
        case "chase-2":
            _overtake(store, effect.key.replace("chase-2", "chase-1", 1))
            return [
                *reminders.chases(effect.key, store, plan, meeting, today),
                *reminders.tell_owners(effect.key, store, plan, meeting, today),
            ]
        case "escalation":
            return reminders.escalate(effect.key, store, plan, meeting, today)
        case "review":
            return office.review(effect.key, store, plan, meeting, today)
        case "pack":
            return office.pack_due(effect.key, store, plan, meeting)
        case "papers":
            return office.papers_due(effect.key, store, plan, meeting)
        case _:
            return _digest(effect, store, plan, meeting)


def _by_the_calendar(effect: Effect, store: Store, plan: Plan, now: datetime, today: date) -> list[Message]:
    match effect.kind:
        case "daily":
            return _daily(store, plan, now, today)
        case "confirm":
            return office.confirm(effect.key, store.governance.meetings(plan.id), store, plan)
        case _:
            _overtake(store, f"weekly:{plan.slug}:")
            channels = store.plans.channels(plan.id)
            return [_post(effect, one, posts.weekly_note(plan, one.theme_id, now)) for one in channels]


def _daily(store: Store, plan: Plan, now: datetime, today: date) -> list[Message]:
    """Whoever should be asked by now and was not; what is newly nobody's; what waits to be cleared."""
    meeting = _being_asked(store, plan, now)
    late = reminders.ask_latecomers(store, plan, meeting, today) if meeting else []
    return [
        *late,
        *office.newly_unanswerable(store, plan, today),
        *clearing.reminders(store, plan, today),
        *rechecks.asked_today(store, plan, today),
        *arising.overdue(store, plan, today),
    ]


def _being_asked(store: Store, plan: Plan, now: datetime) -> Meeting | None:
    """The meeting for which owners have been asked and may still answer."""
    schedule = schedule_of(plan, store)
    done = store.plans.effects_done(plan.id)
    for meeting, previous in assurance_pairs(schedule.meetings):
        for effect in effects_of(schedule, meeting, previous):
            if effect.kind == "prompt" and effect.key in done and effect.at <= now < effect.until:
                return meeting
    return None


def _overtake(store: Store, prefix: str) -> None:
    """What has not gone out yet is not needed any more: a newer one follows."""
    store.outbox.supersede_matching(prefix, "a newer one follows")


def _digest(effect: Effect, store: Store, plan: Plan, meeting: Meeting) -> list[Message]:
    """To the plan's channels, not to a theme's; who is silent goes to the programme office by name."""
    channels = [one for one in store.plans.channels(plan.id) if one.theme_id is None]
    names = meetingdigest.silent_by_name(plan, meeting, store)
    return [
        *(_post(effect, one, posts.meeting_note(plan, meeting)) for one in channels),
        *(office.to_office(names, f"{effect.key}:office", store, plan) if names else []),
    ]


def _post(effect: Effect, channel: Channel, note: str) -> Message:
    """A digest for a channel, which may hear of several themes; its words are made when it goes."""
    key = f"{effect.key}:{channel.surface}:{channel.channel_id}"
    key += f":theme-{channel.theme_id}" if channel.theme_id else ""
    return Message(ToChannel(channel.surface, channel.channel_id), (), key=key, check=note)


def cycle(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``cycle``: what happens when up to the next meeting, and why."""
    assert plan is not None
    schedule = schedule_of(plan, store)
    ahead = [
        (one, previous)
        for one, previous in assurance_pairs(schedule.meetings)
        if one.day and one.day >= request.today and one.state is MeetingState.PLANNED
    ]
    to = Asker(everyone=call.here)
    if not ahead:
        words = "No assurance meeting lies ahead. Add one with “meeting add 10 April”."
        return [Message(to, (say(words), *_to_confirm(schedule)))]
    meeting, previous = ahead[0]
    assert meeting.day is not None
    heading = Heading(f"The cycle to the {meeting.forum} of {meeting.day:%-d %B %Y}")
    rows = sorted(_rows(schedule, meeting, previous, request.today), key=lambda row: row[0])
    cells = tuple((spans(f"{at:%a %-d %b %Y}"), spans(what), spans(why)) for at, what, why in rows)
    table = Table(("When", "What", "Why"), cells)
    return [Message(to, (heading, table, *_notes(schedule, meeting, previous), *_to_confirm(schedule)))]


def _rows(
    schedule: Schedule, meeting: Meeting, previous: Meeting | None, today: date
) -> list[tuple[datetime, str, str]]:
    """(when, what, why) of all that happens up to the meeting, other forums included."""
    effects = effects_of(schedule, meeting, previous)
    rows = [(effect.at, _NAMES[effect.kind], effect.why) for effect in effects]
    cutoff = calendar.cutoff(meeting, schedule.settings)
    assert meeting.day is not None
    if cutoff:
        why = (
            "the calendar's own deadline"
            if meeting.deadline
            else f"{wording.count(schedule.days('cutoff_days'), 'working day')} before the meeting"
        )
        rows.append((datetime.combine(cutoff, time(23, 58), schedule.zone), "Cut-off", why))
    for other in schedule.meetings:
        soon = other.day is not None and today <= other.day <= meeting.day
        if soon and other.day and other.state is not MeetingState.CANCELLED:
            at = datetime.combine(other.day, time(23, 59), schedule.zone)
            rows.append((at, other.forum, "from the plan's timeline"))
        last = datetime.combine(meeting.day, time(23, 59), schedule.zone)
        papers = [one for one in papers_of(schedule, other) if today <= one.at.date() and one.at < last]
        rows += [(one.at, f"{_NAMES['papers']}: {other.forum}", one.why) for one in papers]
    return rows


def _notes(schedule: Schedule, meeting: Meeting, previous: Meeting | None) -> list[Part]:
    """Where the calendar leaves no time to ask, that is said."""
    if any(effect.kind == "prompt" for effect in effects_of(schedule, meeting, previous)):
        return []
    words = "The cut-off leaves no time to ask after the meeting before: “setting cutoff_days 2” moves it."
    return [say(words)]


def _to_confirm(schedule: Schedule) -> list[Part]:
    names = dict.fromkeys(one.forum for one in schedule.meetings if one.state is MeetingState.TO_CONFIRM)
    if not names:
        return []
    return [
        say(
            f"To be confirmed: {wording.listing(list(names))}. The office is reminded once a month.",
            quiet=True,
        )
    ]
