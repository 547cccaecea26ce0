"""The weights of the status reader: their file, what they see, and that fitting them is repeatable."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.reading.status.lexicon import default_lexicon
from nlp.reading.status.marks import marks_of_words
from nlp.reading.status.weighing import (
    LABELS,
    Weights,
    chances,
    default_weights,
    dumped,
    leaning,
    loaded,
)
from nlp.reading.words import split_words
from storage.model.errors import AssurebotError
from tests.bench import fit_status
from tests.nlp.tables import rows

_KNOWN = {str(one or "none") for one in LABELS}


def _marks(text: str) -> list[str]:
    return marks_of_words(split_words(text, default_lexicon().spell, 0, len(text)))


def _weights() -> Weights:
    return Weights({"f stop": 0, "w lift": 1}, np.array([[0.0] * 4 + [2.0, 0.0, 0.0], [0.1] * 7]), 1.5, -0.25)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        pytest.param("cancelled", "f stop", id="the family of a form"),
        pytest.param("not cancelled", "no stop", id="denied"),
        pytest.param("not this. cancelled", "f stop", id="denied in another sentence"),
        pytest.param("was cancelled", "g being stop+ed", id="families in a row, with the verb form"),
        pytest.param("lifts fitted", "b lift fit", id="stems in a row"),
        pytest.param("4 May", "b  0", id="a number is any number"),
        pytest.param("", "bias", id="no words"),
    ],
)
def test_words_bring_their_marks(text: str, mark: str) -> None:
    assert mark in _marks(text)


def test_the_chances_are_those_of_all_labels_together() -> None:
    chance = chances(_marks("The lift was cancelled"), _weights())
    assert chance.sum() == pytest.approx(1)
    assert LABELS[int(chance.argmax())] == "off_track"
    assert chances([], _weights()) == pytest.approx(1 / len(LABELS))


def test_the_rules_verdict_counts_as_far_as_its_rule_can_be_trusted() -> None:
    even = np.full(len(LABELS), 1 / len(LABELS))
    assert leaning(even, 2, 0.9)[2] > leaning(even, 2, 0.6)[2] > even[2]
    assert leaning(even, 2, 0.4) == pytest.approx(even)


def test_weights_survive_their_file() -> None:
    again = loaded(dumped(_weights()))
    assert again.row_of == _weights().row_of
    assert again.table == pytest.approx(_weights().table)
    assert (again.slope, again.offset) == (1.5, -0.25)


@pytest.mark.parametrize("text", ["", "f stop 1 2 3", "f stop\t1 2 3", "f stop\t1 2 3 4 5 6 7"])
def test_a_wrong_row_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(AssurebotError, match="make train-status"):
        loaded(text)


def test_the_weights_that_come_with_the_program_are_whole() -> None:
    weights = default_weights()
    assert weights.table.shape == (len(weights.row_of), len(LABELS))
    assert 0 < weights.confidence(0.3) < weights.confidence(0.9) < 1


def test_every_update_that_the_weights_are_fitted_to_has_labels_that_exist_and_stands_once() -> None:
    updates = [row.values for row in rows("status_training.tsv")]
    assert all(set(labels.split(",")) <= _KNOWN for labels, _ in updates)
    texts = [text for _, text in updates]
    assert len(texts) == len(set(texts))


def test_each_text_of_the_rounds_has_what_was_made_of_it_at_first_sight() -> None:
    first = [row.values[0] for row in rows("status_first_sight.tsv")]
    assert first == [row.values[0] for row in rows("status_rounds.tsv")]


def test_fitting_is_repeatable() -> None:
    texts = list(fit_status.of_table())[:60]
    one, other = fit_status.fit(texts), fit_status.fit(texts)
    assert dumped(one) == dumped(other)
    assert one.row_of
