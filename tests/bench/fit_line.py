"""Fits nlp/summary/weights.tsv to labelled updates: python -m tests.bench.fit_line GOLD.jsonl ...

Maximum likelihood of the runs of pieces that hold the key facts (a semi-Markov model), with a penalty
on every weight. Prints, for each file and for all, the share of the key facts of texts of more than 30
words that their lines keep: with the weights that it writes, in six-fold cross-validation, and with each
file left out in turn (its plan unseen).
Repeatable: nothing in it is random.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.reading import read
from nlp.summary import line, worth
from nlp.summary.pieces import Piece, cut
from nlp.summary.worth import Run, Worth, marginals
from storage.model.reading import Reading

WEIGHTS = Path(worth.__file__).with_name("weights.tsv")
PENALTY, FOLDS, ROUNDS = 6.0, 6, 25
SHARE_OF_SHORT = 0.7  # what a text of at most 30 words weighs beside a longer one
SMALLEST = 0.03  # a weight nearer to nothing is left out
_WORD = re.compile(r"\d+(?:[.,/]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*")

Marks = dict[str, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A labelled text, and its runs with their marks; ``facts_at`` says which runs hold the key facts."""

    source: str
    text: str
    reading: Reading
    facts: list[str]
    pieces: list[Piece]
    marks: dict[Run, Marks]
    facts_at: list[Run]

    @property
    def long(self) -> bool:
        return len(self.text.split()) > line.MAX_WORDS


def words(text: str) -> list[str]:
    return [word.lower().rstrip(".,") for word in _WORD.findall(text)]


def survives(fact: str, kept: set[str]) -> bool:
    """Every number of the fact and 80% of its words are kept, as score_summary.py counts."""
    wanted = words(fact)
    numbers_kept = all(word in kept for word in wanted if any(char.isdigit() for char in word))
    return numbers_kept and sum(word in kept for word in wanted) >= 0.8 * len(wanted)


def examples(path: str) -> list[Example]:
    rows = [json.loads(row) for row in Path(path).read_text("utf-8").splitlines() if row.strip()]
    return [
        example(path, row["text"], read(row["text"], date.fromisoformat(row["as_of"])), row["key_facts"])
        for row in rows
        if row.get("key_facts")
    ]


def example(source: str, text: str, reading: Reading, facts: list[str]) -> Example:
    pieces = cut(text, reading)
    judged = Worth(pieces)
    marks = {run: judged.marks(run, shape) for run, shape in judged.runs()}
    return Example(source, text, reading, facts, pieces, marks, apart(tightest(text, pieces, facts, marks)))


def tightest(text: str, pieces: list[Piece], facts: list[str], runs: dict[Run, Marks]) -> set[Run]:
    """For each fact the shortest run that holds it."""
    found: set[Run] = set()
    for fact in facts:
        start = text.find(fact)
        holding = [
            (sum(piece.words for piece in inside), run)
            for run in runs
            if (inside := pieces[run.first : run.last + 1])
            and inside[0].end > start
            and inside[-1].start < start + len(fact)
            and survives(fact, set(words(text[inside[0].start : inside[-1].end])))
        ]
        if start >= 0 and holding:
            found.add(min(holding)[1])
    return found


def apart(runs: set[Run]) -> list[Run]:
    """The runs without those that overlap an earlier one."""
    kept: list[Run] = []
    for run in sorted(runs):
        if not kept or run.first > kept[-1].last:
            kept.append(run)
    return kept


def fit(texts: Sequence[Example]) -> Marks:
    """Weights by Newton's method; the curve is bounded by that of independent runs."""
    names = sorted({name for one in texts for marks in one.marks.values() for name in marks})
    tables = [table(one, names) for one in texts]
    penalty = np.where(np.array(names) == "bias", 0.01, PENALTY)
    weights: Floats = np.zeros(len(names))
    for _ in range(ROUNDS):
        slope, curve = penalty * weights, np.diag(penalty)
        for one, x in zip(texts, tables, strict=True):
            share = 1.0 if one.long else SHARE_OF_SHORT
            chance = marginals(len(one.pieces), dict(zip(one.marks, (x @ weights).tolist(), strict=True)))
            p = np.array([chance[run] for run in one.marks])
            held = np.array([run in one.facts_at for run in one.marks], dtype=float)
            slope += share * (x.T @ (p - held))
            curve += share * ((x * p[:, None]).T @ x)
        weights = weights - np.linalg.solve(curve, slope)
    found = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}
    return {name: weight for name, weight in found.items() if abs(weight) >= SMALLEST}


def table(one: Example, names: list[str]) -> Floats:
    column = {name: index for index, name in enumerate(names)}
    x: Floats = np.zeros((len(one.marks), len(names)))
    for row, marks in enumerate(one.marks.values()):
        for name, size in marks.items():
            x[row, column[name]] = size
    return x


def kept_facts(texts: Sequence[Example], weights: Marks) -> Counter[str]:
    """How many key facts of the longer texts of each file their lines keep."""
    kept: Counter[str] = Counter()
    for one in texts:
        if one.long:
            said = set(words(line.one_line(one.text, one.reading, weights=weights)))
            kept[one.source] += sum(survives(fact, said) for fact in one.facts)
    return kept


def held_aside(parts: Sequence[Sequence[Example]]) -> Counter[str]:
    """How many key facts are kept in each part with the weights of all other parts."""
    kept: Counter[str] = Counter()
    for part in parts:
        kept += kept_facts(part, fit([one for other in parts if other is not part for one in other]))
    return kept


def main(paths: list[str]) -> None:
    files = [examples(path) for path in paths]
    texts = [one for file in files for one in file]
    facts = Counter(
        {
            path: sum(len(one.facts) for one in file if one.long)
            for path, file in zip(paths, files, strict=True)
        }
    )
    weights = fit(texts)
    comment = [row for row in WEIGHTS.read_text("utf-8").splitlines() if row.startswith("#")]
    rows = [f"{name}\t{weight:g}" for name, weight in sorted(weights.items())]
    WEIGHTS.write_text("\n".join([*comment, *rows]) + "\n", "utf-8")
    written = kept_facts(texts, weights)
    folds = held_aside([texts[fold::FOLDS] for fold in range(FOLDS)])
    left_out = held_aside(files)
    print("facts  written  folds  left out")
    for path in filter(facts.__getitem__, paths):
        print(row(facts[path], written[path], folds[path], left_out[path]), Path(path).name)
    print(row(facts.total(), written.total(), folds.total(), left_out.total()), "all")


def row(facts: int, *kept: int) -> str:
    return f"{facts:5}" + "".join(f"{one / facts:9.3f}" for one in kept)


if __name__ == "__main__":
    main(sys.argv[1:])
