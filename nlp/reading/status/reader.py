"""Reads the status of a text or of a part of it: words, clauses, evidence, rules, cues."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from spacy.tokens import Doc

from nlp.reading.draft import StatusReading
from nlp.reading.status.clauses import Clause, read_clauses
from nlp.reading.status.confidence import confidence_of
from nlp.reading.status.cues import cues_of
from nlp.reading.status.evidence import gather
from nlp.reading.status.lexicon import default_lexicon
from nlp.reading.status.rules import decide
from nlp.reading.words import split_words
from storage.model.reading import DateFound, PercentFound

__all__ = ["read_part", "read_status", "says_no_change"]

_Found = TypeVar("_Found", DateFound, PercentFound)


def read_status(
    doc: Doc,
    dates: Sequence[DateFound],
    percentages: Sequence[PercentFound],
    start: int = 0,
    end: int | None = None,
) -> StatusReading:
    """The status of the part of the text between two characters (all of it by default)."""
    text = doc.text
    return read_part(text, dates, percentages, start, len(text) if end is None else end)


def read_part(
    text: str, dates: Sequence[DateFound], percentages: Sequence[PercentFound], start: int, end: int
) -> StatusReading:
    """The status of ``text[start:end]``; dates and percentages are those of the whole text, in order."""
    clauses = _clauses(text, start, end)
    seen = gather(clauses, _inside(dates, start, end), _inside(percentages, start, end))
    decision = decide(seen)
    return StatusReading(decision.status, confidence_of(decision.rule), cues_of(seen, decision, text))


def says_no_change(text: str, start: int, end: int) -> bool:
    """Whether this part of the text says in so many words that nothing has changed."""
    return any(signal.kind == "same" for clause in _clauses(text, start, end) for signal in clause.signals)


def _clauses(text: str, start: int, end: int) -> list[Clause]:
    lexicon = default_lexicon()
    return read_clauses(split_words(text, lexicon.spell, start, end), text, lexicon)


def _inside(found: Sequence[_Found], start: int, end: int) -> Sequence[_Found]:
    first = bisect_left(found, start, key=lambda one: one.start_char)
    return found[first : bisect_left(found, end, key=lambda one: one.start_char)]
