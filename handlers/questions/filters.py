"""The filters of ``status``: words that combine ("theme 6 red must"), and the actions that fit them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers import pick, wording
from handlers.assurance.challenges import of_plan
from handlers.cycle import calendar
from handlers.cycle.answers import asked_about, silent_actions
from handlers.request import Request
from storage.model.document import DateKind
from storage.model.errors import UsageError
from storage.model.people import Person
from storage.model.plan import Action, ActionView, Plan, Scale, State, Theme
from storage.store import Store

__all__ = ["Filter", "parse_filter", "select"]

_STATES = {
    "open": (State.OPEN,),
    "claimed": (State.CLAIMED,),
    "assuring": (State.ASSURING,),
    "closed": (State.CLOSED, State.UNDELIVERED),
    "held": (State.HELD,),
}
_FLAGS = {"overdue", "slipped", "silent", "undated", "proposed", "unrated", "challenged", "mine"}
_COLOURS = {"red", "amber", "yellow", "green", "blue", "purple", "white", "grey", "gray"}


@dataclass(slots=True)
class Filter:
    """What was asked for. ``words`` are the filters as typed, for the heading."""

    theme: Theme | None = None
    actions: list[Action] = field(default_factory=list)
    ratings: list[tuple[str, str]] = field(default_factory=list)  # (scale, label)
    strength: str | None = None
    states: tuple[State, ...] = ()
    flags: set[str] = field(default_factory=set)
    person: Person | None = None
    owner: str | None = None
    since: datetime | None = None
    words: list[str] = field(default_factory=list)


def parse_filter(text: str, request: Request, plan: Plan, store: Store) -> Filter:
    """The filter that the words make; a UsageError with a suggestion for a word that is none."""
    wanted = Filter()
    rest = " ".join(re.sub(r",(?=\s|$)", " ", text).split())
    while rest:
        rest = _take(rest, wanted, request, plan, store)
    return wanted


def _take(rest: str, wanted: Filter, request: Request, plan: Plan, store: Store) -> str:
    word, _, tail = rest.partition(" ")
    low = word.casefold()
    if low in {"theme", "workstream"}:
        return _theme(tail, wanted, plan, store)
    if low in {"owner", "lead"}:
        return _owner(tail, wanted, store, plan, request)
    if low == "since":
        return _since(tail, wanted, request, plan, store)
    if low in {"all", "and", "rated", "actions", "the"}:
        return tail
    if low in {"must", "should"}:
        wanted.strength = low
    elif low in _STATES:
        wanted.states += _STATES[low]
    elif low in _FLAGS:
        wanted.flags.add(low)
    else:
        return _rating_or_ref(rest, wanted, plan, store)
    wanted.words.append(low)
    return tail.strip()


def _theme(tail: str, wanted: Filter, plan: Plan, store: Store) -> str:
    name, rest = pick.split_quoted(tail)
    if not name:
        raise UsageError("Which theme? Type “status theme 6”.")
    wanted.theme = pick.theme_named(store, plan, name)
    wanted.words.append(f"theme {wanted.theme.ref or wanted.theme.title}")
    return rest


def _owner(tail: str, wanted: Filter, store: Store, plan: Plan, request: Request) -> str:
    if not tail.strip():
        raise UsageError("Which owner? Type “status owner Jane”.")
    name, rest = pick.split_quoted(tail) if tail.strip()[0] in "\"“'" else _owner_words(tail)
    people = store.people.by_name(name)
    wanted.person = people[0] if people else None
    wanted.owner = name
    if wanted.person is None and not _printed(name, store, plan):
        known = [printed for printed, _ in store.people.printed_owners(plan.id)] + [
            one.name for one in store.people.all()
        ]
        raise UsageError(
            f"Nobody here is called “{name[:40]}”. {pick.suggestion(name, known, '“people” lists them.')}"
        )
    wanted.words.append(f"owner {people[0].name if people else name}")
    return rest


def _owner_words(tail: str) -> tuple[str, str]:
    """The name runs to the next filter word."""
    stops = {"theme", "since", "must", "should", *_STATES, *_FLAGS, *_COLOURS}
    words = tail.split()
    end = next((i for i, word in enumerate(words) if i and word.casefold() in stops), len(words))
    return " ".join(words[:end]), " ".join(words[end:])


def _printed(name: str, store: Store, plan: Plan) -> bool:
    return any(name.casefold() in printed.casefold() for printed, _ in store.people.printed_owners(plan.id))


def _since(tail: str, wanted: Filter, request: Request, plan: Plan, store: Store) -> str:
    match = re.match(r"(?:the\s+)?last\s+(?:meeting|cycle)\b\s*", tail, re.IGNORECASE)
    if match:
        meeting = calendar.last_held(store.governance.meetings(plan.id), request.today)
        if meeting is None or meeting.day is None:
            raise UsageError("No meeting has been held yet, so there is nothing to compare with.")
        wanted.since = calendar.end_of(meeting.day, request.zone)
        wanted.words.append(f"since the meeting of {meeting.day:%-d %B %Y}")
        return tail[match.end() :]
    found = request.read(tail, request.today).dates
    if not found:
        raise UsageError(
            f"I could not read a date in “since {tail[:40]}”. Try “since last meeting” or “since 1 March”."
        )
    wanted.since = datetime.combine(found[0].start, datetime.min.time(), request.zone)
    wanted.words.append(f"since {found[0].start:%-d %B %Y}")
    return tail[found[0].end_char :].strip()


def _rating_or_ref(rest: str, wanted: Filter, plan: Plan, store: Store) -> str:
    for scale in plan.scales:
        own = _scale_at(rest, scale)
        label, length = _rating_at(rest[own:], scale)
        if label:
            wanted.ratings.append((scale.name, label))
            wanted.words.append(f"{scale.title} {scale.short(label)}" if own else scale.short(label))
            return rest[own + length :].strip()
    actions, name, tail = pick.leading_action(store, plan, rest)
    if actions:
        wanted.actions += actions
        return tail
    if name.casefold() in _COLOURS:
        scale_words = wording.scales(plan) or "no scale at all"
        raise UsageError(f"No rating of {plan.slug} is called “{name}”. It has: {scale_words}.")
    if store.plans.theme(plan.id, name):  # "status 6.3": a theme, where no action is called so
        return _theme(rest, wanted, plan, store)
    hint = pick.suggestion(name, _vocabulary(store, plan))
    raise UsageError(f"Nothing in {plan.slug} is called “{name[:40]}”. {hint}")


def _scale_at(rest: str, scale: Scale) -> int:
    """The length of the scale's own name in front ("on target red"); 0 where another or none is named."""
    low = rest.casefold()
    names = (scale.title.casefold(), scale.name.replace("_", " "))
    return max((len(name) + 1 for name in names if name and low.startswith(f"{name} ")), default=0)


def _rating_at(rest: str, scale: Scale) -> tuple[str | None, int]:
    """The rating that the text starts with, and the length of its name."""
    low = rest.casefold()
    for rating in scale.ratings:
        for name in (rating.label, rating.colour or "", *rating.aliases):
            if name and (low == name.casefold() or low.startswith(name.casefold() + " ")):
                return rating.label, len(name)
    return None, 0


def _vocabulary(store: Store, plan: Plan) -> list[str]:
    return [*store.plans.refs(plan.id), *_FLAGS, *_STATES, "must", "should", "theme", "owner"]


def select(wanted: Filter, request: Request, plan: Plan, store: Store) -> list[ActionView]:
    """The actions that fit, in the plan's order."""
    views = store.plans.views(
        plan.id,
        theme_ids=[wanted.theme.id] if wanted.theme else None,
        action_ids=[action.id for action in wanted.actions] or None,
        person_id=_person_id(wanted, request),
        states=wanted.states or ((State.OPEN,) if "overdue" in wanted.flags else None),
        due_before=request.today if "overdue" in wanted.flags else None,
        changed_since=wanted.since,
    )
    tests = _tests(wanted, request.today)
    if "silent" in wanted.flags:
        tests.append(_silent(request, plan, store))
    found = [view for view in views if all(test(view) for test in tests)]
    if "challenged" in wanted.flags:
        asked = {view.action.id for view, one in of_plan(plan, found, store, request.today) if one.material}
        found = [view for view in found if view.action.id in asked]
    return found


def _person_id(wanted: Filter, request: Request) -> int | None:
    if "mine" in wanted.flags:
        return request.person.id
    return wanted.person.id if wanted.person else None


def _silent(request: Request, plan: Plan, store: Store) -> Callable[[ActionView], bool]:
    """Asked about for the next meeting and not answered, as digest and pack count it.

    While nobody is asked: open, with no update since the meeting before the last one; before two were held, none at all.
    """
    meetings = store.governance.meetings(plan.id, assurance=True)
    meeting = calendar.next_meeting(meetings, request.today)
    if meeting is not None and asked_about(store, plan, meeting):
        quiet = {view.action.id for view in silent_actions(store, plan, meeting)}
        return lambda view: view.action.id in quiet
    days = [one.day for one in meetings if one.day is not None and one.day < request.today]
    since = calendar.end_of(days[-2], request.zone) if len(days) > 1 else None
    return lambda view: (
        view.state is State.OPEN and (view.last_at is None or (since is not None and view.last_at < since))
    )


def _tests(wanted: Filter, today: date) -> list[Callable[[ActionView], bool]]:
    tests: list[Callable[[ActionView], bool]] = []
    if wanted.ratings:
        tests.append(
            lambda view: any((name, rated.label) in wanted.ratings for name, rated in view.agreed.items())
        )
    if wanted.strength:
        tests.append(lambda view: view.action.strength == wanted.strength)
    if wanted.owner and wanted.person is None:
        owner = wanted.owner.casefold()
        tests.append(lambda view: owner in f"{view.action.owner or ''} {view.action.lead or ''}".casefold())
    flags: dict[str, Callable[[ActionView], bool]] = {
        "overdue": lambda view: view.overdue(today),
        "slipped": lambda view: view.slips > 0 or view.requested is not None,
        "undated": lambda view: view.due.end is None or view.due.kind is not DateKind.DUE,
        "proposed": lambda view: bool(view.proposed),
        "unrated": lambda view: not view.agreed,
    }
    return [*tests, *(flags[name] for name in wanted.flags if name in flags)]
