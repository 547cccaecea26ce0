"""Forms as modals and what was filled in; the home tab. Views hold more than a message, and no tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.parts import unfolded
from bot.slack.blocks import chunks, clipped, numbered
from bot.slack.limits import INPUT, OPTION_LABEL, OPTION_VALUE, SELECT_OPTIONS, VIEW_BLOCKS, VIEW_TITLE
from handlers.messages import Field, Form, Message, say

__all__ = ["CALLBACK", "filled_in", "home", "modal"]

CALLBACK = "form"
_PART = re.compile(r"(?P<name>.*)~\d+")  # a text too long for one input goes on in name~2
_MOST_OPTIONS = SELECT_OPTIONS * SELECT_OPTIONS


def modal(form: Form, private: Mapping[str, str]) -> dict[str, Any]:
    """The form as a modal. ``private`` comes back with its submission."""
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain(form.title, VIEW_TITLE),
        "submit": _plain(form.submit, VIEW_TITLE),
        "close": _plain("Cancel", VIEW_TITLE),
        "private_metadata": json.dumps(private, ensure_ascii=False),
        "blocks": [block for field in form.fields for block in _inputs(field)] or [_nothing()],
    }


def _nothing() -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": "Nothing to fill in."}}


def _plain(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": clipped(text, most), "emoji": False}


def _inputs(field: Field) -> Iterable[dict[str, Any]]:
    if field.input == "choice" and _choosable(field.options):
        return [_input(field, _select(field))]
    if field.input == "date" and _day(field.value) is not False:
        return [_input(field, _datepicker(field))]
    return _texts(field)


def _choosable(options: Mapping[str, str]) -> bool:
    values = [value for value in options if value.strip()]
    return 0 < len(values) <= _MOST_OPTIONS and all(len(value) <= OPTION_VALUE for value in values)


def _input(field: Field, element: dict[str, Any], part: int = 1) -> dict[str, Any]:
    name = field.name if part == 1 else f"{field.name}~{part}"
    label = field.label if part == 1 else f"{field.label} (continued)"
    hint = {"hint": _plain(field.hint, 2_000)} if field.hint.strip() and part == 1 else {}
    return {
        "type": "input",
        "block_id": name,
        "optional": not field.required or part > 1,
        "label": _plain(label, 2_000),
        "element": {"action_id": name, **element},
        **hint,
    }


def _texts(field: Field) -> Iterable[dict[str, Any]]:
    """One input, or as many as what is prefilled needs."""
    value = field.value
    starts = range(0, max(len(value), 1), INPUT)
    for part, start in enumerate(starts, 1):
        piece = value[start : start + INPUT]
        first = {"initial_value": piece} if piece else {}
        element = {"type": "plain_text_input", "multiline": field.input == "long" or len(value) > INPUT}
        yield _input(field, element | {"max_length": INPUT} | first, part)


def _select(field: Field) -> dict[str, Any]:
    options = [_option(value, label) for value, label in field.options.items() if value.strip()]
    chosen = next((option for option in options if option["value"] == field.value), None)
    first = {"initial_option": chosen} if chosen else {}
    if len(options) <= SELECT_OPTIONS:
        return {"type": "static_select", "options": options, **first}
    groups = [options[start : start + SELECT_OPTIONS] for start in range(0, len(options), SELECT_OPTIONS)]
    named = [{"label": _group_label(group), "options": group} for group in groups]
    return {"type": "static_select", "option_groups": named, **first}


def _group_label(group: list[dict[str, Any]]) -> dict[str, Any]:
    return _plain(f"{group[0]['text']['text'][:30]} to {group[-1]['text']['text'][:30]}", OPTION_LABEL)


def _option(value: str, label: str) -> dict[str, Any]:
    label = " ".join(label.split()) or value
    rest = label[OPTION_LABEL - 1 :]
    more = {"description": _plain(f"…{rest}", OPTION_LABEL)} if len(label) > OPTION_LABEL else {}
    return {"text": _plain(label, OPTION_LABEL), "value": value, **more}


def _day(value: str) -> str | bool | None:
    """The day as a date picker takes it; None for no day, False for words that are none."""
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        return False


def _datepicker(field: Field) -> dict[str, Any]:
    day = _day(field.value)
    return {"type": "datepicker", **({"initial_date": day} if day else {})}


def filled_in(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Field name -> what was typed or chosen, from ``view.state.values``; "" for what was left empty."""
    fields: dict[str, str] = {}
    for block_id, held in values.items():
        part = _PART.fullmatch(block_id)
        name = part["name"] if part else block_id
        fields[name] = fields.get(name, "") + _typed(next(iter(held.values()), {}))
    return fields


def _typed(state: Mapping[str, Any]) -> str:
    option = state.get("selected_option") or {}
    return str(state.get("value") or state.get("selected_date") or option.get("value") or "")


def home(messages: Iterable[Message]) -> dict[str, Any]:
    """These messages, one under the other, as the home tab."""
    held = [chunk for message in messages for chunk in chunks(unfolded(message.parts), {}, tables=False)]
    if len(held) > VIEW_BLOCKS:
        more = chunks((say("There is more than fits here: ask me in Messages, for example “status”."),), {})
        held = [*held[: VIEW_BLOCKS - 1], *more]
    return {"type": "home", "blocks": numbered([chunk.block for chunk in held])}
