"""Slack as a surface: payloads within its limits, the app behind both of its modes, and its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.slack.app import Slack

__all__ = ["make"]


def make(settings: Settings) -> Slack:
    """The surface that ``assurebot run`` starts; Slack's libraries are imported only now."""
    from bot.slack.app import Slack

    return Slack(settings)
