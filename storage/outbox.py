"""What goes out: one row, one platform call; in order within a conversation, by whichever process comes first."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from storage.codec import json_text, moment, stamp
from storage.database import Row
from storage.model.post import OutboxRow, OutboxState
from storage.session import Session

__all__ = ["Outbox"]

BATCH = 20
LAST = "\U0010ffff"  # sorts after every key with the same prefix


class Outbox:
    """See ``storage.store.OutboxStore``.

    A row that was claimed while unsure is returned as unsure, with the time of its first claim:
    only such rows may be looked for in the channel's history.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        key: str,
        surface: str,
        conversation: str,
        content: Mapping[str, object],
        *,
        after: str | None = None,
        not_before: datetime | None = None,
        check: str | None = None,
    ) -> bool:
        if self._session.one("outbox.by_key", key=key) is not None:
            return False
        row_id = self._session.insert(
            "outbox.add",
            key=key,
            surface=surface,
            conversation=conversation,
            content_id=self._session.text(json_text(content), kind="message"),
            at=self._session.now,
            after=after,
            not_before=not_before and stamp(not_before),
            still=check,
        )
        self._session.audit("post", row_id, now={"key": key, "surface": surface})
        return True

    def claim(self, now: datetime, surfaces: Collection[str], lease_seconds: int = 60) -> list[OutboxRow]:
        with self._session.transaction():
            self._session.execute("outbox.lapse", now=stamp(now))
            batch = self._session.rows(
                "outbox.ready", now=stamp(now), surfaces=json_text(sorted(surfaces)), most=BATCH
            )
            until = stamp(now + timedelta(seconds=lease_seconds))
            for row in batch:
                self._session.execute("outbox.claim", id=row["id"], now=stamp(now), until=until)
            return [_outbox_row(row, claimed_at=row["claimed_at"] or stamp(now)) for row in batch]

    def renew(self, rows: Collection[OutboxRow], now: datetime, lease_seconds: int = 60) -> bool:
        until = stamp(now + timedelta(seconds=lease_seconds))
        with self._session.transaction():
            kept = [
                self._session.execute("outbox.renew", id=row.id, attempts=row.attempts + 1, until=until)
                for row in rows
            ]
        return any(kept)

    def sent(self, row_id: int, platform_id: str | None, now: datetime) -> None:
        self._session.execute("outbox.sent", id=row_id, platform_id=platform_id, now=stamp(now))

    def later(self, row_id: int, not_before: datetime) -> None:
        self._mark("later", row_id, not_before=stamp(not_before))

    def fill(self, row_id: int, content: Mapping[str, object]) -> None:
        text = self._session.text(json_text(content), kind="message")
        self._session.execute("outbox.fill", id=row_id, content_id=text)

    def unsure(self, row_id: int) -> None:
        self._mark("unsure", row_id)

    def supersede(self, row_id: int, reason: str) -> None:
        self._mark("supersede", row_id, reason=reason)

    def failed(self, row_id: int, reason: str) -> None:
        self._session.execute("outbox.failed", id=row_id, reason=reason)

    def _mark(self, query: str, row_id: int, **values: object) -> None:
        with self._session.transaction():
            self._session.execute(f"outbox.{query}", id=row_id, **values)

    def supersede_matching(self, key_prefix: str, reason: str) -> int:
        return self._session.execute(
            "outbox.supersede_between", first=key_prefix, last=key_prefix + LAST, reason=reason
        )

    def get(self, key: str) -> OutboxRow | None:
        row = self._session.one("outbox.by_key", key=key)
        return _outbox_row(row) if row else None

    def keys(self, prefix: str) -> set[str]:
        return {row["key"] for row in self._session.rows("outbox.keys", first=prefix, last=prefix + LAST)}

    def waiting(self) -> int:
        row = self._session.one("outbox.waiting")
        return int(row["n"]) if row else 0

    def of_person(self, surface: str, platform_id: str, conversation: str) -> OutboxRow | None:
        row = self._session.one(
            "outbox.by_platform_id", surface=surface, platform_id=platform_id, conversation=conversation
        )
        return _outbox_row(row) if row else None


def _outbox_row(row: Row, claimed_at: str | None = None) -> OutboxRow:
    claimed_at = claimed_at or row["claimed_at"]
    return OutboxRow(
        id=row["id"],
        key=row["key"],
        surface=row["surface"],
        conversation=row["conversation"],
        content=json.loads(row["body"]) if row["body"] else {},
        state=OutboxState(row["state"]),
        created_at=moment(row["created_at"]),
        attempts=row["attempts"],
        claimed_at=moment(claimed_at) if claimed_at else None,
        not_before=moment(row["not_before"]) if row["not_before"] else None,
        after=row["after"],
        platform_id=row["platform_id"],
        check=row["still"],
    )
