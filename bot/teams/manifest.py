"""The app package that is uploaded to Teams: manifest and icons in a zip, made from the grammar and the settings."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from struct import pack
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handlers.grammar import COMMANDS
from storage.model.errors import SettingsError
from storage.model.people import Role

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["ENDPOINT", "SAVE", "SCHEMA", "manifest", "package"]

ENDPOINT = "/api/messages"
SAVE = "save_as_update"  # the entry in a message's menu
SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json"
_ACCENT = "#1E3A5F"
_MOST_COMMANDS = 10
_TITLE, _DESCRIPTION = 32, 128
_SUGGESTED = ("home", "mine", "status", "history", "digest", "cycle", "meeting", "people", "chase", "help")

_SAVING = {
    "id": SAVE,
    "type": "action",
    "title": "Save as update",
    "description": "Keep this message as an update on an action of the plan",
    "context": ["message"],
    "fetchTask": True,
}


def package(settings: Settings) -> bytes:
    """The zip.

    Raises:
        SettingsError: no client id is set.
    """
    held = BytesIO()
    files = {
        "manifest.json": (json.dumps(manifest(settings), indent=2, ensure_ascii=False) + "\n").encode(),
        "color.png": _png(192, _colour),
        "outline.png": _png(32, _outline),
    }
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)  # the same zip every time
    return held.getvalue()


def manifest(settings: Settings) -> dict[str, Any]:
    """The app manifest, version 1.19."""
    client_id = _client_id(settings)
    host = urlsplit(settings.public_url or "").netloc
    return {
        "$schema": SCHEMA,
        "manifestVersion": "1.19",
        "version": "1.0.0",
        "id": client_id,
        "developer": _developer(settings.public_url),
        "icons": {"color": "color.png", "outline": "outline.png"},
        "name": {"short": "Assurebot", "full": "Assurebot, the improvement plan's bot"},
        "description": {
            "short": "Asks action owners for progress and reports what a board can trust.",
            "full": (
                "Assurebot runs an improvement plan with its programme office. It asks each action's owner how things"
                " stand, keeps every answer in their own words, tells anybody where the plan stands, and posts digests"
                " every week and before each assurance meeting. No rating moves that no meeting agreed."
            ),
        },
        "accentColor": _ACCENT,
        "bots": [
            {
                "botId": client_id,
                "scopes": ["personal", "team", "groupChat"],
                "supportsFiles": True,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": ["personal", "team", "groupChat"], "commands": _commands()}],
            }
        ],
        "composeExtensions": [{"botId": client_id, "canUpdateConfiguration": False, "commands": [_SAVING]}],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [host] if host else [],
    }


def _client_id(settings: Settings) -> str:
    try:
        return str(UUID(settings.teams_client_id or ""))
    except ValueError as error:
        raise SettingsError(
            "ASSUREBOT_TEAMS_CLIENT_ID must be set to the bot's application id (a UUID): docs/teams.md says where it"
            " comes from."
        ) from error


def _developer(public_url: str | None) -> dict[str, str]:
    """Teams wants addresses here, and shows them beside the app."""
    site = public_url if public_url and public_url.startswith("https://") else "https://example.org"
    return {"name": "Assurebot", "websiteUrl": site, "privacyUrl": site, "termsOfUseUrl": site}


def _commands() -> list[dict[str, str]]:
    """What Teams suggests while a person types: ten of the grammar, as many as it shows."""
    known = {command.words: command for command in COMMANDS if command.shown}
    chosen = [known[words] for words in _SUGGESTED if words in known][:_MOST_COMMANDS]
    return [
        {"title": one.words[:_TITLE], "description": (one.help + _for(one.role))[:_DESCRIPTION]}
        for one in chosen
    ]


def _for(role: Role) -> str:
    return " (programme office)" if role is Role.PMO else ""


# icons: three bars, drawn by rule

Dot = tuple[int, int, int, int]
_BARS = ((0.22, 0.36, 0.42), (0.43, 0.57, 0.26), (0.64, 0.78, 0.58))  # from, to, how high it begins
_WHITE, _CLEAR = (255, 255, 255, 255), (0, 0, 0, 0)


def _on_a_bar(x: float, y: float) -> bool:
    return any(left <= x < right and top <= y < 0.78 for left, right, top in _BARS)


def _colour(x: float, y: float) -> Dot:
    return _WHITE if _on_a_bar(x, y) else (0x1E, 0x3A, 0x5F, 255)


def _outline(x: float, y: float) -> Dot:
    """White on nothing, as Teams wants it."""
    return _WHITE if _on_a_bar(x, y) else _CLEAR


def _png(side: int, dot: Callable[[float, float], Dot]) -> bytes:
    """A square picture."""
    rows = b"".join(
        b"\0" + b"".join(bytes(dot(x / side, y / side)) for x in range(side)) for y in range(side)
    )
    header = pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)  # 8 bits, red, green, blue and alpha
    chunks: Iterator[tuple[bytes, bytes]] = iter(
        ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    )
    made = (
        pack(">I", len(held)) + kind + held + pack(">I", zlib.crc32(kind + held)) for kind, held in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)
