"""What the workers need of a chat platform: post a message, and answer four questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.messages import Message
from storage.model.errors import SurfaceError
from storage.model.people import Account
from storage.model.post import Attached, Inbound, OutboxRow

__all__ = ["Finding", "Profile", "Receiver", "Refused", "Reply", "Surface", "TryLater", "Unknown"]


class TryLater(SurfaceError):
    """Nothing was posted; the platform asks to wait (429), or could not be reached at all."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Refused(SurfaceError):
    """Nothing was posted and never will be: the channel is gone, the content is not accepted."""


class Unknown(SurfaceError):
    """It may have been posted: a time-out or a broken connection after the request left."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform knows of a person."""

    name: str
    email: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: what was looked at, whether it is right, and what to do where it is not."""

    subject: str
    ok: bool
    says: str


class Surface(Protocol):
    """A platform as the workers see it. Every method but ``name`` and ``pace`` may raise a SurfaceError."""

    name: str
    pace: float  # seconds between two posts to one conversation

    async def post(
        self, row: OutboxRow, message: Message, thread_id: str | None, replace_id: str | None
    ) -> str | None:
        """Post, or put in the place of ``replace_id``; the platform's id of it, None where there is none.

        ``row.conversation`` is a channel, a 1:1 conversation, or the user's id where no 1:1
        conversation is known yet. ``row.content["only_for"]``, where present, is the user of a
        channel who alone is to see it. Raises TryLater, Refused or Unknown.
        """
        ...

    async def find(self, row: OutboxRow, since: datetime) -> str | None:
        """The platform's id of a post with ``row.key`` made since then; None where there is none."""
        ...

    async def fetch_file(self, attached: Attached) -> bytes: ...
    async def profile(self, user_id: str) -> Profile: ...
    async def open_conversation(self, account: Account) -> str:
        """The id of the 1:1 conversation with that person."""
        ...


Reply = Callable[[Sequence[Message]], Awaitable[None]]  # inside the interaction: best effort


class Receiver(Protocol):
    """Where a surface hands in what people did (bot/workers.py)."""

    async def receive(self, inbound: Inbound, reply: Reply | None = None) -> bool:
        """Keep it, then have it handled; returns once it is kept. False: a duplicate of what is done.

        ``reply`` is called with the answers to the asker; without one (or when it was lost in a
        crash) they become posts.
        """
        ...
