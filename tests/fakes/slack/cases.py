"""Payloads at Slack's limits and beyond, for the fake's checks and the bot's own validator alike."""

from __future__ import annotations

from typing import Any

import pytest

__all__ = ["LIMITS", "REFUSED", "REFUSED_VIEWS", "VIEW_LIMITS", "plain", "section"]

Blocks = list[dict[str, Any]]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def section(size: int) -> Blocks:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * size}}]


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("ok"), **more}


def options(count: int, value: int = 3) -> Blocks:
    return [{"text": plain("o"), "value": f"{number:0{value}}"} for number in range(count)]


def actions(*elements: dict[str, Any]) -> Blocks:
    return [{"type": "actions", "elements": list(elements)}]


def entry(element: dict[str, Any]) -> Blocks:
    return [{"type": "input", "label": plain("l"), "element": element}]


def table(rows: int, columns: int) -> dict[str, Any]:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "c"}] * columns for _ in range(rows)]}


LIMITS: list[Any] = [
    pytest.param(lambda n: section(1) * n, 50, id="blocks a message"),
    pytest.param(section, 3000, id="section text"),
    pytest.param(lambda n: [{"type": "section", "fields": [plain("x" * n)]}], 2000, id="field"),
    pytest.param(lambda n: [{"type": "section", "fields": [plain("x")] * n}], 10, id="fields"),
    pytest.param(lambda n: [{"type": "header", "text": plain("x" * n)}], 150, id="header"),
    pytest.param(lambda n: actions({"type": "button", "text": plain("x" * n)}), 75, id="button text"),
    pytest.param(lambda n: actions(button(value="x" * n)), 2000, id="button value"),
    pytest.param(lambda n: actions(button(action_id="x" * n)), 255, id="action_id"),
    pytest.param(lambda n: [{"type": "divider", "block_id": "x" * n}], 255, id="block_id"),
    pytest.param(lambda n: actions(*[button()] * n), 25, id="elements in actions"),
    pytest.param(lambda n: [{"type": "context", "elements": [plain("x")] * n}], 10, id="elements in context"),
    pytest.param(lambda n: entry({"type": "static_select", "options": options(n)}), 100, id="select options"),
    pytest.param(lambda n: entry({"type": "radio_buttons", "options": options(n)}), 10, id="radio options"),
    pytest.param(lambda n: entry({"type": "checkboxes", "options": options(n)}), 10, id="checkboxes"),
    pytest.param(lambda n: actions({"type": "overflow", "options": options(n)}), 5, id="overflow options"),
    pytest.param(
        lambda n: entry({"type": "static_select", "options": options(1, n)}), 150, id="option value"
    ),
    pytest.param(lambda n: [{"type": "markdown", "text": "x" * (n // 2)}] * 2, 12_000, id="markdown in all"),
    pytest.param(lambda n: [table(n, 1)], 100, id="table rows"),
    pytest.param(lambda n: [table(1, n)], 20, id="table columns"),
    pytest.param(lambda n: [table(1, 1)] * n, 1, id="tables a message"),
]


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("t"), "blocks": [], **more}


# (make a payload of n, the largest n that Slack takes)
VIEW_LIMITS: list[Any] = [
    pytest.param(lambda n: modal(title=plain("x" * n)), 24, id="title"),
    pytest.param(lambda n: modal(submit=plain("x" * n)), 24, id="submit"),
    pytest.param(lambda n: modal(close=plain("x" * n)), 24, id="close"),
    pytest.param(lambda n: modal(private_metadata="x" * n), 3000, id="private_metadata"),
    pytest.param(lambda n: modal(callback_id="x" * n), 255, id="callback_id"),
    pytest.param(lambda n: modal(blocks=section(1) * n), 100, id="blocks a view"),
]

REFUSED: list[Any] = [
    pytest.param([{"type": "section"}], id="section of nothing"),
    pytest.param([{"type": "section", "text": plain("")}], id="empty text"),
    pytest.param([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], id="header in mrkdwn"),
    pytest.param([{"type": "divider", "block_id": "x"}] * 2, id="block_id twice"),
    pytest.param(actions(button(action_id="x"), button(action_id="x")), id="action_id twice"),
    pytest.param([{"type": "section", "text": plain("x"), "colour": "red"}], id="unknown property"),
    pytest.param([{"type": "video"}], id="unknown block"),
    pytest.param([{"type": "actions", "elements": [{"type": "plain_text_input"}]}], id="input in actions"),
    pytest.param([{"type": "image", "alt_text": "x"}], id="image of nothing"),
    pytest.param([{"type": "rich_text", "elements": []}], id="empty rich text"),
    pytest.param([{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}], id="empty cell"),
    pytest.param([{"type": "table", "rows": table(1, 1)["rows"] + table(1, 2)["rows"]}], id="ragged table"),
    pytest.param(entry({"type": "static_select"}), id="select of nothing"),
    pytest.param(
        entry({"type": "static_select", "options": options(1), "initial_option": options(2)[1]}),
        id="initial option not offered",
    ),
    pytest.param({"type": "section"}, id="no list"),
]

REFUSED_VIEWS: list[Any] = [
    pytest.param({"type": "modal", "blocks": []}, id="modal without title"),
    pytest.param(modal(blocks=entry({"type": "plain_text_input"})), id="input without submit"),
    pytest.param({"type": "home", "blocks": [], "title": plain("t")}, id="home with title"),
    pytest.param(modal(blocks=[table(1, 1)]), id="table in a view"),
]
