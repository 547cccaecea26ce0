"""An action's own rhythm (``ask 3.1 quarterly``), and whether all who share it must answer (``shared 1.5 each``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Message, say
from handlers.pick import leading_action, one_action
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["RHYTHMS", "names_action", "set_rhythm", "shared", "turn_of"]

RHYTHMS = {
    "every meeting": 0,
    "monthly": 1,
    "every other month": 2,
    "quarterly": 3,
    "half-yearly": 6,
    "yearly": 12,
}  # months between two questions
_DAYS_A_MONTH = 30.4375
_SLACK = timedelta(days=12)  # meetings are not held to the day: "quarterly" is met by 11 weeks and a bit
_EVERY = re.compile(r"every\s+(\d{1,2})\s+months?", re.IGNORECASE)


def names_action(store: Store, plan: Plan, words: str) -> bool:
    """Whether "ask 3.1 quarterly" is meant rather than "ask ORGANISATION"."""
    actions, _, rest = leading_action(store, plan, words)
    return bool(actions) and _months(rest) is not None


def set_rhythm(request: Request, call: Call, plan: Plan, store: Store) -> list[Message]:
    """``ask 3.1 quarterly``; ``ask 3.1 every meeting`` ends it."""
    view, words = one_action(store, plan, call.tail)
    months = _months(words)
    if months is None:
        raise UsageError(f"How often? Say one of: {', '.join(RHYTHMS)}, every 4 months.")
    store.plans.set_setting(plan.id, f"rhythm:{view.action.id}", str(months) if months else None)
    return [Message(ASKER, (say(Bold(view.name), f" is asked about {_named(months)} now."),))]


def _months(words: str) -> int | None:
    """The months that the words name; None where they name none."""
    text = " ".join(words.casefold().split())
    every = _EVERY.fullmatch(text)
    months = int(every[1]) if every else RHYTHMS.get(text)
    return months if months is not None and months <= 24 else None


def _named(months: int) -> str:
    return next((name for name, number in RHYTHMS.items() if number == months), f"every {months} months")


def turn_of(views: Sequence[ActionView], meeting: Meeting, plan: Plan, store: Store) -> list[ActionView]:
    """The actions whose turn it is: asked about long enough before this meeting, or never."""
    slow = {
        view.action.id: int(months)
        for view in views
        if (months := plan.settings.get(f"rhythm:{view.action.id}"))
    }
    if not slow or meeting.day is None:
        return list(views)
    resting: set[int] = set()
    for other in store.governance.meetings(plan.id, assurance=True):
        if other.day is None or other.id == meeting.id or other.day >= meeting.day:
            continue
        wait = {
            action_id
            for action_id, months in slow.items()
            if meeting.day - other.day < timedelta(days=months * _DAYS_A_MONTH) - _SLACK
        }
        if wait:
            asked = {
                one for prompt in store.updates.prompts_of(plan.id, other.id) for one in prompt.action_ids
            }
            resting |= wait & asked
    return [view for view in views if view.action.id not in resting]


def shared(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``shared 1.5 each``: every owner must answer; ``shared 1.5 any``: one is enough."""
    assert plan is not None
    view, words = one_action(store, plan, call.tail)
    rule = words.strip().casefold()
    if rule not in {"any", "each"}:
        raise UsageError(f"Say “shared {view.name} each” or “shared {view.name} any”.")
    store.plans.set_setting(plan.id, f"shared:{view.action.id}", "each" if rule == "each" else None)
    what = (
        "everybody who shares it must answer"
        if rule == "each"
        else "one answer is enough for all who share it"
    )
    return [Message(ASKER, (say(Bold(view.name), f": {what}."),))]
