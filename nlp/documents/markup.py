"""Cell and paragraph text as people see it: mark-up, entities and invisible characters taken away."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["flat", "joined", "lines", "norm", "visible"]

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|ul|ol|li|br|hr|tr|td|th|table|tbody|thead|h[1-6])(?:\s[^<>]{0,300})?/?>", re.IGNORECASE
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|center|code|del|em|font|i|img|input|ins|label|mark|s|small|span|strike|strong|sub|sup|u)"
    r"(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_WORD_LEFTOVER = re.compile(r"\[bookmark: [^\]]{0,60}\]|!\[[^\]]{0,80}\]\([^)]{0,200}\)")
_BOLD = re.compile(r"\*\*([^*\n]{1,300})\*\*")
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xE000, 0xF900)])
_CONTROL = {c: " " for c in range(32) if c != 10} | {0x7F: " ", 0xA0: " ", 0x2028: "\n", 0x2029: "\n"}
_TABLE = str.maketrans(_INVISIBLE | _CONTROL)


def visible(text: str) -> str:
    """The text without mark-up, one line for each block of it; typed characters stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    if "<" in text:
        text = _INLINE_TAG.sub("", _BLOCK_TAG.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    text = text.translate(_TABLE)
    if "[" in text:
        text = _WORD_LEFTOVER.sub("", text)
    return _BOLD.sub(r"\1", text) if "**" in text else text


def lines(text: str) -> list[str]:
    """The lines that hold something, white space collapsed."""
    found = (" ".join(line.split()) for line in visible(text).split("\n"))
    return [line for line in found if line]


@lru_cache(maxsize=16_384)  # a cell is looked at many times while its row finds its place
def flat(text: str) -> str:
    """All of it on one line."""
    return " ".join(visible(text).split())


def joined(parts: Iterable[str]) -> str:
    """The parts that hold something, one a line."""
    return "\n".join(part for part in parts if part)


def norm(text: str) -> str:
    """What two printings of a label have in common: lower-case words and numbers, single-spaced."""
    return " ".join(re.findall(r"[^\W_]+", flat(text).lower()))
