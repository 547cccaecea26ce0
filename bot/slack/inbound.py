"""What Slack sends as our own Inbound: words, edits, taps, forms, files. Everything else is nothing to us.

Payloads are read leniently: unknown fields are ignored, and what lacks a field that we need is dropped.
Words arrive escaped and are made plain again; mentions (``<@U..>``) and channels (``<#C..|name>``) stay as
Slack writes them, for the commands that take one.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.slack.forms import CALLBACK, filled_in
from bot.slack.manifest import SAVE
from storage.model.post import Attached, Inbound, InboundKind

__all__ = ["Happening", "mentioned", "plain_words", "read"]

Payload = Mapping[str, Any]

_LINK = re.compile(r"<((?:https?|mailto|tel):[^<>|]{1,3000})(?:\|[^<>]{0,3000})?>")
_SPECIAL = re.compile(r"<!(?:subteam\^[^<>|]{1,40}\||date[^<>|]{1,200}\|)?([^<>]{1,80})>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]{0,80})?>")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a person did, and through what it can be answered at once."""

    inbound: Inbound
    response_url: str | None = None
    trigger_id: str | None = None
    ephemeral: bool = False  # the message that was tapped is seen by this person alone
    at_home: bool = False  # tapped in the home tab


def plain_words(text: str, bot: str | None = None) -> str:
    """What the person typed: links bare, entities resolved, the bot's own name at the start left out."""
    if bot:
        text = re.sub(rf"^\s*<@{bot}(?:\|[^>]*)?>[\s,:]*", "", text)
    text = _LINK.sub(lambda found: found[1].removeprefix("mailto:").removeprefix("tel:"), text)
    text = _SPECIAL.sub(lambda found: "@" + found[1].lstrip("@"), text)
    return html.unescape(text).strip()


def mentioned(text: str) -> set[str]:
    """The users whom a text names."""
    return set(_MENTION.findall(text))


def read(body: Payload, now: datetime) -> Happening | None:
    """What somebody did, or None where it is nothing to the bot (its own echo, an unfurled link ...)."""
    try:
        if "command" in body:
            return _command(body, now)
        reader = _READERS.get(body.get("type", ""))
        return reader(body, now) if reader else None
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
        return None  # not a payload as Slack documents it


def _command(body: Payload, now: datetime) -> Happening:
    inbound = Inbound(
        "slack",
        f"command:{body['trigger_id']}",
        InboundKind.COMMAND,
        body["user_id"],
        body["channel_id"],
        now,
        text=plain_words(body.get("text", "")),
        direct=body.get("channel_name") == "directmessage",
        channel_name=body.get("channel_name"),
        user_name=body.get("user_name"),
    )
    return Happening(inbound, body.get("response_url"), body["trigger_id"])


# events


def _event(body: Payload, now: datetime) -> Happening | None:
    event = body["event"]
    if _from_outside(body, event):
        return None
    bot = next((each.get("user_id") for each in body.get("authorizations", [])), None)
    reader = _EVENTS.get(event["type"])
    inbound = reader(event, body["event_id"], bot, now) if reader else None
    return Happening(inbound) if inbound else None


def _from_outside(body: Payload, event: Payload) -> bool:
    """Somebody of another organisation in a channel shared with it (Slack Connect): the plan is not for them."""
    team = event.get("user_team") or event.get("source_team")
    return bool(body.get("is_ext_shared_channel")) and team not in {None, body.get("team_id")}


def _message(event: Payload, key: str, bot: str | None, now: datetime) -> Inbound | None:
    subtype = event.get("subtype")
    if subtype == "message_changed":
        return _changed(event, key, bot)
    if subtype == "message_deleted":
        return _deleted(event, key, bot, now)
    if subtype not in {None, "file_share", "thread_broadcast"} or _by_a_bot(event, bot):
        return None
    kind = InboundKind.FILE if event.get("files") else InboundKind.MESSAGE
    return _words(event, event["channel"], kind, key, bot, direct=event.get("channel_type") == "im")


def _by_a_bot(message: Payload, bot: str | None) -> bool:
    return bool(message.get("bot_id")) or message.get("user") in {None, bot, "USLACKBOT"}


def _words(
    message: Payload, channel: str, kind: InboundKind, key: str, bot: str | None, *, direct: bool
) -> Inbound:
    return Inbound(
        "slack",
        key,
        kind,
        message["user"],
        channel,
        _moment(message["ts"]),
        text=plain_words(message.get("text", ""), bot),
        direct=direct,
        thread=_thread(message),
        message_id=message["ts"],
        files=tuple(_file(each) for each in message.get("files", []) if each.get("url_private")),
    )


def _moment(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def _thread(message: Payload) -> str | None:
    """The message that this one answers; a thread's first message answers none."""
    thread = message.get("thread_ts")
    return thread if thread != message.get("ts") else None


def _file(file: Payload) -> Attached:
    address = file.get("url_private_download") or file["url_private"]
    return Attached(file.get("name") or "file", address, int(file.get("size") or 0))


def _changed(event: Payload, key: str, bot: str | None) -> Inbound | None:
    """An edit by the author. A link that unfolds comes as one too, with the same words; a tombstone is a deletion."""
    message, before = event["message"], event.get("previous_message", {})
    direct = event.get("channel_type") == "im"
    if message.get("subtype") == "tombstone" and not _by_a_bot(before, bot):
        return _words({**before, "text": ""}, event["channel"], InboundKind.DELETE, key, bot, direct=direct)
    if _by_a_bot(message, bot) or message.get("text") == before.get("text"):
        return None
    return _words(message, event["channel"], InboundKind.EDIT, key, bot, direct=direct)


def _deleted(event: Payload, key: str, bot: str | None, now: datetime) -> Inbound | None:
    before = event.get("previous_message", {})
    if _by_a_bot(before, bot):
        return None
    direct = event.get("channel_type") == "im"
    gone = {"user": before["user"], "ts": event["deleted_ts"]}
    return _words(gone, event["channel"], InboundKind.DELETE, key, bot, direct=direct)


def _mention(event: Payload, key: str, bot: str | None, now: datetime) -> Inbound | None:
    if _by_a_bot(event, bot):
        return None
    kind = InboundKind.EDIT if "edited" in event else InboundKind.MESSAGE
    return _words(event, event["channel"], kind, key, bot, direct=False)


def _home(event: Payload, key: str, bot: str | None, now: datetime) -> Inbound | None:
    if event.get("tab") != "home":
        return None
    return Inbound("slack", key, InboundKind.HOME, event["user"], event["channel"], now)


def _joined(event: Payload, key: str, bot: str | None, now: datetime) -> Inbound | None:
    if event["user"] != bot or not event.get("inviter"):
        return None
    return Inbound("slack", key, InboundKind.JOINED, event["inviter"], event["channel"], now, direct=False)


# interactions


def _tap(body: Payload, now: datetime) -> Happening | None:
    action = body["actions"][0]
    if not action["action_id"].startswith("tap:"):
        return None
    container, user = body["container"], body["user"]
    at_home = container["type"] == "view"
    channel = body.get("channel", {})
    inbound = Inbound(
        "slack",
        f"tap:{body['trigger_id']}",
        InboundKind.TAP,
        user["id"],
        channel.get("id") or user["id"],
        now,
        text=action["value"],
        direct=at_home or channel.get("name") == "directmessage",
        thread=_thread({"ts": container.get("message_ts"), **container}),
        message_id=container.get("message_ts"),
        channel_name=channel.get("name"),
        user_name=user.get("name"),
    )
    ephemeral = bool(container.get("is_ephemeral"))
    return Happening(inbound, body.get("response_url"), body["trigger_id"], ephemeral, at_home)


def _form(body: Payload, now: datetime) -> Happening | None:
    view, user = body["view"], body["user"]
    if view.get("callback_id") != CALLBACK:
        return None
    private = json.loads(view["private_metadata"])
    inbound = Inbound(
        "slack",
        f"form:{view['id']}:{view['hash']}",
        InboundKind.FORM,
        user["id"],
        private["conversation"],
        now,
        text=private["command"],
        direct=bool(private.get("direct")),
        thread=private.get("thread"),
        message_id=private.get("message"),
        user_name=user.get("name"),
        fields=filled_in(view["state"]["values"]),
    )
    return Happening(
        inbound, private.get("response_url"), body.get("trigger_id"), bool(private.get("ephemeral"))
    )


def _save(body: Payload, now: datetime) -> Happening | None:
    if body["callback_id"] != SAVE:
        return None
    message, user, channel = body["message"], body["user"], body["channel"]
    author = message.get("user", "")  # "" for a bot's message: it is nobody's update
    inbound = Inbound(
        "slack",
        f"save:{body['trigger_id']}",
        InboundKind.SAVE,
        user["id"],
        channel["id"],
        now,
        text=plain_words(message.get("text", "")),
        direct=channel.get("name") == "directmessage",
        message_id=message["ts"],
        channel_name=channel.get("name"),
        user_name=user.get("name"),
        details={"author": "" if message.get("bot_id") else author},
    )
    return Happening(inbound, body.get("response_url"), body["trigger_id"])


_READERS: Mapping[str, Callable[[Payload, datetime], Happening | None]] = {
    "event_callback": _event,
    "block_actions": _tap,
    "view_submission": _form,
    "message_action": _save,
}
_EVENTS: Mapping[str, Callable[[Payload, str, str | None, datetime], Inbound | None]] = {
    "message": _message,
    "app_mention": _mention,
    "app_home_opened": _home,
    "member_joined_channel": _joined,
}
