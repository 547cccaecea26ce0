"""When one has answered, and when it is cleared, the others who share the action hear it and are not chased."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.cycle.responsible import shared_by_each
from handlers.messages import Bold, Message, Part, Quote, ToPerson, say
from handlers.privacy.discretion import about
from handlers.request import Request
from handlers.updates.receipts import Filed
from storage.model.people import Person
from storage.model.plan import Plan
from storage.model.record import Update, UpdateKind, Visibility
from storage.store import Store

__all__ = ["heard", "heard_later"]


def heard(request: Request, author: Person, filed: Sequence[Filed], store: Store) -> list[Message]:
    """One message to each other owner or lead of what was answered: "Add or disagree?"."""
    for_person: dict[int, list[Filed]] = {}
    for one in filed:
        if one.no_change or one.update.visibility is not Visibility.PUBLIC:
            continue
        parties = store.people.parties_of(one.view.action.id, request.today)
        knew = {author.id, one.update.entered_by_id, request.person.id}
        for person_id in sorted({party.person_id for party in parties if party.person_id} - knew):
            for_person.setdefault(person_id, []).append(one)
    return [
        message
        for person_id, theirs in for_person.items()
        if (message := _message(request, author, store.people.get(person_id), theirs)) is not None
    ]


def heard_later(request: Request, cleared: Sequence[Update], plan: Plan, store: Store) -> list[Message]:
    """The same of updates that others see on these actions only now: cleared, or moved there."""
    by_author: dict[int, list[Update]] = {}
    for one in cleared:
        by_author.setdefault(one.author_id, []).append(one)
    told: list[Message] = []
    for author_id, theirs in by_author.items():
        author = store.people.get(author_id)
        views = store.plans.views(plan.id, action_ids=[one.action_id for one in theirs])
        of = {view.action.id: view for view in views}
        filed = [
            Filed(plan, of[one.action_id], one, (), one.kind is UpdateKind.NO_CHANGE)
            for one in theirs
            if one.action_id in of
        ]
        told += heard(request, author, filed, store) if author else []
    return told


def _message(
    request: Request, author: Person, other: Person | None, filed: Sequence[Filed]
) -> Message | None:
    if other is None or not other.accounts:
        return None
    parts: list[Part] = []
    for one in filed:
        parts.append(say(f"{author.name} answered for ", Bold(one.view.name), f" {one.view.action.title}:"))
        if about(one.update.text or "") is None:  # else its author may yet hold it for the private session
            parts.append(Quote(one.update.text or ""))
        else:
            parts.append(
                say("The words are not repeated here: they may be held for the private session.", quiet=True)
            )
    parts.append(say(f"Add or disagree: answer with its number in front. {_again(filed)}", quiet=True))
    key = f"heard:{filed[0].plan.slug}:update-{filed[0].update.id}:person-{other.id}"
    check = f"public:{','.join(str(one.update.id) for one in filed)}"
    return Message(ToPerson(other.id), tuple(parts), key=key, check=check)


def _again(filed: Sequence[Filed]) -> str:
    each = [one.view.name for one in filed if shared_by_each(one.plan, one.view.action.id)]
    if each:
        return f"Your own answer is needed too for {', '.join(each)}."
    return "You are not asked again for this meeting."
