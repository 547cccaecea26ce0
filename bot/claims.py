"""A claim is renewed while its work goes on, so that no other worker takes it up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from bot import logs
from storage.model.errors import StoreError

__all__ = ["renewed"]

BEAT_SECONDS = 20.0  # well within a lease


@asynccontextmanager
async def renewed(renew: Callable[[], Awaitable[bool]]) -> AsyncIterator[None]:
    """Call ``renew`` now and then, until the work inside is done or it says that the claim is lost."""
    beating = asyncio.create_task(_beat(renew))
    try:
        yield
    finally:
        beating.cancel()


async def _beat(renew: Callable[[], Awaitable[bool]]) -> None:
    ours = True
    while ours:
        await asyncio.sleep(BEAT_SECONDS)
        try:
            ours = await renew()
        except StoreError as error:  # a full disk, or stopping: tried again, and at worst the claim runs out
            logs.problem(error)
