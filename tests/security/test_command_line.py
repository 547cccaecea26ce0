"""Whatever is typed on the command line ends in an exit code and at most a sentence."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cli import main
from handlers.grammar import COMMANDS

_OWN = (
    "import",
    "export",
    "scale",
    "extract",
    "summarise",
    "tick",
    "backup",
    "restore",
    "forget",
    "audit",
    "person",
    "slack",
    "teams",
)
_WORDS = st.one_of(
    st.sampled_from(
        ("verify", "export", "role", "manifest", "thornmere", "plan.txt", "6.1.4", "--plan", "--yes", "--json", "--jsonl", "-",
         "--format", "--dry-run", "--force", "--now", "--column", "a=b", ".", "/", "none.docx", "2026-13-45", "pmo", "--help")
    ),
    st.text(alphabet=st.characters(exclude_characters="\x00"), max_size=12),
)  # fmt: skip
_FIRST = st.one_of(st.sampled_from(_OWN), st.sampled_from([command.words for command in COMMANDS]), _WORDS)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=_FIRST, rest=st.lists(_WORDS, max_size=4))
def test_any_command_line_ends_in_a_code_and_a_sentence(
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    first: str,
    rest: list[str],
) -> None:
    words = [*first.split(" "), *rest]
    if {"run", "chat", "demo", "doctor", "--debug"} & set(words):
        return  # these go on, or write elsewhere; --debug is there to show where a fault comes from
    folder = database.parent / "here"
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    code = main(("--db", str(database), *words))
    said = capfd.readouterr().err
    assert code in {0, 1, 2}
    assert "Traceback" not in said
    assert "inside Assurebot" not in said, (words, said)
