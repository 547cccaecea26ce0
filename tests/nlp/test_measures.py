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
        pytest.param(
            "Calls answered in a minute by the night team: 91%",
            "Calls answered in a minute by the night team",
            91,
            "%",
            id="the whole label",
        ),
        pytest.param("Of its 30 audits, 21 are finished", "audits are finished", 21, "audits", id="of these"),
        pytest.param(
            "The backlog of letters was 138 on 5 May 2023",
            "backlog of letters",
            138,
            "count",
            id="bare number",
        ),
        pytest.param("The fall rate is 4.2 per 1,000 bed days", "fall rate", 4.2, "per 1,000", id="rate"),
        pytest.param(
            "Visitors rated the garden at 4.6 out of 5 in May 2023",
            "rated the garden",
            4.6,
            "out of 5",
            id="out of five",
        ),
        pytest.param(
            "The night desk took 612 calls in the year",
            "night desk took calls",
            612,
            "calls",
            id="who took them",
        ),
        pytest.param(
            "Staff who have done the course stand at 84%",
            "Staff who have done the course",
            84,
            "%",
            id="relative clause",
        ),
        pytest.param(
            "Late rents stand at 3.9% of the roll", "Late rents", 3.9, "%", id="what stands at a share"
        ),
        pytest.param(
            "Thirty-two cadets are in post", "cadets are in post", 32, "cadets", id="tens and ones in words"
        ),
    ],
)
def test_figures_and_what_they_measure(text: str, name: str, value: float, unit: str) -> None:
    found = measures(text)

    assert [(one.value, one.unit) for one in found] == [(value, unit)]
    assert name in found[0].name


@pytest.mark.parametrize(
    ("text", "baseline", "value", "target"),
    [
        pytest.param(
            "Screening was 62% in May 2023 (51% in May 2022; target 90%).", 51, 62, 90, id="in brackets"
        ),
        pytest.param(
            "In May 2023 62% of rooms were cleaned. The figure was 48% in March 2023.",
            48,
            62,
            None,
            id="in the next sentence",
        ),
        pytest.param(
            "The wait was 17 minutes in May 2023; it was 26 minutes in March 2023. The standard is 15 minutes.",
            26,
            17,
            15,
            id="it was",
        ),
        pytest.param("Incidents numbered 6, compared with 9.", 9, 6, None, id="bare numbers"),
        pytest.param(
            "The share of part-time staff is 29%, against 17% a year before.",
            17,
            29,
            None,
            id="against a year before is no target",
        ),
        pytest.param(
            "The team completed 320 home and clinic visits against a target of 360.",
            None,
            320,
            360,
            id="a bare target",
        ),
        pytest.param(
            "Uptake was 71% in May 2023. The milestone for the year was 75%.", None, 71, 75, id="a milestone"
        ),
        pytest.param(
            "The list fell from 61 in March 2023 to 19 on 5 May 2023.", 61, 19, None, id="dates between"
        ),
        pytest.param("Site visits have risen to 480 a month from 215 a month.", 215, 480, None, id="a month"),
        pytest.param("Overdue letters: 61 (April: 107).", 107, 61, None, id="labelled in brackets"),
        pytest.param(
            "The call wait fell from 6 minutes 20 seconds to 3 minutes 5 seconds.",
            6,
            3,
            None,
            id="times of two parts",
        ),
    ],
)
def test_one_thing_at_two_times_is_one_measure(
    text: str, baseline: float | None, value: float, target: float | None
) -> None:
    found = measures(text)

    assert [(one.baseline, one.value, one.target) for one in found] == [(baseline, value, target)]


def test_a_part_of_them_has_their_name_and_the_next_sentence_its_baseline() -> None:
    found = measures(
        "The team mended 740 lamps, 88% of them within target time. This compares with 79% last year."
    )

    assert [(one.name, one.baseline, one.value) for one in found[1:]] == [
        (f"{found[0].name} within target time", 79, 88)
    ]


def test_a_change_is_no_baseline() -> None:
    level, change = measures("Debts are at 3% (target: 2%), up 1 percentage point since May 2022.")

    assert (level.baseline, level.target, change.rule) == (None, 2, "measure/change")


def test_a_target_for_each_is_that_of_every_figure_before_it() -> None:
    found = measures(
        "Training is at 91% for porters and 84% for cooks, against a target of 90% for each group"
    )

    assert [(one.value, one.target) for one in found] == [(91, 90), (84, 90)]


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
