"""What a meeting decides, as the programme office records it: ``decide`` and ``ratify``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers import wording
from handlers.assurance.dates import read_due
from handlers.assurance.ratings import demands_assurance, named_rating
from handlers.grammar import Call
from handlers.meetings.agreeing import apply
from handlers.meetings.changes import change_in
from handlers.meetings.decided import sentence
from handlers.meetings.lines import Line, asked, open_lines
from handlers.meetings.sheet import sheet
from handlers.meetings.which_meeting import meeting_meant, meeting_named
from handlers.messages import ASKER, TAPPED, Bold, Message, Part, Text, say
from handlers.pick import is_party, one_action
from handlers.request import Request
from storage.model.errors import NotAllowed, UsageError
from storage.model.plan import ActionView, Plan, Rating
from storage.model.post import InboundKind
from storage.model.record import Decision, DecisionKind, Meeting
from storage.store import Store

__all__ = ["decide", "open_lines", "ratify"]

_VERBS = {
    "agree": DecisionKind.AGREE, "agreed": DecisionKind.AGREE, "accept": DecisionKind.AGREE,
    "refuse": DecisionKind.REFUSE, "refused": DecisionKind.REFUSE,
    "defer": DecisionKind.DEFER, "deferred": DecisionKind.DEFER,
    "note": DecisionKind.NOTE, "noted": DecisionKind.NOTE, "unchanged": DecisionKind.NOTE,
}  # fmt: skip
_EN_BLOC = re.compile(r"(?:the\s+)?(?:unchanged|rest)(?:\s+noted?)?|en\s+bloc", re.IGNORECASE)
_SUBJECTS = {"rating", "date", "claim", "assurance"}


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What was decided about one line, before it is recorded."""

    kind: DecisionKind
    line: Line
    words: str | None


@dataclass(frozen=True, slots=True)
class _Sitting:
    """The meeting that decides, and what is at hand there."""

    request: Request
    plan: Plan
    meeting: Meeting
    store: Store


def decide(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``decide 6.4.3 red, return in May``; ``decide 6.4.3 agree``; ``decide unchanged``."""
    assert plan is not None
    meeting, words = meeting_meant(request, plan, store, call.tail)
    sitting = _Sitting(request, plan, meeting, store)
    if _EN_BLOC.fullmatch(words.strip()):
        return _answered([_en_bloc(sitting)], words != call.tail, sitting)
    view, rest = one_action(store, plan, words)
    decisions = [_record(one, view, sitting) for one in _verdicts(rest, view, sitting)]
    for decision in decisions:
        if not decision.recommended:
            apply(decision, plan, store)
    return _answered(_told(decisions, view, sitting), words != call.tail, sitting)


def _answered(told: Sequence[Text], from_sheet: bool, sitting: _Sitting) -> list[Message]:
    """What was recorded; a tap on the sheet puts the sheet as it is now below it."""
    parts: list[Part] = list(told)
    if from_sheet and sitting.request.inbound.kind is InboundKind.TAP:
        parts += sheet(sitting.meeting, sitting.plan, sitting.store, sitting.request)
    return [Message(ASKER, tuple(parts), replaces=TAPPED)]


def _en_bloc(sitting: _Sitting) -> Text:
    """Everything that nothing is asked of and nothing was decided about is noted."""
    plan, meeting, store = sitting.plan, sitting.meeting, sitting.store
    decided = {one.action_id for one in store.governance.decisions(plan.id, meeting_id=meeting.id)}
    unchanged = [
        view for view in store.plans.views(plan.id) if not open_lines(view) and view.action.id not in decided
    ]
    number = wording.count(len(unchanged), "action")
    store.governance.decide(
        meeting.id, None, DecisionKind.NOTE, "note",
        words=f"{number} unchanged: {', '.join(view.name for view in unchanged)}",
        recommended=meeting.quorate is False,
    )  # fmt: skip
    return say(f"Noted en bloc: {number} unchanged.")


def _verdicts(text: str, view: ActionView, sitting: _Sitting) -> list[_Verdict]:
    """What the words after the action's name decide."""
    change = change_in(text, view)
    if change is not None:
        return [_Verdict(DecisionKind.AGREE, Line("state", label=change[0]), change[1])]
    verdict, _, after = text.partition(",")
    said = after.strip() or None
    word, _, rest = verdict.strip().partition(" ")
    kind = _VERBS.get(word.casefold())
    if kind is None:
        return [_as(verdict, said, sitting)]
    if kind is DecisionKind.NOTE:
        return [_Verdict(kind, Line("note"), said or rest.strip() or None)]
    return _about_lines(kind, rest.strip(), said, view, sitting)


def _about_lines(
    kind: DecisionKind, which: str, said: str | None, view: ActionView, sitting: _Sitting
) -> list[_Verdict]:
    """Agree, refuse or defer what waits, all of it or the line named; "agree amber" agrees as amber."""
    lines = open_lines(view)
    scales = {scale.name for scale in sitting.plan.scales}
    if which and which.casefold() not in _SUBJECTS | scales:
        if kind is DecisionKind.AGREE:
            return [_as(which, said, sitting)]
        raise UsageError(f"Put the meeting's words after a comma: “decide {view.name} {kind}, {which[:60]}”.")
    chosen = [line for line in lines if which.casefold() in {"", line.subject, line.scale}]
    if not chosen:
        raise UsageError(_nothing_waits(view, lines, sitting.plan))
    return [_Verdict(kind, line, said) for line in chosen]


def _nothing_waits(view: ActionView, lines: Sequence[Line], plan: Plan) -> str:
    if lines:
        return f"{view.name} asks: {'; '.join(asked(line, view, plan) for line in lines)}. Agree, refuse or defer that."
    scale = plan.scale()
    what = scale.ratings[-1].short if scale and scale.ratings else "date 30 November 2026"
    return (
        f"Nothing waits for a decision on {view.name}. Say what was decided, like “decide {view.name} {what}”,"
        f" or “claim {view.name}” first where it is complete."
    )


def _as(words: str, said: str | None, sitting: _Sitting) -> _Verdict:
    """Decided as the meeting itself said: a rating, or a date ("date November 2026")."""
    words = re.sub(r"^(?:agreed?\s+)?as\s+", "", words.strip(), flags=re.IGNORECASE)
    if not words:
        raise UsageError(
            "Say what was decided: agree, refuse, defer, note, a rating, or “date 30 November 2026”."
        )
    match = re.match(r"(?:date|due|step\s+(?P<step>\w{1,4})\s+(?:date|due|to)|to)\s+", words, re.IGNORECASE)
    if match:
        line = Line("date", label=match["step"], due=read_due(sitting.request, words[match.end() :]))
    else:
        scale, rating = named_rating(sitting.plan, words)
        line = Line("rating", scale.name, rating.label)
    return _Verdict(DecisionKind.AGREE_AS, line, said)


def _record(verdict: _Verdict, view: ActionView, sitting: _Sitting) -> Decision:
    """Keep the decision; the same one twice for a meeting that is not quorate is kept once."""
    if verdict.kind in {DecisionKind.AGREE, DecisionKind.AGREE_AS}:
        _may_be_agreed(verdict, view, sitting)
        _moves_a_date(verdict.line, view)
    line, recommended = verdict.line, sitting.meeting.quorate is False
    governance = sitting.store.governance
    for known in governance.decisions(sitting.plan.id, meeting_id=sitting.meeting.id) if recommended else ():
        if known.action_id == view.action.id and _same(known, verdict):
            return known
    return governance.decide(
        sitting.meeting.id, view.action.id, verdict.kind, line.subject, scale=line.scale, label=line.label,
        due=line.due, words=verdict.words, recommended=recommended,
    )  # fmt: skip


def _same(known: Decision, verdict: _Verdict) -> bool:
    line = verdict.line
    return (known.kind, known.subject, known.scale, known.label, known.due, known.words) == (
        verdict.kind, line.subject, line.scale, line.label, line.due, verdict.words,
    )  # fmt: skip


def _may_be_agreed(verdict: _Verdict, view: ActionView, sitting: _Sitting) -> None:
    """What assures needs evidence or a stated reason, and nobody assures an action of their own."""
    rating = _rating_of(verdict.line, sitting.plan)
    if verdict.line.subject not in {"claim", "assurance"} and not (rating and demands_assurance(rating)):
        return
    store, person = sitting.store, sitting.request.person
    if is_party(store, sitting.plan, view, person.id):
        raise NotAllowed(f"{view.name} is your own action: somebody else records its assurance.")
    if verdict.words:
        return
    what = rating.short if rating else "the claim"
    if not store.governance.evidence(view.action.id):
        raise UsageError(
            f"There is no evidence for {view.name}, so {what} needs it first (“evidence {view.name} LINK”) or a reason after a comma."
        )
    claim = store.governance.claim_of(view.action.id)
    if rating and claim and claim.sustain_months and claim.sustained < claim.sustain_months:
        raise UsageError(
            f"{view.name} has been watched for {claim.sustained} of {claim.sustain_months} months, so {what} is early: say why after a comma."
        )


def _moves_a_date(line: Line, view: ActionView) -> None:
    """Refuse the date that stands already, where no other is asked for: it would count as one more extension."""
    if line.subject != "date" or line.label or line.due is None or view.requested is not None:
        return
    if (line.due.start, line.due.end, line.due.kind) == (view.due.start, view.due.end, view.due.kind):
        raise UsageError(f"{view.name} is due {wording.due(view.due)} already: there is nothing to decide.")


def _rating_of(line: Line, plan: Plan) -> Rating | None:
    scale = plan.scale(line.scale) if line.scale else None
    return scale.find(line.label or "") if scale else None


def _told(decisions: Sequence[Decision], view: ActionView, sitting: _Sitting) -> list[Text]:
    plan, store, meeting = sitting.plan, sitting.store, sitting.meeting
    now = store.plans.views(plan.id, action_ids=[view.action.id])[0]
    words = wording.names(sentence(decision, view, plan, store) for decision in decisions)
    lines = [say(Bold(view.name), f" {view.action.title}: {words} ({meeting_named(meeting)}).")]
    if any(decision.recommended for decision in decisions):
        quiet = "The meeting was not quorate: recommended, and nothing moves until another ratifies it."
        return [*lines, say(quiet, quiet=True)]
    state = wording.state(now, sitting.request.today)
    tail = [f" · due {wording.due(now.due)}", f" · {state}" if state else ""]
    return [*lines, say("Now: ", *wording.rating(plan, now), *tail, quiet=True)]


def ratify(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``ratify [6.1.2 6.1.4]``: the open meeting agrees what another, not quorate, could only recommend."""
    assert plan is not None
    meeting, words = meeting_meant(request, plan, store, call.tail)
    if meeting.quorate is False:
        raise UsageError(f"The {meeting_named(meeting)} is not quorate either, so it cannot ratify.")
    waiting = [
        one
        for one in store.governance.decisions(plan.id)
        if one.recommended
        and one.ratified_by_meeting_id is None
        and (one.meeting_id != meeting.id or meeting.quorate)
    ]
    if words.strip():
        named = _named_actions(words, plan, store)
        waiting = [one for one in waiting if one.action_id in named]
    newest = {(one.action_id, one.subject, one.scale, _step_of(one)): one.id for one in waiting}
    for decision in waiting:
        store.governance.ratify(decision.id, meeting.id)
        if decision.id in newest.values():
            apply(replace(decision, meeting_id=meeting.id), plan, store)
    told = f"{wording.count(len(waiting), 'decision')} ratified by the {meeting_named(meeting)}; the record has moved."
    return [Message(ASKER, (say(told if waiting else "There is nothing to ratify."),), replaces=TAPPED)]


def _step_of(decision: Decision) -> str | None:
    return decision.label if decision.subject == "date" else None


def _named_actions(words: str, plan: Plan, store: Store) -> set[int]:
    named: set[int] = set()
    rest = words.strip()
    while rest:
        view, rest = one_action(store, plan, rest)
        named.add(view.action.id)
    return named
