"""Answers within an interaction: a modal, a whisper, a changed card. Best effort: never the only copy of anything."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.directory import Directory
from bot.slack.errors import explained
from bot.slack.forms import home, modal
from bot.slack.inbound import Happening
from bot.slack.limits import require, view_problems
from bot.slack.pace import Pacer
from bot.slack.posting import share
from bot.slack.render import Post, Upload, payload, render
from handlers.messages import Asker, Form, Message
from storage.model.errors import SurfaceError
from storage.model.post import InboundKind

__all__ = ["Replies"]

_RESPONSES = 5  # uses of one response url


@dataclass
class Replies:
    """The answers to one happening, in the place where the person is."""

    client: AsyncWebClient
    directory: Directory
    session: aiohttp.ClientSession
    pacer: Pacer
    happening: Happening
    _left: int = field(default=_RESPONSES)
    _opened: bool = False  # a trigger serves once

    async def __call__(self, messages: Sequence[Message]) -> None:
        if self.happening.inbound.kind is InboundKind.HOME:
            await self._publish(messages)
            return
        for message in messages:
            form = next((part for part in message.parts if isinstance(part, Form)), None)
            if form is None or not await self._open(form):
                await self._answer(message)

    async def _publish(self, messages: Sequence[Message]) -> None:
        view = home(messages)
        require(view_problems(view), "home tab")
        async with explained():
            await self.client.views_publish(user_id=self.happening.inbound.user_id, view=view)

    async def _open(self, form: Form) -> bool:
        """Open the form; False where Slack's three seconds are over, then it is offered as a button."""
        trigger = self.happening.trigger_id
        if trigger is None or self._opened:
            return False
        view = modal(form, self._private(form.command))
        require(view_problems(view), "form")
        try:
            async with explained():
                await self.client.views_open(trigger_id=trigger, view=view)
        except SurfaceError:
            return False
        self._opened = True
        return True

    def _private(self, command: str) -> dict[str, Any]:
        """What the submission must know of where it came from."""
        inbound = self.happening.inbound
        held = {
            "command": command,
            "conversation": inbound.conversation,
            "direct": inbound.direct,
            "message": inbound.message_id,
            "thread": inbound.thread,
            "response_url": self.happening.response_url,
            "ephemeral": self.happening.ephemeral,
        }
        return {name: value for name, value in held.items() if value}

    async def _answer(self, message: Message) -> None:
        first, *rest = render(message)
        assert isinstance(first, Post)
        everyone = isinstance(message.to, Asker) and message.to.everyone
        replaced = message.replaces and await self._replace(message.replaces.removeprefix("@"), first)
        if not replaced:
            await self._say(first, everyone)
        for one in rest:
            if isinstance(one, Upload):
                await self._share(one, everyone)
            else:
                await self._say(one, everyone)

    async def _replace(self, ts: str, post: Post) -> bool:
        """Put the answer in the place of the card that was tapped; False where that is gone."""
        inbound = self.happening.inbound
        with contextlib.suppress(SurfaceError):
            if self.happening.ephemeral:
                return await self._respond({**payload(post), "replace_original": True})
            async with explained():
                await self.client.chat_update(channel=inbound.conversation, ts=ts, **payload(post))
            return True
        return False

    async def _say(self, post: Post, everyone: bool) -> None:
        inbound, thread = self.happening.inbound, self.happening.inbound.thread
        if inbound.direct:
            await self._post(await self._direct(), post, thread)
            return
        kind = "in_channel" if everyone else "ephemeral"
        told: dict[str, Any] = {**payload(post), "response_type": kind, "replace_original": False}
        if await self._respond(told | ({"thread_ts": thread} if thread else {})):
            return
        if everyone:
            await self._post(inbound.conversation, post, thread)
            return
        async with explained():
            await self.client.chat_postEphemeral(
                channel=inbound.conversation, user=inbound.user_id, thread_ts=thread, **payload(post)
            )

    async def _post(self, channel: str, post: Post, thread: str | None) -> None:
        await self.pacer.turn(channel)
        async with explained():
            await self.client.chat_postMessage(
                channel=channel, thread_ts=thread, **payload(post), unfurl_links=False, unfurl_media=False
            )

    async def _direct(self) -> str:
        inbound = self.happening.inbound
        if inbound.conversation == inbound.user_id:
            return await self.directory.conversation(inbound.user_id)
        return inbound.conversation

    async def _share(self, upload: Upload, everyone: bool) -> None:
        """A file is never for one person in a channel: it goes to their direct message."""
        inbound = self.happening.inbound
        shown_here = everyone and not inbound.direct
        channel = inbound.conversation if shown_here else await self.directory.conversation(inbound.user_id)
        await self.pacer.turn(channel)
        await share(self.client, channel, upload, inbound.thread if shown_here else None)

    async def _respond(self, body: Mapping[str, Any]) -> bool:
        """Through the response url, while it serves."""
        url = self.happening.response_url
        if url is None or self._left <= 0:
            return False
        self._left -= 1
        async with self.session.post(url, json=dict(body)) as response:
            return response.status == 200
