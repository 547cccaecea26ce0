"""Whether the words around a date tell of the past or of the future, and how plainly."""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from nlp.reading.dates.beside import Beside, cues
from nlp.reading.dates.lists import word_list

__all__ = ["Tense", "Told", "missed_after", "moved_to", "tense_of"]


class Tense(Enum):
    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


class Told(NamedTuple):
    """What is told of a date, and how.

    ``plain``: right before it ("by March"); ``overtaken``: a plan told as past ("was due in");
    ``used``: an earlier date stands between; ``apart``: a comma does; ``done``: a verb in the past goes with it ("finished by March").
    """

    tense: Tense
    plain: bool = False
    overtaken: bool = False
    used: bool = False
    done: bool = False
    apart: bool = False


_UNKNOWN = Told(Tense.UNKNOWN)
# These tell only right before the date: "by March", but not "chaired by Ann in March".
_ONLY_BESIDE = frozenset(
    {
        ("by",),
        ("before",),
        ("b4",),
        ("until",),
        ("till",),
        ("til",),
        ("still",),
        ("per",),
        ("put",),
        ("set", "up"),
    }
)
_PLAINLY = frozenset(
    ["throughout", "by", "before", "b4", "until", "till", "til", "due", "after", "expected", "for"]
)
_WAITED_IN = frozenset({("list",), ("lists",), ("time",), ("times",), ("room",), ("well",)})
_FORESEEN = frozenset({"planned", "expected", "scheduled", "intended", "anticipated", "proposed"})
_NOT_YET = frozenset({"until", "till", "til", "once"})
_NO_VERBS = frozenset({"since", "ago", "already", "up", "as", "following"})
_LISTED = frozenset({",", "and", "&", "/", "or", "to", "-", "the", "then"})
_UP_TO = frozenset({"throughout", "by", "before", "b4", "until", "till", "til"})
_WAS = frozenset(["was", "were", "wasn't", "wasnt", "weren't"])
_INTENDED = frozenset(
    [
        ("going", "to"),
        ("due", "to"),
        ("meant", "to"),
        ("supposed", "to"),
        ("hoping", "to"),
        ("planning", "to"),
    ]
)
_HOPED = ("hoped", "to")  # "we'd hoped to open at Easter"
_AGAINST_FIGURE = frozenset({("v",), ("vs",), ("versus",), ("from",), ("than",), ("and",)})
_NEXT_CLAUSE = frozenset({"so", "and", "but", "because"})
_LIMITS = frozenset({("deadline",), ("milestone",)})
_PLAIN = 1  # words between a word that tells plainly and its date


def tense_of(around: Beside) -> Told:
    """By a new date told right before it, then the nearest telling word before it, then the first after it."""
    if any(off <= _PLAIN for off, _ in around.cues_before("revised")) or moved_to(around):
        return Told(Tense.FUTURE, True)
    if around.before[-1:] == ("from",) and word_list("move_verb") & set(around.before[-4:]):
        return Told(Tense.UNKNOWN, overtaken=True)
    if any(size > 1 for _, size in missed_after(around)):
        return Told(Tense.PAST, overtaken=True)
    words = around.before
    for end in range(len(words), 0, -1):
        tense = _ending_at(words, end)
        if tense is Tense.PAST and around.after[:1] in _LIMITS:
            return _UNKNOWN  # "finished ahead of the 30 June deadline"
        if tense is not Tense.UNKNOWN:
            return _told(tense, around, end)
    if words[-1:] == ("in",) and words[-3:-2] in _AGAINST_FIGURE and words[-2].isdigit():
        return Told(Tense.PAST, done=True)  # "31 in Q3 v 44 in Q2"
    return Told(_after(around.after))


def _told(tense: Tense, around: Beside, end: int) -> Told:
    """How the word that ends at ``end`` tells it."""
    words = around.before
    own = words[len(words) - around.own :]
    used = len(words) - end >= around.own and not set(own) <= _LISTED
    if tense is Tense.PAST:
        return Told(tense, used=used, done=True, apart=_stands_apart(around, end))
    if _WAS & set(_clause(words[max(0, end - 5) : end])) or _was_intended(words[:end]):
        return Told(Tense.PAST, overtaken=True, used=used)
    plain = words[end - 1] in _PLAINLY and len(words) - end <= _PLAIN
    if plain and words[end - 1] in _UP_TO and _verb_before(words, end - 1) is Tense.PAST:
        return Told(Tense.UNKNOWN, done=True)
    return Told(tense, plain, used=used)


def _stands_apart(around: Beside, end: int) -> bool:
    """Whether a verb that ends here tells little of the date: behind a comma, or before "from"."""
    words = around.before
    own = words[max(end, len(words) - around.own) :]
    return (
        words[-1] == "("
        or (words[-1] == "from" and end < len(words) - 1)
        or ("," in own and not set(own) <= _LISTED)
    )


def _was_intended(words: tuple[str, ...]) -> bool:
    """As "we were going to merge them by Easter"."""
    intended = max(
        (
            at
            for at, (word, to) in enumerate(pairwise(words))
            if (word, to) == _HOPED or (word in _WAS and words[at + 1 : at + 3] in _INTENDED)
        ),
        default=None,
    )
    return intended is not None and {"but", "now"}.isdisjoint(words[intended:])


def _clause(words: tuple[str, ...]) -> tuple[str, ...]:
    """What follows the last "and", "but" or comma."""
    cut = max((at for at, word in enumerate(words) if word in {"and", "but", ","}), default=-1)
    return words[cut + 1 :]


def _verb_before(words: tuple[str, ...], end: int) -> Tense:
    tenses = (_ending_at(words, at) for at in range(end, 0, -1))
    return next((tense for tense in tenses if tense is not Tense.UNKNOWN), Tense.UNKNOWN)


def missed_after(around: Beside) -> list[tuple[int, int]]:
    """(words between, words in the cue) where what follows says that a date was missed, in the same clause."""
    return [
        (off, size)
        for off, size in around.cues_after("missed", 5)
        if _NEXT_CLAUSE.isdisjoint(around.after[:off])
    ]


def moved_to(around: Beside) -> bool:
    """As "moved to June", "slipped from April to June": the date after the preposition is the new one."""
    words = around.before[-9:]
    if words[-1:] not in {("to",), ("until",), ("till",), ("til",), ("into",)}:
        return False
    verb = max((at for at, word in enumerate(words) if word in word_list("move_verb")), default=-1)
    return verb >= 0 and (len(words) - verb <= 4 or "from" in words[verb:])


def _ending_at(words: tuple[str, ...], end: int) -> Tense:
    """What a cue or verb that ends at this word tells, the longest cue first."""
    for start in range(max(0, end - 4), end):
        if words[start - 1 : start] == ("as",) and words[start] in _FORESEEN:
            continue
        if words[start:end] == ("waiting",) and words[end : end + 1] in _WAITED_IN:
            continue
        far = words[start:end] in _ONLY_BESIDE and len([word for word in words[end:] if word != "the"]) > 0
        tense = Tense.UNKNOWN if far else _cue(words[start:end], "before")
        if tense is not Tense.UNKNOWN:
            return _in_context(tense, words, start)
    return _verb(words, end - 1)


def _cue(words: tuple[str, ...], side: str) -> Tense:
    if words in cues("future", side):
        return Tense.FUTURE
    return Tense.PAST if words in cues("past", side) else Tense.UNKNOWN


def _in_context(tense: Tense, words: tuple[str, ...], start: int) -> Tense:
    """As "to be held" and "will have gone" are to come."""
    if words[start] in _NO_VERBS:
        return tense
    if _NOT_YET & set(words[max(0, start - 3) : start]):
        return Tense.FUTURE  # "until I've had a word with them in June"
    return Tense.FUTURE if word_list("to_come") & set(words[max(0, start - 2) : start]) else tense


def _verb(words: tuple[str, ...], at: int) -> Tense:
    word = words[at]
    if word.endswith("'ll"):
        return Tense.FUTURE
    if at and words[at - 1] == "to" and (word,) in cues("verb", "before"):
        return Tense.FUTURE
    if not (word.endswith("ed") and len(word) > 4) or word in word_list("not_past"):
        return Tense.UNKNOWN
    return Tense.FUTURE if word_list("to_come") & set(words[max(0, at - 3) : at]) else Tense.PAST


def _after(words: tuple[str, ...]) -> Tense:
    for start in range(min(5, len(words))):
        if words[start] == ",":
            break
        for end in range(min(start + 4, len(words)), start, -1):
            tense = _cue(words[start:end], "after")
            if tense is not Tense.UNKNOWN:
                return tense
        if words[start].endswith("ed") and _verb(words, start) is not Tense.UNKNOWN:
            return _verb(words, start)
    return Tense.UNKNOWN
