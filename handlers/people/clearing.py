"""An organisation's clearing officer sees its updates first; until cleared, others do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
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
from handlers.request import Request
from handlers.roles import allowed, roles_of
from storage.model.errors import NotAllowed, UsageError
from storage.model.people import Organisation, Person, Role
from storage.model.plan import Plan
from storage.model.record import Update, Visibility
from storage.store import Store

__all__ = ["clear", "must_be_cleared", "organisation", "reminders", "settle", "wait", "waits", "waits_for"]

_HAS = re.compile(r"^(?P<name>.+?)\s+(?P<verb>has|cleared by|by return)(?:\s+(?P<rest>.+))?$", re.IGNORECASE)


def must_be_cleared(author: Person, entered_by: Person | None, store: Store) -> Organisation | None:
    """The organisation whose officer sees this author's words first; None where nobody does or it is that officer."""
    one = next((one for one in store.people.organisations() if one.id == author.organisation_id), None)
    if one is None or one.clearing_officer_id is None:
        return None
    by_officer = one.clearing_officer_id in {author.id, entered_by.id if entered_by else None}
    return None if by_officer else one


def wait(update: Update, body: Organisation, plan: Plan, store: Store) -> None:
    """Keep in mind that this update is to be cleared; it was kept as held."""
    fresh = store.plans.by_id(plan.id)
    waiting = (fresh.settings.get(_name(body.id)) or "").split()
    store.plans.set_setting(plan.id, _name(body.id), " ".join([*waiting, str(update.id)]))


def waits(update: Update, plan: Plan, store: Store) -> Organisation | None:
    """The organisation whose officer is still to clear this update."""
    settings = store.plans.by_id(plan.id).settings
    bodies = store.people.organisations()
    return next((one for one in bodies if str(update.id) in settings.get(_name(one.id), "").split()), None)


def settle(update: Update, plan: Plan, store: Store) -> None:
    """It is no longer to be cleared: somebody has said who reads it."""
    body = waits(update, plan, store)
    if body is not None:
        numbers = store.plans.by_id(plan.id).settings[_name(body.id)].split()
        left = " ".join(number for number in numbers if number != str(update.id))
        store.plans.set_setting(plan.id, _name(body.id), left or None)


def _name(organisation_id: int) -> str:
    return f"clearing:{organisation_id}"


def _waiting(plan: Plan, body: Organisation, store: Store) -> list[Update]:
    numbers = (plan.settings.get(_name(body.id)) or "").split()
    found = (store.updates.get(int(number)) for number in numbers)
    return [one for one in found if one is not None and one.standing]


def waits_for(update: Update, person: Person, store: Store) -> bool:
    """Whether this person, as clearing officer, is to look at the update."""
    bodies = [one for one in store.people.organisations() if one.clearing_officer_id == person.id]
    plan = store.plans.plan_of(update.action_id) if bodies else None
    return plan is not None and any(
        str(update.id) in (plan.settings.get(_name(body.id)) or "").split() for body in bodies
    )


def reminders(store: Store, plan: Plan, today: date) -> list[Message]:
    """Once a working day, to each officer for whom something waits."""
    messages = []
    for body in store.people.organisations():
        waiting = _waiting(plan, body, store)
        if waiting and body.clearing_officer_id:
            key = f"clearing:{plan.slug}:{body.id}:{today}"
            parts = (_count(body, waiting), _buttons(body, plan))
            messages.append(Message(ToPerson(body.clearing_officer_id), parts, key=key))
    return messages


def _count(body: Organisation, waiting: Sequence[Update]) -> Text:
    return say(Bold(body.name), f": {wording.count(len(waiting), 'update')} to clear.")


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
    body = _of_update(number, plan, store) if number else _named(name, store)
    _may_clear(request, body, plan, store)
    waiting = _waiting(plan, body, store)
    if looks:
        return [_look(body, waiting, plan, store)]
    done = [one for one in waiting if number in {None, one.id}]
    for one in done:
        store.updates.set_visibility(one.id, Visibility.PUBLIC)
    left = [str(one.id) for one in waiting if one not in done]
    store.plans.set_setting(plan.id, _name(body.id), " ".join(left) or None)
    said = say(Bold(body.name), f": {wording.count(len(done), 'update')} cleared, {len(left)} left.")
    return [Message(ASKER, (said,), replaces=TAPPED)]


def _look(body: Organisation, waiting: Sequence[Update], plan: Plan, store: Store) -> Message:
    actions = {action.id: action for action in store.plans.actions_by_id([one.action_id for one in waiting])}
    parts: list[Part] = [Heading(f"{body.name}: {wording.count(len(waiting), 'update')} to clear")]
    for one in waiting:
        action = actions[one.action_id]
        parts.append(Text(spans(Bold(action.name), f" {action.title}")))
        parts.append(Quote(one.text or "", spans(f"{one.author}, {one.at:%-d %b %Y}")))
        parts.append(Buttons((Button(f"Clear {action.name}", f"clear {one.id} in {plan.slug}"),)))
    return Message(ASKER, (*parts, *([_buttons(body, plan, look=False)] if waiting else [])))


def _of_update(number: int, plan: Plan, store: Store) -> Organisation:
    for body in store.people.organisations():
        if str(number) in (plan.settings.get(_name(body.id)) or "").split():
            return body
    raise UsageError("That update is cleared already.")


def _named(name: str, store: Store) -> Organisation:
    known = {one.name: one for one in store.people.organisations()}
    found = next((one for key, one in known.items() if key.casefold() == name.casefold()), None)
    if found is None:
        raise UsageError(f"No organisation is called “{name[:40]}”. {pick.suggestion(name, list(known))}")
    return found


def _may_clear(request: Request, body: Organisation, plan: Plan, store: Store) -> None:
    if request.person.id == body.clearing_officer_id:
        return
    if not allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO):
        raise NotAllowed(f"What {body.name} says is cleared by its clearing officer.")


def organisation(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``organisation NSCHT has Jane Smith, Bob Lee``; ``cleared by Jane Smith``; ``by return``; without more, what is known."""
    match = _HAS.match(call.tail.strip())
    if match is None:
        return [_about(_named(call.tail.strip().strip('"“”'), store), store)]
    body = store.people.organisation(match["name"].strip().strip('"“”'))
    rest = (match["rest"] or "").strip()
    match match["verb"].casefold():
        case "has":
            for name in re.split(r"\s*(?:,|\band\b)\s*", rest):
                store.people.change(replace(_person(name, store), organisation_id=body.id))
        case "cleared by":
            officer = None if rest.casefold() in {"", "nobody", "none"} else _person(rest, store)
            store.people.change_organisation(
                replace(body, clearing_officer_id=officer.id if officer else None)
            )
        case _:
            store.people.change_organisation(replace(body, by_return=True))
    return [_about(store.people.organisation(body.name), store)]


def _person(name: str, store: Store) -> Person:
    found = [
        one for one in store.people.by_name(name) if one.name.casefold() == name.casefold().strip('@"“”')
    ]
    return found[0] if found else store.people.add(name.strip('@"“”'))


def _about(body: Organisation, store: Store) -> Message:
    members = [one.name for one in store.people.all() if one.organisation_id == body.id]
    officer = store.people.get(body.clearing_officer_id) if body.clearing_officer_id else None
    words = f": {wording.listing(members, 30) if members else 'nobody yet'}. "
    words += f"Cleared by {officer.name}." if officer else "Nobody clears its updates first."
    return Message(ASKER, (say(Bold(body.name), words, " Asked by return." if body.by_return else ""),))
