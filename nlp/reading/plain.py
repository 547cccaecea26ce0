"""The text as the rules see it: one kind of dash, quote, space and digit, and nothing invisible."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

__all__ = ["MAX_CHARS", "Plain", "plain"]

MAX_CHARS = 1_000_000  # what is longer is read up to here

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_ALIKE = {
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63",
    "'": "\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032`",
    '"': "\u201c\u201d\u201e\u2033",
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
    "%": "\u066a\ufe6a",
    "/": "\u2044\u2215",
}
_SAME_LENGTH = _FULL_WIDTH | {ord(char): ord(to) for to, chars in _ALIKE.items() for char in chars}
# Zero-width characters, direction marks, soft hyphens and emoji variation selectors.
_INVISIBLE = frozenset(
    map(
        chr, chain((0xAD, 0x61C, 0xFEFF), range(0x200B, 0x2010), range(0x202A, 0x202F), range(0x2060, 0x2070))
    )
) | {"\ufe0e", "\ufe0f"}


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain text, and for each of its characters where it stood (None: where it stands)."""

    text: str
    offsets: tuple[int, ...] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that a non-empty span of the plain text came from."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def plain(text: str) -> Plain:
    """Make look-alikes one and drop the invisible; a text of ASCII alone stays as it is."""
    text = text[:MAX_CHARS]
    if text.isascii():
        return Plain(text.replace("\t", " "))
    text = text.translate(_SAME_LENGTH)
    if _INVISIBLE.isdisjoint(text):
        return Plain(text)
    kept = [at for at, char in enumerate(text) if char not in _INVISIBLE]
    return Plain("".join(text[at] for at in kept), tuple(kept))
