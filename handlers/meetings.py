"""A meeting's sheet: what it is asked, line by line, each with its taps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers import calendar, wording
from handlers.changes import reconciliation
from handlers.decisions import Line, meeting_meant, open_lines
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Button, Buttons, Heading, Message, Part, Text, say, spans
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan
from storage.model.record import Arising, Meeting, MeetingState
from storage.store import Store

__all__ = ["meeting", "meeting_on", "meeting_set", "sheet"]


def meeting(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``meeting [10 April]``: open its sheet; ``decide`` then records for it."""
    assert plan is not None
    chosen = meeting_on(request, plan, store, call.tail)
    store.plans.set_setting(plan.id, "open_meeting", str(chosen.id))
    return [Message(ASKER, tuple(sheet(chosen, plan, store, request)))]


def meeting_on(request: Request, plan: Plan, store: Store, words: str) -> Meeting:
    """The assurance meeting on that day; without a day the next one, today's included."""
    meetings = [one for one in store.governance.meetings(plan.id, assurance=True) if one.day]
    if words.strip().casefold() in {"", "next"}:
        chosen = calendar.next_meeting(meetings, request.today)
    elif words.strip().casefold() == "last":
        chosen = calendar.last_held(meetings, request.today)
    else:
        found = request.read(words, request.today).dates
        days = [
            one
            for one in meetings
            if found and one.day is not None and found[0].start <= one.day <= found[0].end
        ]
        same = [
            one
            for one in meetings
            if found
            and one.day
            and (one.day.day, one.day.month) == (found[0].start.day, found[0].start.month)
        ]
        chosen = next(iter(days or same), None)
    if chosen is None:
        known = ", ".join(f"{one.day:%-d %B %Y}" for one in meetings[-8:] if one.day) or "none yet"
        raise UsageError(f"There is no assurance meeting then. The plan's meetings are: {known}.")
    return chosen


def sheet(chosen: Meeting, plan: Plan, store: Store, request: Request) -> list[Part]:
    """Actions arising first, then what is asked, then the unchanged en bloc."""
    views = store.plans.views(plan.id)
    asked = [view for view in views if open_lines(view)]
    when = f"{chosen.day:%-d %B %Y}" if chosen.day else "to be confirmed"
    quorate = {
        True: "quorate",
        False: "not quorate: decisions are recommended",
        None: "quorate not recorded",
    }[chosen.quorate]
    parts: list[Part] = [
        Heading(f"{chosen.forum}, {when}"),
        say(f"Chair: {chosen.chair or 'not recorded'} · {quorate}", quiet=True),
    ]
    parts += _arising(store.governance.arisings(plan.id), chosen)
    parts += _recommended(plan, store)
    parts.append(say(reconciliation(plan, views, store, chosen), quiet=True))
    for view in asked:
        parts += _lines(view, plan, chosen)
    unchanged = len(views) - len(asked)
    parts.append(say(f"{unchanged} unchanged."))
    parts.append(Buttons((Button("Note en bloc", f"decide m{chosen.id} unchanged in {plan.slug}"),)))
    parts.append(say("Or in words: “decide 6.4.3 red, return in May”.", quiet=True))
    return parts


def _arising(arisings: Sequence[Arising], chosen: Meeting) -> list[Part]:
    open_ones = [one for one in arisings if one.meeting_id != chosen.id]
    if not open_ones:
        return []
    lines = [
        Text(
            spans(Bold(one.no), f" {one.text} ({one.owner}" + (f", by {one.due:%-d %b})" if one.due else ")"))
        )
        for one in open_ones
    ]
    return [say(Bold("Arising from last time")), *lines]


def _recommended(plan: Plan, store: Store) -> list[Part]:
    """What an earlier meeting could only recommend."""
    waiting = [
        one
        for one in store.governance.decisions(plan.id)
        if one.recommended and one.ratified_by_meeting_id is None
    ]
    if not waiting:
        return []
    return [
        say(
            Bold("To ratify: "),
            f"{wording.count(len(waiting), 'decision')} of a meeting that was not quorate.",
        ),
        Buttons((Button("Ratify all", f"ratify in {plan.slug}", "primary"),)),
    ]


def _lines(view: ActionView, plan: Plan, chosen: Meeting) -> list[Part]:
    name = view.action.ref or f"#{view.action.handle}"
    parts: list[Part] = []
    for line in open_lines(view):
        subject = line.subject
        parts.append(Text(spans(Bold(view.name), f" {view.action.title}: {_asks(line, view, plan)}")))
        tail = f"in {plan.slug}"
        parts.append(
            Buttons(
                (
                    Button("Agree", f"decide m{chosen.id} {name} agree {subject} {tail}", "primary"),
                    Button("Refuse", f"decide m{chosen.id} {name} refuse {subject} {tail}"),
                    Button("Defer", f"decide m{chosen.id} {name} defer {subject} {tail}"),
                )
            )
        )
    return parts


def _asks(line: Line, view: ActionView, plan: Plan) -> str:
    if line.subject == "rating":
        agreed = view.agreed.get(line.scale or "")
        scale = plan.scale(line.scale)
        return f"{wording.label(scale, agreed)} → {scale.short(line.label or '') if scale else line.label} proposed"
    if line.subject == "date" and line.due is not None:
        return f"move {wording.due(view.due)} to {wording.due(line.due)}"
    if line.subject == "assurance":
        return f"shown for as long as was asked ({view.state_note}): is it assured?"
    return "claimed complete: is it assured?"


def meeting_set(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``meeting quorate no``, ``chair NAME``, ``add DAY``, ``move DAY to DAY``, ``cancel DAY``."""
    assert plan is not None
    what = call.command.words.split()[1]
    if what == "add":
        return [_add(request, plan, store, call.tail)]
    if what in {"move", "cancel"}:
        words, _, new = call.tail.partition(" to ")
        chosen = meeting_on(request, plan, store, words)
        return [_cancel(chosen, store) if what == "cancel" else _move(chosen, request, store, new)]
    chosen, _ = meeting_meant(request, plan, store)
    if what == "quorate":
        store.governance.change_meeting(replace(chosen, quorate=call.tail.casefold() == "yes"))
        words = (
            "quorate"
            if call.tail.casefold() == "yes"
            else "not quorate: what it decides is recommended until ratified"
        )
    else:
        store.governance.change_meeting(replace(chosen, chair=call.tail.strip()))
        words = f"chaired by {call.tail.strip()}"
    return [Message(ASKER, (say(f"The {_named(chosen)} is {words}."),))]


def _named(chosen: Meeting) -> str:
    return f"{chosen.forum} of {chosen.day:%-d %B %Y}" if chosen.day else chosen.forum


def _day(request: Request, words: str) -> date:
    found = [one for one in request.read(words, request.today).dates if one.start == one.end]
    if not found:
        raise UsageError(f"I could not read a day in “{words[:60]}”. Try “10 April 2026”.")
    return found[0].start


def _add(request: Request, plan: Plan, store: Store, words: str) -> Message:
    day = _day(request, words)
    known = [one for one in store.governance.meetings(plan.id, assurance=True)]
    if any(one.day == day and one.state is not MeetingState.CANCELLED for one in known):
        raise UsageError(f"There is a meeting on {day:%-d %B %Y} already.")
    forum = known[0].forum if known else "Assurance meeting"
    added = store.governance.add_meeting(plan.id, forum, day, assurance=True)
    return Message(ASKER, (say(f"Added: {_named(added)}. “cycle” shows what follows from it."),))


def _move(chosen: Meeting, request: Request, store: Store, words: str) -> Message:
    day = _day(request, words)
    store.governance.change_meeting(replace(chosen, day=day, deadline=None))
    return Message(
        ASKER, (say(f"The {_named(chosen)} is on {day:%-d %B %Y} now; its cut-off is worked out again."),)
    )


def _cancel(chosen: Meeting, store: Store) -> Message:
    store.governance.set_meeting_state(chosen.id, MeetingState.CANCELLED)
    return Message(ASKER, (say(f"The {_named(chosen)} is cancelled; nobody is asked for it any more."),))
