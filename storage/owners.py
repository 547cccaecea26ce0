"""Owner cells as printed ("NSCHT / CCG", "Jane Doe, Head of Nursing, Ashfield Trust") split into their parties."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["owner_key", "split_owners"]

_BREAKS = re.compile(r"[\r\n;•|]+|\s/\s|(?<=[A-Z])/(?=[A-Z])")
_COMMA = re.compile(r",(?![^()]*\))\s*")  # not inside brackets
_AND = re.compile(r"\s(?:and|&)\s")
_ROLE = re.compile(
    r"\b(?:director|officer|manager|head|leads?|chief|chair|nurse|consultant|co-?ordinator|executive|secretary"
    r"|matron|clinician|physician|practitioner|administrator|governor|supervisor|specialist|HOD|SRO|CEO|COO|CFO"
    r"|CNO|CIO|AO|MD|PMO)s?\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:trust|council|ccg|nhs|board|committee|group|team|department|services?|police|university|college"
    r"|hospitals?|directorate|partners|partnership|federation|agency|authority|network|alliance)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z&]{1,8}|[A-Z]{2,8}")
_NAME_WORD = re.compile(r"[A-Z][\w'’.-]*")


def owner_key(printed: str) -> str:
    """What two spellings of one name share: no case, single spaces, no full stops or commas around."""
    return " ".join(printed.split()).strip(" .,;:").casefold()


def split_owners(cell: str) -> list[str]:
    """The parties of an owner or lead cell, in order, each once.

    Line breaks, semicolons and slashes divide. A comma divides two people or two bodies, and keeps together
    "name, job, organisation"; "and" divides only where a party stands on both sides of it.
    """
    parties = [
        party for line in _BREAKS.split(cell) for group in _groups(_items(line)) for party in _joined(group)
    ]
    return list({owner_key(party): party for party in reversed(parties) if owner_key(party)}.values())[::-1]


def _items(line: str) -> list[str]:
    return [" ".join(item.split()).strip(" .") for item in _COMMA.split(line) if item.strip(" .")]


def _kind(item: str) -> str:
    words = item.split()
    if _ROLE.search(item):
        return "role"
    if _BODY.search(item) or _INITIALS.fullmatch(item):
        return "body"
    if 2 <= len(words) <= 4 and all(_NAME_WORD.fullmatch(word) for word in words):
        return "name"
    return "other"


def _groups(items: list[str]) -> Iterable[list[str]]:
    """Items of one party together; a group reads name, job, organisation, or a part of that."""
    group: list[str] = []
    for item in items:
        if group and _begins(item, [_kind(each) for each in group], alone=len(items) == 2):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _begins(item: str, before: list[str], *, alone: bool) -> bool:
    """Whether the item begins a new party after a group of those kinds."""
    kind = _kind(item)
    if kind == "name":
        return not (alone and before == ["role"])  # "Head of Estates, Jane Doe" is one person
    if kind == "role":
        return "role" in before or "body" in before
    if kind == "body":
        return "body" in before
    return False


def _joined(group: list[str]) -> list[str]:
    """The group as printed, or its two halves where "and" stands between two parties."""
    if "name" in (_kind(item) for item in group[:-1]):
        return [", ".join(group)]
    first, *rest = group
    halves = [half.strip() for half in _AND.split(first)]
    if len(halves) < 2 or "other" in (_kind(half) for half in halves):
        return [", ".join(group)]
    return [*halves[:-1], ", ".join([halves[-1], *rest])]
