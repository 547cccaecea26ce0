"""The threads that keep the event loop free: one that writes, some that read the record, one that reads texts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from itertools import count
from queue import PriorityQueue
from threading import Thread
from typing import Any, TypeVar

from storage.model.errors import StoreError
from storage.model.reading import Reading
from storage.store import Store

__all__ = ["Opener", "ReadingThread", "StoreThread"]

Opener = Callable[[], AbstractContextManager[Store]]
T = TypeVar("T")
_Job = tuple[int, int, Callable[[Store], Any] | None, "Future[Any]"]
_URGENT, _NORMAL, _LAST = 0, 1, 2


class StoreThread:
    """One thread with a connection of its own; its jobs run one at a time, urgent ones first."""

    def __init__(self, open_store: Opener, name: str) -> None:
        self._open = open_store
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._numbers = count()
        self._opened: Future[None] = Future()
        self._stopping = False
        self._thread = Thread(target=self._work, name=name, daemon=True)

    async def start(self) -> None:
        """Open the store; a StoreError where that fails."""
        self._thread.start()
        await asyncio.wrap_future(self._opened)

    async def run(self, job: Callable[[Store], T], *, urgent: bool = False) -> T:
        """The result of the job, or what it raised; a StoreError once the thread is stopping."""
        if self._stopping:
            raise StoreError("Assurebot is stopping: try again when it runs.")
        return await asyncio.wrap_future(self._put(_URGENT if urgent else _NORMAL, job))

    async def stop(self) -> None:
        """Finish what was given, then close the store."""
        self._stopping = True
        if self._opened.done() and self._opened.exception() is None:
            self._put(_LAST, None)
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)

    def _put(self, urgency: int, job: Callable[[Store], Any] | None) -> Future[Any]:
        future: Future[Any] = Future()
        self._jobs.put((urgency, next(self._numbers), job, future))
        return future

    def _work(self) -> None:
        try:
            with self._open() as store:
                self._opened.set_result(None)
                while self._one(store):
                    pass
        except Exception as error:
            if self._opened.done():
                raise
            self._opened.set_exception(error)

    def _one(self, store: Store) -> bool:
        """Do one job; False once there are no more."""
        _, _, job, future = self._jobs.get()
        if not future.set_running_or_notify_cancel():
            return True
        if job is None:
            future.set_result(None)
            return False
        try:
            future.set_result(job(store))
        except Exception as error:
            future.set_exception(error)
        return True


class ReadingThread:
    """The one thread that reads texts; the pipeline is loaded by the first reading, or by ``warm``."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "reading")

    async def warm(self) -> None:
        await self.read("Warm.", date(2000, 1, 1), ())

    async def read(self, text: str, as_of: date, known_refs: Collection[str]) -> Reading:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: read_text(text, as_of, known_refs))

    def stop(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def read_text(text: str, as_of: date, known_refs: Collection[str]) -> Reading:
    """The reading; the pipeline is imported here, for it takes a second."""
    from nlp.reading import read

    return read(text, as_of, known_refs=known_refs)
