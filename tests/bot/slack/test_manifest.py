"""The manifest keeps the rules of Slack's manifest reference, and asks for no more than it explains."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from bot.settings import Settings
from bot.slack.manifest import EVENTS, SCOPES, manifest, manifest_json

HERE = Path(__file__).parents[2]
RULES = Draft7Validator(json.loads((HERE / "data" / "slack_manifest_rules.json").read_text()))
DOCS = HERE.parent / "docs" / "slack.md"

# Slack's documentation: what an event's subscription requires.
REQUIRED_BY_EVENT = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.im": {"im:history"},
}


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(manifest(), id="Socket Mode"),
        pytest.param(manifest("/improvement", "https://bot.elmvale.example/"), id="HTTP mode"),
    ],
)
def test_the_manifest_keeps_the_rules(made: dict[str, Any]) -> None:
    assert [error.message for error in RULES.iter_errors(made)] == []


def test_a_command_of_slacks_own_would_be_refused() -> None:
    assert list(RULES.iter_errors(manifest("/status")))


def test_socket_mode_needs_no_address_and_http_mode_has_it_everywhere() -> None:
    assert "https://" not in json.dumps(manifest())
    assert manifest()["settings"]["socket_mode_enabled"] is True
    http = manifest(public_url="https://bot.elmvale.example")
    assert json.dumps(http).count("https://bot.elmvale.example/slack/events") == 3
    assert http["settings"]["socket_mode_enabled"] is False


@pytest.mark.parametrize(
    ("given", "socket_mode"),
    [
        pytest.param({}, True, id="nothing yet"),
        pytest.param({"SLACK_APP_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "s"}, True, id="app token"),
        pytest.param({"SLACK_SIGNING_SECRET": "s"}, False, id="signing secret alone"),
    ],
)
def test_the_settings_choose_the_mode_and_the_command(given: dict[str, str], socket_mode: bool) -> None:
    more = {"ASSUREBOT_SLACK_COMMAND": "/board", "ASSUREBOT_PUBLIC_URL": "https://bot.elmvale.example"}
    made = json.loads(manifest_json(Settings(**given, **more, _env_file=None)))  # type: ignore[arg-type]
    assert made["features"]["slash_commands"][0]["command"] == "/board"
    assert made["settings"]["socket_mode_enabled"] is socket_mode


def test_every_event_has_its_scopes() -> None:
    for event in manifest()["settings"]["event_subscriptions"]["bot_events"]:
        assert set(SCOPES) >= REQUIRED_BY_EVENT[event]


def test_the_docs_name_every_scope_and_event_with_its_feature() -> None:
    docs = DOCS.read_text()
    missing = [name for name, why in {**SCOPES, **EVENTS}.items() if f"| `{name}` | {why} |" not in docs]
    assert missing == []
