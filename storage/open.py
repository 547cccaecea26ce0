"""Opening a store: ``open_store("sqlite:///assurebot.db")``."""

from __future__ import annotations

from contextlib import AbstractContextManager

from storage.audit import Audit
from storage.database import Rows, open_database
from storage.governance import Governance
from storage.inbox import Inbox
from storage.model.record import Change
from storage.outbox import Outbox
from storage.people import People
from storage.plans import Plans
from storage.session import Session
from storage.store import Store
from storage.updates import Updates

__all__ = ["open_store"]


def open_store(url: str, site: str = "default") -> Store:
    """Open the database at a URL (``sqlite:///assurebot.db``) or plain path, made and migrated if need be.

    The store belongs to the thread that opened it. Raises StoreError with a sentence for the operator.
    """
    return RowStore(open_database(url, site), site)


class RowStore:
    """One site's record over a database of named queries; implements ``Store``."""

    def __init__(self, database: Rows, site: str) -> None:
        self._database = database
        self._session = Session(database)
        self.site = site
        self.plans = Plans(self._session)
        self.people = People(self._session)
        self.updates = Updates(self._session)
        self.governance = Governance(self._session)
        self.inbox = Inbox(self._session)
        self.outbox = Outbox(self._session)
        self.audit = Audit(self._session)

    def writing(self, change: Change) -> AbstractContextManager[None]:
        return self._session.writing(change)

    def close(self) -> None:
        self._database.close()
