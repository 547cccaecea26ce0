"""Reads the status of a text or of a part of it: words, clauses, evidence, rules, weights, cues."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TypeVar

from nlp.reading.draft import StatusReading
from nlp.reading.status.clauses import read_clauses
from nlp.reading.status.confidence import confidence_of
from nlp.reading.status.cues import WEIGHED, cues_of
from nlp.reading.status.evidence import Evidence, gather
from nlp.reading.status.lexicon import default_lexicon
from nlp.reading.status.marks import marks_of_evidence, marks_of_verdict, marks_of_words
from nlp.reading.status.rules import Decision, decide, kinds_of
from nlp.reading.status.signals import Signal
from nlp.reading.status.weighing import LABELS, chances, default_weights, leaning, pull
from nlp.reading.words import Word, split_words
from storage.model.reading import DateFound, PercentFound

__all__ = ["evidence_of", "read_part", "read_status", "says_no_change", "words_of"]

_Found = TypeVar("_Found", DateFound, PercentFound)


def read_status(text: str, dates: Sequence[DateFound], percentages: Sequence[PercentFound]) -> StatusReading:
    """The status of a whole text."""
    return read_part(text, dates, percentages, 0, len(text))


def read_part(
    text: str, dates: Sequence[DateFound], percentages: Sequence[PercentFound], start: int, end: int
) -> StatusReading:
    """The status of ``text[start:end]``; dates and percentages are those of the whole text, in order.

    The rules give a first verdict and the cues; the weights decide, and the verdict of a rule counts among
    them by how often that rule is right.
    """
    words = words_of(text, start, end)
    seen = evidence_of(words, text, _inside(dates, start, end), _inside(percentages, start, end))
    first, weights = decide(seen), default_weights()
    marks = chain(marks_of_verdict(first), marks_of_evidence(seen), marks_of_words(words))
    label, share = LABELS.index(first.status), confidence_of(first.rule)
    chance = leaning(chances(marks, weights), label, share)
    best = int(chance.argmax())
    status, confidence = LABELS[best], weights.confidence(float(chance[best]))
    spoken = [word for word in words if any(map(str.isalpha, word.norm))]
    if not spoken:  # figures and signs alone: nothing for the weights to go by
        status, confidence = first.status, share
    if status is first.status:
        return StatusReading(status, confidence, cues_of(seen, first, text))
    decision = Decision(status, WEIGHED, (WEIGHED, *kinds_of(status)))
    loudest = max(spoken, key=lambda word: _pull(word.norm, best))
    weighed = Signal(loudest.start, loudest.end, WEIGHED, WEIGHED)
    return StatusReading(status, confidence, cues_of(seen, decision, text, weighed))


@lru_cache(maxsize=8192)
def _pull(norm: str, label: int) -> float:
    """How much a word by itself speaks for a status."""
    return pull(marks_of_words([Word(0, 0, norm)]), label, default_weights())


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]`` in the spelling of the vocabulary."""
    return split_words(text, default_lexicon().spell, start, end)


def evidence_of(
    words: Sequence[Word], text: str, dates: Sequence[DateFound], percentages: Sequence[PercentFound]
) -> Evidence:
    """What these words, dates and figures hold for and against each status."""
    return gather(read_clauses(words, text, default_lexicon()), dates, percentages)


def says_no_change(text: str, start: int, end: int) -> bool:
    """Whether this part of the text says in so many words that nothing has changed."""
    clauses = read_clauses(words_of(text, start, end), text, default_lexicon())
    return any(signal.kind == "same" for clause in clauses for signal in clause.signals)


def _inside(found: Sequence[_Found], start: int, end: int) -> Sequence[_Found]:
    first = bisect_left(found, start, key=lambda one: one.start_char)
    return found[first : bisect_left(found, end, key=lambda one: one.start_char)]
