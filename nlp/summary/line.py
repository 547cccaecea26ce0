"""One line of at most 30 words, all of them the text's own.

The text is cut into pieces; each run of pieces has the chance that it is what a board must know
(worth.py); a knapsack fills the line with the stretches that hold the most of it, and "…" marks what
was left out. Articles go where the line would be too long with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from nlp.summary.pieces import Piece, cut
from nlp.summary.worth import Run, chances
from storage.model.reading import Reading

__all__ = ["MAX_WORDS", "one_line"]

MAX_WORDS = 30
MAX_CHARS = 20_000  # an update is shorter; of a longer text the beginning is summarised
SHORTEST_STRETCH, LONGEST_STRETCH = 1, 30  # words (and pieces); a shorter one without a figure says nothing
CUT = 0.04  # what a stretch must be worth: less is not worth another "…"
_ARTICLES = frozenset({"the", "a", "an"})
_KEEP_ARTICLE = re.compile(  # "a few", "a third", "7 days a week": another meaning without it
    r"(?:few|little|lot|bit|third|quarter|half|dozen|hundred|thousand|million|hour|day|week|month|year)s?\b",
    re.I,
)
_MARK = re.compile(r"[-–—•·*]+\Z")
_LEADING = frozenset({"and", "&", "that", "which", "who"})
_TRAILING = (
    _LEADING
    | _ARTICLES
    | {
        *("of", "to", "for", "with", "in", "by", "from", "on", "at", "as", "or", "their", "its"),
        *("is", "are", "was", "were", "has", "have", "been", "being", "be", "will", "would", "can", "may"),
        *("include", "including", "such", "than", "but", "so", "if", "because", "until", "via", "into"),
        *("when", "where", "while", "whether", "how", "it", "this", "these", "those", "they", "we", "our"),
    }
)
_JOINED_BY = frozenset(
    {"of", "preposition", "infinitive", "filler", "after_filler", "participle", "date", "that", "join"}
)
_CLAUSES = frozenset({"sentence", "line", "clause", "capital"})
_LOOSE_END = re.compile(r"[\s,;:–—-]+\Z")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text: its piece, and whether the line may do without it."""

    text: str
    piece: int
    new_line: bool
    spare: bool
    counts: bool  # not a loose dash or bullet


class _Stretch(NamedTuple):
    """Pieces ``first..last``, the words that they cost, and how many facts they are likely to hold."""

    first: int
    last: int
    words: int
    value: float


def one_line(text: str, reading: Reading, *, weights: Mapping[str, float] | None = None) -> str:
    """What a board must know of this text, in at most 30 of its own words, in its own order.

    A text of at most 30 words comes back whole. ``reading`` has its offsets into ``text``;
    ``weights`` stand in for those of weights.tsv.
    """
    if len(text.split(None, MAX_WORDS)) <= MAX_WORDS:
        return _joined_lines(text)
    text = text[:MAX_CHARS]
    pieces = cut(text, reading)
    words = _words(text, pieces)
    costs = [0] * len(pieces)
    for word in words:
        costs[word.piece] += word.counts and not word.spare
    kept = _knapsack(len(pieces), _stretches(pieces, costs, chances(pieces, weights)))
    line = _written([part for part in (_part(words, stretch) for stretch in _merged(kept)) if part])
    return " ".join((line or _joined_lines(text)).split()[:MAX_WORDS])


def _joined_lines(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        glue = " " if joined[-1:] in ".!?;:," else "; "
        joined = f"{joined}{glue}{line}" if joined else line
    return joined


def _words(text: str, pieces: Sequence[Piece]) -> list[_Word]:
    said = [
        (word, index, place == 0 and piece.opens == "line")
        for index, piece in enumerate(pieces)
        for place, word in enumerate(text[piece.start : piece.end].split())
    ]
    following = [word for word, _, _ in said[1:]] + [""]
    return [
        _Word(word, index, new_line, _is_spare(word, after, pieces[index]), not _MARK.match(word))
        for (word, index, new_line), after in zip(said, following, strict=True)
    ]


def _is_spare(word: str, following: str, piece: Piece) -> bool:
    """An article whose loss changes nothing; a capital inside a sentence is a name ("The Larches", "ward A")."""
    if word not in _ARTICLES and not (word in ("The", "A", "An") and piece.opens in ("sentence", "line")):
        return False
    return following[:1].isalpha() and not _KEEP_ARTICLE.match(following)


def _stretches(
    pieces: Sequence[Piece], costs: Sequence[int], likely: Mapping[Run, float]
) -> Iterator[_Stretch]:
    """Every stretch of one sentence, worth the chances of all runs in it; the last ones first."""
    behind_negation = _behind_negation(pieces)
    later: dict[int, float] = {}  # by its last piece: the worth of the stretch from the next piece on
    for first in range(len(pieces) - 1, -1, -1):
        opening, words = 0.0, 0
        here: dict[int, float] = {}
        for last in range(first, min(first + LONGEST_STRETCH, len(pieces))):
            words += costs[last]
            apart = pieces[last].sentence != pieces[first].sentence
            if apart or (words > LONGEST_STRETCH and last > first):
                break
            opening += likely.get(Run(first, last), 0.0)
            here[last] = opening + later.get(last, 0.0)
            if words > MAX_WORDS or behind_negation[first] or pieces[last].holds["last_negation"]:
                continue
            if _hangs(pieces[first], alone=first == last) or _is_cut_from_its_noun(pieces, last):
                continue
            if words > SHORTEST_STRETCH or any(piece.figure for piece in pieces[first : last + 1]):
                yield _Stretch(first, last, max(words, 1), here[last])
        later = here


def _hangs(piece: Piece, *, alone: bool) -> bool:
    """Of what? Who has been? After which date? What is at 62%?"""
    if alone and piece.opens == "preposition" and piece.holds["last_percentage"]:
        return True
    return piece.opens in ("of", "filler") or (piece.opens == "date" and not piece.figure)


def _is_cut_from_its_noun(pieces: Sequence[Piece], last: int) -> bool:
    """Whether the stretch ends with a percentage, and what it is a share of comes next ("a 15% | reduction")."""
    if last + 1 == len(pieces) or not pieces[last].holds["last_percentage"]:
        return False
    return pieces[last + 1].opens == "date" and pieces[last + 1].sentence == pieces[last].sentence


def _behind_negation(pieces: Sequence[Piece]) -> list[bool]:
    """For each piece whether it goes on from a "not" or a "hoped": what it says alone, the text does not."""
    behind = [False]
    denied = False  # anywhere before in this clause
    for before, piece in pairwise(pieces):
        anew = piece.opens in _CLAUSES or (piece.opens == "join" and piece.holds["be"] > 0)
        denied = not anew and (denied or bool(before.holds["negation"]))
        behind.append(denied and piece.opens in _JOINED_BY)
    return behind


def _knapsack(count: int, stretches: Iterator[_Stretch]) -> list[_Stretch]:
    """The stretches, none overlapping, that are worth most in MAX_WORDS words."""
    ending: list[list[_Stretch]] = [[] for _ in range(count)]
    for stretch in stretches:
        ending[stretch.last].append(stretch)
    best = [[0.0] * (MAX_WORDS + 1)]
    choices: list[list[_Stretch | None]] = []
    for last in range(count):
        values = best[last][:]
        chosen: list[_Stretch | None] = [None] * (MAX_WORDS + 1)
        for stretch in ending[last]:
            _offer(stretch, best[stretch.first], values, chosen)
        best.append(values)
        choices.append(chosen)
    return _chosen(choices)


def _offer(
    stretch: _Stretch, before: Sequence[float], values: list[float], chosen: list[_Stretch | None]
) -> None:
    """Takes the stretch wherever it makes a line of that many words worth more."""
    words, value = stretch.words, stretch.value - CUT
    for room in range(words, MAX_WORDS + 1):
        worth = before[room - words] + value
        if worth > values[room]:
            values[room] = worth
            chosen[room] = stretch


def _chosen(choices: Sequence[Sequence[_Stretch | None]]) -> list[_Stretch]:
    kept: list[_Stretch] = []
    last, room = len(choices) - 1, MAX_WORDS
    while last >= 0:
        stretch = choices[last][room]
        if stretch is None:
            last -= 1
            continue
        kept.append(stretch)
        last, room = stretch.first - 1, room - stretch.words
    return kept[::-1]


def _merged(kept: Sequence[_Stretch]) -> list[tuple[int, int]]:
    """First and last piece of what is kept together: neighbouring stretches are one."""
    merged: list[tuple[int, int]] = []
    for stretch in kept:
        if merged and merged[-1][1] + 1 == stretch.first:
            merged[-1] = (merged[-1][0], stretch.last)
        else:
            merged.append((stretch.first, stretch.last))
    return merged


def _part(words: Sequence[_Word], stretch: tuple[int, int]) -> list[_Word]:
    """The words of a stretch without the marks and the little words that hang loose at its ends."""
    part = [word for word in words if stretch[0] <= word.piece <= stretch[1]]
    while len(part) > 1 and (not part[0].counts or part[0].text.lower() in _LEADING):
        del part[0]
    while len(part) > 1 and (not part[-1].counts or part[-1].text.lower() in _TRAILING):
        del part[-1]
    return part


def _written(parts: Sequence[Sequence[_Word]]) -> str:
    """One line of the parts; where there are too many words, the last of the spare ones go."""
    over = sum(word.counts for part in parts for word in part) - MAX_WORDS
    spare = [word for part in parts for word in part if word.spare]
    spare.sort(key=lambda word: word.text.islower())  # a "The" that opens a sentence goes last
    gone = frozenset(map(id, spare[-over:])) if over > 0 else frozenset()
    said = [_said([word for word in part if id(word) not in gone]) for part in parts]
    line = ""
    for one in filter(None, said):
        line = f"{_LOOSE_END.sub('', line)}… {one}" if line else one
    return _LOOSE_END.sub("", line)


def _said(part: Sequence[_Word]) -> str:
    """The words of a part; a loose dash clings to the word before it, for it is no word."""
    said = part[0].text if part else ""
    for before, word in pairwise(part):
        if not word.counts:
            said += word.text if word.text[0] in "–—-" else ";"
        elif word.new_line and before.counts and said[-1] not in ".!?;:,":
            said += f"; {word.text}"
        else:
            said += f" {word.text}"
    return said
