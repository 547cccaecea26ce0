"""Refs in the shapes that plans print and people type, and what only looks like one (tables in ``data/``)."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.reading import read
from storage.model.reading import RefFound
from tests.nlp.tables import rows

_DAY = date(2019, 6, 5)


def _shown(found: tuple[RefFound, ...]) -> str:
    return " | ".join(f"{one.ref} step {one.step}" if one.step else one.ref for one in found) or "-"


@pytest.mark.parametrize(("text", "wanted"), rows("refs.tsv"))
def test_refs_are_found(text: str, wanted: str) -> None:
    assert _shown(read(text, _DAY).refs) == wanted


@pytest.mark.parametrize(("known", "text", "wanted"), rows("known_refs.tsv"))
def test_a_plans_refs_decide(known: str, text: str, wanted: str) -> None:
    assert _shown(read(text, _DAY, known_refs=known.split(";")).refs) == wanted


def test_a_theme_is_told_from_an_action() -> None:
    theme, action = read("theme 6 and action 7", _DAY).refs
    assert (theme.ref, theme.rule) == ("6", "theme")
    assert (action.ref, action.rule) == ("7", "named")
