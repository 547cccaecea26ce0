"""Organisations whose actions were asked about and have no update; never people."""

from __future__ import annotations

import re

from handlers.cycle.answers import silent_actions
from handlers.papers.frame import Frame
from storage.model.people import Party, PartyKind
from storage.model.plan import ActionView

__all__ = ["silent_organisations"]

_AFTER_COMMA = re.compile(r",\s*(?P<name>[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*(?:\s*/\s*[A-Z]{2,8})*)\s*$")
_NOBODY = "Organisation not on the record"


def silent_organisations(frame: Frame) -> list[tuple[str, list[ActionView]]]:
    """Organisation and its silent actions; an owner's is theirs, else the one printed after their post ("COO, TVFT")."""
    quiet = {view.action.id for view in silent_actions(frame.store, frame.plan, frame.meeting)}
    parties = frame.store.people.parties(frame.plan.id, frame.today)
    names = {one.id: one.name for one in frame.store.people.organisations()}
    found: dict[str, list[ActionView]] = {}
    for view in frame.views:
        if view.action.id in quiet:
            own = (_of(one, frame, names) for one in parties.get(view.action.id, ()))
            found.setdefault(next((name for name in own if name), _NOBODY), []).append(view)
    return sorted(found.items(), key=lambda pair: (pair[0] == _NOBODY, pair[0]))


def _of(party: Party, frame: Frame, names: dict[int, str]) -> str | None:
    if party.kind is PartyKind.ORGANISATION:
        return party.printed
    person = frame.store.people.get(party.person_id) if party.person_id else None
    if person is not None and person.organisation_id in names:
        return names[person.organisation_id]
    match = _AFTER_COMMA.search(party.printed)
    return match["name"] if match else None
