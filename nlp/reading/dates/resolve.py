"""Which of the spans that a date could mean is meant: the nearest that the tense allows."""

from __future__ import annotations

from datetime import date

from nlp.reading.dates.part import Part
from nlp.reading.dates.spans import Span
from nlp.reading.dates.tense import Tense, Told

__all__ = ["meant"]

# Days by which a reading against the tense must be nearer. Plans are often read after their time
# ("will continue post Feb", in March); what is past was never still to come.
_AGAINST_PAST = 340
_AGAINST_APART = 120  # "chair agreed, first meeting in Sept"
_AGAINST_PLAN = 200
_AGAINST_PLAIN_PLAN = 320  # "by Feb" in March is rather next year's; "due 1/5" in mid-May is rather late
_AGAINST_USED = 60  # told of an earlier date: "went live in Jan, the second phase in Sept"


def meant(part: Part, as_of: date, told: Told) -> Span:
    """A past event is before ``as_of``, a plan after it; the month of ``as_of`` itself counts as either."""
    if len(part.meanings) == 1:
        return part.meanings[0]
    if told.overtaken and part.lean <= 0:
        told = Told(Tense.UNKNOWN)  # what "was due in May" may be still to come
    if told.tense is Tense.UNKNOWN and part.lean > 0:
        told = Told(Tense.FUTURE, True)
    apart = (part.meanings[1][0] - part.meanings[0][0]).days
    return min(part.meanings, key=lambda span: _distance(span, as_of) + _against(span, as_of, told, apart))


def _distance(span: Span, as_of: date) -> int:
    return max((span[0] - as_of).days, (as_of - span[1]).days, 0)


def _against(span: Span, as_of: date, told: Told, apart: int) -> float:
    """Days; what weighs little weighs less still where the meanings are but a week or a month apart."""
    share = min(apart, 365) / 365
    if told.tense is Tense.PAST and span[0] > as_of:
        faint = _AGAINST_USED if told.used else _AGAINST_APART if told.apart else None
        return _AGAINST_PAST if faint is None else faint * share
    if told.tense is Tense.FUTURE and span[1] < as_of:
        return _AGAINST_USED * share if told.used else _AGAINST_PLAIN_PLAN if told.plain else _AGAINST_PLAN
    return 0
