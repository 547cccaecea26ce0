"""The prompt: one message a person, one line an action, overdue and challenged first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from handlers import wording
from handlers.cycle import calendar
from handlers.messages import Bold, Button, Buttons, Details, Message, Part, Text, ToPerson, say, spans
from storage.model.people import Person
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Meeting

__all__ = ["chase", "lead_silent", "prompt", "told_lines"]

_SHOWN, _PRESSING = 6, 12  # lines before the fold: in general, and at most where they are pressing
_QUIET = 2  # the rank of an action that is neither overdue nor challenged


def prompt(
    key: str,
    plan: Plan,
    meeting: Meeting,
    person: Person,
    views: Sequence[ActionView],
    today: date,
    challenged: Mapping[int, str] | None = None,
    told: Sequence[tuple[ActionView, str]] = (),
) -> Message:
    """Ask one person for progress on all their actions that are due for this meeting.

    ``challenged``: action id -> what the meeting will ask. ``told``: actions that they answer for and
    that somebody else is asked about.
    """
    questions = challenged or {}
    ordered = sorted(views, key=lambda view: _rank(view, questions, today))
    pressing = sum(_rank(view, questions, today)[0] < _QUIET for view in ordered)
    shown = min(max(_SHOWN, pressing), _PRESSING)
    if len(ordered) <= shown + 1:
        shown = len(ordered)  # nothing is folded for a single line
    lines = [_line(view, plan, today, questions.get(view.action.id)) for view in ordered]
    parts: list[Part] = [_question(plan, meeting, len(views), today), *lines[:shown]]
    if lines[shown:]:
        parts.append(Details(f"{len(lines) - shown} more", tuple(lines[shown:])))
    example = ordered[0].name
    words = f"Answer in your own words; “{example} slipped to Nov, rest no change” is enough."
    parts.append(say(words, quiet=True))
    if told:
        parts.append(_told(told))
    label = "No change" if len(views) == 1 else "No change to any"
    tail = f"{meeting.id} in {plan.slug}"
    buttons = (Button(label, f"nochange {tail}"), Button("Answer in a form", f"reply {tail}"))
    parts.append(Buttons(buttons))
    check = f"prompt:{plan.id}:{meeting.id}:{person.id}"
    return Message(ToPerson(person.id), tuple(parts), key=f"{key}:person-{person.id}", check=check)


def _rank(view: ActionView, challenged: Mapping[int, str], today: date) -> tuple[int, bool]:
    """Overdue first, then challenged, then the rest; musts before others."""
    pressing = 0 if view.overdue(today) else 1 if view.action.id in challenged else _QUIET
    return pressing, view.action.strength != "must"


def _question(plan: Plan, meeting: Meeting, number: int, today: date) -> Text:
    last = calendar.cutoff(meeting, plan.settings)
    by = f" by {wording.moment(last, today)}" if last else ""
    what = "is your action" if number == 1 else f"are your {number} actions"
    return say(
        f"How {what} in the {wording.plan_name(plan)} plan? Please answer{by}, for the {meeting.forum} of {_day(meeting, today)}."
    )


def _day(meeting: Meeting, today: date) -> str:
    return wording.moment(meeting.day, today) if meeting.day else "a day to be confirmed"


def _line(view: ActionView, plan: Plan, today: date, challenge: str | None) -> Text:
    rated = view.agreed.get(plan.scales[0].name) if plan.scales else None
    state = wording.state(view, today)
    notes = [*([wording.label(plan.scale(), rated)] if rated else []), state or wording.asked_by(view.due)]
    tail = f". It {challenge}." if challenge else ""
    if view.state is State.ASSURING:
        tail = ". Only its figure is needed."
    return Text(spans(Bold(view.name), f" {view.action.title} ({', '.join(notes)}){tail}"))


def _told(lines: Sequence[tuple[ActionView, str]]) -> Text:
    names = wording.listing([f"{view.name} ({who})" for view, who in lines], 20)
    return say(f"Asked for you: {names}.", quiet=True)


def told_lines(lines: Sequence[tuple[ActionView, str]], plan: Plan, meeting: Meeting) -> tuple[Part, ...]:
    """For an owner whose leads are asked and who is asked nothing else."""
    names = wording.listing([f"{view.name} ({who})" for view, who in lines], 20)
    first = say(
        f"For the {meeting.forum} your leads are asked about the {wording.plan_name(plan)} plan: {names}."
    )
    return (first, say("Nothing is asked of you. What you say about them counts as well.", quiet=True))


def lead_silent(
    lines: Sequence[tuple[ActionView, str]], plan: Plan, meeting: Meeting, today: date
) -> tuple[Part, ...]:
    """For an owner: their leads have not answered, and the cut-off is near."""
    last = calendar.cutoff(meeting, plan.settings)
    by = f" until {wording.moment(last, today)}" if last else ""
    names = wording.listing([f"{view.name} ({who})" for view, who in lines], 20)
    return (say("No answer yet for what is yours: ", Bold(names), f". Yours counts as well{by}."),)


def chase(
    key: str, plan: Plan, meeting: Meeting, person: Person, views: Sequence[ActionView], today: date
) -> Message:
    """A reminder that names only what is still unanswered."""
    last = calendar.cutoff(meeting, plan.settings)
    by = f" by {wording.moment(last, today)}" if last else ""
    names = wording.listing([view.name for view in views])
    words = ". A few words are enough; “no change” is an answer too."
    parts: tuple[Part, ...] = (say(f"Still to hear from you{by}: ", Bold(names), words),)
    check = f"prompt:{plan.id}:{meeting.id}:{person.id}"
    return Message(ToPerson(person.id), parts, key=f"{key}:person-{person.id}", check=check)
