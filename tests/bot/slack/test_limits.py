"""The validator knows Slack's limits, and agrees with the fake's second opinion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.slack.limits import FALLBACK, MESSAGE_SIZE, message_problems, require, size, view_problems
from bot.surface import Refused
from tests.fakes.slack.cases import LIMITS, REFUSED, REFUSED_VIEWS, VIEW_LIMITS, section

# Refused by Slack, and left to it: the bot never makes them, and the fake would tell.
LEFT_TO_SLACK = {"unknown property", "input in actions", "initial option not offered", "no list"}
# Over our own, lower limit of a whole message before Slack's own is reached.
OURS_IS_LOWER = {"blocks a message", "markdown in all"}


def _params(cases: list[Any], without: set[str]) -> list[Any]:
    return [case for case in cases if case.id not in without]


@pytest.mark.parametrize(("make", "limit"), _params(LIMITS, OURS_IS_LOWER))
def test_a_message_keeps_the_limit(make: Callable[[int], Any], limit: int) -> None:
    assert message_problems({"text": "x", "blocks": make(limit)}) == []
    assert message_problems({"text": "x", "blocks": make(limit + 2)})


@pytest.mark.parametrize(("make", "limit"), VIEW_LIMITS)
def test_a_view_keeps_the_limit(make: Callable[[int], Any], limit: int) -> None:
    assert view_problems(make(limit)) == []
    assert view_problems(make(limit + 1))


@pytest.mark.parametrize("blocks", _params(REFUSED, LEFT_TO_SLACK))
def test_what_slack_refuses_is_a_problem(blocks: Any) -> None:
    assert message_problems({"text": "x", "blocks": blocks})


@pytest.mark.parametrize("view", REFUSED_VIEWS)
def test_a_view_that_slack_refuses_is_a_problem(view: dict[str, Any]) -> None:
    assert view_problems(view)


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        pytest.param({"text": " "}, "no text for notifications", id="no text"),
        pytest.param({"text": "x" * (FALLBACK + 1)}, "4000 are allowed", id="text that chat.update refuses"),
        pytest.param({"text": "x", "blocks": section(2900) * 5}, "come to", id="all blocks together"),
        pytest.param({"text": "x", "blocks": section(10) * 51}, "51 blocks", id="51 blocks"),
        pytest.param({"text": "x", "metadata": {"event_type": "x" * 9000}}, "metadata", id="metadata"),
    ],
)
def test_a_whole_message_has_limits_of_its_own(payload: dict[str, Any], says: str) -> None:
    assert any(says in problem for problem in message_problems(payload))


def test_the_size_counts_every_block() -> None:
    assert size(section(10) * 2) - size(section(10)) > 100
    assert size(section(2900) * 4) <= MESSAGE_SIZE


def test_a_payload_with_problems_does_not_leave() -> None:
    with pytest.raises(Refused, match="51 blocks"):
        require(message_problems({"text": "x", "blocks": section(1) * 51}), "message")
    require([], "message")
