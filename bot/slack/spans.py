"""Texts of the message language in Slack's terms. What people typed stays literal: it pings and links nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.slack.limits import CONTEXT, FALLBACK, PIECE
from handlers.messages import Bold, Link, Mention, Plain, Span, Spans, Time, plain

__all__ = ["Element", "context", "elements", "escape", "fallback", "pieces", "section"]

Element = dict[str, Any]
People = Mapping[int, str]  # person id -> Slack user id, of those whom the message is for

_TIME = "{date_short_pretty} at {time}"
_WEB = re.compile(r"(?:https?|mailto):[^\s<>|]{1,2900}")
_HALF_ENTITY = re.compile(r"&[a-z]{0,4}$")


def escape(text: str) -> str:
    """Words as Slack's mark-up, meaning just these words."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fallback(words: str) -> str:
    """Words for notifications and screen readers: escaped, and short enough for chat.update."""
    escaped = escape(words.strip()) or "Assurebot"
    if len(escaped) <= FALLBACK:
        return escaped
    return _HALF_ENTITY.sub("", escaped[: FALLBACK - 1]) + "…"


def elements(text: Spans, people: People) -> list[Element]:
    """A text as elements of a rich_text section."""
    return [_element(span, people) for span in text if plain((span,))]


def _element(span: Span, people: People) -> Element:
    match span:
        case Bold(text=text):
            return {"type": "text", "text": text, "style": {"bold": True}}
        case Link(text=text, url=url) if _WEB.fullmatch(url):
            return {"type": "link", "url": url, "text": text}
        case Link(text=text, url=url):
            return {"type": "text", "text": f"{text} ({url})"}
        case Mention(person_id=person_id) if person_id in people:
            return {"type": "user", "user_id": people[person_id]}
        case Time(at=at):
            shown = {"format": _TIME, "fallback": plain((span,))}
            return {"type": "date", "timestamp": int(at.timestamp()), **shown}
        case _:
            return {"type": "text", "text": plain((span,))}


def section(text: Spans, people: People, kind: str = "rich_text_section") -> Element | None:
    """A paragraph as a part of a rich_text block; None for an empty one."""
    held = elements(text, people)
    return {"type": kind, "elements": held} if held else None


def context(text: Spans, people: People) -> Element | None:
    """An aside as a context block; None where it does not fit into one."""
    runs = _runs(text)
    if not 0 < len(runs) <= CONTEXT or any(len(plain(run)) > PIECE for run in runs):
        return None
    return {"type": "context", "elements": [_aside(run, people) for run in runs]}


def _runs(text: Spans) -> list[Spans]:
    """Neighbouring literal spans are one element; every live one is its own."""
    runs: list[Spans] = []
    for span in text:
        literal = isinstance(span, Plain | Bold)
        if literal and runs and isinstance(runs[-1][-1], Plain | Bold):
            runs[-1] = (*runs[-1], span)
        elif plain((span,)).strip():
            runs.append((span,))
    return [run for run in runs if plain(run).strip()]


def _aside(run: Spans, people: People) -> Element:
    """Literal words as plain_text, which Slack does not read for mark-up; the live spans are ours."""
    match run[0]:
        case Link(url=url) if _WEB.fullmatch(url):
            return {
                "type": "mrkdwn",
                "text": f"<{url}|{escape(plain(run)).replace('|', '¦')}>",
                "verbatim": True,
            }
        case Mention(person_id=person_id) if person_id in people:
            return {"type": "mrkdwn", "text": f"<@{people[person_id]}>"}
        case Time(at=at):
            return {"type": "mrkdwn", "text": f"<!date^{int(at.timestamp())}^{_TIME}|{plain(run)}>"}
        case _:
            return {"type": "plain_text", "text": plain(run), "emoji": False}


def pieces(text: Spans, most: int = PIECE) -> Iterator[Spans]:
    """The text in parts of at most so many characters, broken at a line or word where there is one."""
    held: list[Span] = []
    room = most
    for span in _cut(text, most):
        length = len(plain((span,)))
        if length > room and held:
            yield tuple(held)
            held, room = [], most
        held.append(span)
        room -= length
    if held:
        yield tuple(held)


def _cut(text: Sequence[Span], most: int) -> Iterator[Span]:
    for span in text:
        if len(plain((span,))) <= most or isinstance(span, Time | Mention):
            yield span
        else:
            kind = Bold if isinstance(span, Bold) else Plain
            words = f"{span.text} ({span.url})" if isinstance(span, Link) else span.text
            yield from (kind(words[start:end]) for start, end in _breaks(words, most))


def _breaks(words: str, most: int) -> Iterator[tuple[int, int]]:
    start = 0
    while len(words) - start > most:
        window = words[start : start + most]
        end = max(window.rfind("\n"), window.rfind(" ")) + 1
        yield start, start + (end if end > most // 2 else most)
        start += end if end > most // 2 else most
    yield start, len(words)
