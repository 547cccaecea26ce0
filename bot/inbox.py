"""The way in: a kept row is made into a request, answered in one transaction, and its replies handed back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from bot import logs
from bot.claims import renewed
from bot.clock import Clock
from bot.posting import for_asker, keep_replies
from bot.settings import Settings
from bot.surface import Profile, Reply, Surface
from bot.threads import ReadingThread, StoreThread, read_text
from handlers.answer import prepared, respond
from handlers.grammar import Call, parse
from handlers.messages import ASKER, Message, say
from handlers.plans.files import examine
from handlers.privacy.guard import HELD, hold_back, visible
from handlers.request import FileContent, Request
from handlers.undelivered import heard_again
from handlers.updates.intake import shortened
from storage.model.errors import AssurebotError, StoreError, SurfaceError
from storage.model.people import Account, Person
from storage.model.post import Inbound, InboundKind, InboundRow
from storage.model.reading import Reading
from storage.model.record import Change
from storage.store import Store

__all__ = ["LIVE", "Inbox"]

# What is answered within the interaction, where there is one.
LIVE = frozenset({InboundKind.COMMAND, InboundKind.TAP, InboundKind.FORM, InboundKind.HOME})
_UNREAD = frozenset({InboundKind.DELETE, InboundKind.HOME, InboundKind.JOINED, InboundKind.LEFT})
PATIENCE_SECONDS = 5.0  # with a long file, before its sender hears that it is being read
LEASE_SECONDS = 60  # how long a message stays ours after a crash; while it is worked on, the claim is renewed


class _Overtaken(Exception):
    """Our claim had run out and another worker has handled the row: nothing of ours stays."""


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
    claimed: dict[tuple[str, str], InboundRow] = field(default_factory=dict)

    async def receive(self, inbound: Inbound, reply: Reply | None) -> bool:
        """Keep what came in; False for a duplicate of something done.

        Where somebody waits for the answer the row is claimed at once, for ``handle_key``.
        """
        safe = hold_back(inbound)  # before anything is written: no copy of a patient's number is ever kept
        short = shortened(safe)
        live = reply is not None and inbound.kind in LIVE
        kept, claimed = await self.writer.run(lambda store: self._kept(store, short, live), urgent=True)
        name = inbound.surface, inbound.key
        if kept and live and reply is not None:
            self.replies[name] = reply
        if claimed is not None:
            self.claimed[name] = claimed
        return kept

    def _kept(self, store: Store, inbound: Inbound, live: bool) -> tuple[bool, InboundRow | None]:
        kept = store.inbox.receive(inbound, self.clock())
        if not kept or not live:
            return kept, None
        return kept, store.inbox.claim_key(inbound.surface, inbound.key, self.clock(), LEASE_SECONDS)

    async def handle_key(self, surface: str, key: str) -> bool:
        """Handle a row that was claimed when it came; False where its conversation was busy."""
        row = self.claimed.pop((surface, key), None)
        return row is not None and await self._handle(row)

    async def handle_next(self) -> bool:
        """Handle the oldest row of a free conversation; False where there is none."""
        row = await self.writer.run(lambda store: store.inbox.claim(self.clock(), LEASE_SECONDS))
        return row is not None and await self._handle(row)

    async def _handle(self, row: InboundRow) -> bool:
        name = row.inbound.surface, row.inbound.key
        reply = self.replies.get(name)
        try:
            with logs.timed("handled", row=row.id, surface=row.inbound.surface, kind=row.inbound.kind):
                async with renewed(lambda: self._renew(row)):
                    await self._answer(row, reply)
        except _Overtaken:
            logs.event("overtaken", row=row.id)
        except Exception as error:  # a fault of ours, or of the disk: kept, told once, tried again
            await self._failed(row, reply, error)
        self.replies.pop(name, None)
        return True

    async def _renew(self, row: InboundRow) -> bool:
        return await self.writer.run(
            lambda store: store.inbox.renew(row, self.clock(), LEASE_SECONDS), urgent=True
        )

    async def _answer(self, row: InboundRow, reply: Reply | None) -> None:
        try:
            request, call = await self._request(row)
        except SurfaceError as error:  # a file that cannot be fetched
            person, sentence = await self._person(row.inbound), _sentence(error)
            await self._write(row, person, reply, lambda store: sentence)
        else:
            if call is not None and call.command.reads_only:
                await self._read_only(row, request, reply)
            elif call is not None and call.command.prepared:
                await self._prepared_first(row, request, call, reply)
            else:
                await self._write(row, request.person, reply, lambda store: respond(request, store))

    async def _write(
        self, row: InboundRow, person: Person, reply: Reply | None, answer: Callable[[Store], list[Message]]
    ) -> None:
        live = reply is not None
        answers = await self.writer.run(
            lambda store: self._transaction(store, row, person, live, answer), urgent=live
        )
        await _hand_back(reply, answers, row.id)

    async def _prepared_first(
        self, row: InboundRow, request: Request, call: Call, reply: Reply | None
    ) -> None:
        """Work that takes seconds (papers) is done on the thread that reads, so that nobody's words wait for it."""
        try:
            ready = await self.reader.run(lambda store: prepared(request, call, store))
        except StoreError:
            raise
        except AssurebotError as error:
            sentence = _sentence(error)
            await self._write(row, request.person, reply, lambda store: sentence)
        else:
            await self._write(row, request.person, reply, lambda store: respond(ready, store))

    async def _read_only(self, row: InboundRow, request: Request, reply: Reply | None) -> None:
        """An answer that changes nothing does not queue behind what does, and is handed back first."""

        def ask(store: Store) -> list[Message]:
            try:
                return respond(request, store)
            except StoreError:
                raise
            except AssurebotError as error:
                return _sentence(error)

        messages = await self.reader.run(ask, urgent=reply is not None)
        if reply is None:
            await self._write(row, request.person, None, lambda store: messages)
            return
        own, posts = for_asker(messages, row.inbound)
        await _hand_back(reply, own, row.id)
        await self.writer.run(
            lambda store: self._transaction(store, row, request.person, True, lambda store: posts)
        )

    def _transaction(
        self,
        store: Store,
        row: InboundRow,
        person: Person,
        live: bool,
        answer: Callable[[Store], list[Message]],
    ) -> list[Message]:
        """The answer, its posts and ``done``, or nothing; an error for the person leaves only its sentence."""
        change = Change(person.id, self.clock(), row.inbound.surface, row.inbound.key)
        try:
            return self._committed(store, row, change, live, answer)
        except StoreError:
            raise
        except AssurebotError as error:
            sentence = _sentence(error)
            return self._committed(store, row, change, live, lambda store: sentence)

    def _committed(
        self,
        store: Store,
        row: InboundRow,
        change: Change,
        live: bool,
        answer: Callable[[Store], list[Message]],
    ) -> list[Message]:
        with store.writing(change):
            replies = keep_replies(store, answer(store), row.inbound, self.surfaces, live=live)
            if not store.inbox.done(row.id):
                raise _Overtaken
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
        if known and account and _nothing_new(account, inbound):
            return known
        profile = await self._profile(inbound) if known is None else Profile(known.name, known.email)
        met = Account(
            inbound.surface,
            inbound.user_id,
            inbound.conversation if inbound.direct else (account.conversation if account else None),
            _own(inbound.details) or (account.details if account else {}),
        )
        return await self.writer.run(lambda store: self._meet(store, known, met, profile), urgent=True)

    def _meet(self, store: Store, known: Person | None, account: Account, profile: Profile) -> Person:
        with store.writing(Change(known.id if known else None, self.clock(), account.surface)):
            if known is None:
                return store.people.meet(account, visible(profile.name), profile.email)
            before = known.account(account.surface)
            if before is not None and before.gone:
                heard_again(known, account, store)
            else:
                store.people.set_account(known.id, account)
        return store.people.get(known.id) or known

    async def _profile(self, inbound: Inbound) -> Profile:
        fallback = Profile(inbound.user_name or inbound.user_id)
        surface = self.surfaces.get(inbound.surface)
        if surface is None:
            return fallback
        try:
            profile = await surface.profile(inbound.user_id)
        except SurfaceError:
            return fallback
        return profile if self._of_home(inbound) else replace(profile, email=None)

    def _of_home(self, inbound: Inbound) -> bool:
        """Whether the address was given by our own tenant: another one, though let in, could say anybody's."""
        tenant, own = inbound.details.get("tenant"), self.settings.teams_tenant_id
        return tenant is None or own is None or tenant.casefold() == own.casefold()

    async def _files(self, inbound: Inbound) -> tuple[FileContent, ...]:
        surface = self.surfaces.get(inbound.surface)
        if surface is None:
            return ()
        fetched = [(one.name, await surface.fetch_file(one)) for one in inbound.files]
        return tuple([await self._examined(name, content, inbound) for name, content in fetched])

    async def _examined(self, name: str, content: bytes, inbound: Inbound) -> FileContent:
        """What the file says; who waits for a long one is told once how far the reading is."""
        pages = [0, 0]

        def progress(done: int, whole: int) -> None:
            pages[:] = done, whole

        reading = asyncio.create_task(asyncio.to_thread(examine, name, content, progress))
        if not (await asyncio.wait({reading}, timeout=PATIENCE_SECONDS))[0]:
            await self._still_reading(name, pages[0], pages[1], inbound)
        return await reading

    async def _still_reading(self, name: str, done: int, whole: int, inbound: Inbound) -> None:
        far = f": {done} of {whole} pages are read" if whole else ""
        told = Message(ASKER, (say(f"“{name}” is long{far}. I answer when I am through."),), f"reading:{inbound.key}:{name}")  # fmt: skip

        def keep(store: Store) -> None:
            with store.writing(Change(None, self.clock(), inbound.surface, inbound.key)):
                keep_replies(store, [told], inbound, self.surfaces, live=False)

        await self.writer.run(keep)

    async def _prepared(
        self, inbound: Inbound, call: Call | None, today: date, refs: Collection[str]
    ) -> dict[tuple[str, date], Reading]:
        """What will be read is read now, outside the transaction."""
        text = inbound.text.strip() if call is None else call.tail
        if not text or inbound.kind in _UNREAD or (call is not None and call.command.words != "update"):
            return {}
        return {(text, today): await self.reading.read(text, today, refs)}


def _nothing_new(account: Account, inbound: Inbound) -> bool:
    if not inbound.direct:  # says nothing about whether their own chat can be written to
        return True
    heard_again = account.gone and inbound.kind is not InboundKind.LEFT
    return not heard_again and account.conversation == inbound.conversation


def _own(details: Mapping[str, str]) -> dict[str, str]:
    """What belongs to the person's account; not the people and channels that their words name."""
    return {
        name: value for name, value in details.items() if ":" not in name and name not in {"author", HELD}
    }


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


async def _hand_back(reply: Reply | None, messages: list[Message], row_id: int) -> None:
    if reply is None or not messages:
        return
    try:
        await reply(messages)
    except Exception as error:  # best effort: never the only copy of anything
        logs.problem(error, row=row_id)
