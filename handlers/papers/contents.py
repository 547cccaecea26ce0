"""Everything that a pack prints, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers import wording
from handlers.assurance.figures import Series, amount, series_of
from handlers.cycle import calendar
from handlers.documents.charts import Counts, Png, measure_chart, ratings_chart, slippage_chart
from handlers.documents.pack import Figure, Pack, ThemeTable
from handlers.documents.view import Entry
from handlers.meetings.changes import reconciliation
from handlers.meetings.lines import open_lines
from handlers.papers.columns import columns_of, printed, row_of
from handlers.papers.exceptions import asked_words, exceptions, rated
from handlers.papers.frame import Frame, frame_of, line, sourced
from handlers.papers.paragraphs import Paragraph, paragraph
from handlers.papers.silence import silent_organisations
from handlers.privacy.visibility import held
from storage.model.plan import ActionView, Plan, State
from storage.model.record import Meeting
from storage.store import Store

__all__ = ["DEPTHS", "contents"]

DEPTHS = ("summary", "exceptions", "full")  # how much of it a forum gets
_QUARTER = timedelta(days=92)
_CHART_FROM = 3  # figures; two are said in the table
_MOST_CHARTS = 6


def contents(
    plan: Plan,
    meeting: Meeting,
    stage: str,
    store: Store,
    now: datetime,
    *,
    forum: str = "",
    private: bool = False,
    depth: str = "full",
) -> Pack:
    """What a pack prints. ``forum`` cuts it to that forum's actions, ``depth`` is one of ``DEPTHS``.

    ``private`` adds what is held for the private session, and every update word for word.
    """
    frame = frame_of(plan, meeting, store, now, forum=forum, private=private)
    scale = plan.scale()
    colours = {rating.short: rating.colour for rating in scale.ratings} if scale else {}
    counts, before = _counts(frame), _counts_then(frame)
    columns = columns_of(frame)
    shown = [one for one in frame.said if not held(one)]
    series = _series(frame)
    full, deep = depth == "full", depth != "summary"
    return Pack(
        title=plan.title or wording.plan_name(plan),
        forum=forum or meeting.forum,
        meeting=f"{meeting.day:%-d %B %Y}" if meeting.day else "to be confirmed",
        cutoff=f"{frame.last:%-d %B %Y}",
        stage=stage,
        private=private,
        chain=store.audit.head(),
        key=_key(plan),
        numbers=_numbers(frame),
        summary=_told(frame, frame.views, most=0),
        asked=_asked(frame),
        musts=_musts(frame),
        counts=counts,
        labels=colours,
        charts=_charts(frame, counts, before, colours),
        milestones=_milestones(frame),
        figures=[figure for _, one in series if (figure := _figure(*one))],
        figure_charts=_figure_charts([one for _, one in series]),
        exceptions=exceptions(frame) if deep else (),
        headers=[header for header, _ in columns],
        printed=printed(columns),
        themes=_themes(frame, columns) if full else (),
        reconciliation=reconciliation(plan, store.plans.views(plan.id), store, meeting),
        silent=[(name, [view.name for view in views]) for name, views in silent_organisations(frame)],
        since=[sourced(one, frame) for one in shown if one.at >= frame.cutoff],
        sources=[sourced(one, frame, short=True) for one in frame.latest.values() if not held(one)],
        verbatim=[sourced(one, frame) for one in frame.before] if private else [],
    )


def _key(plan: Plan) -> list[tuple[Entry, str]]:
    """The plan's own ratings, and what each stands for in its words."""
    from handlers.documents.colours import fill_of

    scale = plan.scale()
    return [
        (Entry(rating.short, fill_of(rating.colour)), rating.label if rating.label != rating.short else "")
        for rating in (scale.ratings if scale else ())
    ]


def _numbers(frame: Frame) -> list[tuple[str, str]]:
    """What the summary shows large."""
    views = frame.views
    answered = sum(view.action.id in frame.latest for view in views)
    return [
        (str(len(views)), "actions"),
        (str(sum(view.overdue(frame.today) for view in views)), "overdue"),
        (str(sum(view.state is State.CLAIMED for view in views)), "claimed, not yet assured"),
        (str(sum(view.requested is not None for view in views)), "asking for another date"),
        (str(sum(bool(open_lines(view)) for view in views)), "with a decision asked"),
        (f"{answered} of {len(views)}", "have an update"),
    ]


def _told(frame: Frame, views: Sequence[ActionView], most: int = 2) -> Paragraph:
    previous = frame.previous.day if frame.previous else None
    since = calendar.end_of(previous, calendar.zone_of(frame.plan)) if previous else None
    return paragraph(frame.plan, views, frame.before, frame.today, frame.then, since, most)


def _asked(frame: Frame) -> list[list[Entry]]:
    """Ref, action, rating and what the meeting is asked: musts first."""
    asking = [view for view in frame.views if open_lines(view)]
    asking.sort(key=lambda view: view.action.strength != "must")
    return [
        [_name(view), Entry(view.action.title), rated(view, frame), Entry(asked_words(view, frame).partition(": ")[2])]
        for view in asking
    ]  # fmt: skip


def _musts(frame: Frame) -> list[list[Entry]]:
    musts = [view for view in frame.views if view.action.strength == "must" and view.state is State.OPEN]
    return [
        [Entry(view.name), Entry(view.action.title), rated(view, frame), Entry(wording.due(view.due)), _line(view, frame)]
        for view in musts
    ]  # fmt: skip


def _name(view: ActionView) -> Entry:
    return Entry(f"{view.name} (must)" if view.action.strength == "must" else view.name)


def _line(view: ActionView, frame: Frame) -> Entry:
    told = line(view, frame)
    return Entry(f"{told.text} ({told.source})" if told.source else told.text)


# ratings


def _counts(frame: Frame) -> Counts:
    scale = frame.plan.scale()
    labels = {view.action.id: wording.label(scale, view.agreed.get(scale.name)) for view in frame.views} if scale else {}  # fmt: skip
    return _by_theme(frame, labels)


def _counts_then(frame: Frame) -> Counts | None:
    """None where an action that is rated now had no rating then: its coming would look like a movement."""
    scale = frame.plan.scale()
    if scale is None or not frame.then:
        return None
    labels = {
        number: scale.short(then[scale.name]) for number, then in frame.then.items() if scale.name in then
    }
    if any(scale.name in view.agreed and view.action.id not in labels for view in frame.views):
        return None
    return _by_theme(frame, labels)


def _by_theme(frame: Frame, labels: Mapping[int, str]) -> list[tuple[str, Mapping[str, int]]]:
    """Theme -> rating -> count, in the plan's order; actions without a theme last."""
    themes: dict[str, Counter[str]] = {}
    for view in frame.views:
        name = view.theme.name.removeprefix("Theme ") if view.theme else "No theme"
        label = labels.get(view.action.id, "not yet rated")
        themes.setdefault(name, Counter())["Not yet rated" if label == "not yet rated" else label] += 1
    return sorted(themes.items(), key=lambda pair: pair[0] == "No theme")


def _charts(
    frame: Frame, counts: Counts, before: Counts | None, colours: Mapping[str, str | None]
) -> list[Png]:
    charts = [ratings_chart(counts, colours, before)] if colours else []
    moved = [
        (view.name, view.action.baseline.end, view.due.end)
        for view in frame.views
        if view.action.baseline.end
        and view.due.end
        and view.action.baseline.end != view.due.end
        and view.state is not State.UNDELIVERED
    ]
    return [*charts, slippage_chart(moved)] if moved else charts


def _milestones(frame: Frame) -> list[list[Entry]]:
    ahead = [
        (view.due.end, view) for view in frame.views
        if view.state is State.OPEN and view.due.kind == "due" and view.due.end
        and frame.today <= view.due.end <= frame.today + _QUARTER
    ]  # fmt: skip
    return [
        [Entry(wording.due(view.due)), Entry(view.name), Entry(view.action.title), rated(view, frame)]
        for _, view in sorted(ahead, key=lambda pair: pair[0])
    ]


# figures


def _series(frame: Frame) -> list[tuple[int, tuple[ActionView, Series]]]:
    """Figures that were reported, by action, in the plan's order; what is held is not among them."""
    found = []
    for view in frame.views:
        measures = [(one, update.at, update.id) for update in frame.before if update.action_id == view.action.id for one in update.reading.measures]  # fmt: skip
        found += [(view.action.id, (view, one)) for one in series_of(measures)]
    return found


def _figure(view: ActionView, one: Series) -> Figure | None:
    """A row of the table; a single figure without a target tells no more than the line that it is in."""
    if len(one.points) < 2 and one.target is None:
        return None
    first, newest = one.points[0], one.points[-1]
    earlier = f"{amount(first[1], one.unit)} ({first[0]:%-d %b %Y})" if len(one.points) > 1 else ""
    target = amount(one.target, one.unit) if one.target is not None else ""
    return Figure(
        view.name, one.name.capitalize(), earlier, f"{amount(newest[1], one.unit)} ({newest[0]:%-d %b %Y})", target
    )  # fmt: skip


def _figure_charts(series: Sequence[tuple[ActionView, Series]]) -> list[Png]:
    long = [
        (view, one)
        for view, one in series
        if len(one.points) >= _CHART_FROM
        and (one.target is not None or len({value for _, value in one.points}) > 1)
    ]
    return [
        measure_chart(one.points, one.target, f"{view.name} {one.name.capitalize()}", one.unit, small=True)
        for view, one in long[:_MOST_CHARTS]
    ]


def _themes(frame: Frame, columns: list[tuple[str, str]]) -> list[ThemeTable]:
    themes: dict[str, list[ActionView]] = {}
    for view in frame.views:
        themes.setdefault(view.theme.name if view.theme else "No theme", []).append(view)
    return [
        ThemeTable(name, _told(frame, views), [row_of(view, columns, frame) for view in views])
        for name, views in themes.items()
    ]
