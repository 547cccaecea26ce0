"""What came in: kept before anything can fail, handled once, in order within a conversation."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.codec import decode, encode, moment, stamp
from storage.database import Row
from storage.model.post import Inbound, InboundRow, InboxState
from storage.session import Session

__all__ = ["Inbox"]

MOST_ATTEMPTS = 5
GAVE_UP = "it was begun five times and never finished"


class Inbox:
    """See ``storage.store.InboxStore``.

    A row is claimed by ``claimed_until``; while one of its rows is claimed, or waits after a failure,
    the whole conversation waits, so that its messages are handled in order.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def receive(self, inbound: Inbound, now: datetime) -> bool:
        with self._session.transaction():
            known = self._session.one("inbox.by_key", surface=inbound.surface, key=inbound.key)
            if known is None:
                self._add(inbound, now)
                return True
            self._session.execute("inbox.again", id=known["id"])
            return bool(known["state"] != InboxState.DONE)

    def _add(self, inbound: Inbound, now: datetime) -> None:
        self._session.insert(
            "inbox.add",
            surface=inbound.surface,
            key=inbound.key,
            conversation=inbound.conversation,
            content_id=self._session.text(encode(inbound), kind="inbound"),
            at=stamp(now),
        )

    def claim(self, now: datetime, lease_seconds: int = 60) -> InboundRow | None:
        with self._session.transaction():
            self._session.execute("inbox.give_up", most=MOST_ATTEMPTS, now=stamp(now), reason=GAVE_UP)
            return self._claimed(self._session.one("inbox.next", now=stamp(now)), now, lease_seconds)

    def claim_key(self, surface: str, key: str, now: datetime, lease_seconds: int = 60) -> InboundRow | None:
        with self._session.transaction():
            row = self._session.one("inbox.by_key", surface=surface, key=key)
            if row is None or row["state"] != InboxState.RECEIVED or row["attempts"] >= MOST_ATTEMPTS:
                return None
            conversation = row["conversation"]
            if self._session.one("inbox.busy", surface=surface, conversation=conversation, now=stamp(now)):
                return None
            return self._claimed(row, now, lease_seconds)

    def _claimed(self, row: Row | None, now: datetime, lease_seconds: int) -> InboundRow | None:
        if row is None:
            return None
        until = stamp(now + timedelta(seconds=lease_seconds))
        self._session.execute("inbox.claim", id=row["id"], until=until)
        return _inbound_row({**row, "attempts": row["attempts"] + 1})

    def renew(self, row: InboundRow, now: datetime, lease_seconds: int = 60) -> bool:
        with self._session.transaction():
            until = stamp(now + timedelta(seconds=lease_seconds))
            return self._session.execute("inbox.renew", id=row.id, attempts=row.attempts, until=until) > 0

    def done(self, row_id: int) -> bool:
        return self._session.execute("inbox.done", id=row_id) > 0

    def failed(self, row_id: int, reason: str, now: datetime) -> None:
        with self._session.transaction():
            row = self._session.one("inbox.get", id=row_id)
            attempts = row["attempts"] if row else 0
            until = stamp(now + timedelta(seconds=2 ** (attempts - 1)))  # 1, 2, 4, 8 seconds
            self._session.execute("inbox.failed", id=row_id, reason=reason, most=MOST_ATTEMPTS, until=until)

    def stuck(self) -> list[InboundRow]:
        return [_inbound_row(row) for row in self._session.rows("inbox.stuck")]

    def waiting(self) -> int:
        row = self._session.one("inbox.waiting")
        return int(row["n"]) if row else 0


def _inbound_row(row: Row) -> InboundRow:
    return InboundRow(
        id=row["id"],
        inbound=decode(Inbound, row["body"]),
        state=InboxState(row["state"]),
        attempts=row["attempts"],
        received_at=moment(row["received_at"]),
    )
