"""What a figure measures: the words beside it that name it, taken as they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.reading.figures import Figure
from nlp.reading.measure_words import phrase, vocabulary
from storage.model.reading import DateFound

__all__ = ["clause_before", "name_of", "whole_clause"]

MAX_WORDS = 14
_EMOJI = "\u2600-\u27bf\U0001f300-\U0001faff"
_BOUNDARY = re.compile(rf"[.!?]\s+|\n+|[;:,]\s+|\s[-–—•]\s|[({_EMOJI}]")
_END = re.compile(
    rf"[.!?](?:\s|\Z)|\n|[;()•{_EMOJI}]|,(?=\s|\Z)|\s[-–—]\s"
    r"|\s(?:and|so|but|then|because|while|whilst|although|out of(?= \d)|to(?= \d)|which)\s"
)
_LEAD = re.compile(
    r"\A(?:\)|(?:and|but|with|of|by|the|a|an|this|these|that|our|its|their|to|in|for|at|on|as|so|also|currently|however"
    r"|overall average|only|there)\b|[-–—:•,\s])+",
    re.I,
)
_TAIL = re.compile(
    r"(?:\s|[-–—:=,(]|\b(?:of|at|on average|average|an|a|the|by|to|from|is|was|are|were|in|for|and|with|about|around|c|circa|over"
    r"|only|now|just|some|nearly|almost|approximately|total)\b\.?)+\Z",
    re.I,
)
_OF_WHAT = re.compile(
    r"\s*(?:of|(?:reduction|increase|decrease|improvement|rise|fall|drop|growth|decline|change) (?:in|of|on))\s+"
    r"(?:the |all |our |its |their |those )?",
    re.I,
)
_STANDARD = re.compile(
    r"\bagainst (?:the|a|an|our|its|their) ((?:[\w-]+ ){1,6}?(?:standard|target|threshold|trajectory))\b",
    re.I,
)
_LABEL = re.compile(r"(?:\A|[.;:!?\n]\s|\A)?(?P<label>[^.;:!?\n]{3,150}):\s?\Z")
_CLAUSE = re.compile(r"(?P<clause>[^.;:!?\n]{3,150}):\s[^.;:!?\n]{0,60}\Z")
_ANYBODY = frozenset(["the", "a", "an", "we", "it", "they", "this", "our", "all", "there", "staff"])
_COPULA = re.compile(
    r"\b(?:stands?|stood|standing|sits?|remains?|is|are|was|were) (?:now |still |currently )?(?:at )?\Z", re.I
)
_THE_WHOLE = re.compile(r"(?:total|whole|them|these|those|it)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MAX_BEFORE, _MAX_AFTER = 160, 140


def name_of(text: str, figure: Figure, floor: int, ceiling: int, dates: Sequence[DateFound]) -> str:
    """The noun phrase that a figure measures, between ``floor`` and ``ceiling``; "" where there is none.

    Tried in turn: what is counted ("16 posts filled"), what follows "of" or "reduction in", the words
    after it where they open with a noun, the subject before it, whatever stands beside it.
    """
    if figure.name:
        return _trimmed(figure.name)
    aside = text.startswith(" of ", figure.end)
    if not aside and (label := _label_before(text, figure.start, floor)):
        return label
    before = _before(text, figure.start, floor, dates)
    after = _after(text, figure.end, ceiling, dates)
    if figure.noun >= 0:
        return _counted(text, figure, ceiling, before, dates)
    subject = _subject(before) if _COPULA.search(text[max(floor, figure.start - 24) : figure.start]) else ""
    if len(subject.split()) > 1 and not _is_body(subject):
        return subject
    if found := _OF_WHAT.match(after):
        kept = after[found.end() :] if found.group().split()[0].lower() == "of" else after
        if _content(kept) and not kept.startswith("which") and not _THE_WHOLE.match(kept):
            return _trimmed(f"{_doer(before)} {kept}")
    if figure.unit == "%" and _opens_with_noun(after):
        return _trimmed(after)
    everything = _without(text, max(floor, figure.start - _MAX_BEFORE), figure.start, dates)
    subject = _subject(before) or _subject(everything)
    if _is_body(subject):
        standard = _STANDARD.search(after)
        other = standard.group(1) if standard else _trimmed(after) if _opens_with_noun(after) else ""
        return other or subject
    return subject or _trimmed(after)


def _doer(before: str) -> str:
    """ "Mediation settled" (62% of the cases): a thing and what it did; "" for a body, which is no part of a name."""
    words = _TAIL.sub("", before).split()
    plain = (
        2 <= len(words) <= 4
        and words[0][:1].isupper()
        and words[-1].endswith("ed")
        and words[0].lower() not in _ANYBODY
    )
    return " ".join(words) if plain and not _is_body(" ".join(words[:-1])) else ""


def _label_before(text: str, start: int, floor: int) -> str:
    """ "Calls answered within a minute: 86%": all that stands before the colon, where it is more than a word."""
    found = _LABEL.search(text, max(floor, start - _MAX_BEFORE), start)
    label = _trimmed(found["label"]) if found else ""
    return label if " " in label else ""


def clause_before(text: str, start: int, floor: int) -> str:
    """What the clause before a colon speaks of: "Tests within a day are less sure: the June figure was 78%"."""
    found = _CLAUSE.search(text, max(floor, start - _MAX_BEFORE), start)
    return _subject(found["clause"]) if found else ""


def whole_clause(text: str, figure: Figure, floor: int, ceiling: int, dates: Sequence[DateFound]) -> str:
    """All the words on both sides of a figure whose subject only points ("of those who came, 46% have applied")."""
    before = _before(text, figure.start, floor, dates)
    stop = re.compile(r"[.;:(!?]").search(text, figure.end, min(len(text), ceiling, figure.end + _MAX_AFTER))
    last = stop.start() if stop else min(len(text), ceiling, figure.end + _MAX_AFTER)
    after = _without(text, figure.end, last, dates)
    everything = _without(text, max(floor, figure.start - _MAX_BEFORE), figure.start, dates)
    return _trimmed(" ".join([_TAIL.sub("", everything if len(before.split()) < 4 else before), after]))


def _is_body(name: str) -> bool:
    """ "The Trust": who reached the figure, not what it measures."""
    words = name.lower().split()
    return 0 < len(words) <= 3 and words[-1] in vocabulary("body")


def _counted(text: str, figure: Figure, ceiling: int, before: str, dates: Sequence[DateFound]) -> str:
    phrase_after = _trimmed(_ASIDE.split(_after(text, figure.noun, ceiling, dates), maxsplit=1)[0])
    if len(phrase_after.split()) > 1 or not before:
        return phrase_after
    said = _last_verb_phrase(before)
    return f"{said} {phrase_after}".strip()


def _last_verb_phrase(before: str) -> str:
    """ "Site currently uses" (12 beds) -> "currently uses": what is done with the things counted."""
    words = _TAIL.sub("", before).split()[-3:]
    while words and words[0].lower() in ("and", "but", "to", "the", "with", "of"):
        words = words[1:]
    return " ".join(words)


def _before(text: str, start: int, floor: int, dates: Sequence[DateFound]) -> str:
    """From the start of the clause, or from ``floor``, to the figure, without dates."""
    low = max(floor, start - _MAX_BEFORE)
    boundaries = [
        found.end()
        for found in _BOUNDARY.finditer(text, low, start)
        if found.group() != "(" or ")" not in text[found.end() : start]
    ]
    low = next((place for place in reversed(boundaries) if _content(_TAIL.sub("", text[place:start]))), low)
    return _without(text, low, start, dates)


def _after(text: str, end: int, ceiling: int, dates: Sequence[DateFound]) -> str:
    high = min(ceiling, end + _MAX_AFTER, len(text))
    stop = _END.search(text, end, high)
    return _without(text, end, stop.start() if stop else high, dates)


def _without(text: str, start: int, end: int, dates: Sequence[DateFound]) -> str:
    """``text[start:end]`` with a gap of one space for every date with its preposition."""
    pieces, place = [], start
    for one in dates:
        if start <= one.start_char and one.end_char <= end:
            pieces.append(
                re.sub(
                    r"\b(?:in|at|for|by|on|since|of|during)\s*\Z",
                    "",
                    text[place : one.start_char],
                    flags=re.I,
                )
            )
            place = one.end_char
    return (
        " ".join("".join([*pieces, " ", text[place:end]]).split())
        if pieces
        else " ".join(text[start:end].split())
    )


def _subject(before: str) -> str:
    """The words up to the verb; where nothing stands before it, the words after it."""
    said = _TAIL.sub("", before)
    said = said[found.end() :] if (found := _LEAD.match(said)) else said
    nouns = re.search(r"\b(?:its|their|our|the|an?)\s+([^,]+)\Z", said, re.I)
    if nouns and re.search(r"\b(?:target|standard|rate|level|compliance|total|score)\Z", said, re.I):
        return _trimmed(nouns.group(1))
    parts = _PARTS.split(said)
    for place in range(0, len(parts), 2):
        if _content(parts[place]):
            told = _relative(parts[place + 1 :])
            return _trimmed(parts[place] + told)
    return ""


def _relative(parts: Sequence[str]) -> str:
    """ "who have completed the course" behind a subject, up to the verb of the sentence; "" for anything else."""
    if not parts or parts[0].lower() not in _RELATIVE:
        return ""
    end = next((place for place in range(1, len(parts), 2) if _content(parts[place])), len(parts))
    return "".join(parts[: end + 1]) if end + 1 < len(parts) else ""


_PARTS = re.compile(
    r"(?<!\w)(" + "|".join(sorted(vocabulary("verb"), key=len, reverse=True)) + r")(?!\w)", re.I
)
_RELATIVE = frozenset(["that", "who"])
_ASIDE = re.compile(
    r"\s(?:against|compared|between|in the (?:quarter|year|month|week|period)|a (?:month|week|year)|this (?:quarter|year|month))\b"
)


def _opens_with_noun(after: str) -> bool:
    found = _WORD.match(after.lstrip())
    if found is None:
        return False
    word = found.group().lower()
    return word not in vocabulary("adjective") and word not in vocabulary("verb")


def _content(text: str) -> bool:
    words = [word.lower() for word in _WORD.findall(text)]
    return any(len(word) > 2 and word not in vocabulary("adjective") for word in words)


def _trimmed(name: str) -> str:
    """Without lead-ins and loose ends, hedges and caveats, and of at most MAX_WORDS words."""
    name = _LEAD.sub("", name, count=1) if _LEAD.match(name) else name
    if found := phrase("caveat").search(name, 1):
        name = name[: found.start()]
    name = _TAIL.sub("", re.sub(r",\s\d[\d,.]*\Z", "", " ".join(name.split()[:MAX_WORDS])))
    return name.strip(" \"'“”‘’.,;:–—-(")
