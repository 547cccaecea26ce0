"""What a text holds for and against each status: its clauses' signals, its dates and its figures, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.reading.status.clauses import Clause, Signal
from storage.model.reading import DateFound, DateRole, PercentFound, PercentRole

__all__ = ["Evidence", "gather"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Signals in the order of the text, and how many there are of each kind."""

    clauses: tuple[Clause, ...]
    signals: tuple[Signal, ...]
    counts: Counter[str]
    last: Clause | None

    def has(self, *kinds: str) -> bool:
        return any(self.counts[kind] for kind in kinds)

    def count(self, *kinds: str) -> int:
        return sum(self.counts[kind] for kind in kinds)


def gather(
    clauses: Sequence[Clause], dates: Sequence[DateFound], percentages: Sequence[PercentFound]
) -> Evidence:
    """All signals, those of the figures and dates among them."""
    said = [signal for clause in clauses for signal in clause.signals]
    signals = tuple(sorted([*said, *_of_dates(dates), *_of_figures(percentages)]))
    return Evidence(
        tuple(clauses), signals, Counter(signal.kind for signal in signals), clauses[-1] if clauses else None
    )


def _of_dates(dates: Sequence[DateFound]) -> Iterator[Signal]:
    for found in dates:
        if found.role is DateRole.REVISED:
            yield Signal(found.start_char, found.end_char, "moved", "revised date")


def _of_figures(percentages: Sequence[PercentFound]) -> Iterator[Signal]:
    """Each figure against the target nearest to it."""
    targets = [one for one in percentages if one.role is PercentRole.TARGET]
    for found in percentages:
        if found.role is PercentRole.COMPLETION:
            kind, rule = ("done", "all done") if found.value >= 100 else ("part", "share of the action done")
            yield Signal(found.start_char, found.end_char, kind, rule)
        elif found.role is PercentRole.ACTUAL and targets:
            target = min(targets, key=lambda one: abs(one.start_char - found.start_char))
            kind, rule = ("met", "target met") if found.value >= target.value else ("below", "below target")
            yield Signal(found.start_char, found.end_char, kind, rule)
        elif found.role is PercentRole.ACTUAL and found.value >= 100:
            yield Signal(found.start_char, found.end_char, "done", "all")
