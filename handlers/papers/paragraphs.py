"""Many updates, one paragraph: counts, movements, dates and figures in plain sentences, and quotes with their sources.

Every number in a sentence is counted from the views or taken from a text; nothing is rewritten. What an
update says that the one before it said already is not quoted again, and two figures for one thing are
both shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers import wording
from handlers.assurance.figures import amount, plain_name, series_of
from handlers.assurance.movements import movements
from handlers.messages import Bold, Link, Part, Quote, Span, say, spans
from handlers.privacy.visibility import held
from handlers.questions.status import counts_line
from storage.model.plan import ActionView, Plan, State
from storage.model.reading import Measure
from storage.model.record import Update, UpdateKind
from storage.model.summary import ReportMeasure

__all__ = [
    "Paragraph",
    "Quoted",
    "disagreements",
    "figures_of",
    "paragraph",
    "paragraph_parts",
    "placed",
    "repeats",
]

_MOST_QUOTES = 4
_MOST_NAMED = 6
_MOST_FIGURES = 5


@dataclass(frozen=True, slots=True)
class Quoted:
    """A line of an update, in its author's words."""

    ref: str
    text: str
    author: str
    at: datetime
    link: str | None = None

    @property
    def source(self) -> str:
        return f"{self.author}, {self.at:%-d %B %Y}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``facts`` are sentences; ``disagreements`` are sentences too, one a pair of figures."""

    facts: tuple[str, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    disagreements: tuple[str, ...] = ()


def paragraph(
    plan: Plan,
    views: Sequence[ActionView],
    said: Sequence[Update],
    today: date,
    then: Mapping[int, Mapping[str, str]] | None = None,
    since: datetime | None = None,
    most: int = _MOST_QUOTES,
) -> Paragraph:
    """What is to be said of these actions.

    ``said`` are updates that the reader may read, oldest first, as the store gives them; ``then`` the ratings
    agreed by the last meeting (action id -> scale -> label); only what was said after ``since`` is quoted.
    """
    inside = {view.action.id: view for view in views}
    own = [one for one in said if one.action_id in inside and one.text and one.standing and not held(one)]
    sentences = (
        counts_line(views, plan),
        _moved(plan, views, then or {}),
        _overdue(views, today),
        _asking(views),
        _claimed(views),
        _figures(own, inside),
    )
    return Paragraph(
        tuple(sentence for sentence in sentences if sentence),
        tuple(_quotes(own, inside, since)[:most]),
        tuple(disagreements(own, inside)),
    )


def paragraph_parts(told: Paragraph) -> list[Part]:
    """The same for a message: the sentences, the quotes with their links, what disagrees."""
    parts: list[Part] = [say(" ".join(told.facts))] if told.facts else []
    for one in told.quotes:
        source: Span | str = Link(one.source, one.link) if one.link else one.source
        parts.append(Quote(one.text, spans(Bold(one.ref), " ", source)))
    return [*parts, *(say(words) for words in told.disagreements)]


# facts


def _moved(plan: Plan, views: Sequence[ActionView], then: Mapping[int, Mapping[str, str]]) -> str:
    if not then:
        return ""
    moved = [f"{view.name} {was} to {now}" for view, was, now in movements(views, plan, then)]
    if not moved:
        return "No agreed rating has moved since the last meeting."
    return f"Since the last meeting: {wording.listing(moved, _MOST_NAMED)}."


def _overdue(views: Iterable[ActionView], today: date) -> str:
    late = [f"{view.name} (due {wording.due(view.due)})" for view in views if view.overdue(today)]
    return f"{len(late)} overdue: {wording.listing(late, _MOST_NAMED)}." if late else ""


def _asking(views: Iterable[ActionView]) -> str:
    asking = [
        f"{view.name} ({wording.due(view.due)} to {wording.due(view.requested)})"
        for view in views
        if view.requested is not None
    ]
    return f"Another date is asked for {wording.listing(asking, _MOST_NAMED)}." if asking else ""


def _claimed(views: Iterable[ActionView]) -> str:
    claimed = [view.name for view in views if view.state is State.CLAIMED]
    return f"Claimed complete, awaiting assurance: {wording.listing(claimed)}." if claimed else ""


def _figures(said: Sequence[Update], inside: Mapping[int, ActionView]) -> str:
    """Figures of which an earlier value is known: "vacancies 12.1% to 10.2% (5.1)"."""
    told: list[str] = []
    measures: dict[int, list[tuple[Measure, datetime, int]]] = {}
    for update in said:
        measures.setdefault(update.action_id, []).extend(
            (one, update.at, update.id) for one in update.reading.measures
        )
    for number, view in inside.items():
        for series in series_of(measures.get(number, ())):
            if len(series.points) < 2 or series.points[-1][1] == series.points[-2][1]:
                continue
            was, now = (amount(value, series.unit) for _, value in series.points[-2:])
            target = f", target {amount(series.target, series.unit)}" if series.target is not None else ""
            told.append(f"{series.name} {was} to {now}{target} ({view.name})")
    return f"Figures that moved: {'; '.join(told[:_MOST_FIGURES])}." if told else ""


# quotes


def _quotes(said: Sequence[Update], inside: Mapping[int, ActionView], since: datetime | None) -> list[Quoted]:
    from nlp.summary.quotes import choose_quotes

    newest: dict[int, Update] = {}
    before: dict[int, Update] = {}
    for one in said:
        if one.kind in {UpdateKind.NO_CHANGE, UpdateKind.WITHDRAWAL}:
            continue
        if one.action_id in newest:
            before[one.action_id] = newest[one.action_id]
        newest[one.action_id] = one
    lines = {
        number: _words(inside[number], one)
        for number, one in newest.items()
        if since is None or one.at >= since
    }
    ordered = sorted(lines, key=lambda number: (inside[number].action.strength != "must", number))
    told = [(one, lines[one], _words(inside[one], before[one]) if one in before else None) for one in ordered]
    return [_quoted(inside[one], newest[one]) for one in choose_quotes(told)]


def _quoted(view: ActionView, one: Update) -> Quoted:
    return Quoted(view.name, _words(view, one), one.author, one.at, one.link)


def _words(view: ActionView, one: Update) -> str:
    words = wording.line(view, one.reading.summary or one.text or "")
    return wording.with_caveats(words, one.reading)


def repeats(view: ActionView, one: Update, before: Update | None) -> bool:
    """Whether an update says what the one before it on this action said already; another figure or date is new."""
    from nlp.summary.quotes import choose_quotes

    if before is None or not before.text or not one.text:
        return False
    return not choose_quotes([(one.id, _words(view, one), _words(view, before))])


# contradictions


def figures_of(said: Sequence[Update], inside: Mapping[int, ActionView]) -> list[ReportMeasure]:
    """The figures of everybody's newest words on these actions, each with its place: "6.1.2, Jane Smith, 3 March 2018"."""
    newest = {(one.action_id, one.author_id): one for one in said if one.action_id in inside and one.standing}
    return [
        placed(measure, f"{inside[one.action_id].name}, {one.author}, {one.at:%-d %B %Y}")
        for one in newest.values()
        for measure in one.reading.measures
        if measure.rule != "measure/change"
    ]


def placed(one: Measure, place: str) -> ReportMeasure:
    """A figure of an update as one of a report's, so that the two can be compared."""
    return ReportMeasure(
        place, plain_name(one.name), one.unit, one.value, one.when, one.target, one.baseline, one.baseline_when,
        caveat=one.caveat,
    )  # fmt: skip


def disagreements(said: Sequence[Update], inside: Mapping[int, ActionView]) -> list[str]:
    """Between the newest words of different actions, or of different people about one."""
    from nlp.summary.quotes import contradictions

    return [
        f"Two figures for {'the ' + one.what + ' of ' if one.what != 'value' else ''}{one.name}:"
        f" {amount(one.one, one.unit)} ({one.one_place}) and {amount(one.other, one.unit)} ({one.other_place})."
        for one in contradictions(figures_of(said, inside))
        if one.one_place != one.other_place
    ]
