"""Fetching what people drop on the bot. The token goes to Slack alone, whatever address an event names."""

from __future__ import annotations

from urllib.parse import urlsplit

import aiohttp

from bot.slack.errors import explained
from bot.surface import Refused
from nlp.documents.limits import MAX_BYTES
from storage.model.post import Attached

__all__ = ["fetch"]

_PIECE = 2**16
_TIMEOUT = aiohttp.ClientTimeout(total=120)


async def fetch(session: aiohttp.ClientSession, token: str, api: str, attached: Attached) -> bytes:
    """The file's bytes.

    Raises:
        Refused: it is not Slack's, too big, gone, or not for the bot.
        TryLater, Unknown: Slack could not be reached.
    """
    host = urlsplit(attached.url).hostname or ""
    if not (host == urlsplit(api).hostname or host == "slack.com" or host.endswith(".slack.com")):
        raise Refused(f"“{attached.name}” does not lie in Slack: download it and drop the file itself here.")
    if attached.size > MAX_BYTES:
        raise Refused(_too_big(attached))
    headers = {"Authorization": f"Bearer {token}"}
    got = session.get(attached.url, headers=headers, allow_redirects=False, timeout=_TIMEOUT)
    async with explained(), got as response:
        if response.status != 200 or response.content_type == "text/html":
            raise Refused(
                f"Slack did not hand over “{attached.name}”: is it deleted, or does the app lack files:read?"
            )
        return await _read(response, attached)


async def _read(response: aiohttp.ClientResponse, attached: Attached) -> bytes:
    content = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        content += piece
        if len(content) > MAX_BYTES:
            raise Refused(_too_big(attached))
    return bytes(content)


def _too_big(attached: Attached) -> str:
    return f"“{attached.name}” is too big: {MAX_BYTES // 2**20} MB is the most that is read. Drop the part that holds the plan."
