"""Whether the words around a date tell of the past or of the future."""

from __future__ import annotations

from enum import Enum

from nlp.reading.dates.part import Part
from nlp.reading.dates.shape import Shape

__all__ = ["Tense", "tense_of"]


class Tense(Enum):
    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


def tense_of(part: Part, shape: Shape) -> Tense:
    return Tense.UNKNOWN
