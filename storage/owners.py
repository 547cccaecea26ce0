"""Owner cells as printed ("NSCHT / CCG", "Jane Doe, Head of Nursing, Ashfield Trust") split into their parties."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["owner_key", "split_owners"]

_BREAKS = re.compile(r"[\r\n;•|]|\s/|/\s")
_COMMA = re.compile(r",(?![^()]{0,200}\))")  # not inside brackets
_AND = re.compile(r"\s(?:and|&)\s")
_ROLE = re.compile(
    r"\b(?:director|officer|manager|head|leads?|chief|chair|nurse|consultant|co-?ordinator|executive|secretary"
    r"|matron|clinician|physician|practitioner|administrator|governor|supervisor|specialist|sponsor|HOD|SRO|CEO"
    r"|COO|CFO|CNO|CIO|AO|MD|PMO)s?\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:trust|council|ccgs?|nhs|board|committee|group|team|department|services?|police|university|college"
    r"|hospitals?|directorate|partners|partnership|federation|agency|authority|network|alliance)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z][A-Za-z]?[A-Z&]{1,8}")
_NAME_WORD = re.compile(r"[A-Z][\w'’.-]*")


def owner_key(printed: str) -> str:
    """What two spellings of one name share: no case, single spaces, no full stops or commas around."""
    return " ".join(printed.split()).strip(" .,;:").casefold()


def split_owners(cell: str) -> list[str]:
    """The parties of an owner or lead cell, in order, each once.

    Line breaks, semicolons and slashes divide. A comma divides two people or two bodies, and keeps together
    "name, job, organisation"; "and" divides only where parties of one kind stand on both sides of it.
    """
    lines = [
        part for line in _BREAKS.split(cell) for part in _halves(line, re.compile("/"), all_of_one=False)
    ]
    parties = [party for line in lines for group in _groups(_items(line)) for party in _joined(group)]
    first = {owner_key(party): party for party in reversed(parties)}
    return [party for key, party in reversed(first.items()) if key]


def _kind(item: str) -> str:
    words = item.split()
    if _ROLE.search(item):
        return "role"
    if _BODY.search(item) or _INITIALS.fullmatch(item):
        return "body"
    if 2 <= len(words) <= 4 and all(_NAME_WORD.fullmatch(word) for word in words):
        return "name"
    return "other"


def _halves(item: str, mark: re.Pattern[str], *, all_of_one: bool = True) -> list[str]:
    """The parts on the sides of a mark, where each is a party (and all of one kind); else the item whole."""
    halves = [half.strip() for half in mark.split(item)]
    kinds = {_kind(half) for half in halves}
    initials = all(_INITIALS.fullmatch(half) for half in halves)
    apart = initials or ("other" not in kinds and (len(kinds) == 1 or not all_of_one))
    return halves if apart else [item]


def _items(line: str) -> list[str]:
    """What stands between the commas; "CEO, HPT CEO, HCC" (a list that lost its lines) and joined names apart."""
    items: list[str] = []
    for item in (" ".join(part.split()) for part in _COMMA.split(line)):
        body, _, rest = item.partition(" ")
        if (
            items
            and rest
            and _kind(items[-1]) == "role"
            and _INITIALS.fullmatch(body)
            and _kind(body) == "body"
        ):
            items += [body, rest]
        elif _kind(item) == "name" or _AND.search(item) is None:
            items.append(item)
        else:
            halves = _halves(item, _AND)
            items += halves if _kind(halves[0]) == "name" else [item]
    return [item for item in items if item]


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
    return "body" in before or (kind == "role" and "role" in before)


def _joined(group: list[str]) -> list[str]:
    """The group as printed; two jobs joined by "and" are two posts, unless a name says that they are one person's."""
    first, *rest = group
    halves = _halves(first, _AND)
    if len(halves) == 1 or "name" in (_kind(item) for item in group[:-1]):
        return [", ".join(group)]
    return [*halves[:-1], ", ".join([halves[-1], *rest])]
