"""How likely each run of pieces is just what a board must know, by the weights of weights.tsv.

A text is seen as some such runs with other words between them (a semi-Markov model): a run's score
is the sum of the weights of its marks, and its chance takes in every other way to read the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import NamedTuple

from nlp.summary.pieces import SAID, Piece
from storage.model.errors import AssurebotError

__all__ = ["Run", "Shape", "Worth", "chances", "marginals"]

LONGEST_RUN = 16  # words of one fact, and pieces
Marks = Mapping[str, float]
_LENGTHS = (2, 4, 6, 9, 12)
_LENGTH_NAMES = ("words_1", "words_3", "words_5", "words_7", "words_10", "words_13")
_EDGES = (
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
_CLASSES = ("vague", "pointer", "done", "thing")
_WHOLE = ("has_vague", "has_pointer", "has_done", "has_thing", "fact")
_INSIDE = (
    "date_planned",
    "date_happened",
    "date_other",
    "figure",
    "number",
    "measure",
    "cue",
    "cue_end",
    "trouble",
    "bad",
    "money",
    *_CLASSES,
)
_CLAUSE_HEADS = ("sentence", "line", "clause", "capital")
_DATES = ("date_planned", "date_happened", "date_other")


class Run(NamedTuple):
    """Pieces ``first..last`` of one sentence."""

    first: int
    last: int


class Shape(NamedTuple):
    """A run as a whole: its length (a place in _LENGTH_NAMES), the bits of _WHOLE, whether it is a sentence."""

    length: int
    holds: int
    whole: bool


def chances(pieces: Sequence[Piece], weights: Marks | None = None) -> dict[Run, float]:
    """For each run of at most LONGEST_RUN words, the chance that it is what a board must know."""
    worth = Worth(pieces)
    scores = worth.scores(_weights() if weights is None else weights)
    return marginals(len(pieces), scores)


class Worth:
    """The marks that a run of these pieces is judged by."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._said = [_said(piece) for piece in pieces]
        self._heads: dict[int, int] = {}
        self._depths: list[float] = []
        self._sentence_words: Counter[int] = Counter()
        depth = 0  # words of the clause before the piece
        for index, piece in enumerate(pieces):
            self._heads.setdefault(piece.sentence, index)
            self._sentence_words[piece.sentence] += piece.words
            depth = 0 if piece.opens in _CLAUSE_HEADS else depth
            self._depths.append(min(depth, 30) / 30)
            depth += piece.words
        self._of_text = {
            "bias": 1.0,
            "long_text": min(sum(self._sentence_words.values()), 150) / 150,
            "many_sentences": min(len(self._heads), 6) / 6,
        }

    def runs(self) -> Iterator[tuple[Run, Shape]]:
        """Every run that may be a fact, with its length and what is anywhere in it."""
        holds = [_holds(piece) for piece in self._pieces]
        for first, start in enumerate(self._pieces):
            words = held = 0
            for last in range(first, min(first + LONGEST_RUN, len(self._pieces))):
                piece = self._pieces[last]
                words += piece.words
                if piece.sentence != start.sentence or (words > LONGEST_RUN and last > first):
                    break
                held |= holds[last]
                whole = self._at_head(first) and self._ends_sentence(last)
                yield Run(first, last), Shape(bisect_left(_LENGTHS, words), held, whole)

    def scores(self, weights: Marks) -> dict[Run, float]:
        """What the weights give to each run; the sums over its pieces are made once."""

        def weigh(marks: Iterator[tuple[str, float]]) -> float:
            total = 0.0
            for name, size in marks:
                if name in weights:
                    total += weights[name] * size
            return total

        everywhere = range(len(self._pieces))
        starts = [weigh(self._start(index)) for index in everywhere]
        ends = [weigh(self._end(index)) for index in everywhere]
        inside = [0.0]
        for index in everywhere:
            inside.append(inside[-1] + weigh(self._piece(index)))
        joints = [weights.get(f"in_{piece.opens}", 0.0) for piece in self._pieces]
        text = weigh(iter(self._of_text.items()))
        shapes: dict[Shape, float] = {}
        scores: dict[Run, float] = {}
        joined, opened = 0.0, -1
        for run, shape in self.runs():
            joined, opened = (joined + joints[run.last] if run.first == opened else 0.0), run.first
            parts = text + starts[run.first] + inside[run.last + 1] - inside[run.first] + ends[run.last]
            if shape not in shapes:
                shapes[shape] = weigh(_shape_marks(shape))
            scores[run] = parts + joined + shapes[shape]
        return scores

    def marks(self, run: Run, shape: Shape) -> dict[str, float]:
        """All marks of one run with their sizes: what the weights are fitted to."""
        marks: Counter[str] = Counter()
        for part in (
            iter(self._of_text.items()),
            self._start(run.first),
            *(self._piece(index) for index in range(run.first, run.last + 1)),
            ((f"in_{self._pieces[index].opens}", 1.0) for index in range(run.first + 1, run.last + 1)),
            self._end(run.last),
            _shape_marks(shape),
        ):
            for name, size in part:
                marks[name] += size  # type: ignore[assignment]
        return dict(marks)

    def _start(self, index: int) -> Iterator[tuple[str, float]]:
        """How a run that starts with this piece opens, and what came before."""
        piece = self._pieces[index]
        head = self._heads[piece.sentence]
        yield f"start_{piece.opens}", 1.0
        yield "long_sentence", min(self._sentence_words[piece.sentence], 40) / 40
        if piece.in_cue:
            yield "start_in_cue", 1.0
        for mark in _EDGES:
            if piece.holds[mark]:
                yield f"start_with_{mark}", 1.0
        yield "depth", self._depths[index]
        for mark, _ in self._said[index]:
            yield f"start_with_{mark}", 1.0
        for name in _CLASSES:
            if piece.holds[f"first_{name}"]:
                yield f"first_{name}", 1.0
        if self._at_head(index):
            yield "head", 1.0
        if index > head:
            before = self._pieces[index - 1]
            for mark in ("bad", "figure", "number"):
                if before.holds[mark]:
                    yield f"after_{mark}", 1.0

    def _at_head(self, index: int) -> bool:
        piece = self._pieces[index]
        head = self._heads[piece.sentence]
        return index == head or (index == head + 1 and piece.opens in ("lead", "article"))

    def _piece(self, index: int) -> Iterator[tuple[str, float]]:
        holds = self._pieces[index].holds
        yield "pieces", 0.25
        for mark in _INSIDE:
            if times := holds[mark]:
                yield mark, float(min(times, 2))
        yield from self._said[index]

    def _end(self, index: int) -> Iterator[tuple[str, float]]:
        """What a run that ends with this piece is cut off from."""
        piece = self._pieces[index]
        after = self._pieces[index + 1] if index + 1 < len(self._pieces) else None
        for mark in _EDGES:
            if piece.holds[mark]:
                yield f"end_with_{mark}", 1.0
        for mark, _ in self._said[index]:
            yield f"end_with_{mark}", 1.0
        for name in _CLASSES:
            if piece.holds[f"last_{name}"]:
                yield f"last_{name}", 1.0
        if after is None or after.sentence != piece.sentence:
            yield "to_end", 1.0
            return
        yield f"end_{after.opens}", 1.0
        for name in _CLASSES:
            if after.holds[f"first_{name}"]:
                yield f"next_{name}", 1.0
        if after.in_cue:
            yield "cuts_cue", 1.0
        if any(after.holds[mark] for mark in _DATES):
            yield "cuts_date", 1.0
        for mark in ("good", "be"):
            if after.holds[mark]:
                yield f"cuts_{mark}", 1.0

    def _ends_sentence(self, index: int) -> bool:
        return index + 1 == len(self._pieces) or (
            self._pieces[index + 1].sentence != self._pieces[index].sentence
        )


def _said(piece: Piece) -> list[tuple[str, float]]:
    return [(mark, float(min(piece.holds[mark], 2))) for mark in SAID if piece.holds[mark]]


def _holds(piece: Piece) -> int:
    """A bit for each of _WHOLE that the piece holds."""
    held = sum(1 << bit for bit, name in enumerate(_CLASSES) if piece.holds[name])
    return held | (piece.fact << len(_CLASSES))


def _shape_marks(shape: Shape) -> Iterator[tuple[str, float]]:
    yield _LENGTH_NAMES[shape.length], 1.0
    for bit, name in enumerate(_WHOLE):
        if shape.holds >> bit & 1:
            yield name, 1.0
    if shape.whole:
        yield "whole_sentence", 1.0


def marginals(count: int, scores: Mapping[Run, float]) -> dict[Run, float]:
    """The chance of each run, over every choice of runs that do not overlap (forward and backward)."""
    ending: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    starting: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    for (first, last), score in scores.items():
        ending[last].append((first, score))
        starting[first].append((last, score))
    forward = [0.0]
    for last in range(count):
        ways = [forward[first] + score for first, score in ending[last]]
        forward.append(_log_sum(forward[last], ways))
    backward = [0.0] * (count + 1)
    for first in range(count - 1, -1, -1):
        ways = [backward[last + 1] + score for last, score in starting[first]]
        backward[first] = _log_sum(backward[first + 1], ways)
    whole = forward[count]
    return {
        run: exp(forward[run.first] + score + backward[run.last + 1] - whole) for run, score in scores.items()
    }


def _log_sum(first: float, others: Sequence[float]) -> float:
    most = max(first, *others) if others else first
    return most + log(exp(first - most) + sum(exp(one - most) for one in others))


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
