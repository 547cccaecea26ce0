"""What comes in and what goes out: our own values, never a platform's envelope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

__all__ = ["Attached", "Inbound", "InboundKind", "InboundRow", "InboxState", "OutboxRow", "OutboxState"]


class InboundKind(StrEnum):
    """What a person did."""

    MESSAGE = "message"  # words in a direct message, or a mention in a channel
    COMMAND = "command"  # a slash command
    TAP = "tap"  # a button: text is its command line
    FORM = "form"  # a submitted form: text is its command line, fields the rest
    FILE = "file"
    EDIT = "edit"  # of a message that was sent before (message_id)
    DELETE = "delete"
    HOME = "home"  # opened the home tab
    SAVE = "save"  # message shortcut "Save as update": text is the other message's
    JOINED = "joined"  # the bot was installed, or met a person or a channel
    LEFT = "left"  # the bot was removed from there


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message; the surface fetches ``url`` when it is read."""

    name: str
    url: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that a person did. ``key`` is unique per surface: event id, trigger id, or conversation + activity."""

    surface: str
    key: str
    kind: InboundKind
    user_id: str
    conversation: str  # the platform's conversation or channel id
    at: datetime
    text: str = ""
    direct: bool = True  # a 1:1 conversation with the bot
    thread: str | None = None  # id of the message that this one answers
    message_id: str | None = None
    channel_name: str | None = None
    user_name: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Attached, ...] = ()
    link: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)  # e.g. Teams' service url and tenant


class InboxState(StrEnum):
    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class InboundRow:
    """An inbox row with its state."""

    id: int
    inbound: Inbound
    state: InboxState
    attempts: int
    received_at: datetime


class OutboxState(StrEnum):
    NEW = "new"
    CLAIMED = "claimed"
    SENT = "sent"
    UNSURE = "unsure"  # claimed, then a time-out or a crash: may have been sent
    SUPERSEDED = "superseded"
    FAILED = "failed"  # refused for good; the PMO is told


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One platform call to make. ``key`` is natural ("digest:stoke:meeting-12:#1"); ``content`` a Message as JSON.

    Rows of a ``conversation`` are sent in the order of ``id``; ``after`` is the key of a row whose
    platform id this one needs (a thread under a first message).
    """

    id: int
    key: str
    surface: str
    conversation: str
    content: Mapping[str, object]
    state: OutboxState
    created_at: datetime
    attempts: int = 0
    claimed_at: datetime | None = None
    not_before: datetime | None = None
    after: str | None = None
    platform_id: str | None = None
    check: str | None = None  # what must still hold when it goes ("prompt:12:5")
