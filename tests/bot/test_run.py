"""What runs: the loops work by themselves, health tells, and stopping finishes what is in hand."""

from __future__ import annotations

import asyncio
import logging
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot import logs, run
from bot.doctor import findings
from bot.run import serve, surfaces_of
from bot.settings import Settings
from bot.surface import HttpRequest, HttpResponse, Receiver, Route
from bot.workers import Workers
from storage.model.errors import SettingsError, StoreError
from storage.model.post import Inbound, InboundKind
from tests.bot.conftest import START, settings_for
from tests.bot.platform import Platform


class Served(Platform):
    """A platform that tells when it was started, and serves a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ready = asyncio.Event()
        self.posted = asyncio.Event()
        self.bot: Receiver | None = None

    def routes(self) -> list[Route]:
        async def echo(request: HttpRequest) -> HttpResponse:
            return HttpResponse(201, request.body.upper(), {"x-seen": request.headers["x-sent"]})

        return [Route("POST", "/echo/{name}", echo)]

    async def start(self, bot: Receiver) -> None:
        await super().start(bot)
        self.bot = bot
        self.ready.set()

    async def post(self, *given: object) -> str | None:  # type: ignore[override]
        try:
            return await super().post(*given)  # type: ignore[arg-type]
        finally:
            self.posted.set()


@asynccontextmanager
async def running(settings: Settings, surface: Served) -> AsyncIterator[asyncio.Task[None]]:
    told = asyncio.Event()
    task = asyncio.create_task(serve(settings, [surface], told))
    ready = asyncio.create_task(surface.ready.wait())
    await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        task.result()
    yield task
    told.set()
    await task


def free_port() -> int:
    """One that nobody is given by chance before it is used: below those that the system hands out."""
    while True:
        port = random.randint(20_000, 30_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


async def test_words_that_come_in_are_answered_without_anybody_waiting(database: Path) -> None:
    surface = Served()
    async with running(settings_for(database, ASSUREBOT_HTTP_PORT=0), surface):
        assert surface.bot is not None
        inbound = Inbound(
            "slack", "e1", InboundKind.MESSAGE, "U1", "D-U1", START, "status 6.1.4", message_id="m1"
        )
        assert await surface.bot.receive(inbound)
        async with asyncio.timeout(60):
            await surface.posted.wait()
    assert "6.1.4" in str(surface.posts[0].message)
    assert surface.events == ["started", "stopped"]


async def test_health_and_the_surfaces_pages_are_served(database: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with (
        running(settings_for(database, ASSUREBOT_HTTP_PORT=port), Served()),
        aiohttp.ClientSession() as client,
    ):
        async with client.get(f"{address}/health") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True, "wrong": None})
        async with client.post(f"{address}/echo/x", data=b"hello", headers={"X-Sent": "yes"}) as answer:
            assert (answer.status, await answer.read(), answer.headers["x-seen"]) == (201, b"HELLO", "yes")


async def test_a_port_that_is_taken_is_said_and_everything_is_closed(database: Path) -> None:
    port = free_port()
    settings = settings_for(database, ASSUREBOT_HTTP_PORT=port)
    async with running(settings, Served()):
        second = Served()
        with pytest.raises(SettingsError, match="ASSUREBOT_HTTP_PORT"):
            await serve(settings, [second], asyncio.Event())
        assert second.events == []


async def test_a_database_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    (tmp_path / "assurebot.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StoreError):
        await serve(
            settings_for(tmp_path / "assurebot.db", ASSUREBOT_HTTP_PORT=0), [Served()], asyncio.Event()
        )


async def test_what_is_asked_while_it_stops_is_refused_and_never_hangs(database: Path) -> None:
    workers = Workers(settings_for(database), {})
    await workers.start()
    asked = asyncio.create_task(workers.ask(lambda store: len(store.plans.all())))
    await asyncio.sleep(0)
    await workers.stop()
    assert await asked == 1
    with pytest.raises(StoreError, match="stopping"):
        await workers.ask(lambda store: store.plans.all())


def test_nothing_configured_starts_nothing() -> None:
    assert surfaces_of(Settings()) == []  # type: ignore[call-arg]
    with pytest.raises(SettingsError, match="Nothing is configured"):
        run.run(Settings())  # type: ignore[call-arg]


def test_doctor_looks_at_everything_and_says_what_to_do(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.doctor.surfaces_of", lambda settings: [Platform()])
    monkeypatch.setenv("ASSUREBOT_ADMINS", "jo@example.org")
    found = {one.subject: one for one in findings(str(database))}
    assert set(found) == {"settings", "database", "language pipeline", "administrators", "slack"}
    assert all(one.ok for one in found.values())
    database.write_bytes(b"no database" * 1000)
    assert not {one.subject: one for one in findings(str(database))}["database"].ok


def test_logs_carry_ids_and_places_and_never_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "assurebot")
    logs.event("handled", row=7, surface="slack", note=None)
    try:
        raise ValueError("what somebody wrote, xoxb-token")
    except ValueError as error:
        number = logs.problem(error, row=7)
    with logs.timed("sent", row=8):
        pass
    said = [record.getMessage() for record in caplog.records]
    assert said[0] == "handled row=7 surface=slack"
    assert said[1].startswith(f"problem id={number} kind=ValueError at=test_run.py:")
    assert said[2].startswith("sent ms=")
    assert "wrote" not in "".join(said)
    assert "xoxb" not in "".join(said)
