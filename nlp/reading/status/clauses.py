"""Cuts words into clauses: at the ends of sentences and lines, at dashes, and before "but" and its like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.reading.status.lexicon import Lexicon
from nlp.reading.status.signals import Signal, signals_of
from nlp.reading.words import Word

__all__ = ["Clause", "read_clauses"]

_STOPS = frozenset(".;!?•·*|")
_CONTRAST = frozenset({"but", "however", "although", "though", "except", "whereas", "albeit"})
_CONCESSION = frozenset({"although", "though", "while", "whilst"})
_VERBAL = frozenset({"{aux}", "{ed}", "{ing}", "{habit}", "{finish}", "{step}", "{begin}", "{plain-verb}"})
_MOST_WORDS = 150  # a longer clause is cut, so that the time to read it stays in line with its length


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence; ``after_but`` when it is set against what came before, ``verbal`` with a verb."""

    start: int
    end: int
    words: int
    signals: tuple[Signal, ...]
    after_but: bool = False
    question: bool = False
    verbal: bool = True


def read_clauses(words: Sequence[Word], text: str, lexicon: Lexicon) -> list[Clause]:
    """The clauses of these words, in order, with what each says."""
    clauses = []
    for first, last, after_but in _cuts(words, text):
        inside = words[first:last]
        question = last < len(words) and words[last].norm == "?"
        signals = tuple(signals_of(inside, lexicon))
        verbal = not all(_VERBAL.isdisjoint(lexicon.tags(word.norm)) for word in inside)
        start, end = inside[0].start, inside[-1].end
        clauses.append(Clause(start, end, len(inside), signals, after_but, question, verbal))
    return clauses


def _cuts(words: Sequence[Word], text: str) -> Iterator[tuple[int, int, bool]]:
    """(first word, last word, set against the clause before) of each clause that has a word.

    The comma after an opening "although" ends what is granted; what follows is set against it.
    """
    first, after_but = 0, False
    for at, word in enumerate(words):
        granted = word.norm == "," and words[first].norm in _CONCESSION
        contrast = granted or (word.norm in _CONTRAST and at > first)
        stop = (
            granted
            or word.norm in _STOPS
            or (word.norm == "-" and text[word.start - 1 : word.start].isspace())
        )
        broken = at > 0 and "\n" in text[words[at - 1].end : word.start]
        if not (contrast or stop or broken or at - first >= _MOST_WORDS):
            continue
        if at > first:
            yield first, at, after_but
            after_but = contrast
        first = at + 1 if stop else at
    if first < len(words):
        yield first, len(words), after_but
