"""What ``doctor`` looks at in Teams: credentials, the address from outside, tenants, and every kind of message."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.settings import Settings
from bot.surface import Finding
from bot.teams.errors import explained
from bot.teams.library import PUBLIC
from bot.teams.manifest import ENDPOINT
from storage.model.errors import SurfaceError

__all__ = ["checks"]


async def checks(settings: Settings, tokens: Any) -> list[Finding]:
    """One finding a subject."""
    if settings.teams_local:
        where = f"http://127.0.0.1:{settings.http_port}{ENDPOINT}"
        return [
            Finding("Teams", True, f"local development at {where}: for this machine alone, nothing is signed")
        ]
    return [await _credentials(tokens), _address(settings), _tenants(settings)]


async def _credentials(tokens: Any) -> Finding:
    try:
        async with explained():
            await tokens.get_app_token(PUBLIC.bot_scope, None)
    except SurfaceError as error:
        return Finding("Teams credentials", False, str(error))
    return Finding("Teams credentials", True, "Microsoft gives the bot a token")


def _address(settings: Settings) -> Finding:
    url = settings.public_url
    if url is None or urlsplit(url).scheme != "https":
        return Finding(
            "Teams address",
            False,
            "Teams must reach the bot over HTTPS: set ASSUREBOT_PUBLIC_URL to its address, such as https://bot.example.org",
        )
    return Finding("Teams address", True, f"the messaging endpoint to register is {url}{ENDPOINT}")


def _tenants(settings: Settings) -> Finding:
    tenants = settings.teams_tenants or (settings.teams_tenant_id,)
    return Finding("Teams tenants", True, f"people of {', '.join(map(str, tenants))} are let in")
