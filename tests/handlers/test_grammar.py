"""Which words are a command, and which are somebody's words that merely start like one."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.grammar import COMMANDS, parse
from storage.model.errors import UsageError


@pytest.mark.parametrize(
    ("text", "words", "tail"),
    [
        pytest.param("status theme 6", "status", "theme 6", id="status of a theme"),
        pytest.param("/status theme 6", "status", "theme 6", id="leading slash"),
        pytest.param("STATUS red", "status", "red", id="capitals"),
        pytest.param("status", "status", "", id="status alone"),
        pytest.param("meeting 10 April", "meeting", "10 April", id="a meeting by day"),
        pytest.param("meeting quorate no", "meeting quorate", "no", id="the longest words win"),
        pytest.param('people map "COO" Jane Smith', "people map", '"COO" Jane Smith', id="mapping"),
        pytest.param(
            "for Jane Smith 6.5.1: all done", "for", "Jane Smith 6.5.1: all done", id="for somebody"
        ),
        pytest.param("decide 6.4.3 red, return in May", "decide", "6.4.3 red, return in May", id="decision"),
        pytest.param("role Jane Smith not pmo", "role", "Jane Smith not pmo", id="taking a role"),
        pytest.param("ratify m12 6.1.2", "ratify", "m12 6.1.2", id="ratify some"),
        pytest.param("decide m3 unchanged", "decide", "m3 unchanged", id="en bloc from the sheet"),
        pytest.param(
            "decide C (and 18.5) agree", "decide", "C (and 18.5) agree", id="a ref of several words"
        ),
        pytest.param("arising", "arising", "", id="what arose"),
        pytest.param("deputy Jane Smith", "deputy", "Jane Smith", id="deputy"),
        pytest.param("away until 12 June", "away", "until 12 June", id="away"),
    ],
)
def test_commands_are_found(text: str, words: str, tail: str) -> None:
    call = parse(text)
    assert call is not None
    assert (call.command.words, call.tail) == (words, tail)


@pytest.mark.parametrize(
    "text",
    [
        "help needed on 6.1.4 please",
        "meeting went well, 6.1.2 on track",
        "meeting held 12 June with all the GPs, good turnout",
        "For 6.1.2 we have trained 40 staff",
        "deputy manager appointed, 6.1.2 on track",
        "status of 6.1.4 is green",
        "change of supplier agreed for 6.1.4",
        "scale of the problem is larger than we thought",
        "ask finance for the figures, then 6.1.2 can close",
        "date not known yet for 6.1.2",
        "away day planned for the team",
        "back on track after the holidays",
        "6.1.2 slipped to Nov, rest no change",
        "evidence is on the shared drive",
        "arising from the audit, 6.1.2 needs more staff",
        "decide on the supplier in May, 6.1.2 on track",
        "ratify the contract by June for 6.1.2",
        "recheck the figures for 6.1.4 next week",
        "role of the ward nurse agreed with the office",
        "verbal agreement with the supplier on 6.1.2",
    ],
)
def test_words_that_start_like_a_command_stay_words(text: str) -> None:
    assert parse(text) is None


def test_the_plan_named_at_the_end_is_taken_off_only_where_there_is_one() -> None:
    call = parse("status red in stoke", ["stoke"])
    assert call is not None
    assert (call.tail, call.plan) == ("red", "stoke")
    call = parse("update 6.1.2 will be done in May", ["stoke"])
    assert call is not None
    assert call.plan is None


@pytest.mark.parametrize(("text", "tail"), [("status theme 6 here", "theme 6"), ("chase here", "")])
def test_here_shows_the_answer_to_everybody(text: str, tail: str) -> None:
    call = parse(text)
    assert call is not None
    assert (call.tail, call.here) == (tail, True)


@pytest.mark.parametrize(
    "words",
    [
        "update 6.1.4 the nurses are here",
        "for Jo 6.1.4: the nurses are here",
        "decide 6.1.4 agree, once they are here",
    ],
)
def test_words_that_are_kept_are_kept_to_the_last(words: str) -> None:
    call = parse(words)
    assert call is not None
    assert (call.tail.endswith("are here"), call.here) == (True, False)


@pytest.mark.parametrize(
    ("text", "suggestion"), [("stauts 6", "status 6"), ("hepl", "help"), ("histroy 6.1", "history 6.1")]
)
def test_a_near_miss_is_told_what_was_meant(text: str, suggestion: str) -> None:
    with pytest.raises(UsageError, match=f"Did you mean “{suggestion}”"):
        parse(text, addressed=True)


def test_every_command_has_a_handler_and_every_handler_exists() -> None:
    from importlib import import_module

    for path in (command.handler for command in COMMANDS):
        module, name = path.split(":")
        assert callable(getattr(import_module(module), name))


@pytest.mark.parametrize("text", ["decide", "update", "answer", "propose #3", "snooze", "recheck"])
def test_a_command_that_lacks_something_tells_how_it_goes(text: str) -> None:
    with pytest.raises(UsageError, match="It is: "):
        parse(text)


def test_a_date_without_words_opens_its_form() -> None:
    call = parse("date #3")
    assert call is not None
    assert call.tail == "#3"


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(text: str) -> None:
    for addressed in (False, True):
        with contextlib.suppress(UsageError):
            parse(text, ["stoke"], addressed=addressed)
