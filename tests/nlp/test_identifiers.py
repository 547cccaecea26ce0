"""What would identify a patient is found, and what only looks so is not."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.identifiers import IdentifierKind, find_identifiers, valid_nhs_number
from tests.nlp.tables import rows

_TABLE = [(param.values[0], param.values[1]) for param in rows("identifiers.tsv")]


def aside(text: str) -> bool:
    """Whether the message is of the third that nobody looks at while rules are made."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0


def figures(table: list[tuple[str, str]]) -> tuple[float, float]:
    """Share of messages held that hold something, and of those held that do not."""
    counts = Counter((kinds != "-", bool(find_identifiers(text))) for kinds, text in table)
    recall = counts[True, True] / (counts[True, True] + counts[True, False])
    return recall, counts[False, True] / (counts[False, True] + counts[False, False])


def test_the_table_is_large_and_half_harmless() -> None:
    harmless = [text for kinds, text in _TABLE if kinds == "-"]
    assert len(_TABLE) >= 280
    assert len(harmless) >= 150


@pytest.mark.parametrize(
    ("table", "recall"),
    [
        pytest.param([row for row in _TABLE if not aside(row[1])], 0.99, id="looked at"),
        pytest.param([row for row in _TABLE if aside(row[1])], 0.95, id="set aside"),
    ],
)
def test_nearly_all_are_found_and_hardly_any_harmless_one(
    table: list[tuple[str, str]], recall: float
) -> None:
    found, alarms = figures(table)
    assert found >= recall
    assert alarms < 0.02


def test_kinds_are_told_apart() -> None:
    held = [(kinds, find_identifiers(text)) for kinds, text in _TABLE if kinds != "-"]
    right = sum({one.kind.value for one in found} == set(kinds.split(",")) for kinds, found in held if found)
    assert right >= 0.97 * len(held)


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        pytest.param("9434765918", False, id="wrong digit"),
        pytest.param("9434765919", True, id="the data dictionary's example"),
        pytest.param("0000000000", False, id="ten of a kind"),
        pytest.param("999123456", False, id="nine digits"),
        pytest.param("99912345x7", False, id="a letter"),
    ],
)
def test_the_check_digit(digits: str, valid: bool) -> None:
    assert valid_nhs_number(digits) is valid


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("943\u200b476\u200b5919", ["nhs_number"], id="zero-width between the groups"),
        pytest.param("943\u00a0476\u20115919", ["nhs_number"], id="hard space, hard hyphen"),
        pytest.param("９４３４７６５９１９", ["nhs_number"], id="full-width digits"),
        pytest.param("NHS no: 123 456 7890", ["nhs_number"], id="labelled, mistyped"),
        pytest.param("https://pay.example/order?id=9434765919", [], id="in a link"),
        pytest.param("POs 9434765919 and 9434765870", [], id="a second order"),
        pytest.param("9434765919 is our order", [], id="named afterwards"),
        pytest.param("mrs doyle has sepsis", ["name_with_condition"], id="typed in haste"),
        pytest.param("we miss the stroke target", [], id="miss is a verb"),
        pytest.param("Mrs Lund’s dementia", ["name_with_condition"], id="curly apostrophe"),
        pytest.param("", [], id="empty"),
    ],
)
def test_tricks_and_neighbours(text: str, kinds: list[str]) -> None:
    assert [one.kind.value for one in find_identifiers(text)] == kinds


def test_a_find_says_where_it_is() -> None:
    text = "Referral 943 476 5919, DOB 1/2/1950."
    assert [(text[one.start_char : one.end_char], one.rule) for one in find_identifiers(text)] == [
        ("943 476 5919", "check-digit"),
        ("1/2/1950", "labelled"),
    ]


@pytest.mark.parametrize(
    "piece",
    ["Mr Aa sepsis ", "999 ", "nhs number ", "born 1/1/ ", "(", "a://", "pt ", "9", "999\u200b", "Aa Bb "],
)
def test_a_hundred_thousand_characters_take_no_time_to_speak_of(piece: str) -> None:
    """Finishes: a rule that tries every pair would run for minutes."""
    find_identifiers((piece * (100_000 // len(piece))) + "sepsis")


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_looked_through(text: str) -> None:
    found = find_identifiers(text)
    assert all(0 <= one.start_char < one.end_char <= len(text) for one in found)
    assert all(one.kind in IdentifierKind for one in found)
    assert all(before.end_char <= after.start_char for before, after in pairwise(found))


@pytest.mark.parametrize(("kinds", "text"), rows("identifiers_more.tsv"))
def test_what_was_mistaken_once_is_not_again(kinds: str, text: str) -> None:
    assert bool(find_identifiers(text)) is (kinds != "-")
