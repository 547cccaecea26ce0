"""The way out: a kept post as calls of Slack, and how one is found again after a crash."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.directory import Directory
from bot.slack.errors import explained
from bot.slack.pace import Pacer
from bot.slack.render import Post, Upload, payload, render
from bot.surface import Refused, TryLater, Unknown
from handlers.messages import Message, ToPerson, from_json
from storage.model.errors import SurfaceError
from storage.model.post import OutboxRow

__all__ = ["Poster", "share"]

EVENT_TYPE = "assurebot_post"
_CLOCKS_DIFFER = timedelta(minutes=1)
_PAGES, _PAGE = 5, 100

Sent = Post | Upload


class Poster:
    """Sends posts, one call after the other where a message needs more than one.

    The first call carries the row's key as metadata, those that follow the key and their number, so that
    ``find`` can tell what of it stands. Files carry none: they are known by name.
    """

    def __init__(self, client: AsyncWebClient, directory: Directory, pacer: Pacer) -> None:
        self._client, self._directory, self._pacer = client, directory, pacer

    async def post(
        self, row: OutboxRow, message: Message, thread: str | None, replace: str | None
    ) -> str | None:
        channel = await self._channel(row.conversation)
        rendered = render(message, self._addressed(message, channel))
        only_for = row.content.get("only_for")
        if only_for:
            return await self._whisper(channel, str(only_for), rendered, thread)
        first, *rest = rendered
        assert isinstance(first, Post)
        if replace:
            ts = await self._change(channel, replace, first, row.key)
        else:
            ts = await self._say(channel, first, thread, _metadata(row.key, 1))
        await self._follow(channel, rest, thread, ts, row.key)
        return ts

    async def find(self, row: OutboxRow, since: datetime) -> str | None:
        """The post of that key, with what still lacked of it sent now."""
        message = from_json(row.content)
        if row.content.get("only_for") or message.replaces:
            return None  # seen by one person alone, or harmless to do again
        channel = await self._channel(row.conversation)
        thread = await self._thread_of(channel, message)
        oldest = (since - _CLOCKS_DIFFER).timestamp()
        ts = await self._search(channel, row.key, thread, oldest)
        if ts is not None:
            await self._complete(row, message, channel, thread, ts)
        return ts

    def _addressed(self, message: Message, channel: str) -> dict[int, str]:
        """Whom a message to one person may call."""
        user = self._directory.user_in(channel) if isinstance(message.to, ToPerson) else None
        return {message.to.person_id: user} if user and isinstance(message.to, ToPerson) else {}

    async def _channel(self, conversation: str) -> str:
        if conversation[:1] in {"U", "W"}:
            return await self._directory.conversation(conversation)
        return conversation

    # sending

    async def _say(self, channel: str, post: Post, thread: str | None, metadata: dict[str, Any]) -> str:
        await self._pacer.turn(channel)
        async with explained():
            posted = await self._client.chat_postMessage(
                channel=channel,
                thread_ts=thread,
                metadata=metadata or None,
                unfurl_links=False,
                unfurl_media=False,
                **payload(post),
            )
        return str(posted["ts"])

    async def _change(self, channel: str, ts: str, post: Post, key: str) -> str:
        """Changing twice is as good as once, so where the answer is lost it is done again.

        Where the message is gone, or the workspace's time for edits is over, it is said anew.
        """
        try:
            async with explained():
                await self._client.chat_update(
                    channel=channel, ts=ts, metadata=_metadata(key, 1), **payload(post)
                )
        except Unknown as lost:
            raise TryLater(str(lost), self._pacer.seconds) from lost
        except Refused:
            return await self._say(channel, post, None, _metadata(key, 1))
        return ts

    async def _whisper(
        self, channel: str, user: str, rendered: Sequence[Sent], thread: str | None
    ) -> str | None:
        """To one person in a channel; files go to their direct message. Nothing of it can be found again."""
        for one in rendered:
            if isinstance(one, Upload):
                await self._share(await self._directory.conversation(user), one, None)
                continue
            try:
                await self._pacer.turn(channel)
                async with explained():
                    await self._client.chat_postEphemeral(
                        channel=channel, user=user, thread_ts=thread, **payload(one)
                    )
            except Refused:  # the bot is not in that channel: then in their direct message
                await self._say(await self._directory.conversation(user), one, None, {})
        return None

    async def _follow(
        self, channel: str, rest: Sequence[Sent], thread: str | None, ts: str, key: str
    ) -> None:
        """What follows the first post. It stands already, so whatever fails here is found and completed later."""
        try:
            for number, one in enumerate(rest, 2):
                await self._send(channel, one, thread or (ts if one.follows else None), key, number)
        except SurfaceError as error:
            raise Unknown(str(error)) from error

    async def _send(self, channel: str, one: Sent, thread: str | None, key: str, number: int) -> None:
        if isinstance(one, Post):
            await self._say(channel, one, thread, _metadata(key, number))
        else:
            await self._share(channel, one, thread)

    async def _share(self, channel: str, upload: Upload, thread: str | None) -> None:
        await self._pacer.turn(channel)
        await share(self._client, channel, upload, thread)

    # finding

    async def _thread_of(self, channel: str, message: Message) -> str | None:
        if message.thread is None or message.thread.startswith("@"):
            return message.thread[1:] if message.thread else None
        return await self._search(channel, message.thread, None, 0.0)

    async def _search(self, channel: str, key: str, thread: str | None, oldest: float) -> str | None:
        async for message in self._messages(channel, thread, oldest):
            if _key_of(message) == (key, 1):
                return str(message["ts"])
        return None

    async def _messages(
        self, channel: str, thread: str | None, oldest: float
    ) -> AsyncIterator[Mapping[str, Any]]:
        wanted: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{oldest:.6f}",
            "limit": _PAGE,
            "include_all_metadata": True,
        }
        cursor = None
        for _ in range(_PAGES):
            async with explained():
                if thread:
                    page = await self._client.conversations_replies(ts=thread, cursor=cursor, **wanted)
                else:
                    page = await self._client.conversations_history(cursor=cursor, **wanted)
            for message in page["messages"]:
                yield message
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return

    async def _complete(
        self, row: OutboxRow, message: Message, channel: str, thread: str | None, ts: str
    ) -> None:
        """Send what a crash left out."""
        _, *rest = render(message, self._addressed(message, channel))
        if not rest:
            return
        posts, files = await self._standing(row.key, channel, thread or ts, ts)
        if thread is None and any(isinstance(one, Upload) and not one.follows for one in rest):
            files |= (await self._standing(row.key, channel, None, ts))[1]
        for number, one in enumerate(rest, 2):
            there = one.name in files if isinstance(one, Upload) else number in posts
            if not there:
                await self._send(channel, one, thread or (ts if one.follows else None), row.key, number)

    async def _standing(
        self, key: str, channel: str, thread: str | None, since: str
    ) -> tuple[set[int], set[str]]:
        """The numbers of the posts and the names of the files that stand, from a message on."""
        posts: set[int] = set()
        files: set[str] = set()
        async for message in self._messages(channel, thread, float(since)):
            found = _key_of(message)
            if found and found[0] == key:
                posts.add(found[1])
            if message.get("bot_id"):
                files |= {str(file.get("name")) for file in message.get("files", [])}
        return posts, files


async def share(client: AsyncWebClient, channel: str, upload: Upload, thread: str | None) -> None:
    """Upload a file and show it in a conversation."""
    async with explained():
        await client.files_upload_v2(
            content=upload.content,
            filename=upload.name,
            title=upload.title,
            alt_txt=upload.alt[:1000] or None,
            channel=channel,
            thread_ts=thread,
        )


def _metadata(key: str, part: int) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key, "part": part}}


def _key_of(message: Mapping[str, Any]) -> tuple[str, int] | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    held = metadata.get("event_payload", {})
    return str(held.get("key")), int(held.get("part", 1))
