"""The digest before an assurance meeting: what it must know, in the order in which it asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from handlers import wording
from handlers.assurance import challenges
from handlers.assurance.dates import slip_days
from handlers.assurance.movements import movements, ratings_at
from handlers.cycle import calendar
from handlers.cycle.answers import silent, silent_actions
from handlers.documents.charts import Counts
from handlers.meetings.lines import Line, asked, open_lines
from handlers.messages import Bold, Chart, Details, Heading, Part, Span, Spans, Table, Text, say, spans
from handlers.questions.status import counts_line, standing_line
from handlers.wording import with_caveats
from storage.model.plan import ActionView, Plan, State
from storage.model.reading import Status
from storage.model.record import Meeting, Update, Visibility
from storage.store import Store

__all__ = ["before_meeting", "chart", "silent_by_name"]

_LINES_SHOWN = 15


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every part of the digest looks at. ``then``: the ratings agreed by the last meeting."""

    plan: Plan
    meeting: Meeting
    store: Store
    today: date
    views: Sequence[ActionView]
    then: Mapping[int, Mapping[str, str]]
    previous: Meeting | None


def before_meeting(plan: Plan, meeting: Meeting, store: Store, today: date) -> list[Part]:
    """Counts with movement, exceptions, what is done, what is asked, silence as a number, what came late."""
    frame = _frame(plan, meeting, store, today)
    when = wording.moment(meeting.day, today) if meeting.day else "to be confirmed"
    parts: list[Part] = [
        Heading(f"{wording.plan_name(plan)}: {meeting.forum}, {when}"),
        say(f"{counts_line(frame.views, plan)} Ratings as agreed by a meeting or printed in the plan."),
    ]
    standing = standing_line(frame.views, today)
    if standing:
        parts.append(say(standing, quiet=True))
    parts += _moved(frame)
    parts.append(_by_theme(frame))
    for section in (_exceptions, _done, _asked_of, _silence, _late):
        parts += section(frame)
    return parts


def _frame(plan: Plan, meeting: Meeting, store: Store, today: date) -> _Frame:
    previous = calendar.last_held(store.governance.meetings(plan.id), meeting.day or today)
    views = sorted(store.plans.views(plan.id), key=lambda view: view.action.strength != "must")
    return _Frame(plan, meeting, store, today, views, ratings_at(plan, previous, store), previous)


def _moved(frame: _Frame) -> list[Part]:
    """Every movement in a line; "no movement" only where there was something to move from."""
    moved = movements(frame.views, frame.plan, frame.then)
    if not frame.then or frame.previous is None or frame.previous.day is None:
        return []
    since = f"Since {wording.moment(frame.previous.day, frame.today)}"
    if not moved:
        return [say(f"{since} no agreed rating moved.", quiet=True)]
    counts = Counter((was, now) for _, was, now in moved)
    words = ", ".join(f"{number} {was} → {now}" for (was, now), number in counts.items())
    return [say(Bold(f"{since}: "), f"{words}.")]


def _by_theme(frame: _Frame) -> Table:
    """Counts by theme, each with its change since the last meeting where that is known."""
    scale = frame.plan.scale()
    labels = [rating.label for rating in scale.ratings] if scale else []
    rows: list[tuple[Spans, ...]] = []
    for name, views in _themes(frame).items():
        now, then = _counts(views, frame), _counts_then(views, frame)
        cells = [_cell(now[label], then[label] if then is not None else None) for label in labels]
        none = now[None]
        rows.append((spans(name), *cells, spans(str(none) if none else "–")))
    names = [rating.short for rating in scale.ratings] if scale else []
    return Table(("Theme", *names, "Not yet rated"), tuple(rows))


def _themes(frame: _Frame) -> dict[str, list[ActionView]]:
    """Theme -> its own actions, in the plan's order; actions without a theme last."""
    found: dict[str, list[ActionView]] = {
        theme.name.removeprefix("Theme "): [] for theme in frame.store.plans.themes(frame.plan.id)
    }
    for view in frame.views:
        name = view.theme.name.removeprefix("Theme ") if view.theme else "No theme"
        found.setdefault(name, []).append(view)
    return {name: views for name, views in found.items() if views}


def _counts(views: Sequence[ActionView], frame: _Frame) -> Counter[str | None]:
    scale = frame.plan.scale()
    return Counter(
        rated.label if scale and (rated := view.agreed.get(scale.name)) else None for view in views
    )


def _counts_then(views: Sequence[ActionView], frame: _Frame) -> Counter[str] | None:
    """None where an action that is rated now had no rating then: its coming would look like a movement."""
    scale = frame.plan.scale()
    if scale is None or not frame.then:
        return None
    rated = [view for view in views if scale.name in view.agreed]
    was = [frame.then.get(view.action.id, {}).get(scale.name) for view in rated]
    return None if None in was else Counter(label for label in was if label)


def _cell(now: int, then: int | None) -> Spans:
    change = f" ({now - then:+d})" if then is not None and now != then else ""
    return spans(f"{now}{change}" if now or change else "–")


def _exceptions(frame: _Frame) -> list[Part]:
    """Red, newly amber, slipped, overdue and challenged: one line an action, musts first."""
    scale = frame.plan.scale()
    newly = {
        view.action.id: f"newly {now}, was {was}"
        for view, was, now in movements(frame.views, frame.plan, frame.then)
        if _status(view, frame) in {Status.AT_RISK, Status.OFF_TRACK}
    }
    live = [view for view in frame.views if view.state not in {State.CLOSED, State.UNDELIVERED}]
    challenged = _challenged(live, frame)
    lines = []
    for view in live:
        why: list[str] = []
        if view.action.id in newly:
            why.append(newly[view.action.id])
        elif scale and _status(view, frame) is Status.OFF_TRACK:
            why.append(wording.label(scale, view.agreed[scale.name]))
        if view.overdue(frame.today):
            why.append(f"{wording.state(view, frame.today)}, due {wording.due(view.due)}")
        days = slip_days(view.action.baseline, view.due)
        if days and view.slips:
            why.append(
                f"slipped {days:+d} days, {wording.due(view.action.baseline)} to {wording.due(view.due)}"
            )
        why += challenged.get(view.action.id, [])[:1]
        if why:
            lines.append(_line(view, "; ".join(why)))
    return _titled("Exceptions", lines)


def _status(view: ActionView, frame: _Frame) -> Status | None:
    scale = frame.plan.scale()
    rated = view.agreed.get(scale.name) if scale else None
    rating = scale.find(rated.label) if scale and rated else None
    return rating.status if rating else None


def _challenged(views: Sequence[ActionView], frame: _Frame) -> dict[int, list[str]]:
    """What text and record disagree about; that an action is overdue or silent is said already."""
    said = [view for view in views if view.last_update_id]
    found: dict[int, list[str]] = {}
    for view, one in challenges.of_plan(frame.plan, said, frame.store, frame.today):
        if one.material and one.rule not in {"overdue", "silent"}:
            found.setdefault(view.action.id, []).append(f"challenged: {one.words}")
    return found


def _line(view: ActionView, words: str) -> Spans:
    must = " (must)" if view.action.strength == "must" else ""
    return spans(Bold(view.name), f" {view.action.title}{must}: {words}")


def _titled(title: str, lines: Sequence[Spans]) -> list[Part]:
    if not lines:
        return []
    parts: list[Part] = [say(Bold(title)), *(Text(line) for line in lines[:_LINES_SHOWN])]
    if len(lines) > _LINES_SHOWN:
        rest = tuple(Text(line) for line in lines[_LINES_SHOWN:])
        parts.append(Details(f"{len(rest)} more", rest))
    return parts


def _done(frame: _Frame) -> list[Part]:
    """Completed, being assured, and assured since the last meeting, each with its last words."""
    groups: tuple[tuple[str, Callable[[ActionView], bool]], ...] = (
        ("Claimed complete", lambda view: view.state is State.CLAIMED),
        ("Being assured", lambda view: view.state is State.ASSURING),
        ("Assured since the last meeting", lambda view: view.action.id in closed),
    )
    closed = _closed_since(frame)
    parts: list[Part] = []
    for title, belongs in groups:
        parts += _titled(title, [_done_line(view, frame) for view in frame.views if belongs(view)])
    return parts


def _closed_since(frame: _Frame) -> set[int]:
    """Closed by a decision of the last meeting, or since."""
    if frame.previous is None:
        return set()
    decided = frame.store.governance.decisions(frame.plan.id, meeting_id=frame.previous.id)
    about = {one.action_id for one in decided if one.subject in {"claim", "assurance", "state", "rating"}}
    return {view.action.id for view in frame.views if view.state is State.CLOSED and view.action.id in about}


def _done_line(view: ActionView, frame: _Frame) -> Spans:
    note = f" ({view.state_note})" if view.state_note else ""
    pieces: list[Span | str] = [Bold(view.name), f" {view.action.title}{note}"]
    update = frame.store.updates.get(view.last_update_id) if view.last_update_id else None
    if update is not None and update.text and update.visibility is Visibility.PUBLIC:
        pieces.append(f": {_words(view, update)}")
    return spans(*pieces)


def _words(view: ActionView, update: Update) -> str:
    words = wording.line(view, update.reading.summary or update.text or "")
    return with_caveats(words, update.reading)


def _asked_of(frame: _Frame) -> list[Part]:
    lines: list[Spans] = []
    for view in frame.views:
        for line in open_lines(view):
            lines.append(spans(Bold(view.name), f" {_question(line, view, frame.plan)}"))
    return _titled("Asked of the meeting", lines)


def _question(line: Line, view: ActionView, plan: Plan) -> str:
    """As the meeting's sheet words it; a date with its distance from the baseline."""
    days = slip_days(view.action.baseline, line.due) if line.due and not line.label else None
    return asked(line, view, plan) + (f" ({days:+d} days from the baseline)" if days else "")


def _silence(frame: _Frame) -> list[Part]:
    quiet = silent_actions(frame.store, frame.plan, frame.meeting)
    if not quiet:
        return []
    return [say(f"{wording.count(len(quiet), 'action')} asked about had no update for this meeting.")]


def silent_by_name(plan: Plan, meeting: Meeting, store: Store) -> list[Part]:
    """For the programme office alone: who has not answered, and for what."""
    lines = []
    for person_id, views in silent(store, plan, meeting).items():
        person = store.people.get(person_id)
        names = wording.listing([view.name for view in views], 30)
        lines.append(spans(Bold(person.name if person else "?"), f": {names}"))
    return _titled(f"No answer for the {meeting.forum}", lines)


def _late(frame: _Frame) -> list[Part]:
    """What was said since the cut-off: it counts for the next meeting, and is no secret at this one."""
    last = calendar.cutoff(frame.meeting, frame.plan.settings)
    if last is None:
        return []
    since = calendar.end_of(last, calendar.zone_of(frame.plan))
    views = {view.action.id: view for view in frame.views}
    said = {
        one.action_id: one
        for one in frame.store.updates.of_plan(frame.plan.id, since=since)
        if one.visibility is Visibility.PUBLIC and one.text
    }
    lines = [
        spans(
            Bold(views[number].name),
            f" {_words(views[number], one)} ({wording.said_by(one, frame.store)}, {one.at:%-d %b})",
        )
        for number, one in said.items()
        if number in views
    ]
    return _titled("Since the cut-off", lines)


def chart(plan: Plan, meeting: Meeting, store: Store) -> Callable[[], Chart] | None:
    """What draws the ratings by theme, beside those of the last meeting; None where nothing is rated."""
    scale = plan.scale()
    frame = _frame(plan, meeting, store, meeting.day or date.min)
    if scale is None or not any(view.agreed.get(scale.name) for view in frame.views):
        return None
    now = [(name, _shown(_counts(views, frame), plan)) for name, views in _themes(frame).items()]
    before = {name: _counts_then(views, frame) for name, views in _themes(frame).items()}
    known = [(name, _shown(counts, plan)) for name, counts in before.items() if counts is not None]
    colours = {rating.short: rating.colour for rating in scale.ratings}
    return partial(_drawn, now, colours, known if len(known) == len(now) else None)


def _drawn(now: Counts, colours: Mapping[str, str | None], before: Counts | None) -> Chart:
    from handlers.documents.charts import ratings_chart  # brings what draws, which takes a second

    drawn = ratings_chart(now, colours, before)
    return Chart(drawn.data, drawn.alt, "Ratings by theme")


def _shown(counts: Mapping[str, int] | Mapping[str | None, int], plan: Plan) -> dict[str, int]:
    scale = plan.scale()
    found: Counter[str] = Counter()
    for label, number in counts.items():
        found[(scale.short(label) if scale else label) if label else "Not yet rated"] += number
    return dict(found)
