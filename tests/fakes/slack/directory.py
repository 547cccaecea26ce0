"""auth.*, users.* and conversations.*: who and what is there, and what the bot may see of it."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.web_api import Call, Refused, method
from tests.fakes.slack.world import APP, BOT, BOT_ID, TEAM, Conversation, Message

__all__ = ["PAGE"]

PAGE = 100
READ_SCOPE = {"im": "im:read", "public": "channels:read", "private": "groups:read"}
HISTORY_SCOPE = {"im": "im:history", "public": "channels:history", "private": "groups:history"}
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}


def _page(call: Call, name: str, items: list[dict[str, Any]], most: int = PAGE) -> dict[str, Any]:
    """One page of a list: ``limit`` is a wish, the cursor says where to go on."""
    try:
        start = int(call.text("cursor") or 0)
    except ValueError:
        raise Refused("invalid_cursor") from None
    size = min(int(call.args.get("limit") or most), most)
    after = start + size
    cursor = str(after) if after < len(items) else ""
    return {name: items[start:after], "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


def _need(call: Call, scope: str) -> None:
    if scope not in call.slack.scopes:
        raise Refused("missing_scope", needed=scope, provided=",".join(sorted(call.slack.scopes)))


@method("auth.test")
def auth_test(call: Call) -> dict[str, Any]:
    return {
        "url": "https://fake.slack.com/",
        "team": "Fake",
        "user": "assurebot",
        "team_id": TEAM,
        "user_id": BOT,
        "bot_id": BOT_ID,
        "app_id": APP,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", scope="connections:write", token="xapp")
def connections_open(call: Call) -> dict[str, Any]:
    return {"url": call.slack.socket_url()}


def _user(call: Call, user_id: str) -> dict[str, Any]:
    user = call.slack.world.users.get(user_id)
    if user is None:
        raise Refused("user_not_found")
    return user.payload(email="users:read.email" in call.slack.scopes)


@method("users.info", scope="users:read", tier=4, needs=("user",))
def users_info(call: Call) -> dict[str, Any]:
    return {"user": _user(call, str(call.args["user"]))}


@method("users.list", scope="users:read", tier=2)
def users_list(call: Call) -> dict[str, Any]:
    return _page(call, "members", [_user(call, user) for user in call.slack.world.users])


@method("users.lookupByEmail", scope="users:read.email", tier=3, needs=("email",))
def users_by_email(call: Call) -> dict[str, Any]:
    wanted = str(call.args["email"]).lower()
    for user in call.slack.world.users.values():
        if user.email and user.email.lower() == wanted and not user.deleted:
            return {"user": _user(call, user.id)}
    raise Refused("users_not_found")


def _conversation(call: Call, scopes: dict[str, str]) -> Conversation:
    conversation = call.slack.world.conversations.get(str(call.args["channel"]))
    if conversation is None or (conversation.kind != "public" and BOT not in conversation.members):
        raise Refused("channel_not_found")
    _need(call, scopes[conversation.kind])
    return conversation


@method("conversations.open", scope="im:write", tier=3, needs=("users",))
def conversations_open(call: Call) -> dict[str, Any]:
    user = call.slack.world.users.get(str(call.args["users"]))
    if user is None:
        raise Refused("user_not_found")
    if user.deleted:
        raise Refused("user_disabled")
    return {"channel": {"id": call.slack.world.dm_with(user.id).id}}


@method("conversations.info", tier=3, needs=("channel",))
def conversations_info(call: Call) -> dict[str, Any]:
    return {"channel": _conversation(call, READ_SCOPE).payload()}


@method("conversations.list", tier=2)
def conversations_list(call: Call) -> dict[str, Any]:
    kinds = [TYPES[kind.strip()] for kind in str(call.args.get("types") or "public_channel").split(",")]
    for kind in kinds:
        _need(call, READ_SCOPE.get(kind, "mpim:read"))
    hidden = call.flag("exclude_archived")
    found = [
        each.payload()
        for each in call.slack.world.conversations.values()
        if each.kind in kinds
        and (each.kind == "public" or BOT in each.members)
        and not (hidden and each.archived)
    ]
    return _page(call, "channels", found)


@method("conversations.members", tier=4, needs=("channel",))
def conversations_members(call: Call) -> dict[str, Any]:
    members = sorted(_conversation(call, READ_SCOPE).members)
    start = int(call.text("cursor") or 0)
    after = start + PAGE
    return {
        "members": members[start:after],
        "response_metadata": {"next_cursor": str(after) if after < len(members) else ""},
    }


def _listed(call: Call, message: Message) -> dict[str, Any]:
    if call.flag("include_all_metadata"):
        return message.payload
    return {key: value for key, value in message.payload.items() if key != "metadata"}


def _within(call: Call, message: Message) -> bool:
    """``oldest`` and ``latest`` are exclusive unless ``inclusive`` is set."""
    oldest, latest = float(call.args.get("oldest") or 0), float(call.args.get("latest") or "inf")
    at = float(message.ts)
    return oldest <= at <= latest if call.flag("inclusive") else oldest < at < latest


@method("conversations.history", tier=3, needs=("channel",))
def conversations_history(call: Call) -> dict[str, Any]:
    """Newest first; replies in threads are not part of it."""
    conversation = _conversation(call, HISTORY_SCOPE)
    if BOT not in conversation.members:
        raise Refused("not_in_channel")
    found = [
        _listed(call, message)
        for message in reversed(call.slack.world.messages)
        if message.conversation is conversation
        and message.only_for is None
        and not message.deleted
        and message.thread_ts in {None, message.ts}
        and _within(call, message)
    ]
    return _page(
        call, "messages", found, most=15 if "conversations.history" in call.slack.pace.limits else PAGE
    )


@method("conversations.replies", tier=3, needs=("channel", "ts"))
def conversations_replies(call: Call) -> dict[str, Any]:
    """The parent first, then its replies, oldest first."""
    conversation = _conversation(call, HISTORY_SCOPE)
    parent = call.slack.world.message(conversation.id, call.text("ts"))
    if parent is None:
        raise Refused("thread_not_found")
    replies = [each for each in call.slack.world.thread(parent) if each is parent or _within(call, each)]
    return _page(call, "messages", [_listed(call, message) for message in replies])
