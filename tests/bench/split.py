"""Which labelled texts are held aside: a third, by a hash of their id, never looked at while rules are made."""

from __future__ import annotations

from hashlib import sha256

__all__ = ["held_aside"]


def held_aside(text_id: str) -> bool:
    """Whether this text belongs to the third that only measures, so that both figures can be reported."""
    return int(sha256(text_id.encode()).hexdigest(), 16) % 3 == 0
