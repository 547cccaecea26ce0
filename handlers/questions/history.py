"""``history 6.1.4``: everything said and decided about an action, oldest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from handlers import pick, wording
from handlers.assurance.claims import checked_words
from handlers.grammar import Call
from handlers.meetings.decided import sentence
from handlers.messages import Asker, Heading, Link, Message, Part, Quote, Spans, say, spans
from handlers.privacy.visibility import held
from handlers.request import Request
from storage.model.plan import ActionView, Plan, Rated, RatingStage
from storage.model.record import DateRequest, Decision, DecisionKind, Update, UpdateKind
from storage.store import Store

__all__ = ["history"]


def history(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """What was said, proposed, asked, agreed and decided, each with who and when."""
    assert plan is not None
    view, _ = pick.one_action(store, plan, call.tail)
    events = sorted(_events(view, plan, store), key=lambda event: event[0])
    parts: list[Part] = [Heading(f"{view.name} {view.action.title}")]
    parts.append(
        say(
            f"Baseline {wording.due(view.action.baseline)}. {wording.count(len(events), 'entry', 'entries')}.",
            quiet=True,
        )
    )
    parts += [part for _, part in events]
    return [Message(Asker(everyone=call.here), tuple(parts))]


def _events(view: ActionView, plan: Plan, store: Store) -> list[tuple[datetime, Part]]:
    action_id = view.action.id
    meetings = {meeting.id: meeting for meeting in store.governance.meetings(plan.id)}

    def where(meeting_id: int | None) -> str:
        meeting = meetings.get(meeting_id or 0)
        return f"by {meeting.forum} of {meeting.day:%-d %B %Y}" if meeting and meeting.day else "by a meeting"

    said: list[tuple[datetime, Part]] = [
        (update.at, _said(update, store)) for update in store.updates.of_action(action_id)
    ]
    rated = [(one.at, say(_rated(one, plan, where))) for one in store.governance.rating_history(action_id)]
    decided = [
        (one.at, say(_decided(one, view, plan, where, store)))
        for one in store.governance.decisions(plan.id)
        if one.action_id == action_id and _says_more(one)
    ]
    return [*said, *rated, *_dates(action_id, where, store), *decided, *_claims(action_id, plan, store)]


def _dates(
    action_id: int, where: Callable[[int | None], str], store: Store
) -> Iterator[tuple[datetime, Part]]:
    """Each date asked for, and what became of it."""
    for one in store.governance.ledger(action_id):
        if one.outcome == "agreed" and one.meeting_id is None:  # no meeting of ours: the document says so
            yield one.asked_at, say(_printed(one))
            continue
        yield one.asked_at, say(_asked(one))
        if one.decided_at and one.outcome in {"agreed", "refused"}:
            what = f"{wording.due(one.wanted)} {one.outcome} {where(one.meeting_id)}"
            yield one.decided_at, say(f"{one.decided_at:%-d %b %Y}: {what}")


def _claims(action_id: int, plan: Plan, store: Store) -> Iterator[tuple[datetime, Part]]:
    """Claims of completion and their evidence."""
    for claim in store.governance.claims(plan.id, open_only=False):
        if claim.action_id == action_id:
            yield claim.claimed_at, say(f"{claim.claimed_at:%-d %b %Y}: claimed complete")
    for one in store.governance.evidence(action_id):
        checked = f" ({checked_words(one, store)})"
        yield one.at, say(f"{one.at:%-d %b %Y}: evidence ", Link(one.link, one.link), checked)


def _says_more(decision: Decision) -> bool:
    """More than the agreed rating or date, which are told already, or the verbal update, which is quoted."""
    if decision.subject == "verbal":
        return False
    moved = decision.kind in {DecisionKind.AGREE, DecisionKind.AGREE_AS}
    told = moved and not decision.recommended and decision.subject in {"rating", "date"}
    return not told or decision.words is not None


def _said(update: Update, store: Store) -> Part:
    source: Spans = spans(f"{wording.said_by(update, store)}, {update.at:%-d %b %Y %H:%M}{_fate(update)}")
    if update.link:
        source = (*source, *spans(" · ", Link("message", update.link)))
    if held(update):
        return say(f"{update.at:%-d %b %Y}: {update.text}")
    return Quote(update.text or "(erased)", source)


def _fate(update: Update) -> str:
    words = {UpdateKind.CORRECTION: " (a correction)", UpdateKind.NO_CHANGE: " (no change)"}.get(
        update.kind, ""
    )
    return words + ("" if update.standing else " (replaced or withdrawn since)")


def _rated(rated: Rated, plan: Plan, where: Callable[[int | None], str]) -> str:
    scale = plan.scale(rated.scale)
    name = wording.label(scale, rated)
    title = f"{scale.title}: " if scale and len(plan.scales) > 1 else ""
    how = {"document": "as the plan document printed it", "meeting": where(rated.meeting_id)}
    if rated.stage is RatingStage.PROPOSED:
        return f"{rated.at:%-d %b %Y}: {title}{name} proposed by the {rated.source}"
    return f"{rated.at:%-d %b %Y}: {title}{name} agreed, {how.get(rated.source, rated.source)}"


def _asked(request: DateRequest) -> str:
    why = f" because {request.reason}" if request.reason else ""
    return f"{request.asked_at:%-d %b %Y}: asked to move {wording.due(request.was)} to {wording.due(request.wanted)}{why}"


def _printed(request: DateRequest) -> str:
    moved = f"moved from {wording.due(request.was)} to {wording.due(request.wanted)}"
    return f"{request.asked_at:%-d %b %Y}: {moved}, as the plan document printed it"


def _decided(
    decision: Decision, view: ActionView, plan: Plan, where: Callable[[int | None], str], store: Store
) -> str:
    words = f"{decision.at:%-d %b %Y}: {sentence(decision, view, plan, store)}, {where(decision.meeting_id)}"
    return words + (" (recommended, not quorate)" if decision.recommended else "")
