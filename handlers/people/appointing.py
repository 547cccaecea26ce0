"""``role``: who belongs to the programme office, assures or administers; given and taken by an administrator."""

from __future__ import annotations

import re

from handlers import wording
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Heading, Message, Part, say
from handlers.people.mapping import person_named
from handlers.request import Request
from handlers.roles import is_administrator
from storage.model.errors import UsageError
from storage.model.people import Person, Role
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["role"]

_GIVEN = {
    "pmo": Role.PMO, "office": Role.PMO, "programme office": Role.PMO,
    "assurer": Role.ASSURER, "administrator": Role.ADMINISTRATOR, "admin": Role.ADMINISTRATOR,
}  # fmt: skip
_NAMES = {
    Role.PMO: "in the programme office",
    Role.ASSURER: "an assurer",
    Role.ADMINISTRATOR: "an administrator",
}
_ROLE = re.compile(rf"(?P<name>.+?)\s+(?P<no>(?:not|no)\s+)?(?P<role>{'|'.join(_GIVEN)})", re.IGNORECASE)


def role(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``role``: who has which; ``role Jane Smith pmo``; ``role Jane Smith not pmo``."""
    assert plan is not None
    if not call.tail.strip():
        return [Message(ASKER, tuple(_held(plan, store)))]
    match = _ROLE.fullmatch(call.tail.strip())
    if match is None:
        raise UsageError(f"It is: {call.command.usage}. Owners are owners by what they own: “people map”.")
    given = _GIVEN[match["role"].casefold()]
    person = person_named(match["name"], request, store)
    if match["no"]:
        _may_be_taken(person, given, request)
        store.people.take_role(person.id, given, plan.id)
        words = f" is not {_NAMES[given]} of {plan.slug} any more."
    else:
        store.people.give_role(person.id, given, plan.id)
        words = f" is {_NAMES[given]} of {plan.slug} now.{_unheard(person)}"
    return [Message(ASKER, (say(Bold(person.name), words),))]


def _unheard(person: Person) -> str:
    """A name gives no rights: only an account or an address leads whoever writes to the role."""
    if person.accounts or person.email:
        return ""
    return " They are in no chat yet, and no name is believed: say it with their e-mail address or @person."


def _may_be_taken(person: Person, given: Role, request: Request) -> None:
    if given is Role.ADMINISTRATOR and is_administrator(person, request.administrators):
        raise UsageError(
            f"{person.name} is an administrator by the settings (ASSUREBOT_ADMINS): change it there."
        )


def _held(plan: Plan, store: Store) -> list[Part]:
    parts: list[Part] = [Heading(f"Roles in {plan.slug}")]
    for given, name in _NAMES.items():
        people = [person.name for person in store.people.with_role(plan.id, given)]
        parts.append(
            say(
                Bold(name.removeprefix("an ").removeprefix("in the ").capitalize()),
                f": {wording.listing(people, 30) or 'nobody'}",
            )
        )
    parts.append(
        say(
            "Whoever ASSUREBOT_ADMINS names is an administrator too; owners are so by what they own.",
            quiet=True,
        )
    )
    return parts
