"""Files in a 1:1 chat: fetching what people drop on the bot, and handing over what they accepted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.settings import is_loopback
from bot.surface import Refused
from bot.teams.errors import explained
from bot.teams.posting import INFO
from bot.teams.render import Asset
from nlp.documents.limits import MAX_BYTES
from storage.model.post import Attached

__all__ = ["fetch", "hand_over", "info_card"]


async def fetch(client: httpx.AsyncClient, attached: Attached, *, local: bool) -> bytes:
    """The file's bytes, from the address that Teams made for the bot; no token goes with it.

    Raises:
        Refused: the address is none of Teams', the file is too big, or gone.
        TryLater, Unknown: it could not be reached.
    """
    _require_outside(attached.url, local=local)
    content = bytearray()
    async with explained(), client.stream("GET", attached.url) as response:
        if response.status_code != 200:
            raise Refused(f"Teams did not hand over “{attached.name}”: drop it here again.")
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) > MAX_BYTES:
                raise Refused(
                    f"“{attached.name}” is too big: {MAX_BYTES // 2**20} MB is the most that is read."
                    " Drop the part that holds the plan."
                )
    return bytes(content)


def _require_outside(url: str, *, local: bool) -> None:
    """Files lie in SharePoint: nothing of this machine or its network is fetched on anybody's word."""
    parts = urlsplit(url)
    if local and is_loopback(parts.hostname):
        return
    if parts.scheme != "https" or not _public(parts.hostname or ""):
        raise Refused("That file does not lie in Teams: drop the file itself here.")


def _public(host: str) -> bool:
    """A name of the public network, not an address or a bare name of this one."""
    return "." in host and not host.replace(".", "").isdigit() and ":" not in host and not is_loopback(host)


async def hand_over(client: httpx.AsyncClient, asset: Asset, upload_url: str, *, local: bool) -> None:
    """Upload a file to where the person accepted it."""
    _require_outside(upload_url, local=local)
    last = len(asset.content) - 1
    headers = {"Content-Range": f"bytes 0-{last}/{last + 1}", "Content-Type": "application/octet-stream"}
    async with explained():
        response = await client.put(upload_url, content=asset.content, headers=headers)
        response.raise_for_status()


def info_card(uploaded: dict[str, Any]) -> dict[str, Any]:
    """What the person opens the uploaded file with."""
    content = {"uniqueId": uploaded.get("uniqueId"), "fileType": uploaded.get("fileType")}
    name = uploaded.get("name")
    return {
        "type": "message",
        "summary": str(name),
        "attachments": [
            {"contentType": INFO, "contentUrl": uploaded.get("contentUrl"), "name": name, "content": content}
        ],
    }
