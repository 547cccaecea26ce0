"""Percentages with their sign, range and role."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from storage.model.reading import DateFound, PercentFound

__all__ = ["find_percentages"]


def find_percentages(doc: Doc, dates: Sequence[DateFound]) -> tuple[PercentFound, ...]:
    """Percentages in the text, in order, none overlapping."""
    return ()
