"""What doctor says about Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.slack import make
from bot.slack.manifest import manifest
from bot.surface import TryLater
from tests.fakes.slack import FakeSlack


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(manifest(), second=0.0) as slack:
        yield slack


def settings(fake: FakeSlack, **more: Any) -> Settings:
    given = {
        "SLACK_BOT_TOKEN": SecretStr(fake.bot_token),
        "SLACK_APP_TOKEN": SecretStr(fake.app_token),
        "ASSUREBOT_SLACK_API_URL": fake.api_url,
    }
    return Settings(**{**given, **more}, _env_file=None)


async def said(fake: FakeSlack, **more: Any) -> dict[str, tuple[bool, str]]:
    found = await make(settings(fake, **more)).checks()
    return {finding.subject: (finding.ok, finding.says) for finding in found}


async def test_all_is_right(fake: FakeSlack) -> None:
    found = await said(fake)
    assert all(ok for ok, _ in found.values())
    assert list(found) == ["Slack token", "Slack scopes", "Slack connection", "Slack messages"]


async def test_a_wrong_token_ends_it(fake: FakeSlack) -> None:
    found = await said(fake, SLACK_BOT_TOKEN=SecretStr("xoxb-wrong"))
    assert list(found) == ["Slack token"]
    assert "SLACK_BOT_TOKEN" in found["Slack token"][1]


async def test_a_missing_scope_is_named_with_its_feature(fake: FakeSlack) -> None:
    fake.scopes.discard("files:write")
    ok, says = (await said(fake))["Slack scopes"]
    assert not ok
    assert "files:write (packs, exports and charts)" in says


async def test_a_wrong_app_token_says_what_it_needs(fake: FakeSlack) -> None:
    ok, says = (await said(fake, SLACK_APP_TOKEN=SecretStr("xapp-wrong")))["Slack connection"]
    assert not ok
    assert "connections:write" in says


async def test_http_mode_needs_an_address(fake: FakeSlack) -> None:
    secret = SecretStr("s")
    ok, says = (await said(fake, SLACK_APP_TOKEN=None, SLACK_SIGNING_SECRET=secret))["Slack connection"]
    assert not ok
    assert "ASSUREBOT_PUBLIC_URL" in says
    url = "https://bot.elmvale.example"
    found = await said(fake, SLACK_APP_TOKEN=None, SLACK_SIGNING_SECRET=secret, ASSUREBOT_PUBLIC_URL=url)
    assert found["Slack connection"][0]


async def test_slack_unreachable_is_a_sentence(fake: FakeSlack) -> None:
    ok, says = (await said(fake, ASSUREBOT_SLACK_API_URL="http://127.0.0.1:9/api/"))["Slack token"]
    assert not ok
    assert "cannot be reached" in says


async def test_the_bot_does_not_start_with_a_wrong_app_token(fake: FakeSlack) -> None:
    slack = make(settings(fake, SLACK_APP_TOKEN=SecretStr("xapp-wrong")))
    with pytest.raises(TryLater, match="token"):
        await slack.start(None)  # type: ignore[arg-type]
    await slack.stop()
