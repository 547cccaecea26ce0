"""What a meeting decides about a line, and the only place where an agreed rating or date moves."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from handlers import calendar, wording
from handlers.dates import read_due
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Message, Text, say
from handlers.pick import one_action
from handlers.ratings import demands_assurance, named_rating
from handlers.request import Request
from storage.model.document import PlanDate
from storage.model.errors import NotAllowed, UsageError
from storage.model.plan import ActionView, Plan, Rating, RatingSource, Scale, State
from storage.model.reading import Status
from storage.model.record import Decision, DecisionKind, Meeting
from storage.store import Store

__all__ = ["Line", "apply", "decide", "meeting_meant", "open_lines", "ratify", "sentence"]

_VERBS = {
    "agree": DecisionKind.AGREE,
    "agreed": DecisionKind.AGREE,
    "accept": DecisionKind.AGREE,
    "refuse": DecisionKind.REFUSE,
    "refused": DecisionKind.REFUSE,
    "defer": DecisionKind.DEFER,
    "deferred": DecisionKind.DEFER,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a meeting is asked: ``subject`` "rating", "date" or "claim"."""

    subject: str
    scale: str | None = None
    label: str | None = None
    due: PlanDate | None = None


def open_lines(view: ActionView) -> list[Line]:
    """What waits for a meeting on this action."""
    lines = [Line("rating", scale, rated.label) for scale, rated in view.proposed.items()]
    if view.requested is not None:
        lines.append(Line("date", due=view.requested))
    if view.state is State.CLAIMED:
        lines.append(Line("claim"))
    if view.state is State.ASSURING and _watched_long_enough(view.state_note):
        lines.append(Line("assurance"))
    return lines


def _watched_long_enough(note: str | None) -> bool:
    """ "month 3 of 3": the effect was shown for as long as was asked."""
    match = re.fullmatch(r"month (\d+) of (\d+)", note or "")
    return match is not None and int(match[1]) >= int(match[2])


def meeting_meant(request: Request, plan: Plan, store: Store, words: str = "") -> tuple[Meeting, str]:
    """The meeting that "m12" at the start names, else the open sheet's, else the newest; and the other words."""
    match = re.match(r"m(\d{1,9})\b\s*", words)
    if match:
        meeting = store.governance.meeting(int(match[1]))
        if meeting is None:
            raise UsageError(f"There is no meeting {match[0].strip()}. Type “cycle” to see the meetings.")
        return meeting, words[match.end() :]
    opened = plan.settings.get("open_meeting")
    meetings = store.governance.meetings(plan.id)
    named = next((one for one in meetings if opened and one.id == int(opened)), None)
    today = next((one for one in meetings if one.assurance and one.day == request.today), None)
    chosen = (
        named
        or today
        or calendar.last_held(meetings, request.today)
        or calendar.next_meeting(meetings, request.today)
    )
    if chosen is None:
        raise UsageError("There is no meeting to record decisions for. Open one with “meeting 10 April”.")
    return chosen, words


def decide(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``decide 6.4.3 red, return in May``; ``decide 6.4.3 agree``; ``decide unchanged``."""
    assert plan is not None
    meeting, words = meeting_meant(request, plan, store, call.tail)
    if re.fullmatch(r"(?:the\s+)?(?:unchanged|rest)(?:\s+note[d]?)?", words.strip(), re.IGNORECASE):
        return [_en_bloc(meeting, plan, store)]
    view, rest = one_action(store, plan, words)
    verdict, _, said = rest.partition(",")
    decisions = _decide(verdict.strip(), said.strip() or None, view, meeting, request, plan, store)
    for decision in decisions:
        if not decision.recommended:
            apply(decision, plan, store)
    return [Message(ASKER, tuple(_told(decisions, view, plan, meeting, store)), replaces=TAPPED)]


def _en_bloc(meeting: Meeting, plan: Plan, store: Store) -> Message:
    unchanged = [view for view in store.plans.views(plan.id) if not open_lines(view)]
    store.governance.decide(
        meeting.id, None, DecisionKind.NOTE, "note",
        words=f"{wording.count(len(unchanged), 'action')} unchanged: {', '.join(view.name for view in unchanged)}",
        recommended=meeting.quorate is False,
    )  # fmt: skip
    return Message(
        ASKER, (say(f"Noted en bloc: {wording.count(len(unchanged), 'action')} unchanged."),), replaces=TAPPED
    )


def _decide(
    verdict: str,
    said: str | None,
    view: ActionView,
    meeting: Meeting,
    request: Request,
    plan: Plan,
    store: Store,
) -> list[Decision]:
    word, _, rest = verdict.partition(" ")
    low = word.casefold()
    lines = open_lines(view)
    if (
        low in {"agree", "agreed", "accept", "refuse", "refused", "defer", "deferred"}
        and rest.casefold() != "as"
    ):
        subject = rest.strip().casefold()
        lines = [line for line in lines if subject in {"", line.subject, line.scale}]
        if low.startswith(("agree", "accept")) and rest.casefold().startswith("as "):
            return [_as(rest[3:], said, view, meeting, request, plan, store)]
        if not lines:
            raise UsageError(
                f"Nothing waits for a decision on {view.name}. Name a rating or a date: “decide {view.name} amber”."
            )
        kind = (
            DecisionKind.AGREE
            if low[0] == "a"
            else DecisionKind.REFUSE
            if low[0] == "r"
            else DecisionKind.DEFER
        )
        return [_keep(kind, line, said, view, meeting, request, plan, store) for line in lines]
    if low == "note":
        line = Line("note")
        return [_keep(DecisionKind.NOTE, line, said or rest or None, view, meeting, request, plan, store)]
    words = re.sub(r"^(?:agreed?\s+)?as\s+", "", verdict, flags=re.IGNORECASE)
    return [_as(words, said, view, meeting, request, plan, store)]


def _as(
    words: str,
    said: str | None,
    view: ActionView,
    meeting: Meeting,
    request: Request,
    plan: Plan,
    store: Store,
) -> Decision:
    """Agree as something else: a rating, or a date ("date November 2026")."""
    match = re.match(r"(?:date|due|to)\s+", words, re.IGNORECASE)
    if match:
        line = Line("date", due=read_due(request, words[match.end() :]))
    else:
        scale, rating = named_rating(plan, words)
        line = Line("rating", scale.name, rating.label)
    return _keep(DecisionKind.AGREE_AS, line, said, view, meeting, request, plan, store)


def _keep(
    kind: DecisionKind,
    line: Line,
    said: str | None,
    view: ActionView,
    meeting: Meeting,
    request: Request,
    plan: Plan,
    store: Store,
) -> Decision:
    if kind in {DecisionKind.AGREE, DecisionKind.AGREE_AS}:
        _may_be_agreed(line, said, view, request, plan, store)
    return store.governance.decide(
        meeting.id, view.action.id, kind, line.subject, scale=line.scale, label=line.label, due=line.due,
        words=said, recommended=meeting.quorate is False,
    )  # fmt: skip


def _may_be_agreed(
    line: Line, said: str | None, view: ActionView, request: Request, plan: Plan, store: Store
) -> None:
    """A rating that demands assurance needs evidence or a stated reason, and nobody assures an action of their own."""
    rating = _rating_of(line, plan)
    assures = line.subject in {"claim", "assurance"} or (rating is not None and demands_assurance(rating))
    if not assures:
        return
    if store.plans.views(plan.id, person_id=request.person.id, action_ids=[view.action.id]):
        raise NotAllowed(f"{view.name} is your own action: somebody else records its assurance.")
    if not store.governance.evidence(view.action.id) and not said:
        what = rating.short if rating else "the claim"
        raise UsageError(
            f"There is no evidence for {view.name}, so {what} needs it first (“evidence {view.name} LINK”) or a reason after a comma."
        )


def _rating_of(line: Line, plan: Plan) -> Rating | None:
    scale = plan.scale(line.scale) if line.scale else None
    return scale.find(line.label or "") if scale else None


def apply(decision: Decision, plan: Plan, store: Store) -> None:
    """Move the record as the meeting decided; a note or a deferral moves nothing."""
    if decision.action_id is None or decision.kind in {DecisionKind.NOTE, DecisionKind.DEFER}:
        return
    agreed = decision.kind is not DecisionKind.REFUSE
    match decision.subject:
        case "rating":
            _apply_rating(decision, agreed, plan, store)
        case "date":
            _apply_date(decision, agreed, plan, store)
        case "claim":
            _apply_claim(decision, agreed, plan, store)
        case "assurance" if agreed:
            _close_assured(decision, plan, store)
        case "state":
            _apply_state(decision, store)


def _apply_rating(decision: Decision, agreed: bool, plan: Plan, store: Store) -> None:
    assert decision.action_id is not None
    scale = plan.scale(decision.scale)
    if scale is None or decision.label is None:
        return
    if not agreed:
        store.governance.clear_proposal(decision.action_id, scale.name)
        return
    store.governance.agree(
        decision.action_id, scale.name, decision.label, RatingSource.MEETING, decision.meeting_id
    )
    _follow_rating(decision, scale, plan, store)


def _follow_rating(decision: Decision, scale: Scale, plan: Plan, store: Store) -> None:
    """The main scale's rating also opens or closes the action: assurance can go down."""
    assert decision.action_id is not None
    if scale.name != (plan.scales[0].name if plan.scales else None):
        return
    rating = scale.find(decision.label or "")
    view = store.plans.views(plan.id, action_ids=[decision.action_id])[0]
    if rating is not None and (demands_assurance(rating) or rating.status is Status.ASSURED):
        store.plans.set_state(decision.action_id, State.CLOSED, None, decision.meeting_id)
    elif rating is not None and rating.status is Status.COMPLETE:
        last_word = not any(one.status is Status.ASSURED or demands_assurance(one) for one in scale.ratings)
        store.plans.set_state(
            decision.action_id, State.CLOSED if last_word else State.ASSURING, None, decision.meeting_id
        )
    elif view.state in {State.CLOSED, State.ASSURING}:
        store.plans.set_state(decision.action_id, State.OPEN, "reopened", decision.meeting_id)


def _apply_date(decision: Decision, agreed: bool, plan: Plan, store: Store) -> None:
    assert decision.action_id is not None
    waiting = [one for one in store.governance.ledger(decision.action_id) if one.outcome is None]
    if waiting and (decision.kind is not DecisionKind.AGREE_AS):
        store.governance.decide_date(waiting[-1].id, agreed, decision.meeting_id)
    elif agreed and decision.due is not None:
        store.governance.set_due(decision.action_id, decision.due, decision.meeting_id)


def _apply_claim(decision: Decision, agreed: bool, plan: Plan, store: Store) -> None:
    assert decision.action_id is not None
    claim = store.governance.claim_of(decision.action_id)
    if claim is not None:
        store.governance.decide_claim(claim.id, "agreed" if agreed else "refused", decision.meeting_id)
    if not agreed:
        store.plans.set_state(decision.action_id, State.OPEN, None, decision.meeting_id)
        return
    if claim is not None and claim.sustain_months:
        note = f"month 0 of {claim.sustain_months}"
        store.plans.set_state(decision.action_id, State.ASSURING, note, decision.meeting_id)
        return
    _close_assured(decision, plan, store)


def _close_assured(decision: Decision, plan: Plan, store: Store) -> None:
    """Closed, with the rating that stands for it."""
    assert decision.action_id is not None
    store.plans.set_state(decision.action_id, State.CLOSED, None, decision.meeting_id)
    scale = plan.scale()
    rating = scale and (scale.for_status(Status.ASSURED) or scale.for_status(Status.COMPLETE))
    if scale and rating:
        store.governance.agree(
            decision.action_id, scale.name, rating.label, RatingSource.MEETING, decision.meeting_id
        )


def _apply_state(decision: Decision, store: Store) -> None:
    """Change control: closed without delivery, on hold, or open again, with the meeting's words."""
    assert decision.action_id is not None
    state = {"on hold": State.HELD, "reopened": State.OPEN}.get(decision.label or "", State.UNDELIVERED)
    words = " ".join(word for word in (decision.label, decision.words) if word)
    store.plans.set_state(decision.action_id, state, words, decision.meeting_id)


def ratify(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``ratify``: the open meeting agrees what earlier ones, not quorate, could only recommend."""
    assert plan is not None
    meeting, _ = meeting_meant(request, plan, store)
    if meeting.quorate is False:
        raise UsageError("The open meeting is not quorate either, so it cannot ratify.")
    waiting = [
        one
        for one in store.governance.decisions(plan.id)
        if one.recommended and one.ratified_by_meeting_id is None
    ]
    waiting = [one for one in waiting if one.meeting_id != meeting.id]
    for decision in waiting:
        store.governance.ratify(decision.id, meeting.id)
        apply(replace(decision, meeting_id=meeting.id), plan, store)
    words = (
        f"{wording.count(len(waiting), 'decision')} ratified; the record has moved."
        if waiting
        else "There is nothing to ratify."
    )
    return [Message(ASKER, (say(words),), replaces=TAPPED)]


def _told(
    decisions: list[Decision], view: ActionView, plan: Plan, meeting: Meeting, store: Store
) -> list[Text]:
    now = store.plans.views(plan.id, action_ids=[view.action.id])[0]
    words = wording.names(sentence(decision, view, plan) for decision in decisions)
    when = f"{meeting.forum}, {meeting.day:%-d %B %Y}" if meeting.day else meeting.forum
    lines = [say(Bold(view.name), f" {view.action.title}: {words} ({when}).")]
    if any(decision.recommended for decision in decisions):
        lines.append(
            say(
                "The meeting was not quorate: recommended, and nothing moves until another ratifies it.",
                quiet=True,
            )
        )
    else:
        state = wording.state(now, meeting.day) if meeting.day else None
        tail = [f" · due {wording.due(now.due)}", f" · {state}" if state else ""]
        lines.append(say("Now: ", *wording.rating(plan, now), *tail, quiet=True))
    return lines


def sentence(decision: Decision, view: ActionView, plan: Plan) -> str:
    """What was decided, in words: "Red agreed (was Amber), “return in May”"."""
    verb = {
        DecisionKind.AGREE: "agreed", DecisionKind.AGREE_AS: "agreed", DecisionKind.REFUSE: "refused",
        DecisionKind.DEFER: "deferred", DecisionKind.NOTE: "noted",
    }[decision.kind]  # fmt: skip
    said = f", “{decision.words}”" if decision.words else ""
    match decision.subject:
        case "rating":
            scale = plan.scale(decision.scale)
            was = view.agreed.get(decision.scale or "")
            before = f" (was {wording.label(scale, was)})" if was and was.label != decision.label else ""
            title = f"{scale.title} " if scale and len(plan.scales) > 1 else ""
            return f"{title}{scale.short(decision.label or '') if scale else decision.label} {verb}{before}{said}"
        case "date":
            moved = decision.due is not None and wording.due(decision.due) != wording.due(view.due)
            before = f" (was {wording.due(view.due)})" if moved else ""
            return f"{wording.due(decision.due) if decision.due else 'the date'} {verb}{before}{said}"
        case "state":
            return f"{decision.label} {verb}{said}"
        case "assurance":
            return f"assurance {verb}{said}"
        case "claim":
            return f"the claim of completion {verb}{said}"
        case _:
            return f"{verb}{said}"
