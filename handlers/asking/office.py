"""What the programme office hears of by the clock: whom nobody can ask, what waits, papers and packs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from handlers import wording
from handlers.assurance import challenges
from handlers.cycle.answers import answered
from handlers.meetings.lines import open_lines
from handlers.messages import Bold, Button, Buttons, Heading, Message, Part, Text, ToPerson, say
from storage.model.people import Person, Role
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Meeting, MeetingState
from storage.store import Store

__all__ = [
    "cannot_ask",
    "confirm",
    "newly_unanswerable",
    "nobody_line",
    "organisation_as_author",
    "pack_due",
    "papers_due",
    "review",
    "to_office",
]

_KNOWN = "nobody"  # the plan's note of the actions that the office has heard of


def to_office(parts: Sequence[Part], key: str, store: Store, plan: Plan) -> list[Message]:
    """The same message to everybody of the programme office who is in a chat."""
    office = [one for one in store.people.with_role(plan.id, Role.PMO) if one.accounts and one.active]
    return [Message(ToPerson(one.id), tuple(parts), key=f"{key}:person-{one.id}") for one in office]


def nobody_line(views: Sequence[ActionView]) -> Text:
    return say(f"Nobody to ask: {wording.listing([view.name for view in views], 30)}. “people” maps them.")


def cannot_ask(
    key: str, returns: Sequence[str], nobody: Sequence[ActionView], store: Store, plan: Plan, meeting: Meeting
) -> list[Message]:
    """When owners are asked: whom the office must ask itself."""
    if not returns and not nobody:
        return []
    parts: list[Part] = [say(f"Owners are asked now for the {meeting.forum}. These the bot cannot ask:")]
    parts += [say(line) for line in returns]
    if returns:
        parts.append(say("“ask ORGANISATION” writes a return to send by e-mail.", quiet=True))
    if nobody:
        parts.append(nobody_line(nobody))
        _remember(_known(store, plan) | {view.action.id for view in nobody}, store, plan)
    return to_office(parts, key.replace("prompt", "unreachable", 1), store, plan)


def organisation_as_author(name: str, store: Store) -> Person:
    """The organisation itself, as the author of what its returns say; made if new."""
    same = [one for one in store.people.by_name(name) if one.name.casefold() == name.casefold()]
    if same:
        return same[0]
    return store.people.add(name, organisation_id=store.people.organisation(name).id)


def _known(store: Store, plan: Plan) -> set[int]:
    """The actions of which the office has heard that nobody answers for them."""
    return {int(number) for number in (store.plans.by_id(plan.id).settings.get(_KNOWN) or "").split()}


def _remember(actions: set[int], store: Store, plan: Plan) -> None:
    store.plans.set_setting(plan.id, _KNOWN, " ".join(str(one) for one in sorted(actions)) or None)


def newly_unanswerable(store: Store, plan: Plan, today: date) -> list[Message]:
    """Open actions that nobody answers for any more, each told once: an account is closed, a post is empty."""
    parties = store.people.parties(plan.id, today)
    people = {person.id: person for person in store.people.all()}
    alone = [
        view
        for view in store.plans.views(plan.id, states=[State.OPEN])
        if not any(
            (person := people.get(party.person_id or 0)) is not None and person.active
            for party in parties.get(view.action.id, ())
        )
    ]
    known = _known(store, plan)
    now = {view.action.id for view in alone}
    if now != known:
        _remember(now, store, plan)
    new = [view for view in alone if view.action.id in now - known]
    return to_office([nobody_line(new)], f"nobody:{plan.slug}:{today}", store, plan) if new else []


def review(key: str, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """After the cut-off: what the office looks through before the pack is issued."""
    views = store.plans.views(plan.id)
    said = answered(store, plan, meeting)
    counts = (
        (len(said.actions), "action answered", "actions answered"),
        (sum(bool(open_lines(view)) for view in views), "asks something of the meeting", "ask something of the meeting"),
        (challenges.counted(challenges.of_plan(plan, views, store, today)), "challenge open", "challenges open"),
        (len(store.updates.unplaced_of(plan.id)), "text without an action", "texts without an action"),
    )  # fmt: skip
    words = ", ".join(wording.count(number, one, many) for number, one, many in counts if number)
    tail = f"in {plan.slug}"
    parts: list[Part] = [
        Heading(f"To review before the {meeting.forum} of {_day(meeting)}"),
        say(f"{words or 'Nothing was said'}."),
        Buttons(
            (
                Button("Challenges", f"challenges {tail}"),
                Button("Draft of the pack", f"pack {tail}"),
                Button("Meeting sheet", f"meeting {tail}"),
            )
        ),
    ]
    return to_office(parts, key, store, plan)


def pack_due(key: str, store: Store, plan: Plan, meeting: Meeting) -> list[Message]:
    """A reminder to issue the pack; nothing where it is issued."""
    if store.governance.issued(plan.id, meeting.id):
        return []
    parts: list[Part] = [
        say(Bold("The pack is not issued yet"), f" for the {meeting.forum} of {_day(meeting)}."),
        Buttons((Button("See the draft", f"pack in {plan.slug}"), Button("Issue it", f"pack issue in {plan.slug}", "primary"))),
    ]  # fmt: skip
    return to_office(parts, key, store, plan)


def papers_due(key: str, store: Store, plan: Plan, meeting: Meeting) -> list[Message]:
    """A forum's papers are due."""
    if meeting.papers_due is None:
        return []
    when = f"of {_day(meeting)}" if meeting.day else "whose day is to be confirmed"
    words = f"Papers for the {meeting.forum} {when} are due on {meeting.papers_due:%-d %B}."
    parts: list[Part] = [say(words)]
    if meeting.assurance:
        parts.append(Buttons((Button("Draft of the pack", f"pack in {plan.slug}"),)))
    else:
        parts.append(say(f'“pack for "{meeting.forum}"” makes that forum\'s cut of the plan.', quiet=True))
    return to_office(parts, key, store, plan)


def confirm(key: str, meetings: Iterable[Meeting], store: Store, plan: Plan) -> list[Message]:
    """Once a month: the meetings whose day is to be confirmed; nobody else hears of these."""
    waiting = [one for one in meetings if one.state is MeetingState.TO_CONFIRM]
    names = dict.fromkeys(one.forum + (f" ({one.printed})" if one.printed else "") for one in waiting)
    if not names:
        return []
    words = f"{wording.count(len(waiting), 'meeting')} of the calendar to be confirmed: {wording.listing(list(names))}."
    more = say("“meeting add 10 April” gives an assurance meeting its day.", quiet=True)
    return to_office(
        [say(words), *([more] if any(one.assurance for one in waiting) else [])], key, store, plan
    )


def _day(meeting: Meeting) -> str:
    return f"{meeting.day:%-d %B}" if meeting.day else "a day to be confirmed"
