"""Actions arising at a meeting: kept, asked after like an action, and first on the next sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from handlers import pick, wording
from handlers.asking import office
from handlers.grammar import Call
from handlers.meetings.which_meeting import meeting_meant
from handlers.messages import ASKER, TAPPED, Bold, Button, Buttons, Message, Part, Text, ToPerson, say, spans
from handlers.request import Request
from handlers.roles import allowed, roles_of
from storage.model.errors import NotAllowed, UsageError
from storage.model.people import Person, Role
from storage.model.plan import Plan
from storage.model.record import Arising, Meeting
from storage.store import Store

__all__ = ["arisen", "arising", "asked", "from_last_time", "in_words", "overdue"]

_ARISING = re.compile(
    r"(?P<no>\S+)\s+[\"“](?P<what>[^\"”]{1,1000})[\"”]\s+owner\s+(?P<owner>\S.{0,80}?)(?:\s+by\s+(?P<by>\S.{0,40}))?"
)


def arising(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``arising 4.2 "WHAT" owner NAME by 26 April``; without words, those that are open."""
    assert plan is not None
    if not call.tail.strip():
        open_ones = store.governance.arisings(plan.id)
        lines = tuple(_line(one) for one in open_ones) or (say("Nothing that arose is open."),)
        return [Message(ASKER, lines)]
    meeting, tail = meeting_meant(request, plan, store, call.tail)
    match = _ARISING.fullmatch(tail)
    if match is None:
        raise UsageError(f"It is: {call.command.usage}")
    found = request.read(match["by"], request.today).dates if match["by"] else ()
    if match["by"] and not found:
        raise UsageError(f"I could not read a date in “{match['by'][:40]}”.")
    if any(one.no == match["no"] for one in store.governance.arisings(plan.id)):
        raise UsageError(f"An open action arising is called {match['no']} already.")
    day = found[0].end if found else None
    store.governance.add_arising(meeting.id, match["no"], match["what"], match["owner"], day)
    by = f", by {wording.moment(day, request.today)}" if day else ""
    words = f" arising: {match['what']} ({match['owner']}{by}). First on the next sheet."
    return [Message(ASKER, (say(Bold(match["no"]), words),))]


def arisen(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``arising done 4.2``: by its owner or the programme office."""
    assert plan is not None
    name = call.tail.strip()
    one = next((one for one in store.governance.arisings(plan.id) if one.no == name), None)
    if one is None:
        known = [one.no for one in store.governance.arisings(plan.id)]
        raise UsageError(
            f"No open action arising is called “{name[:20]}”. {pick.suggestion(name, known, '“arising” lists them.')}"
        )
    owner = _owner(one, plan, store, request.today)
    office_ = allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO)
    if not office_ and (owner is None or owner.id != request.person.id):
        raise NotAllowed(f"{one.no} is for {one.owner}: they or the programme office say that it is done.")
    store.governance.close_arising(one.id)
    return [Message(ASKER, (say(Bold(one.no), f" {one.text}: done."),), replaces=TAPPED)]


def _owner(one: Arising, plan: Plan, store: Store, today: date) -> Person | None:
    """The person of that name, or for whom the plan prints it."""
    wanted = one.owner.casefold()
    for person in store.people.by_name(one.owner):
        if person.name.casefold() == wanted:
            return person
    for row in store.people.parties(plan.id, today).values():
        for party in row:
            if party.person_id and party.printed.casefold() == wanted:
                return store.people.get(party.person_id)
    return None


def from_last_time(arisings: Sequence[Arising], meeting: Meeting) -> list[Part]:
    """For a meeting's sheet: what arose at others and is open."""
    open_ones = [one for one in arisings if one.meeting_id != meeting.id]
    if not open_ones:
        return []
    closing = say("“arising done NUMBER” closes one.", quiet=True)
    return [say(Bold("Arising from last time")), *(_line(one) for one in open_ones), closing]


def _line(one: Arising) -> Text:
    return Text(spans(Bold(one.no), f" {in_words(one)}"))


def in_words(one: Arising) -> str:
    """ "paper on measures (TVFT, by 26 Feb 2026)"."""
    return f"{one.text} ({one.owner}" + (f", by {one.due:%-d %b %Y})" if one.due else ")")


def asked(key: str, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """When owners are asked for a meeting, so are those of what arose at the ones before."""
    open_ones = [one for one in store.governance.arisings(plan.id) if one.meeting_id != meeting.id]
    return _to_owners(key, open_ones, store, plan, today)


def overdue(store: Store, plan: Plan, today: date) -> list[Message]:
    """Once its day has come, whoever owns what arose is asked; the same key never goes out twice."""
    late = [one for one in store.governance.arisings(plan.id) if one.due is not None and one.due <= today]
    return _to_owners(f"arising-due:{plan.slug}", late, store, plan, today)


def _to_owners(key: str, arisings: Sequence[Arising], store: Store, plan: Plan, today: date) -> list[Message]:
    messages: list[Message] = []
    for one in arisings:
        owner = _owner(one, plan, store, today)
        question = say("From the meeting, for you: " if owner else "Arising, whose owner I cannot ask: ", Bold(one.no), f" {in_words(one)}.")  # fmt: skip
        tap = Buttons((Button("Done", f"arising done {one.no} in {plan.slug}", "primary"),))
        its_key = f"{key}:arising-{one.id}"
        if owner is not None and owner.accounts:
            messages.append(Message(ToPerson(owner.id), (question, tap), key=its_key))
        else:
            messages += office.to_office((question, tap), its_key, store, plan)
    return messages
