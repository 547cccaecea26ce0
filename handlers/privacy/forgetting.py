"""What is erased: a person who is to be forgotten, and what was said longer ago than the plan keeps words.

A plan's settings: ``legal_hold`` (``on``: nothing of it is erased) and ``keep_months`` (words older than so
many months are erased; without it they are kept). What meetings decided, ratings and dates always stay.
"""

from __future__ import annotations

from datetime import datetime

from dateutil.relativedelta import relativedelta

from handlers import wording
from storage.model.errors import NotAllowed
from storage.model.people import Erased, Person
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["expire", "forget", "refuse_under_hold", "tidy", "told"]


def refuse_under_hold(person: Person, store: Store) -> None:
    """Raise NotAllowed where a plan that the person had a part in is under legal hold."""
    plans = [plan.slug for plan in store.plans.all() if _on_hold(plan) and _had_a_part(person, plan, store)]
    if plans:
        raise NotAllowed(
            f"{person.name} cannot be forgotten: {wording.names(plans)} is under legal hold, and nothing of it may be"
            " erased. Ask whoever set the hold; “setting legal_hold off” ends it."
        )


def _on_hold(plan: Plan) -> bool:
    return plan.settings.get("legal_hold", "off") != "off"


def _had_a_part(person: Person, plan: Plan, store: Store) -> bool:
    said = any(
        person.id in {one.author_id, one.entered_by_id}
        for view in store.plans.views(plan.id)
        for one in store.updates.of_action(view.action.id)
    )
    return said or bool(store.people.roles(plan.id, person.id))


def forget(person: Person, store: Store) -> Erased:
    """Erase the person's name and words, inside ``writing``; NotAllowed under legal hold."""
    refuse_under_hold(person, store)
    return store.people.forget(person.id)


def told(erased: Erased) -> str:
    """What was erased and, in as many sentences, what was not and why."""
    sentences = [f"{wording.count(erased.texts, 'text')} and the name are erased."]
    sentences.append(
        "What meetings decided stays: ratings, dates and the words of decisions are the record, under the post."
    )
    named = [*erased.papers, *erased.documents]
    if named:
        sentences.append(
            f"These were issued or imported before, may name them and keep what they hold: {', '.join(named)}."
        )
    sentences.append("Backups that were made before keep what they hold until they are replaced.")
    return " ".join(sentences)


def tidy(plan: Plan, store: Store, now: datetime) -> None:
    """Once a week, inside ``writing``: what the plan keeps no longer is erased."""
    key = f"expiry:{plan.slug}:{now:%G-W%V}"
    if _months(plan) and key not in store.plans.effects_done(plan.id):
        expire(plan, store, now)
        store.plans.mark_effect(plan.id, key)


def _months(plan: Plan) -> int:
    """How many months the plan keeps words; 0 for always."""
    months = plan.settings.get("keep_months", "")
    return int(months) if months.isdecimal() and len(months) < 4 and not _on_hold(plan) else 0


def expire(plan: Plan, store: Store, now: datetime) -> int:
    """Erase what is older than the plan keeps words, inside ``writing``; how many texts."""
    months = _months(plan)
    return store.updates.expire(plan.id, now - relativedelta(months=months)) if months else 0
