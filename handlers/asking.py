"""Who is asked, who is silent, who is reminded and who hears of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from handlers import prompts, wording
from handlers.messages import Heading, Message, Part, Table, ToPerson, say, spans
from storage.model.people import Party, Person, Role
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["ask_everybody", "asked_people", "chases", "escalate", "silent"]


def asked_people(store: Store, plan: Plan, today: date) -> dict[int, list[ActionView]]:
    """Person -> the open actions to ask them about: the lead where there is one, else the owner, else the deputy."""
    parties = store.people.parties(plan.id, today)
    asked: dict[int, list[ActionView]] = {}
    for view in store.plans.views(plan.id, states=[State.OPEN, State.ASSURING]):
        if view.state is State.ASSURING and not (view.state_note or "").startswith("month"):
            continue  # nothing is watched: it only waits for a meeting
        for person_id in _to_ask(parties.get(view.action.id, ()), store, today):
            asked.setdefault(person_id, []).append(view)
    return asked


def _to_ask(parties: Sequence[Party], store: Store, today: date) -> list[int]:
    leads = [party.person_id for party in parties if party.role == "lead" and party.person_id]
    owners = [party.person_id for party in parties if party.role == "owner" and party.person_id]
    people = [store.people.get(person_id) for person_id in dict.fromkeys(leads or owners)]
    present = [_present(person, store, today) for person in people if person is not None]
    return list(dict.fromkeys(person_id for person_id in present if person_id is not None))


def _present(person: Person, store: Store, today: date) -> int | None:
    """The person, or who stands in while they are away; None for nobody."""
    if person.active and not (person.away_until and today < person.away_until):
        return person.id
    deputy = store.people.get(person.deputy_id) if person.deputy_id else None
    return deputy.id if deputy and deputy.active else None


def ask_everybody(store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """One prompt a person; the programme office hears at once of whom the bot cannot reach."""
    messages = []
    unreachable: list[tuple[Person, list[ActionView]]] = []
    for person_id, views in asked_people(store, plan, today).items():
        person = store.people.get(person_id)
        if person is None:
            continue
        if not person.accounts:
            unreachable.append((person, views))
            continue
        ids = [view.action.id for view in views]
        store.updates.add_prompt(plan.id, person.id, meeting.id, ids, person.accounts[0].surface, None)
        messages.append(prompts.prompt(plan, meeting, person, views, today))
    return [*messages, *_office_told(unreachable, store, plan, meeting, today)]


def _office_told(
    unreachable: Sequence[tuple[Person, list[ActionView]]],
    store: Store,
    plan: Plan,
    meeting: Meeting,
    today: date,
) -> list[Message]:
    nobody = _nobody_to_ask(store, plan, today)
    if not unreachable and not nobody:
        return []
    parts: list[Part] = [say(f"Owners are asked now for the {meeting.forum}. These the bot cannot ask:")]
    parts += [
        say(f"{person.name} is in no chat: {wording.listing([view.name for view in views], 30)}.")
        for person, views in unreachable
    ]
    if nobody:
        parts.append(
            say(f"Nobody to ask: {wording.listing([view.name for view in nobody], 30)}. “people” maps them.")
        )
    parts.append(say("“ask ORGANISATION” writes a return to send by e-mail.", quiet=True))
    return _to_office(parts, f"unreachable:{plan.slug}:meeting-{meeting.id}", store, plan)


def _nobody_to_ask(store: Store, plan: Plan, today: date) -> list[ActionView]:
    parties = store.people.parties(plan.id, today)
    views = store.plans.views(plan.id, states=[State.OPEN])
    return [view for view in views if not _to_ask(parties.get(view.action.id, ()), store, today)]


def _to_office(parts: Sequence[Part], key: str, store: Store, plan: Plan) -> list[Message]:
    office = [one for one in store.people.with_role(plan.id, Role.PMO) if one.accounts]
    return [Message(ToPerson(one.id), tuple(parts), key=f"{key}:person-{one.id}") for one in office]


def silent(store: Store, plan: Plan, meeting: Meeting) -> dict[int, list[ActionView]]:
    """Person -> the actions that they were asked about for this meeting and that nobody has answered."""
    answered = {update.action_id for update in store.updates.of_plan(plan.id, meeting_id=meeting.id)}
    waiting: dict[int, list[ActionView]] = {}
    for prompt in store.updates.prompts_of(plan.id, meeting.id):
        left = [action_id for action_id in prompt.action_ids if action_id not in answered]
        views = (
            store.plans.views(plan.id, action_ids=left, states=[State.OPEN, State.ASSURING]) if left else []
        )
        if views:
            waiting.setdefault(prompt.person_id, []).extend(views)
    return waiting


def chases(store: Store, plan: Plan, meeting: Meeting, today: date, kind: str) -> list[Message]:
    """A reminder to everybody who has not answered."""
    number = int(kind.partition("-")[2] or 0)
    messages = []
    for person_id, views in silent(store, plan, meeting).items():
        person = store.people.get(person_id)
        snoozed = plan.settings.get(f"snooze:{person_id}", "")
        if (
            person is not None
            and _present(person, store, today) == person.id
            and snoozed <= today.isoformat()
        ):
            messages.append(prompts.chase(plan, meeting, person, views, today, number))
    return messages


def escalate(key: str, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """The programme office hears who has not answered and which actions have nobody to ask; officers their theme's."""
    waiting = silent(store, plan, meeting)
    nobody = _nobody_to_ask(store, plan, today)
    if not waiting and not nobody:
        return []
    rows = []
    for person_id, views in waiting.items():
        person = store.people.get(person_id)
        rows.append(
            (spans(person.name if person else "?"), spans(wording.listing([view.name for view in views], 30)))
        )
    parts: list[Part] = [Heading(f"The cut-off for the {meeting.forum} has passed")]
    if rows:
        parts.append(Table(("Has not answered", "Actions"), tuple(rows)))
    if nobody:
        parts.append(
            say(f"Nobody to ask: {wording.listing([view.name for view in nobody], 30)}. “people” maps them.")
        )
    return [*_to_office(parts, key, store, plan), *_officers(key, waiting, store, plan, meeting)]


def _officers(
    key: str, waiting: Mapping[int, Sequence[ActionView]], store: Store, plan: Plan, meeting: Meeting
) -> list[Message]:
    """The reporting officer of a theme hears which of its actions have no answer, where that person is known."""
    by_theme: dict[int, list[str]] = {}
    themes = {theme.id: theme for theme in store.plans.themes(plan.id)}
    for views in waiting.values():
        for view in views:
            if view.theme:
                by_theme.setdefault(view.theme.id, []).append(view.name)
    messages = []
    for theme_id, names in by_theme.items():
        officer = _known_officer(themes[theme_id].reporting_officer, store)
        if officer is None or officer.id in waiting:
            continue
        words = f"{themes[theme_id].name}: no answer yet on {wording.listing(names, 30)}, and the cut-off for the {meeting.forum} has passed."
        messages.append(
            Message(ToPerson(officer.id), (say(words),), key=f"{key}:theme-{theme_id}:person-{officer.id}")
        )
    return messages


def _known_officer(printed: str | None, store: Store) -> Person | None:
    """The person whose name the printed officer starts with ("Helen Marsh, Director of Strategy")."""
    name = (printed or "").split(",")[0].strip()
    found = (
        [one for one in store.people.by_name(name) if one.name.casefold() == name.casefold()] if name else []
    )
    return next((one for one in found if one.accounts and one.active), None)
