"""``organisation``: who belongs to it, who clears its updates first, and whether it is asked by return."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import pick, wording
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Message, say
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.people import Organisation, Person
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["organisation", "organisation_named"]

_HAS = re.compile(r"^(?P<name>.+?)\s+(?P<verb>has|cleared by|by return)(?:\s+(?P<rest>.+))?$", re.IGNORECASE)


def organisation(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``organisation NSCHT has Jane Smith, Bob Lee``; ``cleared by Jane Smith``; ``by return``; without more, what is known."""
    match = _HAS.match(call.tail.strip())
    if match is None:
        return [_about(organisation_named(call.tail.strip().strip('"“”'), store), store)]
    body = store.people.organisation(match["name"].strip().strip('"“”'))
    rest = (match["rest"] or "").strip()
    match match["verb"].casefold():
        case "has":
            for name in _names(rest):
                store.people.change(replace(_person(name, store), organisation_id=body.id))
        case "cleared by":
            officer = None if rest.casefold() in {"", "nobody", "none"} else _person(rest, store)
            store.people.change_organisation(
                replace(body, clearing_officer_id=officer.id if officer else None)
            )
        case _:
            store.people.change_organisation(replace(body, by_return=True))
    return [_about(store.people.organisation(body.name), store)]


def organisation_named(name: str, store: Store) -> Organisation:
    """The organisation of that name, without case."""
    known = {one.name: one for one in store.people.organisations()}
    found = next((one for key, one in known.items() if key.casefold() == name.casefold()), None)
    if found is None:
        raise UsageError(f"No organisation is called “{name[:40]}”. {pick.suggestion(name, list(known))}")
    return found


def _names(listed: str) -> list[str]:
    names = [name for name in re.split(r"\s*(?:,|\band\b)\s*", listed) if name]
    if not names:
        raise UsageError("Say who belongs to it: organisation NSCHT has Jane Smith, Bob Lee")
    return names


def _person(name: str, store: Store) -> Person:
    found = [
        one for one in store.people.by_name(name) if one.name.casefold() == name.casefold().strip('@"“”')
    ]
    return found[0] if found else store.people.add(name.strip('@"“”'))


def _about(body: Organisation, store: Store) -> Message:
    members = [one.name for one in store.people.all() if one.organisation_id == body.id]
    officer = store.people.get(body.clearing_officer_id) if body.clearing_officer_id else None
    words = f": {wording.listing(members, 30) if members else 'nobody yet'}. "
    words += f"Cleared by {officer.name}." if officer else "Nobody clears its updates first."
    return Message(ASKER, (say(Bold(body.name), words, " Asked by return." if body.by_return else ""),))
