"""The clock of the running program; everything below bot/ is given the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.model.errors import UsageError

__all__ = ["Clock", "moment", "now"]

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment, aware."""
    return datetime.now(UTC)


def moment(text: str, zone: ZoneInfo) -> datetime:
    """The aware moment that an ISO date or time names; a naive one is read in the zone."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"“{text[:40]}” is no time: write it like 2018-03-16 or 2018-03-16T09:00.") from None
    return read if read.tzinfo else read.replace(tzinfo=zone)
