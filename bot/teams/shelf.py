"""Pictures and files at addresses that nobody can guess, for as long as their message is in the record.

Teams fetches a card's picture again and again, and after a restart: so an address names the post that the picture is
part of, and a hash of its content proves that the address came from us. Nothing is stored beside the record.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from hmac import compare_digest
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.surface import HttpRequest, HttpResponse, Route
from bot.teams.directory import Asks
from bot.teams.render import Asset, render
from handlers.messages import from_json
from storage.store import Store

__all__ = ["PATH", "Shelf", "token_of"]

PATH = "/teams/files"
_MANY = 50  # assets of replies, which are in no record
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=86400",
    "X-Robots-Tag": "noindex",
}


def token_of(key: str, asset: Asset) -> str:
    """What only who has the content can know."""
    return sha256(
        b"\0".join((key.encode(), asset.name.encode("utf-8", "replace"), asset.content))
    ).hexdigest()[:40]


class Shelf:
    """``base``: the address under which the bot is reached from outside, None where it is not."""

    def __init__(self, base: str | None, zone: ZoneInfo, ask: Asks) -> None:
        self._base, self._zone, self._ask = base, zone, ask
        self._held: dict[tuple[str, str], Asset] = {}

    def address(self, key: str) -> Callable[[Asset], str | None]:
        """Where the assets of the message of that key are served."""
        name = urlsafe_b64encode(key.encode()).decode().rstrip("=")

        def of(asset: Asset) -> str | None:
            if self._base is None:
                return None
            return f"{self._base}{PATH}/{name}/{token_of(key, asset)}/{quote(asset.name, safe='')}"

        return of

    def hold(self, key: str, assets: Iterable[Asset]) -> None:
        """Keep what is in no record: an answer within an interaction."""
        for asset in assets:
            if len(self._held) >= _MANY:
                self._held.pop(next(iter(self._held)))
            self._held[key, token_of(key, asset)] = asset

    async def find(self, key: str, token: str) -> Asset | None:
        """The asset that this address was made for; None for any other."""
        held = self._held.get((key, token))
        if held is not None:
            return held
        assets = await self._ask(lambda store: _recorded(store, key, self._zone))
        return next((asset for asset in assets if compare_digest(token_of(key, asset), token)), None)

    def route(self) -> Route:
        return Route("GET", f"{PATH}/{{key}}/{{token}}/{{name}}", self._serve)

    async def _serve(self, request: HttpRequest) -> HttpResponse:
        name, token, *_ = request.path.removeprefix(f"{PATH}/").split("/")
        try:
            key = urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()
        except ValueError:
            return HttpResponse(404)
        asset = await self.find(key, token) if token.isascii() else None
        if asset is None:
            return HttpResponse(404)
        kind = "image/png" if asset.picture else "application/octet-stream"
        shown = (
            {}
            if asset.picture
            else {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(asset.name)}"}
        )
        return HttpResponse(200, asset.content, {"Content-Type": kind, **shown, **_HEADERS})


def _recorded(store: Store, key: str, zone: ZoneInfo) -> list[Asset]:
    row = store.outbox.get(key)
    if row is None or row.surface != "teams":
        return []
    rendered = render(from_json(row.content), zone)
    return [*rendered.pictures, *rendered.files]
