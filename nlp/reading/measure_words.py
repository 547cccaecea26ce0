"""The vocabulary of measures, from measures.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from nlp.reading.words import data_rows
from storage.model.errors import AssurebotError

__all__ = ["phrase", "vocabulary"]

CLASSES = frozenset(
    [
        "adjective",
        "body",
        "caveat",
        "change",
        "duration",
        "elsewhere",
        "hedge",
        "identifier",
        "limit",
        "measured",
        "person",
        "pointer",
        "relative",
        "target",
        "vague",
        "verb",
    ]
)


@cache
def vocabulary(name: str) -> frozenset[str]:
    """The words of one class, lower case."""
    return _all()[name]


@cache
def phrase(name: str) -> re.Pattern[str]:
    """A pattern for any word or phrase of one class, longest first."""
    longest_first = sorted(_all()[name], key=len, reverse=True)
    words = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in longest_first)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I)


@cache
def _all() -> dict[str, frozenset[str]]:
    found = _grouped(data_rows("nlp.reading", "measures.tsv", 2))
    if wrong := sorted(CLASSES ^ found.keys()):
        raise AssurebotError(f"Check measures.tsv: unknown or missing classes: {', '.join(wrong)}.")
    return found


def _grouped(rows: Iterable[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for name, words in rows:
        groups.setdefault(name, set()).add(words.lower())
    return {name: frozenset(words) for name, words in groups.items()}
