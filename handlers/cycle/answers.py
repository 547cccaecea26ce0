"""What counts as an answer for a meeting, and who is silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.cycle.responsible import asks_something, shared_by_each
from storage.model.plan import ActionView, Plan
from storage.model.record import Meeting, Update, UpdateKind
from storage.store import Store

__all__ = ["Answered", "answered", "asked_about", "repeats_no_change", "silent", "silent_actions"]

_TOO_OFTEN = 3  # "no change" for the third meeting in a row says nothing


@dataclass(frozen=True, slots=True)
class Answered:
    """``actions`` that somebody answered for, and who did: (action, person)."""

    actions: frozenset[int]
    people: frozenset[tuple[int, int]]

    def by(self, action_id: int, person_id: int, plan: Plan) -> bool:
        """Whether the person need not answer any more."""
        if shared_by_each(plan, action_id):
            return (action_id, person_id) in self.people
        return action_id in self.actions


def answered(store: Store, plan: Plan, meeting: Meeting) -> Answered:
    """Standing updates that count for the meeting, without the third "no change" in a row."""
    counts = [
        update
        for update in store.updates.of_plan(plan.id, meeting_id=meeting.id)
        if not repeats_no_change(update, store)
    ]
    people = {(update.action_id, update.author_id) for update in counts}
    people |= {(update.action_id, update.entered_by_id) for update in counts if update.entered_by_id}
    return Answered(frozenset(update.action_id for update in counts), frozenset(people))


def repeats_no_change(update: Update, store: Store) -> bool:
    """Whether this is "no change" for the third meeting in a row."""
    if update.kind is not UpdateKind.NO_CHANGE:
        return False
    meetings: set[int | None] = set()
    for one in store.updates.of_action(update.action_id, limit=30):
        if not one.standing or one.at > update.at:
            continue
        if one.kind is not UpdateKind.NO_CHANGE:
            break
        meetings.add(one.meeting_id)
    return len(meetings) >= _TOO_OFTEN


def silent(
    store: Store, plan: Plan, meeting: Meeting, person_id: int | None = None
) -> dict[int, list[ActionView]]:
    """Person -> the actions that they were asked about for this meeting and that wait for an answer."""
    said = answered(store, plan, meeting)
    left: dict[int, dict[int, None]] = {}
    for prompt in store.updates.prompts_of(plan.id, meeting.id):
        if person_id in {None, prompt.person_id}:
            waiting = {one: None for one in prompt.action_ids if not said.by(one, prompt.person_id, plan)}
            left.setdefault(prompt.person_id, {}).update(waiting)
    views = _views(store, plan, {action_id for actions in left.values() for action_id in actions})
    found = {
        person: [views[action_id] for action_id in actions if action_id in views]
        for person, actions in left.items()
    }
    return {person: theirs for person, theirs in found.items() if theirs}


def _views(store: Store, plan: Plan, ids: set[int]) -> Mapping[int, ActionView]:
    found = store.plans.views(plan.id, action_ids=ids) if ids else []
    return {view.action.id: view for view in found if asks_something(view) and not view.action.dropped}


def asked_about(store: Store, plan: Plan, meeting: Meeting) -> set[int]:
    """The actions that somebody was asked about for the meeting."""
    return {one for prompt in store.updates.prompts_of(plan.id, meeting.id) for one in prompt.action_ids}


def silent_actions(store: Store, plan: Plan, meeting: Meeting) -> list[ActionView]:
    """The actions of ``silent``, each once."""
    views = {view.action.id: view for theirs in silent(store, plan, meeting).values() for view in theirs}
    return list(views.values())
