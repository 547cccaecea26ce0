"""The schema, one ordered .sql file a step; a step that was released never changes."""

from __future__ import annotations

import sqlite3
from functools import cache
from importlib import resources

__all__ = ["newest", "statements_after"]


@cache
def _steps() -> tuple[tuple[int, str], ...]:
    files = sorted(file.name for file in resources.files(__name__).iterdir() if file.name.endswith(".sql"))
    steps = tuple((int(name[:3]), name) for name in files)
    if [number for number, _ in steps] != list(range(1, len(steps) + 1)):
        raise ValueError(f"migrations are numbered without gaps from 001: {files}")
    return steps


def newest() -> int:
    """The version of the schema that this program knows."""
    return len(_steps())


def statements_after(version: int) -> list[str]:
    """The statements that bring a database of that version to the newest one, one at a time.

    (``executescript`` would commit the transaction that they must run in.)
    """
    texts = (
        resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
        for number, name in _steps()
        if number > version
    )
    return [statement for text in texts for statement in _split(text)]


def _split(script: str) -> list[str]:
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(current):
            statements.append(current.strip())
            current = ""
    if any(not line.startswith("--") for line in current.split("\n") if line.strip()):
        raise ValueError(f"a statement without an end: {current.strip()[:80]}")
    return statements
