"""``assurebot tick``: the clock acts once; what it says waits for ``assurebot run`` to post it."""

from __future__ import annotations

import sys

from bot.cli.operator import Operator
from bot.ticking import tick_all

__all__ = ["tick"]


def tick(operator: Operator) -> None:
    """Act as at the operator's time and say how many posts fell due."""
    zone = operator.settings.zone
    when = operator.now()
    with operator.store(make=False) as store:
        made = tick_all(store, when, zone, ())
        waiting = store.outbox.waiting()
    sys.stdout.write(
        f"{when.astimezone(zone):%A %-d %B %Y, %H:%M}: {made} posts fell due, {waiting} wait to go out.\n"
    )
