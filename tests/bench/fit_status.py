"""Fits nlp/reading/status/weights.tsv to the invented updates in tests/nlp/data: ``make train-status``.

A multinomial logistic regression over the marks of a text, by stochastic gradient descent with a step for
each weight (AdaGrad), the mean of the later rounds taken. Repeatable: the order is drawn from a fixed seed.

The rules were made on the rounds and on status.tsv, so what they say there today is better than it is of a
new text. Of a round's texts the weights therefore see what the rules said at first sight (kept in
status_first_sight.tsv), of those in status.tsv no verdict, and of every second one only its words. On
status_training.tsv no rule was made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

import numpy as np

from nlp.reading import read
from nlp.reading.status import weighing
from nlp.reading.status.confidence import confidence_of
from nlp.reading.status.marks import marks_of_evidence, marks_of_verdict, marks_of_words
from nlp.reading.status.reader import evidence_of, words_of
from nlp.reading.status.rules import Decision, decide
from nlp.reading.status.weighing import LABELS, Floats, Weights, chances, leaning

WEIGHTS = Path(weighing.__file__).with_name("weights.tsv")
DATA = Path(__file__).parents[1] / "nlp" / "data"
OTHERS = Path(__file__).parents[1] / "data" / "rounds"
DAY = date(2019, 6, 5)
ROUNDS, STEP, PENALTY, SEED = 18, 0.15, 2e-4, 7
FIRST_SHARE = 0.75  # of a text's label, where others are as right
FOLDS = 6
SMALLEST = 0.06  # a mark that weighs less for every status is left out
# How far the weight of one mark may soon reach: those that many texts share are trusted most.
REACH = {"w": 0.6, "s": 0.6, "b": 0.6, "c": 0.4, "t": 0.5, "f": 0.7, "no": 0.7, "g": 0.5, "e": 0.5}
HEAD = f"""# What the marks of a text (marks.py) say for each status, in hundredths: mark, then {" ".join(str(one or "none") for one in LABELS)}.
# The first row makes the share of right readings out of a chance. Written by make train-status.
"""


@dataclass(frozen=True)
class Example:
    """A labelled text: its labels, the best first, and the fold that it is left out with."""

    fold: str
    labels: tuple[int, ...]
    marks: frozenset[str]
    first: Decision

    @property
    def wanted(self) -> Floats:
        share = np.zeros(len(LABELS))
        for at, label in enumerate(self.labels):
            alone = len(self.labels) == 1
            share[label] = (
                1.0 if alone else FIRST_SHARE if at == 0 else (1 - FIRST_SHARE) / (len(self.labels) - 1)
            )
        return share


def examples() -> list[Example]:
    return [*_of_rounds(), *_of_others(), *of_table(), *_of_training()]


def _of_rounds() -> Iterator[Example]:
    first_sight = {row[0]: row[1:] for row in _rows("status_first_sight.tsv")}
    for name, _, text, label, others in _rows("status_rounds.tsv"):
        status, rule, marks = first_sight[name]
        words, _, _ = marks_of(text)
        first = Decision(LABELS[_labels([status])[0]], rule, ())
        told = frozenset({*words, *marks_of_verdict(first), *marks.split("; ")})
        yield Example(name.split("-")[0], _labels([label, *others.split(",")]), told, first)


def _of_others() -> Iterator[Example]:
    """The rounds that others labelled (tests/data/rounds), on which no rule was made; whole messages only."""
    for path in sorted(OTHERS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if "action" not in row:
                words, rules, first = marks_of(row["text"])
                labels = [str(one or "none") for one in (row["status"], *row["status_alt"])]
                yield Example(path.stem, _labels(labels), frozenset(words | rules), first)


def of_table() -> Iterator[Example]:
    for labels, text in _rows("status.tsv"):
        words, rules, first = marks_of(text)
        told = rules - set(marks_of_verdict(first)) if crc32(text.encode()) % 2 else set()
        yield Example("table", _labels(labels.split(",")), frozenset(words | told), first)


def _of_training() -> Iterator[Example]:
    for at, (labels, text) in enumerate(_rows("status_training.tsv")):
        words, rules, first = marks_of(text)
        yield Example(f"training {at % FOLDS}", _labels(labels.split(",")), frozenset(words | rules), first)


def _rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.replace("\\n", "\n").split("\t")


def _labels(names: Iterable[str]) -> tuple[int, ...]:
    known = [str(one or "none") for one in LABELS]
    return tuple(known.index(name) for name in names if name != "-")


def marks_of(text: str) -> tuple[set[str], set[str], Decision]:
    """The marks of a text's words, those of what the rules make of it today, and their verdict."""
    reading = read(text, DAY)
    words = words_of(text, 0, len(text))
    seen = evidence_of(words, text, reading.dates, reading.percentages)
    first = decide(seen)
    return set(marks_of_words(words)), {*marks_of_verdict(first), *marks_of_evidence(seen)}, first


def read_by(one: Example, weights: Weights) -> Floats:
    """The chance of each label, as the reader has it."""
    share = confidence_of(one.first.rule)
    return leaning(chances(one.marks, weights), LABELS.index(one.first.status), share)


def fit(texts: Sequence[Example]) -> Weights:
    """The weights of every mark that two texts have."""
    times = Counter(mark for one in texts for mark in one.marks)
    row_of = {mark: at for at, mark in enumerate(sorted(mark for mark in times if times[mark] > 1))}
    reach = np.array([[REACH.get(mark.split(" ", 1)[0], 1.0)] for mark in row_of])
    rows = [np.array(sorted(row_of[mark] for mark in one.marks if mark in row_of)) for one in texts]
    weights = np.zeros((len(row_of), len(LABELS)))
    steps, total, counted = np.full_like(weights, 0.1), np.zeros_like(weights), 0
    order = np.random.default_rng(SEED)
    for turn in range(ROUNDS):
        for at in order.permutation(len(texts)):
            mine = rows[at]
            share = reach[mine] * (weighing.SPREAD / len(mine) ** 0.5)
            scores = (weights[mine] * share).sum(axis=0)
            chance = np.exp(scores - scores.max())
            slope = (chance / chance.sum() - texts[at].wanted) * share + PENALTY * weights[mine]
            steps[mine] += slope * slope
            weights[mine] -= STEP * slope / np.sqrt(steps[mine])
        if 2 * turn >= ROUNDS:
            total, counted = total + weights, counted + 1
    return Weights(row_of, total / counted * reach)


def _pruned(weights: Weights) -> Weights:
    """Without the marks that say next to nothing."""
    kept = [mark for mark, row in weights.row_of.items() if abs(weights.table[row]).max() >= SMALLEST]
    table = weights.table[[weights.row_of[mark] for mark in kept]]
    return Weights({mark: at for at, mark in enumerate(kept)}, table)


def left_out(texts: Sequence[Example]) -> dict[int, Floats]:
    """The chances of each text by the weights of all other folds; status.tsv is only learnt from."""
    found: dict[int, Floats] = {}
    for fold in sorted({one.fold for one in texts} - {"table"}):
        weights = fit([one for one in texts if one.fold != fold])
        found |= {at: read_by(one, weights) for at, one in enumerate(texts) if one.fold == fold}
    return found


def sure(texts: Sequence[Example], found: dict[int, Floats]) -> tuple[float, float]:
    """Slope and offset that make the share of right readings out of the chance of the status read."""
    labels = {at: int(chance.argmax()) for at, chance in found.items()}
    best = np.array([found[at][label] for at, label in labels.items()])
    odds = np.log(np.maximum(best, 1e-6) / np.maximum(1 - best, 1e-6))
    right = np.array([label in texts[at].labels for at, label in labels.items()], dtype=float)
    slope, offset = 1.0, 0.0
    for _ in range(20):  # Newton's method
        share = 1 / (1 + np.exp(-(slope * odds + offset)))
        x = np.stack([odds, np.ones_like(odds)])
        change = np.linalg.solve((x * share * (1 - share)) @ x.T, x @ (right - share))
        slope, offset = slope + change[0], offset + change[1]
    return float(slope), float(offset)


def figures(name: str, texts: Sequence[Example], found: dict[int, Floats], weights: Weights) -> str:
    """Share read right, macro-F1 and the gap between confidence and truth, of the texts in ``found``."""
    met: Counter[int] = Counter()
    given: Counter[int] = Counter()
    right: Counter[int] = Counter()
    tenths = np.zeros(11)
    for at, chance in found.items():
        label, labels = int(chance.argmax()), texts[at].labels
        met[label if label in labels else labels[0]] += 1
        given[label] += 1
        right[label] += label in labels
        confidence = weights.confidence(float(chance[label]))
        tenths[int(confidence * 10)] += confidence - (label in labels)
    macro = np.mean([2 * right[label] / (met[label] + given[label]) for label in met])
    gap = abs(tenths).sum() / len(found)
    return f"{name:34}{len(found):6}{100 * right.total() / len(found):8.1f}{100 * macro:8.1f}{gap:8.3f}"


def main() -> None:
    texts = examples()
    found = left_out(texts)
    slope, offset = sure(texts, found)
    weights = _pruned(fit(texts))._replace(slope=slope, offset=offset)
    WEIGHTS.write_text(HEAD + weighing.dumped(weights), "utf-8")
    print(f"{'each fold read by the others':34}{'texts':>6}{'right':>8}{'macro':>8}{'gap':>8}")
    for name in sorted({texts[at].fold.split()[0] for at in found}, key=lambda one: (len(one), one)):
        part = {at: chance for at, chance in found.items() if texts[at].fold.split()[0] == name}
        print(figures(name if name == "training" else f"round {name}", texts, part, weights))
    print(figures("all", texts, found, weights))


if __name__ == "__main__":
    main()
