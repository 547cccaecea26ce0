"""Slack's pace: about one post a second to a conversation, whoever in this process wants to post."""

from __future__ import annotations

import asyncio
import time

__all__ = ["PACE", "Pacer"]

PACE = 1.0  # seconds
_MANY = 5_000


class Pacer:
    """Gives out turns to post, conversation by conversation."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._free: dict[str, float] = {}  # conversation -> when the next turn is

    async def turn(self, conversation: str) -> None:
        """Returns when this caller may post there."""
        now = time.monotonic()
        if len(self._free) > _MANY:
            self._free = {name: at for name, at in self._free.items() if at > now}
        at = max(now, self._free.get(conversation, 0.0))
        self._free[conversation] = at + self.seconds
        if at > now:
            await asyncio.sleep(at - now)
