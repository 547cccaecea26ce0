"""A text cut into the pieces that a summary may keep or leave: clauses, and the parts of clauses.

A piece never cuts a date or a percentage in two. Each says how it opens ("sentence", "comma",
"relative" ...) and what it holds (a planned date, a figure, a word of delay ...).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from storage.model.errors import AssurebotError
from storage.model.reading import DateRole, Reading, Status

__all__ = ["SAID", "Piece", "cut"]

LONGEST_PIECE = 14  # words; a text without a single boundary is cut all the same

_TOKEN = re.compile(r"\S+")
_DASH = re.compile(r"[-–—•·*]+\Z")
_LIST_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[a-z]\))\Z")
_ABBREVIATION = re.compile(r"\(?(?:e\.g|i\.e|etc|no|dr|mr|mrs|ms|st|approx|vs|inc|ref|[a-z])\.\Z", re.I)
_LEAD_IN = re.compile(
    r"(?:(?:However|Therefore|Additionally|Currently|Positively|Further|Furthermore|Also|Moreover|Meanwhile"
    r"|Consequently|Subsequently|Initially|Overall|Note)\b,?"
    r"|In (?:addition|the meantime|order to|terms of|particular)\b,?"
    r"|At (?:this|present)(?: point in time| time| stage)?\b,?"
    r"|As (?:part of|a result)(?: of)?(?: this| the)?\b,?"
    r"|(?:It|There) (?:is|was|has been|are) (?:also |now )?"
    r"(?:recognised|agreed|noted)? ?(?:that)?"
    r"|The intention is|A number of|Work (?:is|has) (?:currently |now )?)\s*",
    re.I,
)
_FILLER = re.compile(
    r"(?:which|who|that) (?:is|are|was|were|has|have|had|will|can)(?: been| be| also| now)?\b"
    r"|(?:is|are|was|were|has|have) (?:also|now|currently|well|already|been)(?: been)?\b"
    r"|(?:a number of|a range of|a variety of|some of|in order|as well as|with regards? to|in relation to"
    r"|in terms of|on behalf of|with a view to|at the time of|the fact that)\b",
    re.I,
)
_STATE = re.compile(
    r"\bin (?:place|post|use|force)\b|\b(?:on track|under ?way|live|progressing|up and running|rolled out|set up)\b",
    re.I,
)
_LONG_NAME = re.compile(r"\b[A-Z][\w&-]+ (?:of |and |& )?[A-Z][\w&-]+")
_CALENDAR = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|q[1-4]\b)", re.I
)
_EDGES = "()[]\"'“”‘’.,;:–-!?"
_HEAD_OPENINGS = frozenset({"sentence", "line", "clause", "capital"})
_ROLE_MARKS = {
    DateRole.PLANNED: "date_planned",
    DateRole.REVISED: "date_planned",
    DateRole.HAPPENED: "date_happened",
}
SAID = (  # classes of words.tsv, and the last three of whole pieces, that weigh at a run's start, inside and at its end
    *(
        "definite",
        "indefinite",
        "count",
        "firm",
        "yet",
        "need",
        "compared",
        "cause",
        "stage",
        "paper",
        "percent",
    ),
    *("talk", "routine", "milestone", "ahead", "obstacle", "strain", "verdict"),
    *("purpose", "state", "long_name"),
)
_COUNTED = ("vague", "pointer", "done", "thing", "be", "negation", *SAID[:-3])
_TROUBLE = (Status.AT_RISK, Status.OFF_TRACK)
_FIGURES = ("date_planned", "date_happened", "date_other", "figure", "number", "money")


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:end]``, its length in words, how it opens, and how often it holds what."""

    start: int
    end: int
    words: int
    opens: str
    sentence: int
    holds: Counter[str]
    in_cue: bool = False  # begins inside the words of a status

    @property
    def figure(self) -> bool:
        return any(self.holds[mark] for mark in _FIGURES)

    @property
    def fact(self) -> bool:
        return self.figure or bool(self.holds["good"] or self.holds["bad"])


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def core(self) -> str:
        return self.text.strip(_EDGES)

    @property
    def word(self) -> str:
        return self.text.strip(_EDGES).lower()


def cut(text: str, reading: Reading) -> list[Piece]:
    """The pieces of a text in reading order; together they hold every word of it."""
    dates, percentages = reading.dates, reading.percentages
    tokens = [_Token(found.start(), found.end(), found.group()) for found in _TOKEN.finditer(text)]
    if not tokens:
        return []
    spans = sorted(
        [(one.start_char, one.end_char) for one in dates]
        + [(one.start_char, one.end_char) for one in percentages]
    )
    openings = _openings(text, tokens, spans)
    marks = _span_marks(reading)
    cues = _Locked(sorted((one.start_char, one.end_char) for one in reading.cues))
    starts = sorted(openings)
    pieces: list[Piece] = []
    sentence = 0
    for first, after in zip(starts, [*starts[1:], len(tokens)], strict=True):
        opens = openings[first]
        sentence += first > 0 and opens in ("sentence", "line")
        piece = _piece(text, tokens[first:after], opens, sentence, marks, spans)
        pieces.append(replace(piece, in_cue=cues.inside(piece.start)))
    return pieces


def _openings(text: str, tokens: Sequence[_Token], spans: Sequence[tuple[int, int]]) -> dict[int, str]:
    """The number of each token that opens a piece, with how it opens."""
    locked = _Locked(spans)
    found = {0: "sentence"}
    length = 0
    for number in range(1, len(tokens)):
        length += 1
        if locked.inside(tokens[number].start):
            continue
        kind = _opening(text, tokens, number)
        if kind is None and _at_date(text, tokens, number, locked):
            kind = "date"
        if kind is None and length >= LONGEST_PIECE:
            kind = "join"
        if kind is not None:
            found[number] = kind
            length = 0
    return _leads(text, tokens, found) | _fillers(text, tokens, found, locked) | found


def _opening(text: str, tokens: Sequence[_Token], number: int) -> str | None:
    before, token = tokens[number - 1], tokens[number]
    if "\n" in text[before.end : token.start]:
        return "line"
    if _ends_sentence(tokens, number - 1) and not token.text[0].islower():
        return "sentence"
    if before.text[-1] in ";:" or _DASH.match(token.text):
        return "clause"
    if _DASH.match(before.text):
        return None
    if token.text[0] in "([" or before.text.endswith(")"):
        return "bracket"
    if before.text[-1] == ",":
        return "comma"
    following = tokens[number + 1].text if number + 1 < len(tokens) else ""
    return _opening_word(before.text, token, following)


def _opening_word(before: str, token: _Token, following: str) -> str | None:
    word = token.text.lower().strip("(\"'‘“")
    if (
        word in ("and", "&", "of", "for")
        and before[0].isupper()
        and before[-1].isalnum()
        and following[:1].isupper()
    ):
        return None  # one name: "Head of Patient Safety and Risk"
    if word == "to":
        verb = following.isalpha() and following.islower() and not _is("the", following)
        return "infinitive" if verb else "preposition"
    if _is("join", word):
        return "join"
    if word == "that":
        return "that"
    if _is("clause", word) or (word == "due" and following == "to"):
        return "relative"
    if word == "of":
        return "of"
    if _is("before", word):
        return "preposition"
    if _opens_by_capital(before, token.text):
        return "capital"
    return "participle" if _is_participle(before, token.text) else None


def _is_participle(before: str, token: str) -> bool:
    """A word in -ing where a noun ended: "an initiative | commencing in May"."""
    said = before.lower()
    return (
        len(token) > 6
        and not said.endswith("est")  # "the lowest performing team" is one name
        and token.rstrip(".,;:").endswith("ing")
        and token.islower()
        and before[-1].isalnum()
        and not any(_is(name, said) for name in ("plain", "before", "join", "clause", "be", "modal"))
    )


def _at_date(text: str, tokens: Sequence[_Token], number: int, locked: _Locked) -> bool:
    """Where a date begins that no preposition leads to ("held | 4 May"), and where one has ended."""
    before, token = tokens[number - 1], tokens[number]
    begins = locked.begins(token.start, token.end) and not (
        _is("before", before.word) or _is("plain", before.word) or before.text[0].isupper()
    )
    return begins or (locked.ended(before.start, before.end) and not _is("plain", token.word))


def _opens_by_capital(before: str, token: str) -> bool:
    """A capital where no name goes on: notes often leave out the full stop."""
    if not (token[0].isupper() and token[1:2].islower()) or _CALENDAR.match(token):
        return False
    if before[0].isupper() or not (before[-1].isalnum() or before[-1] == "%"):
        return False
    word = before.lower()
    return not (_is("plain", word) or _is("before", word))


def _ends_sentence(tokens: Sequence[_Token], number: int) -> bool:
    token = tokens[number].text
    if not (token[-1] in ".!?" or token[-2:] in ('."', ".)", ".”", ".'", ".’")):
        return False
    if _LIST_NUMBER.match(token):  # "2. Agree" begins a list; "by May 14. Agree" ends a sentence
        return number > 0 and tokens[number - 1].text[-1] not in ".!?;:"
    return not _ABBREVIATION.match(token)


def _leads(text: str, tokens: Sequence[_Token], found: dict[int, str]) -> dict[int, str]:
    """What follows a lead-in ("In addition,") or an article at the head of a clause."""
    starts = [token.start for token in tokens]
    more: dict[int, str] = {}
    for number, kind in found.items():
        if kind not in _HEAD_OPENINGS:
            continue
        lead = _LEAD_IN.match(text, tokens[number].start)
        if lead and lead.end() >= tokens[number].end:
            more[bisect_left(starts, lead.end())] = "lead"
        elif _is("the", tokens[number].text.lower()):
            more[number + 1] = "article"
    return {number: kind for number, kind in more.items() if number < len(tokens)}


def _fillers(text: str, tokens: Sequence[_Token], found: dict[int, str], locked: _Locked) -> dict[int, str]:
    """Words that say nothing of their own ("which is", "a number of"), and what follows them."""
    starts = [token.start for token in tokens]
    more: dict[int, str] = {}
    for match in _FILLER.finditer(text):
        first, after = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        whole = first < len(tokens) and starts[first] == match.start()
        if (
            not whole
            or locked.inside(match.start())
            or (after < len(tokens) and locked.inside(starts[after]))
        ):
            continue
        more.setdefault(first, "filler")
        if after < len(tokens):
            more.setdefault(after, "after_filler")
    return more


class _Locked:
    """Whether a place is inside one of the spans, which are in order of their starts."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends: list[int] = []
        for _, end in spans:
            self._ends.append(max(end, self._ends[-1] if self._ends else 0))

    def inside(self, place: int) -> bool:
        index = bisect_left(self._starts, place) - 1
        return index >= 0 and place < self._ends[index]

    def begins(self, start: int, end: int) -> bool:
        """Whether a span begins in ``start..end``."""
        index = bisect_left(self._starts, start)
        return index < len(self._starts) and self._starts[index] < end

    def ended(self, start: int, end: int) -> bool:
        """Whether a span reaches the end of ``start..end``."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and start < self._ends[index]


def _span_marks(reading: Reading) -> tuple[list[int], list[str]]:
    """Where each date, percentage, measure and cue starts, in order, with its mark."""
    marks = [(one.start_char, _ROLE_MARKS.get(one.role, "date_other")) for one in reading.dates]
    marks += [(one.start_char, "figure") for one in reading.percentages]
    marks += [(one.start_char, "measure") for one in reading.measures]
    marks += [(one.start_char, "cue") for one in reading.cues]
    marks += [(one.start_char, "trouble") for one in reading.cues if one.status in _TROUBLE]
    marks += [(one.end_char - 1, "cue_end") for one in reading.cues]
    marks.sort()
    return [place for place, _ in marks], [mark for _, mark in marks]


def _piece(
    text: str,
    tokens: Sequence[_Token],
    opens: str,
    sentence: int,
    marks: tuple[list[int], list[str]],
    spans: Sequence[tuple[int, int]],
) -> Piece:
    start, end = tokens[0].start, tokens[-1].end
    places, names = marks
    first, after = bisect_left(places, start), bisect_left(places, end)
    holds = Counter(names[first:after])
    locked = _Locked(spans[bisect_left(spans, (start, 0)) : bisect_left(spans, (end, 0))])
    for number, token in enumerate(tokens):
        if token.core and not locked.inside(token.start + 1):
            _count(token, holds, may_name=number > 0 or opens not in ("sentence", "line"))
    said = text[start:end]
    holds["state"] = len(_STATE.findall(said))
    holds["good"] += holds["state"] > 0
    holds["long_name"] = len(_LONG_NAME.findall(said))
    holds["purpose"] = opens == "infinitive" and len(tokens) > 1 and _is("purpose", tokens[1].word)
    holds.update(f"first_{name}" for name in _classes(tokens[0].word))
    holds.update(f"last_{name}" for name in _classes(tokens[-1].word))
    holds["last_percentage"] = tokens[-1].core.endswith("%")
    words = sum(not _DASH.match(token.text) for token in tokens)
    return Piece(start, end, words, opens, sentence, holds)


def _count(token: _Token, holds: Counter[str], *, may_name: bool) -> None:
    core = token.core
    if any(char.isdigit() for char in core):
        holds["money" if "£" in token.text else "number"] += 1
        holds["percent"] += "%" in token.text
        return
    word = core.lower()
    if "bad" in (classes := _classes(word)):
        holds["bad"] += 1
    elif "good" in classes:
        holds["good"] += 1
    for name in _COUNTED:
        if name in classes:
            holds[name] += 1
    if may_name and core[0].isupper():
        holds["name"] += 1


def _is(name: str, word: str) -> bool:
    return name in _classes(word)


@cache
def _vocabulary() -> tuple[dict[str, frozenset[str]], dict[str, dict[str, frozenset[str]]]]:
    """Whole words with their classes, and stems by their first three letters with theirs."""
    whole: dict[str, set[str]] = {}
    stems: dict[str, dict[str, frozenset[str]]] = {}
    lines = files("nlp.summary").joinpath("words.tsv").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        name, tab, word = line.partition("\t")
        if not tab or not word or len(word.rstrip("*")) < (4 if word.endswith("*") else 1):
            raise AssurebotError(
                f"Give line {number} of words.tsv a class and a word with a tab between them."
            )
        if word.endswith("*"):
            alike = stems.setdefault(word[:3], {})
            alike[word[:-1]] = alike.get(word[:-1], frozenset()) | {name}
        else:
            whole.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in whole.items()}, stems


_NONE: frozenset[str] = frozenset()
_LONGEST_WORD = 40  # no word of the vocabulary is longer


def _classes(word: str) -> frozenset[str]:
    return _classes_of(word[:_LONGEST_WORD])


@lru_cache(maxsize=8192)
def _classes_of(word: str) -> frozenset[str]:
    whole, stems = _vocabulary()
    found = whole.get(word, _NONE)
    for stem, names in stems.get(word[:3], {}).items():
        if word.startswith(stem):
            found = found | names
    return found
