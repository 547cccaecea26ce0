"""Whether a figure meets its target: for waits and harm less is better, of what is done about them more is."""

from __future__ import annotations

import pytest

from nlp.summary.targets import is_met

MORE = (90.0, 68.0)  # what meets and what misses a target of 80 where more is better


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        pytest.param("Appraisals", "%", id="nothing said of harm"),
        pytest.param("ward staff trained in falls prevention", "%", id="trained"),
        pytest.param("Complaints answered", "%", id="answered"),
        pytest.param("incidents closed within 20 days", "%", id="closed within"),
        pytest.param("Harm free care", "%", id="free of it"),
    ],
)
def test_more_is_better(name: str, unit: str) -> None:
    assert [is_met(name, unit, value, 80.0) for value in MORE] == [True, False]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        pytest.param("Falls with harm", "", id="harm"),
        pytest.param("Complaints", "", id="a count"),
        pytest.param("Sickness absence", "%", id="a share"),
        pytest.param("Time to theatre", "hours", id="a time"),
        pytest.param("complaints not answered", "%", id="left undone"),
        pytest.param("people waiting to be assessed", "%", id="waiting"),
        pytest.param("incidents closed late", "%", id="late"),
    ],
)
def test_less_is_better(name: str, unit: str) -> None:
    assert [is_met(name, unit, value, 80.0) for value in MORE] == [False, True]


def test_without_a_figure_or_a_target_nothing_is_said() -> None:
    assert is_met("Falls", "", None, 3) is None is is_met("Falls", "", 3, None)
