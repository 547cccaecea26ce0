"""views.*: modals and the home tab, with trigger ids that last three seconds and serve once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.block_rules import view_errors
from tests.fakes.slack.web_api import Call, Refused, method
from tests.fakes.slack.world import View, World

__all__ = ["TRIGGER_SECONDS", "Triggers", "check_view", "new_view", "replace_view"]

TRIGGER_SECONDS = 3.0
VIEW_BYTES = 250_000


@dataclass
class Trigger:
    user: str
    at: float
    used: bool = False
    view: str | None = None  # the modal in which it arose


class Triggers:
    """Trigger ids as Slack hands them out with commands and interactions."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: dict[str, Trigger] = {}

    def new(self, user: str, view: str | None = None) -> str:
        name = f"{self._world.next_id('1')}.2.{'f' * 8}"
        self._known[name] = Trigger(user, self._world.clock.now(), view=view)
        return name

    def spend(self, name: str | None) -> Trigger:
        trigger = self._known.get(name or "")
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._world.clock.now() - trigger.at > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger


def check_view(payload: Any, kind: str) -> dict[str, Any]:
    """The view, when Slack would take it as a ``kind``."""
    errors = view_errors(payload)
    if not errors and payload["type"] != kind:
        errors = [f"[ERROR] must be a {kind} [json-pointer:/view/type]"]
    if errors:
        raise Refused("invalid_arguments", response_metadata={"messages": errors})
    if len(json.dumps(payload)) > VIEW_BYTES:
        raise Refused("view_too_large")
    return dict(payload)


def new_view(world: World, user: str, payload: dict[str, Any], **how: Any) -> View:
    view = View(world.next_id("V"), user, payload, hash=world.next_id("h"), **how)
    world.views[view.id] = view
    return view


def replace_view(world: World, view: View, payload: dict[str, Any]) -> None:
    view.payload, view.hash = payload, world.next_id("h")


@method("views.open", tier=4, needs=("view",))
def views_open(call: Call) -> dict[str, Any]:
    payload = check_view(call.args["view"], "modal")
    trigger = call.slack.triggers.spend(call.text("trigger_id"))
    view = new_view(call.slack.world, trigger.user, payload)
    call.slack.shown(view)
    return {"view": view.full()}


@method("views.push", tier=4, needs=("view",))
def views_push(call: Call) -> dict[str, Any]:
    payload = check_view(call.args["view"], "modal")
    trigger = call.slack.triggers.spend(call.text("trigger_id"))
    below = call.slack.world.views.get(trigger.view or "")
    if below is None or not below.open:
        raise Refused("not_found")
    view = new_view(call.slack.world, trigger.user, payload, root=below.root or below.id, previous=below.id)
    call.slack.shown(view)
    return {"view": view.full()}


@method("views.update", tier=4, needs=("view",))
def views_update(call: Call) -> dict[str, Any]:
    view = call.slack.world.views.get(call.text("view_id") or "")
    if view is None or not view.open:
        raise Refused("not_found")
    payload = check_view(call.args["view"], "modal")
    _check_hash(call, view)
    replace_view(call.slack.world, view, payload)
    call.slack.shown(view)
    return {"view": view.full()}


@method("views.publish", tier=4, needs=("view", "user_id"))
def views_publish(call: Call) -> dict[str, Any]:
    user = str(call.args["user_id"])
    if not call.slack.home_enabled:
        raise Refused("not_enabled")
    if user not in call.slack.world.users:
        raise Refused("invalid_arguments")
    payload = check_view(call.args["view"], "home")
    home = call.slack.world.homes.get(user)
    if home is None:
        home = call.slack.world.homes[user] = new_view(call.slack.world, user, payload)
    else:
        _check_hash(call, home)
        replace_view(call.slack.world, home, payload)
    call.slack.shown(home)
    return {"view": home.full()}


def _check_hash(call: Call, view: View) -> None:
    wanted = call.text("hash")
    if wanted and wanted != view.hash:
        raise Refused("hash_conflict")
