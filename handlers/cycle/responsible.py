"""Who answers for an action today: the lead, else the owner; whoever stands in; those who are in no chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.cycle import rhythms
from storage.model.people import Party, PartyKind, Person
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Meeting
from storage.store import Store

__all__ = [
    "LADDER",
    "Asked",
    "OnPaper",
    "asks_something",
    "owners_above",
    "present",
    "shared_by_each",
    "who_is_asked",
]

LADDER = ("lead", "owner")  # after them come the theme's reporting officer and the programme office


OnPaper = tuple[PartyKind, int]  # a person, or an organisation that nobody in chat answers for


@dataclass(slots=True)
class Asked:
    """``people``: person -> their actions. ``told``: an owner -> (action, who is asked in their place).

    ``by_return`` are people and organisations in no chat; ``nobody`` the actions that nobody answers for.
    """

    people: dict[int, list[ActionView]] = field(default_factory=dict)
    told: dict[int, list[tuple[ActionView, str]]] = field(default_factory=dict)
    by_return: dict[OnPaper, list[ActionView]] = field(default_factory=dict)
    nobody: list[ActionView] = field(default_factory=list)


def who_is_asked(store: Store, plan: Plan, meeting: Meeting, today: date) -> Asked:
    """Everybody who is to be asked for this meeting, by the record of today."""
    people = {person.id: person for person in store.people.all()}
    parties = store.people.parties(plan.id, today)
    views = store.plans.views(plan.id, states=[State.OPEN, State.ASSURING])
    asked = Asked()
    for view in rhythms.turn_of([view for view in views if asks_something(view)], meeting, plan, store):
        _ask(view, parties.get(view.action.id, ()), people, today, asked)
    return asked


def asks_something(view: ActionView) -> bool:
    """Open, or its effect is watched; one that only waits for a meeting has nothing to say."""
    return view.state is State.OPEN or (
        view.state is State.ASSURING and (view.state_note or "").startswith("month")
    )


def _ask(
    view: ActionView, parties: Sequence[Party], people: Mapping[int, Person], today: date, asked: Asked
) -> None:
    away: list[OnPaper] = []
    for role in LADDER:
        rung = [party for party in parties if party.role == role]
        found = list(dict.fromkeys(_reachable(rung, people, today)))
        if found:
            for person in found:
                asked.people.setdefault(person, []).append(view)
            names = " and ".join(people[person].name for person in found)
            for owner in owners_above(role, parties, found):
                asked.told.setdefault(owner, []).append((view, names))
            return
        away += _without_chat(rung, people)
    for one in dict.fromkeys(away):
        asked.by_return.setdefault(one, []).append(view)
    if not away:
        asked.nobody.append(view)


def owners_above(role: str, parties: Sequence[Party], asked: Sequence[int]) -> list[int]:
    """The owners who answer for what a lead is asked."""
    if role != "lead":
        return []
    owners = (party.person_id for party in parties if party.role == "owner")
    return list(dict.fromkeys(one for one in owners if one is not None and one not in asked))


def _reachable(rung: Sequence[Party], people: Mapping[int, Person], today: date) -> Iterator[int]:
    for party in rung:
        person = present(people.get(party.person_id or 0), people, today)
        if person is not None and person.accounts:
            yield person.id


def present(person: Person | None, people: Mapping[int, Person], today: date) -> Person | None:
    """The person, or who stands in while they are away or gone; None for nobody."""
    if person is None or _here(person, today):
        return person
    deputy = people.get(person.deputy_id or 0)
    return deputy if deputy is not None and _here(deputy, today) else None


def _here(person: Person, today: date) -> bool:
    return person.active and not (person.away_until and today < person.away_until)


def _without_chat(rung: Sequence[Party], people: Mapping[int, Person]) -> Iterator[OnPaper]:
    """Known people without an account, and organisations that nobody in chat answers for."""
    for party in rung:
        person = people.get(party.person_id or 0)
        if person is not None and person.active and not person.accounts:
            yield PartyKind.PERSON, person.id
        elif person is None and party.kind is PartyKind.ORGANISATION and party.party_id:
            yield PartyKind.ORGANISATION, party.party_id


def shared_by_each(plan: Plan, action_id: int) -> bool:
    """Whether everybody who shares the action must answer; by default one of them is enough."""
    return plan.settings.get(f"shared:{action_id}") == "each"
