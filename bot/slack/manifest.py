"""The app manifest: everything that Slack must know of the bot, with the least scopes that its features need."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.settings import Settings

__all__ = ["EVENTS", "EVENTS_PATH", "SAVE", "SCOPES", "manifest", "manifest_json"]

EVENTS_PATH = "/slack/events"
SAVE = "save_as_update"  # callback id of the message shortcut

# Each scope with the feature that needs it; docs/slack.md says the same, and a test compares them.
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "an update or a question by mentioning the bot in a channel",
    "channels:history": "after a crash, one look whether a post already stands in its channel; nothing else is read",
    "channels:read": "the names of channels, and whether the bot is in the one that a plan reports to",
    "chat:write": "every message of the bot",
    "commands": "the slash command and the message shortcut “Save as update”",
    "files:read": "plan documents and returns that are dropped on the bot",
    "files:write": "packs, exports and charts",
    "groups:history": "as channels:history, in private channels",
    "groups:read": "as channels:read, for private channels",
    "im:history": "answers that owners type to the bot",
    "im:write": "the first prompt to an owner who never wrote to the bot",
    "users:read": "people's names",
    "users:read.email": "matching a Slack account to the person on the record",
}
EVENTS: Mapping[str, str] = {
    "app_home_opened": "the home tab",
    "app_mention": "mentions in channels",
    "member_joined_channel": "a word of welcome where the bot was invited",
    "message.im": "answers, corrections and deletions in the direct message",
}


def manifest(command: str = "/plan", public_url: str | None = None) -> dict[str, Any]:
    """The manifest of an app in Socket Mode or, with the address of its server, in HTTP mode."""
    url = {"request_url": public_url.rstrip("/") + EVENTS_PATH} if public_url else {}
    return {
        "_metadata": {"major_version": 1},
        "display_information": _display(),
        "features": _features(command, url.get("request_url")),
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**url, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,
        },
    }


def manifest_json(settings: Settings) -> str:
    """The manifest that these settings ask for: HTTP mode with a signing secret and no app token, else Socket Mode."""
    http = settings.slack_signing_secret is not None and settings.slack_app_token is None
    made = manifest(settings.slack_command, settings.public_url if http else None)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _display() -> dict[str, str]:
    return {
        "name": "Assurebot",
        "description": "Asks action owners for progress, keeps every answer, reports what a board can trust.",
        "long_description": (
            "Assurebot runs an improvement plan with its programme office. It asks each action's owner how things "
            "stand, reads dates, figures and progress out of the answer in their own words, keeps every answer "
            "against its action, tells anybody where the plan stands, and posts digests every week and before each "
            "assurance meeting. No rating moves that no meeting agreed."
        ),
        "background_color": "#1e3a5f",
    }


def _features(command: str, url: str | None) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Assurebot", "always_online": True},
        "shortcuts": [
            {
                "name": "Save as update",
                "type": "message",
                "callback_id": SAVE,
                "description": "Keep this message as an update on an action of the plan",
            }
        ],
        "slash_commands": [
            {
                "command": command,
                **({"url": url} if url else {}),
                "description": "Where the plan stands, and everything else: try help",
                "usage_hint": "status theme 6",
                "should_escape": True,
            }
        ],
    }
