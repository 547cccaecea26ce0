"""References as plans print them."""

from __future__ import annotations

import pytest

from nlp.documents.refs import clean_ref, leading_ref, looks_like_ref, ref_parts, strong_ref


@pytest.mark.parametrize(
    ("printed", "ref"),
    [
        pytest.param("1.10", "1.10", id="text, not a number"),
        pytest.param(" 6.1.4. ", "6.1.4", id="closing full stop"),
        pytest.param("В", "B", id="Cyrillic capital"),
        pytest.param("н", "H", id="Cyrillic small letter for a capital"),
        pytest.param("к", "K", id="Cyrillic ka"),
        pytest.param("C (and 18.5)", "C (and 18.5)", id="two refs in one"),
        pytest.param("2.1 (a)", "2.1 (a)", id="bracketed letter"),
        pytest.param("3)", "3", id="closing bracket"),
        pytest.param("1.4.16", "1.4.16", id="looks like a date"),
    ],
)
def test_a_ref_is_cleaned_of_damage_only(printed: str, ref: str) -> None:
    assert clean_ref(printed) == ref


@pytest.mark.parametrize(
    "text", ["7", "6.1.4", "A", "QI-07", "REC 12", "S1", "MD-3a", "2019 action for 4.2", "C (and 18.5)"]
)
def test_what_stands_in_ref_columns(text: str) -> None:
    assert looks_like_ref(text)


@pytest.mark.parametrize(
    "text", ["Mar-26", "Dec 25", "Director of Nursing", "", "Not yet started", "30/06/2026"]
)
def test_what_is_no_ref(text: str) -> None:
    assert not strong_ref(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2.10 Open the hub", ("2.10", "Open the hub")),
        ("4. Workforce", ("4", "Workforce")),
        ("A2.1: Train staff", ("A2.1", "Train staff")),
        ("Train staff", None),
        ("100% of staff", None),
    ],
)
def test_a_ref_that_opens_a_text(text: str, expected: tuple[str, str] | None) -> None:
    assert leading_ref(text) == expected


def test_the_numbers_of_a_ref_are_whole() -> None:
    assert ref_parts("6.1.10") > ref_parts("6.1.9")
