"""The one place that knows Slack's limits; every payload is checked here before it leaves.

Sources: docs.slack.dev (Block Kit reference, methods), and for the size of all blocks together, which is
undocumented, slackapi/bolt-js issue 2509 (about 13,200 characters; we stay under 12,500).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.surface import Refused

__all__ = [
    "ACTIONS",
    "BUTTON_LABEL",
    "BUTTON_VALUE",
    "FALLBACK",
    "HEADER",
    "INPUT",
    "MESSAGE_BLOCKS",
    "MESSAGE_SIZE",
    "OPTION_LABEL",
    "OPTION_VALUE",
    "PIECE",
    "SELECT_OPTIONS",
    "TABLE_COLUMNS",
    "TABLE_ROWS",
    "VIEW_BLOCKS",
    "VIEW_TITLE",
    "characters",
    "message_problems",
    "require",
    "size",
    "view_problems",
]

Node = Mapping[str, Any]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_SIZE = 12_500  # over all blocks, each counted with its overhead
BLOCK_OVERHEAD = 125  # observed: what one divider takes of it
FALLBACK = 4_000  # chat.update refuses a longer text
HEADER, PIECE, FIELD = 150, 3_000, 2_000
BUTTON_LABEL, BUTTON_VALUE = 75, 2_000
ACTIONS, CONTEXT, FIELDS = 25, 10, 10
SELECT_OPTIONS, OPTION_LABEL, OPTION_VALUE = 100, 75, 150
TABLE_ROWS, TABLE_COLUMNS = 100, 20
VIEW_TITLE, IDENTIFIER, PRIVATE, INPUT = 24, 255, 3_000, 3_000
MARKDOWN = 12_000
METADATA = 7_000

# The longest text of a text object, by what holds it and under which name.
TEXTS: Mapping[tuple[str, str], int] = {
    ("header", "text"): HEADER,
    ("section", "text"): PIECE,
    ("section", "fields"): FIELD,
    ("context", "elements"): PIECE,
    ("button", "text"): BUTTON_LABEL,
    ("input", "label"): 2_000,
    ("input", "hint"): 2_000,
    ("image", "title"): 2_000,
    ("option", "text"): OPTION_LABEL,
    ("option", "description"): OPTION_LABEL,
    ("option_group", "label"): OPTION_LABEL,
    ("confirm", "title"): 100,
    ("confirm", "text"): 300,
    ("confirm", "confirm"): 30,
    ("confirm", "deny"): 30,
    ("modal", "title"): VIEW_TITLE,
    ("modal", "submit"): VIEW_TITLE,
    ("modal", "close"): VIEW_TITLE,
    ("*", "placeholder"): 150,
}
# The longest plain string, by its name, wherever it stands.
STRINGS: Mapping[str, int] = {
    "block_id": IDENTIFIER,
    "action_id": IDENTIFIER,
    "callback_id": IDENTIFIER,
    "external_id": IDENTIFIER,
    "private_metadata": PRIVATE,
    "url": 3_000,
    "image_url": 3_000,
    "alt_text": 2_000,
    "initial_value": INPUT,
    "accessibility_label": 75,
}
# The most items of a list, by what holds it and under which name.
ITEMS: Mapping[tuple[str, str], int] = {
    ("actions", "elements"): ACTIONS,
    ("context", "elements"): CONTEXT,
    ("section", "fields"): FIELDS,
    ("static_select", "options"): SELECT_OPTIONS,
    ("static_select", "option_groups"): SELECT_OPTIONS,
    ("option_group", "options"): SELECT_OPTIONS,
    ("radio_buttons", "options"): 10,
    ("checkboxes", "options"): 10,
    ("overflow", "options"): 5,
    ("table", "rows"): TABLE_ROWS,
    ("table", "column_settings"): TABLE_COLUMNS,
}
BLOCKS = frozenset(
    {"actions", "context", "divider", "header", "image", "input", "markdown", "rich_text", "section", "table"}
)
MESSAGE_ONLY = frozenset({"markdown", "table"})
MRKDWN = frozenset({"section", "context", "option", "confirm"})  # all others take plain_text alone
TEXT_TYPES = frozenset({"plain_text", "mrkdwn"})


def require(problems: Sequence[str], what: str) -> None:
    """Nothing that Slack would refuse leaves.

    Raises:
        Refused: naming the first problems; it is our fault, so the sentence is for the operator.
    """
    if problems:
        raise Refused(f"A {what} was not sent, because Slack would refuse it: {'; '.join(problems[:3])}.")


def size(blocks: Sequence[Node]) -> int:
    """What Slack seems to count of all blocks together."""
    return sum(BLOCK_OVERHEAD + characters(block) for block in blocks)


def characters(node: Any) -> int:
    """All characters of all strings in a payload, the names of types included."""
    if isinstance(node, str):
        return len(node)
    if isinstance(node, dict):
        return sum(map(characters, node.values()))
    return sum(map(characters, node)) if isinstance(node, list) else 0


def message_problems(payload: Node) -> list[str]:
    """What Slack would refuse in ``text``, ``blocks`` and ``metadata`` of a message."""
    blocks = payload.get("blocks") or []
    return [
        *_fallback(payload),
        *_blocks(blocks, MESSAGE_BLOCKS),
        *_message_wholes(blocks),
        *_metadata(payload),
    ]


def view_problems(view: Node) -> list[str]:
    """What Slack would refuse in a modal or a home tab."""
    return [
        *_blocks(view.get("blocks", []), VIEW_BLOCKS),
        *_node(view, view.get("type", "?"), "view"),
        *_view(view),
    ]


def _fallback(payload: Node) -> Iterator[str]:
    text = payload.get("text")
    if not text or not text.strip():
        yield "there is no text for notifications"
    elif len(text) > FALLBACK:
        yield f"its text has {len(text)} characters, {FALLBACK} are allowed"


def _metadata(payload: Node) -> Iterator[str]:
    metadata = payload.get("metadata")
    if metadata and characters(metadata) > METADATA:
        yield f"its metadata is over {METADATA} characters"


def _message_wholes(blocks: Sequence[Node]) -> Iterator[str]:
    kinds = Counter(block.get("type") for block in blocks)
    if kinds["table"] > 1:
        yield f"{kinds['table']} tables, one is allowed"
    if sum(len(block["text"]) for block in blocks if block.get("type") == "markdown") > MARKDOWN:
        yield f"markdown over {MARKDOWN} characters"
    if size(blocks) > MESSAGE_SIZE:
        yield f"its blocks come to {size(blocks)} characters, {MESSAGE_SIZE} are allowed"


def _view(view: Node) -> Iterator[str]:
    kinds = {block.get("type") for block in view.get("blocks", [])}
    if kinds & MESSAGE_ONLY:
        yield f"{', '.join(sorted(kinds & MESSAGE_ONLY))} in a view"
    if view.get("type") not in {"modal", "home"}:
        yield f"an unknown view {view.get('type')!r}"
    if view.get("type") == "modal" and "title" not in view:
        yield "a modal without title"
    if view.get("type") == "modal" and "input" in kinds and "submit" not in view:
        yield "inputs without submit"
    if view.get("type") == "home" and view.keys() & {"title", "submit", "close"}:
        yield "a home tab with title, submit or close"


def _blocks(blocks: Sequence[Node], most: int) -> Iterator[str]:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks, {most} are allowed"
    yield from _twice("block_id", blocks)
    yield from _twice("action_id", [element for block in blocks for element in _elements(block)])
    for index, block in enumerate(blocks):
        where = f"block {index}"
        if block.get("type") not in BLOCKS:
            yield f"{where}: unknown type {block.get('type')!r}"
        else:
            yield from _node(block, block["type"], where)
            yield from _complete(block, where)


def _twice(name: str, nodes: Sequence[Node]) -> Iterator[str]:
    for value, count in Counter(node[name] for node in nodes if name in node).items():
        if count > 1:
            yield f"{name} {value!r} is there {count} times"


def _elements(block: Node) -> list[Node]:
    held = [block[name] for name in ("accessory", "element") if name in block]
    return [*held, *(block.get("elements", []) if block.get("type") == "actions" else [])]


def _node(node: Node, kind: str, where: str) -> Iterator[str]:
    """Every field of an object against the three tables, and then what it holds."""
    for name, value in node.items():
        here = f"{where}.{name}"
        if isinstance(value, str):
            yield from _string(kind, name, value, here)
        elif isinstance(value, Mapping):
            yield from _held(value, kind, name, here)
        elif isinstance(value, list) and name != "blocks":
            yield from _list(value, kind, name, here)


def _string(kind: str, name: str, value: str, where: str) -> Iterator[str]:
    longest = STRINGS.get(name)
    if name == "value":
        longest = BUTTON_VALUE if kind == "button" else OPTION_VALUE if kind == "option" else None
    if longest is not None and len(value) > longest:
        yield f"{where} has {len(value)} characters, {longest} are allowed"
    if not value and name in {"text", "url", "value", "alt_text", "block_id", "action_id"}:
        yield f"{where} is empty"


def _list(items: list[Any], kind: str, name: str, where: str) -> Iterator[str]:
    most = ITEMS.get((kind, name))
    if most is not None and len(items) > most:
        yield f"{where} has {len(items)} items, {most} are allowed"
    if not items and name != "column_settings":
        yield f"{where} is empty"
    for index, item in enumerate(items):
        here = f"{where}[{index}]"
        if isinstance(item, list):
            yield from _list(item, "row", "cells", here)
        elif isinstance(item, Mapping):
            yield from _held(item, kind, name, here)


def _held(node: Node, kind: str, name: str, where: str) -> Iterator[str]:
    """An object inside another: a text object, or something with fields of its own."""
    if node.get("type") in TEXT_TYPES:
        yield from _text(node, kind, name, where)
    elif name in {"options", "initial_option", "initial_options"}:
        yield from _node(node, "option", where)
    elif name == "option_groups":
        yield from _node(node, "option_group", where)
    else:
        yield from _node(node, "confirm" if name == "confirm" else node.get("type", name), where)


def _text(text: Node, kind: str, name: str, where: str) -> Iterator[str]:
    longest = TEXTS.get((kind, name)) or TEXTS.get(("*", name))
    words = text.get("text", "")
    if not words:
        yield f"{where} is empty"
    if longest is not None and len(words) > longest:
        yield f"{where} has {len(words)} characters, {longest} are allowed"
    if text["type"] == "mrkdwn" and kind not in MRKDWN:
        yield f"{where} must be plain text"


def _complete(block: Node, where: str) -> Iterator[str]:
    """What a block cannot be without."""
    if block["type"] == "section" and not block.keys() & {"text", "fields"}:
        yield f"{where}: a section of nothing"
    if block["type"] == "image" and len(block.keys() & {"image_url", "slack_file"}) != 1:
        yield f"{where}: an image needs an address or a file"
    if block["type"] == "table":
        yield from _table(block["rows"], where)
    for element in _elements(block):
        if element.get("type") == "static_select" and not element.keys() & {"options", "option_groups"}:
            yield f"{where}: a select of nothing"


def _table(rows: Sequence[Sequence[Node]], where: str) -> Iterator[str]:
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        yield f"{where}: rows of different length"
    if max(widths, default=0) > TABLE_COLUMNS:
        yield f"{where} has {max(widths)} columns, {TABLE_COLUMNS} are allowed"
