"""What a person reads on a card, and what they can press and fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.teams.card_rules import CARD, walk

__all__ = ["buttons_of", "card_of", "inputs_of", "readable"]


def card_of(activity: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The card of a message."""
    cards = [each["content"] for each in activity.get("attachments") or [] if each["contentType"] == CARD]
    return cards[0] if cards else None


def readable(activity: Mapping[str, Any]) -> str:
    """The words on screen, a line each, with what is folded away in its place."""
    lines = [str(activity["text"])] if activity.get("text") else []
    for attachment in activity.get("attachments") or []:
        if attachment["contentType"] == CARD:
            lines += [line for element in attachment["content"].get("body", []) for line in _lines(element)]
        else:
            lines.append(f"[file: {attachment.get('name')}]")
    return "\n".join(lines)


def _lines(element: Mapping[str, Any]) -> Iterator[str]:
    kind = element["type"]
    if kind == "RichTextBlock":
        yield _seen("".join(run["text"] for run in element["inlines"]))
    elif kind == "TextBlock":
        yield _seen(element["text"])
    elif kind == "Container":
        for item in element["items"]:
            yield from _lines(item)
    elif kind == "Table":
        for row in element["rows"]:
            yield " | ".join(
                " ".join(line for item in cell["items"] for line in _lines(item)) for cell in row["cells"]
            )
    elif kind == "ActionSet":
        yield " ".join(f"[{_seen(action['title'])}]" for action in element["actions"])
    elif kind == "Image":
        yield f"[image: {_seen(element.get('altText', ''))}]"
    elif kind.startswith("Input."):
        yield _seen(element.get("label", ""))


def _seen(words: str) -> str:
    """Without characters that have no width."""
    return words.replace("\u200b", "")


def buttons_of(card: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Title -> action, of all that can be pressed."""
    return {
        thing["title"]: thing
        for thing in walk(card)
        if thing["type"].startswith("Action.") and "title" in thing
    }


def inputs_of(card: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Label -> input."""
    return {thing["label"]: thing for thing in walk(card) if thing["type"].startswith("Input.")}
