"""Change control: actions that leave the plan without delivery, go on hold or come back, each by a decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers import wording
from handlers.cycle import calendar
from handlers.grammar import Call
from handlers.meetings.agreeing import apply
from handlers.meetings.which_meeting import meeting_meant, meeting_named
from handlers.messages import ASKER, Bold, Message, say
from handlers.pick import one_action
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Decision, DecisionKind, Meeting
from storage.store import Store

__all__ = ["change_in", "reconciliation", "remember_count", "state"]

_KINDS = {
    "superseded": "superseded", "merged": "merged", "transferred": "transferred", "withdrawn": "withdrawn",
    "business as usual": "business as usual", "bau": "business as usual", "on hold": "on hold", "hold": "on hold",
    "reopened": "reopened", "reopen": "reopened", "resumed": "reopened", "resume": "reopened",
}  # fmt: skip
_KIND = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})\b[,:]?\s*(?P<words>.*)", re.IGNORECASE | re.DOTALL)
_NEEDS_NO_WORDS = {"on hold", "reopened"}


def change_in(text: str, view: ActionView) -> tuple[str, str | None] | None:
    """The change of the action that the words name, and by what or why; None where they name none."""
    match = _KIND.match(text.strip())
    if match is None:
        return None
    label, words = _KINDS[match["kind"].casefold()], match["words"].strip() or None
    if label == "reopened" and view.state is State.OPEN:
        raise UsageError(f"{view.name} is open already.")
    if words is None and label not in _NEEDS_NO_WORDS:
        raise UsageError(f"Say by what, or why: “{label} by ...”.")
    return label, words


def state(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``change 2.4 superseded by "..."``: recorded as the open meeting's decision."""
    assert plan is not None
    meeting, words = meeting_meant(request, plan, store, call.tail)
    view, rest = one_action(store, plan, words)
    change = change_in(rest, view)
    if change is None:
        raise UsageError(f"Say what happens to {view.name}: {', '.join(dict.fromkeys(_KINDS.values()))}.")
    label, why = change
    decision = store.governance.decide(
        meeting.id, view.action.id, DecisionKind.AGREE, "state", label=label, words=why,
        recommended=meeting.quorate is False,
    )  # fmt: skip
    if not decision.recommended:
        apply(decision, plan, store)
    tail = " It is recommended until a quorate meeting ratifies it." if decision.recommended else ""
    what = f" {label} {why}" if why else f" {label}"
    return [Message(ASKER, (say(Bold(view.name), f"{what} ({meeting_named(meeting)}).{tail}"),))]


def reconciliation(plan: Plan, views: Sequence[ActionView], store: Store, meeting: Meeting) -> str:
    """ "53 last time, 52 now: 2.4 superseded, agreed 21 March": the actions under way, against the last meeting's.

    What no decision explains came or went with a newer version of the plan document. Of a first meeting there is
    nothing to hold it against.
    """
    now = _under_way(views)
    names = {view.action.id: view.name for view in views}
    days = {one.id: one.day for one in store.governance.meetings(plan.id)}
    moved = _since_the_last(plan, meeting, store)
    expected = now + sum(_gone(one, store.governance.decisions(plan.id)) for one in moved)
    last = _last_count(plan, meeting, store)
    told = [
        f"{names.get(one.action_id or 0, '?')} {one.label}, agreed {day:%-d %B}"
        for one in moved
        if (day := days.get(one.ratified_by_meeting_id or one.meeting_id))
    ]
    if last is not None and last != expected:
        what = "added by" if expected > last else "left out of"
        told.append(f"{abs(expected - last)} {what} a newer version of the plan")
    if not told:
        return f"{wording.count(now, 'action')}{'' if last is None else ', as last time'}."
    return f"{expected if last is None else last} last time, {now} now: {'; '.join(told)}."


def _under_way(views: Sequence[ActionView]) -> int:
    return sum(view.state is not State.UNDELIVERED for view in views)


def remember_count(plan: Plan, store: Store, meeting: Meeting) -> None:
    """How many actions a meeting's sheet showed when it was first opened: what the next one is compared with."""
    if f"count:{meeting.id}" not in plan.settings:
        number = _under_way(store.plans.views(plan.id))
        store.plans.set_setting(plan.id, f"count:{meeting.id}", str(number))


def _last_count(plan: Plan, meeting: Meeting, store: Store) -> int | None:
    """What the sheet of the meeting before showed, where it was opened."""
    before = [
        one
        for one in store.governance.meetings(plan.id, assurance=True)
        if one.day and meeting.day and one.day < meeting.day
    ]
    kept = plan.settings.get(f"count:{before[-1].id}") if before else None
    return int(kept) if kept else None


def _since_the_last(plan: Plan, meeting: Meeting, store: Store) -> list[Decision]:
    """Changes agreed at the last meeting or since; those only recommended do not count yet."""
    before = [
        one.day
        for one in store.governance.meetings(plan.id, assurance=True)
        if one.day and meeting.day and one.day < meeting.day
    ]
    since = calendar.end_of(before[-2], calendar.zone_of(plan)) if len(before) > 1 else None
    return [
        one
        for one in store.governance.decisions(plan.id)
        if one.subject == "state"
        and one.label != "on hold"
        and not (one.recommended and one.ratified_by_meeting_id is None)
        and (since is None or one.at >= since)
    ]


def _gone(decision: Decision, every: Sequence[Decision]) -> int:
    """How many fewer actions are under way by this change; what was on hold or closed as done counted all the time."""
    if decision.label != "reopened":
        return 1
    before = [
        one.label
        for one in every
        if one.subject == "state" and one.action_id == decision.action_id and one.id < decision.id
    ]
    return -1 if before and before[-1] not in _NEEDS_NO_WORDS else 0
