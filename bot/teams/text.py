"""Texts of the message language as runs of a RichTextBlock, which knows no mark-up: what people typed stays literal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot.teams.limits import PIECE
from handlers.messages import Bold, Link, Mention, Plain, Span, Spans, Time, plain

__all__ = ["Element", "literal", "paragraph", "paragraphs", "words_of"]

Element = dict[str, Any]

_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"]{1,2000}")
_FUNCTION = re.compile(r"\{(?=\{)")  # {{DATE(..)}} is worked out by clients, even in a run
_LINES = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")


def literal(words: str) -> str:
    """Words that mean nothing but themselves to a client."""
    return _FUNCTION.sub("{\u200b", _CONTROLS.sub("\ufffd", words))


def words_of(text: Spans, zone: ZoneInfo) -> str:
    """The words alone, with times in that zone."""
    return "".join(_shown(span, zone) for span in text)


def _shown(span: Span, zone: ZoneInfo) -> str:
    match span:
        case Time(at=at):
            return f"{at.astimezone(zone):%H:%M on %-d %B %Y}"
        case Link(text=text, url=url) if not _live(span):
            return f"{text} ({url})"
        case _:
            return plain((span,))


def _live(link: Link) -> bool:
    return _WEB.fullmatch(link.url) is not None and len(link.text) <= PIECE


def paragraphs(text: Spans, zone: ZoneInfo, **style: Any) -> Iterator[Element]:
    """One block a line, each small enough for any card; a blank line is a wider gap."""
    gap = False
    for line in _lines(text, zone):
        if not plain(line).strip():
            gap = True
            continue
        for number, piece in enumerate(_pieces(line)):
            spacing = {"spacing": "Medium" if gap else "Small"} if gap or number else {}
            yield paragraph(piece, **style) | spacing
            gap = False


def paragraph(line: Spans, **style: Any) -> Element:
    """One line as a RichTextBlock. ``style`` is for its runs."""
    return {"type": "RichTextBlock", "inlines": [_run(span, style) for span in line if plain((span,))]}


def _run(span: Span, style: dict[str, Any]) -> Element:
    run: Element = {"type": "TextRun", "text": literal(plain((span,))), **style}
    match span:
        case Bold():
            run["weight"] = "Bolder"
        case Link(url=url):
            run |= {"color": "Accent", "selectAction": {"type": "Action.OpenUrl", "url": url}}
    return run


def _lines(text: Spans, zone: ZoneInfo) -> Iterator[Spans]:
    """The text line by line; what is no address any client opens becomes words."""
    line: list[Span] = []
    for span in text:
        kind = Bold if isinstance(span, Bold) else Plain
        if isinstance(span, Link) and _live(span):
            line.append(Link(_LINES.sub(" ", span.text) or span.url, span.url))
            continue
        first, *rest = _LINES.split(_shown(span, zone))
        line.append(kind(first))
        for words in rest:
            yield tuple(line)
            line = [kind(words)]
    yield tuple(line)


def _pieces(line: Spans, most: int = PIECE) -> Iterator[Spans]:
    """The line in parts of at most so many characters."""
    held: list[Span] = []
    room = most
    for span in _cut(line, most):
        length = len(plain((span,)))
        if length > room and held:
            yield tuple(held)
            held, room = [], most
        held.append(span)
        room -= length
    if held:
        yield tuple(held)


def _cut(line: Sequence[Span], most: int) -> Iterator[Span]:
    for span in line:
        if isinstance(span, Time | Mention) or len(span.text) <= most:
            yield span
        else:
            kind = Bold if isinstance(span, Bold) else Plain
            yield from (kind(span.text[start:end]) for start, end in _breaks(span.text, most))


def _breaks(words: str, most: int) -> Iterator[tuple[int, int]]:
    """Broken after a space where there is one in the second half."""
    start = 0
    while len(words) - start > most:
        end = words.rfind(" ", start + most // 2, start + most) + 1 or start + most
        yield start, end
        start = end
    yield start, len(words)
