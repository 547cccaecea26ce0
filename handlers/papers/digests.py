"""``digest``, and the weekly one: what moved, what is due, what slipped and what was claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from handlers import wording
from handlers.assurance.dates import slip_days
from handlers.cycle import calendar
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
from handlers.papers import meetingdigest
from handlers.papers.paragraphs import disagreements, repeats
from handlers.privacy.visibility import seen_at
from handlers.questions.status import counts_line, standing_line
from handlers.request import Request
from storage.model.document import DateKind
from storage.model.plan import ActionView, Plan, State, Theme
from storage.model.record import DateRequest, Update, UpdateKind, Visibility
from storage.store import Store

__all__ = ["digest", "weekly"]

_WEEK = timedelta(days=7)
_AHEAD = timedelta(days=14)
_LINES_SHOWN = 20


def digest(request: Request, call: Call, plan: Plan | None, store: Store) -> list[Message]:
    """``digest [week | meeting]``: as it would be posted now."""
    assert plan is not None
    store = seen_at(Visibility.PUBLIC, store)
    meeting = calendar.next_meeting(store.governance.meetings(plan.id), request.today)
    wants_week = call.tail.casefold().startswith("week")
    if meeting is None or wants_week:
        parts = weekly(plan, store, request.now, request.today)
    else:
        parts = meetingdigest.before_meeting(plan, meeting, store, request.today)
    return [Message(Asker(everyone=call.here), tuple(parts))]


def weekly(plan: Plan, store: Store, now: datetime, today: date, theme: Theme | None = None) -> list[Part]:
    """The last seven days and the next fourteen; three lines when nothing moved."""
    views = store.plans.views(plan.id, theme_ids=[theme.id] if theme else None)
    inside = {view.action.id: view for view in views}
    newest = {
        one.action_id: one
        for one in store.updates.of_plan(plan.id, since=now - _WEEK)
        if one.action_id in inside
        and one.visibility is Visibility.PUBLIC
        and one.text is not None  # erased
        and one.kind is not UpdateKind.WITHDRAWAL
    }
    told = [(inside[number], one) for number, one in newest.items() if one.kind is not UpdateKind.NO_CHANGE]
    moved = [(view, one) for view, one in told if not _says_it_again(view, one, store)]
    slipped = _slipped(plan, store, inside.keys(), now - _WEEK)
    claimed = [
        inside[one.action_id]
        for one in store.governance.claims(plan.id)
        if one.action_id in inside and one.claimed_at >= now - _WEEK
    ]
    due = [view for view in views if _due_between(view, today, today + _AHEAD)]
    what = theme.name if theme else wording.plan_name(plan)
    parts: list[Part] = [
        Heading(f"{what}: the week to {wording.moment(today, today)}"),
        say("Owners' words, not yet reviewed by a meeting.", quiet=True),
    ]
    if not (moved or slipped or claimed):
        again = f" {wording.count(len(told), 'action')} said what was said before." if told else ""
        same = len(newest) - len(told)
        quiet = (f" {wording.count(same, 'action')} said “no change”." if same else "") + again
        soon = f" Due in the next two weeks: {wording.listing([view.name for view in due])}." if due else ""
        return [*parts, say(f"Nothing moved.{quiet}{soon} {counts_line(views, plan)}")]
    same, repeated = len(newest) - len(told), len(told) - len(moved)
    unchanged = f", {same} said “no change”" if same else ""
    unchanged += f", {repeated} said what was said before" if repeated else ""
    parts.append(say(f"{wording.count(len(moved), 'action')} moved{unchanged}. {counts_line(views, plan)}"))
    standing = standing_line(views, today)
    if standing:
        parts.append(say(standing, quiet=True))
    parts += _lines([_moved_line(view, one, store) for view, one in _in_order(moved, views)])
    parts += [say(words) for words in disagreements([one for _, one in moved], inside)[:3]]
    parts += _titled("Slipped", [_slipped_line(inside[one.action_id], one) for one in slipped])
    parts += _titled(
        "Claimed complete", [spans(Bold(view.name), f" {view.action.title}") for view in claimed]
    )
    return [*parts, *([_due_table(due)] if due else [])]


def _says_it_again(view: ActionView, one: Update, store: Store) -> bool:
    """Held against the standing update before it, of whatever week."""
    earlier = [
        other
        for other in store.updates.of_action(view.action.id, limit=5)
        if other.standing and other.at < one.at and other.kind is not UpdateKind.NO_CHANGE
    ]
    return repeats(view, one, max(earlier, key=lambda other: other.at, default=None))


def _in_order(
    moved: Sequence[tuple[ActionView, Update]], views: Sequence[ActionView]
) -> list[tuple[ActionView, Update]]:
    place = {view.action.id: number for number, view in enumerate(views)}
    return sorted(moved, key=lambda pair: place[pair[0].action.id])


def _lines(lines: Sequence[Spans]) -> list[Part]:
    parts: list[Part] = [Text(line) for line in lines[:_LINES_SHOWN]]
    if len(lines) > _LINES_SHOWN:
        rest = tuple(Text(line) for line in lines[_LINES_SHOWN:])
        parts.append(Details(f"{len(rest)} more", rest))
    return parts


def _titled(title: str, lines: Sequence[Spans]) -> list[Part]:
    return [say(Bold(title)), *_lines(lines)] if lines else []


def _slipped(plan: Plan, store: Store, inside: Iterable[int], since: datetime) -> list[DateRequest]:
    """What was asked to move later, or agreed to, since then; the newest of each action."""
    wanted = set(inside)
    found = {
        one.action_id: one
        for one in store.governance.date_requests(plan.id)
        if one.action_id in wanted
        and one.outcome in {None, "agreed"}
        and max(one.asked_at, one.decided_at or one.asked_at) >= since
        and (slip_days(one.was, one.wanted) or 0) > 0
    }
    return list(found.values())


def _slipped_line(view: ActionView, one: DateRequest) -> Spans:
    days = slip_days(view.action.baseline, one.wanted)
    far = f", {days:+d} days from the baseline" if days else ""
    how = "agreed" if one.outcome == "agreed" else "asked, not agreed"
    return spans(
        Bold(view.name),
        f" {view.action.title}: {wording.due(one.was)} to {wording.due(one.wanted)} ({how}{far})",
    )


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


def _moved_line(view: ActionView, update: Update, store: Store) -> Spans:
    """The words, with the caveat that a figure of theirs has."""
    words = wording.with_caveats(
        wording.line(view, update.reading.summary or update.text or ""), update.reading
    )
    pieces: list[Span | str] = [Bold(view.name), f" {words} ({wording.said_by(update, store)}"]
    if update.link:
        pieces += [", ", Link(f"{update.at:%-d %b}", update.link), ")"]
    else:
        pieces.append(f", {update.at:%-d %b})")
    return spans(*pieces)
