"""Where people and conversations are in Teams: conversation references, learnt from whatever comes in, and the roster."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from bot.surface import Profile, Refused, TryLater
from bot.teams.errors import explained
from bot.teams.library import ApiClient
from storage.model.errors import SurfaceError
from storage.model.people import Account
from storage.model.post import Inbound
from storage.store import Store

__all__ = ["SERVICE_URL", "Calls", "Directory", "Place"]

SERVICE_URL = "https://smba.trafficmanager.net/teams"  # where Teams' own service is met before it named one
_MANY = 5_000
_QUICK_SECONDS = 2.0  # Teams waits for an answer meanwhile
T = TypeVar("T")


class Asks(Protocol):
    def __call__(self, question: Callable[[Store], T]) -> Awaitable[T]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation and how to reach it. ``kind``: "personal", "groupChat" or "channel"."""

    conversation: str
    service_url: str
    kind: str = "personal"

    def path(self, thread: str | None = None) -> str:
        inside = (
            f"{self.conversation};messageid={thread}"
            if thread and self.kind == "channel"
            else self.conversation
        )
        return f"/v3/conversations/{quote(inside, safe='')}"


class Calls:
    """The Bot Connector, with the library's tokens; every error is a SurfaceError."""

    def __init__(self, api: ApiClient) -> None:
        self._api = api
        self._under_way = 0
        self._closing = False
        self._done = asyncio.Event()

    async def close(self) -> None:
        """Let what is under way end; what comes later waits for the next start."""
        self._closing = True
        if self._under_way:
            await self._done.wait()
        await self._api.http.http.aclose()

    async def get(self, service_url: str, path: str) -> dict[str, Any]:
        return await self._made("GET", service_url, path)

    async def post(self, service_url: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._made("POST", service_url, path, body)

    async def put(self, service_url: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._made("PUT", service_url, path, body)

    async def _made(self, method: str, service_url: str, path: str, body: Any = None) -> dict[str, Any]:
        if self._closing:
            raise TryLater("The bot is stopping.", 1.0)
        call = getattr(self._api.http, method.lower())
        given = {} if body is None else {"json": body}
        self._under_way += 1
        try:
            async with explained():
                response = await call(service_url.rstrip("/") + path, **given)
                response.raise_for_status()
        finally:
            self._under_way -= 1
            if self._closing and not self._under_way:
                self._done.set()
        try:
            told = response.json()
        except ValueError:  # an empty body
            return {}
        return told if isinstance(told, dict) else {}


class Directory:
    """Knows places from what came in, else from the record, else asks Teams."""

    def __init__(self, calls: Calls, ask: Asks, tenant: str | None) -> None:
        self._calls, self._ask, self._tenant = calls, ask, tenant
        self._places: dict[str, Place] = {}
        self._seen: dict[str, Place] = {}  # user -> where they were met last
        self._chats: dict[str, str] = {}  # user -> their own chat

    def met(self, inbound: Inbound) -> None:
        """Somebody did something somewhere."""
        place = Place(inbound.conversation, inbound.details["service_url"], inbound.details["type"])
        _keep(self._places, inbound.conversation, place)
        _keep(self._seen, inbound.user_id, place)
        if inbound.direct:
            _keep(self._chats, inbound.user_id, inbound.conversation)

    async def place(self, name: str) -> Place:
        """Of a conversation, or of a user: then their own chat, opened if need be."""
        chat = self._chats.get(name, name)
        if chat in self._places:
            return self._places[chat]
        account, place = await self._ask(lambda store: _recorded(store, name))
        if place is None and account is not None:
            place = Place(await self.open(account), account.details.get("service_url", SERVICE_URL))
            _keep(self._chats, name, place.conversation)
        place = place or Place(name, await self._ask(_any_service_url), _kind(name))
        _keep(self._places, place.conversation, place)
        return place

    async def reached(self, name: str) -> None:
        """A SurfaceError where Teams does not answer, or does not let the bot in there."""
        place = await self.place(name)
        await self._calls.get(place.service_url, f"{place.path()}/pagedmembers?pageSize=50")

    async def open(self, account: Account) -> str:
        """The id of the 1:1 conversation; Refused where the person does not have the app."""
        url = account.details.get("service_url", "") or await self._ask(_any_service_url)
        members = [{"id": account.details.get("teams_id") or account.user_id}]
        tenant = account.details.get("tenant") or self._tenant
        body = {
            "members": members,
            "isGroup": False,
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        return str((await self._calls.post(url, "/v3/conversations", body))["id"])

    async def known(self, inbound: Inbound) -> Inbound:
        """With the Entra ids and addresses of those who are mentioned, as far as Teams quickly says."""
        details = dict(inbound.details)
        place = self._places[inbound.conversation]
        with suppress(SurfaceError, TimeoutError):
            async with asyncio.timeout(_QUICK_SECONDS):
                for name in [name for name in details if name.startswith("mention:")]:
                    told = await self._calls.get(
                        place.service_url, f"{place.path()}/members/{quote(details[name], safe='')}"
                    )
                    details[name] = str(told.get("aadObjectId") or details[name])
                    if told.get("email"):
                        details[f"email:{details[name]}"] = str(told["email"])
        return replace(inbound, details=details)

    async def profile(self, user_id: str) -> Profile:
        place = self._seen.get(user_id) or await self.place(user_id)
        told = await self._calls.get(place.service_url, f"{place.path()}/members/{quote(user_id, safe='')}")
        name = told.get("name") or f"{told.get('givenName') or ''} {told.get('surname') or ''}".strip()
        if not name:
            raise Refused("Teams does not say who that is.")
        return Profile(str(name), told.get("email") or told.get("userPrincipalName"))


def _keep(known: dict[str, Any], name: str, value: Any) -> None:
    if len(known) >= _MANY:
        known.pop(next(iter(known)))
    known[name] = value


def _recorded(store: Store, name: str) -> tuple[Account | None, Place | None]:
    """What the record holds of a conversation or user: the account to open a chat with, or the place itself."""
    person = store.people.by_account("teams", name)
    account = person.account("teams") if person else None
    if account is not None:
        url = account.details.get("service_url", SERVICE_URL)
        return account, Place(account.conversation, url) if account.conversation else None
    for channel in store.plans.channel("teams", name):
        if "service_url" in channel.details:
            return None, Place(name, channel.details["service_url"], channel.details.get("type", _kind(name)))
    for account in _accounts(store):
        if account.conversation == name:
            return None, Place(name, account.details.get("service_url", SERVICE_URL))
    return None, None


def _any_service_url(store: Store) -> str:
    """That of anybody: one tenant is served in one place."""
    return next(
        (one.details["service_url"] for one in _accounts(store) if "service_url" in one.details), SERVICE_URL
    )


def _accounts(store: Store) -> list[Account]:
    found = (person.account("teams") for person in store.people.all())
    return [account for account in found if account is not None]


def _kind(conversation: str) -> str:
    if conversation.endswith(("@thread.tacv2", "@thread.skype")):
        return "channel"
    return "groupChat" if conversation.startswith("19:") else "personal"
