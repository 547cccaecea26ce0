"""The fake itself: one loopback server with the Web API, the socket, uploads and response urls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from tests.fakes.slack import chat, directory, files, views, web_api  # noqa: F401 (they register methods)
from tests.fakes.slack.delivery import ACK_SECONDS, RETRIES, Delivery, HttpCourier, SocketCourier
from tests.fakes.slack.events import event, message_event
from tests.fakes.slack.people import Person
from tests.fakes.slack.response_urls import ResponseUrls
from tests.fakes.slack.world import BOT, Conversation, Message, User, View, World

__all__ = ["FakeSlack"]

T = TypeVar("T")
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-fake-0", "xapp-fake-0", "fake-signing-secret"
SUBSCRIPTION = {"im": "message.im", "public": "message.channels", "private": "message.groups"}
READ = {"public": "channels:read", "private": "groups:read"}
HISTORY = {"im": "im:history", "public": "channels:history", "private": "groups:history"}


class FakeSlack:
    """One workspace with one app installed, as its manifest says.

    ``manifest`` decides what the app may do (scopes), hears of (bot events), and offers (commands,
    shortcuts, home tab). ``second`` is how long a second of Slack's rate limits lasts.
    """

    def __init__(self, manifest: Mapping[str, Any], *, second: float = 1.0) -> None:
        self.manifest = manifest
        self.scopes: set[str] = {*manifest["oauth_config"]["scopes"]["bot"], "connections:write"}
        self.bot_token, self.app_token, self.secret = BOT_TOKEN, APP_TOKEN, SECRET
        self.revoked: set[str] = set()
        self.world = World()
        self.pace = web_api.Pace(second)
        self.triggers = views.Triggers(self.world)
        self.response_urls = ResponseUrls(self)
        self.calls: list[tuple[str, dict[str, Any]]] = []  # every Web API call, in order
        self.outage: list[web.Response] = []  # answers to give instead of working, one a call
        self.swallowed: list[str] = []  # methods whose next answer is lost after they worked
        self.dies_after: int | None = None  # calls of the Web API, then it answers 503
        self.deliveries: list[Delivery] = []
        self.expected_sizes: dict[str, int] = {}
        self.ack_seconds = ACK_SECONDS
        self.retry_waits: tuple[float, ...] = (0.0, 0.05, 0.1)
        self.courier: SocketCourier | HttpCourier = SocketCourier(self)
        self.url = ""
        self._changed = asyncio.Event()
        self._returned: set[tuple[int, int]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None

    # running

    async def __aenter__(self) -> FakeSlack:
        application = web.Application(client_max_size=20_000_000)
        application.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.post("/response/{name}", self.response_urls.serve),
                web.post("/upload/v1/{file}", self._upload),
                web.get("/files-pri/{file}/{tail:.*}", self._download),
                web.get("/socket", self._socket),
            ]
        )
        self._runner = web.AppRunner(application, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        self.http = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.courier.close()
        await self.http.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """What a client's base_url must be."""
        return f"{self.url}/api/"

    @property
    def home_enabled(self) -> bool:
        return bool(self.manifest["features"].get("app_home", {}).get("home_tab_enabled"))

    @property
    def socket(self) -> SocketCourier:
        assert isinstance(self.courier, SocketCourier)
        return self.courier

    def socket_url(self) -> str:
        return f"{self.url.replace('http', 'ws', 1)}/socket?ticket={self.socket.ticket()}"

    async def _api(self, request: web.Request) -> web.Response:
        return await web_api.handle(self, request)

    async def _upload(self, request: web.Request) -> web.Response:
        return await files.upload(self, request)

    async def _download(self, request: web.Request) -> web.Response:
        return await files.download(self, request)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        return await self.socket.serve(request)

    def over_http(self, url: str) -> HttpCourier:
        """Bring everything to this request URL from now on."""
        self.courier = HttpCourier(self, url, self.secret)
        return self.courier

    # making the world

    def person(self, name: str, email: str | None = None, tz: str = "Europe/London") -> Person:
        user = User(self.world.next_id("U"), name, email, tz)
        self.world.users[user.id] = user
        return Person(self, user)

    def channel(self, name: str, *people: Person, private: bool = False, bot: bool = True) -> Conversation:
        members = {person.id for person in people} | ({BOT} if bot else set())
        return self.world.add_conversation(name, "private" if private else "public", members)

    # what happened in it, as events to the app and to waiting tests

    def published(self, message: Message) -> None:
        """A new message. Ephemeral ones are no event."""
        self.stir()
        if message.only_for is None:
            self._tell_message(message.conversation, message_event(message))
            if f"<@{BOT}>" in message.fallback and not message.by_bot:
                self._tell_mention(message)

    def _tell_mention(self, message: Message) -> None:
        """Only where the bot is: Slack asks the author to invite it first. Not in a direct message."""
        if BOT in message.conversation.members and message.conversation.kind != "im":
            self._tell("app_mention", "app_mentions:read", {**message_event(message), "type": "app_mention"})

    def changed(self, message: Message, before: dict[str, Any]) -> None:
        message.edits += 1
        self.stir()
        inner = {"subtype": "message_changed", "message": dict(message.payload), "previous_message": before}
        self._tell_hidden(message, inner)

    def removed(self, message: Message) -> None:
        self.stir()
        self._tell_hidden(
            message,
            {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": message.payload},
        )

    def shown(self, view: View) -> None:
        self.stir()

    def _tell_hidden(self, message: Message, inner: dict[str, Any]) -> None:
        ts = self.world.next_ts()
        where = {"channel": message.conversation.id, "channel_type": message.conversation.channel_type}
        shell = {"type": "message", "hidden": True, "ts": ts, "event_ts": ts}
        if message.only_for is None:
            self._tell_message(message.conversation, {**shell, **where, **inner})

    def _tell_message(self, where: Conversation, inner: dict[str, Any]) -> None:
        if BOT in where.members:
            self._tell(SUBSCRIPTION[where.kind], HISTORY[where.kind], inner)

    def _tell(self, name: str, scope: str | None, inner: dict[str, Any]) -> None:
        subscribed = self.manifest["settings"]["event_subscriptions"]["bot_events"]
        if name in subscribed and (scope is None or scope in self.scopes):
            self.send(Delivery("events_api", event(self, inner)))

    def opened_home(self, user: str) -> None:
        home = self.world.homes.get(user)
        inner = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.world.dm_with(user).id,
            "tab": "home",
        }
        inner |= {"event_ts": self.world.next_ts(), **({"view": home.full()} if home else {})}
        self._tell("app_home_opened", None, inner)

    async def invite(self, conversation: Conversation, inviter: Person) -> None:
        """Somebody adds the bot to a channel."""
        conversation.members.add(BOT)
        where = {"channel": conversation.id, "channel_type": "C", "team": "T0FAKETEAM"}
        inner = {"type": "member_joined_channel", "user": BOT, "inviter": inviter.id, **where}
        self._tell("member_joined_channel", READ[conversation.kind], inner)

    # bringing it

    def send(self, delivery: Delivery) -> Delivery:
        """Bring something to the app in the background, with retries when it is an event."""
        self.deliveries.append(delivery)
        task = asyncio.create_task(self._bring(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return delivery

    async def _bring(self, delivery: Delivery) -> None:
        retries = RETRIES if delivery.kind == "events_api" else 0
        for attempt in range(1 + retries):
            if attempt:
                await asyncio.sleep(self.retry_waits[attempt - 1])
            delivery.attempts = attempt + 1
            await self.courier.bring(delivery)
            if delivery.acked:
                break
        delivery.done.set()
        self.stir()

    # waiting

    def stir(self) -> None:
        """Wake whoever waits for something to be there."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def until(self, look: Callable[[], T | None], what: str, seconds: float = 30.0) -> T:
        """What ``look`` finds, as soon as it does; an AssertionError that says what is there instead."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    found = look()
                    if found is not None:
                        return found
                    await self._changed.wait()
        except TimeoutError:
            said = "\n---\n".join(message.text for message in self.world.messages[-10:])
            raise AssertionError(f"no {what} in {seconds} s. The last messages:\n{said}") from None

    async def message_to(
        self, whom: Person | Conversation, containing: str = "", seconds: float = 30.0
    ) -> Message:
        """The bot's next message to a person or in a channel that no test has been given yet."""
        return await self.until(
            lambda: self._unread(whom, containing),
            f"message with {containing!r} to {whom.name or whom}",
            seconds,
        )

    def _unread(self, whom: Person | Conversation, containing: str) -> Message | None:
        for message in self.messages_to(whom):
            if (id(message), message.edits) not in self._returned and containing in message.text:
                self._returned.add((id(message), message.edits))
                return message
        return None

    def looked_at(self, whom: Person | Conversation) -> None:
        """What is there by now is not what a test waits for."""
        self._returned |= {(id(message), message.edits) for message in self.messages_to(whom)}

    def messages_to(self, whom: Person | Conversation) -> list[Message]:
        """All of the bot's messages that stand: to a person alone (their DM, or ephemeral), or in a channel for all."""
        if isinstance(whom, Person):
            dm = self.world.dm_with(whom.id)
            seen = [each for each in self.world.seen_by(whom.id) if each.conversation is dm or each.only_for]
        else:
            seen = [each for each in self.world.messages if each.conversation is whom and not each.only_for]
        return [message for message in seen if message.by_bot and not message.deleted]

    async def settled(self, seconds: float = 30.0) -> None:
        """Until everything that was brought has been acknowledged or given up."""
        await self.until(
            lambda: True if all(each.done.is_set() for each in self.deliveries) else None, "rest", seconds
        )
