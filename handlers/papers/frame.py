"""What every part of a pack looks at: the record as at the cut-off, as its reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers import wording
from handlers.assurance.movements import ratings_at
from handlers.cycle import calendar
from handlers.documents.pack import Sourced
from handlers.papers.boardlines import board_line
from handlers.privacy.visibility import held, seen_at
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Meeting, Update, UpdateKind, Visibility
from storage.store import Store

__all__ = ["Frame", "frame_of", "line", "sourced"]


@dataclass(frozen=True, slots=True)
class Frame:
    """``said`` are the updates on these actions, oldest first; ``latest`` the newest before the cut-off."""

    plan: Plan
    meeting: Meeting
    store: Store
    views: Sequence[ActionView]
    said: Sequence[Update]
    latest: Mapping[int, Update]
    then: Mapping[int, Mapping[str, str]]  # ratings agreed by the last meeting
    previous: Meeting | None
    today: date
    last: date  # the day of the cut-off
    cutoff: datetime
    private: bool
    columns: Mapping[str, str]  # header of the plan document -> field

    @property
    def before(self) -> list[Update]:
        return [one for one in self.said if one.at < self.cutoff]


def frame_of(
    plan: Plan, meeting: Meeting, store: Store, now: datetime, *, forum: str = "", private: bool = False
) -> Frame:
    """Raises UsageError where neither an action nor the calendar names the ``forum``."""
    store = seen_at(Visibility.RESTRICTED if private else Visibility.COMMITTEE, store)
    zone = calendar.zone_of(plan)
    last = calendar.cutoff(meeting, plan.settings) or now.date()
    cutoff = calendar.end_of(last, zone)
    every = store.plans.views(plan.id)
    views = [view for view in every if _is_for(view, forum)]
    if forum and not views and _in_calendar(forum, store.governance.meetings(plan.id)):
        views = every  # the plan says not what goes to whom: this forum gets the whole of it
    if forum and not views:
        raise UsageError(f"No action of {plan.slug} names the forum “{forum[:60]}”.")
    ids = {view.action.id for view in views}
    said = [one for one in store.updates.of_plan(plan.id) if one.action_id in ids]
    latest = {one.action_id: one for one in said if one.at < cutoff and one.kind is not UpdateKind.WITHDRAWAL}
    today = now.astimezone(zone).date()
    previous = calendar.last_held(store.governance.meetings(plan.id), meeting.day or today)
    claimed = {one.action_id: one.claimed_at for one in store.governance.claims(plan.id) if one.claimed_by_id}
    views = [_as_at(view, cutoff, claimed.get(view.action.id), latest.get(view.action.id)) for view in views]
    then = ratings_at(plan, previous, store)
    document = store.plans.document(plan.id)
    columns = document.columns if document else {}
    return Frame(
        plan, meeting, store, views, said, latest, then, previous, today, last, cutoff, private, columns
    )


def _is_for(view: ActionView, forum: str) -> bool:
    return not forum or forum.casefold() in (view.action.committee or "").casefold()


def _in_calendar(forum: str, meetings: Sequence[Meeting]) -> bool:
    return forum.casefold() in {one.forum.casefold() for one in meetings}


def _as_at(view: ActionView, cutoff: datetime, claimed: datetime | None, update: Update | None) -> ActionView:
    """Without what was proposed, asked for or claimed after the cut-off: that waits for the next meeting."""
    asked_late = view.requested_at is not None and view.requested_at >= cutoff
    claimed_late = view.state is State.CLAIMED and claimed is not None and claimed >= cutoff
    return replace(
        view,
        proposed={name: rated for name, rated in view.proposed.items() if rated.at < cutoff},
        requested=None if asked_late else view.requested,
        requested_at=None if asked_late else view.requested_at,
        state=State.OPEN if claimed_late else view.state,
        last_line=(update.reading.summary or update.text) if update else None,
        last_update_id=update.id if update else None,
        last_at=update.at if update else None,
    )


def line(view: ActionView, frame: Frame) -> Sourced:
    """The board line with its source: the office's words, else the owner's; words that are held are not shown."""
    update = frame.latest.get(view.action.id)
    if update is not None and held(update):
        return Sourced(view.name, update.text or "")
    words = board_line(frame.plan, view.action.id)
    if words:
        return Sourced(view.name, words, "the programme office's words")
    if update is None:
        return _printed(view, frame)
    said = wording.with_caveats(
        wording.line(view, update.reading.summary or update.text or "(erased)"), update.reading
    )
    return Sourced(view.name, said, f"{update.author}, {update.at:%-d %B %Y}", update.link)


def _printed(view: ActionView, frame: Frame) -> Sourced:
    """The plan document's own progress text, where nobody has said more."""
    if not view.action.progress:
        return Sourced(view.name, "no update")
    from nlp.reading import read

    day = frame.plan.as_of or frame.today
    return Sourced(view.name, read(view.action.progress, day).summary, "the plan document")


def sourced(update: Update, frame: Frame, *, short: bool = False) -> Sourced:
    """An update with who said it and when; ``short`` for its line alone."""
    name = next((view.name for view in frame.views if view.action.id == update.action_id), "?")
    text = (update.reading.summary if short else update.text) or update.text or "(erased)"
    at = update.at.astimezone(calendar.zone_of(frame.plan))
    return Sourced(name, text, f"{update.author}, {at:%-d %B %Y %H:%M}", update.link)
