"""Title and date of a report, from what stands before its first section."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nlp.reading import read
from storage.model.reading import DateFound, Grain

__all__ = ["date_of", "title_of"]

_KIND = re.compile(
    r"\b(?:report|update|review|plan|strategy|paper|summary|briefing|assurance|progress|evaluation|audit|overview)\b",
    re.I,
)
_LABEL = re.compile(r"\s*(?:title|report title|subject|agenda item|report)\s*:\s*(?=\S)", re.I)
_OTHER_LABEL = re.compile(r"[\w /]{2,40}:\s*\S|[\w /]{2,60}:\Z|page\b|version\b|v\d", re.I)
_DATED = re.compile(r"\b(?:date|dated|as at|as of|published|issued|position at|month ending)\b", re.I)
_ONLY_A_DAY = re.compile(r"\W*(?:\d{1,2}(?:st|nd|rd|th)?[ /.-])?\w{1,9}[ /.-]\d{2,4}\W*\Z")
_ANY_YEAR = date(2000, 1, 1)


def title_of(front: Sequence[str]) -> str:
    """The line that names a kind of report ("Mental Health Update"), else the first line."""
    for line in front:
        if found := _LABEL.match(line):
            return line[found.end() :]
    plain = [line for line in front if not _OTHER_LABEL.match(line) and not _ONLY_A_DAY.match(line)]
    kinds = [line for line in plain if _KIND.search(line)]
    labelled = [line for line in front if _KIND.search(line.partition(":")[2])]
    return next(iter([*kinds, *plain, *labelled, *front]), "")


def date_of(front: Sequence[str]) -> date | None:
    """The report's own date: the one on a line "Date: ...", else the first whole one; None where none is."""
    dated = [(line, day) for line in front if (day := _day(line)) is not None]
    labelled = [day for line, day in dated if _DATED.search(line)]
    return next(iter([*labelled, *(day for _, day in dated)]), None)


def _day(line: str) -> date | None:
    """The day that a line names with its year; the last day of a month."""
    days = [one for one in read(line[:300], _ANY_YEAR).dates if _whole(one)]
    return days[-1].end if days else None


def _whole(one: DateFound) -> bool:
    named = re.search(r"\d{4}|[/.'’-]\d{2}\Z|\s\d{2}\Z", one.text)
    return named is not None and one.grain in (Grain.DAY, Grain.WEEK, Grain.MONTH)
