"""A message that its author changes or deletes: its updates are corrected or withdrawn; papers that are issued stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.messages import Message
from handlers.request import Request
from handlers.updates import receipts
from handlers.updates.intake import Author, file_words, source_of
from storage.model.people import Person
from storage.model.record import Update
from storage.store import Store

__all__ = ["deleted", "edited"]


def edited(request: Request, store: Store) -> list[Message]:
    """The author changed a message: its updates are corrected where the words differ."""
    source = source_of(request)
    old = store.updates.by_source(source) if source else []
    text = request.text.strip()
    if not old or not text or not _said_by(request.person, old[0]):
        return []
    if _same_words(text, old):
        return []  # a link that unfolds is an edit too
    messages = file_words(
        request, store, text, Author(request.person), replaces={one.action_id: one for one in old}
    )
    for one in old:
        now = store.updates.get(one.id)
        if now is not None and now.standing:
            store.updates.withdraw(one.id)
    return [replace(message, key=f"{message.key}:edit" if message.key else None) for message in messages]


def _same_words(text: str, old: Sequence[Update]) -> bool:
    folded = " ".join(text.split())
    return all(" ".join((one.text or "").split()) in folded for one in old) and sum(
        len(one.text or "") for one in old
    ) >= 0.6 * len(text)


def deleted(request: Request, store: Store) -> list[Message]:
    """The author deleted a message: its updates are withdrawn; papers that are issued stand."""
    source = source_of(request)
    old = store.updates.by_source(source) if source else []
    if not old or not _said_by(request.person, old[0]):
        return []
    for one in old:
        store.updates.withdraw(one.id)
    actions = store.plans.actions_by_id([one.action_id for one in old])
    issued = any(_issued_since(one, store) for one in old)
    return [receipts.withdrawn(request, [action.name for action in actions], issued=issued)]


def _said_by(person: Person, update: Update) -> bool:
    """Whether the message was theirs: said as their own, or for whom they stand in."""
    return person.id == (update.entered_by_id or update.author_id)


def _issued_since(update: Update, store: Store) -> bool:
    plan = store.plans.plan_of(update.action_id)
    papers = store.governance.issued(plan.id, update.meeting_id) if update.meeting_id else []
    return any(at > update.at for _, _, _, at in papers)
