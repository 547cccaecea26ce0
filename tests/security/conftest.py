"""What the attacks are tried on: the worlds of the other rooms."""

from __future__ import annotations

from tests.bot.conftest import database, desk, plan_database
from tests.handlers.conftest import peopled, world

__all__ = ["database", "desk", "peopled", "plan_database", "world"]
