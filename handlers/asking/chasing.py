"""``chase``: ask again, now; and the one tap that answers all."""

from __future__ import annotations

from handlers import wording
from handlers.asking import reminders
from handlers.cycle import answers, calendar
from handlers.grammar import Call
from handlers.messages import ASKER, Message, say
from handlers.request import Request
from handlers.updates.intake import Author, file_words
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["asked_about", "chase", "nochange"]


def chase(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """A reminder to everybody who has not answered for the coming cut-off; once a day and person."""
    assert plan is not None
    meeting = _meeting(request, plan, store)
    waiting = answers.silent(store, plan, meeting)
    key = f"chase-{request.today:%Y%m%d}:{plan.slug}:meeting-{meeting.id}"
    messages = reminders.chases(key, store, plan, meeting, request.today)
    if not waiting:
        return [Message(ASKER, (say("Everybody who was asked has answered."),))]
    names = [person.name for person_id in waiting if (person := store.people.get(person_id))]
    return [Message(ASKER, (say(f"Asked again: {wording.names(names)}."),)), *messages]


def nochange(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """The tap under a prompt: "no change" to every action that was asked about and is not answered."""
    assert plan is not None
    names = [
        f"#{action.handle}" for action in store.plans.actions_by_id(asked_about(request, call, plan, store))
    ]
    if not names:
        return [Message(ASKER, (say("You have answered for all of them already."),))]
    return file_words(request, store, f"{', '.join(names)} no change", Author(request.person), plan=plan)


def asked_about(request: Request, call: Call, plan: Plan, store: Store) -> list[int]:
    """The actions that the newest prompt (or the one for the meeting that is named) asks about and nobody has answered."""
    mine = [one for one in store.updates.open_prompts(request.person.id) if one.plan_id == plan.id]
    wanted = [one for one in mine if call.tail.strip() in {"", str(one.meeting_id)}]
    if not wanted:
        raise UsageError("That question is settled or its meeting is over. “mine” shows your actions.")
    meeting_id = wanted[0].meeting_id
    meeting = store.governance.meeting(meeting_id) if meeting_id else None
    ids = dict.fromkeys(
        one for prompt in wanted if prompt.meeting_id == meeting_id for one in prompt.action_ids
    )
    if meeting is None:
        return list(ids)
    said = answers.answered(store, plan, meeting)
    return [action_id for action_id in ids if not said.by(action_id, request.person.id, plan)]


def _meeting(request: Request, plan: Plan, store: Store) -> Meeting:
    meeting = calendar.counts_for(
        store.governance.meetings(plan.id), plan.settings, request.now, request.zone
    )
    if meeting is None:
        raise UsageError("No meeting lies ahead, so there is nothing to answer for yet.")
    return meeting
