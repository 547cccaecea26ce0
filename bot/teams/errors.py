"""What a failed call of Teams means for the post behind it: later, never, or perhaps it was made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from bot.surface import Gone, Refused, TryLater, Unknown
from storage.model.errors import SurfaceError

__all__ = ["explained", "surface_error"]

_WAIT_FOR_OPERATOR = 300.0
_WAIT_FOR_NETWORK = 5.0
_MOST_SECONDS = 3600.0
_CREDENTIALS = (
    "Teams does not accept the bot's credentials: check ASSUREBOT_TEAMS_CLIENT_ID, _CLIENT_SECRET (has it expired?)"
    " and _TENANT_ID."
)
_REMOVED = "The Assurebot app was removed there: it has to be added again."
_BLOCKED = "The Assurebot app is blocked there: whoever did it has to unblock it, and write to it."
# Codes of a 403, from Microsoft's page “Status codes from bot conversational APIs”.
_GONE = {
    "BotNotInConversationRoster": _REMOVED,
    "ForbiddenOperationException": _REMOVED,
    "ConversationBlockedByUser": _BLOCKED,
    "MessageWritesBlocked": _BLOCKED,
}
_REFUSED = {
    403: "Teams does not let the bot write there: add the Assurebot app again, or ask the Teams administrator to allow it.",
    404: "Teams knows no such conversation or message: add the Assurebot app there again.",
    413: "Teams refused a message as too big: please report this.",
}


def surface_error(error: Exception) -> SurfaceError:
    """The error as the outbox understands it."""
    match error:
        case httpx.HTTPStatusError():
            return _said(error.response)
        case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.PoolTimeout():
            return TryLater("Teams cannot be reached: is there a network, a proxy?", _WAIT_FOR_NETWORK)
        case httpx.HTTPError() | TimeoutError():
            return Unknown(f"Teams did not answer ({type(error).__name__}).")
        case _:
            return TryLater(_CREDENTIALS, _WAIT_FOR_OPERATOR)  # no token, so nothing was sent


def _said(response: httpx.Response) -> SurfaceError:
    status = response.status_code
    if status == 429:
        return TryLater("Teams asks to wait.", _seconds(response))
    if status == 401:
        return TryLater(_CREDENTIALS, _WAIT_FOR_OPERATOR)
    gone = next((says for code, says in _GONE.items() if code in response.text), None)  # as code or subCode
    if status == 403 and gone:
        return Gone(gone)
    if status in {408, 412} or status >= 500:  # 412, 502 and 504: Teams says to try again
        return Unknown(f"Teams failed ({status}).")
    return Refused(_REFUSED.get(status, f"Teams refused it ({status} {_code(response)}).".replace(" )", ")")))


def _seconds(response: httpx.Response) -> float:
    try:
        return min(max(float(response.headers.get("Retry-After", 1)), 0.0), _MOST_SECONDS)
    except ValueError:
        return 5.0


def _code(response: httpx.Response) -> str:
    try:
        return str(response.json()["error"]["code"])[:60]
    except (ValueError, KeyError, TypeError):
        return ""


@asynccontextmanager
async def explained() -> AsyncIterator[None]:
    """Errors of the library inside become a SurfaceError."""
    try:
        yield
    except SurfaceError:
        raise
    except (httpx.HTTPError, TimeoutError, OSError, ValueError, RuntimeError) as error:
        raise surface_error(error) from error
