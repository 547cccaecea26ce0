"""``assurebot demo``: one cycle of an invented plan, told in the terminal by the bot itself.

``plan.txt`` is the plan and ``script.toml`` the story: who does what, when. Everything that is shown
goes the way that it goes in Slack or Teams, with a clock that jumps.
"""

from __future__ import annotations

from bot.demo.runner import run

__all__ = ["run"]
