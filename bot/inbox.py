"""The way in: a kept row is made into a request, answered in one transaction, and its replies handed back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot import logs
from bot.clock import Clock
from bot.posting import keep_replies
from bot.settings import Settings
from bot.surface import Profile, Reply, Surface
from bot.threads import ReadingThread, StoreThread, read_text
from handlers.answer import respond
from handlers.files import examine
from handlers.grammar import Call, parse
from handlers.messages import ASKER, Message, say
from handlers.request import FileContent, Request
from storage.model.errors import AssurebotError, StoreError, SurfaceError
from storage.model.people import Account, Person
from storage.model.post import Inbound, InboundKind, InboundRow
from storage.model.reading import Reading
from storage.model.record import Change
from storage.store import Store

__all__ = ["LIVE", "Inbox"]

# What is answered within the interaction, where there is one.
LIVE = frozenset({InboundKind.COMMAND, InboundKind.TAP, InboundKind.FORM, InboundKind.HOME})
_UNREAD = frozenset({InboundKind.DELETE, InboundKind.HOME, InboundKind.JOINED})
_MAX_CHARS = 40_000  # no platform lets a person send more in one message


@dataclass
class Inbox:
    """Takes rows out of the inbox; any number of processes may do so."""

    settings: Settings
    surfaces: Mapping[str, Surface]
    writer: StoreThread
    reader: StoreThread
    reading: ReadingThread
    clock: Clock
    replies: dict[tuple[str, str], Reply] = field(default_factory=dict)

    async def receive(self, inbound: Inbound, reply: Reply | None) -> bool:
        """Keep what came in; False for a duplicate of something done."""
        short = replace(inbound, text=inbound.text[:_MAX_CHARS])
        kept = await self.writer.run(lambda store: store.inbox.receive(short, self.clock()), urgent=True)
        if kept and reply is not None and inbound.kind in LIVE:
            self.replies[inbound.surface, inbound.key] = reply
        return kept

    async def handle_key(self, surface: str, key: str) -> bool:
        """Handle this row at once: somebody waits for the answer. False where it is not free."""
        row = await self.writer.run(
            lambda store: store.inbox.claim_key(surface, key, self.clock()), urgent=True
        )
        return row is not None and await self._handle(row)

    async def handle_next(self) -> bool:
        """Handle the oldest row of a free conversation; False where there is none."""
        row = await self.writer.run(lambda store: store.inbox.claim(self.clock()))
        return row is not None and await self._handle(row)

    async def _handle(self, row: InboundRow) -> bool:
        inbound = row.inbound
        reply = self.replies.get((inbound.surface, inbound.key))
        try:
            with logs.timed("handled", row=row.id, surface=inbound.surface, kind=inbound.kind):
                answers = await self._answers(row, live=reply is not None)
        except Exception as error:  # a fault of ours, or of the disk: kept, told once, tried again
            await self._failed(row, reply, error)
            return True
        self.replies.pop((inbound.surface, inbound.key), None)
        if reply is not None and answers:
            await _hand_back(reply, answers, row.id)
        return True

    async def _answers(self, row: InboundRow, *, live: bool) -> list[Message]:
        try:
            request, call = await self._request(row)
        except SurfaceError as error:  # a file that cannot be fetched
            return await self._refuse(row, error, live=live)
        if live and call is not None and call.command.reads_only:
            return await self._read_only(row, request)
        return await self.writer.run(
            lambda store: self._transaction(
                store, row, request.person, live, lambda: respond(request, store)
            ),
            urgent=live,
        )

    async def _read_only(self, row: InboundRow, request: Request) -> list[Message]:
        """An answer that changes nothing does not queue behind what does."""

        def ask(store: Store) -> list[Message]:
            try:
                return respond(request, store)
            except StoreError:
                raise
            except AssurebotError as error:
                return _sentence(error)

        messages = await self.reader.run(ask, urgent=True)
        return await self.writer.run(
            lambda store: self._transaction(store, row, request.person, True, lambda: messages), urgent=True
        )

    async def _refuse(self, row: InboundRow, error: AssurebotError, *, live: bool) -> list[Message]:
        person = await self._person(row.inbound)
        return await self.writer.run(
            lambda store: self._transaction(store, row, person, live, lambda: _sentence(error))
        )

    def _transaction(
        self, store: Store, row: InboundRow, person: Person, live: bool, answer: Callable[[], list[Message]]
    ) -> list[Message]:
        """The answer, its posts and ``done``, or nothing; an error for the person leaves only its sentence."""
        change = Change(person.id, self.clock(), row.inbound.surface, row.inbound.key)
        try:
            return self._committed(store, row, change, live, answer)
        except StoreError:
            raise
        except AssurebotError as error:
            sentence = _sentence(error)
            return self._committed(store, row, change, live, lambda: sentence)

    def _committed(
        self, store: Store, row: InboundRow, change: Change, live: bool, answer: Callable[[], list[Message]]
    ) -> list[Message]:
        with store.writing(change):
            replies = keep_replies(store, answer(), row.inbound, self.surfaces, live=live)
            store.inbox.done(row.id)
        return replies

    async def _failed(self, row: InboundRow, reply: Reply | None, error: Exception) -> None:
        number = logs.problem(error, row=row.id, attempts=row.attempts)
        message = Message(
            ASKER,
            (
                say(
                    f"Something went wrong on my side (problem {number}). What you sent is kept, and I will try again."
                ),
            ),
            key=f"sorry:{row.inbound.surface}:{row.inbound.key}",
        )

        def keep(store: Store) -> None:
            store.inbox.failed(row.id, f"{type(error).__name__} {number}", self.clock())
            if row.attempts <= 1 and reply is None:
                with store.writing(Change(None, self.clock(), row.inbound.surface, row.inbound.key)):
                    keep_replies(store, [message], row.inbound, self.surfaces, live=False)

        await self.writer.run(keep)
        if reply is not None:
            self.replies.pop((row.inbound.surface, row.inbound.key), None)
            await _hand_back(reply, [message], row.id)

    # what a request needs

    async def _request(self, row: InboundRow) -> tuple[Request, Call | None]:
        inbound = row.inbound
        person = await self._person(inbound)
        slugs, refs = await self.reader.run(_plan_words, urgent=inbound.kind in LIVE)
        call = _call(inbound, slugs)
        files = await self._files(inbound)
        zone = self.settings.zone
        prepared = await self._prepared(inbound, call, row.received_at.astimezone(zone).date(), refs)

        def read(text: str, as_of: date) -> Reading:
            return prepared.get((text, as_of)) or read_text(text, as_of, refs)

        request = Request(
            inbound=inbound,
            person=person,
            now=row.received_at,
            zone=zone,
            read=read,
            files=files,
            administrators=frozenset(self.settings.admins),
            site_settings={"slack_command": self.settings.slack_command},
        )
        return request, call

    async def _person(self, inbound: Inbound) -> Person:
        known = await self.reader.run(
            lambda store: store.people.by_account(inbound.surface, inbound.user_id),
            urgent=inbound.kind in LIVE,
        )
        account = known.account(inbound.surface) if known else None
        if known and account and (not inbound.direct or account.conversation == inbound.conversation):
            return known
        profile = await self._profile(inbound) if known is None else Profile(known.name, known.email)
        met = Account(
            inbound.surface,
            inbound.user_id,
            inbound.conversation if inbound.direct else (account.conversation if account else None),
            inbound.details or (account.details if account else {}),
        )
        return await self.writer.run(lambda store: self._meet(store, known, met, profile), urgent=True)

    def _meet(self, store: Store, known: Person | None, account: Account, profile: Profile) -> Person:
        with store.writing(Change(known.id if known else None, self.clock(), account.surface)):
            if known is None:
                return store.people.meet(account, profile.name, profile.email)
            store.people.set_account(known.id, account)
        return store.people.get(known.id) or known

    async def _profile(self, inbound: Inbound) -> Profile:
        fallback = Profile(inbound.user_name or inbound.user_id)
        surface = self.surfaces.get(inbound.surface)
        if surface is None:
            return fallback
        try:
            return await surface.profile(inbound.user_id)
        except SurfaceError:
            return fallback

    async def _files(self, inbound: Inbound) -> tuple[FileContent, ...]:
        surface = self.surfaces.get(inbound.surface)
        if surface is None:
            return ()
        fetched = [(one.name, await surface.fetch_file(one)) for one in inbound.files]
        return tuple([await asyncio.to_thread(examine, name, content) for name, content in fetched])

    async def _prepared(
        self, inbound: Inbound, call: Call | None, today: date, refs: Collection[str]
    ) -> dict[tuple[str, date], Reading]:
        """What will be read is read now, outside the transaction."""
        text = inbound.text.strip() if call is None else call.tail
        if not text or inbound.kind in _UNREAD or (call is not None and call.command.words != "update"):
            return {}
        return {(text, today): await self.reading.read(text, today, refs)}


def _plan_words(store: Store) -> tuple[list[str], frozenset[str]]:
    plans = store.plans.all()
    return [plan.slug for plan in plans], frozenset(
        ref for plan in plans for ref in store.plans.refs(plan.id)
    )


def _call(inbound: Inbound, slugs: Collection[str]) -> Call | None:
    if inbound.kind not in LIVE | {InboundKind.MESSAGE}:
        return None
    try:
        return parse(
            inbound.text, slugs, addressed=inbound.kind in LIVE or inbound.text.lstrip().startswith("/")
        )
    except AssurebotError:
        return None


def _sentence(error: AssurebotError) -> list[Message]:
    return [Message(ASKER, (say(str(error)),))]


async def _hand_back(reply: Reply, messages: list[Message], row_id: int) -> None:
    try:
        await reply(messages)
    except Exception as error:  # best effort: never the only copy of anything
        logs.problem(error, row=row_id)
