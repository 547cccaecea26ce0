"""The documentation says what the program has."""

from __future__ import annotations

import re
from pathlib import Path

from bot.cli.reference import page

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_commands_is_the_programs_own() -> None:
    written = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert written == page(), "write it again: make docs"


def test_every_file_that_a_page_points_to_is_there() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    missing = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert missing == []


def test_every_target_of_make_that_a_page_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {name for page in pages for name in re.findall(r"`?make ([a-z-]+)`", page.read_text("utf-8"))}
    assert {name for name in named if f"\n{name}:" not in makefile} == set()
