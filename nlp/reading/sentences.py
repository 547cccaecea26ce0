"""Sentences and lines of a text, by their marks: no full stop of "e.g." or "No. 7" ends one."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["sentences"]

_END = re.compile(r"[.!?]['\"”’)]?\s+|\n+|;\s")
_ABBREVIATED = re.compile(
    r"\b(?:e\.g|i\.e|no|nos|approx|st|vs|etc|c|dr|mr|mrs|ms|dept|ref|inc|ltd)\.\s*\Z", re.I
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence starts and ends, in order; a semicolon and a new line end one too."""
    start = 0
    for found in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(start, found.start() - 6) : found.end()]):
            yield start, start + len(text[start : found.end()].rstrip())
            start = found.end()
    yield start, len(text)
