"""Dates: what they mean, what they are there for, and what is no date (tables in ``data/``)."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.reading import read
from nlp.reading.dates.lists import word_list
from nlp.reading.dates.words import vocabulary
from storage.model.reading import DateFound, Grain
from tests.nlp.tables import rows


def _shown(found: DateFound) -> str:
    until = "" if found.start == found.end else f" .. {found.end}"
    return f"{found.text} = {found.start}{until}"


@pytest.mark.parametrize(("as_of", "text", "wanted"), rows("dates.tsv"))
def test_dates_are_found_and_resolved(as_of: str, text: str, wanted: str) -> None:
    found = read(text, date.fromisoformat(as_of)).dates
    assert (" | ".join(map(_shown, found)) or "-") == wanted


@pytest.mark.parametrize(("as_of", "text", "wanted"), rows("date_roles.tsv"))
def test_dates_have_the_role_that_their_words_give_them(as_of: str, text: str, wanted: str) -> None:
    found = read(text, date.fromisoformat(as_of)).dates
    assert " | ".join(f"{one.text} = {one.role}" for one in found) == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param(
            "Ready by Oct 2105", date(2105, 10, 1), date(2105, 10, 31), id="year of another century"
        ),
        pytest.param("Due 31 April 2018", date(2018, 4, 30), date(2018, 4, 30), id="no such day"),
        pytest.param("Due 31.06.18", date(2018, 6, 30), date(2018, 6, 30), id="no such day in figures"),
        pytest.param("In place 1/12/18", date(2018, 12, 1), date(2018, 12, 1), id="past told, yet to come"),
        pytest.param("over the last 4 months", date(2017, 11, 20), date(2018, 3, 20), id="window up to now"),
    ],
)
def test_what_cannot_be_or_can_hardly_be_is_uncertain(text: str, first: date, last: date) -> None:
    (found,) = read(text, date(2018, 3, 20)).dates
    assert found.uncertain
    assert (found.start, found.end) == (first, last)


def test_a_date_that_can_be_is_certain() -> None:
    (found,) = read("In place 1/12/17", date(2018, 3, 20)).dates
    assert not found.uncertain


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        pytest.param("on 5 March 2018", Grain.DAY, id="day"),
        pytest.param("w/c 5 March 2018", Grain.WEEK, id="week"),
        pytest.param("in March 2018", Grain.MONTH, id="month"),
        pytest.param("in Q3 2018/19", Grain.QUARTER, id="quarter"),
        pytest.param("in spring 2018", Grain.SEASON, id="season"),
        pytest.param("in 2018/19", Grain.YEAR, id="financial year"),
        pytest.param("by end of March 2018", Grain.DAY, id="end of a month is a day"),
    ],
)
def test_grain_is_how_wide_the_author_put_it(text: str, grain: Grain) -> None:
    (found,) = read(text, date(2018, 1, 10)).dates
    assert found.grain is grain


def test_a_known_ref_is_no_date() -> None:
    text = "1.4.16 agreed with the federation"
    assert read(text, date(2018, 3, 20)).dates[0].start == date(2016, 4, 1)
    assert read(text, date(2018, 3, 20), known_refs={"1.4.16"}).dates == ()


def test_every_date_names_the_rule_that_found_it() -> None:
    found = read("w/c 5 March, then Easter and Q3 2018/19", date(2018, 3, 1)).dates
    assert [one.rule.partition("/")[0] for one in found] == ["week-commencing", "feast", "quarter-of-year"]


@pytest.mark.parametrize("as_of", [date(1, 1, 1), date(9999, 12, 31), date(2016, 2, 29)])
def test_any_day_of_reading_will_do(as_of: date) -> None:
    read("29 Feb, next year, in 100 years, last month, Friday, w/c 31st, Easter, 22nd, 2 decades ago", as_of)


def test_vocabularies_are_sound() -> None:
    assert {"january", "w", "easter"} <= set(vocabulary())
    assert "by" in word_list("date_before")
