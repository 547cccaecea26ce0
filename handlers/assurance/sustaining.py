"""Claims whose effect is watched: a figure each cycle, a miss restarts the count, and the last one goes to a meeting."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import wording
from handlers.assurance.promises import verdict
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Message, say
from handlers.pick import one_action
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Update
from storage.store import Store

__all__ = ["sustain", "watched"]

_MONTHS = re.compile(r"(?:for\s+)?(\d{1,2})\s*(?:months?|points?|cycles?)?", re.IGNORECASE)


def sustain(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``sustain 6.1.4 3 months`` or ``sustain 6.1.4 one-off``: how long a claim's effect is watched before it is assured."""
    assert plan is not None
    view, words = one_action(store, plan, call.tail)
    claim = store.governance.claim_of(view.action.id)
    if claim is None:
        raise UsageError(
            f"Nobody has claimed {view.name} complete. It is claimed first: “claim {view.name}”."
        )
    match = _MONTHS.fullmatch(words.strip())
    if match is None and words.strip().casefold() not in {"one-off", "once"}:
        raise UsageError(f"It is: {call.command.usage}")
    months = int(match[1]) if match else 0
    store.governance.change_claim(replace(claim, sustain_months=months))
    if view.state is State.ASSURING:
        store.plans.set_state(view.action.id, State.ASSURING, _note(claim.sustained, months))
    how = (
        f"watched for {wording.count(months, 'month')} once a meeting agrees"
        if months
        else "assured on its evidence alone"
    )
    return [Message(ASKER, (say(Bold(view.name), f" is {how}."),))]


def _note(sustained: int, months: int) -> str | None:
    return f"month {sustained} of {months}" if months else None


def watched(view: ActionView, update: Update, request: Request, store: Store) -> str | None:
    """Count an update of an action that is being assured, once a cycle; the sentence for its author."""
    claim = store.governance.claim_of(view.action.id) if view.state is State.ASSURING else None
    if claim is None or not claim.sustain_months or not view.action.promise:
        return None
    promise = view.action.promise
    found = verdict(request.read(promise, request.today), update.reading, promise)
    if found is None or found.met is None:
        return f"{view.name} is being assured: {found.words if found else 'the plan promises no figure'}."
    if found.met and _counted(view, update, store):
        return f"{view.name}: {found.words}; counted already for this meeting."
    sustained = claim.sustained + 1 if found.met else 0
    store.governance.change_claim(replace(claim, sustained=sustained))
    store.plans.set_state(view.action.id, State.ASSURING, _note(sustained, claim.sustain_months))
    if not found.met:
        return f"{view.name}: {found.words}, a miss, so the count starts again."
    if sustained >= claim.sustain_months:
        return f"{view.name}: {found.words}. That is all {claim.sustain_months} months; the next meeting can assure it."
    return f"{view.name}: {found.words}; month {sustained} of {claim.sustain_months}."


def _counted(view: ActionView, update: Update, store: Store) -> bool:
    """Whether an earlier update of the same cycle was a figure already."""
    earlier = store.updates.of_action(view.action.id, limit=10)
    return any(
        one.id != update.id
        and one.standing
        and one.meeting_id == update.meeting_id
        and (one.reading.percentages or one.reading.measures)
        for one in earlier
        if one.at <= update.at
    )
