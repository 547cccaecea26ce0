"""Forms as modals: any form is a valid view, and what was filled in comes back whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.slack.forms import filled_in, home, modal
from bot.slack.limits import view_problems
from handlers.messages import (
    ASKER,
    Button,
    Buttons,
    Details,
    Field,
    Form,
    Heading,
    Message,
    Table,
    say,
    spans,
)
from tests.bot.slack.strategies import forms, messages
from tests.fakes.slack.block_rules import view_errors
from tests.fakes.slack.reading import readable

FORM = Form(
    "Your update on 6.1.4",
    "edit 812",
    (
        Field("text", "Your words", "long", "live since May", required=True),
        Field(
            "rating", "Rating", "choice", "amber", {"green": "Green", "amber": "Amber"}, hint="Leave as it is"
        ),
        Field("day", "New date", "date", "2026-11-30"),
    ),
)


def element(view: dict[str, Any], block_id: str) -> dict[str, Any]:
    (block,) = [block for block in view["blocks"] if block["block_id"] == block_id]
    return dict(block["element"])


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms())
def test_any_form_is_a_view_that_slack_takes(form: Form) -> None:
    view = modal(form, {"command": form.command})
    assert view_problems(view) == []
    assert view_errors(view) == []  # the fake's own opinion


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(messages, max_size=3))
def test_any_messages_are_a_home_tab_that_slack_takes(said: list[Message]) -> None:
    view = home(said)
    assert view_problems(view) == []
    assert view_errors(view) == []


def test_a_form_is_prefilled() -> None:
    view = modal(FORM, {"command": "edit 812"})
    assert view["title"]["text"] == "Your update on 6.1.4"
    assert element(view, "text")["initial_value"] == "live since May"
    assert element(view, "rating")["initial_option"]["value"] == "amber"
    assert element(view, "day")["initial_date"] == "2026-11-30"
    assert [block["optional"] for block in view["blocks"]] == [False, True, True]
    assert json.loads(view["private_metadata"]) == {"command": "edit 812"}


@given(st.text(max_size=40), st.integers(0, 300))
def test_a_long_text_is_prefilled_and_comes_back_whole(words: str, times: int) -> None:
    text = words * times
    view = modal(Form("Edit", "edit 1", (Field("text", "Words", "long", text),)), {})
    state = {
        block["block_id"]: {
            "value": {"type": "plain_text_input", "value": block["element"].get("initial_value")}
        }
        for block in view["blocks"]
    }
    assert filled_in(state) == {"text": text}


@pytest.mark.parametrize(
    ("state", "value"),
    [
        pytest.param({"type": "plain_text_input", "value": "x"}, "x", id="typed"),
        pytest.param({"type": "plain_text_input", "value": None}, "", id="left empty"),
        pytest.param({"type": "datepicker", "selected_date": "2026-05-01"}, "2026-05-01", id="date"),
        pytest.param({"type": "static_select", "selected_option": {"value": "amber"}}, "amber", id="choice"),
        pytest.param({"type": "static_select", "selected_option": None}, "", id="nothing chosen"),
    ],
)
def test_what_was_filled_in(state: dict[str, Any], value: str) -> None:
    assert filled_in({"field": {"value": state}}) == {"field": value}


def test_many_choices_are_grouped() -> None:
    options = {str(number): f"6.{number}" for number in range(150)}
    select = element(modal(Form("Move", "move 1", (Field("to", "Action", "choice", "", options),)), {}), "to")
    assert [len(group["options"]) for group in select["option_groups"]] == [100, 50]


def test_words_that_are_no_day_are_typed() -> None:
    view = modal(Form("Date", "date 1", (Field("day", "Day", "date", "end of May"),)), {})
    assert element(view, "day")["type"] == "plain_text_input"


def test_the_home_tab_shows_tables_as_lines_and_details_unfolded() -> None:
    table = Table(("Ref", "Rating"), ((spans("6.1.4"), spans("Amber")),))
    view = home([Message(ASKER, (Heading("Theme 6"), table, Details("More", (say("all of it"),))))])
    assert readable(view) == "Theme 6\nRef · Rating\n6.1.4 · Amber\nMore\nall of it"


def test_a_home_tab_that_is_too_long_says_so() -> None:
    view = home([Message(ASKER, (say("line"), Buttons((Button("Go", "mine"),)))) for _ in range(80)])
    assert len(view["blocks"]) == 100
    assert "more than fits" in readable(view)
