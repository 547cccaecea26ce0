"""``clear``: an organisation's officer lets others see its updates, and who shares the action then hears of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from handlers import pick, wording
from handlers.grammar import Call
from handlers.messages import (
    ASKER,
    TAPPED,
    Bold,
    Button,
    Buttons,
    Heading,
    Message,
    Part,
    Quote,
    Text,
    ToPerson,
    say,
    spans,
)
from handlers.people.clearance import of_update, settle, waiting
from handlers.people.organisations import organisation_named
from handlers.request import Request
from handlers.roles import allowed, roles_of
from handlers.updates.hearing import heard_later
from storage.model.errors import NotAllowed, UsageError
from storage.model.people import Organisation, Role
from storage.model.plan import Plan
from storage.model.record import Update, Visibility
from storage.store import Store

__all__ = ["clear", "reminders"]


def reminders(store: Store, plan: Plan, today: date) -> list[Message]:
    """Once a working day, to each officer for whom something waits."""
    messages = []
    for body in store.people.organisations():
        found = waiting(plan, body, store)
        if found and body.clearing_officer_id:
            key = f"clearing:{plan.slug}:{body.id}:{today}"
            parts = (_count(body, found), _buttons(body, plan))
            messages.append(Message(ToPerson(body.clearing_officer_id), parts, key=key))
    return messages


def _count(body: Organisation, found: Sequence[Update]) -> Text:
    return say(Bold(body.name), f": {wording.count(len(found), 'update')} to clear.")


def _buttons(body: Organisation, plan: Plan, *, look: bool = True) -> Buttons:
    both = (
        Button("Clear all", f'clear "{body.name}" in {plan.slug}', "primary"),
        Button("Look", f'clear look "{body.name}" in {plan.slug}'),
    )
    return Buttons(both if look else both[:1])


def clear(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``clear NSCHT``: others see them now; ``clear look NSCHT``; ``clear 812`` clears one."""
    assert plan is not None
    words = call.tail.strip()
    looks = words.casefold().startswith("look ")
    number = int(words) if re.fullmatch(r"\d{1,15}", words) else None
    name = pick.split_quoted(words[5:])[0] if looks else words.strip('"“”')
    body = of_update(number, plan, store) if number else organisation_named(name, store)
    if body is None:
        raise UsageError("That update is cleared already.")
    _may_clear(request, body, plan, store)
    found = waiting(plan, body, store)
    if looks:
        return [_look(body, found, plan, store)]
    done = [_cleared(one, plan, store) for one in found if number in {None, one.id}]
    left = len(found) - len(done)
    said = say(Bold(body.name), f": {wording.count(len(done), 'update')} cleared, {left} left.")
    return [
        Message(ASKER, (said,), replaces=TAPPED),
        *heard_later(request, [one for one in done if one is not None], plan, store),
    ]


def _cleared(update: Update, plan: Plan, store: Store) -> Update | None:
    """The update as everybody may read it now."""
    store.updates.set_visibility(update.id, Visibility.PUBLIC)
    settle(update, plan, store)
    return store.updates.get(update.id)


def _look(body: Organisation, found: Sequence[Update], plan: Plan, store: Store) -> Message:
    actions = {action.id: action for action in store.plans.actions_by_id([one.action_id for one in found])}
    parts: list[Part] = [Heading(f"{body.name}: {wording.count(len(found), 'update')} to clear")]
    for one in found:
        action = actions[one.action_id]
        parts.append(Text(spans(Bold(action.name), f" {action.title}")))
        parts.append(Quote(one.text or "", spans(f"{one.author}, {one.at:%-d %b %Y}")))
        parts.append(Buttons((Button(f"Clear {action.name}", f"clear {one.id} in {plan.slug}"),)))
    return Message(ASKER, (*parts, *([_buttons(body, plan, look=False)] if found else [])))


def _may_clear(request: Request, body: Organisation, plan: Plan, store: Store) -> None:
    if request.person.id == body.clearing_officer_id:
        return
    if not allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO):
        raise NotAllowed(f"What {body.name} says is cleared by its clearing officer.")
