"""The page docs/commands.md, made from the tables that the program itself goes by: ``python -m bot.cli.reference``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from typer.main import get_command

from bot.cli.app import app
from handlers.grammar import COMMANDS, Command
from storage.model.people import Role

__all__ = ["page"]

_HEAD = """# Commands

This page is made from the program's own tables (`make docs`).

## In chat, and on the command line

The same words everywhere: typed in a direct message, after a mention, after the slash command (`/plan` in Slack), in
Teams with or without a leading slash, and in the terminal after `assurebot`. `in PLAN` at the end names a plan, `here`
shows the answer to everybody. Each role may do what those above it may; owning an action makes an owner.
"""
_ROLES = {
    Role.VIEWER: "Anybody",
    Role.OWNER: "Owners",
    Role.DEPUTY: "Deputies",
    Role.PMO: "The programme office (`pmo`)",
    Role.ASSURER: "Assurers",
    Role.ADMINISTRATOR: "Administrators",
}
_OPERATOR = """## On the command line alone

`assurebot --db URL COMMAND` names the database, `--now TIME` acts as at that time, `--debug` shows where an unforeseen
error comes from. Every command ends with 0 when it worked, 2 on wrong use and 1 on failure.
"""


def page() -> str:
    """The whole page."""
    shown = [command for command in COMMANDS if command.shown]
    parts = [_HEAD]
    for role, title in _ROLES.items():
        rows = [command for command in shown if command.role is role]
        if rows:
            parts.append(f"### {title}\n\n" + _table(("command", "what it does"), map(_row, rows)))
    parts.append(_OPERATOR)
    parts.append(_table(("command", "what it does"), _operator_rows()))
    return "\n".join(parts)


def _row(command: Command) -> tuple[str, str]:
    return f"`{command.usage}`", command.help


def _operator_rows() -> Iterable[tuple[str, str]]:
    for words, command in _leaves(get_command(app), ""):
        usage = " ".join(["assurebot", words, *(_param(one) for one in command.params if one.name != "help")])
        yield f"`{usage}`", _sentence(command.help or "")


def _leaves(group: Any, before: str) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _leaves(command, f"{before}{name} ")
        elif not command.hidden:
            yield f"{before}{name}", command


def _param(one: Any) -> str:
    value = one.metavar or one.name.upper()
    if one.param_type_name == "option":
        value = max(one.opts, key=len) + ("" if one.is_flag else f" {value}")
    return value if one.required else f"[{value}]"


def _sentence(text: str) -> str:
    words = " ".join(text.split()).rstrip(".")
    return words[:1].lower() + words[1:]


def _table(header: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [header, ("---", "---"), *rows]
    return "".join(
        f"| {left.replace('|', chr(92) + '|')} | {right.replace('|', chr(92) + '|')} |\n"
        for left, right in lines
    )


if __name__ == "__main__":
    sys.stdout.write(page())
