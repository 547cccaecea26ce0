"""Percentages: number, sign, range and role (table in ``data/``)."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.reading import read
from storage.model.reading import PercentFound
from tests.nlp.tables import rows


def _shown(found: PercentFound) -> str:
    upper = "" if found.value_to is None else f" to {found.value_to:g}"
    return f"{found.text} = {found.value:g}{upper} {found.role}"


@pytest.mark.parametrize(("as_of", "text", "wanted"), rows("percentages.tsv"))
def test_percentages_are_found_with_sign_and_role(as_of: str, text: str, wanted: str) -> None:
    found = read(text, date.fromisoformat(as_of)).percentages
    assert (" | ".join(map(_shown, found)) or "-") == wanted


def test_every_percentage_names_the_rule_that_found_it() -> None:
    found = read("a 15% reduction, now 85% against 90%", date(2018, 3, 20)).percentages
    assert [one.rule for one in found] == [
        "percent/change-after",
        "percent/actual-direct",
        "percent/target-before",
    ]
