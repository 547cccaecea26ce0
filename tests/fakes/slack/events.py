"""The payloads that the app receives, shaped as docs.slack.dev shows them, with fields nobody announced."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.world import APP, BOT, TEAM, Conversation, Message, View

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

__all__ = [
    "block_actions",
    "command",
    "event",
    "message_action",
    "message_event",
    "view_closed",
    "view_submission",
]


def event(slack: FakeSlack, inner: dict[str, Any]) -> dict[str, Any]:
    """An event in its outer envelope."""
    return {
        "token": "legacy-verification-token",
        "team_id": TEAM,
        "api_app_id": APP,
        "type": "event_callback",
        "event_id": slack.world.next_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": "4-opaque",
        "x_unannounced": {"since": 2026},
        "event": {**inner, "x_unannounced": True},
    }


def message_event(message: Message) -> dict[str, Any]:
    shown = {key: value for key, value in message.payload.items() if key != "metadata"}
    where = {"channel": message.conversation.id, "channel_type": message.conversation.channel_type}
    return {**shown, **where, "event_ts": message.ts}


def _people(slack: FakeSlack, user: str) -> dict[str, Any]:
    name = slack.world.users[user].name.lower().replace(" ", ".")
    return {"id": user, "username": name, "name": name, "team_id": TEAM}


def command(slack: FakeSlack, user: str, where: Conversation, name: str, text: str) -> dict[str, Any]:
    return {
        "token": "legacy-verification-token",
        "team_id": TEAM,
        "team_domain": "fake",
        "channel_id": where.id,
        "channel_name": "directmessage" if where.kind == "im" else where.name,
        "user_id": user,
        "user_name": _people(slack, user)["name"],
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": slack.response_urls.new(user, where),
        "trigger_id": slack.triggers.new(user),
    }


def _interaction(slack: FakeSlack, kind: str, user: str, view: str | None = None) -> dict[str, Any]:
    return {
        "type": kind,
        "user": _people(slack, user),
        "api_app_id": APP,
        "token": "legacy-verification-token",
        "team": {"id": TEAM, "domain": "fake"},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": slack.triggers.new(user, view),
        "x_unannounced": [1],
    }


def _channel(where: Conversation) -> dict[str, str]:
    return {"id": where.id, "name": "directmessage" if where.kind == "im" else where.name}


def block_actions(
    slack: FakeSlack,
    user: str,
    block: dict[str, Any],
    element: dict[str, Any],
    *,
    message: Message | None = None,
    view: View | None = None,
    chosen: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A press or a choice, in a message or in a view."""
    action = {key: element[key] for key in ("type", "action_id", "text", "value", "style") if key in element}
    action |= {"block_id": block["block_id"], "action_ts": slack.world.next_ts(), **(chosen or {})}
    payload = _interaction(slack, "block_actions", user, view.id if view else None) | {"actions": [action]}
    if view is not None:
        return payload | {"container": {"type": "view", "view_id": view.id}, "view": view.full()}
    assert message is not None
    return payload | {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.conversation.id,
            "is_ephemeral": message.only_for is not None,
            **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        },
        "channel": _channel(message.conversation),
        "message": dict(message.payload),
        "state": {"values": {}},
        "response_url": slack.response_urls.new(user, message.conversation, message),
    }


def view_submission(slack: FakeSlack, view: View, values: dict[str, Any]) -> dict[str, Any]:
    return _interaction(slack, "view_submission", view.user, view.id) | {
        "view": view.full() | {"state": {"values": values}},
        "response_urls": [],
    }


def view_closed(slack: FakeSlack, view: View) -> dict[str, Any]:
    payload = _interaction(slack, "view_closed", view.user)
    del payload["trigger_id"]
    return payload | {"view": view.full(), "is_cleared": False}


def message_action(slack: FakeSlack, user: str, callback_id: str, message: Message) -> dict[str, Any]:
    return _interaction(slack, "message_action", user) | {
        "callback_id": callback_id,
        "action_ts": slack.world.next_ts(),
        "message_ts": message.ts,
        "channel": _channel(message.conversation),
        "message": dict(message.payload),
        "response_url": slack.response_urls.new(user, message.conversation, message),
    }
