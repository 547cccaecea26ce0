"""The fake's own reading of Slack's limits: at each limit accepted, one over refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.slack.block_rules import message_errors, view_errors
from tests.fakes.slack.cases import LIMITS, REFUSED, REFUSED_VIEWS, VIEW_LIMITS


@pytest.mark.parametrize(("make", "limit"), LIMITS)
def test_a_limit_of_messages(make: Callable[[int], Any], limit: int) -> None:
    assert message_errors(make(limit)) == []
    assert message_errors(make(limit + 2))


@pytest.mark.parametrize(("make", "limit"), VIEW_LIMITS)
def test_a_limit_of_views(make: Callable[[int], Any], limit: int) -> None:
    assert view_errors(make(limit)) == []
    assert view_errors(make(limit + 1))


@pytest.mark.parametrize("blocks", REFUSED)
def test_what_is_refused(blocks: Any) -> None:
    assert message_errors(blocks)


@pytest.mark.parametrize("view", REFUSED_VIEWS)
def test_views_that_are_refused(view: dict[str, Any]) -> None:
    assert view_errors(view)
