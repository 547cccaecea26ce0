"""The fake itself: one loopback server with the Bot Connector, its keys and its files, and what it brings to the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from tests.fakes.teams import tokens
from tests.fakes.teams.connector import Connector, Pace
from tests.fakes.teams.people import Person
from tests.fakes.teams.world import BOT_ID, TENANT, Conversation, Message, World

__all__ = ["Delivery", "FakeTeams"]

T = TypeVar("T")


@dataclass
class Delivery:
    """What was brought to the bot, and what it answered."""

    activity: dict[str, Any]
    status: int = 0
    body: Any = None
    attempts: int = 0


class FakeTeams:
    """One tenant with one app installed. ``second`` is how long a second of the rate limit lasts."""

    def __init__(self, *, second: float = 1.0) -> None:
        self.world = World()
        self.pace = Pace(second)
        self.connector = Connector(self)
        self.complaints: list[str] = []  # why messages of the bot were refused
        self.deliveries: list[Delivery] = []
        self.bot_url = ""
        self.url = ""
        self._changed = asyncio.Event()
        self._returned: set[tuple[int, int, int]] = set()
        self._runner: web.AppRunner | None = None

    # running

    async def __aenter__(self) -> FakeTeams:
        application = web.Application(client_max_size=20_000_000)
        application.add_routes(
            [
                *self.connector.routes(),
                web.get("/openidconfiguration", self._metadata),
                web.get("/keys", self._keys),
                web.get("/files/{file}", self._download),
                web.put("/files/{file}", self._upload),
            ]
        )
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()
        assert self._runner is not None
        await self._runner.cleanup()

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response({"issuer": tokens.ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(tokens.public_keys())

    async def _download(self, request: web.Request) -> web.Response:
        content = self.world.files.get(request.match_info["file"])
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        if request.headers.get("Content-Range") != f"bytes 0-{len(content) - 1}/{len(content)}":
            return web.Response(status=400)
        self.world.files[request.match_info["file"]] = content
        self.stir()
        return web.json_response({}, status=201)

    # making the world

    def person(
        self, name: str, email: str | None = None, *, installed: bool = True, tenant: str = TENANT
    ) -> Person:
        """Somebody of the tenant, who has the app in their own chat or not."""
        user = self.world.add_user(name, email, tenant)
        if installed:
            self.world.add_conversation("personal", name, {user.id, BOT_ID})
        return Person(self, user)

    def channel(self, name: str, *people: Person) -> Conversation:
        return self.world.add_conversation("channel", name, {BOT_ID, *(person.id for person in people)})

    def group(self, name: str, *people: Person) -> Conversation:
        return self.world.add_conversation("groupChat", name, {BOT_ID, *(person.id for person in people)})

    async def install(self, where: Conversation, by: Person, *, add: bool = True) -> Delivery:
        """Somebody adds the app to a conversation, or removes it from there: two events tell of it."""
        where.installed = add
        told = "membersAdded" if add else "membersRemoved"
        member = {"type": "conversationUpdate", told: [{"id": BOT_ID}]}
        await self.bring(by, where, member, self.world.next_id())
        installation = {"type": "installationUpdate", "action": "add" if add else "remove"}
        return await self.bring(by, where, installation, self.world.next_id())

    # bringing it

    async def bring(
        self,
        who: Person,
        where: Conversation,
        what: dict[str, Any],
        activity_id: str,
        root: str | None = None,
    ) -> Delivery:
        """An activity of that person to the bot, signed; a second time where the bot failed."""
        team = {"team": {"id": "19:team"}, "channel": {"id": where.id, "name": where.name}}
        channel = {"tenant": {"id": who.user.tenant}} | (team if where.kind == "channel" else {})
        activity = {
            "id": activity_id,
            "timestamp": datetime.now(UTC).isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": who.user.account(),
            "recipient": {"id": BOT_ID, "name": "Assurebot"},
            "conversation": {**where.payload(root), "tenantId": who.user.tenant},
            "locale": "en-GB",
            **what,
        }
        client = {"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Web"}
        activity["entities"] = [client, *what.get("entities", [])]
        activity["channelData"] = channel | what.get("channelData", {})
        delivery = Delivery(activity)
        self.deliveries.append(delivery)
        while delivery.attempts < (1 if what["type"] == "invoke" else 2):
            await self.send(delivery, tokens.sign(self.url))
            if delivery.status < 500:
                break
        self.stir()
        return delivery

    async def send(self, delivery: Delivery, token: str | None) -> Delivery:
        """Once, with that token."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self.http.post(self.bot_url, json=delivery.activity, headers=headers) as response:
            delivery.attempts += 1
            delivery.status = response.status
            delivery.body = await response.json() if response.content_type == "application/json" else None
        return delivery

    # waiting

    def stir(self) -> None:
        """Wake whoever waits for something to be there."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def until(self, look: Callable[[], T | None], what: str, seconds: float = 30.0) -> T:
        """What ``look`` finds, as soon as it does; an AssertionError that says what is there instead."""
        try:
            async with asyncio.timeout(seconds):
                while (found := look()) is None:
                    await self._changed.wait()
                return found
        except TimeoutError:
            said = "\n---\n".join(message.text for message in self.world.messages[-10:])
            raise AssertionError(
                f"no {what} in {seconds} s. Refused: {self.complaints}. The last messages:\n{said}"
            ) from None

    async def message_to(
        self, whom: Person | Conversation, containing: str = "", seconds: float = 30.0
    ) -> Message:
        """The bot's next message to a person or in a conversation that no test has been given yet."""
        what = f"message with {containing!r} to {whom.name}"
        return await self.until(lambda: self._unread(whom, containing), what, seconds)

    def _unread(self, whom: Person | Conversation, containing: str) -> Message | None:
        for message in self.messages_to(whom):
            mark = (id(message), message.edits, len(message.private))
            if mark not in self._returned and containing in message.text:
                self._returned.add(mark)
                return message
        return None

    def looked_at(self, whom: Person | Conversation) -> None:
        """What is there by now is not what a test waits for."""
        self._returned |= {(id(each), each.edits, len(each.private)) for each in self.messages_to(whom)}

    def messages_to(self, whom: Person | Conversation) -> list[Message]:
        """All of the bot's messages that stand: in a person's own chat, or in a conversation."""
        where = self.world.personal(whom.id) if isinstance(whom, Person) else whom
        return [
            each
            for each in self.world.messages
            if each.conversation is where and each.by_bot and not each.deleted
        ]
