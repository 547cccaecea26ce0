"""Whether a figure meets its target, and the targets that stand without a figure."""

from __future__ import annotations

import re

from storage.model.reading import PercentFound
from storage.model.summary import ReportMeasure

__all__ = ["is_met", "is_nameless_target", "target_alone"]

_LOWER_IS_BETTER = re.compile(
    r"\b(?:vacanc|wait|delay|breach|sickness|absence|turnover|complaint|incident|falls?\b|harm|overdue|out.of.area"
    r"|outstanding|not seen|backlog|overspend|deaths?\b|cancell|did not attend|dna\b|readmission|unmet|missed|arrears|debt|loss(?:es)?\b|void|abandon|emission|rework|spend|spent|cost|deficit|agency|mortality|infection)",
    re.I,
)
_LEFT_UNDONE = re.compile(
    r"\b(?:not|never|without an?|overdue|outstanding|unmet|missed|late|(?:a)?wait(?:ing|s)?|cost\w*|spen[dt]\w*)\b",
    re.I,
)
_DONE_ABOUT_IT = re.compile(
    r"\b(?:train(?:ed|ing)|complet(?:ed|ion)|complian(?:t|ce)|answered|acknowledged|reviewed|closed|assessed|screened"
    r"|investigated|audited|resolved|within|on time|without|free)\b",
    re.I,
)
_TIMES = ("seconds", "minutes", "hours", "days", "weeks", "months")
_MET = re.compile(r"\b(?:meet|meets|met|meeting|achiev\w+|maintain\w+|sustain\w+)\b", re.I)
_NOT_MET = re.compile(r"\b(?:not|never|unable|fail\w*|missed|yet to)\b", re.I)
_NAMED = re.compile(
    r"([^,;.(]{3,80}?\b(?:standard|target|threshold|trajectory|ambition|goal))\s(?:of|is|at|for|to)\s[^,;.]{0,20}\Z",
    re.I,
)
_NAMELESS = re.compile(
    r"(?:the\s|our\s|its\s)?(?:target|standard|threshold|trajectory|ambition|goal)\Z", re.I
)
_BEFORE_NAME = re.compile(r"\b(?:its|the|their|our|an?|meet|met|achieve|against)\s", re.I)
_REACH = 200  # characters before a target in which its name and verb are looked for


def is_met(name: str, unit: str, value: float | None, target: float | None) -> bool | None:
    """Lower is better for waits, vacancies, harm and times; higher for all else.

    Of what is done about harm ("staff trained in falls prevention", "complaints answered") a higher share is.
    """
    if value is None or target is None:
        return None
    return value <= target if unit in _TIMES or _lower_is_better(name, unit) else value >= target


def _lower_is_better(name: str, unit: str) -> bool:
    if _LOWER_IS_BETTER.search(name) is None:
        return False
    done = unit == "%" and _DONE_ABOUT_IT.search(name) is not None
    return not done or _LEFT_UNDONE.search(name) is not None


def is_nameless_target(row: ReportMeasure) -> bool:
    """Whether a row is a target alone and says of nothing what it is for: "target", "the standard"."""
    return row.value is None and row.target is not None and _NAMELESS.match(row.name) is not None


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
