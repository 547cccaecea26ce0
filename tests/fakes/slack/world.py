"""The fake workspace: people, conversations, messages, files and views, and the counters that name them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.reading import pings_of, readable

__all__ = ["APP", "BOT", "TEAM", "Clock", "Conversation", "Message", "StoredFile", "User", "View", "World"]

TEAM, APP, BOT, BOT_ID = "T0FAKETEAM", "A0FAKEAPP", "U0ASSUREBOT", "B0ASSUREBOT"


class Clock:
    """Real time plus what a test has added; ``advance`` lets trigger ids and response urls expire."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self) -> float:
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds


@dataclass
class User:
    id: str
    name: str
    email: str | None = None
    tz: str = "Europe/London"
    deleted: bool = False
    is_bot: bool = False
    team: str = TEAM  # another for somebody of a workspace that shares a channel

    def payload(self, *, email: bool) -> dict[str, Any]:
        profile = {"real_name": self.name, "display_name": self.name.split(" ")[0], "avatar_hash": "g0"}
        if email and self.email:
            profile["email"] = self.email
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower().replace(" ", "."),
            "real_name": self.name,
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "tz": self.tz,
            "tz_label": "a label",
            "tz_offset": 0,
            "profile": profile,
            "updated": 1_700_000_000,
        }


@dataclass
class Conversation:
    id: str
    name: str
    kind: str  # "im", "public", "private"
    members: set[str]
    archived: bool = False

    def payload(self) -> dict[str, Any]:
        base: dict[str, Any] = {
            "id": self.id,
            "created": 1_700_000_000,
            "is_archived": self.archived,
            "is_im": False,
        }
        if self.kind == "im":
            (other,) = self.members - {BOT}
            return {**base, "is_im": True, "user": other, "is_org_shared": False}
        private = self.kind == "private"
        return {
            **base,
            "name": self.name,
            "is_channel": not private,
            "is_group": private,
            "is_private": private,
            "is_member": BOT in self.members,
            "num_members": len(self.members),
        }

    @property
    def channel_type(self) -> str:
        return {"im": "im", "public": "channel", "private": "group"}[self.kind]


@dataclass
class Message:
    """A message as it stands. ``payload`` is what the Web API returns of it."""

    conversation: Conversation
    payload: dict[str, Any]
    only_for: str | None = None  # an ephemeral message's one reader
    response_to: str | None = None  # response url through which it came
    deleted: bool = False
    edits: int = 0
    names: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def ts(self) -> str:
        return str(self.payload["ts"])

    @property
    def thread_ts(self) -> str | None:
        return self.payload.get("thread_ts")

    @property
    def by_bot(self) -> bool:
        return "bot_id" in self.payload

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return self.payload.get("blocks") or []

    @property
    def text(self) -> str:
        """What a person reads."""
        return readable(self.payload, lambda user: self.names.get(user, user))

    @property
    def fallback(self) -> str:
        """What a notification and a screen reader say."""
        return str(self.payload.get("text") or "")

    @property
    def pings(self) -> set[str]:
        return pings_of(self.payload)

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(self.payload.get("files", []))


@dataclass
class StoredFile:
    id: str
    name: str
    content: bytes = b""
    owner: str = BOT
    shared_in: set[str] = field(default_factory=set)
    complete: bool = False

    def payload(self, base_url: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "title": self.name,
            "size": len(self.content),
            "user": self.owner,
            "mode": "hosted",
            "filetype": self.name.rpartition(".")[2],
            "url_private": f"{base_url}/files-pri/{self.id}/{self.name}",
            "url_private_download": f"{base_url}/files-pri/{self.id}/download/{self.name}",
        }


@dataclass
class View:
    id: str
    user: str
    payload: dict[str, Any]
    hash: str
    root: str = ""
    previous: str | None = None
    open: bool = True

    def full(self) -> dict[str, Any]:
        """The view as Slack returns it: with its id, hash and state."""
        return {
            **self.payload,
            "id": self.id,
            "team_id": TEAM,
            "app_id": APP,
            "bot_id": BOT_ID,
            "hash": self.hash,
            "root_view_id": self.root or self.id,
            "previous_view_id": self.previous,
            "state": {"values": {}},
        }


class World:
    """Everything that the workspace holds."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.users: dict[str, User] = {BOT: User(BOT, "Assurebot", is_bot=True)}
        self.conversations: dict[str, Conversation] = {}
        self.messages: list[Message] = []
        self.files: dict[str, StoredFile] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self._count = 0
        self._last_ts = 0.0

    def next_id(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}{self._count:08d}"

    def next_ts(self) -> str:
        """Slack's time stamps are unique and grow."""
        self._last_ts = max(self.clock.now(), self._last_ts + 0.000001)
        return f"{self._last_ts:.6f}"

    def dm_with(self, user: str) -> Conversation:
        for conversation in self.conversations.values():
            if conversation.kind == "im" and conversation.members == {user, BOT}:
                return conversation
        return self.add_conversation("", "im", {user, BOT})

    def add_conversation(self, name: str, kind: str, members: set[str]) -> Conversation:
        conversation = Conversation(self.next_id("D" if kind == "im" else "C"), name, kind, members)
        self.conversations[conversation.id] = conversation
        return conversation

    def add_message(self, conversation: Conversation, payload: dict[str, Any], **how: Any) -> Message:
        names = {user.id: user.name for user in self.users.values()}
        full = {"type": "message", "ts": self.next_ts(), "team": TEAM, **payload}
        message = Message(conversation, full, names=names, **how)
        self.messages.append(message)
        return message

    def message(self, channel: str, ts: str | None) -> Message | None:
        """A message that everyone in the conversation sees."""
        for message in self.messages:
            if (message.conversation.id, message.ts) == (channel, ts) and message.only_for is None:
                return None if message.deleted else message
        return None

    def seen_by(self, user: str) -> Iterator[Message]:
        """What a person can read at this moment, oldest first."""
        for message in self.messages:
            member = user in message.conversation.members
            if member and not message.deleted and message.only_for in {None, user}:
                yield message

    def thread(self, parent: Message) -> list[Message]:
        return [
            message
            for message in self.messages
            if message.conversation is parent.conversation
            and message.only_for is None
            and not message.deleted
            and parent.ts in {message.ts, message.thread_ts}
        ]
