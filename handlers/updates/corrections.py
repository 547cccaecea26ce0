"""A message that its author changes or deletes: its updates are corrected or withdrawn; papers that are issued stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.messages import Message
from handlers.request import Request
from handlers.updates import receipts
from handlers.updates.intake import Author, file_words, source_of
from handlers.updates.leading import with_leading_ref
from storage.model.people import Person
from storage.model.plan import ActionView, Plan
from storage.model.record import Update
from storage.store import Store

__all__ = ["deleted", "edited"]


def edited(request: Request, store: Store) -> list[Message]:
    """The author changed a message: what it says differently is corrected, what it says no more is withdrawn.

    A link that unfolds is an edit too: where nothing differs nothing is said.
    """
    source = source_of(request)
    old = store.updates.by_source(source) if source else []
    text = request.text.strip()
    if source and text and not old and _settled(source, request, store, unless=text):
        return file_words(request, store, text, Author(request.person))
    if not source or not old or not text or not _said_by(request.person, old[0]):
        return []
    plan, onto = _where_they_stand(text, old, request, store)
    places = {(one.action_id, one.step_no): one for one in old}
    messages = file_words(request, store, text, Author(request.person), plan=plan, replaces=places, onto=onto)
    for one in old:
        now = store.updates.get(one.id)
        if now is not None and now.standing and not _still_says(text, one):
            store.updates.withdraw(one.id)
    if store.updates.by_source(source) == old:
        return []
    return [replace(message, key=f"{message.key}:edit" if message.key else None) for message in messages]


def _where_they_stand(
    text: str, old: Sequence[Update], request: Request, store: Store
) -> tuple[Plan | None, ActionView | None]:
    """The action on which the words were kept, where they name none: it may be that their author moved them there."""
    plan = store.plans.plan_of(old[0].action_id)
    reading = with_leading_ref(text, request.read(text, request.today), [plan], request, store)
    if len(old) > 1 or any(segment.refs or segment.rest for segment in reading.segments):
        return None, None
    return plan, store.plans.views(plan.id, action_ids=[old[0].action_id])[0]


def _still_says(text: str, update: Update) -> bool:
    return " ".join((update.text or "").split()) in " ".join(text.split())


def deleted(request: Request, store: Store) -> list[Message]:
    """The author deleted a message: its updates are withdrawn; papers that are issued stand."""
    source = source_of(request)
    old = store.updates.by_source(source) if source else []
    if source and not old and _settled(source, request, store):
        return [receipts.let_go(request)]
    if not old or not _said_by(request.person, old[0]):
        return []
    for one in old:
        store.updates.withdraw(one.id)
    actions = store.plans.actions_by_id([one.action_id for one in old])
    issued = any(_issued_since(one, store) for one in old)
    return [receipts.withdrawn(request, [action.name for action in actions], issued=issued)]


def _settled(source: str, request: Request, store: Store, *, unless: str = "") -> bool:
    """Whether words of that message, other than these, waited for an action; they wait no longer."""
    number = store.updates.unplaced_at(source, request.person.id)
    waiting = store.updates.unplaced_text(number) if number is not None else None
    if number is None or waiting is None or waiting[0].split() == unless.split():
        return False
    store.updates.settle_unplaced(number)
    return True


def _said_by(person: Person, update: Update) -> bool:
    """Whether the message was theirs: said as their own, or for whom they stand in; who placed it may be another."""
    return person.id in {update.entered_by_id, update.author_id}


def _issued_since(update: Update, store: Store) -> bool:
    plan = store.plans.plan_of(update.action_id)
    papers = store.governance.issued(plan.id, update.meeting_id) if update.meeting_id else []
    return any(at > update.at for _, _, _, at in papers)
