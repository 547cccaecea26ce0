"""The digests: every week what moved, and before each assurance meeting what it must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from handlers import calendar, wording
from handlers.dates import slip_days
from handlers.grammar import Call
from handlers.messages import (
    Asker,
    Bold,
    Details,
    Heading,
    Link,
    Message,
    Part,
    Span,
    Spans,
    Table,
    Text,
    say,
    spans,
)
from handlers.request import Request
from handlers.status import counts_line, standing_line
from handlers.visibility import seen_at
from storage.model.document import DateKind
from storage.model.plan import ActionView, Plan, State, Theme
from storage.model.record import Meeting, Update, Visibility
from storage.store import Store

__all__ = ["before_meeting", "digest", "movements", "ratings_at", "weekly"]

_WEEK = timedelta(days=7)
_AHEAD = timedelta(days=14)


def digest(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``digest [week | meeting]``: as it would be posted now."""
    assert plan is not None
    store = seen_at(Visibility.PUBLIC, store)
    meeting = calendar.next_meeting(store.governance.meetings(plan.id), request.today)
    wants_week = call.tail.casefold().startswith("week")
    if meeting is None or wants_week:
        parts = weekly(plan, store, request.now, request.today)
    else:
        parts = before_meeting(plan, meeting, store, request.now, request.today)
    return [Message(Asker(everyone=call.here), tuple(parts))]


def weekly(plan: Plan, store: Store, now: datetime, today: date, theme: Theme | None = None) -> list[Part]:
    """What moved in the last seven days, what is due in the next fourteen; three lines when nothing did."""
    views = store.plans.views(plan.id, theme_ids=[theme.id] if theme else None)
    inside = {view.action.id: view for view in views}
    said = [one for one in store.updates.of_plan(plan.id, since=now - _WEEK) if one.action_id in inside]
    lines = [_update_line(one, inside[one.action_id]) for one in said if one.visibility is Visibility.PUBLIC]
    due = [view for view in views if _due_between(view, today, today + _AHEAD)]
    what = theme.name if theme else wording.plan_name(plan)
    parts: list[Part] = [
        Heading(f"{what}: the week to {wording.moment(today, today)}"),
        say("Owners' words, not yet reviewed by a meeting.", quiet=True),
    ]
    if not lines and not due:
        return [*parts, say(f"Nothing moved. {counts_line(views, plan)}")]
    parts.append(say(f"{wording.count(len(said), 'update')}. {counts_line(views, plan)}"))
    standing = standing_line(views, today)
    if standing:
        parts.append(say(standing, quiet=True))
    parts += [Text(line) for line in lines[:20]]
    if len(lines) > 20:
        parts.append(Details(f"{len(lines) - 20} more updates", tuple(Text(line) for line in lines[20:])))
    if due:
        parts.append(_due_table(due))
    return parts


def _due_between(view: ActionView, first: date, last: date) -> bool:
    return (
        view.state is State.OPEN
        and view.due.kind is DateKind.DUE
        and view.due.end is not None
        and first <= view.due.end <= last
    )


def _due_table(views: Sequence[ActionView]) -> Table:
    rows = tuple((spans(view.name), spans(view.action.title), spans(wording.due(view.due))) for view in views)
    return Table(("Ref", "Action", "Due"), rows, title="Due in the next two weeks")


def _update_line(update: Update, view: ActionView) -> Spans:
    pieces: list[Span | str] = [
        Bold(view.name),
        f" {wording.line(view, update.reading.summary or update.text or '')} ({update.author}",
    ]
    if update.link:
        pieces += [", ", Link(f"{update.at:%-d %b}", update.link), ")"]
    else:
        pieces.append(f", {update.at:%-d %b})")
    return spans(*pieces)


def before_meeting(plan: Plan, meeting: Meeting, store: Store, now: datetime, today: date) -> list[Part]:
    """Counts with their movement, exceptions, what is asked of the meeting, silence as a number."""
    views = store.plans.views(plan.id)
    previous = calendar.last_held(store.governance.meetings(plan.id), today)
    then = ratings_at(plan, previous, store)
    when = wording.moment(meeting.day, today) if meeting.day else "to be confirmed"
    parts: list[Part] = [
        Heading(f"{wording.plan_name(plan)}: {meeting.forum}, {when}"),
        say(f"{counts_line(views, plan)} Ratings as agreed by a meeting or printed in the plan."),
    ]
    standing = standing_line(views, today)
    if standing:
        parts.append(say(standing, quiet=True))
    parts.append(_by_theme(views, plan, store))
    parts += _exceptions(views, plan, then, today)
    parts += _asked_of(views, plan)
    parts += _silence(plan, meeting, views, store)
    return parts


def ratings_at(plan: Plan, previous: Meeting | None, store: Store) -> Mapping[int, Mapping[str, str]]:
    """action id -> scale -> label as agreed when that meeting was over; empty where there was none."""
    if previous is None or previous.day is None:
        return {}
    zone = calendar.zone_of(plan)
    return store.governance.agreed_as_at(plan.id, calendar.end_of(previous.day, zone))


def movements(
    views: Sequence[ActionView], plan: Plan, then: Mapping[int, Mapping[str, str]]
) -> list[tuple[ActionView, str, str]]:
    """(action, rating at the last meeting, rating now) where both are known and differ: none is invented."""
    scale = plan.scale()
    if scale is None:
        return []
    found = []
    for view in views:
        was, now = then.get(view.action.id, {}).get(scale.name), view.agreed.get(scale.name)
        if was and now and was != now.label:
            found.append((view, scale.short(was), scale.short(now.label)))
    return found


def _by_theme(views: Sequence[ActionView], plan: Plan, store: Store) -> Table:
    scale = plan.scale()
    labels = [rating.label for rating in scale.ratings] if scale else []
    rows: list[tuple[Spans, ...]] = []
    for theme in store.plans.themes(plan.id):
        of_theme = [view for view in views if view.theme and view.theme.id == theme.id]
        if not of_theme:
            continue
        rated = [view.agreed[scale.name].label for view in of_theme if scale and scale.name in view.agreed]
        counts = [spans(str(rated.count(label)) if rated.count(label) else "–") for label in labels]
        none = len(of_theme) - len(rated)
        rows.append((spans(theme.name.removeprefix("Theme ")), *counts, spans(str(none) if none else "–")))
    names = [rating.short for rating in scale.ratings] if scale else []
    return Table(("Theme", *names, "Not yet rated"), tuple(rows))


def _exceptions(
    views: Sequence[ActionView], plan: Plan, then: Mapping[int, Mapping[str, str]], today: date
) -> list[Part]:
    lines = [
        spans(Bold(view.name), f" {view.action.title}: {was} → {now}")
        for view, was, now in movements(views, plan, then)
    ]
    lines += [
        spans(
            Bold(view.name),
            f" {view.action.title}: {wording.state(view, today)}, due {wording.due(view.due)}",
        )
        for view in _musts_first(views)
        if view.overdue(today)
    ]
    lines += [
        spans(
            Bold(view.name),
            f" {view.action.title}: slipped {days:+d} days, {wording.due(view.action.baseline)} to {wording.due(view.due)}",
        )
        for view in _musts_first(views)
        if (days := slip_days(view.action.baseline, view.due)) and view.slips
    ]
    return [say(Bold("Exceptions")), *(Text(line) for line in lines)] if lines else []


def _musts_first(views: Sequence[ActionView]) -> list[ActionView]:
    return sorted(views, key=lambda view: view.action.strength != "must")


def _asked_of(views: Sequence[ActionView], plan: Plan) -> list[Part]:
    lines: list[Spans] = []
    for view in views:
        if view.requested is not None:
            lines.append(
                spans(Bold(view.name), f" move {wording.due(view.due)} to {wording.due(view.requested)}")
            )
        lines += [
            spans(Bold(view.name), " ", *wording.rating(plan, view, scale.name))
            for scale in plan.scales
            if scale.name in view.proposed
        ]
        if view.state is State.CLAIMED:
            lines.append(spans(Bold(view.name), " claimed complete: assure?"))
    return [say(Bold("Asked of the meeting")), *(Text(line) for line in lines)] if lines else []


def _silence(plan: Plan, meeting: Meeting, views: Sequence[ActionView], store: Store) -> list[Part]:
    said = {one.action_id for one in store.updates.of_plan(plan.id, meeting_id=meeting.id)}
    asked = {
        action_id
        for prompt in store.updates.prompts_of(plan.id, meeting.id)
        for action_id in prompt.action_ids
    }
    silent = [view for view in views if view.action.id in asked - said and view.state is State.OPEN]
    return (
        [say(f"{wording.count(len(silent), 'action')} asked about had no update for this meeting.")]
        if silent
        else []
    )
