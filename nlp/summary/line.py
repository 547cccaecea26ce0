"""One line of at most 30 words, all of them the text's own."""

from __future__ import annotations

from storage.model.reading import Reading

__all__ = ["one_line"]


def one_line(text: str, reading: Reading) -> str:
    """What a board must know of this text; ``reading`` has its offsets into ``text``."""
    return ""
