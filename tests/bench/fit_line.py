"""Fits nlp/summary/weights.tsv to labelled updates: python -m tests.bench.fit_line GOLD.jsonl ...

A logistic regression over the runs of every text of more than 30 words: does this run hold a whole key
fact? Every text weighs the same, whatever its length. Prints the recall of key facts in six-fold
cross-validation and of the weights that it writes. Repeatable: nothing in it is random.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading import read
from nlp.summary import line
from nlp.summary.pieces import Piece, cut
from storage.model.reading import Reading

WEIGHTS = Path(line.__file__).with_name("weights.tsv")
PENALTY, FOLDS, ROUNDS = 10.0, 6, 20
SMALLEST = 0.04  # a weight nearer to nothing is left out
_WORD = re.compile(r"\d+(?:[.,/]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*")

Marks = dict[str, float]
Example = tuple[str, Reading, list[str]]


def words(text: str) -> list[str]:
    return [word.lower().rstrip(".,") for word in _WORD.findall(text)]


def survives(fact: str, kept: set[str]) -> bool:
    """Every number of the fact and 80% of its words are kept, as score_summary.py counts."""
    wanted = words(fact)
    numbers_kept = all(word in kept for word in wanted if any(char.isdigit() for char in word))
    return numbers_kept and sum(word in kept for word in wanted) >= 0.8 * len(wanted)


def examples(paths: list[str]) -> list[Example]:
    rows: list[dict[str, Any]] = [
        json.loads(row) for path in paths for row in Path(path).read_text("utf-8").splitlines() if row
    ]
    return [
        (row["text"], read(row["text"], date.fromisoformat(row["as_of"])), row["key_facts"])
        for row in rows
        if row.get("key_facts") and len(row["text"].split()) > line.MAX_WORDS
    ]


def labelled_runs(example: Example) -> list[tuple[Marks, bool]]:
    text, reading, facts = example
    pieces = cut(text, reading)
    scores = line._Scores(pieces)
    places = [(text.find(fact), fact) for fact in facts]
    return [(scores.run_marks(run), holds_fact(text, pieces, run, places)) for run in line._runs(pieces)]


def holds_fact(text: str, pieces: list[Piece], run: line._Run, places: list[tuple[int, str]]) -> bool:
    inside = [index for index in range(run.first, run.last + 1) if index not in run.left_out]
    kept = set(words(" ".join(text[pieces[index].start : pieces[index].end] for index in inside)))
    start, end = pieces[run.first].start, pieces[run.last].end
    return any(0 <= at < end and at + len(fact) > start and survives(fact, kept) for at, fact in places)


def fit(texts: list[list[tuple[Marks, bool]]]) -> Marks:
    """Weights by Newton's method, with a penalty on every weight but the bias."""
    names = sorted({name for runs in texts for marks, _ in runs for name in marks})
    column = {name: index for index, name in enumerate(names)}
    x: NDArray[np.float64] = np.zeros((sum(map(len, texts)), len(names)))
    for row, marks in enumerate(marks for runs in texts for marks, _ in runs):
        for name, size in marks.items():
            x[row, column[name]] = size
    y = np.array([float(held) for runs in texts for _, held in runs])
    share = np.concatenate([np.full(len(runs), 60 / len(runs)) for runs in texts])
    penalty = np.full(len(names), PENALTY)
    penalty[column["bias"]] = 0.01
    weights: NDArray[np.float64] = np.zeros(len(names))
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (share * (p - y)) + penalty * weights
        curve = (x * (share * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    found = {name: round(float(weights[column[name]]), 2) for name in names}
    return {name: weight for name, weight in found.items() if abs(weight) >= SMALLEST}


def recall(texts: list[Example], weights: Marks) -> tuple[int, int]:
    kept_facts = whole = 0
    for text, reading, facts in texts:
        kept = set(words(line.one_line(text, reading, weights=weights)))
        kept_facts += sum(survives(fact, kept) for fact in facts)
        whole += len(facts)
    return kept_facts, whole


def main(paths: list[str]) -> None:
    texts = examples(paths)
    runs = [labelled_runs(text) for text in texts]
    held_aside = [
        recall(texts[fold::FOLDS], fit([each for at, each in enumerate(runs) if at % FOLDS != fold]))
        for fold in range(FOLDS)
    ]
    weights = fit(runs)
    comment = [row for row in WEIGHTS.read_text("utf-8").splitlines() if row.startswith("#")]
    rows = [f"{name}\t{weight:g}" for name, weight in sorted(weights.items())]
    WEIGHTS.write_text("\n".join([*comment, *rows]) + "\n", "utf-8")
    kept, whole = recall(texts, weights)
    aside = sum(part for part, _ in held_aside) / whole
    print(f"key facts kept: {aside:.3f} in cross-validation, {kept / whole:.3f} with the weights written")


if __name__ == "__main__":
    main(sys.argv[1:])
