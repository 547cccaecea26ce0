"""How likely each status is, by the weights of a text's marks (weights.tsv): a multinomial logistic regression.

The weights are fitted to invented, labelled updates by ``make train-status``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from storage.model.errors import AssurebotError
from storage.model.reading import Status

__all__ = [
    "LABELS",
    "SPREAD",
    "Floats",
    "Weights",
    "chances",
    "default_weights",
    "dumped",
    "leaning",
    "loaded",
    "pull",
]

Floats = NDArray[np.float64]
LABELS: tuple[Status | None, ...] = (None, *Status)
SPREAD = 4.0  # a text of many marks is told from one of few by their mean, drawn out by this
_TRUST = 0.75  # how much the rules' verdict counts beside the weights, by the rounds' first sight
_UNIT = 100  # weights are written in hundredths
_SURE = "(sure)"  # the row that makes shares of right readings out of chances


class Weights(NamedTuple):
    """A row of ``table`` (marks x LABELS) for each mark; ``slope`` and ``offset`` make chances honest."""

    row_of: dict[str, int]
    table: Floats
    slope: float = 1.0
    offset: float = 0.0

    def confidence(self, chance: float) -> float:
        """The share (0 to 1) of texts that are read right at this chance."""
        odds = log(max(chance, 1e-6) / max(1 - chance, 1e-6))
        return 1 / (1 + exp(-(self.slope * odds + self.offset)))


def chances(marks: Iterable[str], weights: Weights) -> Floats:
    """The chance of each of LABELS, all together 1. Marks without a weight say nothing."""
    rows = list(dict.fromkeys(row for row in map(weights.row_of.get, marks) if row is not None))
    scores = weights.table[rows].sum(axis=0) * (SPREAD / max(1, len(rows)) ** 0.5)
    grown: Floats = np.exp(scores - scores.max())
    total: float = grown.sum()
    return grown / total


def leaning(chance: Floats, label: int, share: float) -> Floats:
    """The chances once the rules' verdict counts by the share of texts (0 to 1) that its rule reads right."""
    leant = chance.copy()
    leant[label] *= max(1.0, share / (1 - share)) ** _TRUST
    total: float = leant.sum()
    return leant / total


def pull(marks: Iterable[str], label: int, weights: Weights) -> float:
    """How much marks speak for a label, above what they say for the others on average."""
    rows = [row for row in map(weights.row_of.get, marks) if row is not None]
    return float((weights.table[rows, label] - weights.table[rows].mean(axis=1)).sum())


@cache
def default_weights() -> Weights:
    """The weights that come with the program."""
    return loaded(files("nlp.reading.status").joinpath("weights.tsv").read_text("utf-8"))


def loaded(text: str) -> Weights:
    """Weights from the text of a file: mark, tab, a whole number for each label.

    Raises AssurebotError for a row with another number of columns, and where the first row is missing.
    """
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or any(len(row) != 2 or row[1].count(" ") != len(LABELS) - 1 for row in rows):
        raise AssurebotError("Make nlp/reading/status/weights.tsv anew with make train-status.")
    table = (
        np.array(" ".join(row[1] for row in rows).split(), dtype=np.float64).reshape(len(rows), -1) / _UNIT
    )
    if rows[0][0] != _SURE:
        raise AssurebotError("Make nlp/reading/status/weights.tsv anew with make train-status.")
    row_of = {mark: at for at, (mark, _) in enumerate(rows[1:])}
    return Weights(row_of, table[1:], float(table[0, 0]), float(table[0, 1]))


def dumped(weights: Weights) -> str:
    """The same as the text of a file; a row that is all noughts is left out."""
    whole = np.rint(weights.table * _UNIT).astype(int)
    rows = [
        f"{mark}\t{' '.join(map(str, whole[at]))}" for mark, at in weights.row_of.items() if whole[at].any()
    ]
    sure = [round(weights.slope * _UNIT), round(weights.offset * _UNIT), *[0] * (len(LABELS) - 2)]
    return "\n".join([f"{_SURE}\t{' '.join(map(str, sure))}", *rows]) + "\n"
