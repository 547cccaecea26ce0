"""Microsoft Teams as a surface: Adaptive Cards within its limits, the bot's endpoint, and its app package."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.teams.app import Teams

__all__ = ["make"]


def make(settings: Settings) -> Teams:
    """The surface that ``assurebot run`` starts; the Teams library is imported only now."""
    from bot.teams.app import Teams

    return Teams(settings)
