"""Dates as cells of plans print them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents.celldates import is_datelike, parse_date, parse_day
from storage.model.document import DateKind

AS_OF = date(2026, 2, 10)


def days(text: str) -> tuple[str | None, str | None, DateKind]:
    found = parse_date(text, AS_OF)
    return (
        found.start.isoformat() if found.start else None,
        found.end.isoformat() if found.end else None,
        found.kind,
    )


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("31 March 2026", "2026-03-31", "2026-03-31", id="day"),
        pytest.param("22 nd January 2026", "2026-01-22", "2026-01-22", id="split ordinal"),
        pytest.param("Friday 3rd of July 2026", "2026-07-03", "2026-07-03", id="weekday and of"),
        pytest.param("1.4.26", "2026-04-01", "2026-04-01", id="dots, UK order"),
        pytest.param("30/06/26", "2026-06-30", "2026-06-30", id="slashes"),
        pytest.param("2026-09-01", "2026-09-01", "2026-09-01", id="ISO"),
        pytest.param("March 4, 2026", "2026-03-04", "2026-03-04", id="month first"),
        pytest.param("Dec25", "2025-12-01", "2025-12-31", id="month stuck to its year"),
        pytest.param("Oct-26", "2026-10-01", "2026-10-31", id="month and short year"),
        pytest.param("Sept '26", "2026-09-01", "2026-09-30", id="apostrophe year"),
        pytest.param("End July 26", "2026-07-31", "2026-07-31", id="end of month"),
        pytest.param("mid-May 2026", "2026-05-11", "2026-05-20", id="middle of month"),
        pytest.param("Feb 26 - Apr 26", "2026-02-01", "2026-04-30", id="range of months"),
        pytest.param("Jan/Feb '26", "2026-01-01", "2026-02-28", id="slashed months"),
        pytest.param("Dec/Jan 2026", "2025-12-01", "2026-01-31", id="slashed months over a year's end"),
        pytest.param("Nov 25 Jun 26", "2025-11-01", "2026-06-30", id="dates stacked"),
        pytest.param("Q4 2025/26", "2026-01-01", "2026-03-31", id="financial quarter"),
        pytest.param("Q1 2026", "2026-04-01", "2026-06-30", id="quarter of a plain year is financial"),
        pytest.param("End of Q2", "2026-09-30", "2026-09-30", id="end of a quarter without a year"),
        pytest.param("end of 2025/26", "2026-03-31", "2026-03-31", id="end of a financial year"),
        pytest.param("Easter 2026", "2026-04-05", "2026-04-05", id="Easter"),
        pytest.param("july", "2026-07-01", "2026-07-31", id="a lone month in small letters"),
        pytest.param("2026/27", "2026-04-01", "2027-03-31", id="financial year"),
        pytest.param("Winter 2026", "2026-12-01", "2027-02-28", id="season"),
        pytest.param("w/c 9 February 2026", "2026-02-09", "2026-02-15", id="week"),
        pytest.param("Dashboard built Feb 26", "2026-02-01", "2026-02-28", id="words before"),
        pytest.param("30/06/26 ongoing", "2026-06-30", "2026-06-30", id="ongoing after a date"),
        pytest.param("1. End July 26 2. Ongoing", "2026-07-31", "2026-07-31", id="numbered parts"),
        pytest.param("1-4. 30/07/26", "2026-07-30", "2026-07-30", id="a range of numbers is no date"),
        pytest.param("14 May", "2026-05-14", "2026-05-14", id="no year: the one to come"),
    ],
)
def test_a_due_date_is_read(text: str, start: str, end: str) -> None:
    assert days(text) == (start, end, DateKind.DUE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Ongoing", DateKind.ONGOING, id="ongoing"),
        pytest.param("On-going", DateKind.ONGOING, id="on-going"),
        pytest.param("Annually", DateKind.RECURRING, id="annually"),
        pytest.param("Every second Tuesday", DateKind.RECURRING, id="every"),
        pytest.param("TBC", DateKind.NONE, id="TBC"),
        pytest.param("To be agreed", DateKind.NONE, id="to be agreed"),
        pytest.param("Once funding is agreed", DateKind.CONDITIONAL, id="once"),
        pytest.param("Within 3 months of the new code", DateKind.CONDITIONAL, id="within"),
        pytest.param("", DateKind.NONE, id="nothing"),
    ],
)
def test_a_cell_without_a_day_keeps_its_kind(text: str, kind: DateKind) -> None:
    assert days(text) == (None, None, kind)


@pytest.mark.parametrize("text", ["From Apr 26", "Commenced Apr 2026", "Starting April 2026"])
def test_a_start_is_no_due_date(text: str) -> None:
    assert days(text) == ("2026-04-01", "2026-04-30", DateKind.START)


@pytest.mark.parametrize("text", ["Oct 2206", "31 April 2026", "30/02/2026"])
def test_an_impossible_date_is_kept_as_printed(text: str) -> None:
    found = parse_date(text, AS_OF)
    assert (found.text, found.start, found.impossible) == (text, None, True)


def test_an_impossible_date_among_others_leaves_their_span() -> None:
    found = parse_date("Nov 2025\nOct 2206\nMarch 2026", AS_OF)
    assert (found.start, found.end, found.impossible) == (date(2025, 11, 1), date(2026, 3, 31), True)


@pytest.mark.parametrize(
    "text", ["6.1.4", "4 weeks", "NHS 111", "it may be late", "may be late", "15%", "24/7 cover"]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_date(text, AS_OF).start is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31/03/2026", True),
        ("TBC", True),
        ("Call people back within two days", False),
        ("Head of Flow", False),
    ],
)
def test_only_date_cells_look_like_dates(text: str, expected: bool) -> None:
    assert is_datelike(text) is expected


def test_a_month_is_not_one_day() -> None:
    assert parse_day("March 2026") is None
    assert parse_day("3 rd March 2026") == date(2026, 3, 3)


@settings(max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_kept_and_gives_an_ordered_span(text: str) -> None:
    found = parse_date(text, AS_OF)
    assert (found.start is None) == (found.end is None)
    assert found.start is None or found.end is None or found.start <= found.end


@settings(max_examples=150)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_read_however_it_is_printed(day: date) -> None:
    for form in ("%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%d-%b-%Y", "%Y-%m-%d"):
        assert parse_date(day.strftime(form), AS_OF).start == day
