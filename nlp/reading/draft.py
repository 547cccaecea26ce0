"""What the components of the pipeline know and leave on a Doc: its one extension, typed."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import cast

from spacy.tokens import Doc

from storage.model.reading import Cue, DateFound, Measure, PercentFound, RefFound, Segment, Status

__all__ = ["Draft", "StatusReading", "draft_of", "set_draft"]


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status, how sure the reader is of it (0 to 1), and the words that show it."""

    status: Status | None = None
    confidence: float = 0.0
    cues: tuple[Cue, ...] = ()


@dataclass(slots=True)
class Draft:
    """A reading in the making; each component fills one field. Offsets are into ``text``, which is the doc's."""

    text: str
    as_of: date
    known_refs: Set[str] = frozenset()
    refs: tuple[RefFound, ...] = ()
    dates: tuple[DateFound, ...] = ()
    percentages: tuple[PercentFound, ...] = ()
    measures: tuple[Measure, ...] = ()
    status: StatusReading = StatusReading()
    segments: tuple[Segment, ...] = ()


Doc.set_extension("assurebot_draft", default=None)


def set_draft(doc: Doc, draft: Draft) -> None:
    doc._.assurebot_draft = draft


def draft_of(doc: Doc) -> Draft:
    """The draft on this doc, which ``pipeline.read`` put there."""
    return cast(Draft, doc._.assurebot_draft)
