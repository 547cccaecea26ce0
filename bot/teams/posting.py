"""The outbox's posts in Teams: cards, updates of them, threads, and files by consent or as links."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from zoneinfo import ZoneInfo

from bot.surface import Refused, TryLater, Unknown
from bot.teams.directory import Calls, Directory, Place
from bot.teams.limits import PACE
from bot.teams.render import Asset, Rendered, activity, render
from bot.teams.shelf import Shelf, token_of
from bot.teams.text import Element
from handlers.messages import ASKER, Link, Message, Spans, say, spans
from storage.model.post import OutboxRow

__all__ = ["CONSENT", "INFO", "Poster", "consent_card"]

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
_IN_OUR_CHAT = "I have answered you in our own chat. End with “here” to show an answer to all."
_NO_CHAT = (
    "That answer is for you alone, and we have no chat of our own yet: open one under Apps, Assurebot, Add, and ask"
    " again there. Or end with “here” to show it to all."
)
_NO_LINK = "Files go to you in our own chat: ask me for it there."

Step = Callable[[], Awaitable[str | None]]


class Poster:
    """Makes posts, and goes on where it was stopped: what stands is not posted again."""

    def __init__(self, calls: Calls, directory: Directory, shelf: Shelf, zone: ZoneInfo) -> None:
        self._calls, self._directory, self._shelf, self._zone = calls, directory, shelf, zone
        self._standing: dict[str, list[str | None]] = {}  # key of a post -> ids of its parts that stand

    async def post(
        self, row: OutboxRow, message: Message, thread: str | None, replace: str | None
    ) -> str | None:
        """See ``bot.surface.Surface.post``."""
        place = await self._directory.place(row.conversation)
        only_for = row.content.get("only_for")
        if only_for and place.kind != "personal":
            await self._whisper(str(only_for), place, message, thread, row.key)
            return None
        return await self._send(place, self.rendered(message, row.key), thread, replace, row.key)

    def rendered(self, message: Message, key: str) -> Rendered:
        return render(message, self._zone, self._shelf.address(key))

    async def reply(self, place: Place, message: Message, thread: str | None, key: str) -> None:
        """A message within an interaction, which no record holds."""
        rendered = self.rendered(message, key)
        self._shelf.hold(key, (*rendered.pictures, *rendered.files))
        await self._send(place, rendered, thread, (message.replaces or "").removeprefix("@") or None, key)

    async def _whisper(self, user: str, place: Place, message: Message, thread: str | None, key: str) -> None:
        """To one person who asked where others read: into their own chat, with a word about it here."""
        try:
            chat = await self._directory.place(user)
            await self._send(chat, self.rendered(message, key), None, None, key)
            word = _IN_OUR_CHAT
        except Refused:
            word = _NO_CHAT
        asked, number = _asked(key)
        if asked and number == "1":  # one word for an answer of several messages, none for a welcome
            with suppress(Refused):  # the bot is not in that conversation: the answer stands all the same
                await self._add(place, self._card(spans(word)), thread or asked)

    # sending

    async def _send(
        self, place: Place, rendered: Rendered, thread: str | None, replace: str | None, key: str
    ) -> str | None:
        standing = self._standing.setdefault(key, [])
        steps = self._steps(place, rendered, thread, replace, key)
        try:
            for step in steps[len(standing) :]:
                standing.append(await step())
        except TryLater:
            raise
        except Unknown as lost:
            if replace and not standing:  # changing twice is as good as once
                raise TryLater(str(lost), PACE) from lost
            raise
        except Refused:
            del self._standing[key]
            raise
        return self._standing.pop(key)[0]

    def _steps(
        self, place: Place, rendered: Rendered, thread: str | None, replace: str | None, key: str
    ) -> Sequence[Step]:
        """One call of Teams each; all after the first go into its thread, where there are threads."""
        first, *rest = [activity(*each) for each in rendered.cards]
        rest += [self._file(place, asset, key) for asset in rendered.files]
        begin = (
            partial(self._change, place, replace, first)
            if replace
            else partial(self._add, place, first, thread)
        )
        return [begin, *(partial(self._follow, place, one, thread, key) for one in rest)]

    async def _follow(self, place: Place, one: Element, thread: str | None, key: str) -> str | None:
        return await self._add(place, one, thread or self._standing[key][0])

    async def _add(self, place: Place, one: Element, thread: str | None) -> str | None:
        told = await self._calls.post(place.service_url, f"{place.path(thread)}/activities", one)
        return str(told["id"]) if told.get("id") else None

    async def _change(self, place: Place, message_id: str, one: Element) -> str | None:
        """In its place; where it is gone, or is no card of ours (the words were typed, not tapped), as a new one."""
        try:
            await self._calls.put(place.service_url, f"{place.path()}/activities/{message_id}", one)
        except Refused:
            return await self._add(place, one, None)
        return message_id

    # files

    def _file(self, place: Place, asset: Asset, key: str) -> Element:
        if place.kind == "personal":
            return consent_card(asset, key)
        address = self._shelf.address(key)(asset)
        return self._card(spans("File: ", Link(asset.name, address)) if address else spans(_NO_LINK))

    def _card(self, text: Spans) -> Element:
        (made,) = render(Message(ASKER, (say(*text),)), self._zone).cards
        return activity(*made)


def _asked(key: str) -> tuple[str | None, str]:
    """The message that "reply:teams:CONVERSATION:MESSAGE:NUMBER" answers, whose thread the word goes into."""
    _, asked, number = key.rsplit(":", 2)
    return (asked if asked.isdigit() else None), number


def consent_card(asset: Asset, key: str) -> Element:
    """Teams asks the person where to put a file; only then is it uploaded."""
    context = {"key": key, "token": token_of(key, asset)}
    content = {
        "description": "From Assurebot",
        "sizeInBytes": len(asset.content),
        "acceptContext": context,
        "declineContext": context,
    }
    attachment = {"contentType": CONSENT, "name": asset.name, "content": content}
    return {"type": "message", "summary": asset.name, "attachments": [attachment]}
