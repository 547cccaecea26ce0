"""The only place where an agreed rating or date moves: a meeting's decision, carried into the record."""

from __future__ import annotations

from handlers.assurance.ratings import demands_assurance
from storage.model.document import PlanDate
from storage.model.plan import Plan, Rating, RatingSource, Scale, State
from storage.model.reading import Status
from storage.model.record import DateRequest, Decision, DecisionKind
from storage.store import Store

__all__ = ["apply"]


def apply(decision: Decision, plan: Plan, store: Store) -> None:
    """Move the record as the meeting decided; a note, a deferral or what is only recommended moves nothing."""
    if decision.action_id is None or decision.kind in {DecisionKind.NOTE, DecisionKind.DEFER}:
        return
    agreed = decision.kind is not DecisionKind.REFUSE
    match decision.subject:
        case "rating":
            _rating(decision, decision.action_id, agreed, plan, store)
        case "date":
            _date(decision, decision.action_id, agreed, plan, store)
        case "claim":
            _claim(decision, decision.action_id, agreed, plan, store)
        case "assurance" if agreed:
            _assure(decision, decision.action_id, plan, store)
        case "state":
            _state(decision, decision.action_id, store)


def _rating(decision: Decision, action_id: int, agreed: bool, plan: Plan, store: Store) -> None:
    scale = plan.scale(decision.scale)
    if scale is None or decision.label is None:
        return
    if agreed:
        store.governance.agree(
            action_id, scale.name, decision.label, RatingSource.MEETING, decision.meeting_id
        )
        if scale is plan.scales[0]:
            _follow_rating(decision, action_id, scale, plan, store)
        return
    proposed = store.plans.views(plan.id, action_ids=[action_id])[0].proposed.get(scale.name)
    if proposed and proposed.label == decision.label:  # another one since waits for its own decision
        store.governance.clear_proposal(action_id, scale.name)


def _follow_rating(decision: Decision, action_id: int, scale: Scale, plan: Plan, store: Store) -> None:
    """The main scale's rating also closes the action or opens it again: assurance can go down."""
    rating = scale.find(decision.label or "")
    if rating is None:
        return
    state = store.plans.views(plan.id, action_ids=[action_id])[0].state
    if rating.status in {Status.COMPLETE, Status.ASSURED} or demands_assurance(rating):
        closes = _is_last_word(rating, scale)
        store.plans.set_state(
            action_id, State.CLOSED if closes else State.ASSURING, None, decision.meeting_id
        )
        _settle_claim(decision, action_id, "agreed", store)
    elif state in {State.CLOSED, State.ASSURING}:
        store.plans.set_state(action_id, State.OPEN, "reopened", decision.meeting_id)


def _is_last_word(rating: Rating, scale: Scale) -> bool:
    """Assured; or complete on a scale that has nothing above it."""
    if rating.status is Status.ASSURED or demands_assurance(rating):
        return True
    return not any(one.status is Status.ASSURED or demands_assurance(one) for one in scale.ratings)


def _date(decision: Decision, action_id: int, agreed: bool, plan: Plan, store: Store) -> None:
    """Settle the request that was decided; one that was made since waits for its own decision."""
    step = decision.label
    waiting = [
        one for one in store.governance.ledger(action_id) if one.outcome is None and one.step_no == step
    ]
    same = [one for one in waiting if decision.due and _same_day(one, decision.due)]
    for one in same:
        store.governance.decide_date(one.id, agreed, decision.meeting_id)
    if not agreed or same or decision.due is None:
        return
    if decision.kind is DecisionKind.AGREE_AS:
        for one in waiting:
            store.governance.decide_date(one.id, False, decision.meeting_id)
    if step is None:
        was = store.plans.views(plan.id, action_ids=[action_id])[0].due
        if (was.start, was.end, was.kind) != (decision.due.start, decision.due.end, decision.due.kind):
            store.governance.set_due(action_id, decision.due, decision.meeting_id)
        return
    asked = store.governance.request_date(action_id, decision.due, None, None, step)
    store.governance.decide_date(asked.id, True, decision.meeting_id)


def _same_day(request: DateRequest, due: PlanDate) -> bool:
    return (request.wanted.start, request.wanted.end) == (due.start, due.end)


def _claim(decision: Decision, action_id: int, agreed: bool, plan: Plan, store: Store) -> None:
    claim = store.governance.claim_of(action_id)
    _settle_claim(decision, action_id, "agreed" if agreed else "refused", store)
    if not agreed:
        store.plans.set_state(action_id, State.OPEN, None, decision.meeting_id)
    elif claim is not None and claim.sustain_months:
        _watch(decision, action_id, plan, store, f"month {claim.sustained} of {claim.sustain_months}")
    elif claim is not None and claim.sustain_months is None and _complete_is_not_assured(plan):
        _watch(decision, action_id, plan, store, None)
    else:
        _assure(decision, action_id, plan, store)


def _watch(decision: Decision, action_id: int, plan: Plan, store: Store, note: str | None) -> None:
    """Complete, and not yet assured."""
    _agree_rating(decision, action_id, plan, store, Status.COMPLETE)
    store.plans.set_state(action_id, State.ASSURING, note, decision.meeting_id)


def _complete_is_not_assured(plan: Plan) -> bool:
    """Whether the scale tells complete from assured ("green is complete, purple is embedded")."""
    scale = plan.scale()
    return bool(scale and scale.for_status(Status.COMPLETE) and scale.for_status(Status.ASSURED))


def _settle_claim(decision: Decision, action_id: int, outcome: str, store: Store) -> None:
    claim = store.governance.claim_of(action_id)
    if claim is not None and claim.outcome is None:
        store.governance.decide_claim(claim.id, outcome, decision.meeting_id)


def _assure(decision: Decision, action_id: int, plan: Plan, store: Store) -> None:
    """Closed, with the rating that stands for it."""
    store.plans.set_state(action_id, State.CLOSED, None, decision.meeting_id)
    _agree_rating(decision, action_id, plan, store, Status.ASSURED, Status.COMPLETE)


def _agree_rating(decision: Decision, action_id: int, plan: Plan, store: Store, *statuses: Status) -> None:
    """The main scale's rating for the first of these statuses that it has; none where it has none."""
    scale = plan.scale()
    found = (scale.for_status(status) for status in statuses) if scale else iter(())
    rating = next((one for one in found if one is not None), None)
    if scale and rating:
        store.governance.agree(action_id, scale.name, rating.label, RatingSource.MEETING, decision.meeting_id)


def _state(decision: Decision, action_id: int, store: Store) -> None:
    """Change control: closed without delivery, on hold, or open again, with the meeting's words."""
    state = {"on hold": State.HELD, "reopened": State.OPEN}.get(decision.label or "", State.UNDELIVERED)
    words = " ".join(word for word in (decision.label, decision.words) if word)
    store.plans.set_state(action_id, state, words, decision.meeting_id)
