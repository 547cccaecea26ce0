"""People are asked, reminded and, when they stay silent, those above them hear of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from handlers import wording
from handlers.asking import office, prompts
from handlers.assurance import challenges
from handlers.cycle.answers import answered, silent
from handlers.cycle.responsible import Asked, OnPaper, owners_above, present, shared_by_each, who_is_asked
from handlers.messages import Bold, Heading, Message, Part, Table, ToPerson, say, spans
from storage.model.people import PartyKind, Person
from storage.model.plan import ActionView, Plan
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["ask_everybody", "ask_latecomers", "chases", "escalate", "tell_owners"]

BY_RETURN = "return"  # the surface of a prompt that goes out as a sheet


def ask_everybody(key: str, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """One prompt a person; the owner is told of what the lead is asked, the programme office whom the bot cannot reach."""
    asked = who_is_asked(store, plan, meeting, today)
    told = {person: lines for person, lines in asked.told.items() if person not in asked.people}
    return [
        *_prompts(key, asked.people, asked, store, plan, meeting, today),
        *(message for person in told if (message := _tell(key, person, told[person], store, plan, meeting))),
        *_returns(key, asked, store, plan, meeting),
    ]


def ask_latecomers(store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """Who is to be asked by today's record and was not: back from leave, a new holder of a post, newly mapped."""
    asked = who_is_asked(store, plan, meeting, today)
    said = answered(store, plan, meeting)
    before = {
        (action_id, prompt.person_id)
        for prompt in store.updates.prompts_of(plan.id, meeting.id)
        for action_id in prompt.action_ids
    }
    now = {(view.action.id, person) for person, views in asked.people.items() for view in views}
    covered = {action_id for action_id, _ in before & now}
    late: dict[int, list[ActionView]] = {}
    for person, views in asked.people.items():
        for view in views:
            action_id = view.action.id
            waits = (action_id, person) not in before and not said.by(action_id, person, plan)
            if waits and (action_id not in covered or shared_by_each(plan, action_id)):
                late.setdefault(person, []).append(view)
    key = f"prompt:{plan.slug}:meeting-{meeting.id}:{today:%Y%m%d}"
    return _prompts(key, late, Asked(), store, plan, meeting, today)


def _prompts(
    key: str,
    people: Mapping[int, Sequence[ActionView]],
    asked: Asked,
    store: Store,
    plan: Plan,
    meeting: Meeting,
    today: date,
) -> list[Message]:
    challenged = _challenged([view for views in people.values() for view in views], store, plan, today)
    messages = []
    for person_id, views in people.items():
        person = store.people.get(person_id)
        if person is None:
            continue
        ids = [view.action.id for view in views]
        store.updates.add_prompt(plan.id, person.id, meeting.id, ids, person.accounts[0].surface, None)
        others = asked.told.get(person_id, ())
        messages.append(prompts.prompt(key, plan, meeting, person, views, today, challenged, others))
    return messages


def _challenged(views: Sequence[ActionView], store: Store, plan: Plan, today: date) -> Mapping[int, str]:
    """Action id -> what the meeting will ask, the weightiest; what the prompt shows anyway is left out."""
    said = list({view.action.id: view for view in views if view.last_update_id}.values())
    found: dict[int, str] = {}
    for view, one in challenges.of_plan(plan, said, store, today) if said else ():
        if one.material and one.rule not in {"overdue", "silent"}:
            found.setdefault(view.action.id, one.words)
    return found


def _tell(
    key: str,
    person_id: int,
    lines: Sequence[tuple[ActionView, str]],
    store: Store,
    plan: Plan,
    meeting: Meeting,
) -> Message | None:
    person = store.people.get(person_id)
    if person is None or not person.accounts or not person.active:
        return None
    parts = prompts.told_lines(lines, plan, meeting)
    return Message(ToPerson(person_id), parts, key=f"{key.replace('prompt', 'told', 1)}:person-{person_id}")


def _returns(key: str, asked: Asked, store: Store, plan: Plan, meeting: Meeting) -> list[Message]:
    """Whom the office asks by e-mail: their silence counts like anybody's."""
    lines: list[str] = []
    for one, views in asked.by_return.items():
        person = _on_paper(one, store)
        ids = [view.action.id for view in views]
        store.updates.add_prompt(plan.id, person.id, meeting.id, ids, BY_RETURN, None)
        lines.append(f"{person.name}: {wording.listing([view.name for view in views], 30)}.")
    return office.cannot_ask(key, lines, asked.nobody, store, plan, meeting)


def _on_paper(one: OnPaper, store: Store) -> Person:
    """The person, or the organisation as the author of its returns."""
    kind, number = one
    if kind is PartyKind.PERSON:
        person = store.people.get(number)
        assert person is not None
        return person
    name = next(body.name for body in store.people.organisations() if body.id == number)
    return office.organisation_as_author(name, store)


def chases(key: str, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """A reminder to everybody who has not answered; not to who is away, asked to wait, or is in no chat."""
    people = {person.id: person for person in store.people.all()}
    messages = []
    for person_id, views in silent(store, plan, meeting).items():
        person = people.get(person_id)
        if person is None or not person.accounts or present(person, people, today) is not person:
            continue
        if plan.settings.get(f"snooze:{person_id}", "") <= today.isoformat():
            messages.append(prompts.chase(key, plan, meeting, person, views, today))
    return messages


def tell_owners(key: str, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """With the last reminder: owners hear which of their leads have not answered."""
    lines = _silent_leads(silent(store, plan, meeting), store, plan, today)
    told = key.replace("chase-2", "leads", 1)
    messages = []
    for person_id, theirs in lines.items():
        person = store.people.get(person_id)
        if person is not None and person.accounts and person.active:
            parts = prompts.lead_silent(theirs, plan, meeting, today)
            messages.append(Message(ToPerson(person_id), parts, key=f"{told}:person-{person_id}"))
    return messages


def _silent_leads(
    waiting: Mapping[int, Sequence[ActionView]], store: Store, plan: Plan, today: date
) -> dict[int, list[tuple[ActionView, str]]]:
    """Owner -> (action, the lead who is silent)."""
    parties = store.people.parties(plan.id, today)
    found: dict[int, list[tuple[ActionView, str]]] = {}
    for person_id, views in waiting.items():
        person = store.people.get(person_id)
        for view in views:
            theirs = parties.get(view.action.id, ())
            leads = [party for party in theirs if party.role == "lead" and party.person_id == person_id]
            for owner in owners_above("lead", theirs, [person_id]) if leads and person else ():
                found.setdefault(owner, []).append((view, person.name if person else ""))
    return found


def escalate(key: str, store: Store, plan: Plan, meeting: Meeting, today: date) -> list[Message]:
    """The programme office hears who has not answered, counted by organisation; officers hear of their theme."""
    waiting = silent(store, plan, meeting)
    nobody = who_is_asked(store, plan, meeting, today).nobody
    if not waiting and not nobody:
        return []
    parts: list[Part] = [Heading(f"The cut-off for the {meeting.forum} has passed")]
    if waiting:
        parts += _silent_table(waiting, store)
    if nobody:
        parts.append(office.nobody_line(nobody))
    return [*office.to_office(parts, key, store, plan), *_officers(key, waiting, store, plan, meeting)]


def _silent_table(waiting: Mapping[int, Sequence[ActionView]], store: Store) -> list[Part]:
    people = {person.id: person for person in store.people.all()}
    names = {one.id: one.name for one in store.people.organisations()}
    by_organisation: dict[str, set[int]] = {}
    rows = []
    for person_id, views in waiting.items():
        person = people[person_id]
        body = names.get(person.organisation_id or 0)
        if body:
            by_organisation.setdefault(body, set()).update(view.action.id for view in views)
        who = f"{person.name}, {body}" if body and body != person.name else person.name
        rows.append((spans(who), spans(wording.listing([view.name for view in views], 30))))
    parts: list[Part] = [Table(("Has not answered", "Actions"), tuple(rows))]
    if by_organisation:
        counts = [f"{name} {len(actions)}" for name, actions in sorted(by_organisation.items())]
        parts.append(say(f"Silent by organisation: {', '.join(counts)}.", quiet=True))
    return parts


def _officers(
    key: str, waiting: Mapping[int, Sequence[ActionView]], store: Store, plan: Plan, meeting: Meeting
) -> Iterable[Message]:
    """The reporting officer of a theme hears which of its actions have no answer, where that person is known."""
    by_theme: dict[int, dict[str, None]] = {}
    themes = {theme.id: theme for theme in store.plans.themes(plan.id)}
    for views in waiting.values():
        for view in views:
            if view.theme:
                by_theme.setdefault(view.theme.id, {})[view.name] = None
    lines: dict[int, list[Part]] = {}
    for theme_id, names in by_theme.items():
        officer = _known_officer(_officer_of(theme_id, store, plan), store)
        if officer is not None and officer.id not in waiting:
            line = say(Bold(themes[theme_id].name), f": {wording.listing(list(names), 30)}")
            lines.setdefault(officer.id, []).append(line)
    first = say(f"The cut-off for the {meeting.forum} has passed, and these have no answer yet:")
    for officer_id, theirs in lines.items():
        yield Message(ToPerson(officer_id), (first, *theirs), key=f"{key}:themes:person-{officer_id}")


def _officer_of(theme_id: int, store: Store, plan: Plan) -> str | None:
    """The theme's reporting officer, else that of the theme it belongs to."""
    themes = {theme.id: theme for theme in store.plans.themes(plan.id)}
    theme = themes.get(theme_id)
    while theme is not None and not theme.reporting_officer:
        theme = themes.get(theme.parent_id or 0)
    return theme.reporting_officer if theme else None


def _known_officer(printed: str | None, store: Store) -> Person | None:
    """The person whose name the printed officer starts with ("Helen Marsh, Director of Strategy")."""
    name = (printed or "").split(",")[0].strip()
    found = (
        [one for one in store.people.by_name(name) if one.name.casefold() == name.casefold()] if name else []
    )
    return next((one for one in found if one.accounts and one.active), None)
