"""The one door for everything that a person does: command, words, tap, form or file in; messages out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import Any

from handlers import roles
from handlers.grammar import Call, parse
from handlers.messages import ASKER, Button, Buttons, Message, say
from handlers.privacy.guard import held_answer, hold_back
from handlers.privacy.visibility import seen_at, seen_by
from handlers.request import Request
from storage.model.errors import AssurebotError
from storage.model.plan import Plan
from storage.model.post import InboundKind
from storage.model.record import Visibility
from storage.store import Store

__all__ = ["PREPARED", "answer", "plan_for", "prepared", "respond"]

Handler = Callable[[Request, Call, Plan | None, Store], list[Message]]

# What a command does before the transaction, on a store that only reads; the result comes as ``request.prepared``.
PREPARED: Mapping[str, str] = {
    "handlers.papers.packs:pack": "handlers.papers.packs:prepare_pack",
    "handlers.papers.packs:pack_issue": "handlers.papers.packs:prepare",
    "handlers.plans.files:summarise_kept": "handlers.plans.files:read_report",
}

_EVENTS: Mapping[InboundKind, str] = {
    InboundKind.MESSAGE: "handlers.updates.intake:words",
    InboundKind.EDIT: "handlers.updates.corrections:edited",
    InboundKind.DELETE: "handlers.updates.corrections:deleted",
    InboundKind.SAVE: "handlers.updates.intake:saved",
    InboundKind.FILE: "handlers.plans.files:dropped",
    InboundKind.HOME: "handlers.home:home",
    InboundKind.JOINED: "handlers.help:welcome",
    InboundKind.LEFT: "handlers.undelivered:left",
}


def answer(request: Request, store: Store) -> list[Message]:
    """What the bot says to this. An error that a person can do something about becomes its sentence."""
    try:
        return respond(request, store)
    except AssurebotError as error:
        return [Message(ASKER, (say(str(error)),))]


def respond(request: Request, store: Store) -> list[Message]:
    """The same, but an error is raised: so that a transaction around it leaves nothing half done.

    Handlers get the store as this person may read it, and words that identify a patient reach none of them.
    """
    request = replace(request, inbound=hold_back(request.inbound))
    held = held_answer(request)
    if held is not None:
        return held
    store = seen_by(request.person, store, request.administrators)
    if request.inbound.kind in _EVENTS and request.inbound.kind is not InboundKind.MESSAGE:
        return _event(request, store)
    call = parse(request.text, [plan.slug for plan in store.plans.all()], addressed=request.addressed)
    return _command(request, call, store) if call else _said(request, store)


def _said(request: Request, store: Store) -> list[Message]:
    """Words that are no command. A typed "yes" is the tap that it stands for, with no message to put its answer in place of."""
    tap: str | None = _function("handlers.updates.smallwords:as_tap")(request, store)
    call = parse(tap, [plan.slug for plan in store.plans.all()], addressed=True) if tap else None
    if tap is None or call is None:
        return _event(request, store)
    request = replace(request, inbound=replace(request.inbound, text=tap))
    return [replace(message, replaces=None) for message in _command(request, call, store)]


def _event(request: Request, store: Store) -> list[Message]:
    """Words that are no command, a file, a page that was opened."""
    kind = request.inbound.kind if request.inbound.kind in _EVENTS else InboundKind.MESSAGE
    handler: Callable[[Request, Store], list[Message]] = _function(_EVENTS[kind])
    return handler(request, store)


def prepared(request: Request, call: Call, store: Store) -> Request:
    """The request with the long work of its command done, by the same roles and eyes; it reads only."""
    plan = plan_for(request, call.plan, store)
    if (plan is None and call.command.needs_plan) or held_answer(request) is not None:
        return request
    held = roles.roles_of(request.person, plan, store, request.administrators)
    roles.require(held, call.command.role, call.command.words)
    prepare = _function(PREPARED[call.command.handler])
    work: object = prepare(request, call, plan, seen_by(request.person, store, request.administrators))
    return replace(request, prepared=work)


def _command(request: Request, call: Call, store: Store) -> list[Message]:
    plan = plan_for(request, call.plan, store) if call.command.needs_plan else None
    if call.command.needs_plan and plan is None:
        return [_which_plan(request, store)]
    held = roles.roles_of(request.person, plan, store, request.administrators)
    roles.require(held, call.command.role, call.command.words)
    handler: Handler = _function(call.command.handler)
    if call.here:
        store = seen_at(Visibility.PUBLIC, store)
    return handler(request, call, plan, store)


def plan_for(request: Request, named: str | None, store: Store) -> Plan | None:
    """The plan meant: the one named, else the channel's, else the asker's only one, else the site's only one."""
    if named:
        return store.plans.get(named)
    channels = store.plans.channel(request.inbound.surface, request.inbound.conversation)
    if channels:
        return store.plans.by_id(channels[0].plan_id)
    plans = store.plans.all()
    if len(plans) > 1:
        own = [plan for plan in plans if _belongs(request, plan, store)]
        plans = own or plans
    return plans[0] if len(plans) == 1 else None


def _belongs(request: Request, plan: Plan, store: Store) -> bool:
    given = store.people.roles(plan.id, request.person.id)
    return bool(given) or bool(store.plans.views(plan.id, person_id=request.person.id))


def _which_plan(request: Request, store: Store) -> Message:
    plans = store.plans.all()
    if not plans:
        return Message(
            ASKER,
            (
                say(
                    "There is no plan yet. Drop the plan document on me here, or run “assurebot import FILE --plan NAME”."
                ),
            ),
        )
    line = request.text.strip().removeprefix("/")
    buttons = tuple(Button(plan.title[:60] or plan.slug, f"{line} in {plan.slug}") for plan in plans[:20])
    return Message(ASKER, (say("Which plan do you mean?"), Buttons(buttons)))


def _function(path: str) -> Callable[..., Any]:
    module, name = path.split(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function
