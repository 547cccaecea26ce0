"""A decision in words, beside what stood before it."""

from __future__ import annotations

from handlers import wording
from storage.model.document import PlanDate
from storage.model.plan import ActionView, Plan, Rated, RatingStage
from storage.model.record import Decision, DecisionKind
from storage.store import Store

__all__ = ["against_request", "sentence"]

_VERBS = {
    DecisionKind.AGREE: "agreed",
    DecisionKind.AGREE_AS: "agreed",
    DecisionKind.REFUSE: "refused",
    DecisionKind.DEFER: "deferred",
    DecisionKind.NOTE: "noted",
}


def sentence(decision: Decision, view: ActionView, plan: Plan, store: Store) -> str:
    """What was decided: "Red agreed (was Amber), “return in May”"."""
    verb = _VERBS[decision.kind]
    said = f", “{decision.words}”" if decision.words else ""
    match decision.subject:
        case "rating":
            return f"{_rating(decision, verb, plan, store)}{said}"
        case "date":
            return f"{_date(decision, view, verb, store)}{said}"
        case "state":
            words = (decision.words or "").strip()
            return f"{decision.label}{' ' + words if words else ''} agreed"
        case "assurance":
            return f"assurance {verb}{said}"
        case "claim":
            return f"the claim of completion {verb}{said}"
        case "verbal":
            return f"verbal update by {decision.words}"
        case _:
            return f"{verb}{said}"


def _rating(decision: Decision, verb: str, plan: Plan, store: Store) -> str:
    scale = plan.scale(decision.scale)
    title = f"{scale.title} " if scale and len(plan.scales) > 1 else ""
    name = scale.short(decision.label or "") if scale else decision.label
    before = _rated_before(decision, RatingStage.AGREED, store)
    was = (scale.short(before) if scale else before) if before else "not yet rated"
    if decision.kind in {DecisionKind.REFUSE, DecisionKind.DEFER}:
        return f"{title}{name} {verb}, stays {was}"
    return f"{title}{name} {verb}" + (f" (was {was})" if before != decision.label else "")


def _rated_before(decision: Decision, stage: RatingStage, store: Store) -> str | None:
    """The label that stood on that scale when the meeting decided."""
    history = store.governance.rating_history(decision.action_id or 0)
    labels = [
        one.label
        for one in history
        if one.scale == decision.scale and one.stage is stage and _came_before(one, decision)
    ]
    return labels[-1] if labels else None


def _came_before(rated: Rated, decision: Decision) -> bool:
    """What the decision itself set bears its time and its meeting."""
    return rated.at < decision.at or (rated.at == decision.at and rated.meeting_id != decision.meeting_id)


def _date(decision: Decision, view: ActionView, verb: str, store: Store) -> str:
    before = wording.due(_due_before(decision, view, store))
    what = wording.due(decision.due) if decision.due else "the date"
    step = f"step {decision.label}: " if decision.label else ""
    if decision.kind in {DecisionKind.REFUSE, DecisionKind.DEFER}:
        return f"{step}{what} {verb}, stays {before}"
    return f"{step}{what} {verb}" + (f" (was {before})" if before != what else "")


def _due_before(decision: Decision, view: ActionView, store: Store) -> PlanDate:
    """The due date that stood when the meeting decided: the last one agreed before."""
    ledger = [one for one in store.governance.ledger(view.action.id) if one.step_no == decision.label]
    agreed = [
        one for one in ledger if one.outcome == "agreed" and one.decided_at and one.decided_at < decision.at
    ]
    if agreed:
        return agreed[-1].wanted
    later = [one for one in ledger if one.outcome == "agreed"]
    if later:
        return later[0].was
    step = next((one for one in view.action.steps if one.no == decision.label), None)
    return step.due if step else view.due


def against_request(decision: Decision, plan: Plan, store: Store) -> str:
    """How the decision differs from what its owner asked for: "; Amber was proposed"."""
    if decision.kind not in {DecisionKind.AGREE, DecisionKind.AGREE_AS}:
        return ""
    if decision.subject == "date":
        return _against_date(decision, store)
    scale = plan.scale(decision.scale)
    if decision.subject != "rating" or scale is None:
        return ""
    proposed = _waiting_proposal(decision, store)
    if proposed is None:
        return ""
    return ", as proposed" if proposed == decision.label else f"; {scale.short(proposed)} was proposed"


def _waiting_proposal(decision: Decision, store: Store) -> str | None:
    """The label that was proposed since the last agreement before this decision."""
    label = None
    for one in store.governance.rating_history(decision.action_id or 0):
        if one.scale == decision.scale and one.at < decision.at:
            label = one.label if one.stage is RatingStage.PROPOSED else None
    return label


def _against_date(decision: Decision, store: Store) -> str:
    settled = [
        one
        for one in store.governance.ledger(decision.action_id or 0)
        if one.decided_at == decision.at and one.asked_at < decision.at and one.step_no == decision.label
    ]
    if not settled:
        return ""
    same = settled[-1].outcome == "agreed"
    return ", as asked" if same else f"; {wording.due(settled[-1].wanted)} was asked for"
