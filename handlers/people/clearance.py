"""Whose words an organisation's clearing officer sees first, and which updates wait for that."""

from __future__ import annotations

from storage.model.people import Organisation, Person
from storage.model.plan import Plan
from storage.model.record import Update, Visibility
from storage.store import Store

__all__ = [
    "first_reader",
    "of_update",
    "settle",
    "wait",
    "waiting",
    "waits",
    "waits_for",
]


def first_reader(
    author: Person, entered_by: Person | None, plan: Plan, store: Store, *, instead_of: Update | None = None
) -> tuple[Organisation | None, Visibility]:
    """The organisation whose officer sees this author's words before others do, and who reads them until then.

    ``instead_of``: the update that they correct. What was held for good stays held, and is not cleared: that
    would let everybody read it.
    """
    if instead_of and instead_of.visibility is not Visibility.PUBLIC and not waits(instead_of, plan, store):
        return None, instead_of.visibility
    body = _cleared_by(author, entered_by, store)
    return body, Visibility.RESTRICTED if body else Visibility.PUBLIC


def _cleared_by(author: Person, entered_by: Person | None, store: Store) -> Organisation | None:
    one = next((one for one in store.people.organisations() if one.id == author.organisation_id), None)
    if one is None or one.clearing_officer_id is None:
        return None
    by_officer = one.clearing_officer_id in {author.id, entered_by.id if entered_by else None}
    return None if by_officer else one


def wait(
    update: Update, body: Organisation, plan: Plan, store: Store, *, instead_of: Update | None = None
) -> None:
    """Keep in mind that this update, which was kept as held, is to be cleared, in the place of another."""
    if instead_of:
        settle(instead_of, plan, store)
    numbers = _numbers(body, store.plans.by_id(plan.id))
    store.plans.set_setting(plan.id, _name(body.id), " ".join([*numbers, str(update.id)]))


def waits(update: Update, plan: Plan, store: Store) -> Organisation | None:
    """The organisation whose officer is still to clear this update."""
    return of_update(update.id, store.plans.by_id(plan.id), store)


def of_update(update_id: int, plan: Plan, store: Store) -> Organisation | None:
    """The same by its number, as ``plan`` has it."""
    bodies = store.people.organisations()
    return next((one for one in bodies if str(update_id) in _numbers(one, plan)), None)


def settle(update: Update, plan: Plan, store: Store) -> None:
    """It is no longer to be cleared: it is cleared, or somebody has said who reads it."""
    fresh = store.plans.by_id(plan.id)
    body = of_update(update.id, fresh, store)
    if body is not None:
        left = " ".join(number for number in _numbers(body, fresh) if number != str(update.id))
        store.plans.set_setting(plan.id, _name(body.id), left or None)


def waiting(plan: Plan, body: Organisation, store: Store) -> list[Update]:
    """What the organisation's officer is to look at: standing updates, oldest first."""
    found = (store.updates.get(int(number)) for number in _numbers(body, plan))
    return [one for one in found if one is not None and one.standing]


def waits_for(update: Update, person: Person, store: Store) -> bool:
    """Whether this person, as clearing officer, is to look at the update."""
    bodies = [one for one in store.people.organisations() if one.clearing_officer_id == person.id]
    plan = store.plans.plan_of(update.action_id) if bodies else None
    return plan is not None and any(str(update.id) in _numbers(body, plan) for body in bodies)


def _numbers(body: Organisation, plan: Plan) -> list[str]:
    return (plan.settings.get(_name(body.id)) or "").split()


def _name(organisation_id: int) -> str:
    return f"clearing:{organisation_id}"
