"""The way out: one conversation at a time is claimed and its posts are sent in order, at the platform's pace."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot import logs
from bot.claims import renewed
from bot.clock import Clock
from bot.posting import keep
from bot.surface import Gone, Refused, Surface, TryLater, Unknown
from bot.threads import StoreThread
from handlers import checks
from handlers.messages import Message, ToChannel, from_json, to_json
from handlers.undelivered import undelivered
from storage.model.post import OutboxRow, OutboxState
from storage.model.record import Change
from storage.store import Store

__all__ = ["Outbox"]

LEASE_SECONDS = 60
_ENOUGH_SECONDS = 30  # after this a conversation is given back, well within the lease
_RETRY_SECONDS = (5.0, 30.0, 120.0, 600.0)  # after a fault of ours, by attempts before


class _StillUnsure(TryLater):
    """The platform cannot say yet whether the post is there: the claim lapses, and it is asked again."""


@dataclass
class Outbox:
    """Sends what waits; any number of processes may do so."""

    surfaces: Mapping[str, Surface]
    writer: StoreThread
    reader: StoreThread
    clock: Clock
    _posted: dict[tuple[str, str], float] = field(default_factory=dict)  # conversation -> monotonic time

    async def send_next(self) -> bool:
        """Claim a conversation and send its rows; False where nothing can go now."""
        rows = await self.writer.run(
            lambda store: store.outbox.claim(self.clock(), tuple(self.surfaces), LEASE_SECONDS)
        )
        if rows:
            async with renewed(lambda: self._renew(rows)):
                await self._conversation(rows)
        return bool(rows)

    async def _renew(self, rows: Sequence[OutboxRow]) -> bool:
        return await self.writer.run(lambda store: store.outbox.renew(rows, self.clock(), LEASE_SECONDS))

    async def _conversation(self, rows: Sequence[OutboxRow]) -> None:
        begun = time.monotonic()
        for number, row in enumerate(rows):
            if time.monotonic() - begun > _ENOUGH_SECONDS:
                await self._later(rows[number:], 0.0)
                return
            pause = await self._row(row)
            if pause is not None:
                await self._later(rows[number + 1 :], pause)
                return

    async def _row(self, row: OutboxRow) -> float | None:
        """Send one row; seconds where the rest of the conversation must wait for it."""
        with logs.timed("sent", row=row.id, surface=row.surface, attempts=row.attempts + 1):
            try:
                await self._deliver(self.surfaces[row.surface], row)
            except _StillUnsure as unsure:
                return unsure.seconds
            except TryLater as later:
                await self._later([row], later.seconds)
                return later.seconds
            except Unknown:
                await self.writer.run(lambda store: store.outbox.unsure(row.id))
                return 0.0
            except Refused as refused:
                reason = str(refused)
                logs.event("refused", row=row.id, surface=row.surface)
                gone = isinstance(refused, Gone)
                await self.writer.run(lambda store: self._refused(store, row, reason, gone))
            except Exception as error:  # a fault of ours: tried again, then given up and listed
                return await self._fault(row, error)
        return None

    async def _fault(self, row: OutboxRow, error: Exception) -> float | None:
        number = logs.problem(error, row=row.id)
        if row.attempts < len(_RETRY_SECONDS):
            seconds = _RETRY_SECONDS[row.attempts]
            await self._later([row], seconds)
            return seconds
        await self.writer.run(lambda store: self._refused(store, row, f"problem {number}", gone=False))
        return None

    async def _deliver(self, surface: Surface, row: OutboxRow) -> None:
        platform_id = await self._found(surface, row)
        if platform_id is None:
            now = self.clock()
            if not await self.reader.run(lambda store: checks.still_holds(row.check, store, now)):
                await self.writer.run(lambda store: store.outbox.supersede(row.id, "no longer holds"))
                return
            made = await self._made(row) if checks.made_when_sent(row.check) else row
            platform_id = await self._post(surface, made)
        await self.writer.run(lambda store: self._sent(store, row, platform_id))

    async def _found(self, surface: Surface, row: OutboxRow) -> str | None:
        """Where an earlier attempt may have posted, look for it."""
        if row.state is not OutboxState.UNSURE or row.claimed_at is None or not row.content:
            return None
        try:
            return await surface.find(row, row.claimed_at)
        except TryLater as later:
            raise _StillUnsure(str(later), later.seconds) from later
        except Unknown as silent:
            raise _StillUnsure(str(silent), 0.0) from silent

    async def _made(self, row: OutboxRow) -> OutboxRow:
        """The row with its words, made by the record of now; kept, for the surface may look at them again."""
        now = self.clock()
        finish = await self.reader.run(lambda store: checks.made(row.check, store, now))
        parts = await asyncio.to_thread(finish)  # a picture takes a second to draw
        content = to_json(Message(ToChannel(row.surface, row.conversation), parts, row.key, check=row.check))

        def fill(store: Store) -> None:
            with store.writing(Change(None, now, row.surface, row.key)):
                store.outbox.fill(row.id, content)

        await self.writer.run(fill)
        return replace(row, content=content)

    async def _post(self, surface: Surface, row: OutboxRow) -> str | None:
        message = from_json(row.content)
        thread, replaces = await self.reader.run(lambda store: _ids(store, message))
        await self._pace(surface, row)
        try:
            return await surface.post(row, message, thread, replaces)
        except Unknown as lost:
            if row.state is OutboxState.UNSURE and not surface.looks_back:
                raise Refused(
                    f"{lost} It may stand there, even twice: look before you have it said again."
                ) from lost
            raise
        finally:
            self._posted[row.surface, row.conversation] = time.monotonic()

    async def _pace(self, surface: Surface, row: OutboxRow) -> None:
        last = self._posted.get((row.surface, row.conversation))
        if last is not None:
            await asyncio.sleep(max(0.0, last + surface.pace - time.monotonic()))

    def _refused(self, store: Store, row: OutboxRow, reason: str, gone: bool) -> None:
        """Mark it and say so in one step: a crash between the two would leave nobody told."""
        with store.writing(Change(None, self.clock(), row.surface, row.key)):
            store.outbox.failed(row.id, reason)
            try:
                message = from_json(row.content)
            except (KeyError, TypeError, ValueError):  # a row that cannot be read names nobody
                return
            told = undelivered(message, reason, store, gone_from=row.surface if gone else None)
            keep(store, told, row.key, tuple(self.surfaces))

    def _sent(self, store: Store, row: OutboxRow, platform_id: str | None) -> None:
        with store.writing(Change(None, self.clock(), row.surface, row.key)):
            store.outbox.sent(row.id, platform_id, self.clock())
            if platform_id is not None and checks.remembers(row.check):
                checks.remember_sent(row.check, row.conversation, platform_id, store)

    async def _later(self, rows: Sequence[OutboxRow], seconds: float) -> None:
        when = self.clock() + timedelta(seconds=seconds)

        def later(store: Store) -> None:
            for row in rows:
                store.outbox.later(row.id, when)

        if rows:
            await self.writer.run(later)


def _ids(store: Store, message: Message) -> tuple[str | None, str | None]:
    return _id(store, message.thread), _id(store, message.replaces)


def _id(store: Store, name: str | None) -> str | None:
    """The platform's id that ``@id``, or the key of an earlier post, stands for."""
    if name is None or name.startswith("@"):
        return name[1:] if name else None
    row = store.outbox.get(name)
    return row.platform_id if row else None
