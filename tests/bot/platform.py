"""A platform that a test scripts: it keeps what is posted, and refuses, delays or breaks when told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.surface import Finding, Profile, Receiver, Route
from handlers.messages import Message
from storage.model.people import Account
from storage.model.post import Attached, OutboxRow

__all__ = ["Platform", "Posted"]


@dataclass(frozen=True)
class Posted:
    row: OutboxRow
    message: Message
    thread_id: str | None
    replace_id: str | None
    id: str


@dataclass
class Platform:
    """``faults`` are raised by the next posts, one each; a fault with ``lands`` happens after the post arrived."""

    name: str = "slack"
    pace: float = 0.0
    looks_back: bool = True
    posts: list[Posted] = field(default_factory=list)
    faults: list[Exception | None] = field(default_factory=list)
    lands: bool = False
    profiles: dict[str, Profile] = field(default_factory=dict)
    profile_fault: Exception | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    searched: list[tuple[str, datetime]] = field(default_factory=list)
    find_fault: Exception | None = None
    events: list[str] = field(default_factory=list)

    async def post(
        self, row: OutboxRow, message: Message, thread_id: str | None, replace_id: str | None
    ) -> str | None:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and not self.lands:
            raise fault
        self.posts.append(Posted(row, message, thread_id, replace_id, f"ts{len(self.posts) + 1}"))
        if fault is not None:
            raise fault
        return self.posts[-1].id

    async def find(self, row: OutboxRow, since: datetime) -> str | None:
        self.searched.append((row.key, since))
        if self.find_fault is not None:
            raise self.find_fault
        return next((posted.id for posted in self.posts if posted.row.key == row.key), None)

    async def fetch_file(self, attached: Attached) -> bytes:
        return self.files[attached.url]

    async def profile(self, user_id: str) -> Profile:
        if self.profile_fault is not None:
            raise self.profile_fault
        return self.profiles.get(user_id, Profile(user_id))

    async def open_conversation(self, account: Account) -> str:
        return f"D-{account.user_id}"

    def routes(self) -> Sequence[Route]:
        return ()

    async def start(self, bot: Receiver) -> None:
        self.events.append("started")

    async def stop(self) -> None:
        self.events.append("stopped")

    async def checks(self) -> Sequence[Finding]:
        return [Finding(self.name, True, "pretends well")]
