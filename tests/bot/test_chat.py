"""The chat in the terminal: the same bot, with buttons by number."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.chat import Talk, seat
from bot.cli import main
from bot.console.render import Printer
from handlers.messages import Field, Form
from storage.model.errors import UsageError
from tests.bot.conftest import START, settings_for

Talked = Callable[..., str]


@pytest.fixture
def talk(database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talked:
    """Type these lines, one after the other, and read what the terminal shows."""
    monkeypatch.chdir(database.parent)

    def talked(*lines: str) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert main(["--now", "2026-01-28T09:00", "chat", "--as", "Jo Hill", "--plan", "thornmere"]) == 0
        captured = capsys.readouterr()
        return captured.out + captured.err

    return talked


def test_words_and_commands_are_answered_until_somebody_leaves(talk: Talked) -> None:
    seen = talk("status theme 6.1", "/status 6.1.4", "quit", "never reached")
    assert "CARE HOMES" in seen
    assert "Jo Hill> /status 6.1.4" in seen
    assert "never reached" not in seen


def test_an_unknown_plan_is_answered_with_those_there_are(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(database.parent)
    assert main(["chat", "--as", "Jo", "--plan", "none"]) == 2
    assert "there is thornmere" in capsys.readouterr().err


async def test_buttons_and_forms_are_chosen_by_number(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    talk = Talk(settings_for(database), Printer(out), lambda: START, database.parent)
    await talk.workers.open()
    try:
        await talk.sit("Jo Hill")
        talk.choices.number(
            Form("Edit", "help", (Field("text", "Your words", value="as before"), Field("why", "Why")))
        )
        monkeypatch.setattr("sys.stdin", io.StringIO("\nbecause\n"))
        await talk.typed("1")
        rows = await talk.workers.ask(lambda store: store.inbox.stuck())
        assert rows == []
        assert "Your words [as before]:" in out.getvalue()
        assert "What you can do here" in out.getvalue()
    finally:
        await talk.workers.stop()


async def test_a_file_that_is_typed_or_dropped_is_taken_in(database: Path, tmp_path: Path) -> None:
    (tmp_path / "a report.txt").write_text("1. Staffing\n\n1.1 In March 2026 vacancies were 12%.\n")
    out = io.StringIO()
    talk = Talk(settings_for(database), Printer(out), lambda: START, tmp_path)
    await talk.workers.open()
    try:
        await talk.sit("Jo Hill")
        await talk.typed(f"'{tmp_path}/a report.txt'")
        assert "vacancies" in out.getvalue()
    finally:
        await talk.workers.stop()


async def test_a_person_of_the_record_is_known_by_name(database: Path) -> None:
    talk = Talk(settings_for(database), Printer(io.StringIO()), lambda: START)
    await talk.workers.open()
    try:
        first = await talk.workers.writer.run(lambda store: seat(store, "Jo  Hill", START))
        again = await talk.workers.writer.run(lambda store: seat(store, "jo hill", START))
        assert (first.name, again.id) == ("Jo Hill", first.id)
        with pytest.raises(UsageError, match="Say who you are"):
            await talk.workers.writer.run(lambda store: seat(store, "  ", START))
    finally:
        await talk.workers.stop()
