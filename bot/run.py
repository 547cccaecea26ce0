"""``assurebot run``: every configured surface, the workers and the clock, until told to stop."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Sequence
from importlib import import_module

from bot import logs
from bot.settings import Settings
from bot.surface import Running
from bot.web import Server
from bot.workers import Workers
from storage.model.errors import SettingsError

__all__ = ["NOTHING", "run", "serve", "surfaces_of"]

NOTHING = (
    "Nothing is configured to run. For Slack set SLACK_BOT_TOKEN and SLACK_APP_TOKEN in .env (“assurebot slack"
    " manifest” makes the app), for Teams ASSUREBOT_TEAMS_CLIENT_ID and its secret and tenant, or try “assurebot"
    " chat --as NAME” here."
)


def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM; what is in hand is finished first."""
    surfaces = surfaces_of(settings)
    if not surfaces:
        raise SettingsError(NOTHING)
    logs.start()
    asyncio.run(_until_told(settings, surfaces))


def surfaces_of(settings: Settings) -> list[Running]:
    """The configured surfaces; their libraries are imported only here."""
    wanted = [name for name, asked in (("slack", settings.slack), ("teams", settings.teams)) if asked]
    return [_made(name, settings) for name in wanted]


def _made(name: str, settings: Settings) -> Running:
    try:
        made: Running = import_module(f"bot.{name}").make(settings)
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"{name.capitalize()} is configured, but its library is missing ({error.name}): pip install '.[{name}]' in the checkout."
        ) from error
    return made


async def _until_told(settings: Settings, surfaces: Sequence[Running]) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, told.set)
    await serve(settings, surfaces, told)


async def serve(settings: Settings, surfaces: Sequence[Running], told: asyncio.Event) -> None:
    """Start everything, wait until told, stop everything in the other order."""
    begun = time.perf_counter()
    workers = Workers(settings, {surface.name: surface for surface in surfaces})
    server = Server([route for surface in surfaces for route in surface.routes()], workers.healthy)
    started: list[Running] = []
    try:
        await workers.start()
        port = await server.start(settings.http_host, settings.http_port)
        for surface in surfaces:
            await surface.start(workers)
            started.append(surface)
        seconds = round(time.perf_counter() - begun, 2)
        logs.event("ready", surfaces=",".join(one.name for one in started), port=port, seconds=seconds)
        await told.wait()
    finally:
        for surface in reversed(started):
            await surface.stop()
        await server.stop()
        await workers.stop()
        logs.event("stopped")
