"""Change control: actions that leave the plan without delivery, go on hold or come back, each by a decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers import calendar, wording
from handlers.decisions import apply, meeting_meant
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Message, say
from handlers.pick import one_action
from handlers.request import Request
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, State
from storage.model.record import DecisionKind, Meeting
from storage.store import Store

__all__ = ["reconciliation", "state"]

_KINDS = {
    "superseded": "superseded",
    "merged": "merged",
    "transferred": "transferred",
    "withdrawn": "withdrawn",
    "business as usual": "business as usual",
    "bau": "business as usual",
    "on hold": "on hold",
    "hold": "on hold",
    "reopened": "reopened",
    "reopen": "reopened",
    "resumed": "reopened",
}
_KIND = re.compile(rf"({'|'.join(_KINDS)})\b[,:]?\s*(.*)", re.IGNORECASE | re.DOTALL)


def state(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``change 2.4 superseded by "..."``: recorded as the open meeting's decision."""
    assert plan is not None
    meeting, words = meeting_meant(request, plan, store, call.tail)
    view, rest = one_action(store, plan, words)
    match = _KIND.match(rest)
    if match is None:
        raise UsageError(f"Say what happens to {view.name}: {', '.join(dict.fromkeys(_KINDS.values()))}.")
    label = _KINDS[match[1].casefold()]
    if label not in {"on hold", "reopened"} and not match[2].strip():
        raise UsageError(f"Say by what, or why: “change {view.name} {label} by ...”.")
    decision = store.governance.decide(
        meeting.id, view.action.id, DecisionKind.AGREE, "state", label=label, words=match[2].strip() or None,
        recommended=meeting.quorate is False,
    )  # fmt: skip
    if not decision.recommended:
        apply(decision, plan, store)
    when = f"{meeting.forum}, {meeting.day:%-d %B %Y}" if meeting.day else meeting.forum
    tail = " It is recommended until a quorate meeting ratifies it." if decision.recommended else ""
    return [Message(ASKER, (say(Bold(view.name), f" {label} {match[2].strip()} ({when}).{tail}"),))]


def reconciliation(plan: Plan, views: Sequence[ActionView], store: Store, meeting: Meeting) -> str:
    """ "53 last time, 52 now: 2.4 superseded, agreed 21 March": the actions under way, against the last meeting's."""
    now = sum(view.state is not State.UNDELIVERED for view in views)
    names = {view.action.id: view.name for view in views}
    previous = [
        one
        for one in store.governance.meetings(plan.id, assurance=True)
        if one.day and meeting.day and one.day < meeting.day
    ]
    since = (
        calendar.end_of(previous[-2].day, calendar.zone_of(plan))
        if len(previous) > 1 and previous[-2].day
        else None
    )
    days = {one.id: one.day for one in store.governance.meetings(plan.id)}
    moved = [
        one for one in store.governance.decisions(plan.id)
        if one.subject == "state" and one.label not in {"on hold"} and not _pending(one.recommended, one.ratified_by_meeting_id)
        and (since is None or one.at >= since)
    ]  # fmt: skip
    gone = sum(one.label != "reopened" for one in moved) - sum(one.label == "reopened" for one in moved)
    told = [
        f"{names.get(one.action_id or 0, '?')} {one.label}, agreed {day:%-d %B}"
        for one in moved
        if (day := days.get(one.meeting_id))
    ]
    if not told:
        return f"{wording.count(now, 'action')}, as last time."
    return f"{now + gone} last time, {now} now: {'; '.join(told)}."


def _pending(recommended: bool, ratified: int | None) -> bool:
    return recommended and ratified is None
