"""What ``doctor`` looks at in Slack: tokens, scopes, the socket, and every kind of message as Slack sees it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import Settings
from bot.slack.errors import explained
from bot.slack.forms import home, modal
from bot.slack.manifest import SCOPES
from bot.slack.render import Post, payload, render
from bot.surface import Finding
from handlers.messages import (
    ASKER,
    Bold,
    Button,
    Buttons,
    Details,
    Facts,
    Field,
    Form,
    Heading,
    Link,
    Message,
    Quote,
    Table,
    Time,
    say,
    spans,
)
from storage.model.errors import SurfaceError

__all__ = ["SAMPLE", "SAMPLE_FORM", "checks"]

SAMPLE = Message(
    ASKER,
    (
        Heading("Theme 6"),
        say("Papers are due ", Time(datetime(2026, 4, 10, 14, tzinfo=UTC)), ", see ", Link("the pack", "https://example.org")),
        say("One of four has answered", quiet=True),
        Quote("Live since May", spans("J. Munro, 4 April")),
        Facts((("Due", spans("30 April")),)),
        Table(("Ref", "Rating"), ((spans("6.1.4"), spans(Bold("Amber"))),)),
        Buttons((Button("Yes", "confirm 1", "primary"), Button("Change", "change 1"))),
        Details("Everything", (say("6.1.4 is on track"),)),
    ),
)  # fmt: skip
SAMPLE_FORM = Form(
    "Your update",
    "edit 1",
    (
        Field("text", "Your words", "long", "Live since May", required=True),
        Field("rating", "Rating", "choice", "Amber", {"Amber": "Amber"}),
        Field("day", "Date", "date", "2026-04-30"),
    ),
)


async def checks(settings: Settings, api: str) -> list[Finding]:
    """One finding a subject; what depends on a wrong one is not looked at."""
    assert settings.slack_bot_token is not None
    client = AsyncWebClient(settings.slack_bot_token.get_secret_value(), api, timeout=10, retry_handlers=[])
    try:
        async with explained():
            told = await client.auth_test()
    except SurfaceError as error:
        return [Finding("Slack token", False, str(error))]
    found = [
        Finding("Slack token", True, f"the bot is @{told['user']} in {told['team']}"),
        _scopes(told.headers),
    ]
    found.append(await _connection(settings, api))
    found += [finding async for finding in _messages(client)]
    return found


def _scopes(headers: Any) -> Finding:
    if "x-oauth-scopes" not in headers:
        return Finding("Slack scopes", True, "not looked at: this Slack does not say them")
    given = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
    lacking = sorted(set(SCOPES) - given)
    if lacking:
        needed = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in lacking)
        return Finding("Slack scopes", False, f"lacking {needed}: add them and install the app again")
    return Finding("Slack scopes", True, f"all {len(SCOPES)} are there")


async def _connection(settings: Settings, api: str) -> Finding:
    """That a socket would open; or, in HTTP mode, that Slack knows where to go."""
    if settings.slack_app_token is None:
        said = (
            f"HTTP mode; Slack must reach {settings.public_url or 'this machine: set ASSUREBOT_PUBLIC_URL'}"
        )
        return Finding("Slack connection", settings.public_url is not None, said)
    client = AsyncWebClient(base_url=api, timeout=10, retry_handlers=[])
    try:
        async with explained():
            await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SurfaceError as error:
        return Finding(
            "Slack connection",
            False,
            f"{error} SLACK_APP_TOKEN needs the scope connections:write, and the app Socket Mode.",
        )
    return Finding("Slack connection", True, "Socket Mode opens")


async def _messages(client: AsyncWebClient) -> AsyncIterator[Finding]:
    """Slack's own opinion of what the bot would send."""
    posts = [payload(one) for one in render(SAMPLE) if isinstance(one, Post)]
    sent: list[tuple[str, dict[str, Any]]] = [("message", {"blocks": post["blocks"]}) for post in posts]
    sent += [("form", {"view": modal(SAMPLE_FORM, {})}), ("home tab", {"view": home([SAMPLE])})]
    for name, arguments in sent:
        try:
            await client.api_call("blocks.validate", json=arguments)
        except SlackApiError as error:
            why = str(error.response.get("error", "unknown_method"))
            if why == "unknown_method":
                yield Finding("Slack messages", True, "not looked at: this Slack has no blocks.validate")
                return
            yield Finding("Slack messages", False, f"Slack would refuse a {name} ({why}): please report this")
            return
    yield Finding("Slack messages", True, "every kind of message is accepted")
