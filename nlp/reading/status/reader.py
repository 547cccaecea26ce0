"""Reads the status of a text or of a part of it: words, clauses, evidence, rules, cues."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from nlp.reading.draft import StatusReading
from nlp.reading.status.clauses import read_clauses
from nlp.reading.status.confidence import confidence_of
from nlp.reading.status.cues import cues_of
from nlp.reading.status.evidence import gather
from nlp.reading.status.lexicon import default_lexicon
from nlp.reading.status.rules import decide
from nlp.reading.words import split_words
from storage.model.reading import DateFound, PercentFound

__all__ = ["read_status", "says_no_change"]


def read_status(
    doc: Doc,
    dates: Sequence[DateFound],
    percentages: Sequence[PercentFound],
    start: int = 0,
    end: int | None = None,
) -> StatusReading:
    """The status of the part of the text between two characters (all of it by default)."""
    text = doc.text
    end = len(text) if end is None else end
    lexicon = default_lexicon()
    words = split_words(text, lexicon.spell, start, end)
    seen = gather(
        read_clauses(words, text, lexicon),
        [one for one in dates if start <= one.start_char < end],
        [one for one in percentages if start <= one.start_char < end],
    )
    decision = decide(seen)
    return StatusReading(decision.status, confidence_of(decision.rule), cues_of(seen, decision, text))


def says_no_change(doc: Doc, start: int, end: int) -> bool:
    """Whether this part of the text says in so many words that nothing has changed."""
    text, lexicon = doc.text, default_lexicon()
    clauses = read_clauses(split_words(text, lexicon.spell, start, end), text, lexicon)
    return any(signal.kind == "same" for clause in clauses for signal in clause.signals)
