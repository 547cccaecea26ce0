"""Forms as the inputs of a card, and what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.teams.text import Element, literal, paragraph
from handlers.messages import Field, Form, Plain

__all__ = ["filled_in", "form_body"]

_NAME = "field."  # a field's name in the data of the button, apart from the button's own


def form_body(form: Form) -> list[Element]:
    """One input a field, with its hint under it."""
    return [element for field in form.fields for element in _input(field)]


def _input(field: Field) -> list[Element]:
    label = literal(" ".join(field.label.split())) or field.name
    held: Element = {"id": _NAME + field.name, "label": label, **_element(field)}
    if field.required:
        held |= {"isRequired": True, "errorMessage": f"Fill in: {label}"}
    hint = paragraph((Plain(" ".join(field.hint.split())),), isSubtle=True, size="Small")
    return [held, hint] if hint["inlines"] else [held]


def _element(field: Field) -> Element:
    value = field.value
    if field.input == "choice" and any(option.strip() for option in field.options):
        return _choices(field)
    if field.input == "date" and (not value.strip() or _day(value)):
        return {"type": "Input.Date", **({"value": _day(value)} if _day(value) else {})}
    first = {"value": literal(value)} if value else {}
    return {"type": "Input.Text", "isMultiline": field.input == "long", **first}


def _choices(field: Field) -> Element:
    options = {value: label for value, label in field.options.items() if value.strip()}
    choices = [
        {"title": literal(" ".join(label.split())) or value, "value": value}
        for value, label in options.items()
    ]
    first = {"value": field.value} if field.value in options else {}
    return {"type": "Input.ChoiceSet", "style": "compact", "choices": choices, **first}


def _day(value: str) -> str | None:
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        return None


def filled_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Field name -> what was typed or chosen, from the data of the button; "" for what was left empty."""
    return {
        name.removeprefix(_NAME): "" if value is None else str(value).replace("{\u200b{", "{{")
        for name, value in data.items()
        if name.startswith(_NAME)
    }
