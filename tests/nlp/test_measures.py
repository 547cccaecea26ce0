"""Measures: what is measured, how much, when, against what, with which caveat."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading import read
from storage.model.reading import Measure

DAY = date(2023, 6, 20)


def measures(text: str) -> tuple[Measure, ...]:
    return read(text, DAY).measures


@pytest.mark.parametrize(
    ("text", "name", "value", "unit"),
    [
        pytest.param("Hand hygiene is 91%", "Hand hygiene", 91, "%", id="subject and verb"),
        pytest.param("88% of ward staff have been trained", "ward staff", 88, "%", id="of what"),
        pytest.param("Care plan audits completed: 10 of 12 audits", "audits", 10, "audits", id="part of"),
        pytest.param("164 people were seen in clinic", "people were seen", 164, "people", id="count"),
        pytest.param("1,140 letters sent", "letters sent", 1140, "letters", id="thousands"),
        pytest.param("Vacancies stand at 12.5 wte", "Vacancies", 12.5, "wte", id="whole-time equivalents"),
        pytest.param("The average length of stay is 32 days", "length of stay", 32, "days", id="days"),
        pytest.param("£1.2m underspend on estates", "underspend on estates", 1_200_000, "£", id="money"),
        pytest.param("Fourteen champions are in post", "champions", 14, "champions", id="in words"),
        pytest.param("The ward has not had a single fall", "fall", 0, "fall", id="not a single"),
    ],
)
def test_figures_and_what_they_measure(text: str, name: str, value: float, unit: str) -> None:
    found = measures(text)

    assert [(one.value, one.unit) for one in found] == [(value, unit)]
    assert name in found[0].name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Band 7 post advertised", id="pay band"),
        pytest.param("Phase 2 starts after phase 1", id="phases"),
        pytest.param("Open 24/7 under Section 12", id="round the clock and a section"),
        pytest.param("Follow up within 7 days", id="a limit"),
        pytest.param("A 6 week programme", id="a length of time"),
        pytest.param("Every £1 invested returns more elsewhere", id="a ratio"),
        pytest.param("There are over 90 such clinics across the country", id="figures of others"),
        pytest.param("The two organisations agreed", id="small numbers in words"),
        pytest.param("See 6.1.4 and 3.2", id="refs"),
        pytest.param("Meeting on 12 May 2023 at 10.30", id="a date and a time"),
    ],
)
def test_numbers_that_measure_nothing(text: str) -> None:
    assert measures(text) == ()


def test_from_and_to_are_a_baseline_and_a_value() -> None:
    (one,) = measures("Appraisal rates rose from 61% in January 2023 to 84% in May 2023")

    assert (one.baseline, one.value) == (61, 84)
    assert one.baseline_when is not None
    assert one.when is not None
    assert (one.baseline_when.text, one.when.text) == ("January 2023", "May 2023")


def test_two_units_of_one_movement_are_two_measures() -> None:
    wte, share = measures("Nurse vacancies fell from wte 40.5 (12%) in January 2023 to 31.2 (9%) in May 2023")

    assert (wte.unit, wte.baseline, wte.value) == ("wte", 40.5, 31.2)
    assert (share.unit, share.baseline, share.value) == ("%", 12, 9)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Fire training is 71% against a target of 85%", id="same sentence"),
        pytest.param("Fire training is at 71%. The target is 85%.", id="next sentence"),
    ],
)
def test_a_target_belongs_to_the_value_before_it(text: str) -> None:
    (one,) = measures(text)

    assert (one.value, one.target) == (71, 85)
    assert "Fire training" in one.name


@pytest.mark.parametrize(
    ("text", "caveat"),
    [
        pytest.param("Response rate 54% (excluding bank staff)", "excluding bank staff", id="excluding"),
        pytest.param("Provisional figures put referrals at 62%", "Provisional", id="provisional"),
        pytest.param("About 40 carers took part", "About", id="a hedge"),
    ],
)
def test_caveats_stay_with_their_figure(text: str, caveat: str) -> None:
    (one,) = measures(text)

    assert one.caveat is not None
    assert one.caveat.startswith(caveat)


def test_every_measure_names_its_rule_and_its_place() -> None:
    text = "Compliance is 71% and 12 posts are filled"

    for one in measures(text):
        assert text[one.start_char : one.end_char] == one.text
        assert one.rule.startswith("measure/")


WORDS = [
    "rose",
    "from",
    "to",
    "12%",
    "40",
    "beds",
    "of",
    "10",
    "£3k",
    "wte",
    "target",
    "(",
    ")",
    "in",
    "May",
    "days",
    ".",
    "7",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_no_number_is_invented(text: str) -> None:
    for one in measures(text):
        assert text[one.start_char : one.end_char] == one.text
        for word in one.name.split():
            assert word.strip(",.") in text
