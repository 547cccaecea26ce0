"""What a card may be: Microsoft's published schema of Adaptive Cards 1.5, and what no schema says; apart from the bot's code.

Beside the schema: ids are unique, a toggle's targets exist, images have addresses that a client can fetch, a row shows
six buttons at most, and the whole message keeps within Teams' size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft6Validator, ValidationError

__all__ = ["MESSAGE_SIZE", "activity_errors", "card_errors"]

MESSAGE_SIZE = 28 * 1024
CARD = "application/vnd.microsoft.card.adaptive"
MOST_ACTIONS = 6
SCHEMA = Path(__file__).parents[2] / "data" / "schemas" / "adaptive-card-1.5.json"
FORMAT = Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


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
    published = {name: value for name, value in card.items() if name != "msteams"}  # Teams' own addition
    wrong = [_why(error) for error in FORMAT.iter_errors(published)]
    return [*wrong, *_version(card), *(wrong or _senseless(card))]


def _why(error: ValidationError) -> str:
    """What is wrong, in the words of the schema for the kind of thing that it says it is."""
    while error.context:
        others = {each.relative_schema_path[0] for each in error.context if [*each.relative_path] == ["type"]}
        own = [each for each in error.context if each.relative_schema_path[0] not in others]
        if not own:
            break
        error = own[0]
    return f"{error.json_path}: {error.message[:300]}"


def _version(card: Mapping[str, Any]) -> Iterator[str]:
    if card.get("version") not in {"1.0", "1.1", "1.2", "1.3", "1.4", "1.5"}:
        yield f"version {card.get('version')}: Teams shows cards up to 1.5"


def _senseless(card: Mapping[str, Any]) -> Iterator[str]:
    for thing in walk(card):
        yield from _sense(thing["type"], thing)
    yield from _ids(card)


def _sense(kind: str, thing: Mapping[str, Any]) -> Iterator[str]:
    if kind == "Image" and not _fetchable(thing.get("url", "")):
        yield f"{kind}: no client fetches {thing.get('url', '')[:60]!r}"
    if kind == "Action.OpenUrl" and urlsplit(thing.get("url", "")).scheme not in {"http", "https", "mailto"}:
        yield f"{kind}: no client opens {thing.get('url', '')[:60]!r}"
    if not all(button.get("title") for button in thing.get("actions", [])):
        yield f"{kind}: a button without words"
    if kind in {"AdaptiveCard", "ActionSet"} and len(thing.get("actions", [])) > MOST_ACTIONS:
        yield f"{kind}: {len(thing['actions'])} buttons, {MOST_ACTIONS} are shown"
    if kind in {"RichTextBlock", "ActionSet"} and not (thing.get("inlines") or thing.get("actions")):
        yield f"{kind}: an empty {kind}"
    if kind == "Table":
        yield from _table(thing)
    if kind == "Input.ChoiceSet":
        yield from _choices(thing)
    if kind.startswith("Input.") and thing.get("isRequired") and not thing.get("errorMessage"):
        yield f"{kind}: required without an error message"


def _fetchable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname == "127.0.0.1"


def _table(table: Mapping[str, Any]) -> Iterator[str]:
    width = len(table.get("columns", []))
    if not width or any(len(row.get("cells", [])) != width for row in table.get("rows", [])):
        yield f"Table: rows that do not fit its {width} columns"


def _choices(choices: Mapping[str, Any]) -> Iterator[str]:
    held = choices.get("choices", [])
    if not held or not all(one["title"] and one["value"] for one in held):
        yield "Input.ChoiceSet: choices without title or value"
    if choices.get("value", "") and choices["value"] not in {one["value"] for one in held}:
        yield "Input.ChoiceSet: chosen is what is not offered"


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
