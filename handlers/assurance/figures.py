"""Figures over time: the measures that the updates of an action reported, as series."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from handlers.messages import Chart, Facts, Part, Spans, spans
from storage.model.reading import Measure

__all__ = ["Series", "amount", "figure_parts", "figures_in", "plain_name", "series_of"]

_REF = re.compile(r"#?\d+(?:\.\d+)*\s+(?=\D)")  # with which people open a sentence; it is no part of a name
_CHART_FROM = 3  # points; two are said in words


@dataclass(slots=True)
class Series:
    """One measure over time. ``points``: (day that the figure holds for, value), oldest first."""

    name: str
    unit: str
    points: list[tuple[date, float]] = field(default_factory=list)
    target: float | None = None


def series_of(measures: Sequence[tuple[Measure, datetime, int]]) -> list[Series]:
    """Figures with the same name and unit, in order of time.

    A later figure for the same day replaces the earlier; a dated baseline opens a series. Changes are no levels.
    """
    found: dict[tuple[str, str], Series] = {}
    for measure, said, _ in measures:
        if not measure.name or measure.rule == "measure/change":  # "down 4%" is no level
            continue
        name = plain_name(measure.name)
        key = (" ".join(sorted(name.casefold().split())), measure.unit)
        one = found.setdefault(key, Series(name, measure.unit))
        day = measure.when.end if measure.when and measure.when.end <= said.date() else said.date()
        known = [point for point in one.points if point[0] != day]
        before = measure.baseline_when
        if measure.baseline is not None and before and before.end < day and not known:
            known = [(before.end, measure.baseline)]
        one.points = sorted([*known, (day, measure.value)])
        one.target = measure.target if measure.target is not None else one.target
    return list(found.values())


def figure_parts(measures: Sequence[tuple[Measure, datetime, int]]) -> list[Part]:
    """Series of two and more figures in words, and the longest as a small chart."""
    told = [one for one in series_of(measures) if len(one.points) >= 2]
    if not told:
        return []
    parts: list[Part] = [Facts(tuple((one.name.capitalize(), _words(one)) for one in told))]
    longest = max(told, key=lambda one: len(one.points))
    if len(longest.points) >= _CHART_FROM:
        from handlers.documents.charts import measure_chart

        drawn = measure_chart(longest.points, longest.target, longest.name, longest.unit)
        parts.append(Chart(drawn.data, drawn.alt, longest.name.capitalize()))
    return parts


def _words(one: Series) -> Spans:
    figures = ", ".join(f"{amount(value, one.unit)} ({day:%-d %b %Y})" for day, value in one.points[-6:])
    return spans(figures + (f"; target {amount(one.target, one.unit)}" if one.target is not None else ""))


@lru_cache(maxsize=4096)
def figures_in(text: str, as_of: date) -> tuple[Measure, ...]:
    """The figures of a plan document's own text, which stays the same while every digest asks for it."""
    from nlp.reading import read

    return read(text, as_of).measures


def plain_name(name: str) -> str:
    """What is measured, without the ref that its sentence opened with."""
    match = _REF.match(name)
    return name[match.end() :] if match else name


def amount(value: float, unit: str) -> str:
    """ "84%", "£1,200", "£1.85m", "31.2 wte"; a plain number where it only counts."""
    number = f"{value:,.10g}"
    if unit.startswith("£"):
        return f"£{number}{unit[1:]}"
    return f"{number}%" if unit == "%" else number if unit in {"count", ""} else f"{number} {unit}"
