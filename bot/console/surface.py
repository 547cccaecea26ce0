"""The terminal as the workers see it: a post is printed, and there is nothing to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.surface import Profile, Refused
from handlers.messages import Message
from storage.model.people import Account
from storage.model.post import Attached, OutboxRow

__all__ = ["ConsoleSurface", "conversation_of"]

MAX_FILE = 50 * 2**20
Show = Callable[[OutboxRow, Message], None]


def conversation_of(user_id: str) -> str:
    """The 1:1 conversation of a person in the terminal."""
    return f"console:{user_id}"


class ConsoleSurface:
    """Posts by printing. Nobody else's terminal can be reached, so ``show`` prints for everybody."""

    name = "console"
    pace = 0.0
    looks_back = False

    def __init__(self, show: Show) -> None:
        self._show = show

    async def post(
        self, row: OutboxRow, message: Message, thread_id: str | None, replace_id: str | None
    ) -> str | None:
        self._show(row, message)
        return replace_id or f"m{row.id}"

    async def find(self, row: OutboxRow, since: datetime) -> str | None:
        return None  # printed or not, nobody can tell: better twice than never

    async def fetch_file(self, attached: Attached) -> bytes:
        path = Path(attached.url)
        if attached.size > MAX_FILE:
            raise Refused(f"{path.name} is too big: {MAX_FILE // 2**20} MB is the most that is read.")
        try:
            return await asyncio.to_thread(path.read_bytes)
        except OSError as error:
            raise Refused(f"{path.name} cannot be read: {error.strerror}.") from error

    async def profile(self, user_id: str) -> Profile:
        return Profile(user_id)

    async def open_conversation(self, account: Account) -> str:
        return conversation_of(account.user_id)
