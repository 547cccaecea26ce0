"""The reporting timeline: tables of meetings and deadlines with their dates, and printed rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nlp.documents.celldates import find_spans, is_datelike, parse_day
from nlp.documents.markup import flat, norm
from storage.model.document import DocMeeting

__all__ = ["calendar_rule", "read_timeline", "told_meetings"]

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
_MEETS = re.compile(
    r"\b(?:meets?|meetings?|held|convenes?|sits|reports?|deadline|papers|updates?)\b", re.IGNORECASE
)
_ANNOUNCED = re.compile(r"timeline|calendar|timetable|schedule|meeting|dates|reporting", re.IGNORECASE)
_MONTH_NAME = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_DATE_HEADER = re.compile(r"\b(?:dates?|when|deadlines?|due)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"(?:meetings?: )?(?:the |our )?(?P<name>[A-Z][^:.–—]{3,80}?)(?:\s?[:–—]| (?:will |next |also ){0,2}(?:meets?|is held|are held|takes place)\b)"
    r"(?P<when>[^:].{4,250})$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\b(?:dated?|updated?|version|position|status|as at|published|agreed|approved|report|prepared|presented|action|plan)\b",
    re.IGNORECASE,
)
_OTHER_WORDS = re.compile(
    r"\b(?!(?:on|and|at|in|the|of|then|next|from|am|pm|noon|mon|tues|wednes|thurs|fri)(?:day)?\b)[^\W\d_]{2,}",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\b(?:every|each|alternate|monthly|fortnightly|weekly|quarterly|bi-?monthly|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) "
    r"(?:mon|tues|wednes|thurs|fri)day)\b",
    re.IGNORECASE,
)


def read_timeline(rows: Sequence[Sequence[str]], before: str, as_of: date | None) -> list[DocMeeting] | None:
    """The meetings and deadlines of a table, dates to be confirmed included; None where it is no timeline.

    ``before`` is the text above the table. Names stand before their dates, behind them, or above them
    where a row is a month.
    """
    body = [[flat(cell) for cell in row] for row in rows]
    body = [row for row in body if any(row)]
    if not body or not 2 <= max(map(len, body)) <= 8:
        return None
    if _dates_first(body):
        turned = [[row[1], row[0], *row[2:]] for row in body if len(row) > 1]
        by_month = len(_date_columns(body)) > 1 and not _is_timeline(turned, before)
        if by_month:
            return _by_month(body, as_of)
        body = turned
    if not _is_timeline(body, before):
        return None
    columns = _date_columns(body)
    return [meeting for row in body for meeting in _meetings(row, body[0], columns, as_of)]


def _dates_first(body: Sequence[Sequence[str]]) -> bool:
    dated = sum(is_datelike(row[0]) or bool(_MONTH_NAME.fullmatch(row[0])) for row in body)
    return dated >= 2 and 10 * dated >= 7 * (len(body) - 1)


def _by_month(body: Sequence[Sequence[str]], as_of: date | None) -> list[DocMeeting] | None:
    """A row a month, a column a meeting."""
    headers, *rows = body
    columns = [i for i in _date_columns(rows) if i < len(headers) and _MEETING.search(headers[i])]
    if not columns or _has_date_cell(headers):
        return None
    return [
        DocMeeting(headers[i], parse_day(row[i], as_of), row[i])
        for row in rows
        for i in columns
        if i < len(row) and row[i]
    ]


def _is_timeline(body: Sequence[Sequence[str]], before: str) -> bool:
    """Names before dates, and meetings among the names or announced above the table."""
    dated = sum(_has_date_cell(row) for row in body)
    named = sum(bool(row[0]) and not is_datelike(row[0]) and len(row[0]) <= 120 for row in body)
    headed = _headed(body[0])
    if dated < (1 if headed else 2) or 10 * dated < 6 * (len(body) - 1) or 10 * named < 7 * len(body):
        return False
    meetings = sum(bool(_MEETING.search(row[0])) for row in body)
    if 10 * meetings >= 4 * len(body) or _ANNOUNCED.search(before):
        return True
    return headed and 10 * meetings >= 2 * len(body)


def _headed(row: Sequence[str]) -> bool:
    return norm(row[0]) in _NAME_HEADERS and any(_DATE_HEADER.search(cell) for cell in row[1:])


def _has_date_cell(row: Sequence[str]) -> bool:
    return any(is_datelike(cell) for cell in row[1:] if cell)


def _date_columns(body: Sequence[Sequence[str]]) -> list[int]:
    """The columns that hold dates in most rows where they hold anything; the second where none does."""
    found = []
    for i in range(1, max(map(len, body))):
        cells = [row[i] for row in body if i < len(row) and row[i]]
        dated = sum(is_datelike(cell) for cell in cells)
        if dated and 10 * dated >= 6 * (len(cells) - 1):
            found.append(i)
    return found or [1]


def _meetings(
    row: Sequence[str], headers: Sequence[str], columns: Sequence[int], as_of: date | None
) -> list[DocMeeting]:
    """The lines of the timeline that a row holds: one a date column."""
    if not row[0] or (row is headers and not _has_date_cell(row)):
        return []
    found = []
    for i in columns:
        text = row[i] if i < len(row) else ""
        if text or len(columns) == 1:
            name = _name(row[0], headers[i] if i < len(headers) else "", len(columns))
            found.append(DocMeeting(name, parse_day(text, as_of), text or None))
    return found


def _name(name: str, header: str, columns: int) -> str:
    """ "Papers due for Quality Committee" where a column beside the meetings' own dates says so."""
    if columns > 1 and re.search(r"papers|deadline|submission|cut", header, re.IGNORECASE):
        return f"{header} for {name}"
    return name


def told_meetings(text: str, as_of: date | None) -> list[DocMeeting]:
    """Meetings that a line or sentence tells: "The Board will meet on 4 May 2026", "Board: 4 May, 6 July 2026"."""
    found: list[DocMeeting] = []
    for sentence in re.split(r"(?<=[.!?;]) ", flat(text)):
        told = _TOLD.match(sentence) if len(sentence) <= 300 else None
        if told and _MEETING.search(told["name"]) and not _NO_NAME.search(told["name"]):
            days = _days_alone(told["when"], as_of)
            found += [DocMeeting(told["name"].strip(), day, told["when"].strip(" .")) for day in days]
    return found


def _days_alone(text: str, as_of: date | None) -> list[date]:
    """The days of a text that names days and little more; none of any other."""
    rest, days = text, []
    for span in reversed(find_spans(text, as_of)):
        if span.start is None or span.start != span.end:
            return []
        rest = rest[: span.at] + " " + rest[span.to :]
        days.append(span.start)
    return days[::-1] if not _OTHER_WORDS.search(rest) else []


def calendar_rule(text: str) -> str | None:
    """A printed rule of the calendar: the sentence that says what meets, and how often."""
    for sentence in re.split(r"(?<=[.!?;]) ", flat(text)):
        if len(sentence) <= 200 and _RULE.search(sentence) and _MEETS.search(sentence):
            return sentence
    return None
