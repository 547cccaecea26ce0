"""What stands beside a number: the noun that it counts, or words by which it names, bounds or times something."""

from __future__ import annotations

import re

from nlp.reading.measure_words import phrase, vocabulary

__all__ = [
    "follows_wte", "is_bound", "is_comparison", "is_measured_time", "is_name", "is_plural", "is_said_again", "noun_after", "plural",
]  # fmt: skip

_NEXT_WORD = re.compile(r"[\s-]{1,3}([^\W\d_]+(?:-[^\W\d_]+){0,3})")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.:]?\s*\Z")
_DIFFERENCE = re.compile(
    r"\s?-?\s?\w{3,8}\s(?:"
    + "|".join(sorted(vocabulary("change")))
    + r"|higher|lower|longer|shorter|more|fewer|less)\b"
)
_OF_ALL = re.compile(
    r"\bOf (?:the |its |all |our |their )?\Z"
)  # the parts follow: "Of its 30 audits, 21 ..."
_WHOLE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) of (?:the |its |our |their )?\Z",
    re.I,
)


def noun_after(text: str, end: int) -> tuple[str | None, int]:
    """The plural noun that is counted (within four words of the number) and where its phrase starts."""
    first = -1
    place = end
    for _ in range(4):
        following = _NEXT_WORD.match(text, place)
        if following is None:
            return None, -1
        word = following.group(1).lower()
        if first < 0 and word in vocabulary("duration"):
            return word, following.start(1)
        if word == "and" and first >= 0:
            place = following.end()
            continue
        if word in vocabulary("adjective"):
            return None, -1
        first = following.start(1) if first < 0 else first
        place = following.end()
        if is_plural(word):
            return word, first
    return None, -1


def is_plural(word: str) -> bool:
    irregular = ("people", "staff", "children", "men", "women")
    return word in irregular or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))
    )


def plural(unit: str) -> str:
    return {"mins": "minutes", "hrs": "hours", "wks": "weeks"}.get(
        unit, unit if unit.endswith("s") else unit + "s"
    )


def is_name(text: str, start: int) -> bool:
    """The number belongs to a name ("band 7", "Core 24") or opens a list ("3. Review")."""
    line = text.rfind("\n", 0, start) + 1
    before = _WORD_BEFORE.search(text[max(line, start - 24) : start])
    return before is not None and before.group(1).lower() in vocabulary("identifier")


def is_bound(text: str, start: int) -> bool:
    lead = text[max(0, start - 24) : start]
    if _WHOLE.search(lead) or _OF_ALL.search(lead):
        return True
    before = text[max(0, start - 16) : start].lower().rstrip()
    return any(found.end() == len(before) for found in phrase("limit").finditer(before))


def is_comparison(text: str, end: int) -> bool:
    """ "60 day increase", "6 days higher": a difference, not a level."""
    return _DIFFERENCE.match(text, end) is not None


def is_measured_time(text: str, start: int, end: int) -> bool:
    """ "average wait of 32 days", "60 day increase": a length of time that somebody measured."""
    if re.search(
        r"\b(?:longer|older|more|less|shorter|fewer|younger|over)\sthan\s\Z", text[max(0, start - 14) : start]
    ):
        return False
    if re.match(r"\s(?:working )?\w+ on average\b", text[end : end + 30]):
        return True
    if is_comparison(text, end) or re.match(r"\s?\w+\sdelay", text[end : end + 24]):
        return True
    after = text[end : end + 24].lower()
    clause = re.split(r"[.;,(]\s|\n", text[max(0, start - 100) : start])[-1]
    if re.search(r"\b(?:in|for|the|every|per|over|after|a)\s\Z", clause):
        return False
    if re.match(
        r"\s?-?\s?\w+\s(?:window|wait|follow|referral|post|service|a\sweek|programme|plan|pathway)", after
    ):
        return False
    return any(word in vocabulary("measured") for word in re.findall(r"[a-z]+", clause.lower()))


def is_said_again(text: str, start: int, unit: str) -> bool:
    """ "The average was 17 minutes in May; it was 26 minutes in June": the same length of time at another."""
    if not re.search(
        r"\b(?:it|this|that|last \w+)(?: was|:)\s\Z|\bfrom\s\Z|\(\Z", text[max(0, start - 20) : start]
    ):
        return False
    before = text[max(0, start - 120) : start]
    return re.search(rf"\d\s(?:working )?{re.escape(plural(unit))}\b", before) is not None


def follows_wte(text: str, start: int) -> bool:
    """ "wte 58.9 (16%) in January to 45.6": the unit is said once."""
    before = text[max(0, start - 60) : start].lower()
    whole_time = "wte" in before or "time equivalent" in before
    return before.rstrip().endswith(" to") and whole_time and "\n" not in before
