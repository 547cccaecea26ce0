"""What a failed call of Slack means for the post behind it: later, never, or perhaps it was made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.surface import Gone, Refused, TryLater, Unknown
from storage.model.errors import SurfaceError

__all__ = ["explained", "surface_error"]

_PERHAPS_DONE = {"internal_error", "fatal_error", "request_timeout", "service_unavailable"}
_OPERATOR = {
    "invalid_auth": "Slack does not accept the bot's token: put the one from “OAuth & Permissions” into SLACK_BOT_TOKEN.",
    "account_inactive": "The bot was removed from the workspace: install the app again.",
    "token_revoked": "The bot's token was revoked: install the app again and renew SLACK_BOT_TOKEN.",
    "not_authed": "Slack got no token: set SLACK_BOT_TOKEN.",
    "not_allowed_token_type": "That is another kind of token: SLACK_BOT_TOKEN starts with xoxb-, SLACK_APP_TOKEN with xapp-.",
}
_REFUSED = {
    "channel_not_found": "Slack knows no such conversation: invite the bot there, or choose another channel.",
    "not_in_channel": "The bot is not in that channel: invite it there.",
    "is_archived": "That channel is archived: choose another one with “channel”.",
    "message_not_found": "The message to change is gone.",
    "thread_not_found": "The message to answer is gone.",
    "restricted_action": "The workspace lets the bot not post there: ask its owner, or choose another channel.",
}
_GONE = {
    "user_not_found": "Slack knows no such person: map the owner again.",
    "user_disabled": "That person's Slack account is closed: map their actions to somebody else.",
}
_WAIT_FOR_OPERATOR = 300.0
_WAIT_FOR_NETWORK = 5.0


def surface_error(error: Exception) -> SurfaceError:
    """The error as the outbox understands it."""
    if isinstance(error, SlackApiError):
        return _said(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return TryLater("Slack cannot be reached: is there a network, a proxy?", _WAIT_FOR_NETWORK)
    return Unknown(f"Slack did not answer ({type(error).__name__}).")


def _said(error: SlackApiError) -> SurfaceError:
    response = error.response
    status = getattr(response, "status_code", 200)
    if status == 429:
        return TryLater("Slack asks to wait.", float(response.headers.get("Retry-After", 1)))
    name = str(response.get("error", "")) if hasattr(response, "get") else ""
    if name in _OPERATOR:
        return TryLater(_OPERATOR[name], _WAIT_FOR_OPERATOR)
    if name == "missing_scope":
        needed = response.get("needed", "a scope")
        return TryLater(
            f"The app lacks {needed}: install it again with “assurebot slack manifest”.", _WAIT_FOR_OPERATOR
        )
    if status >= 500 or name in _PERHAPS_DONE or not name:
        return Unknown(f"Slack failed ({name or status}).")
    if name in _GONE:
        return Gone(_GONE[name])
    return Refused(_REFUSED.get(name, f"Slack refused it ({name})."))


@asynccontextmanager
async def explained() -> AsyncIterator[None]:
    """Errors of Slack's library inside become a SurfaceError."""
    try:
        yield
    except (TimeoutError, SlackApiError, SlackRequestError, aiohttp.ClientError, OSError) as error:
        raise surface_error(error) from error
