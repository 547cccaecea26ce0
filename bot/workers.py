"""What runs: the threads, the loops that drain inbox and outbox, and the clock's tick."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TypeVar

from bot import logs
from bot.clock import Clock, now
from bot.database import opened
from bot.inbox import LIVE, Inbox
from bot.outbox import Outbox
from bot.settings import Settings
from bot.surface import Reply, Surface
from bot.threads import ReadingThread, StoreThread
from bot.ticking import tick_all
from storage.model.errors import StoreError
from storage.model.post import Inbound
from storage.store import Store

__all__ = ["Workers"]

T = TypeVar("T")
_INBOX_LOOPS = 4  # a slow one (a file that is fetched) keeps nobody else waiting
_OUTBOX_LOOPS = 8
_IDLE_SECONDS = 5.0  # another process may have left something
_TICK_SECONDS = 60.0
_STOP_SECONDS = 20.0
_HEALTH_SECONDS = 5.0


class Workers:
    """The bot behind its surfaces. Any number of processes may run the same on one database.

    With ``start`` and ``stop`` it works by itself; ``settle`` does all that waits and returns, for
    the terminal and for tests.
    """

    def __init__(self, settings: Settings, surfaces: Mapping[str, Surface], clock: Clock = now) -> None:
        self.settings = settings
        self.surfaces = surfaces
        self.clock = clock
        opener = partial(opened, settings)
        self.writer = StoreThread(opener, "writer")
        self.reader = StoreThread(opener, "reader")
        self.reading = ReadingThread()
        self.inbox = Inbox(settings, surfaces, self.writer, self.reader, self.reading, clock)
        self.outbox = Outbox(surfaces, self.writer, self.reader, clock)
        self._in, self._out, self._stopping = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Open the record: the writer first, for it may have to make or migrate it."""
        await self.writer.start()
        await self.reader.start()

    async def start(self) -> None:
        """Open the record and begin to work."""
        await self.open()
        for _ in range(_INBOX_LOOPS):
            self._begin(self._loop(self.inbox.handle_next, self._in, then=self._out))
        for _ in range(_OUTBOX_LOOPS):
            self._begin(self._loop(self.outbox.send_next, self._out))
        self._begin(self._ticks())
        self._begin(self.reading.warm())

    async def stop(self) -> None:
        """Finish what is in hand, then close; what waits is in the record."""
        self._stopping.set()
        self._in.set()
        self._out.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=_STOP_SECONDS)
            for task in late:
                task.cancel()
        await self.reader.stop()
        await self.writer.stop()
        await asyncio.to_thread(self.reading.stop)

    async def receive(self, inbound: Inbound, reply: Reply | None = None) -> bool:
        """See ``bot.surface.Receiver``."""
        kept = await self.inbox.receive(inbound, reply)
        if kept and reply is not None and inbound.kind in LIVE:
            self._begin(self._at_once(inbound.surface, inbound.key))
        elif kept:
            self._in.set()
        return kept

    async def ask(self, question: Callable[[Store], T]) -> T:
        """What the record says, without waiting for what is being written."""
        return await self.reader.run(question, urgent=True)

    async def healthy(self) -> str | None:
        """What is wrong, in a word, or None: whether the record can be written and the loops run."""
        if self._stopping.is_set() or not self._tasks:
            return "stopping"
        try:
            async with asyncio.timeout(_HEALTH_SECONDS):
                await self.writer.run(lambda store: store.inbox.waiting(), urgent=True)
        except (StoreError, TimeoutError):
            return "database"
        return None

    async def tick(self) -> int:
        """Let the clock act once; how many posts fell due."""
        when, zone, served = self.clock(), self.settings.zone, tuple(self.surfaces)
        made = await self.writer.run(lambda store: tick_all(store, when, zone, served))
        self._out.set()
        return made

    async def do(self, inbound: Inbound, reply: Reply) -> None:
        """Handle this, and then all that waits."""
        await self.inbox.receive(inbound, reply)
        await self.inbox.handle_key(inbound.surface, inbound.key)
        await self.settle()

    async def settle(self) -> None:
        """Handle and send all that can be now."""
        while await self.inbox.handle_next() or await self.outbox.send_next():
            pass

    async def _at_once(self, surface: str, key: str) -> None:
        await self.inbox.handle_key(surface, key)
        self._in.set()  # this row, or those of its conversation that could not be claimed meanwhile
        self._out.set()

    async def _loop(
        self, step: Callable[[], Awaitable[bool]], wake: asyncio.Event, then: asyncio.Event | None = None
    ) -> None:
        while not self._stopping.is_set():
            wake.clear()
            while await self._guarded(step) and not self._stopping.is_set():
                if then is not None:
                    then.set()
            await _either(wake, _IDLE_SECONDS)

    async def _ticks(self) -> None:
        while not self._stopping.is_set():
            await self._guarded(self.tick)
            self._in.set()
            await _either(self._stopping, _TICK_SECONDS)

    async def _guarded(self, step: Callable[[], Awaitable[T]]) -> T | None:
        """The outermost place: an unforeseen error is logged, and the loop goes on."""
        try:
            return await step()
        except Exception as error:
            logs.problem(error)
            await _either(self._stopping, 1.0)
            return None

    def _begin(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Wait for the event, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
