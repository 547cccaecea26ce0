"""Who cannot be reached: a post refused for good, a bot that was removed. The programme office is told at once."""

from __future__ import annotations

from dataclasses import replace

from handlers import wording
from handlers.messages import Message, Text, ToChannel, ToPerson, say
from handlers.request import Request
from storage.model.people import GONE, Account, Person, Role
from storage.model.plan import Plan, State
from storage.store import Store

__all__ = ["heard_again", "left", "undelivered"]

_KEY = "undelivered"


def undelivered(
    message: Message, reason: str, store: Store, *, gone_from: str | None = None
) -> list[Message]:
    """What the programme office is told; nothing where it cannot be told either.

    ``gone_from``: the surface on which the person's account is closed, or the bot cannot write to them. Where they
    have no other, they are asked nothing any more, whoever else answers for what is theirs is asked from the next
    working day, and the office hears what nobody answers for.
    """
    person = store.people.get(message.to.person_id) if isinstance(message.to, ToPerson) else None
    if gone_from is not None and person is not None:
        _give_up(person, gone_from, store)
    plan = _plan_of(message.key or "", store)
    if plan is None or (message.key or "").startswith(_KEY):
        return []
    what = (message.key or "").partition(":")[0].replace("-", " ")
    theirs = _theirs(person, plan, store) if gone_from is not None and person is not None else ""
    words = say(
        f"I could not deliver a {what} of {plan.slug} to {_receiver(message, store)}: {reason}{theirs}"
    )
    return _to_office(plan, words, message.key or "", store)


def left(request: Request, store: Store) -> list[Message]:
    """The bot was removed from somebody's own chat, or from a plan's channel."""
    inbound = request.inbound
    key = f"left:{inbound.surface}:{inbound.conversation}:{request.today}"  # one removal can be told twice
    if inbound.direct:
        return _left_by(request.person, inbound.surface, key, store)
    told = []
    for channel in store.plans.channel(inbound.surface, inbound.conversation):
        plan = store.plans.by_id(channel.plan_id)
        words = say(
            f"I was removed from #{channel.name.removeprefix('#')}, so nothing of {plan.slug} can be posted there."
            " Add me again, or choose another channel with “channel”."
        )
        told += _to_office(plan, words, key, store)
    return told


def _left_by(person: Person, surface: str, key: str, store: Store) -> list[Message]:
    if not _give_up(person, surface, store):
        return []
    told = []
    for plan in store.plans.all():
        theirs = _theirs(person, plan, store)
        if theirs:
            words = say(
                f"{person.name} removed me from their {surface.capitalize()}, so I ask them nothing any more.{theirs}"
            )
            told += _to_office(plan, words, key, store)
    return told


def heard_again(person: Person, account: Account, store: Store) -> None:
    """Who had been given up did something: they can be asked again."""
    store.people.set_account(person.id, account.back())
    store.people.change(replace(person, active=True))


def _give_up(person: Person, surface: str, store: Store) -> bool:
    """Write to them there no more; and ask them nothing any more, where this was the last way to them."""
    account = person.account(surface)
    if not person.active or account is None or account.gone:
        return False
    store.people.set_account(person.id, replace(account, details={**account.details, GONE: "yes"}))
    if any(not other.gone for other in person.accounts if other.surface != surface):
        return False
    store.people.change(replace(person, active=False))
    return True


def _to_office(plan: Plan, words: Text, key: str, store: Store) -> list[Message]:
    office = store.people.with_role(plan.id, Role.PMO)
    return [Message(ToPerson(one.id), (words,), key=f"{_KEY}:{key}:to-{one.id}") for one in office]


def _theirs(person: Person, plan: Plan, store: Store) -> str:
    views = store.plans.views(plan.id, person_id=person.id, states=[State.OPEN])
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
