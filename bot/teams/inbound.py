"""What Teams brings as our own Inbound: words, edits, taps, forms, files. Everything else is nothing to us.

Activities are read leniently: unknown fields are ignored, and what lacks a field that we need is dropped. The bot's
own mention is left out of the words; other people stay in them by name, with their ids in the details.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.teams.forms import filled_in
from bot.teams.manifest import SAVE
from storage.model.post import Attached, Inbound, InboundKind

__all__ = ["Activity", "base_of", "read", "removed"]

Activity = Mapping[str, Any]

_FILE = "application/vnd.microsoft.teams.file.download.info"
_QUOTED = re.compile(r'itemtype="http://schema\.skype\.com/Reply"[^>]{0,300}itemid="(\d{1,20})"')
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]{0,100}>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,2000}>")
_EDITS = {"editMessage", "undeleteMessage"}


def read(activity: Activity, now: datetime) -> Inbound | None:
    """What somebody did, or None where it is nothing to the bot."""
    try:
        reader = _READERS.get(activity["type"])
        return reader(activity, now) if reader else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None  # not an activity as Teams documents it


def removed(activity: Activity) -> bool:
    """Whether the bot was taken out of a conversation."""
    bot = (activity.get("recipient") or {}).get("id")
    gone = {each.get("id") for each in activity.get("membersRemoved") or []}
    return bot in gone or (activity.get("type"), activity.get("action")) == ("installationUpdate", "remove")


def base_of(conversation: str) -> str:
    """A channel's id without the thread that is named in it."""
    return conversation.partition(";messageid=")[0]


def _inbound(activity: Activity, now: datetime, kind: InboundKind, key: str, **more: Any) -> Inbound:
    conversation, sender = activity["conversation"], activity["from"]
    base, _, root = conversation["id"].partition(";messageid=")
    channel = activity.get("channelData") or {}
    tenant = (channel.get("tenant") or {}).get("id") or conversation.get("tenantId")
    found = {"service_url": activity["serviceUrl"], "tenant": tenant, "teams_id": sender["id"]}
    found["type"] = conversation.get("conversationType") or "personal"
    named = more.pop("message_id", activity.get("id"))
    message_id = str(named) if named else None
    given: dict[str, Any] = {
        "direct": found["type"] == "personal",
        "thread": root if root and root != message_id else None,
        "message_id": message_id,
        "channel_name": (channel.get("channel") or {}).get("name") or conversation.get("name"),
        "user_name": sender.get("name"),
        "link": _link(base, root, message_id, found["type"], tenant),
    }
    given |= more
    details = {name: str(value) for name, value in (found | given.pop("details", {})).items() if value}
    who = sender.get("aadObjectId") or sender["id"]
    at = _moment(activity, now)
    return Inbound("teams", f"{base}:{key}", kind, who, base, at, details=details, **given)


def _link(base: str, root: str, message_id: str | None, kind: str, tenant: str | None) -> str | None:
    """Teams' deep link to a message; a bot is not told what its own chat with a person is called there."""
    if kind == "personal" or not message_id:
        return None
    link = f"https://teams.microsoft.com/l/message/{quote(base)}/{quote(message_id)}"
    if kind == "groupChat":
        return link + "?context=%7B%22contextType%22%3A%22chat%22%7D"
    return f"{link}?tenantId={tenant}&parentMessageId={root or message_id}"


def _moment(activity: Activity, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(str(activity["timestamp"]))
    except (KeyError, ValueError):
        return now
    return at if at.tzinfo else at.replace(tzinfo=UTC)


# words


def _message(activity: Activity, now: datetime) -> Inbound | None:
    value = activity.get("value")
    if isinstance(value, Mapping) and not activity.get("text"):
        return _pressed(activity, value, now)
    if (activity.get("from") or {}).get("role") == "bot":
        return None
    words, quoted = _words(activity)
    files = tuple(_files(activity))
    kind = InboundKind.FILE if files else InboundKind.MESSAGE
    answered = {"thread": quoted} if quoted else {}
    mentioned = {"details": dict(_mentioned(activity))}
    return _inbound(activity, now, kind, activity["id"], text=words, files=files, **answered, **mentioned)


def _words(activity: Activity) -> tuple[str, str | None]:
    """What was typed, and the message that it quotes, whose words are not theirs."""
    text = str(activity.get("text") or "")
    quoted = None
    for attachment in activity.get("attachments") or []:
        if attachment.get("contentType") == "text/html":
            content = str(attachment.get("content") or "")
            found = _QUOTED.search(content)
            if found:
                quoted = found[1]
                text = content[content.rfind("</blockquote>") + len("</blockquote>") :]
    for entity in activity.get("entities") or []:
        if entity.get("type") == "mention":
            is_bot = entity["mentioned"]["id"] == activity["recipient"]["id"]
            text = text.replace(
                str(entity.get("text")), "" if is_bot else entity["mentioned"].get("name", "")
            )
    return _plain(text), quoted


def _plain(text: str) -> str:
    without = _TAG.sub("", _BREAK.sub("\n", text)) if _TAG.search(text) else text
    return html.unescape(without).replace("\xa0", " ").strip()


def _mentioned(activity: Activity) -> list[tuple[str, str]]:
    """ "mention:Jane Munro" -> her id, of those who are not the bot."""
    people = (
        entity["mentioned"] for entity in activity.get("entities") or [] if entity.get("type") == "mention"
    )
    bot = activity["recipient"]["id"]
    return [
        (f"mention:{one['name']}", one.get("aadObjectId") or one["id"]) for one in people if one["id"] != bot
    ]


def _files(activity: Activity) -> list[Attached]:
    attachments = activity.get("attachments") or []
    return [
        Attached(str(each.get("name") or "file"), each["content"]["downloadUrl"])
        for each in attachments
        if each.get("contentType") == _FILE
    ]


def _changed(activity: Activity, now: datetime) -> Inbound | None:
    if (activity.get("channelData") or {}).get("eventType") not in _EDITS:
        return None
    key = f"{activity['id']}:edit:{activity.get('timestamp')}"
    return _inbound(activity, now, InboundKind.EDIT, key, text=_words(activity)[0])


def _deleted(activity: Activity, now: datetime) -> Inbound | None:
    key = f"{activity['id']}:delete:{activity.get('timestamp')}"
    return _inbound(activity, now, InboundKind.DELETE, key)


# cards


def _invoke(activity: Activity, now: datetime) -> Inbound | None:
    if activity.get("name") == "composeExtension/fetchTask":
        return _save(activity, now) if activity["value"].get("commandId") == SAVE else None
    if activity.get("name") != "adaptiveCard/action":
        return None
    return _pressed(activity, activity["value"]["action"]["data"], now)


def _save(activity: Activity, now: datetime) -> Inbound:
    """The entry of a message's menu; a message of a bot is nobody's update."""
    message = activity["value"]["messagePayload"]
    user = (message.get("from") or {}).get("user") or {}
    author = {"author": user.get("id") or "", f"name:{user.get('id')}": user.get("displayName") or ""}
    text = _plain(str((message.get("body") or {}).get("content") or ""))
    key = f"save-{activity['id']}".replace(":", "-")
    inbound = _inbound(activity, now, InboundKind.SAVE, key, text=text, message_id=message["id"])
    return replace(inbound, details={**inbound.details, **author})


def _pressed(activity: Activity, data: Mapping[str, Any], now: datetime) -> Inbound:
    """A button of a card; with the inputs beside it where it is a form's."""
    kind = InboundKind.FORM if data.get("form") else InboundKind.TAP
    fields = filled_in(data) if kind is InboundKind.FORM else {}
    card = {"message_id": activity.get("replyToId")}
    return _inbound(activity, now, kind, activity["id"], text=str(data["command"]), fields=fields, **card)


# the bot's coming and going; Teams tells of either by an event, or by two


def _met(activity: Activity, now: datetime) -> Inbound | None:
    key = f"{activity.get('id')}:{activity.get('timestamp')}"
    if removed(activity):
        return _inbound(activity, now, InboundKind.LEFT, key, message_id=None)
    added = {each.get("id") for each in activity.get("membersAdded") or []}
    if activity["recipient"]["id"] not in added and activity.get("action") != "add":
        return None
    return _inbound(activity, now, InboundKind.JOINED, key, message_id=None)


_READERS = {
    "message": _message,
    "messageUpdate": _changed,
    "messageDelete": _deleted,
    "invoke": _invoke,
    "conversationUpdate": _met,
    "installationUpdate": _met,
}
