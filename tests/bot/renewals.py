"""What tests of long work wait for: that its claim was renewed, by the clock as it is now."""

from __future__ import annotations

import asyncio
import threading

import pytest

__all__ = ["Renewals"]


class Renewals:
    """Counts how often claims of ``owner`` (the inbox's or outbox's class in storage) are renewed, and makes it often."""

    def __init__(self, owner: type, monkeypatch: pytest.MonkeyPatch) -> None:
        renew, self._done = owner.renew, threading.Semaphore(0)  # type: ignore[attr-defined]

        def counted(*given: object) -> object:
            kept = renew(*given)
            self._done.release()
            return kept

        monkeypatch.setattr(owner, "renew", counted)
        monkeypatch.setattr("bot.claims.BEAT_SECONDS", 0.01)

    async def again(self) -> None:
        """Until one that began after this call is through."""
        while self._done.acquire(blocking=False):
            pass
        for _ in range(2):  # the first may have begun before
            assert await asyncio.to_thread(self._done.acquire, timeout=60)
