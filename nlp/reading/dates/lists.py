"""The words beside a doubtful word that settle what it is (``context_words.tsv``)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from storage.model.errors import SettingsError

__all__ = ["word_list"]


def word_list(name: str) -> frozenset[str]:
    """One list of ``context_words.tsv``."""
    return _word_lists()[name]


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("context_words.tsv").read_text(encoding="utf-8")
    lists: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, words = line.partition("\t")
        if name in lists or not words.split():
            raise SettingsError(f"Write this line of dates/context_words.tsv as list, words, once: {line!r}.")
        lists[name] = frozenset(words.split())
    return lists
