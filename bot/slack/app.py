"""The Slack surface: one Bolt app behind Socket Mode and HTTP mode alike.

Everything that people do is kept in ``before_authorize``: it runs before anything that can fail, so what is
acknowledged is kept, and what cannot be kept is not acknowledged (Slack then brings an event again). It answers
for all of them, so there are no listeners, nothing is authorized call by call, and nothing goes unacknowledged.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.clock import Clock, now
from bot.settings import Settings
from bot.slack.checks import checks
from bot.slack.directory import Directory
from bot.slack.errors import explained
from bot.slack.files import fetch
from bot.slack.inbound import Happening, mentioned, read
from bot.slack.manifest import EVENTS_PATH
from bot.slack.pace import PACE, Pacer
from bot.slack.posting import Poster
from bot.slack.replies import Replies
from bot.surface import Finding, HttpRequest, HttpResponse, Profile, Receiver, Reply, Route
from handlers.messages import Message
from storage.model.people import Account
from storage.model.post import Attached, Inbound, InboundKind, OutboxRow

__all__ = ["Slack"]

API_URL = "https://slack.com/api/"
_TIMEOUT_SECONDS = 15
_LOG = logging.getLogger("slack")  # outside ours: the libraries quote what people wrote

Next = Callable[[], Awaitable[Any]]


class Slack:
    """See ``bot.surface.Running``. ``pace``: seconds between two posts to one conversation."""

    name = "slack"
    looks_back = True

    def __init__(self, settings: Settings, clock: Clock = now, pace: float = PACE) -> None:
        assert settings.slack_bot_token is not None
        self.settings, self.pace, self._clock = settings, pace, clock
        self._token = settings.slack_bot_token.get_secret_value()
        self._api = (settings.slack_api_url or API_URL).rstrip("/") + "/"
        self._client = self._web_client()
        self._patient = self._web_client(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
        self._directory = Directory(self._patient)
        self._pacer = Pacer(pace)
        self._poster = Poster(self._client, self._directory, self._pacer)
        self._session: aiohttp.ClientSession | None = None
        self._bot: Receiver | None = None
        self._app: AsyncApp | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._site = ""  # the workspace's address, for links to messages

    def _web_client(self, *retries: AsyncRateLimitErrorRetryHandler) -> AsyncWebClient:
        """A client that tries nothing again by itself: a post could be made twice."""
        return AsyncWebClient(
            self._token, self._api, _TIMEOUT_SECONDS, retry_handlers=list(retries), logger=_LOG
        )

    # running

    async def start(self, bot: Receiver) -> None:
        self._bot = bot
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT_SECONDS))
        self._client.session = self._patient.session = self._session
        self._app = self._made_app()
        async with explained():
            told = await self._client.auth_test()
        self._site = str(told["url"])
        self._directory.at_home(told.get("team_id"), told.get("enterprise_id"))
        if self.settings.slack_app_token is not None:
            await self._connect(self._app, self.settings.slack_app_token.get_secret_value())

    async def _connect(self, app: AsyncApp, token: str) -> None:
        """Open the socket. The library tries for ever and says nothing, so a wrong token is found here."""
        async with explained():
            opened = await self._client.apps_connections_open(app_token=token)
        self._socket = AsyncSocketModeHandler(app, token, logger=_LOG, web_client=self._patient)
        self._socket.client.wss_uri = opened["url"]
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def stop(self) -> None:
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        if self._session is not None:
            await self._session.close()

    def routes(self) -> Sequence[Route]:
        """In HTTP mode Slack brings everything to one address."""
        return [Route("POST", EVENTS_PATH, self._served)] if self.settings.slack_app_token is None else []

    async def checks(self) -> Sequence[Finding]:
        return await checks(self.settings, self._api)

    def _made_app(self) -> AsyncApp:
        secret = self.settings.slack_signing_secret
        return AsyncApp(
            logger=_LOG,
            name="assurebot",
            client=self._patient,
            signing_secret=secret.get_secret_value() if secret else "unused in Socket Mode",
            request_verification_enabled=secret is not None and self._is_http,
            before_authorize=self._keep,
        )

    @property
    def _is_http(self) -> bool:
        return self.settings.slack_app_token is None

    async def _served(self, request: HttpRequest) -> HttpResponse:
        if self._app is None:
            return HttpResponse(503)  # Slack brings it again
        headers: dict[str, str | Sequence[str]] = {**request.headers}
        bolt = AsyncBoltRequest(body=request.body.decode("utf-8", "replace"), headers=headers)
        answer: BoltResponse = await self._app.async_dispatch(bolt)
        first = {name: values[0] for name, values in answer.headers.items() if values}
        return HttpResponse(answer.status, answer.body.encode(), first)

    # coming in

    async def _keep(self, req: AsyncBoltRequest, next_: Next) -> BoltResponse | None:
        if req.body.get("type") == "url_verification":
            await next_()  # Bolt answers it
            return None
        happening = read(req.body, self._clock())
        try:
            if happening is not None:
                await self._receive(await self._completed(happening))
        except Exception as error:  # not kept, so not acknowledged
            logs.problem(error)
            return BoltResponse(status=503)
        return BoltResponse(status=200)

    async def _receive(self, happening: Happening) -> None:
        assert self._bot is not None
        await self._bot.receive(happening.inbound, self._reply(happening))

    async def _completed(self, happening: Happening) -> Happening:
        """With the direct message, the people named and the link to the message, as far as is quickly known."""
        inbound = happening.inbound
        if inbound.direct and inbound.conversation != inbound.user_id:
            inbound = await self._in_direct(inbound)
        elif inbound.conversation == inbound.user_id:
            known = await self._directory.conversation_in_passing(inbound.user_id)
            inbound = replace(inbound, conversation=known or inbound.conversation)
        named = mentioned(inbound.text) | {inbound.details.get("author", "")} - {""}
        details = {**inbound.details, **await self._directory.described(sorted(named))}
        inbound = replace(inbound, details=details, link=self._link(inbound))
        return replace(happening, inbound=inbound)

    async def _in_direct(self, inbound: Inbound) -> Inbound:
        """A command or shortcut in "directmessage" may be between two other people: then it is not ours."""
        if inbound.kind not in {InboundKind.COMMAND, InboundKind.SAVE}:
            self._directory.met(inbound.user_id, inbound.conversation)
            return inbound
        own = await self._directory.conversation_in_passing(inbound.user_id)
        return replace(inbound, direct=own == inbound.conversation)

    def _link(self, inbound: Inbound) -> str | None:
        """Slack's permalink of the message."""
        if inbound.message_id is None or not self._site:
            return None
        link = f"{self._site}archives/{inbound.conversation}/p{inbound.message_id.replace('.', '')}"
        return f"{link}?thread_ts={inbound.thread}&cid={inbound.conversation}" if inbound.thread else link

    def _reply(self, happening: Happening) -> Reply | None:
        if happening.inbound.kind in {InboundKind.MESSAGE, InboundKind.EDIT, InboundKind.DELETE}:
            return None
        assert self._session is not None
        return Replies(self._patient, self._directory, self._session, self._pacer, happening)

    # going out

    async def post(
        self, row: OutboxRow, message: Message, thread_id: str | None, replace_id: str | None
    ) -> str | None:
        return await self._poster.post(row, message, thread_id, replace_id)

    async def find(self, row: OutboxRow, since: datetime) -> str | None:
        return await self._poster.find(row, since)

    async def fetch_file(self, attached: Attached) -> bytes:
        assert self._session is not None
        return await fetch(self._session, self._token, self._api, attached)

    async def profile(self, user_id: str) -> Profile:
        return await self._directory.profile(user_id)

    async def open_conversation(self, account: Account) -> str:
        return await self._directory.conversation(account.user_id)
