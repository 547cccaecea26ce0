"""A long report on one page: everything with its paragraph, nothing that the report does not say."""

from __future__ import annotations

import json
import re
import runpy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents import read_blocks
from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.reading.links import ActionText, Index
from nlp.summary.report import report_as_dict, summarise
from storage.model.errors import DocumentError
from storage.model.reading import Status
from storage.model.summary import ReportSummary
from tests.conftest import shared_path

REPORT = """Larkhill Community Health Board

Quality Improvement Report

Prepared for the Scrutiny Panel
Date: 12 September 2023

1. Introduction

1.1 This report tells the panel how the improvement plan is going.

2. Access

2.1 Waits for a first visit fell from 48% over six weeks in March 2023 to 21% in August 2023, against a target of 10%.
2.2 The evening clinic opened on 4 July 2023. Two further clinics will open by January 2024.

3. Workforce

3.1 Vacancies remain a concern: 14.5 wte nursing posts are unfilled and recruitment is delayed.
3.2 Supervision is at 92% against a target of 90%.

Appendix A: Workforce table

4.1 Supervision uptake was 87% in August 2023.
"""


@pytest.fixture(scope="module")
def summary() -> ReportSummary:
    return summarise(REPORT)


def test_title_and_date_come_from_the_front(summary: ReportSummary) -> None:
    assert (summary.title, summary.as_of) == ("Quality Improvement Report", date(2023, 9, 12))


def test_the_callers_title_and_date_win() -> None:
    summary = summarise(REPORT, as_of=date(2023, 10, 1), title="Access")

    assert (summary.title, summary.as_of) == ("Access", date(2023, 10, 1))


def test_a_measure_has_its_paragraph_baseline_target_and_verdict(summary: ReportSummary) -> None:
    waits = next(row for row in summary.measures if row.para == "2.1")

    assert (waits.baseline, waits.value, waits.target, waits.met) == (48, 21, 10, False)
    supervision = next(row for row in summary.measures if row.para == "3.2")
    assert (supervision.value, supervision.target, supervision.met) == (92, 90, True)


def test_commitments_say_whether_they_have_passed(summary: ReportSummary) -> None:
    found = {(row.para, row.end): row.passed for row in summary.commitments}

    assert found == {("2.2", date(2023, 7, 4)): True, ("2.2", date(2024, 1, 31)): False}


def test_key_sentences_stand_in_order_under_their_headings(summary: ReportSummary) -> None:
    assert [line.para for line in summary.lines] == sorted(line.para for line in summary.lines)
    assert {line.heading for line in summary.lines} >= {"2 Access", "3 Workforce"}


def test_a_section_in_trouble_says_so_in_its_own_words(summary: ReportSummary) -> None:
    workforce = next(one for one in summary.sections if one.heading == "3 Workforce")

    assert workforce.status is Status.AT_RISK
    assert workforce.cue in REPORT


def test_paragraphs_of_an_appendix_carry_its_letter(summary: ReportSummary) -> None:
    assert "A-4.1" in {row.para for row in summary.measures}


def test_paragraphs_are_linked_to_actions_of_a_plan() -> None:
    plan = Index(
        [ActionText("3.4", "Open evening clinics in every town"), ActionText("5.2", "Fill nursing vacancies")]
    )

    found = {(one.para, one.ref) for one in summarise(REPORT, index=plan).links}

    assert {("2.2", "3.4"), ("3.1", "5.2")} <= found


def test_figures_that_disagree_are_named() -> None:
    text = REPORT.replace("uptake was 87% in August 2023", "is at 87%")

    (found,) = summarise(text).disagreements

    assert {found.one, found.other} == {92, 87}
    assert {found.one_place, found.other_place} == {"3.2", "A-4.1"}


def test_the_json_has_the_agreed_shape(summary: ReportSummary) -> None:
    said = json.loads(json.dumps(report_as_dict(summary)))

    assert list(said) == ["title", "as_of", "summary", "measures", "commitments"]
    assert list(said["summary"][0]) == ["text", "para"]
    assert list(said["measures"][0]) == [
        "para",
        "measure",
        "baseline",
        "baseline_date",
        "value",
        "value_date",
        "target",
        "unit",
        "met",
    ]
    assert list(said["commitments"][0]) == ["para", "text", "start", "end"]
    assert (said["measures"][0]["baseline_date"], said["measures"][0]["value_date"]) == ("2023-03", "2023-08")


@pytest.mark.parametrize(
    ("line", "para"),
    [
        pytest.param("2.4 Two clinics were closed in May 2023.", "2.4", id="a number"),
        pytest.param("- 2.4. Two clinics were closed in May 2023.", "2.4", id="a number in a list"),
        pytest.param("3.5 WTE posts were filled in May 2023.", "2", id="a figure"),
        pytest.param("14 posts were filled in May 2023.", "2", id="a count"),
    ],
)
def test_a_paragraphs_number_is_told_from_a_figure(line: str, para: str) -> None:
    summary = summarise(f"Report\n\n2. Workforce\n\n{line}\n", as_of=date(2023, 9, 12))

    assert {row.para for row in (*summary.commitments, *summary.measures)} == {para}


MARKDOWN = """# Winter Review

*Dated 3 March 2023*

## Beds

Bed occupancy was 96% in February 2023, above the standard of 92%.

- Ten beds were closed for repairs
- The **discharge lounge** reopens on 20 March 2023

## Staff

Sickness absence rose to 6.4%.
"""


def test_a_markdown_report_without_numbers_names_places() -> None:
    summary = summarise(read_blocks(MARKDOWN.encode(), "winter.md"))

    assert (summary.title, summary.as_of) == ("Winter Review", date(2023, 3, 3))
    assert {line.heading for line in summary.lines} <= {"Beds", "Staff"}
    assert all(row.para.startswith("line ") for row in summary.measures)
    assert (date(2023, 3, 20),) == tuple(row.end for row in summary.commitments)


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text) for text in texts)


def test_a_table_of_indicators_gives_measures() -> None:
    blocks: list[Block] = [
        Paragraph("1. Performance", "page 1", 1),
        Table(
            (
                cells("Indicator", "Baseline March 2023", "Target", "Actual August 2023"),
                cells("Ambulance handovers within 30 minutes", "61%", "95%", "72%"),
                cells("Falls with harm", "14", "10", "9"),
                cells("Note: figures are unvalidated", "", "", ""),
            ),
            "page 1, table 1",
        ),
    ]

    summary = summarise(blocks, as_of=date(2023, 9, 1))

    rows = [(row.name, row.baseline, row.target, row.value, row.unit) for row in summary.measures]
    assert rows == [
        ("Ambulance handovers within 30 minutes", 61, 95, 72, "%"),
        ("Falls with harm", 14, 10, 9, "count"),
    ]
    assert [row.met for row in summary.measures] == [False, True]
    assert summary.measures[0].when is not None
    assert summary.measures[0].when.end == date(2023, 8, 31)


def test_a_table_of_groups_and_years_gives_measures() -> None:
    rows = (
        cells("Group", "2021 starters", "2022 starters", "Milestone"),
        cells("All apprentices", "81.0%", "84.5%", "85.0%"),
        cells("Apprentices over 25", "77.2%", "76.1%", "80.0%"),
    )

    summary = summarise([Paragraph("1. Results", "page 1", 1), Table(rows, "page 1, table 1")])

    found = [(row.name, row.baseline, row.value, row.target) for row in summary.measures]
    assert found == [("All apprentices", 81, 84.5, 85), ("Apprentices over 25", 77.2, 76.1, 80)]


def test_money_is_told_as_printed_and_compared_in_pounds() -> None:
    summary = summarise(
        "1.1 Capital spend is £3.1m.\n\n1.2 Capital spend is £2,900,000.", as_of=date(2023, 9, 1)
    )

    assert [(row.value, row.unit) for row in summary.measures] == [(3.1, "£m"), (2_900_000, "£")]
    assert [(one.one, one.other, one.unit) for one in summary.disagreements] == [(3_100_000, 2_900_000, "£")]


def test_a_change_beside_its_level_is_no_measure_of_its_own() -> None:
    summary = summarise("1.1 Complaints fell by 8% to 46 in August 2023.", as_of=date(2023, 9, 1))

    assert [row.value for row in summary.measures] == [46]


def test_the_day_of_a_figure_is_no_milestone_but_that_of_an_event_is() -> None:
    text = "1.1 The list was 138 on 4 August 2023.\n\n1.2 The new ward opened on 7 August 2023 with 12 beds."

    summary = summarise(text, as_of=date(2023, 9, 1))

    assert [row.end for row in summary.commitments] == [date(2023, 8, 7)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("\n\n \n", id="blank"),
        pytest.param("Page 1 of 3\n", id="page numbers"),
    ],
)
def test_nothing_to_read_is_one_sentence(text: str) -> None:
    with pytest.raises(DocumentError, match=r"^[^.]*no paragraph[^.]*\.$"):
        summarise(text)


def test_a_report_in_which_nothing_is_found_says_so() -> None:
    summary = summarise("The panel thanked the staff for their patience and their kindness during the year.")

    assert any("No measure" in note for note in summary.notes)


FRAGMENTS = st.sampled_from(
    [
        "1.1 Waits fell from 48% in March 2023 to 21% in August 2023.",
        "2.3 Target of 85% not met: 71%, partial data.",
        "Open by Q3 2023/24; 12 of 14 rooms (86%) are ready.",
        "3. Estates",
        "# Money",
        "£2.4m spent, £300k under budget.",
        "Appendix B: Figures",
        "- 4.1 Delayed until w/c 6 November 2023 because 3 surveyors left",
        "Sixteen guides, 7 days a week, band 6",
        "up to 200 miles",
        "Section 117",
        "mid-",
        "and 9.5 wte",
        "on 3/4/23 and 5/6/23",
        "5.",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=14), st.sampled_from([" ", "\n", "\n\n"]))
def test_no_number_or_date_is_invented(fragments: list[str], glue: str) -> None:
    text = glue.join(fragments)
    blocks = [Paragraph(line, f"line {number}") for number, line in enumerate(text.splitlines(), 1)]
    check_against_source(summarise(blocks, as_of=date(2023, 9, 12)), text)


def check_against_source(summary: ReportSummary, text: str) -> None:
    """Every figure, date and sentence of a summary stands in the text."""
    source = re.sub(r"\s+(?=[-–—]\s)", "", " ".join(text.split()))
    for line in summary.lines:
        for part in re.split(r"…|;", line.text):
            assert all(word in source for word in part.split())
    for row in summary.measures:
        for when in (row.when, row.baseline_when):
            assert when is None or when.text in source
        for number in (row.value, row.target, row.baseline):
            assert number is None or stands_in(number, source)
        for word in re.findall(r"\d+", row.name):
            assert word in source
    for commitment in summary.commitments:
        assert all(word in source for word in commitment.text.split())


WORDED = {0: r"\b(?:no|zero|not)\b", 10: "[Tt]en", 14: "[Ff]ourteen", 16: "[Ss]ixteen"}


def stands_in(number: float, source: str) -> bool:
    number = abs(number)
    whole = f"{number:g}" if number < 1e6 else f"{number:.0f}"
    shapes = {whole, f"{number:,.0f}", f"{number:.1f}", f"{number / 1e3:g}k", f"{number / 1e6:g}m"}
    return any(shape in source for shape in shapes) or bool(
        re.search(WORDED.get(int(number), r"\Z\A"), source)
    )


def test_the_gold_report_reaches_the_wanted_scores(tmp_path: Path) -> None:
    seed = shared_path("seeds", "000_1070e9cf3b6bd7f7.txt")
    scorer = runpy.run_path(str(shared_path("gold", "score_report.py")))
    gold = json.loads(shared_path("gold", "report_kmpt_measures.json").read_text("utf-8"))
    summary = summarise(read_blocks(seed.read_bytes(), seed.name))
    said = report_as_dict(summary)

    measures, pairs, _, _ = scorer["part"](gold["measures"], said["measures"], scorer["same_measure"], False)
    commitments, *_ = scorer["part"](
        gold["commitments"], said["commitments"], scorer["same_commitment"], False
    )

    assert measures["f1"] >= 0.85
    assert commitments["f1"] >= 0.85
    for field in ("target", "baseline"):
        rows = [
            (wanted[field], found[field]) for wanted, found in pairs if found and wanted["value"] is not None
        ]
        assert sum(wanted == found for wanted, found in rows) >= 0.9 * len(rows)
    check_against_source(summary, seed.read_text("utf-8"))


def test_headings_counted_without_a_dot_number_what_stands_under_them() -> None:
    page = summarise(
        "Report to trustees\n23 January 2026\n\n1 Visits\n\nThe third visit is planned for 12 March 2026.\n\n"
        "2 Attendance\n\nAttendance was 90.1% in December 2025.\n\n12 Months on, nothing else has changed."
    )
    assert [row.para for row in page.commitments] == ["1"]
    assert [row.para for row in page.measures] == ["2"]


def test_a_row_shorter_than_its_header_is_no_measure() -> None:
    page = summarise(
        "Report\n\n1.1 The figures follow.\n\n| Area | Indicator | Now | Target |\n|---|---|---|---|\n"
        "| North | Calls answered | 81% | 90% |\n| 12 |\n"
    )
    assert [(row.name, row.value, row.target) for row in page.measures] == [("Calls answered", 81.0, 90.0)]


def test_a_target_told_after_its_figure_is_that_figures() -> None:
    page = summarise("Report\n3 May 2026\n\n1.1 Appraisal stood at 82% in April 2026. The target is 90%.")
    assert [(row.value, row.target, row.met) for row in page.measures] == [(82.0, 90.0, False)]


def test_what_is_planned_for_a_year_is_no_value() -> None:
    page = summarise(
        "Report\n3 May 2026\n\n1.1 The figures follow.\n\n| Measure | April 2025 | April 2026 | Plan for 2026/27 |\n"
        "|---|---|---|---|\n| Mean wait | 44.1 | 31.7 | 15.0 |\n| Calls answered | 81% | 86% | 90% |\n"
    )
    assert [(row.baseline, row.value, row.target) for row in page.measures] == [
        (44.1, 31.7, 15.0),
        (81.0, 86.0, 90.0),
    ]
