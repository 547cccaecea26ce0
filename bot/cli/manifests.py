"""``assurebot slack manifest`` and ``teams manifest``: what to hand to the platforms."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from bot.cli.operator import Operator
from bot.cli.output import write

__all__ = ["slack_manifest", "teams_manifest"]


def slack_manifest(operator: Operator, output: Path | None) -> None:
    """The app manifest as JSON, for Slack's “Create an app from a manifest”."""
    write(import_module("bot.slack.manifest").manifest_json(operator.settings), output)


def teams_manifest(operator: Operator, output: Path) -> None:
    """The app package, a zip to upload to Teams."""
    output.write_bytes(import_module("bot.teams.manifest").package(operator.settings))
    sys.stdout.write(f"{output} is ready: in Teams, Apps > Manage your apps > Upload a custom app.\n")
