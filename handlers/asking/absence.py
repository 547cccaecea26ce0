"""Away, deputies, handovers and snoozes: who is asked instead, and when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from handlers import pick, wording
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Heading, Message, Part, ToPerson, say
from handlers.questions.status import table
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.people import PartyKind, Person
from storage.model.plan import Plan, State
from storage.store import Store

__all__ = ["away", "back", "deputy", "gone", "handover", "snooze"]


def _day(request: Request, words: str) -> date:
    found = request.read(words, request.today).dates
    if not found:
        raise UsageError(f"I could not read a date in “{words[:60]}”. Try “12 June”.")
    return found[-1].end


def away(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``away until 12 June``: the first day back; until then the deputy is asked, or nobody."""
    back_on = _day(request, call.tail)
    if back_on <= request.today:
        raise UsageError(f"{wording.moment(back_on, request.today)} is not ahead. Until when are you away?")
    store.people.change(replace(request.person, away_until=back_on))
    stand_in = store.people.get(request.person.deputy_id) if request.person.deputy_id else None
    who = (
        f"{stand_in.name} is asked for you"
        if stand_in
        else "nobody is asked for you; name somebody with “deputy NAME”"
    )
    return [Message(ASKER, (say(f"You are away until {wording.moment(back_on, request.today)}: {who}."),))]


def back(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``back``: no longer away."""
    store.people.change(replace(request.person, away_until=None))
    return [Message(ASKER, (say("Welcome back: you are asked again."),))]


def deputy(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``deputy NAME``: answers for you; both names are kept. ``deputy none`` ends it."""
    if call.tail.casefold() in {"none", "nobody"}:
        store.people.change(replace(request.person, deputy_id=None))
        return [Message(ASKER, (say("Nobody stands in for you any more."),))]
    other = _known(call.tail, store)
    if other.id == request.person.id:
        raise UsageError("You cannot stand in for yourself.")
    store.people.change(replace(request.person, deputy_id=other.id))
    return [
        Message(ASKER, (say(Bold(other.name), " can answer for you; both names are kept with each answer."),))
    ]


def _known(name: str, store: Store) -> Person:
    found = store.people.by_name(name.strip().strip('@"“”'))
    if not found:
        raise UsageError(
            f"I know nobody called “{name[:40]}”. {pick.suggestion(name, [one.name for one in store.people.all()])}"
        )
    exact = [one for one in found if one.name.casefold() == found[0].name.casefold()]
    if len(exact) > 1 or (len(found) > 1 and found[0].name.casefold() != name.strip('@"“” ').casefold()):
        raise UsageError(
            f"“{name[:40]}” could be {wording.names(one.name for one in found[:6])}: give the whole name."
        )
    return found[0]


def handover(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``handover A to B from 1 April``: what A answers for becomes B's; B gets one page."""
    assert plan is not None
    match = re.fullmatch(
        r"(?P<old>.+?)\s+to\s+(?P<new>.+?)(?:\s+from\s+(?P<day>.+))?", call.tail.strip(), re.IGNORECASE
    )
    if match is None:
        raise UsageError(f"It is: {call.command.usage}")
    since = _day(request, match["day"]) if match["day"] else request.today
    old = _known(match["old"], store)
    found = store.people.by_name(match["new"])
    new = found[0] if found else store.people.add(match["new"].strip())
    names = _hand_over(plan, old, new, since, request.today, store)
    if not names:
        raise UsageError(f"Nothing in {plan.slug} is {old.name}'s. “people” shows who is mapped.")
    told = Message(
        ASKER,
        (
            say(
                Bold(new.name),
                f" answers from {wording.moment(since, request.today)} for what was {old.name}'s: {wording.names(names)}.",
            ),
        ),
    )
    if not new.accounts or since > request.today:
        return [told]
    views = store.plans.views(plan.id, person_id=new.id)
    page: list[Part] = [
        Heading(f"You take over from {old.name}"),
        say(
            f"These {wording.count(len(views), 'action')} of the {wording.plan_name(plan)} plan are yours now. “history” with a number tells what was said."
        ),
        table(views, plan, request.today),
    ]
    return [
        told,
        Message(ToPerson(new.id), tuple(page), key=f"handover:{plan.slug}:{old.id}:{new.id}:{since}"),
    ]


def _hand_over(plan: Plan, old: Person, new: Person, since: date, today: date, store: Store) -> list[str]:
    """Each printed owner that stands for the old person becomes a post, held by the new one from that day."""
    parties = store.people.parties(plan.id, today)
    printed = dict.fromkeys(
        party.printed for row in parties.values() for party in row if party.person_id == old.id
    )
    for name in printed:
        post = store.people.post(name)
        if store.people.holder(post.id, today) is None and since > today:
            store.people.hold(post.id, old.id, today, None)
        store.people.hold(post.id, new.id, since)
        store.people.map_owner(plan.id, name, PartyKind.POST, post.id)
    return list(printed)


def gone(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``people gone NAME``: who left is asked nothing any more; what is theirs needs somebody else."""
    assert plan is not None
    person = _known(call.tail, store)
    store.people.change(replace(person, active=False))
    for account in person.accounts:  # the office says it: to be heard of again is not enough
        if account.gone:
            store.people.set_account(person.id, account.back())
    names = [view.name for view in store.plans.views(plan.id, person_id=person.id, states=[State.OPEN])]
    theirs = f" Theirs is still: {wording.listing(names, 30)}." if names else ""
    after = " “handover NAME to NAME” gives it to somebody else." if names else ""
    return [Message(ASKER, (say(Bold(person.name), f" is asked nothing any more.{theirs}{after}"),))]


def snooze(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``snooze until Thursday``: no reminder before that day; due dates and the cut-off stay."""
    assert plan is not None
    until = _day(request, call.tail)
    if until <= request.today:
        raise UsageError("Snooze until a day that is ahead.")
    store.plans.set_setting(plan.id, f"snooze:{request.person.id}", until.isoformat())
    return [
        Message(
            ASKER,
            (
                say(
                    f"No reminder before {wording.moment(until, request.today)}. Due dates and the cut-off stay as they are."
                ),
            ),
        )
    ]
