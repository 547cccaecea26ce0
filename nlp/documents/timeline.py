"""The reporting timeline: tables of meetings and deadlines with their dates, and printed rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nlp.documents.celldates import is_datelike, parse_day
from nlp.documents.markup import flat, norm
from storage.model.document import DocMeeting

__all__ = ["calendar_rule", "date_columns", "is_timeline", "meetings_of_row"]

_MEETING = re.compile(
    r"\b(?:meetings?|boards?|committees?|forums?|groups?|deadlines?|papers|workshops?|reviews?|summit|submission|cut-?off|"
    r"panel|council|updates?|reports?|sub-?committee|scrutiny|pmo|conference|visit|inspection)\b",
    re.IGNORECASE,
)
_NAME_HEADERS = frozenset(
    [
        "process",
        "meeting",
        "meetings",
        "event",
        "forum",
        "committee",
        "board",
        "group",
        "what",
        "item",
        "name",
        "activity",
        "step",
        "stage",
        "report",
        "deadline",
        "milestone",
        "governance",
        "body",
    ]
)
_DATE_HEADER = re.compile(r"\b(?:dates?|when|deadlines?|due)\b", re.IGNORECASE)
_RULE = re.compile(
    r"\b(?:every|each|alternate|monthly|fortnightly|weekly|quarterly|bi-?monthly|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) "
    r"(?:mon|tues|wednes|thurs|fri)day)\b",
    re.IGNORECASE,
)


def is_timeline(rows: Sequence[Sequence[str]], before: str) -> bool:
    """Two to four columns, names before dates, and meetings among the names or announced above the table."""
    body = [[flat(cell) for cell in row] for row in rows]
    body = [row for row in body if any(row)]
    if not body or not 2 <= max(map(len, body)) <= 5:
        return False
    dated = sum(_has_date_cell(row) for row in body)
    named = sum(bool(row[0]) and not is_datelike(row[0]) and len(row[0]) <= 120 for row in body)
    if dated < 2 and not (dated and _headed(body[0])):
        return False
    if 10 * dated < 6 * (len(body) - 1) or 10 * named < 7 * len(body):
        return False
    meetings = sum(bool(_MEETING.search(row[0])) for row in body)
    announced = bool(
        re.search(r"timeline|calendar|timetable|schedule|meeting|dates|reporting", before, re.IGNORECASE)
    )
    return (
        10 * meetings >= 4 * len(body) or announced or (_headed(body[0]) and 10 * meetings >= 2 * len(body))
    )


def _headed(row: Sequence[str]) -> bool:
    return norm(row[0]) in _NAME_HEADERS and any(_DATE_HEADER.search(cell) for cell in row[1:])


def _has_date_cell(row: Sequence[str]) -> bool:
    return any(is_datelike(cell) for cell in row[1:] if cell)


def date_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold dates in most rows where they hold anything; the second where none does."""
    width = max(map(len, rows))
    found = []
    for i in range(1, width):
        cells = [text for row in rows if i < len(row) and (text := flat(row[i]))]
        dated = sum(is_datelike(cell) for cell in cells)
        if dated and 10 * dated >= 6 * (len(cells) - 1):
            found.append(i)
    return found or [1]


def meetings_of_row(
    row: Sequence[str], headers: Sequence[str], columns: Sequence[int], as_of: date | None
) -> list[DocMeeting]:
    """The lines of the timeline that a row holds: one a date column, dates to be confirmed included."""
    texts = [flat(cell) for cell in row]
    if not texts or not texts[0] or (texts == [flat(h) for h in headers] and not _has_date_cell(texts)):
        return []
    found = []
    for i in columns:
        text = texts[i] if i < len(texts) else ""
        if text or len(columns) == 1:
            name = _name(texts[0], flat(headers[i]) if i < len(headers) else "", len(columns))
            found.append(DocMeeting(name, parse_day(text, as_of), text or None))
    return found


def _name(name: str, header: str, columns: int) -> str:
    """ "Papers due for Quality Committee" where a column beside the meetings' own dates says so."""
    if columns > 1 and re.search(r"papers|deadline|submission|cut", header, re.IGNORECASE):
        return f"{header} for {name}"
    return name


def calendar_rule(text: str) -> str | None:
    """A printed rule of the calendar: what meets, and how often."""
    plain = flat(text)
    if len(plain) <= 200 and _RULE.search(plain) and _MEETING.search(plain):
        return plain
    return None
