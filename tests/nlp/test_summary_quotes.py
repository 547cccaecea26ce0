"""Which updates are worth quoting, and which figures disagree."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.reading import read
from nlp.summary.quotes import choose_quotes, contradictions
from storage.model.summary import ReportMeasure

DAY = date(2023, 6, 20)


@pytest.mark.parametrize(
    ("line", "previous", "quoted"),
    [
        pytest.param("Rota agreed with the wards", None, True, id="first word of it"),
        pytest.param("Rota agreed with the wards", "Rota agreed with the wards.", False, id="said before"),
        pytest.param(
            "The rota is agreed with wards", "Rota agreed with the wards", False, id="small words apart"
        ),
        pytest.param("14 of 20 trained", "12 of 20 trained", True, id="another figure"),
        pytest.param("Due 4 July", "Due 3 July", True, id="another date"),
        pytest.param("Rota not agreed with wards", "Rota agreed with wards", True, id="now denied"),
        pytest.param("...", None, False, id="nothing said"),
    ],
)
def test_only_what_is_new_is_quoted(line: str, previous: str | None, quoted: bool) -> None:
    assert choose_quotes([("a", line, previous)]) == (("a",) if quoted else ())


def test_what_another_update_said_is_not_quoted_again() -> None:
    updates = [
        (1, "Pilot paused in the north", None),
        (2, "Pilot paused in the north.", None),
        (3, "Pilot ends", None),
    ]

    assert choose_quotes(updates) == (1, 3)


@pytest.mark.parametrize(
    ("one", "other", "values"),
    [
        pytest.param("Supervision is 31%", "Supervision: 37%", [(31, 37)], id="same name, no dates"),
        pytest.param(
            "Supervision was 31% in May 2023",
            "Supervision uptake was 37% in May 2023",
            [(31, 37)],
            id="same month",
        ),
        pytest.param(
            "Supervision was 31% in May 2023", "Supervision was 37% in April 2023", [], id="other months"
        ),
        pytest.param("Supervision is 31%", "Supervision: 31%", [], id="the same"),
        pytest.param("Supervision is 31%", "Appraisals: 37%", [], id="other measures"),
        pytest.param("Supervision is 31%", "Supervision: 37 sessions held", [], id="other units"),
    ],
)
def test_like_is_held_against_like(one: str, other: str, values: list[tuple[float, float]]) -> None:
    found = contradictions(read(one, DAY).measures, read(other, DAY).measures)

    assert [(each.one, each.other) for each in found] == values


def test_a_disagreement_names_both_places() -> None:
    here, there = ReportMeasure("2.1", "Waits", "%", 31), ReportMeasure("A-4", "Waits", "%", 37)

    (found,) = contradictions([here], [there])

    assert (found.one_place, found.other_place) == ("2.1", "A-4")


def test_within_one_report_each_pair_is_named_once() -> None:
    rows = [
        ReportMeasure("1", "Waits", "%", 31),
        ReportMeasure("2", "Waits", "%", 37),
        ReportMeasure("3", "Falls", "%", 9),
    ]

    assert [(one.one_place, one.other_place) for one in contradictions(rows)] == [("1", "2")]
