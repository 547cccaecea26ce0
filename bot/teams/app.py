"""The Teams surface: the endpoint that Teams brings everything to, and the Bot Connector that everything goes out by.

What people do is kept before anything else is done with it: an activity is checked, read and kept, and only then
answered; what cannot be kept is answered with 503, and Teams brings it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any

import httpx

from bot import logs
from bot.clock import Clock, now
from bot.settings import Settings
from bot.surface import Finding, HttpRequest, HttpResponse, Profile, Receiver, Route
from bot.teams.directory import SERVICE_URL, Calls, Directory, Place
from bot.teams.entry import Guard, answered
from bot.teams.files import fetch, hand_over, info_card
from bot.teams.inbound import base_of, read, removed
from bot.teams.library import PUBLIC, App, ClientOptions, CloudEnvironment, fenced
from bot.teams.limits import PACE
from bot.teams.manifest import ENDPOINT
from bot.teams.posting import Poster
from bot.teams.replies import Replies, said
from bot.teams.shelf import Shelf
from handlers.messages import ASKER, Message, say
from storage.model.errors import SettingsError
from storage.model.people import Account
from storage.model.post import Attached, InboundKind, OutboxRow

__all__ = ["Teams"]

_TIMEOUT_SECONDS = 15.0
_NOT_YOURS = "This bot belongs to another organisation, so I keep nothing that you write. Ask your own for a bot of its own."
_SAVED = "I have taken these words in; what becomes of them I say in our own chat."
# Any client takes it for a token that never ends; it opens nothing.
_LOCAL_TOKEN = "eyJhbGciOiJub25lIn0.eyJleHAiOjQxMDI0NDQ4MDB9.bG9jYWw"  # noqa: S105
TokenSource = Callable[..., str]


class _Elsewhere:
    """HTTP is served by the program's own server: the library is to serve nothing."""

    def register_route(self, method: str, path: str, handler: object) -> None: ...

    def serve_static(self, path: str, directory: str) -> None: ...

    async def start(self, port: int) -> None: ...

    async def stop(self) -> None: ...


class Teams:
    """See ``bot.surface.Running``. ``pace``: seconds between two posts to one conversation.

    The rest is for tests: ``cloud`` another signer of what comes in, ``token`` another source of the bot's token,
    ``files_here`` that files lie on this machine.
    """

    name = "teams"
    looks_back = False

    def __init__(
        self,
        settings: Settings,
        clock: Clock = now,
        pace: float = PACE,
        cloud: CloudEnvironment = PUBLIC,
        token: TokenSource | None = None,
        files_here: bool = False,
    ) -> None:
        _require_one_way(settings)
        self.settings, self.pace, self._clock = settings, pace, clock
        tenants = settings.teams_tenants or tuple(filter(None, [settings.teams_tenant_id]))
        self._guard = Guard(settings.teams_client_id, tenants, cloud)
        self._app = _app(settings, cloud, token)
        self._calls = Calls(self._app.api)
        self._directory = Directory(self._calls, self._ask, settings.teams_tenant_id)
        self._shelf = Shelf(_base(settings), settings.zone, self._ask)
        self._poster = Poster(self._calls, self._directory, self._shelf, settings.zone)
        self._files = httpx.AsyncClient(timeout=_TIMEOUT_SECONDS, follow_redirects=False)
        self._files_here = files_here or settings.teams_local
        self._bot: Receiver | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def _ask(self, question: Callable[[Any], Any]) -> Any:
        assert self._bot is not None
        return await self._bot.ask(question)

    # running

    def routes(self) -> Sequence[Route]:
        return [Route("POST", ENDPOINT, self._served), self._shelf.route()]

    async def start(self, bot: Receiver) -> None:
        self._bot = bot

    async def stop(self) -> None:
        self._bot = None
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_TIMEOUT_SECONDS)
        await self._files.aclose()
        await self._calls.close()

    async def checks(self) -> Sequence[Finding]:
        from bot.teams.checks import checks

        return await checks(self.settings, self._app.token_provider)

    # coming in

    async def _served(self, request: HttpRequest) -> HttpResponse:
        if self._bot is None:
            return answered(503)  # Teams brings it again
        activity = await self._guard.activity(request)
        if isinstance(activity, HttpResponse):
            return activity
        if not self._guard.welcome(activity):
            self._later(self._refuse(activity))
            return answered(200, said(_NOT_YOURS) if activity.get("type") == "invoke" else None)
        if activity.get("name") == "fileConsent/invoke":
            self._later(self._hand_over(activity))
            return answered(200, {})
        if removed(activity):
            logs.event(
                "removed", surface=self.name, conversation=(activity.get("conversation") or {}).get("id")
            )
        return await self._keep(activity)

    async def _keep(self, activity: dict[str, Any]) -> HttpResponse:
        inbound = read(activity, self._clock())
        if inbound is None:
            return answered(501 if activity.get("type") == "invoke" else 200)
        self._directory.met(inbound)
        inbound = await self._directory.known(inbound)
        tapped = activity.get("name") == "adaptiveCard/action"
        replies = Replies(self._poster, self._directory, inbound) if tapped else None
        try:
            assert self._bot is not None
            kept = await self._bot.receive(inbound, replies)
        except Exception as error:  # not kept, so not acknowledged
            logs.problem(error)
            return answered(503)
        if inbound.kind is InboundKind.SAVE:
            return answered(200, {"task": {"type": "message", "value": _SAVED}})
        if replies is None:
            return answered(200)
        return answered(200, await replies.body() if kept else said("That is done already."))

    async def _refuse(self, activity: dict[str, Any]) -> None:
        """A sentence to somebody of another tenant; nothing of theirs is kept."""
        inbound = read(activity, self._clock())
        if inbound is None or inbound.kind in {InboundKind.EDIT, InboundKind.DELETE}:
            return
        place = Place(inbound.conversation, inbound.details["service_url"], inbound.details["type"])
        await self._poster.reply(place, Message(ASKER, (say(_NOT_YOURS),)), inbound.thread, inbound.key)

    async def _hand_over(self, activity: dict[str, Any]) -> None:
        """The person accepted a file that was offered, or declined it: then nothing is to be done."""
        value = activity.get("value") or {}
        if value.get("action") != "accept":
            return
        context, uploaded = value["context"], value["uploadInfo"]
        asset = await self._shelf.find(str(context["key"]), str(context["token"]))
        place = Place(base_of(activity["conversation"]["id"]), activity["serviceUrl"])
        if asset is None:
            gone = Message(ASKER, (say("That file is no longer here: ask me for it again."),))
            await self._poster.reply(place, gone, None, f"gone:{activity['id']}")
            return
        await hand_over(self._files, asset, uploaded["uploadUrl"], local=self._files_here)
        await self._calls.post(place.service_url, f"{place.path()}/activities", info_card(uploaded))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """What Teams need not wait for. Best effort: nothing of the record depends on it."""

        async def guarded() -> None:
            try:
                await work
            except Exception as error:
                logs.problem(error)

        task = asyncio.create_task(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # going out

    async def post(
        self, row: OutboxRow, message: Message, thread_id: str | None, replace_id: str | None
    ) -> str | None:
        return await self._poster.post(row, message, thread_id, replace_id)

    async def find(self, row: OutboxRow, since: datetime) -> str | None:
        """Teams shows a bot no history: what may have been posted is posted again, once Teams answers at all."""
        await self._directory.reached(row.conversation)
        return None

    async def fetch_file(self, attached: Attached) -> bytes:
        return await fetch(self._files, attached, local=self._files_here)

    async def profile(self, user_id: str) -> Profile:
        return await self._directory.profile(user_id)

    async def open_conversation(self, account: Account) -> str:
        return await self._directory.open(account)


def _require_one_way(settings: Settings) -> None:
    """Local development lets anybody in who reaches the bot: never beside credentials or an address outside."""
    if settings.teams_local and (
        settings.teams_client_id or settings.teams_client_secret or settings.public_url
    ):
        raise SettingsError(
            "ASSUREBOT_TEAMS_LOCAL is for this machine alone: take away the Teams credentials and ASSUREBOT_PUBLIC_URL,"
            " or this."
        )


def _base(settings: Settings) -> str | None:
    """Where clients fetch pictures and files."""
    return f"http://127.0.0.1:{settings.http_port}" if settings.teams_local else settings.public_url


def _app(settings: Settings, cloud: CloudEnvironment, token: TokenSource | None) -> App:
    """The library, with every option given, so that it looks for none in the environment."""
    secret = settings.teams_client_secret
    if settings.teams_local:
        token = token or (lambda scope, tenant=None: _LOCAL_TOKEN)
    with fenced():
        return App(
            client_id=settings.teams_client_id or "local",
            client_secret=None if token or secret is None else secret.get_secret_value(),
            tenant_id=settings.teams_tenant_id,
            token=token,
            client=ClientOptions(timeout=_TIMEOUT_SECONDS),
            http_server_adapter=_Elsewhere(),
            dangerously_allow_unauthenticated_requests=False,
            fetch_user_token=False,
            state=False,
            service_url=SERVICE_URL,
            cloud=cloud,
            telemetry={"agent365": False},
        )
