"""Figures with what they measure, when, against which target, with which caveat."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from storage.model.reading import DateFound, Measure, PercentFound

__all__ = ["find_measures"]


def find_measures(
    doc: Doc, dates: Sequence[DateFound], percentages: Sequence[PercentFound]
) -> tuple[Measure, ...]:
    """Percentages, counts, whole-time equivalents, days, beds and money with what they measure."""
    return ()
