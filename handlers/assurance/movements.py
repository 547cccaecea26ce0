"""How agreed ratings moved since a meeting: only where there was one before, for no movement is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.cycle import calendar
from storage.model.plan import ActionView, Plan
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["movements", "ratings_at"]


def ratings_at(plan: Plan, previous: Meeting | None, store: Store) -> Mapping[int, Mapping[str, str]]:
    """action id -> scale -> label as agreed when that meeting was over; empty where there was none."""
    if previous is None or previous.day is None:
        return {}
    zone = calendar.zone_of(plan)
    return store.governance.agreed_as_at(plan.id, calendar.end_of(previous.day, zone))


def movements(
    views: Sequence[ActionView], plan: Plan, then: Mapping[int, Mapping[str, str]]
) -> list[tuple[ActionView, str, str]]:
    """(action, rating at the last meeting, rating now) where both are known and differ."""
    scale = plan.scale()
    if scale is None:
        return []
    found = []
    for view in views:
        was, now = then.get(view.action.id, {}).get(scale.name), view.agreed.get(scale.name)
        if was and now and was != now.label:
            found.append((view, scale.short(was), scale.short(now.label)))
    return found
