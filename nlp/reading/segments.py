"""Splits a message about several actions into the part about each."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from storage.model.reading import DateFound, PercentFound, RefFound, Segment

__all__ = ["split"]


def split(
    doc: Doc,
    refs: Sequence[RefFound],
    dates: Sequence[DateFound],
    percentages: Sequence[PercentFound],
) -> tuple[Segment, ...]:
    """One segment per action spoken of, in order; each with its own status (``read_status``)."""
    return ()
