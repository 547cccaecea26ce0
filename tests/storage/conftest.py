"""Stores for the contract tests: each runs on every database that the record can be kept in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.model.plan import Plan
from storage.model.record import Change
from storage.open import open_store
from storage.store import Store
from tests.storage.plans import small_plan

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh record can be made; another database is another parameter."""
    return f"sqlite:///{tmp_path}/record.db"


@pytest.fixture
def opened(url: str) -> Iterator[Callable[..., Store]]:
    """Opens stores of one record; closes them all."""
    stores: list[Store] = []

    def open_one(site: str = "default") -> Store:
        stores.append(open_store(url, site))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[..., Store]) -> Store:
    return opened()


@pytest.fixture
def plan(store: Store) -> Plan:
    with store.writing(change()):
        return store.plans.import_document("harbour", small_plan(), b"first", "harbour.docx")


def change(actor_id: int | None = None, minutes: float = 0, via: str = "cli") -> Change:
    return Change(actor_id, NOW + timedelta(minutes=minutes), via)
