"""Dates of a text with what they mean and what they are there for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from spacy.tokens import Doc

from nlp.reading.dates.joins import joined
from nlp.reading.dates.part import Part
from nlp.reading.dates.resolve import meant
from nlp.reading.dates.scan import parts_of
from nlp.reading.dates.shape import Shape, shape_of
from nlp.reading.dates.tense import Tense, tense_of
from storage.model.reading import DateFound, DateRole, RefFound

__all__ = ["find_dates"]


def find_dates(doc: Doc, as_of: date, refs: Sequence[RefFound] = ()) -> tuple[DateFound, ...]:
    """Dates in the text, in order, none overlapping; year-less and relative ones as seen on ``as_of``."""
    shape = shape_of(doc.text)
    parts = joined(parts_of(shape, as_of, [(ref.start_char, ref.end_char) for ref in refs]), shape)
    return tuple(_found(part, shape, as_of) for part in parts)


def _found(part: Part, shape: Shape, as_of: date) -> DateFound:
    tense = tense_of(part, shape)
    start, end = meant(part, as_of, tense)
    first, last = shape.starts[part.first], shape.ends[part.last - 1]
    slip = tense is Tense.PAST and start > as_of and len(part.meanings) == 1
    return DateFound(
        first,
        last,
        shape.text[first:last],
        start,
        end,
        part.grain,
        DateRole.PLANNED,
        part.rule,
        part.uncertain or slip,
    )
