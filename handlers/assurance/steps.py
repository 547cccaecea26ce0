"""Numbered steps of an action: how many are done, what is next, and which one a message speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import wording
from storage.model.document import DateKind
from storage.model.plan import ActionView, Step

__all__ = ["open_steps", "progress", "step_named"]


def step_named(view: ActionView, no: str | None) -> Step | None:
    """The step of that number; None where none is named or the action has none such."""
    return next((step for step in view.action.steps if no and step.no.casefold() == no.casefold()), None)


def open_steps(view: ActionView) -> list[Step]:
    """Steps that are not done; the action is not complete while there is one."""
    return [step for step in view.action.steps if step.done is None]


def progress(view: ActionView, today: date) -> str | None:
    """ "7 of 10 steps done, next 31 Jul 2026, step 6 overdue"; None for an action without steps."""
    if not view.action.steps:
        return None
    left = open_steps(view)
    total = len(view.action.steps)
    words = [f"{total - len(left)} of {wording.count(total, 'step')} done"]
    ahead = [end for step in left if (end := _due(step)) is not None and end >= today]
    if ahead:
        words.append(f"next {min(ahead):%-d %b %Y}")
    late = [step.no for step in left if (end := _due(step)) is not None and end < today]
    if late:
        words.append(f"{_steps(late)} overdue")
    return ", ".join(words)


def _due(step: Step) -> date | None:
    return step.due.end if step.due.kind is DateKind.DUE else None


def _steps(numbers: Sequence[str]) -> str:
    return f"{'step' if len(numbers) == 1 else 'steps'} {wording.names(numbers)}"
