"""What a person reads in a message or view, and whom it pings: blocks and mrkdwn turned into words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

__all__ = ["buttons_of", "elements_of", "pings_of", "readable", "typed"]

_ANGLED = re.compile(r"<([^<>\n]{1,3000})>")
_URL = re.compile(r"https?://[^\s<>|]+")
_AT = re.compile(r"@([A-Z][\w'-]*(?: [A-Z][\w'-]*)?)")


def typed(words: str, user_ids: Mapping[str, str]) -> str:
    """What Slack makes of words typed in its composer: escaped, links and known @names made live."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = re.sub(r"&lt;(@[UW]\w+)&gt;", r"<\1>", escaped)
    escaped = _AT.sub(lambda found: _mention(found, user_ids), escaped)
    return _URL.sub(lambda found: f"<{found[0]}>", escaped)


def _mention(found: re.Match[str], user_ids: Mapping[str, str]) -> str:
    for name in (found[1], found[1].split(" ")[0]):
        if name in user_ids:
            return f"<@{user_ids[name]}>" + found[1][len(name) :]
    return found[0]


def readable(payload: Mapping[str, Any], name_of: Callable[[str], str] = str) -> str:
    """The words on screen, a block or table row a line. Without blocks, the text."""
    blocks = payload.get("blocks")
    if not blocks:
        return _mrkdwn(str(payload.get("text") or ""), name_of)
    return "\n".join(line for block in blocks for line in _block(block, name_of))


def _block(block: Mapping[str, Any], name_of: Callable[[str], str]) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            yield from (_rich(part, name_of) for part in block["elements"])
        case "table":
            for row in block["rows"]:
                yield " | ".join(_cell(cell, name_of) for cell in row)
        case "markdown":
            yield block["text"]
        case "image":
            yield f"[image: {block['alt_text']}]"
        case "input":
            yield block["label"]["text"]
        case "actions":
            yield " ".join(
                f"[{element['text']['text']}]" for element in block["elements"] if "text" in element
            )
        case _:
            texts = [block["text"]] if "text" in block else []
            texts += block.get("fields", []) + [each for each in block.get("elements", []) if "text" in each]
            yield from (_text(each, name_of) for each in texts)
            if "text" in block.get("accessory", {}):
                yield f"[{block['accessory']['text']['text']}]"


def _text(text: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    return _mrkdwn(text["text"], name_of) if text["type"] == "mrkdwn" else str(text["text"])


def _cell(cell: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    if cell["type"] == "raw_text":
        return str(cell["text"])
    return " ".join(_rich(part, name_of) for part in cell["elements"])


def _rich(part: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    match part["type"]:
        case "rich_text_list":
            return "\n".join("• " + _rich(item, name_of) for item in part["elements"])
        case "text":
            return str(part["text"])
        case "link":
            return str(part.get("text") or part["url"])
        case "user":
            return "@" + name_of(part["user_id"])
        case "date":
            return str(part.get("fallback") or part["timestamp"])
        case "broadcast":
            return "@" + str(part["range"])
        case "channel" | "emoji":
            return str(part.get("channel_id") or f":{part['name']}:")
        case _:
            return "".join(_rich(each, name_of) for each in part["elements"])


def _mrkdwn(text: str, name_of: Callable[[str], str]) -> str:
    return html.unescape(_ANGLED.sub(lambda found: _angled(found[1], name_of), text))


def _angled(inside: str, name_of: Callable[[str], str]) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "@" + name_of(target[1:])
    if target.startswith("!date^"):
        return label
    return label or target.lstrip("!#")


def pings_of(payload: Mapping[str, Any]) -> set[str]:
    """User ids, and "channel", "here", "everyone", that the message calls."""
    found = _mrkdwn_pings(str(payload.get("text") or ""))
    for element in elements_of(payload.get("blocks") or []):
        if element.get("type") == "user":
            found.add(element["user_id"])
        elif element.get("type") == "broadcast":
            found.add(element["range"])
        elif element.get("type") in {"mrkdwn", "markdown"}:
            found |= _mrkdwn_pings(element["text"])
    return found


def _mrkdwn_pings(text: str) -> set[str]:
    targets = {inside.partition("|")[0] for inside in _ANGLED.findall(text)}
    return {
        target[1:] for target in targets if target[0] == "@" or target in {"!channel", "!here", "!everyone"}
    }


def elements_of(node: Any) -> Iterator[dict[str, Any]]:
    """Every object of a payload, however deep."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from elements_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from elements_of(value)


def buttons_of(blocks: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(block, element) of everything that a person can press or choose in."""
    for block in blocks:
        elements = block["elements"] if block["type"] == "actions" else [block.get("accessory", {})]
        yield from ((block, element) for element in elements if "action_id" in element)
