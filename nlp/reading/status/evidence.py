"""What a text holds for and against each status: its clauses' signals, its dates and its figures, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.reading.status.clauses import Clause
from nlp.reading.status.signals import Signal
from storage.model.reading import DateFound, DateRole, PercentFound, PercentRole

__all__ = ["Evidence", "gather"]


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
    said = [signal for clause in clauses for signal in clause.signals]
    signals = tuple(sorted([*said, *_of_dates(dates), *_of_figures(percentages, dates)]))
    return Evidence(tuple(clauses), signals, Counter(signal.kind for signal in signals))


def _of_dates(dates: Sequence[DateFound]) -> Iterator[Signal]:
    for found in dates:
        if found.role is DateRole.REVISED:
            yield Signal(found.start_char, found.end_char, "moved", "revised date")


def _of_figures(percentages: Sequence[PercentFound], dates: Sequence[DateFound]) -> Iterator[Signal]:
    """Each figure against the target nearest to it; below a target for later ("85% by May") it is on its way."""
    targets = [one for one in percentages if one.role is PercentRole.TARGET]
    for found in percentages:
        if found.role is PercentRole.COMPLETION:
            kind, rule = ("done", "all done") if found.value >= 100 else ("part", "share of the action done")
            yield Signal(found.start_char, found.end_char, kind, rule)
        elif found.role is PercentRole.ACTUAL and targets:
            target = min(targets, key=lambda one: abs(one.start_char - found.start_char))
            if found.value >= target.value:
                kind, rule = "better", "target met"
            else:
                kind, rule = (
                    ("part", "below a later target")
                    if _is_for_later(target, dates)
                    else ("below", "below target")
                )
            yield Signal(found.start_char, found.end_char, kind, rule)
        elif found.role is PercentRole.ACTUAL and found.value >= 100:
            yield Signal(found.start_char, found.end_char, "done", "all")


def _is_for_later(target: PercentFound, dates: Sequence[DateFound]) -> bool:
    return any(
        one.role is DateRole.PLANNED and 0 <= one.start_char - target.end_char <= _NEAR for one in dates
    )
