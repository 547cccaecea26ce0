"""One blank spaCy pipeline, loaded once; each part of a reading is a component over the Doc.

    refs -> dates -> percentages -> measures -> status -> segments

A component calls one function, writes its field of the Draft and the same spans to ``doc.spans``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from threading import Lock
from typing import Protocol, TypeVar

import spacy
from spacy.attrs import IDX
from spacy.language import Language
from spacy.tokens import Doc, Span

from nlp.reading import measures, refs, segments, status
from nlp.reading.dates import find_dates
from nlp.reading.draft import Draft, draft_of, set_draft
from nlp.reading.percentages import find_percentages
from nlp.reading.plain import Plain, plain
from nlp.reading.tokens import LinearTokenizer
from nlp.summary.line import one_line
from storage.model.reading import Reading

__all__ = ["COMPONENTS", "pipeline", "read", "read_many"]


class _Found(Protocol):
    @property
    def start_char(self) -> int: ...
    @property
    def end_char(self) -> int: ...


def _mark(doc: Doc, key: str, found: Iterable[_Found]) -> None:
    """The same spans as tokens, widened to whole ones (``doc.char_span`` walks all of the text each time)."""
    spans = [(one.start_char, one.end_char) for one in found if one.start_char < one.end_char]
    if not spans:
        doc.spans[key] = []
        return
    tokens = doc.to_array(IDX).astype("int64")  # of another type it would be copied for each question
    starts, ends = zip(*spans, strict=True)
    firsts, lasts = tokens.searchsorted(starts, side="right") - 1, tokens.searchsorted(ends, side="left")
    doc.spans[key] = [
        Span(doc, first, last, key) for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    ]


@Language.component("assurebot_refs")
def _refs(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.refs = refs.find_refs(draft.text, draft.known_refs)
    _mark(doc, "refs", draft.refs)
    return doc


@Language.component("assurebot_dates")
def _dates(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.dates = find_dates(draft.text, draft.as_of, draft.refs)
    _mark(doc, "dates", draft.dates)
    return doc


@Language.component("assurebot_percentages")
def _percentages(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.percentages = find_percentages(draft.text, draft.dates)
    _mark(doc, "percentages", draft.percentages)
    return doc


@Language.component("assurebot_measures")
def _measures(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.measures = measures.find_measures(draft.text, draft.dates, draft.percentages)
    _mark(doc, "measures", draft.measures)
    return doc


@Language.component("assurebot_status")
def _status(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.status = status.read_status(draft.text, draft.dates, draft.percentages)
    _mark(doc, "cues", draft.status.cues)
    return doc


@Language.component("assurebot_segments")
def _segments(doc: Doc) -> Doc:
    draft = draft_of(doc)
    draft.segments = segments.split(draft.text, draft.refs, draft.dates, draft.percentages)
    draft.status = segments.of_message(draft.status, draft.segments)
    _mark(doc, "segments", draft.segments)
    return doc


COMPONENTS = (
    "assurebot_refs",
    "assurebot_dates",
    "assurebot_percentages",
    "assurebot_measures",
    "assurebot_status",
    "assurebot_segments",
)
_READING = Lock()  # a memory zone belongs to one reader at a time


@cache
def pipeline() -> Language:
    """The shared pipeline; the first call loads it (about a second, most of it spaCy itself)."""
    nlp = spacy.blank("en")
    # No rule asks what spaCy knows of single words, which takes it a tenth of the time of a reading.
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]
    nlp.tokenizer = LinearTokenizer(nlp.vocab)
    for component in COMPONENTS:
        nlp.add_pipe(component)
    return nlp


def read(text: str, as_of: date, *, known_refs: Collection[str] = ()) -> Reading:
    """All that can be read out of a text, as seen on ``as_of``.

    ``known_refs`` are the refs of the plan it is about, so that "1.4.16" can be told from a date.
    Offsets are into ``text`` as given. Any text is accepted; beyond ``MAX_CHARS`` it is not read.
    """
    seen = plain(text)
    nlp = pipeline()
    with _READING, nlp.memory_zone():
        doc = nlp.make_doc(seen.text)
        set_draft(doc, Draft(seen.text, as_of, frozenset(known_refs)))
        reading = _finished(draft_of(nlp(doc)))
    reading = reading if seen.text == text else _as_given(reading, text, seen)
    return replace(reading, summary=one_line(text, reading))


def read_many(texts: Iterable[tuple[str, date]], *, known_refs: Collection[str] = ()) -> Iterator[Reading]:
    """A reading for each (text, as_of), in order; memory does not grow with their number."""
    refs_known = frozenset(known_refs)
    return (read(text, as_of, known_refs=refs_known) for text, as_of in texts)


def _finished(draft: Draft) -> Reading:
    return Reading(
        dates=draft.dates,
        percentages=draft.percentages,
        measures=draft.measures,
        status=draft.status.status,
        confidence=draft.status.confidence,
        cues=draft.status.cues,
        refs=draft.refs,
        segments=draft.segments,
    )


def _as_given(reading: Reading, text: str, seen: Plain) -> Reading:
    """The same reading with every span moved to the text as it was given."""
    return replace(
        reading,
        dates=tuple(_moved(one, text, seen) for one in reading.dates),
        percentages=tuple(_moved(one, text, seen) for one in reading.percentages),
        measures=tuple(
            replace(
                _moved(one, text, seen),
                when=one.when and _moved(one.when, text, seen),
                baseline_when=one.baseline_when and _moved(one.baseline_when, text, seen),
            )
            for one in reading.measures
        ),
        cues=tuple(_moved(one, text, seen) for one in reading.cues),
        refs=tuple(_moved(one, text, seen) for one in reading.refs),
        segments=tuple(_moved(one, text, seen) for one in reading.segments),
    )


_One = TypeVar("_One")


def _moved(one: _One, text: str, seen: Plain) -> _One:
    start, end = seen.original(one.start_char, one.end_char)  # type: ignore[attr-defined]
    words = {"text": text[start:end]} if hasattr(one, "text") else {}
    return replace(one, start_char=start, end_char=end, **words)  # type: ignore[type-var]
