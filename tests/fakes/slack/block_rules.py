"""What Slack accepts in blocks and views: the fake's own reading of docs.slack.dev.

Written apart from ``bot.slack.limits`` on purpose: where the two differ, one of them is wrong.
A rule is a function of (value, json pointer) that yields the complaints; a block or element lists
all of its fields, because Slack refuses additional properties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["BLOCKS_SIZE", "block_errors", "elements_size", "message_errors", "view_errors"]

Rule = Callable[[Any, str], Iterator[str]]
Fields = dict[str, Rule]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
BLOCKS_SIZE = 13_200  # observed: slackapi/bolt-js issue 2509
MARKDOWN_TOTAL = 12_000


def string(low: int = 1, high: int | None = None) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"[ERROR] must be a string [json-pointer:{at}]"
        elif len(value) < low:
            yield f"[ERROR] must be more than {low - 1} characters [json-pointer:{at}]"
        elif high is not None and len(value) > high:
            yield f"[ERROR] must be less than {high + 1} characters [json-pointer:{at}]"

    return rule


def one_of(*allowed: object) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        if value not in allowed:
            yield f"[ERROR] unsupported value: {value!r} [json-pointer:{at}]"

    return rule


def boolean(value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"[ERROR] must be a boolean [json-pointer:{at}]"


def number(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield f"[ERROR] must be a number [json-pointer:{at}]"


def array(item: Rule, low: int = 1, high: int | None = None) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"[ERROR] must be an array [json-pointer:{at}]"
            return
        if len(value) < low:
            yield f"[ERROR] no fewer than {low} items allowed [json-pointer:{at}]"
        if high is not None and len(value) > high:
            yield f"[ERROR] no more than {high} items allowed [json-pointer:{at}]"
        for index, each in enumerate(value):
            yield from item(each, f"{at}/{index}")

    return rule


def struct(required: Fields, optional: Fields | None = None) -> Rule:
    known = {**required, **(optional or {})}

    def rule(value: Any, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"[ERROR] must be an object [json-pointer:{at}]"
            return
        for name in required:
            if name not in value:
                yield f"[ERROR] missing required field: {name} [json-pointer:{at}]"
        for name, each in value.items():
            if name not in known:
                yield f"[ERROR] invalid additional property: {name} [json-pointer:{at}]"
            else:
                yield from known[name](each, f"{at}/{name}")

    return rule


def by_type(kinds: dict[str, Rule]) -> Rule:
    def rule(value: Any, at: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in kinds:
            yield f"[ERROR] unsupported type: {kind!r} [json-pointer:{at}/type]"
        else:
            yield from kinds[kind](value, at)

    return rule


def typed(kind: str, required: Fields, optional: Fields | None = None) -> tuple[str, Rule]:
    return kind, struct({"type": one_of(kind), **required}, optional)


def plain(high: int) -> Rule:
    return struct({"type": one_of("plain_text"), "text": string(1, high)}, {"emoji": boolean})


def text(high: int) -> Rule:
    mrkdwn = struct({"type": one_of("mrkdwn"), "text": string(1, high)}, {"verbatim": boolean})
    return by_type({"plain_text": plain(high), "mrkdwn": mrkdwn})


ID = {"action_id": string(1, 255)}
BLOCK_ID = {"block_id": string(1, 255)}
STYLE = struct({}, {name: boolean for name in ("bold", "italic", "strike", "code", "underline", "highlight")})
CONFIRM = struct(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = struct(
    {"text": text(75), "value": string(1, 150)}, {"description": text(75), "url": string(1, 3000)}
)
PLAIN_OPTION = struct({"text": plain(75), "value": string(1, 150)}, {"description": plain(75)})
GROUP = struct({"label": plain(75), "options": array(PLAIN_OPTION, 1, 100)})
FOCUS: Fields = {"focus_on_load": boolean, "confirm": CONFIRM, "placeholder": plain(150)}
DISPATCH = struct({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
FILE_REF = struct({}, {"id": string(1), "url": string(1, 3000)})

BUTTON = typed(
    "button",
    {"text": plain(75)},
    {
        **ID,
        "value": string(1, 2000),
        "url": string(1, 3000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(1, 75),
    },
)
STATIC = typed(
    "static_select",
    {},
    {
        **ID,
        **FOCUS,
        "options": array(PLAIN_OPTION, 1, 100),
        "option_groups": array(GROUP, 1, 100),
        "initial_option": PLAIN_OPTION,
    },
)
MULTI_STATIC = typed(
    "multi_static_select",
    {},
    {
        **ID,
        **FOCUS,
        "options": array(PLAIN_OPTION, 1, 100),
        "option_groups": array(GROUP, 1, 100),
        "initial_options": array(PLAIN_OPTION, 1, 100),
        "max_selected_items": number,
    },
)
USERS = typed("users_select", {}, {**ID, **FOCUS, "initial_user": string()})
CHANNELS = typed("channels_select", {}, {**ID, **FOCUS, "initial_channel": string()})
DATE = typed("datepicker", {}, {**ID, **FOCUS, "initial_date": string(10, 10)})
CHOICE_FIELDS: Fields = {**ID, "focus_on_load": boolean, "confirm": CONFIRM}
RADIO = typed("radio_buttons", {"options": array(OPTION, 1, 10)}, {**CHOICE_FIELDS, "initial_option": OPTION})
CHECKBOX = typed(
    "checkboxes",
    {"options": array(OPTION, 1, 10)},
    {**CHOICE_FIELDS, "initial_options": array(OPTION, 1, 10)},
)
OVERFLOW = typed("overflow", {"options": array(OPTION, 1, 5)}, {**ID, "confirm": CONFIRM})
INPUT_TEXT = typed(
    "plain_text_input",
    {},
    {
        **ID,
        "initial_value": string(0, 3000),
        "multiline": boolean,
        "min_length": number,
        "max_length": number,
        "dispatch_action_config": DISPATCH,
        "focus_on_load": boolean,
        "placeholder": plain(150),
    },
)
INPUT_URL = typed(
    "url_text_input",
    {},
    {**ID, "initial_value": string(0), "focus_on_load": boolean, "placeholder": plain(150)},
)
INPUT_NUMBER = typed(
    "number_input",
    {"is_decimal_allowed": boolean},
    {
        **ID,
        "initial_value": string(0),
        "min_value": string(),
        "max_value": string(),
        "placeholder": plain(150),
    },
)
INPUT_FILE = typed("file_input", {}, {**ID, "filetypes": array(string()), "max_files": number})
IMAGE_ELEMENT = typed(
    "image", {"alt_text": string(1, 2000)}, {"image_url": string(1, 3000), "slack_file": FILE_REF}
)

INTERACTIVE = dict([BUTTON, STATIC, MULTI_STATIC, USERS, CHANNELS, DATE, RADIO, CHECKBOX, OVERFLOW])
INPUTS = dict(
    [
        INPUT_TEXT,
        INPUT_URL,
        INPUT_NUMBER,
        INPUT_FILE,
        STATIC,
        MULTI_STATIC,
        USERS,
        CHANNELS,
        DATE,
        RADIO,
        CHECKBOX,
    ]
)
RICH = by_type(
    dict(
        [
            typed("text", {"text": string(1)}, {"style": STYLE}),
            typed("link", {"url": string(1, 3000)}, {"text": string(1), "style": STYLE, "unsafe": boolean}),
            typed("user", {"user_id": string()}, {"style": STYLE}),
            typed("channel", {"channel_id": string()}, {"style": STYLE}),
            typed("emoji", {"name": string()}, {"unicode": string(), "style": STYLE}),
            typed("broadcast", {"range": one_of("here", "channel", "everyone")}, {"style": STYLE}),
            typed(
                "date",
                {"timestamp": number, "format": string()},
                {"fallback": string(), "url": string(), "style": STYLE, "timezone": string()},
            ),
        ]
    )
)
SECTION = typed("rich_text_section", {"elements": array(RICH)})
RICH_PARTS = by_type(
    dict(
        [
            SECTION,
            typed("rich_text_quote", {"elements": array(RICH)}, {"border": number}),
            typed(
                "rich_text_preformatted", {"elements": array(RICH)}, {"border": number, "language": string()}
            ),
            typed(
                "rich_text_list",
                {"style": one_of("bullet", "ordered"), "elements": array(by_type(dict([SECTION])))},
                {"indent": number, "offset": number, "border": number},
            ),
        ]
    )
)
RICH_TEXT = typed("rich_text", {"elements": array(RICH_PARTS)}, BLOCK_ID)
CELL = by_type(dict([typed("raw_text", {"text": string(1)}), RICH_TEXT]))
COLUMN = struct({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})

BLOCKS = by_type(
    dict(
        [
            RICH_TEXT,
            typed("header", {"text": plain(150)}, BLOCK_ID),
            typed("divider", {}, BLOCK_ID),
            typed(
                "section",
                {},
                {
                    **BLOCK_ID,
                    "text": text(3000),
                    "fields": array(text(2000), 1, 10),
                    "accessory": by_type({**INTERACTIVE, **dict([IMAGE_ELEMENT])}),
                    "expand": boolean,
                },
            ),
            typed(
                "context",
                {
                    "elements": array(
                        by_type({"plain_text": plain(3000), "mrkdwn": text(3000), **dict([IMAGE_ELEMENT])}),
                        1,
                        10,
                    )
                },
                BLOCK_ID,
            ),
            typed("actions", {"elements": array(by_type(INTERACTIVE), 1, 25)}, BLOCK_ID),
            typed(
                "input",
                {"label": plain(2000), "element": by_type(INPUTS)},
                {**BLOCK_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
            ),
            typed("markdown", {"text": string(1, 12_000)}, BLOCK_ID),
            typed(
                "image",
                {"alt_text": string(1, 2000)},
                {**BLOCK_ID, "image_url": string(1, 3000), "slack_file": FILE_REF, "title": plain(2000)},
            ),
            typed(
                "table",
                {"rows": array(array(CELL, 1, 20), 1, 100)},
                {**BLOCK_ID, "column_settings": array(COLUMN, 0, 20)},
            ),
        ]
    )
)
VIEW = struct(
    {"type": one_of("modal", "home"), "blocks": array(BLOCKS, 0, VIEW_BLOCKS)},
    {
        "title": plain(24),
        "submit": plain(24),
        "close": plain(24),
        "private_metadata": string(0, 3000),
        "callback_id": string(0, 255),
        "external_id": string(0, 255),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)


def block_errors(blocks: Any, most: int) -> list[str]:
    """Complaints about a list of blocks, each ending in Slack's ``[json-pointer:...]``."""
    errors = list(array(BLOCKS, 0, most)(blocks, "/blocks"))
    if errors:
        return errors
    return [*_duplicates(blocks), *_wholes(blocks)]


def message_errors(blocks: Any) -> list[str]:
    """As ``block_errors`` for a message, with the rules that hold over all of its blocks."""
    errors = block_errors(blocks, MESSAGE_BLOCKS)
    if not errors and sum(block["type"] == "table" for block in blocks) > 1:
        errors.append("[ERROR] only_one_table_allowed [json-pointer:/blocks]")
    return errors


def view_errors(view: Any) -> list[str]:
    """Complaints about a modal or a home tab."""
    errors = [error.replace(":/", ":/view/", 1) for error in VIEW(view, "")]
    if errors:
        return errors
    errors = block_errors(view["blocks"], VIEW_BLOCKS)
    kinds = {block["type"] for block in view["blocks"]}
    if view["type"] == "modal" and "title" not in view:
        errors.append("[ERROR] missing required field: title [json-pointer:/view]")
    if view["type"] == "modal" and "input" in kinds and "submit" not in view:
        errors.append("[ERROR] a submit is required when there are inputs [json-pointer:/view]")
    if view["type"] == "home" and view.keys() & {"title", "submit", "close"}:
        errors.append("[ERROR] a home tab has no title, submit or close [json-pointer:/view]")
    if kinds & {"table", "markdown"}:
        errors.append("[ERROR] unsupported type in a view [json-pointer:/view/blocks]")
    return errors


def _duplicates(blocks: list[dict[str, Any]]) -> Iterator[str]:
    block_ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    action_ids = Counter(
        (index, element["action_id"])
        for index, block in enumerate(blocks)
        for element in _elements(block)
        if "action_id" in element
    )
    for name, count in block_ids.items():
        if count > 1:
            yield f"[ERROR] block_id already exists: {name} [json-pointer:/blocks]"
    for (index, name), count in action_ids.items():
        if count > 1:
            yield f"[ERROR] action_id already exists: {name} [json-pointer:/blocks/{index}]"


def _elements(block: dict[str, Any]) -> list[dict[str, Any]]:
    if block["type"] == "actions":
        return list(block["elements"])
    return [block[name] for name in ("accessory", "element") if name in block]


def _wholes(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for index, block in enumerate(blocks):
        at = f"[json-pointer:/blocks/{index}]"
        if block["type"] == "section" and not block.keys() & {"text", "fields"}:
            yield f"[ERROR] section needs text or fields {at}"
        if block["type"] == "table" and len({len(row) for row in block["rows"]}) > 1:
            yield f"[ERROR] rows of different length {at}"
        if block["type"] == "image" and len(block.keys() & {"image_url", "slack_file"}) != 1:
            yield f"[ERROR] image needs image_url or slack_file {at}"
        yield from (f"[ERROR] {problem} {at}" for problem in _choices(block))
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN_TOTAL:
        yield "[ERROR] markdown blocks hold more than 12000 characters [json-pointer:/blocks]"


def _choices(block: dict[str, Any]) -> Iterator[str]:
    """Selections need options, and what they start with must be among them."""
    for element in _elements(block):
        if "static_select" in element["type"] and len(element.keys() & {"options", "option_groups"}) != 1:
            yield "a select needs options or option_groups"
        first = element.get(
            "initial_options", [element["initial_option"]] if "initial_option" in element else []
        )
        groups = element.get("option_groups", [])
        offered = element.get("options", []) + [option for group in groups for option in group["options"]]
        if any(option not in offered for option in first):
            yield "an initial option is not among the options"


def elements_size(node: Any) -> int:
    """Characters of all texts in blocks: what ``msg_blocks_too_long`` seems to count."""
    if isinstance(node, dict):
        return sum(
            len(value) if name == "text" and isinstance(value, str) else elements_size(value)
            for name, value in node.items()
        )
    return sum(map(elements_size, node)) if isinstance(node, list) else 0
