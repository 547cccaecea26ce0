"""What the repositories of one store share: the rows, the change that is being made, texts and the audit."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from storage.chain import link
from storage.codec import encode, json_text, stamp, storable
from storage.database import Row, Rows
from storage.model.errors import StoreError
from storage.model.reading import Reading
from storage.model.record import Change

__all__ = ["Session"]


class Session:
    """One connection's work, and the change that every write inside ``writing`` is audited as."""

    def __init__(self, database: Rows) -> None:
        self._database = database
        self._change: Change | None = None
        self._why_id: int | None = None
        self._open = False

    def rows(self, name: str, /, filters: Sequence[str] = (), **values: Any) -> list[Row]:
        return self._database.rows(name, filters, **values)

    def one(self, name: str, /, filters: Sequence[str] = (), **values: Any) -> Row | None:
        return self._database.one(name, filters, **values)

    def insert(self, name: str, /, **values: Any) -> int:
        self._need_transaction()
        return self._database.insert(name, **values)

    def execute(self, name: str, /, **values: Any) -> int:
        self._need_transaction()
        return self._database.execute(name, **values)

    def search_terms(self, words: str) -> str:
        return self._database.search_terms(words)

    def _need_transaction(self) -> None:
        if not self._open:
            raise StoreError("A write was tried outside store.writing(change): nothing was written.")

    @property
    def change(self) -> Change:
        if self._change is None:
            raise StoreError("A write was tried outside store.writing(change): nothing was written.")
        return self._change

    @property
    def now(self) -> str:
        return stamp(self.change.when)

    def today(self) -> str | None:
        """The day (UTC) of the newest thing that reached the record: as near to now as it can know."""
        if self._change is not None:
            return self.now[:10]
        row = self.one("audit.latest")
        return row["at"][:10] if row and row["at"] else None

    @contextmanager
    def writing(self, change: Change) -> Iterator[None]:
        stamp(change.when)  # a naive time is refused before anything is written
        with self.transaction():
            self._change = change
            try:
                self._why_id = self.note(change.why)
                yield
            finally:
                self._change = self._why_id = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction without a change: the inbox's and the outbox's own."""
        if self._open:
            raise StoreError("A transaction was begun inside another one: end the first before the second.")
        self._open = True
        try:
            with self._database.transaction():
                yield
        finally:
            self._open = False

    def text(self, body: str, kind: str = "note", reading: Reading | None = None) -> int:
        """Keep a verbatim text; its salted hash stays when it is erased."""
        body = storable(body)
        salt = secrets.token_hex(16)
        return self.insert(
            "texts.add",
            kind=kind,
            body=body,
            summary=reading.summary if reading else None,
            reading=encode(reading) if reading else None,
            salt=salt,
            hash=hashlib.sha256((salt + body).encode()).hexdigest(),
        )

    def note(self, body: str | None) -> int | None:
        return None if body is None else self.text(body)

    def audit(
        self,
        what: str,
        row_id: int,
        *,
        plan_id: int | None = None,
        action_id: int | None = None,
        was: Mapping[str, object] | None = None,
        now: Mapping[str, object] | None = None,
    ) -> None:
        """One row of the chain. People and texts appear in it by id only, so that they can be erased."""
        change = self.change
        last = self.one("audit.head")
        row: dict[str, object] = {
            "at": self.now,
            "actor_id": change.actor_id,
            "via": change.via,
            "message": change.message,
            "what": what,
            "row_id": row_id,
            "plan_id": plan_id,
            "action_id": action_id,
            "was": None if was is None else json_text(was),
            "now": None if now is None else json_text(now),
            "why_id": self._why_id,
        }
        self.insert("audit.add", **row, hash=link(last["hash"] if last else "", row))

    def action(self, action_id: int) -> Row:
        """Plan, state and due date of an action."""
        row = self.one("actions.standing", action_id=action_id)
        if row is None:
            raise StoreError(f"There is no action with the number {action_id} in the record.")
        return row

    def touch(self, action_id: int) -> None:
        self.execute("actions.touch", action_id=action_id, at=self.now)
