"""At and after the meeting: verbal updates, actions arising, telling the owners, and the decision log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from handlers import pick, wording
from handlers.assurance.exceptions import ask_for_lines
from handlers.grammar import Call
from handlers.meetings import arising
from handlers.meetings.decided import against_request, sentence
from handlers.meetings.which_meeting import meeting_meant, meeting_named, meeting_on
from handlers.messages import (
    ASKER,
    TAPPED,
    Bold,
    File,
    Heading,
    Message,
    Part,
    Span,
    Text,
    ToPerson,
    say,
    spans,
)
from handlers.request import Request
from handlers.updates.intake import Author, file_words
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan
from storage.model.reading import Status
from storage.model.record import Decision, DecisionKind, Meeting, MeetingState
from storage.store import Store

__all__ = ["close", "minutes", "verbal"]

_VERBAL = re.compile(
    r"(?P<ref>[^\"“]{1,60}?)\s*[\"“](?P<words>[^\"”]{1,4000})[\"”]\s+by\s+(?P<name>\S.{0,80})"
)


def verbal(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``verbal 6.2.1 "WORDS" by NAME``: said at the meeting, entered by the programme office."""
    assert plan is not None
    meeting, tail = meeting_meant(request, plan, store, call.tail)
    match = _VERBAL.fullmatch(tail)
    if match is None:
        raise UsageError(f"It is: {call.command.usage}")
    view, left = pick.one_action(store, plan, match["ref"])
    if left:
        raise UsageError(f"It is: {call.command.usage}")
    people = store.people.by_name(match["name"])
    person = people[0] if people else store.people.add(match["name"].strip())
    store.governance.decide(
        meeting.id, view.action.id, DecisionKind.NOTE, "verbal", words=f"{person.name}: {match['words']}"
    )
    return file_words(request, store, match["words"], Author(person, request.person), plan=plan, onto=view)


def close(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``meeting close``: the meeting was held; each owner hears what was decided about their actions."""
    assert plan is not None
    meeting, _ = meeting_meant(request, plan, store)
    if meeting.day is not None and meeting.day > request.today:
        raise UsageError(f"The {meeting_named(meeting)} has not been held yet, so it cannot be closed.")
    decisions = [
        one for one in _decisions_of(meeting, plan, store) if one.action_id and one.subject != "verbal"
    ]
    store.governance.set_meeting_state(meeting.id, MeetingState.HELD)
    store.plans.set_setting(plan.id, "open_meeting", None)
    told = _owners_told(decisions, plan, meeting, request, store)
    number = wording.count(len(decisions), "decision")
    people = wording.count(len(told), "person", "people")
    words = f"The {meeting_named(meeting)} is closed: {number}. {people} told."
    return [Message(ASKER, (say(words),), replaces=TAPPED), *told]


def _decisions_of(meeting: Meeting, plan: Plan, store: Store) -> list[Decision]:
    """What the meeting decided, and what it ratified of others."""
    return [
        one
        for one in store.governance.decisions(plan.id)
        if meeting.id in {one.meeting_id, one.ratified_by_meeting_id}
    ]


def _owners_told(
    decisions: list[Decision], plan: Plan, meeting: Meeting, request: Request, store: Store
) -> list[Message]:
    by_person: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        assert decision.action_id is not None
        parties = store.people.parties_of(decision.action_id, request.today)
        for person_id in dict.fromkeys(party.person_id for party in parties if party.person_id):
            by_person[person_id].append(decision)
    views = {
        view.action.id: view
        for view in store.plans.views(
            plan.id, action_ids={one.action_id for one in decisions if one.action_id}
        )
    }
    messages = []
    for person_id, theirs in by_person.items():
        person = store.people.get(person_id)
        if person is None or not person.accounts:
            continue
        parts: list[Part] = [say(f"The {meeting_named(meeting)} decided about your actions:")]
        parts += [
            _line(one, views[one.action_id], plan, meeting, store) for one in theirs if one.action_id in views
        ]
        for decision in theirs:
            if decision.action_id in views and _turned_bad(decision, plan):
                parts += ask_for_lines(views[decision.action_id], plan, store, meeting.id)
        key = f"decided:{plan.slug}:meeting-{meeting.id}:person-{person_id}"
        messages.append(Message(ToPerson(person_id), tuple(parts), key=key))
    return messages


def _turned_bad(decision: Decision, plan: Plan) -> bool:
    """Whether the meeting set a rating of trouble: its cause and recovery are asked for."""
    scale = plan.scale(decision.scale) if decision.scale else None
    rating = scale.find(decision.label or "") if scale else None
    agreed = decision.kind in {DecisionKind.AGREE, DecisionKind.AGREE_AS}
    return agreed and rating is not None and rating.status in {Status.AT_RISK, Status.OFF_TRACK}


def _line(decision: Decision, view: ActionView, plan: Plan, meeting: Meeting, store: Store) -> Text:
    pieces: list[Span | str] = [
        Bold(view.name),
        f" {view.action.title}: {sentence(decision, view, plan, store)}",
    ]
    pieces.append(against_request(decision, plan, store))
    if decision.ratified_by_meeting_id is not None:
        ratified = decision.ratified_by_meeting_id == meeting.id
        pieces.append(" (ratified)" if ratified else " (ratified since)")
    elif decision.recommended:
        pieces.append(" (recommended: the meeting was not quorate)")
    return Text(spans(*pieces))


def minutes(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``minutes [10 April]``: the decision log, as text and as a Word document."""
    from handlers.documents.minutes import DecisionLine, Minutes, minutes_docx, minutes_text

    assert plan is not None
    meeting = (
        meeting_on(request, plan, store, call.tail) if call.tail else meeting_meant(request, plan, store)[0]
    )
    views = {view.action.id: view for view in store.plans.views(plan.id)}
    decisions = sorted(_decisions_of(meeting, plan, store), key=lambda one: one.action_id is None)
    alone = {views[one.action_id].name for one in decisions if one.action_id in views}
    log = [DecisionLine(*_minute(one, meeting, views, plan, store, alone)) for one in decisions]
    held = f"{meeting.day:%-d %B %Y}" if meeting.day else "day to be confirmed"
    title = f"{wording.plan_name(plan)}: decisions of the {meeting.forum}"
    written = Minutes(title, held, log, _notes(meeting, plan, store))
    name = f"decisions-{plan.slug}-{meeting.day or 'meeting'}"
    parts: list[Part] = [
        Heading(f"{meeting_named(meeting)}: decisions"),
        *(say(note) for note in written.notes),
        *(say(Bold(line.ref), f" {line.action}: {line.decision}") for line in log),
    ]
    if not log:
        parts.append(say("No decisions were recorded."))
    files = (
        File(f"{name}.docx", minutes_docx(written)),
        File(f"{name}.txt", minutes_text(written).encode()),
    )
    return [Message(ASKER, (*parts, *files))]


def _notes(meeting: Meeting, plan: Plan, store: Store) -> list[str]:
    quorate = {
        True: "Quorate.",
        False: "Not quorate: every decision is recommended until ratified.",
        None: "Quorate: not recorded.",
    }
    arisen_here = [
        one for one in store.governance.arisings(plan.id, open_only=False) if one.meeting_id == meeting.id
    ]
    return [
        f"Chair: {meeting.chair or 'not recorded'}.",
        quorate[meeting.quorate],
        *(f"Arising {one.no}: {arising.in_words(one)}" for one in arisen_here),
    ]


def _minute(
    decision: Decision,
    meeting: Meeting,
    views: dict[int, ActionView],
    plan: Plan,
    store: Store,
    alone: Collection[str],
) -> tuple[str, str, str, str]:
    """Ref, action, what was decided, who recorded it. ``alone``: the actions that have a line of their own."""
    recorder = store.people.get(decision.recorded_by_id) if decision.recorded_by_id else None
    recorded = f"{recorder.name}, {decision.at:%-d %b %Y}" if recorder else f"{decision.at:%-d %b %Y}"
    view = views.get(decision.action_id or 0)
    if view is None:
        return "All others", "en bloc", _en_bloc(decision.words or "noted", alone), recorded
    words = sentence(decision, view, plan, store)
    if decision.ratified_by_meeting_id == meeting.id:
        words += " (ratified)"
    elif decision.recommended:
        words += (
            " (recommended)" if decision.ratified_by_meeting_id is None else " (recommended, ratified since)"
        )
    return view.name, view.action.title, words, recorded


def _en_bloc(words: str, alone: Collection[str]) -> str:
    """ "43 actions unchanged: 1.1, 1.2", without those about which the meeting decided something after all."""
    _, colon, listed = words.partition(" unchanged: ")
    if not colon:
        return words
    names = [name for name in listed.split(", ") if name not in alone]
    return f"{wording.count(len(names), 'action')} unchanged: {', '.join(names)}"
