"""What a text holds for and against each status: its clauses' signals, its dates and its figures, counted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.reading.status.clauses import Clause
from nlp.reading.status.signals import Signal
from storage.model.reading import DateFound, DateRole, PercentFound, PercentRole

__all__ = ["Evidence", "gather"]


_FEW = 4  # words of a note such as "evaluation Oct"
_NEAR = 20  # characters between a target and the day it is for


@dataclass(frozen=True, slots=True)
class Evidence:
    """Signals in the order of the text, and how many there are of each kind."""

    clauses: tuple[Clause, ...]
    signals: tuple[Signal, ...]
    counts: Counter[str]

    def has(self, *kinds: str) -> bool:
        return any(self.counts[kind] for kind in kinds)

    def count(self, *kinds: str) -> int:
        return sum(self.counts[kind] for kind in kinds)


def gather(
    clauses: Sequence[Clause], dates: Sequence[DateFound], percentages: Sequence[PercentFound]
) -> Evidence:
    """All signals, those of the figures and dates among them."""
    said = [signal for clause in clauses for signal in clause.signals or _dated(clause, dates)]
    signals = tuple(sorted([*said, *_of_dates(dates, clauses), *_of_figures(percentages, dates)]))
    return Evidence(tuple(clauses), signals, Counter(signal.kind for signal in signals))


def _dated(clause: Clause, dates: Sequence[DateFound]) -> Iterator[Signal]:
    """A few words with a day are a plan or a step ("evaluation Oct")."""
    at = bisect_left(dates, clause.start, key=lambda one: one.start_char)
    if clause.words <= _FEW and at < len(dates) and dates[at].end_char <= clause.end:
        found = dates[at]
        kind = {DateRole.PLANNED: "plan", DateRole.HAPPENED: "step"}.get(found.role)
        if kind and clause.start < found.start_char:
            yield Signal(clause.start, clause.end, kind, "a few words with a day")


def _of_dates(dates: Sequence[DateFound], clauses: Sequence[Clause]) -> Iterator[Signal]:
    """A date that replaces another, but not where its clause is about the sender ("back to you tomorrow")."""
    for found in dates:
        if found.role is not DateRole.REVISED:
            continue
        at = bisect_right(clauses, found.start_char, key=lambda one: one.start) - 1
        kinds = {signal.kind for signal in clauses[at].signals} if at >= 0 else set()
        if kinds != {"none"}:
            yield Signal(found.start_char, found.end_char, "moved", "revised date")


def _of_figures(percentages: Sequence[PercentFound], dates: Sequence[DateFound]) -> Iterator[Signal]:
    """Each figure against the target nearest to it; below a target for later ("85% by May") it is on its way."""
    targets = [one for one in percentages if one.role is PercentRole.TARGET]
    for found in percentages:
        kind, rule = "", ""
        if found.role is PercentRole.COMPLETION:
            kind, rule = ("done", "all done") if found.value >= 100 else ("part", "share of the action done")
        elif found.role is PercentRole.ACTUAL:
            kind, rule = _of_actual(found, targets, dates)
        if kind:
            yield Signal(found.start_char, found.end_char, kind, rule)


def _of_actual(
    found: PercentFound, targets: Sequence[PercentFound], dates: Sequence[DateFound]
) -> tuple[str, str]:
    if found.value >= 100:
        return "done", "all"
    if not targets:
        return "figure", "a figure without a target"
    target = _nearest(found, targets)
    if found.value >= target.value:
        return "better", "target met"
    if _is_for_later(target, dates):
        return "part", "below a target for later"
    return "below", "below target"


def _nearest(found: PercentFound, targets: Sequence[PercentFound]) -> PercentFound:
    after = bisect_left(targets, found.start_char, key=lambda one: one.start_char)
    return min(targets[max(0, after - 1) : after + 1], key=lambda one: abs(one.start_char - found.start_char))


def _is_for_later(target: PercentFound, dates: Sequence[DateFound]) -> bool:
    after = bisect_left(dates, target.end_char, key=lambda one: one.start_char)
    return any(
        one.role is DateRole.PLANNED and one.start_char - target.end_char <= _NEAR
        for one in dates[after : after + 1]
    )
