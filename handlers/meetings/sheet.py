"""A meeting's sheet: what it is asked, line by line, each with its taps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers import wording
from handlers.assurance import rechecks
from handlers.assurance.challenges import in_groups, of_plan
from handlers.assurance.claims import promise_rows
from handlers.cycle.schedule import begin_anew
from handlers.grammar import Call
from handlers.meetings import arising
from handlers.meetings.changes import reconciliation, remember_count
from handlers.meetings.decided import sentence
from handlers.meetings.lines import asked, open_lines
from handlers.meetings.which_meeting import meeting_meant, meeting_named, meeting_on
from handlers.messages import (
    ASKER,
    Bold,
    Button,
    Buttons,
    Details,
    Facts,
    Heading,
    Message,
    Part,
    SimplePart,
    Text,
    say,
    spans,
)
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, State
from storage.model.reading import Status
from storage.model.record import Meeting, MeetingState
from storage.store import Store

__all__ = ["meeting", "meeting_set", "sheet"]

_SHOWN = 12


def meeting(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``meeting [10 April]``: open its sheet; ``decide`` then records for it."""
    assert plan is not None
    chosen = meeting_on(request, plan, store, call.tail)
    store.plans.set_setting(plan.id, "open_meeting", str(chosen.id))
    remember_count(plan, store, chosen)
    return [Message(ASKER, tuple(sheet(chosen, plan, store, request)))]


def sheet(chosen: Meeting, plan: Plan, store: Store, request: Request) -> list[Part]:
    """What arose, what waits to be ratified, what is asked, exceptions, challenges, and the unchanged en bloc."""
    views = store.plans.views(plan.id)
    decided = [one for one in store.governance.decisions(plan.id, meeting_id=chosen.id) if one.action_id]
    settled = {one.action_id for one in decided}
    asking = [view for view in views if open_lines(view)]
    parts: list[Part] = [*_head(chosen), *arising.from_last_time(store.governance.arisings(plan.id), chosen)]
    parts += _recommended(chosen, plan, store, views)
    parts.append(say(reconciliation(plan, views, store, chosen), quiet=True))
    for view in asking:
        parts += _lines(view, plan, chosen, store)
    parts += rechecks.failed(store, plan, chosen.id)
    parts += _exceptions([view for view in views if view not in asking], plan, request.today)
    parts += _challenged(plan, views, store, request.today)
    if decided:
        names = {view.action.id: view.name for view in views}
        told = dict.fromkeys(names.get(one.action_id or 0, "?") for one in decided)
        parts.append(
            say(f"Decided so far: {wording.listing(list(told), 40)}. “minutes” shows how.", quiet=True)
        )
    unchanged = [view for view in views if view not in asking and view.action.id not in settled]
    parts.append(say(f"{len(unchanged)} unchanged."))
    parts.append(Buttons((Button("Note en bloc", f"decide m{chosen.id} unchanged in {plan.slug}"),)))
    parts.append(say("Or in words: “decide 6.4.3 red, return in May”.", quiet=True))
    return parts


def _head(chosen: Meeting) -> list[Part]:
    when = f"{chosen.day:%-d %B %Y}" if chosen.day else "to be confirmed"
    quorate = {
        True: "quorate",
        False: "not quorate: decisions are recommended",
        None: "quorate not recorded",
    }[chosen.quorate]
    return [
        Heading(f"{chosen.forum}, {when}"),
        say(f"Chair: {chosen.chair or 'not recorded'} · {quorate}", quiet=True),
    ]


def _recommended(chosen: Meeting, plan: Plan, store: Store, views: Sequence[ActionView]) -> list[Part]:
    """What an earlier meeting could only recommend, each with what it said."""
    waiting = [
        one
        for one in store.governance.decisions(plan.id)
        if one.recommended and one.ratified_by_meeting_id is None and one.meeting_id != chosen.id
    ]
    if not waiting:
        return []
    by_id = {view.action.id: view for view in views}
    number = wording.count(len(waiting), "decision")
    parts: list[Part] = [say(Bold("To ratify: "), f"{number} of a meeting that was not quorate.")]
    for one in waiting:
        view = by_id.get(one.action_id or 0)
        words = sentence(one, view, plan, store) if view else one.words or "noted"
        parts.append(Text(spans(Bold(view.name if view else "All others"), f" {words}")))
    parts.append(Buttons((Button("Ratify all", f"ratify m{chosen.id} in {plan.slug}", "primary"),)))
    return [*parts, say("Or only some: “ratify 6.4.3”.", quiet=True)]


def _lines(view: ActionView, plan: Plan, chosen: Meeting, store: Store) -> list[Part]:
    parts: list[Part] = []
    for line in open_lines(view):
        what = f"#{view.action.handle} {{}} {line.scale or line.subject} in {plan.slug}"
        parts.append(Text(spans(Bold(view.name), f" {view.action.title}: {asked(line, view, plan)}")))
        if line.subject == "claim":
            parts += _claim(view, plan, store)
        taps = (("Agree", "agree", "primary"), ("Refuse", "refuse", None), ("Defer", "defer", None))
        parts.append(
            Buttons(
                tuple(
                    Button(label, f"decide m{chosen.id} {what.format(verb)}", style)
                    for label, verb, style in taps
                )
            )
        )
    return parts


def _claim(view: ActionView, plan: Plan, store: Store) -> list[Part]:
    """The claim beside the plan's promise, a committee's rating that says otherwise, and how long to watch it."""
    rows = [(name, spans(words)) for name, words in promise_rows(view, store)]
    clash = wording.clash(plan, view)
    if clash:
        rows.append(("Clash", spans(clash)))
    parts: list[Part] = [Facts(tuple(rows))]
    claim = store.governance.claim_of(view.action.id)
    if claim is not None and claim.sustain_months is None and view.action.promise:
        what = f"sustain #{view.action.handle} {{}} in {plan.slug}"
        watch = Button("Watch for 3 months first", what.format("3 months"))
        parts.append(Buttons((Button("Evidence is enough", what.format("one-off")), watch)))
    return parts


def _exceptions(views: Sequence[ActionView], plan: Plan, today: date) -> list[Part]:
    """Off track or overdue, and nothing is asked of the meeting."""
    lines: list[SimplePart] = []
    for view in views:
        scale = plan.scale()
        agreed = view.agreed.get(scale.name) if scale else None
        rating = scale.find(agreed.label) if scale and agreed else None
        off = rating is not None and rating.status is Status.OFF_TRACK and view.state is State.OPEN
        if off or view.overdue(today):
            state = wording.state(view, today) or f"due {wording.due(view.due)}"
            words = f" {view.action.title}: {wording.label(scale, agreed)}, {state}"
            lines.append(Text(spans(Bold(view.name), words)))
    return _some("Exceptions,", "of which nothing is asked", lines)


def _challenged(plan: Plan, views: Sequence[ActionView], store: Store, today: date) -> list[Part]:
    """Where text and record disagree and nobody has answered."""
    found = [(view, one) for view, one in of_plan(plan, views, store, today) if one.material]
    lines: list[SimplePart] = [
        Text(spans(Bold(view.name), f" {one.words}"))
        for view, one in found
        if one.rule not in {"overdue", "silent"}  # exceptions already; and all at once below
    ]
    return [*in_groups(found), *_some("Challenges,", "not answered", lines)]


def _some(title: str, note: str, lines: Sequence[SimplePart]) -> list[Part]:
    if not lines:
        return []
    more = len(lines) - _SHOWN
    rest = (Details(f"{more} more", tuple(lines[_SHOWN:])),) if more > 0 else ()
    return [say(Bold(title), f" {note}: {len(lines)}"), *lines[:_SHOWN], *rest]


def meeting_set(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``meeting quorate no``, ``chair NAME``, ``add DAY``, ``move DAY to DAY``, ``cancel DAY``."""
    assert plan is not None
    what = call.command.words.split()[1]
    if what == "add":
        return [_add(request, plan, store, call.tail)]
    if what in {"move", "cancel"}:
        words, _, new = call.tail.partition(" to ")
        chosen = meeting_on(request, plan, store, words)
        return [_cancel(chosen, store) if what == "cancel" else _move(chosen, request, plan, store, new)]
    chosen, _ = meeting_meant(request, plan, store)
    if what == "quorate":
        yes = call.tail.casefold() == "yes"
        store.governance.change_meeting(replace(chosen, quorate=yes))
        words = "quorate" if yes else "not quorate: what it decides is recommended until ratified"
    else:
        store.governance.change_meeting(replace(chosen, chair=call.tail.strip()))
        words = f"chaired by {call.tail.strip()}"
    return [Message(ASKER, (say(f"The {meeting_named(chosen)} is {words}."),))]


def _day(request: Request, words: str) -> date:
    dates = request.read(words, request.today).dates
    found = [one for one in dates if one.start == one.end and not one.uncertain]
    if not found:
        raise UsageError(f"I could not read a day in “{words[:60]}”. Try “10 April 2026”.")
    return found[0].start


def _add(request: Request, plan: Plan, store: Store, words: str) -> Message:
    day = _day(request, words)
    known = [one for one in store.governance.meetings(plan.id, assurance=True)]
    if any(one.day == day and one.state is not MeetingState.CANCELLED for one in known):
        raise UsageError(f"There is a meeting on {day:%-d %B %Y} already.")
    waiting = next((one for one in known if one.day is None and one.state is MeetingState.TO_CONFIRM), None)
    if waiting is not None:
        added = replace(waiting, day=day, state=MeetingState.PLANNED)
        store.governance.change_meeting(added)
    else:
        forum = known[0].forum if known else "Assurance meeting"
        added = store.governance.add_meeting(plan.id, forum, day, assurance=True)
    done = "Confirmed" if waiting else "Added"
    return Message(ASKER, (say(f"{done}: {meeting_named(added)}. “cycle” shows what follows from it."),))


def _move(chosen: Meeting, request: Request, plan: Plan, store: Store, words: str) -> Message:
    day = _day(request, words)
    store.governance.change_meeting(replace(chosen, day=day, deadline=None))
    first = f"The {meeting_named(chosen)} is on {day:%-d %B %Y} now; its cut-off is worked out again."
    again = begin_anew(chosen.id, store, plan, request.now)
    more = " Owners are asked once more when it opens; what they said counts." if again else ""
    return Message(ASKER, (say(f"{first}{more}"),))


def _cancel(chosen: Meeting, store: Store) -> Message:
    store.governance.set_meeting_state(chosen.id, MeetingState.CANCELLED)
    return Message(
        ASKER, (say(f"The {meeting_named(chosen)} is cancelled; nobody is asked for it any more."),)
    )
