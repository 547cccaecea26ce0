"""What the running program needs of a chat platform, and what it gives it.

A folder beside this file is one platform. Its package offers ``make(settings) -> Running`` and is
imported only where the settings ask for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from handlers.messages import Message
from storage.model.errors import SurfaceError
from storage.model.people import Account
from storage.model.post import Attached, Inbound, OutboxRow
from storage.store import Store

__all__ = [
    "Finding",
    "Gone",
    "HttpRequest",
    "HttpResponse",
    "Profile",
    "Receiver",
    "Refused",
    "Reply",
    "Route",
    "Running",
    "Surface",
    "TryLater",
    "Unknown",
]

T = TypeVar("T")


class TryLater(SurfaceError):
    """Nothing was posted; the platform asks to wait (429), or could not be reached at all."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class Refused(SurfaceError):
    """Nothing was posted and never will be: the channel is gone, the content is not accepted."""


class Gone(Refused):
    """Refused because the person's account is closed or unknown: nobody reads there any more."""


class Unknown(SurfaceError):
    """It may have been posted: a time-out or a broken connection after the request left."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform knows of a person."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of ``doctor``: what was looked at, whether it is right, and what to do where it is not."""

    subject: str
    ok: bool
    says: str


class Surface(Protocol):
    """A platform as the workers see it. Every method may raise a SurfaceError."""

    name: str
    pace: float  # seconds between two posts to one conversation
    looks_back: (
        bool  # whether ``find`` sees earlier posts; where not, one that may have been made is repeated once
    )

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
        """The platform's id of a post with ``row.key`` made since then; None where there is none.

        Where the platform does not answer, a SurfaceError: then it is asked again before anything is repeated.
        """
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

    async def ask(self, question: Callable[[Store], T]) -> T:
        """What the record says; ``question`` runs in a reader's thread."""
        ...


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it came; header names are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HttpResponse:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """``path`` may hold ``{name}`` parts."""

    method: str
    path: str
    handle: Callable[[HttpRequest], Awaitable[HttpResponse]]


class Running(Surface, Protocol):
    """A surface as ``assurebot run`` and ``assurebot doctor`` see it."""

    def routes(self) -> Sequence[Route]:
        """What this surface wants to be served at ASSUREBOT_HTTP_HOST and _PORT."""
        ...

    async def start(self, bot: Receiver) -> None:
        """Connect and begin to receive; returns once it is ready."""
        ...

    async def stop(self) -> None:
        """Receive nothing more."""
        ...

    async def checks(self) -> Sequence[Finding]:
        """What ``doctor`` says about it; must not need ``start``."""
        ...
