"""What a card may be, after the format of Adaptive Cards 1.5 and what Teams adds; apart from the bot's code.

The rules are this project's own, after ``schemas/1.5.0/adaptive-card.json`` of github.com/microsoft/AdaptiveCards,
for the elements that the bot has a use for; an element that is not here is refused. Beside the schema: ids are
unique, a toggle's targets exist, images have addresses that a client can fetch, and a row shows six buttons at most.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

__all__ = ["MESSAGE_SIZE", "activity_errors", "card_errors"]

MESSAGE_SIZE = 28 * 1024
CARD = "application/vnd.microsoft.card.adaptive"
MOST_ACTIONS = 6
Rule = Callable[[Any], bool]


def one_of(*names: str) -> Rule:
    return lambda value: isinstance(value, str) and value.casefold() in {name.casefold() for name in names}


def a(*kinds: type) -> Rule:
    return lambda value: isinstance(value, kinds) and not (isinstance(value, bool) and bool not in kinds)


TEXT, FLAG, NUMBER, ITEMS = a(str), a(bool), a(int, float), a(list)
SPACING = one_of("default", "none", "small", "medium", "large", "extraLarge", "padding")
COLOR = one_of("default", "dark", "light", "accent", "good", "warning", "attention")
SIZE = one_of("default", "small", "medium", "large", "extraLarge")
WEIGHT = one_of("default", "lighter", "bolder")
CONTAINER_STYLE = one_of("default", "emphasis", "good", "attention", "warning", "accent")
ALIGNED = one_of("left", "center", "right")
INPUTS = one_of("auto", "none")

COMMON: Mapping[str, Rule] = {"id": TEXT, "isVisible": FLAG, "separator": FLAG, "spacing": SPACING}
ACTION: Mapping[str, Rule] = {
    "title": TEXT,
    "id": TEXT,
    "style": one_of("default", "positive", "destructive"),
    "tooltip": TEXT,
    "isEnabled": FLAG,
    "mode": one_of("primary", "secondary"),
    "iconUrl": TEXT,
}
INPUT: Mapping[str, Rule] = {"label": TEXT, "isRequired": FLAG, "errorMessage": TEXT, "value": TEXT}
LETTERS: Mapping[str, Rule] = {
    "text": TEXT,
    "color": COLOR,
    "isSubtle": FLAG,
    "size": SIZE,
    "weight": WEIGHT,
    "fontType": one_of("default", "monospace"),
}

# What each thing may have, and what it cannot be without.
THINGS: Mapping[str, tuple[Mapping[str, Rule], set[str]]] = {
    "AdaptiveCard": ({"version": TEXT, "body": ITEMS, "actions": ITEMS, "fallbackText": TEXT, "msteams": a(dict)}, {"version"}),
    "TextBlock": ({**COMMON, **LETTERS, "wrap": FLAG, "maxLines": NUMBER, "style": one_of("default", "heading")}, {"text"}),
    "RichTextBlock": ({**COMMON, "inlines": ITEMS, "horizontalAlignment": ALIGNED}, {"inlines"}),
    "TextRun": ({**LETTERS, "italic": FLAG, "strikethrough": FLAG, "underline": FLAG, "highlight": FLAG, "selectAction": a(dict)}, {"text"}),
    "Container": ({**COMMON, "items": ITEMS, "style": CONTAINER_STYLE, "bleed": FLAG}, {"items"}),
    "Image": ({**COMMON, "url": TEXT, "altText": TEXT, "size": one_of("auto", "stretch", "small", "medium", "large")}, {"url"}),
    "Table": ({**COMMON, "columns": ITEMS, "rows": ITEMS, "firstRowAsHeader": FLAG, "showGridLines": FLAG}, set()),
    "TableRow": ({"cells": ITEMS, "style": CONTAINER_STYLE}, set()),
    "TableCell": ({"items": ITEMS, "style": CONTAINER_STYLE}, {"items"}),
    "ActionSet": ({**COMMON, "actions": ITEMS}, {"actions"}),
    "Input.Text": ({**COMMON, **INPUT, "isMultiline": FLAG, "maxLength": NUMBER, "placeholder": TEXT}, {"id"}),
    "Input.Date": ({**COMMON, **INPUT, "min": TEXT, "max": TEXT}, {"id"}),
    "Input.ChoiceSet": ({**COMMON, **INPUT, "choices": ITEMS, "style": one_of("compact", "expanded", "filtered"), "isMultiSelect": FLAG}, {"id"}),
    "Action.Execute": ({**ACTION, "verb": TEXT, "data": a(dict, str), "associatedInputs": INPUTS}, {"title"}),
    "Action.Submit": ({**ACTION, "data": a(dict, str), "associatedInputs": INPUTS}, {"title"}),
    "Action.OpenUrl": ({**ACTION, "url": TEXT}, {"url"}),
    "Action.ToggleVisibility": ({**ACTION, "targetElements": ITEMS}, {"title", "targetElements"}),
}  # fmt: skip

# Which things stand in which list.
ELEMENTS = {name for name in THINGS if name.startswith("Input.")}
ELEMENTS |= {"TextBlock", "RichTextBlock", "Container", "Image", "Table", "ActionSet"}
ACTIONS = {name for name in THINGS if name.startswith("Action.")}
LISTS: Mapping[tuple[str, str], set[str]] = {
    ("AdaptiveCard", "body"): ELEMENTS,
    ("AdaptiveCard", "actions"): ACTIONS,
    ("Container", "items"): ELEMENTS,
    ("TableCell", "items"): ELEMENTS,
    ("RichTextBlock", "inlines"): {"TextRun"},
    ("Table", "rows"): {"TableRow"},
    ("TableRow", "cells"): {"TableCell"},
    ("ActionSet", "actions"): ACTIONS,
}


def activity_errors(activity: Mapping[str, Any]) -> list[str]:
    """Why Teams would refuse a message of a bot."""
    errors = []
    weight = len(json.dumps(activity, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    if weight > MESSAGE_SIZE:
        errors.append(f"{weight} bytes, {MESSAGE_SIZE} are allowed")
    attachments = activity.get("attachments") or []
    if not attachments and not str(activity.get("text", "")).strip():
        errors.append("neither text nor attachment")
    for attachment in attachments:
        if attachment.get("contentType") == CARD:
            errors += card_errors(attachment["content"])
    return errors


def card_errors(card: Mapping[str, Any]) -> list[str]:
    """Why a card is none, or does not work."""
    return [*_thing(card, {"AdaptiveCard"}, "card"), *_version(card), *_ids(card)]


def _version(card: Mapping[str, Any]) -> Iterator[str]:
    if card.get("version") not in {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"}:
        yield f"version {card.get('version')}: Teams shows cards up to 1.5"


def _thing(thing: Any, allowed: set[str], where: str) -> Iterator[str]:
    kind = thing.get("type") if isinstance(thing, Mapping) else None
    if kind not in allowed:
        yield f"{where}: {kind!r} cannot stand here"
        return
    known, needed = THINGS[kind]
    for name in needed - thing.keys():
        yield f"{where}: a {kind} without {name}"
    for name, value in thing.items():
        if name != "type":
            yield from _value(kind, name, value, known, f"{where}.{name}")
    yield from _sense(kind, thing, where)


def _value(kind: str, name: str, value: Any, known: Mapping[str, Rule], where: str) -> Iterator[str]:
    if name not in known:
        yield f"{where}: a {kind} has no {name}"
    elif not known[name](value):
        yield f"{where}: {str(value)[:60]!r} is not allowed"
    elif (kind, name) in LISTS:
        for index, item in enumerate(value):
            yield from _thing(item, LISTS[kind, name], f"{where}[{index}]")
    elif name == "selectAction":
        yield from _thing({"title": "", **value}, {"Action.OpenUrl", "Action.Execute"}, where)


def _sense(kind: str, thing: Mapping[str, Any], where: str) -> Iterator[str]:
    """What no list of properties says."""
    if kind == "Image" and not _fetchable(thing.get("url", "")):
        yield f"{where}: no client fetches {thing.get('url', '')[:60]!r}"
    if kind == "Action.OpenUrl" and urlsplit(thing.get("url", "")).scheme not in {"http", "https", "mailto"}:
        yield f"{where}: no client opens {thing.get('url', '')[:60]!r}"
    if kind.startswith("Action.") and "title" in thing and not thing["title"] and "selectAction" not in where:
        yield f"{where}: a button without words"
    if kind in {"AdaptiveCard", "ActionSet"} and len(thing.get("actions", [])) > MOST_ACTIONS:
        yield f"{where}: {len(thing['actions'])} buttons, {MOST_ACTIONS} are shown"
    if kind in {"RichTextBlock", "ActionSet"} and not (thing.get("inlines") or thing.get("actions")):
        yield f"{where}: an empty {kind}"
    if kind == "Table":
        yield from _table(thing, where)
    if kind == "Input.ChoiceSet":
        yield from _choices(thing, where)
    if kind.startswith("Input.") and thing.get("isRequired") and not thing.get("errorMessage"):
        yield f"{where}: required without an error message"


def _fetchable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname == "127.0.0.1"


def _table(table: Mapping[str, Any], where: str) -> Iterator[str]:
    width = len(table.get("columns", []))
    if not width or any(len(row["cells"]) != width for row in table.get("rows", [])):
        yield f"{where}: rows that do not fit its {width} columns"
    for column in table.get("columns", []):
        if not a(int, str)(column.get("width", 1)):
            yield f"{where}: a column {column.get('width')!r} wide"


def _choices(choices: Mapping[str, Any], where: str) -> Iterator[str]:
    held = choices.get("choices", [])
    if not held or any(set(one) != {"title", "value"} or not all(one.values()) for one in held):
        yield f"{where}: choices without title or value"
    if choices.get("value", "") and choices["value"] not in {one["value"] for one in held}:
        yield f"{where}: chosen is what is not offered"


def _ids(card: Mapping[str, Any]) -> Iterator[str]:
    things = list(walk(card))
    ids = [thing["id"] for thing in things if "id" in thing]
    for name in {name for name in ids if ids.count(name) > 1}:
        yield f"the id {name!r} is there twice"
    for thing in things:
        for target in thing.get("targetElements", []):
            if target not in ids:
                yield f"a toggle of {target!r}, which is not there"


def walk(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every thing with a type in a card; the data of buttons is nobody's business."""
    if isinstance(node, list):
        for item in node:
            yield from walk(item)
    elif isinstance(node, Mapping):
        if "type" in node:
            yield node
        for name, value in node.items():
            if name != "data":
                yield from walk(value)
