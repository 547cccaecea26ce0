"""``assurebot tick``: the clock acts once; what it says waits for ``assurebot run`` to post it."""

from __future__ import annotations

import sys

from bot.cli.operator import Operator
from bot.clock import moment, now
from bot.ticking import tick_all

__all__ = ["tick"]


def tick(operator: Operator, at: str | None) -> None:
    """Act as at that time and say how many posts fell due."""
    zone = operator.settings.zone
    when = moment(at, zone) if at else now()
    with operator.store(make=False) as store:
        made = tick_all(store, when, zone, ())
        waiting = store.outbox.waiting()
    sys.stdout.write(
        f"{when.astimezone(zone):%A %-d %B %Y, %H:%M}: {made} posts fell due, {waiting} wait to go out.\n"
    )
