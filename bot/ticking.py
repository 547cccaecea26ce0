"""One tick of the clock: for each plan, what falls due becomes posts, in one transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

from bot.posting import keep
from storage.model.record import Change
from storage.store import Store

__all__ = ["tick_all"]


def tick_all(store: Store, now: datetime, zone: ZoneInfo, served: Collection[str]) -> int:
    """Let the cycle of every plan act as at ``now``; how many posts are new.

    Nothing is locked or written for a plan where nothing is due; the lock is asked again what is.
    """
    local = now.astimezone(zone)
    made = 0
    for plan in store.plans.all():
        if not import_module("handlers.clock").due_now(store, plan, local):
            continue
        with store.writing(Change(None, now, "clock")):
            messages = import_module("handlers.clock").tick(store, plan, local)
            import_module("handlers.privacy.forgetting").tidy(plan, store, local)
            made += keep(store, messages, f"clock:{plan.slug}:{now:%Y%m%dT%H%M}", served)
    return made
