"""What a person said no to, so that a later "ok" is not taken for a yes to it."""

from __future__ import annotations

from storage.model.people import Person
from storage.model.plan import Plan
from storage.model.record import Update
from storage.store import Store

__all__ = ["is_left", "keep_left"]


def keep_left(update: Update, person: Person, plan: Plan, store: Store) -> None:
    """Keep in mind that the person left the record as it was, inside ``writing``; with what they left for the same message."""
    same = [other for other in _left(person, store.plans.by_id(plan.id)) if _at(other, store) == update.at]
    numbers = dict.fromkeys((*same, str(update.id)))
    store.plans.set_setting(plan.id, _name(person), " ".join(numbers))


def is_left(update: Update, person: Person, plan: Plan) -> bool:
    """Whether the person said no to what this update asked."""
    return str(update.id) in _left(person, plan)


def _left(person: Person, plan: Plan) -> list[str]:
    return (plan.settings.get(_name(person)) or "").split()


def _at(number: str, store: Store) -> object:
    update = store.updates.get(int(number))
    return update and update.at


def _name(person: Person) -> str:
    return f"left:{person.id}"
