"""The home page: where the cycle stands, what is the person's own, and what they can press."""

from __future__ import annotations

from textwrap import shorten

from handlers import wording
from handlers.answer import plan_for
from handlers.assurance.challenges import counted, of_plan
from handlers.cycle import answers, calendar
from handlers.grammar import Call
from handlers.help import welcome
from handlers.messages import ASKER, Bold, Button, Buttons, Heading, Message, Part, Text, say, spans
from handlers.questions.status import counts_line, standing_line, table
from handlers.request import Request
from handlers.roles import allowed, roles_of
from storage.model.people import Role
from storage.model.plan import Plan
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["home", "home_page"]

_KEPT_SHOWN = 5


def home_page(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``home``: the same page as a message."""
    return home(request, store)


def home(request: Request, store: Store) -> list[Message]:
    """The page for this person; the first words to somebody for whom there is no plan."""
    plan = plan_for(request, None, store)
    if plan is None and store.plans.all():
        plan = store.plans.all()[0]
    if plan is None:
        return welcome(request, store)
    parts: list[Part] = [
        Heading(f"{wording.plan_name(plan)} improvement plan"),
        *_where_it_stands(plan, request, store),
    ]
    mine = store.plans.views(plan.id, person_id=request.person.id)
    if mine:
        parts += [say(Bold(f"Your {wording.count(len(mine), 'action')}")), table(mine, plan, request.today)]
        parts.append(
            Buttons((Button("No change to any", f"nochange in {plan.slug}"), Button("Help", "help")))
        )
    if allowed(roles_of(request.person, plan, store, request.administrators), Role.PMO):
        parts += _office(plan, request, store)
    return [Message(ASKER, tuple(parts))]


def _where_it_stands(plan: Plan, request: Request, store: Store) -> list[Part]:
    views = store.plans.views(plan.id)
    parts: list[Part] = [say(counts_line(views, plan))]
    standing = standing_line(views, request.today)
    if standing:
        parts.append(say(standing, quiet=True))
    meetings = store.governance.meetings(plan.id)
    soon = calendar.missed(meetings, plan.settings, request.today)
    if soon is not None and soon.day is not None:
        held = wording.moment(soon.day, request.today)
        parts.append(say(f"Next: {soon.forum} on {held}; the cut-off for it has passed."))
        parts += _answered(plan, soon, store)
    meeting = calendar.counts_for(meetings, plan.settings, request.now, request.zone)
    if meeting is not None and meeting.day is not None:
        last = calendar.cutoff(meeting, plan.settings)
        until = f"answers until {wording.moment(last, request.today)}, " if last else ""
        first = "After it" if soon is not None else "Next"
        parts.append(say(f"{first}: {until}{meeting.forum} on {wording.moment(meeting.day, request.today)}."))
        parts += _answered(plan, meeting, store) if soon is None else []
    return parts


def _answered(plan: Plan, meeting: Meeting, store: Store) -> list[Part]:
    asked = answers.asked_about(store, plan, meeting)
    if not asked:
        return [say("Nobody has been asked for it yet.", quiet=True)]
    silent = answers.silent_actions(store, plan, meeting)
    return [say(f"{len(asked) - len(silent)} of {wording.count(len(asked), 'action')} answered.", quiet=True)]


def _office(plan: Plan, request: Request, store: Store) -> list[Part]:
    """For the programme office: what waits for it."""
    parts: list[Part] = [say(Bold("For the programme office"))]
    challenged = counted(of_plan(plan, store.plans.views(plan.id), store, request.today))
    waiting = store.updates.unplaced_of(plan.id)
    if challenged:
        parts.append(say(f"{wording.count(challenged, 'challenge')} open."))
    tail = f"in {plan.slug}"
    for number, text, person_id, _ in waiting[:_KEPT_SHOWN]:
        person = store.people.get(person_id)
        parts.append(
            Text(
                spans(
                    f"Kept from {person.name if person else '?'}, no action yet: “{shorten(text, 150, placeholder='…')}”"
                )
            )
        )
        file_it = Button("File it", f"place {number} {tail}")
        parts.append(Buttons((file_it, Button("No update", f"unplaced {number}"))))
    if len(waiting) > _KEPT_SHOWN:
        parts.append(say(f"{len(waiting) - _KEPT_SHOWN} more texts wait for an action.", quiet=True))
    row = (
        Button("Chase", f"chase {tail}"), Button("Challenges", f"challenges {tail}"), Button("Meeting sheet", f"meeting {tail}"),
        Button("Digest", f"digest {tail}"), Button("Cycle", f"cycle {tail}"), Button("People", f"people {tail}"),
    )  # fmt: skip
    return [*parts, Buttons(row)]
