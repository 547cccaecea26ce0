"""What handlers say becomes posts: one outbox row each, named so that none is ever made twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from handlers.messages import TAPPED, Asker, Message, ToChannel, ToPerson, to_json
from storage.model.people import Person
from storage.model.post import Inbound
from storage.store import Store

__all__ = ["NOWHERE", "SURFACES", "for_asker", "keep", "keep_replies"]

SURFACES = ("slack", "teams", "console")  # the order in which a person is looked for
NOWHERE = "none"  # the surface of a post to somebody who is on none; it waits until they are mapped


def keep_replies(
    store: Store, messages: Sequence[Message], inbound: Inbound, served: Collection[str], *, live: bool
) -> list[Message]:
    """Keep the posts among these answers, inside ``writing``; the rest answer within the interaction.

    ``live``: there is an interaction to answer in. Without one, what is for the asker is a post too.
    """
    own, posts = for_asker(messages, inbound) if live else ([], _named_here(messages, inbound))
    for message in posts:
        if isinstance(message.to, Asker):
            _add(store, message, inbound.surface, inbound.conversation, _only_for(message.to, inbound))
        else:
            _post(store, message, (inbound.surface, *served))
    return own


def for_asker(messages: Sequence[Message], inbound: Inbound) -> tuple[list[Message], list[Message]]:
    """What answers within the interaction, and what is a post to somebody."""
    named = _named_here(messages, inbound)
    own = [message for message in named if isinstance(message.to, Asker)]
    return own, [message for message in named if not isinstance(message.to, Asker)]


def _named_here(messages: Sequence[Message], inbound: Inbound) -> list[Message]:
    origin = f"reply:{inbound.surface}:{inbound.key}"
    return [
        _at_home(_named(message, f"{origin}:{number}"), inbound) for number, message in enumerate(messages, 1)
    ]


def keep(store: Store, messages: Sequence[Message], origin: str, served: Collection[str]) -> int:
    """Keep what nobody asked for (the clock, a meeting's decisions); how many rows are new."""
    named = (_named(message, f"{origin}:{number}") for number, message in enumerate(messages, 1))
    return sum(_post(store, message, served) for message in named)


def _named(message: Message, key: str) -> Message:
    return message if message.key else replace(message, key=key)


def _at_home(message: Message, inbound: Inbound) -> Message:
    """With the tapped message named, and an answer to words in a thread put into that thread.

    What goes to a person after a mention goes to another conversation, where that thread is not.
    """
    if message.replaces == TAPPED:
        tapped = f"@{inbound.message_id}" if inbound.message_id else None
        message = replace(message, replaces=tapped)
    if not isinstance(message.to, Asker) and not inbound.direct and (message.thread or "").startswith("@"):
        return replace(message, thread=None)
    if isinstance(message.to, Asker) and message.thread is None and message.replaces is None:
        thread = inbound.thread
        if thread is None and message.to.everyone and not inbound.direct:
            thread = inbound.message_id
        message = replace(message, thread=f"@{thread}" if thread else None)
    return message


def _only_for(to: Asker, inbound: Inbound) -> str | None:
    return None if to.everyone or inbound.direct else inbound.user_id


def _post(store: Store, message: Message, served: Collection[str]) -> bool:
    match message.to:
        case ToPerson(person_id=person_id):
            surface, conversation = _whereabouts(store.people.get(person_id), person_id, served)
        case ToChannel(surface=surface, channel_id=conversation):
            pass
        case Asker():
            raise ValueError("nobody asked for this")
    return _add(store, message, surface, conversation, None)


def _whereabouts(person: Person | None, person_id: int, served: Collection[str]) -> tuple[str, str]:
    """Where a person is written to: on a surface that is served, in its order, else on one that they have."""
    order = dict.fromkeys((*(one for one in served if one in SURFACES), *SURFACES))
    known = [one for surface in order if person and (one := person.account(surface))]
    account = min(known, key=lambda one: one.gone, default=None)  # the first that is not gone
    if account is None:
        return NOWHERE, f"person:{person_id}"
    return account.surface, account.conversation or account.user_id


def _add(store: Store, message: Message, surface: str, conversation: str, only_for: str | None) -> bool:
    content = to_json(message)
    if only_for:
        content["only_for"] = only_for
    needed = [key for key in (message.replaces, message.thread) if key and not key.startswith("@")]
    return store.outbox.add(
        message.key or "",
        surface,
        conversation,
        content,
        after=needed[0] if needed else None,
        check=message.check,
    )
