"""Re-checks after closure: on a day, by somebody other than its owner, whether what was assured is still so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers import wording
from handlers.assurance.dates import read_due
from handlers.grammar import Call
from handlers.messages import (
    ASKER,
    TAPPED,
    Bold,
    Button,
    Buttons,
    Field,
    Form,
    Message,
    Part,
    Text,
    ToPerson,
    say,
    spans,
)
from handlers.people.mapping import person_named
from handlers.pick import is_party, one_action
from handlers.request import Request
from handlers.roles import allowed, require, roles_of
from storage.model.errors import NotAllowed, UsageError
from storage.model.people import Role
from storage.model.plan import ActionView, Plan, State
from storage.store import Store

__all__ = ["Recheck", "asked_today", "failed", "recheck", "recheck_of", "recheck_words"]

_PLAN = re.compile(r"(?:on\s+)?(?P<day>.+?)\s+by\s+(?P<name>\S.*)", re.IGNORECASE)
_RESULT = re.compile(r"(?P<no>not\s+)?sustained\b[\s,:]*(?P<words>.*)", re.IGNORECASE | re.DOTALL)
_SETTING = "recheck:"


@dataclass(frozen=True, slots=True)
class Recheck:
    """``stage``: "planned", "sustained" or "failed"; ``day``: when it is due, or was done."""

    stage: str
    day: date
    person_id: int


def recheck_of(plan: Plan, action_id: int) -> Recheck | None:
    """The newest re-check of this action."""
    kept = plan.settings.get(f"{_SETTING}{action_id}")
    if kept is None:
        return None
    stage, day, person_id = kept.split()
    return Recheck(stage, date.fromisoformat(day), int(person_id))


def recheck_words(one: Recheck, store: Store) -> str:
    """ "due 1 Jun 2026, by Jane Smith"."""
    person = store.people.get(one.person_id)
    how = {"planned": "due", "sustained": "still so on", "failed": "not sustained on"}[one.stage]
    return f"{how} {one.day:%-d %b %Y}, by {person.name if person else 'somebody'}"


def recheck(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``recheck 6.1.4 on 1 June by NAME`` plans one; ``recheck 6.1.4 sustained`` or ``not sustained, WORDS`` answers it."""
    assert plan is not None
    view, rest = one_action(store, plan, call.tail)
    result = _RESULT.fullmatch(rest.strip())
    if result:
        return [_answered(request, view, bool(result["no"]), result["words"].strip(), plan, store)]
    known = recheck_of(plan, view.action.id)
    if not rest.strip():
        words = f"re-check {recheck_words(known, store)}" if known else "no re-check is planned"
        return [Message(ASKER, (say(Bold(view.name), f": {words}."),))]
    match = _PLAN.fullmatch(rest.strip())
    if match is None:
        raise UsageError(f"It is: {call.command.usage}")
    require(roles_of(request.person, plan, store, request.administrators), Role.PMO, call.command.words)
    return [_planned(request, view, match["day"], match["name"], plan, store)]


def _planned(request: Request, view: ActionView, when: str, name: str, plan: Plan, store: Store) -> Message:
    if view.state is not State.CLOSED:
        raise UsageError(f"{view.name} is not closed, so there is nothing to re-check yet.")
    due = read_due(request, when).end
    if due is None or due <= request.today:
        raise UsageError("A re-check is for a day that is ahead.")
    person = person_named(name, request, store)
    if is_party(store, plan, view, person.id):
        raise NotAllowed(f"{view.name} is {person.name}'s own: somebody else re-checks it.")
    store.plans.set_setting(plan.id, f"{_SETTING}{view.action.id}", f"planned {due} {person.id}")
    quiet = "" if person.accounts else " They are in no chat yet, so tell them yourself."
    words = f" is re-checked on {wording.moment(due, request.today)} by {person.name}.{quiet}"
    return Message(ASKER, (say(Bold(view.name), words),))


def _answered(
    request: Request, view: ActionView, failed: bool, words: str, plan: Plan, store: Store
) -> Message:
    known = recheck_of(plan, view.action.id)
    if known is None or known.stage != "planned":
        raise UsageError(f"No re-check of {view.name} is waiting for an answer.")
    office = allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO)
    if is_party(store, plan, view, request.person.id) or not (office or request.person.id == known.person_id):
        raise NotAllowed(
            f"The re-check of {view.name} is for {recheck_words(known, store).split(', by ')[-1]}."
        )
    words = words or request.inbound.fields.get("words", "").strip()
    if failed and not words:
        field = Field("words", "What is not so any more", "long", required=True)
        command = f"recheck #{view.action.handle} not sustained in {plan.slug}"
        return Message(ASKER, (Form(f"Re-check of {view.name}"[:60], command, (field,)),))
    stage = "failed" if failed else "sustained"
    store.plans.set_setting(
        plan.id, f"{_SETTING}{view.action.id}", f"{stage} {request.today} {request.person.id}"
    )
    text = f"Re-check: {'not ' if failed else ''}sustained{f'. {words}' if words else ''}"
    reading = request.read(text, request.today)
    store.updates.add(view.action.id, text, reading, author_id=request.person.id)
    then = "The next meeting is asked to reopen it." if failed else "It stays closed."
    return Message(ASKER, (say(Bold(view.name), f": {text}. {then}"),), replaces=TAPPED)


def asked_today(store: Store, plan: Plan, today: date) -> list[Message]:
    """Whoever is to re-check an action by today is asked, once."""
    messages = []
    for view, one in _rechecks(store, plan, "planned"):
        person = store.people.get(one.person_id)
        if one.day > today or person is None or not person.accounts:
            continue
        command = f"recheck #{view.action.handle} {{}} in {plan.slug}"
        parts: tuple[Part, ...] = (
            say("You are asked to re-check ", Bold(view.name), f" {view.action.title}: is it still so?"),
            *((say(f"Promised as proof: {view.action.promise}", quiet=True),) if view.action.promise else ()),
            Buttons(
                (
                    Button("Still so", command.format("sustained"), "primary"),
                    Button("Not any more", command.format("not sustained")),
                )
            ),
        )
        key = f"recheck:{plan.slug}:{view.action.id}:{one.day}"
        messages.append(Message(ToPerson(person.id), parts, key=key))
    return messages


def failed(store: Store, plan: Plan, meeting_id: int) -> list[Part]:
    """For a meeting's sheet: what was assured and is not so any more, until a meeting has said something about it."""
    decided = [(one.action_id, one.at.date()) for one in store.governance.decisions(plan.id)]
    parts: list[Part] = []
    for view, one in _rechecks(store, plan, "failed"):
        if any(action_id == view.action.id and day >= one.day for action_id, day in decided):
            continue
        what = f"decide m{meeting_id} #{view.action.handle} {{}} in {plan.slug}"
        why = f"re-check {recheck_words(one, store)}"
        parts.append(Text(spans(Bold(view.name), f" {view.action.title}: {why}")))
        reopen = Button("Reopen", what.format(f"reopened {why}"), "primary")
        parts.append(Buttons((reopen, Button("Leave it closed", what.format(f"note, stays closed: {why}")))))
    return [say(Bold("Re-checks")), *parts] if parts else []


def _rechecks(store: Store, plan: Plan, stage: str) -> Iterator[tuple[ActionView, Recheck]]:
    """Closed actions whose re-check is at that stage."""
    ids: Sequence[int] = [
        int(name.removeprefix(_SETTING)) for name in plan.settings if name.startswith(_SETTING)
    ]
    for view in store.plans.views(plan.id, action_ids=ids, states=[State.CLOSED]) if ids else ():
        one = recheck_of(plan, view.action.id)
        if one is not None and one.stage == stage:
            yield view, one
