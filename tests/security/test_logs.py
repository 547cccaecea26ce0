"""Logs carry ids and timings: no text, name or token of a whole scenario stands in them, on either surface's way in."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import logs
from storage.model.people import Role
from storage.store import Store
from tests.bot.conftest import Desk
from tests.bot.slack.stage import Stage, staged
from tests.fakes.slack import Person
from tests.fakes.slack.server import APP_TOKEN, BOT_TOKEN, SECRET

FEBRUARY = datetime(2026, 2, 3, 9, tzinfo=UTC)
WORDS = (
    "6.1.2 slipped to May because of the trainer", "6.1.2 slipped to June instead", "6.1.4 Mrs Doyle has dementia",
    "6.1.4 for 943 476 5919", "nonsense that fits nothing", "a plan of nothing at all", "kept words for somebody",
)  # fmt: skip


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What ``assurebot run`` writes to standard error, everything on; afterwards logging is as it was."""
    loggers = [logging.getLogger(), logging.getLogger("assurebot"), logging.getLogger("slack")]
    before = [(one, one.handlers[:], one.level, one.propagate) for one in loggers]
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    logs.start(logging.DEBUG)
    loggers[0].setLevel(logging.DEBUG)
    loggers[2].setLevel(logging.DEBUG)
    yield written
    for one, handlers, level, propagate in before:
        one.handlers[:], one.propagate = handlers, propagate
        one.setLevel(level)


def prepare(stage: Stage) -> None:
    stage.person("Priya Nandakumar", owns=("Priya Nandakumar, Head of Quality", "Director of Nursing, TVFT"))
    stage.person("Tom Fairbrother", role=Role.PMO)


def told_nothing(written: str, *more: str) -> None:
    assert "handled" in written  # it was logging
    for word in (
        *WORDS,
        "Priya",
        "Nandakumar",
        "Fairbrother",
        "thornmere.example",
        BOT_TOKEN,
        APP_TOKEN,
        SECRET,
        *more,
    ):
        assert word not in written, word


@pytest.mark.parametrize("http", [False, True], ids=["socket", "http"])
async def test_a_day_in_slack_leaves_no_words_in_the_logs(
    database: Path, http: bool, logged: io.StringIO
) -> None:
    async with staged(database, FEBRUARY, http=http, prepare=prepare) as stage:
        await stage.idle()
        priya = next(one for one in stage.fake.world.users.values() if one.name == "Priya Nandakumar")
        owner = Person(stage.fake, priya)
        await owner.dm(WORDS[0])
        receipt = await stage.fake.message_to(owner, "May 2026")
        await owner.press(receipt, "Change")
        await owner.submit(await owner.modal(), {"Your words": WORDS[1]})
        for words in WORDS[2:5]:
            await owner.dm(words)
        await stage.fake.message_to(owner, "still in this chat")
        await owner.drop_file("unheard-of.txt", WORDS[5].encode(), WORDS[6])
        await owner.command("/plan", "history 6.1.2")
        await stage.idle()
    told_nothing(logged.getvalue(), "unheard-of", "history 6.1.2", "slipped")
    kept = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    assert WORDS[1].encode() in kept
    for secret in (BOT_TOKEN, APP_TOKEN, SECRET, "response_url", "943 476 5919", "Mrs Doyle"):
        assert secret.encode() not in kept, secret


async def test_a_fault_is_logged_by_its_place_and_not_by_its_message(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, logged: io.StringIO
) -> None:
    def broken(request: object, store: Store) -> list[object]:
        raise ValueError(f"cannot read {WORDS[0]!r}")

    monkeypatch.setattr("bot.inbox.respond", broken)
    answered = await desk.say(WORDS[0])
    written = logged.getvalue()
    assert "problem" in answered
    assert "kind=ValueError" in written
    told_nothing(written, "trainer")


async def test_a_way_in_that_fails_says_no_words(logged: io.StringIO) -> None:
    try:
        raise KeyError(WORDS[1])
    except KeyError as error:
        number = logs.problem(error, row=1)
    written = logged.getvalue()
    assert number in written
    assert "June" not in written


def test_a_value_of_the_log_is_one_short_word(logged: io.StringIO) -> None:
    logs.event("x", key="a b\nc" * 100)
    assert len(logged.getvalue().splitlines()) == 1


def test_a_log_that_cannot_be_written_says_nothing_elsewhere(
    logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    logged.close()
    sys.stderr = sys.__stderr__
    try:
        raise KeyError(WORDS[1])
    except KeyError as error:
        logs.problem(error)
    assert capfd.readouterr() == ("", "")
