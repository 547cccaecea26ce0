"""Which of the spans that a date could mean is meant: the nearest that the tense allows."""

from __future__ import annotations

from datetime import date

from nlp.reading.dates.part import Part
from nlp.reading.dates.spans import Span
from nlp.reading.dates.tense import Tense

__all__ = ["meant"]

_STALE = 75  # days that a plan in the text may have been overtaken by the day of reading


def meant(part: Part, as_of: date, tense: Tense) -> Span:
    """A past event is before ``as_of``, a plan after it; the month of ``as_of`` itself counts as either."""
    if len(part.meanings) == 1:
        return part.meanings[0]
    before = [span for span in part.meanings if span[0] <= as_of]
    after = [span for span in part.meanings if span[1] >= as_of]
    if tense is Tense.PAST and before:
        return before[-1]
    if tense is Tense.FUTURE and after:
        return after[0]
    if part.lean > 0 and after:
        return after[0]
    return min(part.meanings, key=lambda span: _distance(span, as_of))


def _distance(span: Span, as_of: date) -> int:
    return max((span[0] - as_of).days, (as_of - span[1]).days, 0)
