"""What the words before a figure say of its part: the value, the target, or where it started."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from nlp.reading.measure_words import vocabulary
from storage.model.reading import DateFound, DateRole

__all__ = ["Part", "held_then", "part_before", "says_target"]


class Part(Enum):
    """What a figure is in its measure."""

    VALUE = "value"
    TARGET = "target"
    BASELINE = "baseline"


_SAYS_TARGET = re.compile(
    r"\b(?:target|standard|threshold|milestone|ceiling|ambition|trajectory|goal|limit)s?"
    r"(?:(?:\s(?!(?:is|was|of|at|remains|for|met|missed|and|but)\b)[\w’'-]+){0,5}\s(?:for\s(?:\w+\s){1,3})?(?:of|is|was|at|remains)|:|,)?\s"
    r"(?:now |still |a reduction of |(?:fewer|less|more) than |under |below |over )?\Z"
    r"|\b(?:aims? (?:for|at)|plan is (?:for|to have)|(?:wants?|want|hopes?) to see|expects?(?: to see)?) (?:(?:fewer|less|no more|more) than )?\Z",
    re.I,
)
_HELD_AGAINST = re.compile(r"\b(?:against|than)\s(?:the\s)?\Z", re.I)
_AGO = re.compile(
    r"(?:\s[a-z-]+){0,2}\s(?:(?:of |in )?(?:a|the|last|the same) (?:year|month|quarter|week)(?: (?:before|earlier|ago))?|at the (?:start|beginning|outset)|previously)\b"
)
_NEEDS = re.compile(r"\b(?:high|higher|special|additional|complex|unmet|care|health|educational) needs?\b")
_TARGET_REACH = 90  # characters before a figure in which the target's subject is looked for
_NOT_TARGET = frozenset({"actual", "above", "below", "than", "meet", "met", "under", "over"})
_TARGET_BEFORE = 40  # characters before a figure in which a target's word is looked for
_BASELINE_BEFORE = re.compile(
    r"\b(?:from|(?:up|down) from|compared (?:to|with)|previously|against|last (?:year|month|quarter|time)(?::| was)?)\s(?:an?\s)?(?:average of\s)?(?:c\.?)?\Z",
    re.I,
)


def part_before(text: str, start: int) -> Part:
    before = text[max(0, start - _TARGET_BEFORE) : start]
    clause = re.split(r"[.;\n(]\s|[,(\n]", before)[-1]
    if _BASELINE_BEFORE.search(before):
        return Part.TARGET if re.search(r"\bagainst\s", clause) else Part.BASELINE
    words = re.findall(r"[a-z]+", _NEEDS.sub("", re.split(r"\d\S*\s", clause)[-1].lower()))
    if not vocabulary("target").isdisjoint(words) and _NOT_TARGET.isdisjoint(words):
        return Part.TARGET
    if says_target(text, start):
        return Part.TARGET
    return Part.VALUE


def says_target(text: str, start: int) -> bool:
    low = max(0, start - _TARGET_REACH)
    sentence = max(text.rfind(mark, low, start) for mark in (". ", "; ", "\n", ": "))
    return _SAYS_TARGET.search(text[max(low, sentence + 1) : start]) is not None


def held_then(text: str, start: int, end: int, dates: Sequence[DateFound]) -> bool:
    """Behind "against" or "than", with an earlier time after it."""
    if not _HELD_AGAINST.search(text[max(0, start - 16) : start]):
        return False
    if _AGO.match(text, end):
        return True
    planned = (DateRole.PLANNED, DateRole.REVISED)
    near = [one for one in dates if end <= one.start_char <= end + 30 and one.role not in planned]
    return (
        bool(near)
        and re.fullmatch(r"(?:\s[a-z-]+){0,2}\s(?:in|on|at)(?: the)?\s", text[end : near[0].start_char])
        is not None
    )
