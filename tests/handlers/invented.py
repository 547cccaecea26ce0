"""Whether a text says a number or a date that nobody wrote and nothing stored gives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from handlers.papers.contents import contents
from storage.model.document import PlanDate
from storage.model.plan import ActionView, State
from storage.model.record import Meeting
from tests.handlers.world import World

__all__ = ["Known", "pack_lines", "unexplained"]

MONTHS = [f"{date(2000, month, 1):%B}" for month in range(1, 13)]
_MONTH = rf"(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)})"
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{_MONTH})\b(?: (?P<year>\d{{4}}))?(?: (?P<time>\d\d:\d\d))?"
)
_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*")
_ABOUT_30 = 30.4375


@dataclass
class Known:
    """What may be said: ``texts`` that people wrote, ``days`` and ``counts`` that the record gives."""

    texts: list[str] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, world: World) -> Known:
        """The whole plan."""
        known = cls(texts=[world.store.plans.document(world.plan.id).title or ""])  # type: ignore[union-attr]
        views = world.store.plans.views(world.plan.id)
        for view in views:
            known |= cls.of_action(world, view, counted=False)
        known.days |= {world.today, *(world.today + timedelta(n) for n in (0, 14))}
        for meeting in world.store.governance.meetings(world.plan.id):
            known.days |= {one for one in (meeting.day, meeting.deadline) if one}
        known.texts += [theme.name for theme in world.store.plans.themes(world.plan.id)]
        known.counts = set(_counts(views, world))
        return known

    @classmethod
    def of_action(cls, world: World, view: ActionView, *, counted: bool = True) -> Known:
        """One action: its own words and dates, and the days between them."""
        action = view.action
        updates = world.store.updates.of_action(action.id)
        written = (action.text, action.owner, action.lead, action.promise, action.progress, action.committee)
        texts = [
            view.name,
            *(text for text in written if text),
            *action.extra.values(),
            *(one.text or "" for one in updates),
        ]
        texts += [step.text for step in action.steps] + ([view.theme.name] if view.theme else [])
        texts += [when.text for when in (action.baseline, view.due, view.requested) if when and when.text]
        days = {one.at.astimezone(world.now.tzinfo).date() for one in updates} | {world.today}
        for when in (action.baseline, view.due, view.requested, *(step.due for step in action.steps)):
            days |= set(_ends(when))
        for one in updates:
            for found in one.reading.dates:
                days |= {found.start, found.end}
            texts.append(f"{one.at.astimezone(world.now.tzinfo):%H:%M}")
        gaps = {abs((one - other).days) for one in days for other in days} if counted else set()
        return cls(texts, days, gaps | {round(gap / _ABOUT_30) for gap in gaps} | {view.slips})

    def __or__(self, other: Known) -> Known:
        return Known([*self.texts, *other.texts], self.days | other.days, self.counts | other.counts)


def _ends(when: PlanDate | None) -> Iterator[date]:
    if when is not None:
        yield from (one for one in (when.start, when.end) if one)


def _counts(views: list[ActionView], world: World) -> Iterator[int]:
    """How many actions there are of each kind, in the plan and in each theme."""
    scale = world.plan.scale()
    kinds: list[Callable[[ActionView], object]] = [
        lambda view: True,
        lambda view: scale and (rated := view.agreed.get(scale.name)) and rated.label,
        lambda view: view.state,
        lambda view: view.overdue(world.today),
        lambda view: view.due.kind,
        lambda view: view.requested is not None,
        lambda view: bool(view.proposed),
        lambda view: bool(view.proposed) or view.requested is not None or view.state is State.CLAIMED,
        lambda view: view.last_update_id is not None,
        lambda view: view.last_no_change,
    ]
    groups: dict[object, list[ActionView]] = {None: views}
    for view in views:
        if view.theme:
            groups.setdefault(view.theme.id, []).append(view)
            groups.setdefault(f"under {view.theme.parent_id}", []).append(view)
    for group in groups.values():
        for kind in kinds:
            yield from Counter(kind(view) for view in group).values()


def unexplained(line: str, known: Known) -> list[str]:
    """The numbers and dates of the line that nothing explains."""
    written = " ".join(known.texts)
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(written)}
    wrong = [match[0] for match in _DATE.finditer(line) if not _is_known(match, known, written)]
    rest = _DATE.sub(" ", line)
    for figure in _FIGURE.findall(rest):
        plain = figure.replace(",", "")
        if plain not in figures and not (plain.isdecimal() and int(plain) in known.counts | {0}):
            wrong.append(figure)
    return wrong


def _is_known(match: re.Match[str], known: Known, written: str) -> bool:
    if match["time"] and match["time"] not in written:
        return False
    if match[0].casefold() in written.casefold():
        return True
    month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"]))
    return any(
        one.month == month
        and (match["day"] is None or one.day == int(match["day"]))
        and (match["year"] is None or one.year == int(match["year"]))
        for one in known.days
    )


def pack_lines(world: World, meeting: Meeting) -> Iterator[tuple[str | None, str]]:
    """Every text of a pack, with the action that it is about, or None."""
    pack = contents(world.plan, meeting, "not issued", world.store, world.now)
    told = [pack.summary, *(theme.told for theme in pack.themes)]
    yield from ((None, text) for text in (pack.title, pack.meeting, pack.cutoff, pack.reconciliation))
    yield from ((None, f"{number} {words}") for number, words in pack.numbers)
    yield from ((None, text) for one in told for text in (*one.facts, *one.disagreements))
    yield from ((quote.ref, f"{quote.text} {quote.source}") for one in told for quote in one.quotes)
    yield from ((None, chart.alt) for chart in pack.charts[:1])
    yield from ((None, f"{name} {len(refs)}") for name, refs in pack.silent)
    yield from _rows(pack.asked, 0)
    yield from _rows(pack.musts, 0)
    yield from _rows(pack.milestones, 1)
    yield from _rows(
        (row for theme in pack.themes for row in theme.rows),
        pack.headers.index("Ref") if "Ref" in pack.headers else 0,
    )
    yield from ((one.ref, f"{one.name} {one.earlier} {one.now} {one.target}") for one in pack.figures)
    for block in pack.exceptions:
        yield block.ref, block.asked
        yield from ((block.ref, entry.text) for _, entry in block.rows)
    yield from ((one.ref, f"{one.text} {one.source}") for one in (*pack.sources, *pack.since))


def _rows(rows: Iterable[object], place: int) -> Iterator[tuple[str, str]]:
    for row in rows:
        texts = [entry.text for entry in row]  # type: ignore[attr-defined]
        yield texts[place].removesuffix(" (must)"), " | ".join(texts)
