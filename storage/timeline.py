"""A printed reporting timeline as meetings: its deadlines and papers-due lines belong to the meeting that follows."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from storage.model.document import DocMeeting

__all__ = ["PlannedMeeting", "planned_meetings"]

_FILLER = frozenset({"the", "of", "for", "and", "to", "due", "deadline", "paper", "papers", "meeting", "progress",
                     "update", "updates", "pmo", "submission", "return", "returns"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedMeeting:
    """A meeting as the timeline has it; ``day`` None where it is to be confirmed."""

    forum: str
    day: date | None
    printed: str | None
    assurance: bool = False
    deadline: date | None = None
    papers_due: date | None = None


def planned_meetings(lines: Sequence[DocMeeting]) -> list[PlannedMeeting]:
    """The meetings in the timeline's order.

    A line whose name says deadline or papers is the deadline (or papers-due date) of the next meeting of the
    forum that it names, of the assurance forum where it names none. Where no such meeting follows, it makes one
    that is to be confirmed.
    """
    held = [line for line in lines if not _is_deadline(line)]
    main = _assurance_forum(held)
    meetings = [
        PlannedMeeting(line.name, line.date, line.text, assurance=_words(line.name) == _words(main))
        for line in held
    ]
    for line in lines:
        if _is_deadline(line) and line.date is not None:
            _attach(line, meetings, main)
    return meetings


def _is_deadline(line: DocMeeting) -> bool:
    return bool({"deadline", "papers", "paper"} & set(_tokens(line.name)))


def _assurance_forum(held: Sequence[DocMeeting]) -> str:
    """The forum whose name contains "assurance", else the first that has a date."""
    named = (line.name for line in held if "assurance" in line.name.casefold())
    dated = (line.name for line in held if line.date)
    return next(named, None) or next(dated, "")


def _attach(line: DocMeeting, meetings: list[PlannedMeeting], main: str) -> None:
    wanted = _words(line.name)
    forum = _nearest(wanted, {meeting.forum for meeting in meetings}) if wanted else main
    forum = forum or re.split(r"\bfor\b", line.name, maxsplit=1)[-1].strip() or line.name
    for index, meeting in enumerate(meetings):
        same = _words(meeting.forum) == _words(forum)
        if same and meeting.day and line.date and meeting.day >= line.date:
            meetings[index] = _with_deadline(meeting, line)
            return
    meetings.append(_with_deadline(PlannedMeeting(forum, None, line.text), line))


def _with_deadline(meeting: PlannedMeeting, line: DocMeeting) -> PlannedMeeting:
    if {"paper", "papers"} & set(_tokens(line.name)):
        return dataclasses.replace(meeting, papers_due=meeting.papers_due or line.date)
    return dataclasses.replace(meeting, deadline=meeting.deadline or line.date)


def _nearest(wanted: frozenset[str], forums: set[str]) -> str | None:
    """The forum that shares most of its words with the line, more than half of them."""
    shared = {forum: len(_words(forum) & wanted) / max(1, len(_words(forum))) for forum in sorted(forums)}
    best = max(shared, key=lambda forum: shared[forum], default=None)
    return best if best is not None and shared[best] > 0.5 else None


def _tokens(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", name.casefold())


def _words(name: str) -> frozenset[str]:
    return frozenset(_tokens(name)) - _FILLER
