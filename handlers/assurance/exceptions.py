"""Exceptions: when an action turns bad or asks for a date, one line each on cause, recovery, need and effect."""

from __future__ import annotations

from handlers.cycle import calendar
from handlers.grammar import Call
from handlers.messages import ASKER, TAPPED, Bold, Button, Buttons, Field, Form, Message, Part, say
from handlers.pick import one_action, own_or_pmo
from handlers.request import Request
from storage.model.plan import ActionView, Plan
from storage.model.record import Update, Visibility
from storage.store import Store

__all__ = ["LINES", "ask_for_lines", "exception", "exception_of"]

LINES = {
    "cause": "Cause",
    "recovery": "What is being done",
    "need": "What is needed from the meeting, and by when",
    "effect": "Effect meanwhile",
}


def ask_for_lines(view: ActionView, plan: Plan, store: Store, meeting_id: int | None = None) -> list[Part]:
    """The question, once an action and meeting: nothing where it was put, or the lines are there for it already."""
    key = f"lines:{view.action.id}:{meeting_id or ''}"
    known = exception_of(view.action.id, store)
    if known is not None and known.meeting_id == meeting_id:
        return []
    if key in store.plans.effects_done(plan.id):
        return []
    store.plans.mark_effect(plan.id, key)
    name = f"#{view.action.handle}"
    return [
        say(
            "The meeting will ask about ",
            Bold(view.name),
            ": cause, what is being done, what you need, effect meanwhile.",
            quiet=True,
        ),
        Buttons((Button(f"Four lines on {view.name}", f"exception {name} in {plan.slug}"),)),
    ]


def exception_of(action_id: int, store: Store) -> Update | None:
    """The newest update that holds the lines."""
    first = f"{LINES['cause']}: "
    return next(
        (
            one
            for one in store.updates.of_action(action_id, limit=10)
            if one.standing and (one.text or "").startswith(first)
        ),
        None,
    )


def exception(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``exception 6.4.3``: the form, or its four lines as an update of the action."""
    assert plan is not None
    view, _ = one_action(store, plan, call.tail)
    own_or_pmo(request, plan, view, store)
    given = {name: request.inbound.fields.get(name, "").strip() for name in LINES}
    if not any(given.values()):
        return [Message(ASKER, (_form(view, plan, store),))]
    text = "\n".join(f"{label}: {given[name]}" for name, label in LINES.items() if given[name])
    earlier = exception_of(view.action.id, store)
    meetings = store.governance.meetings(plan.id)
    meeting = calendar.counts_for(meetings, plan.settings, request.now, request.zone)
    store.updates.add(
        view.action.id, text, request.read(text, request.today), author_id=request.person.id,
        meeting_id=meeting.id if meeting else None, link=request.inbound.link,
        visibility=earlier.visibility if earlier else Visibility.PUBLIC,
    )  # fmt: skip
    told = say(Bold(view.name), " goes to the meeting with these lines.")
    return [Message(ASKER, (told,), replaces=TAPPED)]


def _form(view: ActionView, plan: Plan, store: Store) -> Form:
    """The four lines, filled in with what was said before."""
    known = exception_of(view.action.id, store)
    lines = (known.text or "").splitlines() if known else []
    before = dict(line.split(": ", 1) for line in lines if ": " in line)
    fields = tuple(
        Field(name, label, "text", before.get(label, ""), required=name == "cause")
        for name, label in LINES.items()
    )
    command = f"exception #{view.action.handle} in {plan.slug}"
    return Form(f"For the meeting: {view.name}"[:60], command, fields)
