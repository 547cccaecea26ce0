"""At and after the meeting: verbal updates, actions arising, telling the owners, and the decision log."""

from __future__ import annotations

import re
from collections import defaultdict

from handlers import pick, wording
from handlers.decisions import meeting_meant, sentence
from handlers.grammar import Call
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
from handlers.updates import Author, file_words
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, RatingStage
from storage.model.record import Decision, DecisionKind, Meeting, MeetingState
from storage.store import Store

__all__ = ["arisen", "arising", "close", "minutes", "verbal"]

_VERBAL = re.compile(r"(?P<ref>\S+)\s+[\"“](?P<words>[^\"”]{1,4000})[\"”]\s+by\s+(?P<name>\S.{0,80})")
_ARISING = re.compile(
    r"(?P<no>\S+)\s+[\"“](?P<what>[^\"”]{1,1000})[\"”]\s+owner\s+(?P<owner>\S.{0,80}?)(?:\s+by\s+(?P<by>\S.{0,40}))?"
)


def verbal(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``verbal 6.2.1 "WORDS" by NAME``: said at the meeting, entered by the programme office."""
    match = _VERBAL.fullmatch(call.tail)
    if match is None:
        raise UsageError(f"It is: {call.command.usage}")
    people = store.people.by_name(match["name"])
    person = people[0] if people else store.people.add(match["name"].strip())
    assert plan is not None
    view, _ = pick.one_action(store, plan, match["ref"])
    return file_words(request, store, match["words"], Author(person, request.person), plan=plan, onto=view)


def arising(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``arising 4.2 "WHAT" owner NAME by 26 April``; without words, those that are open."""
    assert plan is not None
    match = _ARISING.fullmatch(call.tail)
    if match is None:
        raise UsageError(f"It is: {call.command.usage}")
    meeting, _ = meeting_meant(request, plan, store)
    found = request.read(match["by"], request.today).dates if match["by"] else ()
    if match["by"] and not found:
        raise UsageError(f"I could not read a date in “{match['by'][:40]}”.")
    day = found[0].end if found else None
    store.governance.add_arising(meeting.id, match["no"], match["what"], match["owner"], day)
    by = f", by {wording.moment(day, request.today)}" if day else ""
    return [
        Message(
            ASKER,
            (
                say(
                    Bold(match["no"]),
                    f" arising: {match['what']} ({match['owner']}{by}). First on the next sheet.",
                ),
            ),
        )
    ]


def arisen(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``arising done 4.2``."""
    assert plan is not None
    found = [one for one in store.governance.arisings(plan.id) if one.no == call.tail.strip()]
    if not found:
        open_ones = [one.no for one in store.governance.arisings(plan.id)]
        raise UsageError(
            f"No open action arising is called “{call.tail[:20]}”. {pick.suggestion(call.tail, open_ones)}"
        )
    store.governance.close_arising(found[-1].id)
    return [Message(ASKER, (say(Bold(found[-1].no), f" {found[-1].text}: done."),))]


def close(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``meeting close``: the meeting was held; each owner hears what was decided about their actions."""
    assert plan is not None
    meeting, _ = meeting_meant(request, plan, store)
    decisions = [one for one in store.governance.decisions(plan.id, meeting_id=meeting.id) if one.action_id]
    store.governance.set_meeting_state(meeting.id, MeetingState.HELD)
    store.plans.set_setting(plan.id, "open_meeting", None)
    told = _owners_told(decisions, plan, meeting, request, store)
    words = f"Closed: {wording.count(len(decisions), 'decision')}. {wording.count(len(told), 'person', 'people')} told."
    return [Message(ASKER, (say(words),), replaces=TAPPED), *told]


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
        parts: list[Part] = [say(f"The {_named(meeting)} decided about your actions:")]
        parts += [_line(one, views[one.action_id], plan, store) for one in theirs if one.action_id in views]
        key = f"decided:{plan.slug}:meeting-{meeting.id}:person-{person_id}"
        messages.append(Message(ToPerson(person_id), tuple(parts), key=key))
    return messages


def _line(decision: Decision, view: ActionView, plan: Plan, store: Store) -> Text:
    pieces: list[Span | str] = [Bold(view.name), f" {view.action.title}: {sentence(decision, view, plan)}"]
    pieces.append(_against_proposal(decision, plan, store))
    if decision.recommended:
        pieces.append(" (recommended: the meeting was not quorate)")
    return Text(spans(*pieces))


def _against_proposal(decision: Decision, plan: Plan, store: Store) -> str:
    """How the decision differs from what was proposed before it: "; Amber was proposed"."""
    assert decision.action_id is not None
    scale = plan.scale(decision.scale)
    if decision.subject != "rating" or scale is None or decision.kind is DecisionKind.REFUSE:
        return ""
    history = [one for one in store.governance.rating_history(decision.action_id) if one.scale == scale.name]
    proposed = [one for one in history if one.stage is RatingStage.PROPOSED and one.at <= decision.at]
    agreed = [one for one in history if one.stage is RatingStage.AGREED and one.at < decision.at]
    if not proposed or (agreed and proposed[-1].at < agreed[-1].at):
        return ""
    if proposed[-1].label == decision.label:
        return ", as proposed"
    return f"; {scale.short(proposed[-1].label)} was proposed"


def _named(meeting: Meeting) -> str:
    return f"{meeting.forum} of {meeting.day:%-d %B %Y}" if meeting.day else meeting.forum


def minutes(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``minutes``: the decision log, as text and as a Word document."""
    from handlers.documents.minutes import DecisionLine, Minutes, minutes_docx

    assert plan is not None
    meeting, _ = meeting_meant(request, plan, store)
    views = {view.action.id: view for view in store.plans.views(plan.id)}
    log = [
        DecisionLine(*_minute(one, views, plan))
        for one in store.governance.decisions(plan.id, meeting_id=meeting.id)
    ]
    notes = [f"Chair: {meeting.chair}"] if meeting.chair else []
    if meeting.quorate is False:
        notes.append("Not quorate: every decision is recommended until ratified.")
    held = f"{meeting.day:%-d %B %Y}" if meeting.day else "day to be confirmed"
    title = f"{wording.plan_name(plan)}: decisions of the {meeting.forum}"
    parts: list[Part] = [Heading(f"{_named(meeting)}: decisions")]
    parts += [say(Bold(line.ref), f" {line.action}: {line.decision}") for line in log]
    parts.append(
        File(
            f"decisions-{plan.slug}-{meeting.day or 'meeting'}.docx",
            minutes_docx(Minutes(title, held, log, notes)),
        )
    )
    return [Message(ASKER, tuple(parts))]


def _minute(decision: Decision, views: dict[int, ActionView], plan: Plan) -> tuple[str, str, str]:
    view = views.get(decision.action_id or 0)
    if view is None:
        return "", "All others", decision.words or "noted"
    words = sentence(decision, view, plan) + (" (recommended)" if decision.recommended else "")
    return view.name, view.action.title, words
