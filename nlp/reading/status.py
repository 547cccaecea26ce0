"""What a text says of progress, and the words that say so."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from nlp.reading.draft import StatusReading
from storage.model.reading import DateFound, PercentFound

__all__ = ["read_status"]


def read_status(
    doc: Doc,
    dates: Sequence[DateFound],
    percentages: Sequence[PercentFound],
    start: int = 0,
    end: int | None = None,
) -> StatusReading:
    """The status of the part of the text between two characters (all of it by default)."""
    return StatusReading()
