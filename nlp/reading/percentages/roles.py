"""What a percentage is there for, from the nearest words beside it, the dates and the other figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from storage.model.errors import SettingsError
from storage.model.reading import DateFound, DateRole, PercentFound, PercentRole

__all__ = ["with_roles"]

_WORD = re.compile(r"[A-Za-z']{1,40}|[0-9][0-9.,]{0,12}%?|[^\sA-Za-z0-9]")
_SENTENCE = re.compile(r"[.;!?](?=\s)|\n")
_CLAUSE = re.compile(r"[.,;!?](?=\s)|\n")
_REACH = {"before": 7, "after": 4}
_WIDEST = 90  # characters looked at on either side
_LONGEST = 5  # words in a cue
_FAINT = 2.0  # words by which another cue may be further off than one of an actual figure
# What follows these is about the next figure: "88% against a target of 90%", "92% (KPI: 95%)".
_AGAINST = frozenset({"against", "vs", "versus"})
_NEXT_FIGURE = frozenset({"(", "against", "vs", "versus", "v", "compared", "from", "but", "whereas", "while"})


@dataclass(frozen=True, slots=True)
class _Cue:
    role: PercentRole
    side: str
    sign: int
    words: int = 1


@dataclass(frozen=True, slots=True)
class _Beside:
    """Lower-case words between a percentage and its neighbours: nearest last before it, nearest first after it."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    after_mark: str = ""


def with_roles(
    text: str, found: Sequence[PercentFound], dates: Sequence[DateFound]
) -> tuple[PercentFound, ...]:
    """The percentages with role and sign; ``found`` in order."""
    read: list[PercentFound] = []
    for index, one in enumerate(found):
        if read and one.start_char < read[-1].end_char:
            continue
        floor = read[-1].end_char if read else 0
        ceiling = found[index + 1].start_char if index + 1 < len(found) else len(text)
        read.append(_with_role(text, one, _beside(text, one, floor, ceiling), read, dates))
    return tuple(_earlier_are_baselines(text, read, dates))


def _beside(text: str, one: PercentFound, floor: int, ceiling: int) -> _Beside:
    floor, ceiling = max(floor, one.start_char - _WIDEST), min(ceiling, one.end_char + _WIDEST)
    before = _SENTENCE.split(text[floor : one.start_char])[-1]
    after = _CLAUSE.split(text[one.end_char : ceiling].lstrip(")% "))[0]
    words = tuple(_WORD.findall(after.lower()))
    mark = words[0] if words else ""
    if ceiling < len(text) and words and after.endswith(text[one.end_char : ceiling].lstrip(")% ")):
        words = words[: -_names_the_next(words) or None]
    cut = next((at for at, word in enumerate(words) if word in _NEXT_FIGURE), len(words))
    return _Beside(tuple(_WORD.findall(before.lower())), words[:cut], mark)


def _names_the_next(words: tuple[str, ...]) -> int:
    """How many of the words between two figures are the label of the second: "91% Target 95%"."""
    return int(any(cue.role is PercentRole.TARGET for cue in _cues().get(("before", words[-1:]), ())))


def _with_role(
    text: str, one: PercentFound, beside: _Beside, read: Sequence[PercentFound], dates: Sequence[DateFound]
) -> PercentFound:
    cue = _cue_of(beside)
    if read and (cue is None or cue.role is PercentRole.ACTUAL) and _is_for_a_day(text, one, dates):
        return replace(one, role=PercentRole.TARGET, rule=one.rule + "/date-to-come")
    if one.value < 0 or ("point" in one.text.lower() and (cue is None or cue.role is not PercentRole.CHANGE)):
        return replace(one, role=PercentRole.CHANGE, rule=one.rule + "/written-change")
    if cue is None:
        return _without_cue(text, one, beside, read, dates)
    value = cue.sign * one.value if cue.role is PercentRole.CHANGE and cue.sign else one.value
    return replace(one, role=cue.role, value=value, rule=f"{one.rule}/{cue.role}-{cue.side}")


def _without_cue(
    text: str, one: PercentFound, beside: _Beside, read: Sequence[PercentFound], dates: Sequence[DateFound]
) -> PercentFound:
    """As the figure before it in a list; by a date to come a target; else where things stand."""
    if read and beside.before and _listed(text[read[-1].end_char : one.start_char]):
        last = read[-1]
        sign = -1 if last.role is PercentRole.CHANGE and last.value < 0 else 1
        return replace(one, role=last.role, value=sign * one.value, rule=one.rule + "/listed")
    risen = read and beside.before[-1:] == ("to",) and read[-1].role is PercentRole.BASELINE
    if risen and not _is_for_a_day(text, one, dates):
        return replace(one, rule=one.rule + "/from-to")
    when = _date_beside(one, dates, text)
    if when and when.role in (DateRole.PLANNED, DateRole.REVISED) and not _IN_DAYS.match(when.text):
        return replace(one, role=PercentRole.TARGET, rule=one.rule + "/date-to-come")
    return one


_IN_DAYS = re.compile(r"(?:with)?in \d", re.IGNORECASE)  # "68% in 25 days": how soon, not when


_BY = re.compile(r"\s{1,3}(?:by|before|in time for)\s{1,3}", re.IGNORECASE)
_LIST_GAP = re.compile(r"[^.;\n]{0,40}(?:,| and|/|&)[ a-z]{0,25}\Z")


def _listed(between: str) -> bool:
    return bool(_LIST_GAP.match(between))


def _date_beside(one: PercentFound, dates: Sequence[DateFound], text: str) -> DateFound | None:
    """The date said with a figure: the nearest after it in its clause, else before it."""
    at = bisect_left(dates, one.end_char, key=_start)
    after = dates[at] if at < len(dates) and dates[at].start_char - one.end_char <= 30 else None
    if after and not re.search(r"[.;,\n%]", text[one.end_char : after.start_char]):
        return after
    before = dates[at - 1] if at and 0 <= one.start_char - dates[at - 1].end_char <= 60 else None
    if before and not re.search(r"[.;\n]", text[before.end_char : one.start_char]):
        return before
    return None


def _is_for_a_day(text: str, one: PercentFound, dates: Sequence[DateFound]) -> bool:
    """Whether a figure is wanted by a day ("84% now, 90% by December")."""
    at = bisect_left(dates, one.end_char, key=_start)
    when = dates[at] if at < len(dates) else None
    to_come = when and when.role in (DateRole.PLANNED, DateRole.REVISED)
    return bool(when and to_come and _BY.fullmatch(text, one.end_char, when.start_char))


def _start(found: DateFound) -> int:
    return found.start_char


def _cue_of(beside: _Beside) -> _Cue | None:
    """The nearest cue; what stands right before the figure ("from", "to", "by") decides first."""
    direct = _direct(beside)
    if direct:
        return direct
    found = [*_cues_before(beside.before), *_cues_after(beside.after)]
    return min(found, key=_weight)[1] if found else None


def _weight(pair: tuple[float, _Cue]) -> float:
    off, cue = pair
    return off + _FAINT if cue.role is PercentRole.ACTUAL and cue.words < 3 else off


_INTENT = frozenset(
    [
        "to",
        "will",
        "need",
        "needs",
        "must",
        "aim",
        "aiming",
        "plan",
        "target",
        "should",
        "expected",
        "shall",
        "would",
        "by",
    ]
)


_TO_DO = frozenset({"increase", "reduce", "improve", "decrease", "cut"})


_COPULAS = frozenset({"is", "are", "was", "were"})


def _direct(beside: _Beside) -> _Cue | None:
    words = [
        word
        for word in beside.before
        if word not in {"a", "an", "the", "about", "approx", "c", "around", "("}
    ]
    if beside.after_mark in _AGAINST:
        return _Cue(PercentRole.ACTUAL, "direct", 0)
    if not words:
        return None
    sized = [cue for word in words[-2:-1] for cue in _known(word, "before", PercentRole.CHANGE)]
    if words[-1] == "of" and sized:
        return sized[0]  # "a fall of 23% on the year before"
    if words[-1] == "to" and any(_known(word, "before", PercentRole.CHANGE) for word in words[-8:]):
        verb = max(at for at, word in enumerate(words) if _known(word, "before", PercentRole.CHANGE))
        ahead = words[verb - 1] if verb else ""
        meant = not words[verb].endswith("ed") and (
            ahead in _INTENT or (words[verb] in _TO_DO and ahead not in {"an", "a", "the", "further", "this"})
        )
        return _Cue(PercentRole.TARGET if meant else PercentRole.ACTUAL, "to", 0)
    if words[-1] in _COPULAS and "against" in words[1:-1]:  # "performance against the standard was 81%"
        return _Cue(PercentRole.ACTUAL, "direct", 0)
    if words[-1] == "by" or words[-2:] in (["put", "at"], ["estimated", "at"]):
        changes = [cue for word in words[-8:] for cue in _known(word, "before", PercentRole.CHANGE)]
        return changes[-1] if changes else None
    return None


def _known(word: str, side: str, role: PercentRole) -> list[_Cue]:
    return [cue for cue in _cues().get((side, (word,)), ()) if cue.role is role]


def _cues_before(words: tuple[str, ...]) -> list[tuple[float, _Cue]]:
    """Cues before the figure with their distance; of those that end at one word, the longest."""
    found = []
    near = words[-_REACH["before"] - _LONGEST :]
    for end in range(len(near), max(0, len(near) - _REACH["before"] - 1), -1):
        starts = range(max(0, end - _LONGEST), end)
        start = next((at for at in starts if ("before", near[at:end]) in _cues()), None)
        if start is not None:
            off = _distance(len(near) - end, end - start, near[end:])
            found += [
                (off, cue)
                for cue in _cues()["before", near[start:end]]
                if cue.role is not PercentRole.CHANGE or _measured_by(near[end:])
            ]
    return [(off, cue) for off, cue in found if off <= _REACH["before"]]


_MEASURED = frozenset(
    [
        "of",
        "by",
        "a",
        "an",
        "the",
        "further",
        "around",
        "about",
        "approximately",
        "approx",
        "over",
        "nearly",
        "almost",
        "just",
        "another",
        "(",
    ]
)


def _measured_by(between: tuple[str, ...]) -> bool:
    """Whether a change is of this size: "a reduction in falls of 5%", not "improved practice with 73% seen"."""
    return not between or between[-1] in {"of", "by"} or _MEASURED.issuperset(between)


def _distance(off: int, length: int, between: tuple[str, ...]) -> float:
    """Words in between; a comma counts three, a longer cue comes before a shorter one."""
    return (
        off
        + 2 * sum(word in {",", "-", ")", "but", "and"} for word in between)
        + 5 * (":" in between)
        - length / 10
    )


def _cues_after(words: tuple[str, ...]) -> list[tuple[float, _Cue]]:
    """Cues after the figure, a little nearer than those before; of those that start at one word, the longest."""
    found = []
    near = words[: _REACH["after"] + _LONGEST]
    for start in range(min(len(near), _REACH["after"])):
        ends = range(min(len(near), start + _LONGEST), start, -1)
        end = next((at for at in ends if ("after", near[start:at]) in _cues()), None)
        if end is not None:
            off = _distance(start, end - start, near[:start]) - 0.5
            found += [(off, cue) for cue in _cues()["after", near[start:end]]]
    return found


@cache
def _cues() -> dict[tuple[str, tuple[str, ...]], tuple[_Cue, ...]]:
    """Cues by side and words, from ``cues.tsv``."""
    found: dict[tuple[str, tuple[str, ...]], tuple[_Cue, ...]] = {}
    text = files(__package__).joinpath("cues.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) != 4 or columns[0] not in set(PercentRole) or columns[1] not in _REACH:
            raise SettingsError(
                f"Write this line of percentages/cues.tsv as role, side, sign, words: {line!r}."
            )
        for words in columns[3].split(" | "):
            key = (columns[1], tuple(words.split()))
            cue = _Cue(PercentRole(columns[0]), columns[1], int(columns[2] or 0), len(key[1]))
            found[key] = (*found.get(key, ()), cue)
    return found


def _earlier_are_baselines(
    text: str, found: list[PercentFound], dates: Sequence[DateFound]
) -> list[PercentFound]:
    """Of figures that held at several times only the latest is where things stand."""
    held = {
        index: when.end
        for index, one in enumerate(found)
        if one.role is PercentRole.ACTUAL
        and (when := _date_beside(one, dates, text))
        and when.role in (DateRole.AS_OF, DateRole.HAPPENED)
    }
    held |= {index: date.max for index, one in enumerate(found) if index not in held and _told_now(text, one)}
    latest = max(held.values(), default=None)
    return [
        replace(one, role=PercentRole.BASELINE, rule=one.rule + "/earlier")
        if (latest and index in held and (held[index] < latest or _in_brackets_after(text, found, index)))
        or (
            one.role is PercentRole.ACTUAL
            and (_alone_in_brackets(text, found, index) or _before_an_arrow(text, found, index))
        )
        else one
        for index, one in enumerate(found)
    ]


_NOW = re.compile(r"\b(?:now|currently|today)\b[^.;%]{0,30}\Z", re.IGNORECASE)


def _told_now(text: str, one: PercentFound) -> bool:
    return _NOW.search(text, max(0, one.start_char - _WIDEST), one.start_char) is not None


def _in_brackets_after(text: str, found: Sequence[PercentFound], index: int) -> bool:
    """As "5.2% (4.8% in March)": the figure in brackets is the earlier one."""
    if not index or found[index - 1].role is not PercentRole.ACTUAL:
        return False
    between = text[found[index - 1].end_char : found[index].start_char]
    return len(between) < _WIDEST and "(" in between and ")" not in between


def _before_an_arrow(text: str, found: Sequence[PercentFound], index: int) -> bool:
    """As "62% -> 71%"."""
    if index + 1 == len(found):
        return False
    return text[found[index].end_char : found[index + 1].start_char].strip() in {
        "->",
        "-->",
        "=>",
        "→",
        "➔",
        "➡",
    }


def _alone_in_brackets(text: str, found: Sequence[PercentFound], index: int) -> bool:
    """As "46% (33%)": the earlier figure without a word."""
    if not index or found[index - 1].role is not PercentRole.ACTUAL:
        return False
    between = text[found[index - 1].end_char : found[index].start_char]
    return between.strip() == "(" and text[found[index].end_char :].startswith(")")
