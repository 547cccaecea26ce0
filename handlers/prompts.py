"""The prompt: one message a person, one line an action, overdue first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers import calendar, wording
from handlers.messages import Bold, Button, Buttons, Details, Message, Part, Text, ToPerson, say, spans
from storage.model.people import Person
from storage.model.plan import ActionView, Plan
from storage.model.record import Meeting

__all__ = ["chase", "prompt"]

_SHOWN = 12


def prompt(plan: Plan, meeting: Meeting, person: Person, views: Sequence[ActionView], today: date) -> Message:
    """Ask one person for progress on all their actions that are due for this meeting."""
    ordered = sorted(views, key=lambda view: (not view.overdue(today), view.action.strength != "must"))
    last = calendar.cutoff(meeting, plan.settings)
    by = f" by {wording.moment(last, today)}" if last else ""
    what = "your action" if len(views) == 1 else f"your {len(views)} actions"
    verb = "is" if len(views) == 1 else "are"
    parts: list[Part] = [
        say(
            f"How {verb} {what} in the {wording.plan_name(plan)} plan? Please answer{by}, for the {meeting.forum} of {_day(meeting, today)}."
        ),
        *(_line(view, plan, today) for view in ordered[:_SHOWN]),
    ]
    if len(ordered) > _SHOWN:
        parts.append(
            Details(
                f"{len(ordered) - _SHOWN} more", tuple(_line(view, plan, today) for view in ordered[_SHOWN:])
            )
        )
    example = ordered[0].name
    parts.append(
        say(f"Answer in your own words; “{example} slipped to Nov, rest no change” is enough.", quiet=True)
    )
    parts.append(
        Buttons(
            (
                Button(
                    "No change" if len(views) == 1 else "No change to any",
                    f"nochange {meeting.id} in {plan.slug}",
                ),
                Button("Answer in a form", f"reply {meeting.id} in {plan.slug}"),
            )
        )
    )
    key = f"prompt:{plan.slug}:meeting-{meeting.id}:person-{person.id}"
    return Message(
        ToPerson(person.id), tuple(parts), key=key, check=f"prompt:{plan.id}:{meeting.id}:{person.id}"
    )


def _day(meeting: Meeting, today: date) -> str:
    return wording.moment(meeting.day, today) if meeting.day else "a day to be confirmed"


def _later(view: ActionView, today: date) -> str:
    """A month after the due date, for the example."""
    base = max(view.due.end or today, today)
    return f"{date(base.year + (base.month + 2 > 12), (base.month + 1) % 12 + 1, 1):%B}"


def _line(view: ActionView, plan: Plan, today: date) -> Text:
    rated = view.agreed.get(plan.scales[0].name) if plan.scales else None
    state = wording.state(view, today)
    notes = [wording.label(plan.scale(), rated), state or f"due {wording.due(view.due)}"]
    return Text(spans(Bold(view.name), f" {view.action.title} ({', '.join(notes)})"))


def chase(
    plan: Plan, meeting: Meeting, person: Person, views: Sequence[ActionView], today: date, number: int
) -> Message:
    """A reminder that names only what is still unanswered."""
    last = calendar.cutoff(meeting, plan.settings)
    by = f" by {wording.moment(last, today)}" if last else ""
    names = wording.listing([view.name for view in views])
    parts: tuple[Part, ...] = (
        say(
            f"Still to hear from you{by}: ",
            Bold(names),
            ". A few words are enough; “no change” is an answer too.",
        ),
    )
    key = f"chase-{number}:{plan.slug}:meeting-{meeting.id}:person-{person.id}"
    return Message(ToPerson(person.id), parts, key=key, check=f"prompt:{plan.id}:{meeting.id}:{person.id}")
