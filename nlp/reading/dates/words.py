"""The vocabulary of dates: which word means what, loaded once from ``vocabulary.tsv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from string import ascii_lowercase

from nlp.reading.tokens import pieces
from storage.model.errors import SettingsError

__all__ = ["KINDS", "Word", "one_slip_away", "vocabulary"]

# One letter per kind: a text's shape is the string of its letters, and rules are patterns of it.
KINDS = {
    "month": "M",
    "weekday": "W",
    "season": "S",
    "feast": "E",
    "edge": "e",
    "third": "l",
    "turn": "r",
    "unit": "u",
    "count": "k",
    "rank": "K",
    "near": "d",
    "same_time": "g",
    "week_from": "X",
    "week_to": "Z",
    "month_from": "J",
    "month_to": "P",
    "quarter_to": "s",
    "year_to": "Q",
    "ago": "a",
    "hence": "b",
    "in": "i",
    "of": "O",
    "the": "T",
    "to": "t",
    "and": "A",
    "between": "B",
    "from": "c",
    "after": "j",
    "on": "w",
    "financial": "f",
    "academic": "D",
    "calendar": "L",
    "quarter": "q",
    "half": "h",
    "half_word": "H",
    "suffix": "o",
    "leap": "G",
    "about": "~",
    "before": "V",
    "every": "v",
    "time": "z",
    "not_a_date": "!",
}
_LONG_NAMES = 6  # letters from which a name with one slip is still certain


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of the vocabulary; ``pieces`` as the tokenizer cuts it."""

    kind: str
    value: str
    pieces: tuple[str, ...]
    slip: bool = False


@cache
def vocabulary() -> dict[str, tuple[Word, ...]]:
    """Words and phrases by their first piece, longest first."""
    found: dict[str, list[Word]] = {}
    for word in chain.from_iterable(map(_words, _rows())):
        found.setdefault(word.pieces[0], []).append(word)
    return {first: tuple(sorted(words, key=lambda word: -len(word.pieces))) for first, words in found.items()}


@cache
def one_slip_away() -> dict[str, Word]:
    """Long month and weekday names with one letter missing, doubled, swapped, wrong or added."""
    known = vocabulary()
    names = {
        word.pieces[0]: word
        for word in chain.from_iterable(known.values())
        if word.kind in "MW" and len(word.pieces) == 1 and len(word.pieces[0]) >= _LONG_NAMES
    }
    slips: dict[str, Word] = {}
    for name, word in names.items():
        for slip in _slips(name):
            if (
                slip not in known
                and slip != name + "s"
                and not any(slip in _slips(other) for other in names if other != name)
            ):
                slips[slip] = Word(word.kind, word.value, (slip,), slip=True)
    return slips


def _rows() -> list[str]:
    text = files(__package__).joinpath("vocabulary.tsv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _words(row: str) -> list[Word]:
    kind, _, rest = row.partition("\t")
    value, _, ways = rest.partition("\t")
    if kind not in KINDS or not value or not ways.strip():
        raise SettingsError(f"Write this line of dates/vocabulary.tsv as kind, value, words: {row!r}.")
    return [Word(KINDS[kind], value, tuple(pieces(way.strip()))) for way in ways.split(" | ")]


@cache
def _slips(name: str) -> frozenset[str]:
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    return frozenset(
        chain(
            (left + right[1:] for left, right in cuts if right),
            (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
            (left + char + right[1:] for left, right in cuts if right for char in ascii_lowercase),
            (left + char + right for left, right in cuts for char in ascii_lowercase),
        )
    )
