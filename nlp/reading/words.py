"""A text's words, in one spelling: contractions opened, chat spelling and plain typing slips put right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from storage.model.errors import AssurebotError

__all__ = ["Word", "data_rows", "speller", "split_words"]

_WORD = re.compile(
    r"[^\W\d_]{1,2}\d+(?:\.\d+)*|\d{1,2}[a-h](?![^\W_])|[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|\d+(?:[.,/:]\d+)*|[^\w\s]|_"
)
_SILENT = frozenset(":\"'()[]")  # marks that no pattern needs to see
# Behind these "'s" is no genitive ("the lift's been fitted", "the rota's in").
_AFTER_HAS = frozenset({"been", "gone", "got", "had"})
_AFTER_IS = _AFTER_HAS | {
    "all",
    "almost",
    "done",
    "finished",
    "going",
    "in",
    "live",
    "nearly",
    "not",
    "now",
    "out",
    "still",
    "up",
}
_LONGEST = 24  # no word of the vocabulary is longer; a longer token is never respelt
_SHORTEST_RESPELT = 7  # in shorter words one slip too often makes another word


class Word(NamedTuple):
    """One normal word and the span it was typed in (two words of one contraction share a span)."""

    start: int
    end: int
    norm: str


def data_rows(package: str, name: str, columns: int) -> list[tuple[str, ...]]:
    """The rows of a tab-separated data file; ``#`` opens a comment line.

    Raises AssurebotError, naming file and line, where a row has another number of columns.
    """
    rows = []
    for number, line in enumerate(files(package).joinpath(name).read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) != columns or not all(cells):
            raise AssurebotError(f"Give line {number} of {name} {columns} columns with a tab between them.")
        rows.append(cells)
    return rows


def split_words(text: str, spell: Callable[[str], Sequence[str]], start: int, end: int) -> list[Word]:
    """The words, numbers and signs of ``text[start:end]``; offsets are into the whole text."""
    words: list[Word] = []
    for found in _WORD.finditer(text, start, end):
        first, last = found.span()
        raw = found.group()
        if raw in _SILENT:
            continue
        if len(raw) == 1 or raw[0].isdigit():
            words.append(Word(first, last, raw.lower()))
            continue
        if raw == "May" and first > start:  # the month; the verb is typed small
            words.append(Word(first, last, raw))
            continue
        if words and words[-1].norm == "'s" and raw.lower() in _AFTER_IS:
            words[-1] = words[-1]._replace(norm="has" if raw.lower() in _AFTER_HAS else "is")
        words.extend(Word(first, last, norm) for norm in spell(raw))
    return words


def speller(known: Collection[str], spelling: dict[str, tuple[str, ...]]) -> Callable[[str], Sequence[str]]:
    """A function from a typed word to its normal words, for a vocabulary of ``known`` words."""
    nearby = _single_deletions(known)

    @lru_cache(maxsize=8192)
    def spell(raw: str) -> tuple[str, ...]:
        if len(raw) > _LONGEST:
            return (raw.lower(),)
        word = raw.lower().replace("’", "'").replace("ʼ", "'")
        if word in spelling:
            return spelling[word]
        if word in known:
            return (word,)
        if "'" in word:
            return _open_contraction(word)
        return (_respelt(word, known, nearby),)

    return spell


_WITH_IS = frozenset(
    {"it", "that", "there", "what", "he", "she", "who", "here", "nobody", "everyone", "everybody", "someone"}
)


def _open_contraction(word: str) -> tuple[str, ...]:
    if word.endswith("n't"):
        return (word[:-3], "not") if len(word) > 3 else ("not",)
    head, _, tail = word.partition("'")
    ending = {"ve": "have", "re": "are", "ll": "will", "m": "am", "d": "would"}.get(tail)
    if tail == "s":
        ending = "is" if head in _WITH_IS else "'s"
    return (head, ending) if ending else (head,)


def _single_deletions(known: Collection[str]) -> dict[str, str]:
    long = sorted(word for word in known if len(word) >= _SHORTEST_RESPELT and word.isalpha())
    return {word[:i] + word[i + 1 :]: word for word in long for i in range(1, len(word) - 2)}


def _respelt(word: str, known: Collection[str], nearby: dict[str, str]) -> str:
    """The vocabulary's word when one letter inside is missing, doubled or swapped; else the word itself.

    The first and the last two letters must agree, so that no ending ("provide", "provided") is invented.
    """
    if len(word) < _SHORTEST_RESPELT - 1 or not word.isalpha():
        return word
    if word in nearby and _ends_agree(word, nearby[word]):
        return nearby[word]
    for i in range(1, len(word) - 2):
        shorter = word[:i] + word[i + 1 :]
        if shorter in known and len(shorter) >= _SHORTEST_RESPELT and _ends_agree(word, shorter):
            return shorter
        swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if swapped in known and len(swapped) >= _SHORTEST_RESPELT:
            return swapped
    return word


def _ends_agree(one: str, other: str) -> bool:
    return one[0] == other[0] and one[-2:] == other[-2:]
