"""Opening the record that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.settings import Settings
from storage.model.errors import StoreError
from storage.store import Store

__all__ = ["SITE", "opened"]

SITE = "default"


@contextmanager
def opened(settings: Settings, *, make: bool = True) -> Iterator[Store]:
    """The store of these settings, closed at the end. It belongs to the calling thread.

    ``make=False`` refuses to make a new database file: for what only asks.
    """
    if not make:
        _require(settings.database_url)
    from storage.open import open_store

    store = open_store(settings.database_url, SITE)
    try:
        yield store
    finally:
        store.close()


def _require(url: str) -> None:
    from storage.database import path_of

    if url.startswith("postgresql://"):
        return
    path = path_of(url)
    if not path.exists():
        raise StoreError(
            f"There is no database at {path}: bring a plan in with “assurebot import FILE --plan NAME”,"
            " or name another one with --db."
        )
