"""Who is let in: every request is signed by Teams for this bot, or is answered with 401 and leaves no trace."""

from __future__ import annotations

import time
from typing import Any

import aiohttp
import pytest

from bot.settings import Settings, load
from bot.teams import make
from bot.teams.manifest import ENDPOINT
from bot.web import Server
from bot.workers import Workers
from storage.model.errors import SettingsError
from tests.bot.teams.stage import Stage
from tests.fakes.teams import TENANT, FakeTeams, Person, tokens
from tests.fakes.teams.server import Delivery

HOUR = 3600


def activity(stage: Stage, priya: Person) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "1",
        "channelId": "msteams",
        "serviceUrl": stage.fake.url,
        "text": "6.1.2 on track",
        "from": priya.user.account(),
        "recipient": {"id": "28:bot"},
        "conversation": {"id": priya.chat.id, "conversationType": "personal", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
    }


async def test_what_teams_signed_is_let_in(stage: Stage, priya: Person) -> None:
    delivery = Delivery(activity(stage, priya))
    await stage.fake.send(delivery, tokens.sign(stage.fake.url))
    assert delivery.status == 200
    await stage.idle()
    assert await stage.updates("6.1.2") == ["6.1.2 on track"]


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"aud": "22222222-2222-4222-8222-222222222222"}, id="for another bot"),
        pytest.param({"iss": "https://api.botframework.example"}, id="of another issuer"),
        pytest.param({"iss": "https://sts.windows.net/t/"}, id="of a tenant's own issuer"),
        pytest.param({"exp": int(time.time()) - HOUR, "iat": 0, "nbf": 0}, id="expired"),
        pytest.param({"signed_with": "forged"}, id="signed with another key"),
        pytest.param({"serviceurl": "https://smba.example/other"}, id="of another service"),
        pytest.param({"serviceurl": None}, id="of no service"),
    ],
)
async def test_a_token_that_is_not_for_this_is_refused(
    stage: Stage, priya: Person, claims: dict[str, Any]
) -> None:
    delivery = Delivery(activity(stage, priya))
    await stage.fake.send(delivery, tokens.sign(stage.fake.url, **claims))
    assert delivery.status == 401
    await _nothing_kept(stage)


@pytest.mark.parametrize("token", [None, "", "no token", "a.b.c"])
async def test_without_a_token_nobody_is_let_in(stage: Stage, priya: Person, token: str | None) -> None:
    delivery = Delivery(activity(stage, priya))
    await stage.fake.send(delivery, token)
    assert delivery.status == 401
    await _nothing_kept(stage)


async def test_a_swapped_service_url_is_refused(stage: Stage, priya: Person) -> None:
    """Else the bot's own token would go to whom the body names."""
    for body in ({"serviceUrl": "https://evil.example"}, {"serviceUrl": None}):
        delivery = Delivery(activity(stage, priya) | body)
        await stage.fake.send(delivery, tokens.sign(stage.fake.url))
        assert delivery.status == 401
    await _nothing_kept(stage)


async def _nothing_kept(stage: Stage) -> None:
    await stage.idle()
    assert await stage.updates("6.1.2") == []
    assert all("on track" not in message.text for message in stage.fake.world.messages)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"{", "application/json", 400, id="no JSON"),
        pytest.param(b"[]", "application/json", 401, id="a list"),
        pytest.param(b"{}", "application/json", 401, id="nothing"),
        pytest.param(b"{}", "text/plain", 415, id="what a page could send"),
    ],
)
async def test_what_is_no_activity_is_refused(stage: Stage, body: bytes, kind: str, status: int) -> None:
    async with stage.fake.http.post(
        stage.fake.bot_url, data=body, headers={"Content-Type": kind}
    ) as response:
        assert response.status == status


# local development


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(
            {
                "ASSUREBOT_TEAMS_CLIENT_ID": "x",
                "ASSUREBOT_TEAMS_CLIENT_SECRET": "y",
                "ASSUREBOT_TEAMS_TENANT_ID": "z",
            },
            id="credentials",
        ),
        pytest.param({"ASSUREBOT_PUBLIC_URL": "https://bot.example"}, id="an address outside"),
        pytest.param({"ASSUREBOT_HTTP_HOST": "0.0.0.0"}, id="all interfaces"),
    ],
)
def test_local_development_does_not_start_beside(
    other: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSUREBOT_TEAMS_LOCAL", "1")
    for name, value in other.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match="ASSUREBOT_TEAMS_LOCAL"):
        load()


async def test_local_development_takes_unsigned_words_of_this_machine_alone(database: Any) -> None:
    settings = Settings(ASSUREBOT_DATABASE_URL=str(database), ASSUREBOT_TEAMS_LOCAL=True, _env_file=None)  # type: ignore[call-arg]
    async with FakeTeams() as fake:
        app = make(settings)
        workers = Workers(settings, {"teams": app})
        await workers.open()
        server = Server(app.routes(), workers.healthy)
        fake.bot_url = f"http://127.0.0.1:{await server.start('127.0.0.1', 0)}{ENDPOINT}"
        await app.start(workers)
        kit = fake.person("Kit Barlow")
        told = {"from": kit.user.account(), "recipient": {"id": "28:b"}, "conversation": {"id": kit.chat.id}}
        for url, status in ((fake.url, 200), ("https://evil.example", 403)):
            delivery = Delivery(
                {"type": "message", "id": str(status), "text": "help", "serviceUrl": url, **told}
            )
            assert (await fake.send(delivery, None)).status == status
        await app.stop()
        await server.stop()
        await workers.stop()


def test_the_library_reads_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("LEAKED=1\nDANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS=1\n")
    for name in ("CLIENT_ID", "CLIENT_SECRET", "TENANT_ID", "SERVICE_URL", "CLOUD"):
        monkeypatch.setenv(name, "of somebody else")
    monkeypatch.setenv("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "1")
    import os

    before = dict(os.environ)
    app = make(_settings())
    assert dict(os.environ) == before
    credentials = app._app.credentials
    assert (credentials.client_id, credentials.tenant_id) == ("ours", "ours too")
    assert app._app.options.dangerously_allow_unauthenticated_requests is False
    assert app._app.api.service_url == "https://smba.trafficmanager.net/teams"


def _settings() -> Settings:
    return Settings(
        ASSUREBOT_TEAMS_CLIENT_ID="ours",
        ASSUREBOT_TEAMS_CLIENT_SECRET="secret",
        ASSUREBOT_TEAMS_TENANT_ID="ours too",
        _env_file=None,
    )  # type: ignore[call-arg]


async def test_health_is_served_beside(stage: Stage) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{stage.url}/health") as response:
        assert (await response.json())["ok"] is True
