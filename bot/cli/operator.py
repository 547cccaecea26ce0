"""What every command is given: the settings, the record, and who sits at the keyboard."""

from __future__ import annotations

import getpass
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.clock import moment, now
from storage.model.people import Account, Person

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.model.record import Change
    from storage.store import Store

__all__ = ["Operator", "login"]


@dataclass
class Operator:
    """The person at the command line, an administrator by having the machine."""

    database: str | None = None
    as_at: str | None = None  # act as if it were that time

    @cached_property
    def settings(self) -> Settings:
        from bot.settings import load

        return load(self.database)

    def now(self) -> datetime:
        """This moment, or the one that was named with --now."""
        return moment(self.as_at, self.settings.zone) if self.as_at else now()

    def store(self, *, make: bool = True) -> AbstractContextManager[Store]:
        """The record; ``make=False`` where there must be one already."""
        from bot.database import opened

        return opened(self.settings, make=make)

    @cached_property
    def account(self) -> Account:
        return Account("console", login(), f"console:{login()}")

    def person(self, store: Store) -> Person:
        """The operator as a person of the record, made on the first write."""
        known = store.people.by_account("console", login())
        if known is not None:
            return known
        from storage.model.record import Change

        with store.writing(Change(None, self.now(), "cli")):
            return store.people.meet(self.account, login())

    def passing(self, store: Store) -> Person:
        """The operator for something that only reads: nothing is written for it."""
        return store.people.by_account("console", login()) or Person(0, login(), accounts=(self.account,))

    def change(self, store: Store, why: str | None = None) -> Change:
        from storage.model.record import Change

        return Change(self.person(store).id, self.now(), "cli", why=why)


def login() -> str:
    """The name of who is logged in; "operator" where the machine does not say."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "operator"
