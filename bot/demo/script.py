"""The story as data: ``script.toml``, checked when it is loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any

from bot import demo

__all__ = ["Script", "Step", "read_script"]


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at one time. ``by`` says each line of ``say``, then presses each button of ``press``.

    ``act`` is something that is no chat: "import", "people", "channel" or "tick". ``show`` names
    whose posts are printed, where it would be too many.
    """

    at: datetime
    title: str = ""
    tell: str = ""
    act: str = ""
    by: str = ""
    say: tuple[str, ...] = ()
    press: tuple[str, ...] = ()
    show: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """``office`` is the person of the programme office; ``owners`` who the printed owners are."""

    slug: str
    office: str
    channel: str
    owners: Mapping[str, str]
    steps: tuple[Step, ...] = field(default=())


def read_script() -> Script:
    """The story that comes with the program; TypeError or KeyError where it does not fit."""
    content = tomllib.loads(files(demo).joinpath("script.toml").read_text("utf-8"))
    steps = tuple(_step(step) for step in content.pop("step"))
    return Script(**content, steps=steps)


def _step(values: Mapping[str, Any]) -> Step:
    given: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in values.items()
    }
    return Step(**given)
