"""Dated promises and milestones: what a report says will happen by when, and what it says has happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from nlp.summary.pieces import Piece, cut
from storage.model.reading import DateFound, DateRole, Grain, Measure, Reading
from storage.model.summary import Commitment

__all__ = ["clause_around", "find_commitments"]

LONGEST = 26  # words of a commitment's text
_PROMISED = (DateRole.PLANNED, DateRole.REVISED)
_MILESTONE_GRAINS = (Grain.DAY, Grain.WEEK, Grain.MONTH)
_LAW = re.compile(
    r"\b(?:act|regulations?|bill|code|standards?|framework|strategy|guidance|edition|version)\s+\Z", re.I
)
_NOT_AN_EVENT = re.compile(
    r"\b(?:since|dated|as at|as of|compared (?:to|with)|(?:more|less|fewer|higher|lower|better|worse|rather) than)\s+(?:the\s+)?\Z",
    re.I,
)
_HAPPENED = re.compile(
    r"\b(?:(?:was|were|been) (?:agreed|accepted|adopted|approved|held|launched|opened|closed|delivered|published|signed|started|commissioned|completed|submitted)"
    r"|opened|closed|launched|began|started|joined|took place|went live)\b[^.;:,]{0,60}(?:\s(?:on|in|between|from|by))?\s\Z"
    r"|\b(?:opened|closed|launched|began|started|joined) (?:on|in) \Z",
    re.I,
)
_A_WHILE = re.compile(r"\b(?:over|throughout|across)\s+(?:the\s+)?\Z", re.I)
_THE = re.compile(r"\b(?:the|this|that|its|our|their|these|'s|’s)\s+\Z", re.I)
_NAMES_A_THING = re.compile(r"\s+[a-z]{4,}")


def find_commitments(text: str, para: str, reading: Reading, as_of: date | None) -> Iterator[Commitment]:
    """The commitments of one paragraph, one for each day that they end on."""
    seen: set[date] = set()
    measured = _measured(text, reading.measures)
    for one in reading.dates:
        if one.start_char in measured or one.end in seen or not _is_commitment(text, one, as_of):
            continue
        seen.add(one.end)
        said = clause_around(text, one.start_char, reading)
        yield Commitment(para, said, one.start, one.end, passed=as_of is not None and one.end < as_of)


def _measured(text: str, measures: Sequence[Measure]) -> set[int]:
    """Where the dates of figures stand; not of those that only tell how much of it happened on a day."""
    whens = [one.when for one in measures] + [one.baseline_when for one in measures]
    found = {when.start_char for when in whens if when is not None}
    return {place for place in found if not _HAPPENED.search(text[max(0, place - 90) : place])}


def _is_commitment(text: str, one: DateFound, as_of: date | None) -> bool:
    before = text[max(0, one.start_char - 24) : one.start_char]
    if _LAW.search(before) or _NOT_AN_EVENT.search(before):
        return False
    if _A_WHILE.search(before) and as_of is not None and one.end <= as_of:
        return False  # "over the last four months": a while, not a day to keep
    to_come = as_of is not None and one.start > as_of and one.grain is not Grain.YEAR
    if one.role in _PROMISED or to_come:
        return True
    if (
        one.role is not DateRole.HAPPENED
        or one.grain not in _MILESTONE_GRAINS
        or _NOT_AN_EVENT.search(before)
    ):
        return False
    return not (_THE.search(before) and _NAMES_A_THING.match(text, one.end_char))  # "the May 2018 inspection"


def clause_around(text: str, place: int, reading: Reading) -> str:
    """The words about ``place``: its clause, then as much of its sentence as LONGEST words hold."""
    pieces = cut(text, reading)
    index = next((i for i, piece in enumerate(pieces) if place < piece.end), len(pieces) - 1)
    first = last = index
    words = pieces[index].words
    while True:
        step = _widen(pieces, first, last, LONGEST - words)
        if step is None:
            break
        first, last = min(first, step), max(last, step)
        words += pieces[step].words
    said = " ".join(text[pieces[first].start : pieces[last].end].split())
    return said.strip(" -–—,;:")


def _widen(pieces: Sequence[Piece], first: int, last: int, room: int) -> int | None:
    """The neighbour to take in next: backwards to the head of the sentence first."""
    sentence = pieces[first].sentence
    if first > 0 and pieces[first - 1].sentence == sentence and pieces[first - 1].words <= room:
        return first - 1
    if last + 1 < len(pieces) and pieces[last + 1].sentence == sentence and pieces[last + 1].words <= room:
        return last + 1
    return None
