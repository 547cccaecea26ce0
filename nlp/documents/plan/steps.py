"""Numbered sub-actions in one cell, each with the date of its own that the date cell gives by number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from nlp.documents.celldates import parse_date
from nlp.documents.markup import flat, lines
from storage.model.document import DocStep, PlanDate

__all__ = ["read_steps"]

_ITEM = re.compile(r"(?:^|(?<=\s))(?P<from>\d{1,2})(?:\s?[-–&,]\s?(?P<to>\d{1,2}))?[.)](?=\s|[A-Z])")
_LETTERED = re.compile(r"(?:^|(?<=\s))\(?(?P<from>[a-h])\)(?=\s)")


def read_steps(action: str, due: str, as_of: date | None) -> tuple[DocStep, ...]:
    """The steps of an action cell that numbers two or more; () for any other."""
    items = _numbered(flat(action)) or _lettered(flat(action))
    if len(items) < 2:
        return ()
    dates = _dates(due, [no for no, _ in items], as_of)
    return tuple(DocStep(no, text, dates.get(no, PlanDate())) for no, text in items)


def _numbered(text: str) -> list[tuple[str, str]]:
    """Items whose numbers run up by one from 1 (or 2, where the first was lost)."""
    marks: list[tuple[int, int, int]] = []
    for found in _ITEM.finditer(text):
        number = int(found["from"])
        if (not marks and number <= 2) or (marks and number == marks[-1][0] + 1):
            marks.append((number, found.start(), found.end()))
    return _bodies(text, [(str(number), start, end) for number, start, end in marks])


def _lettered(text: str) -> list[tuple[str, str]]:
    marks: list[tuple[str, int, int]] = []
    for found in _LETTERED.finditer(text):
        if ord(found["from"]) - ord("a") == len(marks):
            marks.append((found["from"], found.start(), found.end()))
    return _bodies(text, marks)


def _bodies(text: str, marks: Sequence[tuple[str, int, int]]) -> list[tuple[str, str]]:
    """The text behind each mark, up to the next."""
    ends = [*(start for _, start, _ in marks[1:]), len(text)]
    items = [(no, text[begin:end].strip()) for (no, _, begin), end in zip(marks, ends, strict=False)]
    return [(no, body) for no, body in items if body]


def _dates(due: str, numbers: Sequence[str], as_of: date | None) -> Mapping[str, PlanDate]:
    """Dates by step: by their printed numbers ("1-4. 30/07/18"), else line by line where the counts agree."""
    text = flat(due)
    marks = list(_ITEM.finditer(text))
    if marks:
        found: dict[str, PlanDate] = {}
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        for mark, end in zip(marks, ends, strict=True):
            day = parse_date(text[mark.end() : end].strip(" ;,"), as_of)
            for number in range(int(mark["from"]), int(mark["to"] or mark["from"]) + 1):
                found.setdefault(str(number), day)
        return found
    stacked = lines(due)
    if len(stacked) == len(numbers):
        return {no: parse_date(line, as_of) for no, line in zip(numbers, stacked, strict=True)}
    return {}
