"""docs/surfaces.md is what the code says."""

from __future__ import annotations

from storage.model.post import InboundKind
from tests.surfaces import PAGE, WAYS, page


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: .venv/bin/python -m tests.surfaces"


def test_every_way_in_is_named() -> None:
    assert set(WAYS) == set(InboundKind)
