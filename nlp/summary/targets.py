"""Whether a figure meets its target, and the targets that stand without a figure."""

from __future__ import annotations

import re

from storage.model.reading import PercentFound
from storage.model.summary import ReportMeasure

__all__ = ["is_met", "target_alone"]

_LOWER_IS_BETTER = re.compile(
    r"\b(?:vacanc|wait|delay|breach|sickness|absence|turnover|complaint|incident|falls?\b|harm|overdue|out.of.area"
    r"|outstanding|not seen|backlog|overspend|deaths?\b|cancell|did not attend|dna\b|readmission|unmet|missed|arrears|debt|loss(?:es)?\b|void|abandon|emission|rework|spend|spent|cost|deficit|agency|mortality|infection)",
    re.I,
)
_TIMES = ("seconds", "minutes", "hours", "days", "weeks", "months")
_MET = re.compile(r"\b(?:meet|meets|met|meeting|achiev\w+|maintain\w+|sustain\w+)\b", re.I)
_NOT_MET = re.compile(r"\b(?:not|never|unable|fail\w*|missed|yet to)\b", re.I)
_NAMED = re.compile(
    r"([^,;.(]{3,80}?\b(?:standard|target|threshold|trajectory|ambition|goal))\s(?:of|is|at|for|to)\s[^,;.]{0,20}\Z",
    re.I,
)
_BEFORE_NAME = re.compile(r"\b(?:its|the|their|our|an?|meet|met|achieve|against)\s", re.I)
_REACH = 200  # characters before a target in which its name and verb are looked for


def is_met(name: str, unit: str, value: float | None, target: float | None) -> bool | None:
    """Lower is better for waits, vacancies, harm and times; higher for all else."""
    if value is None or target is None:
        return None
    return value <= target if unit in _TIMES or _LOWER_IS_BETTER.search(name) else value >= target


def target_alone(text: str, para: str, target: PercentFound) -> ReportMeasure | None:
    """ "able to meet its occupancy standard of 94%": a target, and whether the words say that it is met."""
    low = max(0, target.start_char - _REACH)
    start = max(text.rfind(mark, low, target.start_char) for mark in (". ", "; ", "\n")) + 1
    before = text[max(start, low) : target.start_char]
    found = _NAMED.search(before)
    if found is None:
        return None
    name = _BEFORE_NAME.split(found.group(1))[-1].strip()
    said = _MET.search(before)
    met = None if said is None else _NOT_MET.search(before, 0, said.end()) is None
    return ReportMeasure(para, name, "%", target=target.value, met=met)
