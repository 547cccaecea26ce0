"""A post that a platform refuses for good: the programme office is told, for somebody was not."""

from __future__ import annotations

from dataclasses import replace

from handlers import wording
from handlers.messages import Message, ToChannel, ToPerson, say
from storage.model.people import Role
from storage.model.plan import Plan, State
from storage.store import Store

__all__ = ["undelivered"]

_KEY = "undelivered"


def undelivered(message: Message, reason: str, store: Store, *, gone: bool = False) -> list[Message]:
    """What the programme office is told; nothing where it cannot be told either.

    ``gone``: the person's account is closed. They are asked nothing any more, whoever else answers for
    what is theirs is asked from the next working day, and the office hears what nobody answers for.
    """
    if gone and isinstance(message.to, ToPerson):
        person = store.people.get(message.to.person_id)
        if person is not None and len(person.accounts) == 1:
            store.people.change(replace(person, active=False))
    plan = _plan_of(message.key or "", store)
    if plan is None or (message.key or "").startswith(_KEY):
        return []
    what = (message.key or "").partition(":")[0].replace("-", " ")
    theirs = _theirs(message, plan, store) if gone else ""
    words = say(
        f"I could not deliver a {what} of {plan.slug} to {_receiver(message, store)}: {reason}{theirs}"
    )
    office = store.people.with_role(plan.id, Role.PMO)
    return [
        Message(ToPerson(person.id), (words,), key=f"{_KEY}:{message.key}:to-{person.id}")
        for person in office
    ]


def _theirs(message: Message, plan: Plan, store: Store) -> str:
    if not isinstance(message.to, ToPerson):
        return ""
    views = store.plans.views(plan.id, person_id=message.to.person_id, states=[State.OPEN])
    return f" Theirs: {wording.listing([view.name for view in views], 30)}." if views else ""


def _plan_of(key: str, store: Store) -> Plan | None:
    """The plan that a natural key names second ("prompt:stoke:meeting-12:person-5")."""
    parts = key.split(":")
    return store.plans.get(parts[1]) if len(parts) > 1 else None


def _receiver(message: Message, store: Store) -> str:
    match message.to:
        case ToPerson(person_id=person_id):
            person = store.people.get(person_id)
            return person.name if person else "somebody"
        case ToChannel(surface=surface, channel_id=channel_id):
            names = [channel.name for channel in store.plans.channel(surface, channel_id)]
            return f"#{names[0].removeprefix('#')}" if names else f"a channel in {surface.capitalize()}"
        case _:
            return "whoever asked"
