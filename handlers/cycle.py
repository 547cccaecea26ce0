"""The rhythm of the plan: what falls due when, decided by a pure function and acted on by the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import asking, calendar, digests
from handlers.grammar import Call
from handlers.messages import Asker, Heading, Message, Part, Table, ToChannel, ToPerson, say, spans
from handlers.request import Request
from storage.model.people import Channel, Party, Person, Role
from storage.model.plan import ActionView, Plan, State, Theme
from storage.model.record import Meeting, MeetingState
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


asked_people(store: Store, plan: Plan, today: date) -> dict[int, list[ActionView]]:
    """Person -> the open actions to ask them about: the lead where there is one, else the owner, else the deputy."""
    parties = store.people.parties(plan.id, today)
    asked: dict[int, list[ActionView]] = {}
    for view in store.plans.views(plan.id, states=[State.OPEN]):
        for person_id in _to_ask(parties.get(view.action.id, ()), store, today):
            asked.setdefault(person_id, []).append(view)
    return asked


_to_ask(parties: Sequence[Party], store: Store, today: date) -> list[int]:
    leads = [party.person_id for party in parties if party.role == "lead" and party.person_id]
    owners = [party.person_id for party in parties if party.role == "owner" and party.person_id]
    people = [store.people.get(person_id) for person_id in dict.fromkeys(leads or owners)]
    present = [_present(person, store, today) for person in people if person is not None]
    return list(dict.fromkeys(person_id for person_id in present if person_id is not None))


_present(person: Person, store: Store, today: date) -> int | None:
    """The person, or who stands in while they are away; None for nobody."""
    if person.active and not (person.away_until and today < person.away_until):
        return person.id
    deputy = store.people.get(person.deputy_id) if person.deputy_id else None
    return deputy.id if deputy and deputy.active else None


def tick(store: Store, plan: Plan, now: datetime) -> list[Message]:
    """Let the clock act once on this plan, inside ``writing``: the messages of all that falls due."""
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


_prompts(store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """One prompt a person; the programme office hears at once of whom the bot cannot reach."""
    messages = []
    unreachable: list[tuple[Person, list[ActionView]]] = []
    for person_id, views in asked_people(store, plan, today).items():
        person = store.people.get(person_id)
        if person is None:
            continue
        if not person.accounts:
            unreachable.append((person, views))
            continue
        ids = [view.action.id for view in views]
        store.updates.add_prompt(plan.id, person.id, meeting.id, ids, person.accounts[0].surface, None)
        messages.append(prompts.prompt(plan, meeting, person, views, today))
    return [*messages, *_office_told(unreachable, store, plan, meeting, today)]


_office_told(
    unreachable: Sequence[tuple[Person, list[ActionView]]],
    store: Store,
    plan: Plan,
    meeting: Meeting,
    today: date,
) -> list[Message]:
    nobody = _nobody_to_ask(store, plan, today)
    if not unreachable and not nobody:
        return []
    parts: list[Part] = [say(f"Owners are asked now for the {meeting.forum}. These the bot cannot ask:")]
    parts += [
        say(f"{person.name} is in no chat: {wording.listing([view.name for view in views], 30)}.")
        for person, views in unreachable
    ]
    if nobody:
        parts.append(
            say(f"Nobody to ask: {wording.listing([view.name for view in nobody], 30)}. “people” maps them.")
        )
    parts.append(say("“ask ORGANISATION” writes a return to send by e-mail.", quiet=True))
    return _to_office(parts, f"unreachable:{plan.slug}:meeting-{meeting.id}", store, plan)


_nobody_to_ask(store: Store, plan: Plan, today: date) -> list[ActionView]:
    parties = store.people.parties(plan.id, today)
    views = store.plans.views(plan.id, states=[State.OPEN])
    return [view for view in views if not _to_ask(parties.get(view.action.id, ()), store, today)]


_to_office(parts: Sequence[Part], key: str, store: Store, plan: Plan) -> list[Message]:
    office = [one for one in store.people.with_role(plan.id, Role.PMO) if one.accounts]
    return [Message(ToPerson(one.id), tuple(parts), key=f"{key}:person-{one.id}") for one in office]


silent(store: Store, plan: Plan, meeting: Meeting) -> dict[int, list[ActionView]]:
    """Person -> the actions that they were asked about for this meeting and that nobody has answered."""
    answered = {update.action_id for update in store.updates.of_plan(plan.id, meeting_id=meeting.id)}
    waiting: dict[int, list[ActionView]] = {}
    for prompt in store.updates.prompts_of(plan.id, meeting.id):
        left = [action_id for action_id in prompt.action_ids if action_id not in answered]
        views = store.plans.views(plan.id, action_ids=left, states=[State.OPEN]) if left else []
        if views:
            waiting.setdefault(prompt.person_id, []).extend(views)
    return waiting


chases(store: Store, plan: Plan, meeting: Meeting, today: date, kind: str) -> list[Message]:
    """A reminder to everybody who has not answered."""
    number = int(kind.partition("-")[2] or 0)
    messages = []
    for person_id, views in silent(store, plan, meeting).items():
        person = store.people.get(person_id)
        if person is not None and _present(person, store, today) == person.id:
            messages.append(prompts.chase(plan, meeting, person, views, today, number))
    return messages


_escalation(effect: Effect, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """The programme office hears who has not answered and which actions have nobody to ask."""
    waiting = silent(store, plan, meeting)
    nobody = _nobody_to_ask(store, plan, today)
    if not waiting and not nobody:
        return []
    rows = []
    for person_id, views in waiting.items():
        person = store.people.get(person_id)
        rows.append(
            (spans(person.name if person else "?"), spans(wording.listing([view.name for view in views], 30)))
        )
    parts: list[Part] = [Heading(f"The cut-off for the {meeting.forum} has passed")]
    if rows:
        parts.append(Table(("Has not answered", "Actions"), tuple(rows)))
    if nobody:
        parts.append(
            say(f"Nobody to ask: {wording.listing([view.name for view in nobody], 30)}. “people” maps them.")
        )
    return [*_to_office(parts, effect.key, store, plan), *_officers(effect, waiting, store, plan, meeting)]


_officers(
    effect: Effect, waiting: Mapping[int, Sequence[ActionView]], store: Store, plan: Plan, meeting: Meeting
) -> list[Message]:
    """The reporting officer of a theme hears which of its actions have no answer, where that person is known."""
    by_theme: dict[int, list[str]] = {}
    themes = {theme.id: theme for theme in store.plans.themes(plan.id)}
    for views in waiting.values():
        for view in views:
            if view.theme:
                by_theme.setdefault(view.theme.id, []).append(view.name)
    messages = []
    for theme_id, names in by_theme.items():
        officer = _known_officer(themes[theme_id].reporting_officer, store)
        if officer is None or officer.id in waiting:
            continue
        words = f"{themes[theme_id].name}: no answer yet on {wording.listing(names, 30)}, and the cut-off for the {meeting.forum} has passed."
        messages.append(
            Message(
                ToPerson(officer.id), (say(words),), key=f"{effect.key}:theme-{theme_id}:person-{officer.id}"
            )
        )
    return messages


_known_officer(printed: str | None, store: Store) -> Person | None:
    """The person whose name the printed officer starts with ("Helen Marsh, Director of Strategy")."""
    name = (printed or "").split(",")[0].strip()
    found = (
        [one for one in store.people.by_name(name) if one.name.casefold() == name.casefold()] if name else []
    )
    return next((one for one in found if one.accounts and one.active), None)


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
