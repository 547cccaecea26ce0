"""Every change of anything, chained by hash."""

from __future__ import annotations

import json

from storage.chain import link
from storage.codec import moment
from storage.database import Row
from storage.model.record import AuditRow
from storage.session import Session

__all__ = ["Audit"]


class Audit:
    """See ``storage.store.AuditStore``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(
        self, *, plan_id: int | None = None, action_id: int | None = None, limit: int | None = None
    ) -> list[AuditRow]:
        """Oldest first; with a limit, the newest so many."""
        filters = ["plan"] * (plan_id is not None) + ["action"] * (action_id is not None)
        rows = self._session.rows(
            "audit.rows", filters, plan_id=plan_id, action_id=action_id, limit=-1 if limit is None else limit
        )
        return [_audit_row(row) for row in reversed(rows)]

    def head(self) -> str:
        row = self._session.one("audit.head")
        return str(row["hash"]) if row else ""

    def verify(self) -> int | None:
        before, last = "", 0
        while rows := self._session.rows("audit.following", id=last):
            for row in rows:
                if row["hash"] != link(before, row):
                    return int(row["id"])
                before, last = row["hash"], row["id"]
        return None


def _audit_row(row: Row) -> AuditRow:
    return AuditRow(
        id=row["id"],
        at=moment(row["at"]),
        actor_id=row["actor_id"],
        via=row["via"],
        message=row["message"],
        what=row["what"],
        row_id=row["row_id"],
        plan_id=row["plan_id"],
        action_id=row["action_id"],
        was=row["was"] and json.loads(row["was"]),
        now=row["now"] and json.loads(row["now"]),
        why=row["why"],
        hash=row["hash"],
    )
