"""The fake tenant: people, conversations, messages and files."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.teams.reading import card_of, readable

__all__ = ["APP_ID", "BOT_ID", "TENANT", "Conversation", "Message", "User", "World"]

APP_ID = "11111111-2222-4333-8444-555555555555"
BOT_ID = f"28:{APP_ID}"
TENANT = "99999999-8888-4777-8666-555555555555"


@dataclass
class User:
    id: str  # "29:...", known to this bot alone
    aad: str  # the Entra id
    name: str
    email: str | None
    tenant: str = TENANT

    def account(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "aadObjectId": self.aad}

    def member(self) -> dict[str, Any]:
        given, _, surname = self.name.partition(" ")
        told = {
            **self.account(),
            "givenName": given,
            "surname": surname,
            "userRole": "user",
            "tenantId": self.tenant,
        }
        return told | ({"email": self.email, "userPrincipalName": self.email} if self.email else {})


@dataclass
class Conversation:
    id: str
    kind: str  # "personal", "groupChat", "channel"
    name: str
    members: set[str]
    installed: bool = True
    blocked: bool = False  # by its person

    def payload(self, root: str | None = None) -> dict[str, Any]:
        name = f"{self.id};messageid={root}" if self.kind == "channel" and root else self.id
        return {"id": name, "conversationType": self.kind, "isGroup": self.kind != "personal"}


@dataclass
class Message:
    """A message as it stands. ``private``: what an Action.Execute showed to one person instead."""

    conversation: Conversation
    id: str
    payload: dict[str, Any]
    author: str
    root: str | None = None  # the first message of its thread, in a channel
    deleted: bool = False
    edits: int = 0
    private: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def by_bot(self) -> bool:
        return self.author == BOT_ID

    @property
    def text(self) -> str:
        return readable(self.payload)

    def seen_by(self, user: str) -> Mapping[str, Any]:
        return self.private.get(user, self.payload)

    def card_for(self, user: str) -> Mapping[str, Any]:
        card = card_of(self.seen_by(user))
        assert card is not None, "that message has no card"
        return card


class World:
    """Everything that the tenant holds."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.conversations: dict[str, Conversation] = {}
        self.messages: list[Message] = []
        self.files: dict[str, bytes] = {}
        self._count = 1_700_000_000_000

    def next_id(self) -> str:
        """Ids of messages are numbers, as the thread's id is part of a conversation's."""
        self._count += 1
        return str(self._count)

    def add_user(self, name: str, email: str | None, tenant: str = TENANT) -> User:
        user = User(f"29:{self.next_id()}", str(uuid.uuid4()), name, email, tenant)
        self.users[user.id] = user
        return user

    def user(self, name: str) -> User | None:
        """By the id that the bot knows, or the Entra id."""
        return next((user for user in self.users.values() if name in {user.id, user.aad}), None)

    def add_conversation(self, kind: str, name: str, members: set[str]) -> Conversation:
        ends = {"personal": f"a:{self.next_id()}", "groupChat": f"19:{self.next_id()}@thread.v2"}
        conversation = Conversation(ends.get(kind, f"19:{self.next_id()}@thread.tacv2"), kind, name, members)
        self.conversations[conversation.id] = conversation
        return conversation

    def personal(self, user: str) -> Conversation | None:
        found = (
            each for each in self.conversations.values() if each.kind == "personal" and user in each.members
        )
        return next(found, None)

    def message(self, conversation: str, message_id: str) -> Message | None:
        for message in self.messages:
            if (message.conversation.id, message.id) == (conversation, message_id):
                return None if message.deleted else message
        return None
