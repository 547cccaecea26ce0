"""Requests for another due date, and the ledger of how dates slipped."""

from __future__ import annotations

import re

from handlers import wording
from handlers.grammar import Call
from handlers.messages import ASKER, Bold, Field, Form, Message, say
from handlers.pick import one_action, own_or_pmo
from handlers.request import Request
from storage.model.document import DateKind, PlanDate
from storage.model.errors import UsageError
from storage.model.plan import Plan
from storage.store import Store

__all__ = ["date", "read_due", "slip_days"]


def read_due(request: Request, text: str) -> PlanDate:
    """The due date that a text names; a UsageError where it names none."""
    found = [one for one in request.read(text, request.today).dates if not one.uncertain]
    if not found:
        raise UsageError(
            f"I could not read a date in “{text[:60]}”. Try “30 November 2026” or “end of November”."
        )
    return PlanDate(found[-1].text, found[-1].start, found[-1].end, DateKind.DUE)


def slip_days(was: PlanDate, wanted: PlanDate) -> int | None:
    """Days from one due date's last day to the other's; None where one has no day, or is a start and not due."""
    due = was.kind is DateKind.DUE and wanted.kind is DateKind.DUE
    return (wanted.end - was.end).days if due and was.end and wanted.end else None


def date(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``date 6.1.4 November 2026 because REASON``: a request, until a meeting agrees."""
    assert plan is not None
    view, rest = one_action(store, plan, call.tail)
    own_or_pmo(request, plan, view, store)
    rest = " ".join([rest, request.inbound.fields.get("date", "")]).strip()
    if not rest:
        fields = (
            Field("date", "New due date", "text", required=True, hint="For example: end of November 2026"),
            Field("reason", "Why", "text", required=True),
        )
        return [
            Message(
                ASKER,
                (Form(f"New date for {view.name}"[:60], f"date {call.tail} in {plan.slug}", fields, "Ask"),),
            )
        ]
    words, _, reason = re.sub(
        r"\b(?:because|due to|as)\b", "|", rest, count=1, flags=re.IGNORECASE
    ).partition("|")
    wanted = read_due(request, words)
    reason = reason.strip() or request.inbound.fields.get("reason", "").strip()
    if (wanted.start, wanted.end) == (view.due.start, view.due.end):
        raise UsageError(f"{view.name} is due {wording.due(view.due)} already.")
    store.governance.request_date(view.action.id, wanted, reason or None)
    days = slip_days(view.due, wanted)
    moved = f" ({wording.count(abs(days), 'day')} {'later' if days > 0 else 'earlier'})" if days else ""
    lines = [
        say(
            Bold(view.name),
            f": you ask to move {wording.due(view.due)} to {wording.due(wanted)}{moved}. A meeting decides.",
        )
    ]
    if not reason:
        lines.append(
            say("No reason is given; the meeting will ask for one: say it with “because ...”.", quiet=True)
        )
    return [Message(ASKER, tuple(lines))]
