"""Who may read an update, decided here and nowhere else: a store shows each reader only that.

``seen_by`` and ``seen_at`` wrap a store, so that whatever a handler takes out of it to show (a card, a
history, a digest, a pack, an export, a reading's figures, the reason of a date) is already fit for its
reader. What they may not read comes as a sentence that says so, without reading, link and figures.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from handlers.people.clearance import waits_for
from handlers.roles import allowed, is_administrator
from storage.model.people import Person, Role
from storage.model.plan import ActionView, State
from storage.model.reading import Measure, Reading
from storage.model.record import DateRequest, Update, Visibility
from storage.store import GovernanceStore, PlanStore, Store, UpdateStore

__all__ = ["HELD", "clearance", "held", "may_read", "seen_at", "seen_by"]

HELD = {
    Visibility.RESTRICTED: "Held for the private session.",
    Visibility.COMMITTEE: "Kept for the committee.",
}
_ORDER = (Visibility.PUBLIC, Visibility.COMMITTEE, Visibility.RESTRICTED)


def held(update: Update) -> bool:
    """Whether this is what a reader gets in the place of words that they may not read."""
    return update.text is not None and update.text == HELD.get(update.visibility)


def may_read(update: Update, cleared: Visibility, person_id: int | None = None) -> bool:
    """Whether a reader cleared so far may read it; whoever said or entered it always may."""
    if person_id is not None and person_id in {update.author_id, update.entered_by_id}:
        return True
    return _ORDER.index(update.visibility) <= _ORDER.index(cleared)


def clearance(person: Person, plan_id: int, store: Store, administrators: frozenset[str]) -> Visibility:
    """The most that the person may read in the plan: the office all, an assurer what the committee reads."""
    if is_administrator(person, administrators):
        return Visibility.RESTRICTED
    roles = store.people.roles(plan_id, person.id)
    if allowed(roles, Role.PMO):
        return Visibility.RESTRICTED
    return Visibility.COMMITTEE if Role.ASSURER in roles else Visibility.PUBLIC


def seen_by(person: Person, store: Store, administrators: frozenset[str]) -> Store:
    """The store as this person may read it."""
    cleared: dict[int, Visibility] = {}

    def may(update: Update) -> bool:
        if update.visibility is Visibility.PUBLIC:
            return True
        plan_id = store.plans.plan_of(update.action_id).id
        if plan_id not in cleared:
            cleared[plan_id] = clearance(person, plan_id, store, administrators)
        return may_read(update, cleared[plan_id], person.id) or waits_for(update, person, store)

    return _seen(store, may)


def seen_at(cleared: Visibility, store: Store) -> Store:
    """The store as it may be printed: PUBLIC for a channel or an export, COMMITTEE for a pack."""
    return _seen(store, lambda update: may_read(update, cleared))


def _seen(store: Store, may: Callable[[Update], bool]) -> Store:
    kept = store.kept if isinstance(store, _Seen) else store
    narrower = store.eyes.may if isinstance(store, _Seen) else None
    eyes = _Eyes(kept, may if narrower is None else lambda update: narrower(update) and may(update))
    return cast(Store, _Seen(kept, eyes))


@dataclass(frozen=True, slots=True)
class _Eyes:
    """Takes out of what the store gives whatever the reader may not read."""

    kept: Store
    may: Callable[[Update], bool]

    def update(self, update: Update) -> Update:
        if self.may(update):
            return update
        return replace(update, text=HELD[update.visibility], reading=Reading(), link=None)

    def view(self, view: ActionView) -> ActionView:
        if view.visibility == Visibility.PUBLIC or self._may_read(view.last_update_id):
            return view
        return replace(view, last_line=HELD[Visibility(view.visibility)], last_link=None)

    def request(self, request: DateRequest) -> DateRequest:
        hidden = request.reason is not None and not self._may_read(request.update_id)
        return replace(request, reason=None) if hidden else request

    def _may_read(self, update_id: int | None) -> bool:
        update = self.kept.updates.get(update_id) if update_id is not None else None
        return update is None or self.may(update)


class _Part:
    """A part of the store: what is not defined here is the kept part's own."""

    def __init__(self, kept: Any, eyes: _Eyes) -> None:
        self._kept, self._eyes = kept, eyes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kept, name)


class _Plans(_Part):
    def views(
        self,
        plan_id: int,
        *,
        theme_ids: Collection[int] | None = None,
        action_ids: Collection[int] | None = None,
        person_id: int | None = None,
        states: Collection[State] | None = None,
        due_before: date | None = None,
        changed_since: datetime | None = None,
        day: date | None = None,
    ) -> list[ActionView]:
        found = self._kept.views(
            plan_id, theme_ids=theme_ids, action_ids=action_ids, person_id=person_id, states=states,
            due_before=due_before, changed_since=changed_since, day=day,
        )  # fmt: skip
        return [self._eyes.view(view) for view in found]


class _Updates(_Part):
    def add(self, *given: Any, **more: Any) -> Update:
        return cast(Update, self._kept.add(*given, **more))  # its author's own words

    def get(self, update_id: int) -> Update | None:
        found = self._kept.get(update_id)
        return None if found is None else self._eyes.update(found)

    def by_source(self, source: str) -> list[Update]:
        return self._all(self._kept.by_source(source))

    def of_action(self, action_id: int, *, limit: int | None = None) -> list[Update]:
        return self._all(self._kept.of_action(action_id, limit=limit))

    def of_plan(
        self,
        plan_id: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        meeting_id: int | None = None,
    ) -> list[Update]:
        return self._all(self._kept.of_plan(plan_id, since=since, until=until, meeting_id=meeting_id))

    def search(self, plan_id: int, words: str, *, limit: int = 20) -> list[Update]:
        """Only what the reader may read: that something was found would tell of the rest."""
        return [one for one in self._kept.search(plan_id, words, limit=limit) if self._eyes.may(one)]

    def newest(self, action_ids: Collection[int], most: int) -> dict[int, list[Update]]:
        found = self._kept.newest(action_ids, most)
        return {action_id: self._all(updates) for action_id, updates in found.items()}

    def held(self, action_ids: Collection[int]) -> list[Update]:
        return self._all(self._kept.held(action_ids))

    def measures(self, action_id: int) -> list[tuple[Measure, datetime, int]]:
        return self.measures_of([action_id]).get(action_id, [])

    def measures_of(self, action_ids: Collection[int]) -> dict[int, list[tuple[Measure, datetime, int]]]:
        found = self._kept.measures_of(action_ids)
        hidden = {one.id for one in self._kept.held(found) if not self._eyes.may(one)} if found else set()
        return {
            action_id: shown
            for action_id, rows in found.items()
            if (shown := [row for row in rows if row[2] not in hidden])
        }

    def _all(self, found: Sequence[Update]) -> list[Update]:
        return [self._eyes.update(one) for one in found]


class _Governance(_Part):
    def date_requests(self, plan_id: int, *, open_only: bool = False) -> list[DateRequest]:
        return [self._eyes.request(one) for one in self._kept.date_requests(plan_id, open_only=open_only)]

    def ledger(self, action_id: int) -> list[DateRequest]:
        return [self._eyes.request(one) for one in self._kept.ledger(action_id)]

    def ledgers(self, action_ids: Collection[int]) -> dict[int, list[DateRequest]]:
        found = self._kept.ledgers(action_ids)
        return {action_id: [self._eyes.request(one) for one in rows] for action_id, rows in found.items()}


class _Seen:
    """A store through a reader's eyes; writing is the kept store's own."""

    def __init__(self, kept: Store, eyes: _Eyes) -> None:
        self.kept, self.eyes = kept, eyes
        self.plans = cast(PlanStore, _Plans(kept.plans, eyes))
        self.updates = cast(UpdateStore, _Updates(kept.updates, eyes))
        self.governance = cast(GovernanceStore, _Governance(kept.governance, eyes))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.kept, name)
