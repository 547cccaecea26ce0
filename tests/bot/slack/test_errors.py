"""What a failed call means: later, never, or perhaps done."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.surface import Gone, Refused, TryLater, Unknown
from handlers.messages import ToChannel
from storage.model.errors import SurfaceError
from tests.bot.slack.stage import Stage
from tests.bot.slack.test_posting import row_for, said
from tests.fakes.slack import Conversation

ERRORS = [
    ("channel_not_found", Refused),
    ("is_archived", Refused),
    ("user_disabled", Gone),
    ("user_not_found", Gone),
    ("invalid_blocks", Refused),
    ("invalid_auth", TryLater),
    ("missing_scope", TryLater),
    ("internal_error", Unknown),
    ("fatal_error", Unknown),
]


@pytest.mark.parametrize(("name", "kind"), ERRORS)
async def test_slacks_answer_decides(
    stage: Stage, channel: Conversation, name: str, kind: type[SurfaceError]
) -> None:
    stage.fake.outage.append(web.json_response({"ok": False, "error": name}))
    with pytest.raises(kind):
        await stage.app.post(row_for(channel.id, "k"), said(ToChannel("slack", channel.id)), None, None)


async def test_too_many_posts_wait_as_long_as_slack_asks(stage: Stage, channel: Conversation) -> None:
    answer = web.json_response(
        {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "17"}
    )
    stage.fake.outage.append(answer)
    with pytest.raises(TryLater) as caught:
        await stage.app.post(row_for(channel.id, "k"), said(ToChannel("slack", channel.id)), None, None)
    assert caught.value.seconds == 17


async def test_a_server_that_breaks_off_may_have_posted(stage: Stage, channel: Conversation) -> None:
    stage.fake.outage.append(
        web.Response(status=502, text="<html>bad gateway</html>", content_type="text/html")
    )
    with pytest.raises(Unknown):
        await stage.app.post(row_for(channel.id, "k"), said(ToChannel("slack", channel.id)), None, None)


async def test_no_network_is_no_post(stage: Stage, channel: Conversation) -> None:
    stage.app._client.base_url = "http://127.0.0.1:9/api/"
    with pytest.raises(TryLater, match="cannot be reached"):
        await stage.app.post(row_for(channel.id, "k"), said(ToChannel("slack", channel.id)), None, None)
