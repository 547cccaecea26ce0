"""``people``: who is mapped, who is not, which actions have nobody to ask; and mapping them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers import pick, wording
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Button, Buttons, Details, Heading, Message, Part, Text, say, spans
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.people import Account, PartyKind, Person
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["people", "people_map", "person_named"]

_MENTION = re.compile(r"<@(?P<slack>[UW][A-Z0-9]+)(?:\|[^>]*)?>")


def people(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """Printed owners without a person, and what would be nobody's; a tap where a name fits."""
    assert plan is not None
    parties = store.people.parties(plan.id, request.today)
    nobody = [
        view
        for view in store.plans.views(plan.id)
        if not any(party.person_id for party in parties.get(view.action.id, ()))
    ]
    mapped = {party.printed for row in parties.values() for party in row if party.person_id}
    printed = [(name, number) for name, number in store.people.printed_owners(plan.id) if name not in mapped]
    parts: list[Part] = [Heading(f"People of {plan.slug}")]
    parts.append(say(f"{wording.count(len(mapped), 'printed owner')} mapped, {len(printed)} not."))
    buttons = [button for name, _ in printed if (button := _proposal(name, plan, store))][:10]
    if printed:
        lines = tuple(
            Text(spans(Bold(name), f" ({wording.count(number, 'action')})")) for name, number in printed
        )
        parts += (
            lines[:15] if len(lines) <= 15 else [*lines[:15], Details(f"{len(lines) - 15} more", lines[15:])]
        )
        parts.append(say('Map one with: people map "PRINTED OWNER" NAME (or @person).', quiet=True))
    if buttons:
        parts.append(Buttons(tuple(buttons)))
    if nobody:
        parts.append(say(f"Nobody to ask: {wording.listing([view.name for view in nobody], 30)}."))
    return [Message(ASKER, tuple(parts))]


def _proposal(printed: str, plan: Plan, store: Store) -> Button | None:
    """The known person whose name fits best."""
    from rapidfuzz import fuzz, process

    known = {person.name: person for person in store.people.all()}
    best = process.extractOne(printed, list(known), scorer=fuzz.token_set_ratio, score_cutoff=88)
    if best is None:
        return None
    return Button(f"{printed[:30]} is {best[0]}"[:75], f'people map "{printed}" {best[0]} in {plan.slug}')


def people_map(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``people map "PRINTED OWNER" NAME``, @person or an e-mail address."""
    assert plan is not None
    known = [name for name, _ in store.people.printed_owners(plan.id)]
    printed, who = _printed_first(call.tail, known)
    if printed is None:
        raise UsageError(f"Put the printed owner in quotation marks: {call.command.usage}")
    exact = next((name for name in known if name.casefold() == printed.casefold()), None)
    if exact is None:
        raise UsageError(
            f"No owner of {plan.slug} is printed “{printed[:60]}”. {pick.suggestion(printed, known, '“people” lists them.')}"
        )
    person = person_named(who, request, store)
    number = store.people.map_owner(plan.id, exact, PartyKind.PERSON, person.id)
    return [
        Message(ASKER, (say(Bold(exact), f" is {person.name} now, for {wording.count(number, 'action')}."),))
    ]


def _printed_first(tail: str, known: Sequence[str]) -> tuple[str | None, str]:
    """The printed owner in quotation marks, else the longest known one that the words start with; and the rest."""
    if tail[:1] in {'"', "“", "'"}:
        return pick.split_quoted(tail)
    fits = [name for name in known if tail.casefold().startswith(f"{name.casefold()} ")]
    longest = max(fits, key=len, default=None)
    return longest, tail[len(longest) :].strip() if longest else tail


def person_named(who: str, request: Request, store: Store) -> Person:
    """The person whom a name, an e-mail address or a mention means, made if new."""
    mention = _MENTION.fullmatch(who.strip())
    if mention:
        name = request.inbound.details.get(f"name:{mention['slack']}", mention["slack"])
        return store.people.meet(
            Account("slack", mention["slack"]), name, request.inbound.details.get(f"email:{mention['slack']}")
        )
    name = who.strip().strip('@"“”')
    if not name:
        raise UsageError("Say who it is: a name, an e-mail address or @person.")
    account = request.inbound.details.get(f"mention:{name}")  # Teams says who is meant beside the words
    if account:
        email = request.inbound.details.get(f"email:{account}")
        return store.people.meet(Account(request.inbound.surface, account), name, email)
    if "@" in name:
        same = [person for person in store.people.all() if (person.email or "").casefold() == name.casefold()]
        return same[0] if same else store.people.add(name.split("@")[0].replace(".", " ").title(), email=name)
    found = [person for person in store.people.by_name(name) if person.name.casefold() == name.casefold()]
    if len(found) > 1:
        raise UsageError(f"{len(found)} people are called {name[:60]}: say their e-mail address, or @person.")
    return found[0] if found else store.people.add(name)
