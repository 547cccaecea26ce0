"""One line of at most 30 words, all of them the text's own.

The text is cut into pieces; each run of neighbouring pieces gets the chance that it holds what a
board must know (weights.tsv); a knapsack over the runs fills the line, and "…" marks what was left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from nlp.summary.pieces import Piece, cut
from storage.model.errors import AssurebotError
from storage.model.reading import Reading

__all__ = ["MAX_WORDS", "one_line"]

MAX_WORDS = 30
MAX_CHARS = 20_000  # an update is shorter; of a longer text the beginning is summarised
SHORTEST_RUN, LONGEST_RUN = 2, 20  # words; a shorter run without a fact says nothing
_LENGTHS = (2, 4, 6, 9, 12, 16)
_LENGTH_NAMES = ("words_1", "words_3", "words_5", "words_7", "words_10", "words_13", "words_17")
_LOOSE_DASH = re.compile(r"\s+([-–—])(?=\s)")
_LOOSE_END = re.compile(r"[\s,;:–—-]+\Z")


_TOLD = (
    "date_planned",
    "date_happened",
    "figure",
    "number",
    "measure",
    "cue",
    "cue_end",
    "trouble",
    "name",
    "good",
    "bad",
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Pieces ``first..last`` without ``left_out``: what a line may keep together."""

    first: int
    last: int
    words: int
    value: float
    left_out: tuple[int, ...] = ()


def one_line(text: str, reading: Reading, *, weights: Mapping[str, float] | None = None) -> str:
    """What a board must know of this text, in at most 30 of its own words, in its own order.

    A text of at most 30 words comes back whole. ``reading`` has its offsets into ``text``;
    ``weights`` stand in for those of weights.tsv.
    """
    if len(text.split(None, MAX_WORDS)) <= MAX_WORDS:
        return _joined_lines(text)
    text = text[:MAX_CHARS]
    pieces = cut(text, reading)
    kept = _knapsack(len(pieces), _runs(pieces, weights))
    line = _written(text, pieces, kept)
    return " ".join((line or _joined_lines(text)).split()[:MAX_WORDS])


def _joined_lines(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        glue = " " if joined[-1:] in ".!?;:," else "; "
        joined = f"{joined}{glue}{line}" if joined else line
    return joined


def _runs(pieces: Sequence[Piece], weights: Mapping[str, float] | None = None) -> Iterator[_Run]:
    """Every run of neighbouring pieces of one sentence, with its value: a chance between 0 and 1."""
    scores = _Scores(pieces, weights)
    for first, start in enumerate(pieces):
        inside, words, fact = scores.start(first), 0, False
        left_out: list[int] = []
        for last in range(first, len(pieces)):
            piece = pieces[last]
            words += piece.words
            if piece.sentence != start.sentence or (words > LONGEST_RUN and last > first):
                break
            inside += scores.piece(last)
            fact = fact or piece.fact
            so_far = inside + scores.end(last) + (scores.weight("fact") if fact else 0.0)
            if words > SHORTEST_RUN or (fact and (words > 1 or piece.figure)):
                yield _Run(first, last, words, scores.chance(so_far, words))
            if left_out:
                shorter = words - sum(pieces[index].words for index in left_out)
                value = scores.chance(so_far + scores.weight("left_out"), shorter)
                yield _Run(first, last, shorter, value, tuple(left_out))
            if piece.aside and last > first:
                left_out.append(last)


def _length(words: int) -> str:
    return _LENGTH_NAMES[bisect_left(_LENGTHS, words)]


class _Scores:
    """What the weights give to a run for its start, its pieces, its end and its length."""

    def __init__(self, pieces: Sequence[Piece], weights: Mapping[str, float] | None = None) -> None:
        self._pieces = pieces
        self._weights = _weights() if weights is None else weights
        self._heads: dict[int, int] = {}
        self._sentence_words: dict[int, int] = {}
        for index, piece in enumerate(pieces):
            self._heads.setdefault(piece.sentence, index)
            self._sentence_words[piece.sentence] = self._sentence_words.get(piece.sentence, 0) + piece.words
        words = sum(self._sentence_words.values())
        self._of_text = {
            "bias": 1.0,
            "long_text": min(words, 150) / 150,
            "many_sentences": min(len(self._heads), 6) / 6,
        }
        self._text = sum(self.weight(name) * size for name, size in self._of_text.items())

    def run_marks(self, run: _Run) -> dict[str, float]:
        """All that a run is judged by, with sizes: what the weights are fitted to."""
        inside = range(run.first, run.last + 1)
        marks = Counter(self._of_text) + Counter(dict(self.start_marks(run.first)))
        for index in inside:
            marks.update(dict(self.piece_marks(index)))
        marks.update(dict(self.end_marks(run.last)))
        marks[_length(run.words)] = 1
        marks["fact"] = int(any(self._pieces[index].fact for index in inside))
        marks["left_out"] = int(bool(run.left_out))
        return {name: size for name, size in marks.items() if size}

    def weight(self, name: str) -> float:
        return self._weights.get(name, 0.0)

    def chance(self, score: float, words: int) -> float:
        return 1 / (1 + exp(-score - self.weight(_length(words))))

    def start(self, index: int) -> float:
        """For a run that starts with this piece: how it opens, where it stands, what came before."""
        return self._text + sum(self.weight(name) * size for name, size in self.start_marks(index))

    def start_marks(self, index: int) -> Iterator[tuple[str, float]]:
        piece = self._pieces[index]
        head = self._heads[piece.sentence]
        yield f"start_{piece.opens}", 1
        yield "long_sentence", min(self._sentence_words[piece.sentence], 40) / 40
        if piece.sentence == 0:
            yield "first_sentence", 1
        if piece.holds["opener"]:
            yield "opener", 1
        if piece.in_cue:
            yield "start_in_cue", 1
        for mark in _TOLD:
            if piece.holds[mark]:
                yield f"start_with_{mark}", 1
        if index == head or (index == head + 1 and piece.opens in ("lead", "article")):
            yield "head", 1
        else:
            yield "depth", min(index - head, 6) / 6
        if index > head:
            before = self._pieces[index - 1]
            for mark in ("bad", "figure", "number"):
                if before.holds[mark]:
                    yield f"after_{mark}", 1
            if any(one.holds["good"] or one.holds["bad"] for one in self._pieces[head:index]):
                yield "after_cue", 1

    def piece(self, index: int) -> float:
        return sum(self.weight(name) * size for name, size in self.piece_marks(index))

    def piece_marks(self, index: int) -> Iterator[tuple[str, float]]:
        for mark, times in self._pieces[index].holds.items():
            if times and mark != "opener":
                yield mark, times / 3 if mark == "name" else float(min(times, 2))

    def end(self, index: int) -> float:
        """For a run that ends with this piece: what it is cut off from."""
        return sum(self.weight(name) * size for name, size in self.end_marks(index))

    def end_marks(self, index: int) -> Iterator[tuple[str, float]]:
        after = self._pieces[index + 1] if index + 1 < len(self._pieces) else None
        for mark in _TOLD:
            if self._pieces[index].holds[mark]:
                yield f"end_with_{mark}", 1
        yield f"end_{after.opens if after else 'sentence'}", 1
        if after is None or after.sentence != self._pieces[index].sentence:
            yield "to_end", 1
            return
        if after.in_cue:
            yield "cuts_cue", 1
        if any(after.holds[mark] for mark in ("date_planned", "date_happened", "date_other")):
            yield "cuts_date", 1
        for mark in ("good", "be"):
            if after.holds[mark]:
                yield f"cuts_{mark}", 1


def _knapsack(count: int, runs: Iterator[_Run]) -> list[int]:
    """The pieces of the runs, none overlapping, that are worth most in MAX_WORDS words."""
    ending: list[list[_Run]] = [[] for _ in range(count)]
    for run in runs:
        ending[run.last].append(run)
    best = [[0.0] * (MAX_WORDS + 1)]
    choices: list[list[_Run | None]] = []
    for last in range(count):
        values = best[last][:]
        chosen: list[_Run | None] = [None] * (MAX_WORDS + 1)
        for run in ending[last]:
            _offer(run, best[run.first], values, chosen)
        best.append(values)
        choices.append(chosen)
    return _chosen(choices)


def _offer(run: _Run, before: Sequence[float], values: list[float], chosen: list[_Run | None]) -> None:
    """Takes the run wherever it makes a line of that many words worth more."""
    value, words = run.value, run.words
    for room in range(words, MAX_WORDS + 1):
        worth = before[room - words] + value
        if worth > values[room]:
            values[room] = worth
            chosen[room] = run


def _chosen(choices: Sequence[Sequence[_Run | None]]) -> list[int]:
    kept: list[int] = []
    last, room = len(choices) - 1, MAX_WORDS
    while last >= 0:
        run = choices[last][room]
        if run is None:
            last -= 1
            continue
        kept += [index for index in range(run.last, run.first - 1, -1) if index not in run.left_out]
        last, room = run.first - 1, room - run.words
    return kept[::-1]


def _written(text: str, pieces: Sequence[Piece], kept: Sequence[int]) -> str:
    """The kept pieces as one line; "…" where something of a sentence or between two was left out."""
    line = ""
    previous = -1
    for index in kept:
        piece = pieces[index]
        said = _LOOSE_DASH.sub(r"\1", " ".join(text[piece.start : piece.end].split()))
        if not line:
            line = said.lstrip("-–—•·* ")
        elif index == previous + 1:
            line = _next_to(line, said, piece.opens)
        else:
            line = _LOOSE_END.sub("", line) + "… " + said.lstrip("-–—•·* ")
        previous = index
    return _LOOSE_END.sub("", line)


def _next_to(line: str, said: str, opens: str) -> str:
    if said[0] in "–—-•·*" and said[1:2] == " ":
        return f"{line}{said}" if said[0] in "–—-" else f"{line}; {said[1:].lstrip()}"
    if opens == "line" and line[-1] not in ".!?;:,":
        return f"{line}; {said}"
    return f"{line} {said}"


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = {}
    lines = files("nlp.summary").joinpath("weights.tsv").read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        name, _, value = line.partition("\t")
        try:
            weights[name] = float(value)
        except ValueError:
            raise AssurebotError(
                f"Give line {number} of weights.tsv a name and a number with a tab between them."
            ) from None
    return weights
