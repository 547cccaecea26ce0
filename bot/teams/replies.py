"""Answers within an Action.Execute: the card in place of the tapped one. Best effort: never the only copy of anything."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

from bot.teams.directory import Directory
from bot.teams.posting import Poster
from bot.teams.text import Element
from handlers.messages import Asker, Form, Message
from storage.model.post import Inbound

__all__ = ["CARD", "Replies", "said"]

CARD = "application/vnd.microsoft.card.adaptive"
_WORDS = "application/vnd.microsoft.activity.message"
_SECONDS = 8.0  # Teams waits for about fifteen


def said(words: str) -> dict[str, Any]:
    """The body of an invoke's answer that leaves the card as it is."""
    return {"statusCode": 200, "type": _WORDS, "value": words}


class Replies:
    """The answers to one tap. A form is seen by who tapped, until the card itself is changed."""

    def __init__(self, poster: Poster, directory: Directory, inbound: Inbound) -> None:
        self._poster, self._directory, self._inbound = poster, directory, inbound
        self._body: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    async def __call__(self, messages: Sequence[Message]) -> None:
        form = next((message for message in messages if _has_form(message)), None)
        try:
            self._answer(form)
            for number, message in enumerate(messages, 1):
                if message is not form:
                    await self._say(message, message.key or f"reply:teams:{self._inbound.key}:{number}")
        finally:
            self._settle(said("Done."))

    async def body(self) -> dict[str, Any]:
        """What to answer the invoke with, once it is known; a word where it takes long."""
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self._body), _SECONDS)
        return said("I am still at it: the answer comes here.")

    def _answer(self, form: Message | None) -> None:
        if form is not None:
            ((card, _), *_) = self._poster.rendered(form, form.key or "form").cards
            self._settle({"statusCode": 200, "type": CARD, "value": card})

    def _settle(self, body: dict[str, Any]) -> None:
        if not self._body.done():
            self._body.set_result(body)

    async def _say(self, message: Message, key: str) -> None:
        """In place of the tapped card, else below it; what is for one person alone into their own chat."""
        inbound = self._inbound
        place = await self._directory.place(inbound.conversation)
        alone = isinstance(message.to, Asker) and not message.to.everyone and not inbound.direct
        if message.replaces:
            self._shown(message, key)
            await self._poster.reply(place, message, inbound.thread, key)
            return
        if alone:
            place = await self._directory.place(inbound.user_id)
            self._settle(said("I have answered you in our own chat."))
        thread = None if alone else inbound.thread or inbound.message_id
        await self._poster.reply(place, message, thread, key)

    def _shown(self, message: Message, key: str) -> None:
        """Who tapped sees it at once."""
        cards: list[Element] = [card for card, _ in self._poster.rendered(message, key).cards]
        if len(cards) == 1:
            self._settle({"statusCode": 200, "type": CARD, "value": cards[0]})


def _has_form(message: Message) -> bool:
    return any(isinstance(part, Form) for part in message.parts)
