"""Numbers that measure something: percentages, "10 of 12 audits", counts, whole-time equivalents, days, money.

A number that names ("band 7", "Section 136"), dates, or times something ("28 days") is not a figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp.reading.figure_nouns import (
    follows_wte,
    is_bound,
    is_comparison,
    is_measured_time,
    is_name,
    is_plural,
    is_said_again,
    noun_after,
    plural,
)
from nlp.reading.figure_parts import Part, held_then, part_before, says_target
from nlp.reading.measure_words import vocabulary
from storage.model.reading import DateFound, PercentFound, PercentRole

__all__ = ["Figure", "Part", "find_figures"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit; ``noun`` is where the counted noun starts (a count's unit), else -1.

    ``name`` is what it measures where the number's own form says so ("Of 46 actions, 19 are complete").
    """

    start: int
    end: int
    value: float
    unit: str
    part: Part
    rule: str
    noun: int = -1
    name: str = ""


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d{1,9}(?:\.\d{1,3})?"
_MONEY = re.compile(rf"(?<![\w.])£\s?({_NUMBER})\s?(k|m|bn|million|billion|thousand)?(?![\w])", re.I)
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_WTE = re.compile(
    rf"(?<![\w.])(?:({_NUMBER})\s?(?:\(?(?:wte|fte)\b\)?|(?:whole|full)[- ]time equivalents?)"
    rf"|(?:wte|fte|whole[- ]time equivalents?(?:\s\((?:wte|fte)\))?)\s(?:of\s)?({_NUMBER})(?![\w%]))",
    re.I,
)
_OF = re.compile(rf"(?<![\w./])({_NUMBER})\s(?:out\s)?of\s(?:the\s|all\s|our\s|its\s)?({_NUMBER})(?![\w%/.])")
_COUNT = re.compile(rf"(?<![\w./:£#'’&-])(?:c\.?)?({_NUMBER})(?![\w%:/]|\.\d|\)|\s?%)")
_WORDED = re.compile(
    r"\b((?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine))|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty"
    r"|fifty|sixty|seventy|eighty|ninety)(?=\s[a-z])",
    re.I,
)
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDED_VALUE = dict(
    zip(
        [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(10, 20),
        strict=True,
    )
) | dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
_MOVED = re.compile(
    r"\b(?:rose|risen|fell|fallen|increased|decreased|reduced|dropped|grew|grown|raised|lowered|cut|narrowed|widened"
    r"|(?:come|came|gone|went|brought) (?:down|up))\s(?:sharply\s|slightly\s)?"
    rf"(?:from\s({_NUMBER})(?:\s(?:in|on|at)\s[\w ]{{3,24}}?)?\sto\s({_NUMBER})"
    rf"|(?:by\s\d[\d.]*\s?%\s)?to\s({_NUMBER})(?:\s(?:a|per|each)\s\w+)?(?:\s(?:in\s[\w ]{{3,24}}?\s)?(?:down\s|up\s)?from\s({_NUMBER}))?)(?![\w%/£]|\.\d|,\d)"
)
_NONE_OF = re.compile(r"\b(?:not\s\w{2,6}\sa\ssingle|not\sa\ssingle|zero|no)\s([a-z]+)", re.I)
_PERCENT_PARTS = {
    PercentRole.TARGET: Part.TARGET,
    PercentRole.BASELINE: Part.BASELINE,
    PercentRole.ACTUAL: Part.VALUE,
    PercentRole.COMPLETION: Part.VALUE,
    PercentRole.CHANGE: Part.VALUE,
}
_OF_THESE = re.compile(
    rf"\b[Oo]f (?:the |its |all |our |their )?(?:{_NUMBER}) (?P<what>[a-z][a-z -]{{2,40}}?),? (?P<n>{_NUMBER}) "
    r"(?P<did>(?:are|were|have|had|is|met|missed|show|showed|said|remain)\b(?: [a-z-]+){1,5})"
)
_OF_WHOM = re.compile(
    rf"\bof (?:whom|which) ({_NUMBER}) (?P<did>(?:are|were|have|had|did)\b(?: [a-z0-9-]+){{1,7}})"
)
_RATE = re.compile(
    rf"(?<![\w.])({_NUMBER})\s(?P<unit>per (?:1,000|100,000|10,000|1000|100)|out of (?:5|10)(?=[.,;)]|\s(?:after|in|for|from|on|at)\b|\Z))"
)
_THERE_ARE = re.compile(r"(?:t?here )?(?:are|were|is|was)(?: \w+)?")
_SAID_OF_THEM = re.compile(r"\d of (?:them|these|those)\b")
_OF_THEM = re.compile(rf"([a-z][a-z -]{{4,60}}?) (?:of )?({_NUMBER}) of (?:them|these|those)\b")
_BARE = re.compile(
    r"(?:\b(?:was|is|were|are|numbered|totalled|stood at|stands at|remains at|rated their \w+ at)\s(?:only |still |now |just )?"
    r"|[a-z]{3} [a-z]{3,20}:\s)"
    rf"({_NUMBER})(?=\s?(?:[.,;)(]|\Z)(?!\d)|\s(?:in|on|at|compared|against|up|down|out of \d)\b)"
)
_BARE_BEFORE = re.compile(
    rf"(?:\((?:[A-Za-z][\w /]{{2,20}}:\s)?|\b(?:compared (?:with|to)|up from|down from) )({_NUMBER})(?=[.,;)](?!\d)|\s(?:in|at|on)\s|\Z)"
)
_IN_TARGET = re.compile(r"\s(?:of [\w ]{2,30} )?(?:with)?in (?:the )?target (?:time|date|range)\b", re.I)
_SECOND_PART = re.compile(
    r"\d (?:years?|months?|weeks?|days?|hours?|minutes?|mins?)(?:,| and)? \Z"
)  # "6 minutes 20 seconds"
_CHANGED_BY = re.compile(r"\b(?:rise|fall|increase|decrease|reduction|drop|gain|improvement)s? of \Z", re.I)
_SHARE = re.compile(r"\b(?:made|makes?|making) up\s\Z", re.I)
_TARGET_BARE = re.compile(
    rf"\b(?:targets?|standard|milestone|trajectory|ceiling|ambition|plan|profile)(?:\s(?:of|is|was)|:)\s(?:fewer than |no more than )?({_NUMBER})(?=\s?[.,;)](?!\d)|\s(?:or|by|for|in|and|at)\b|\Z)",
    re.I,
)


def find_figures(text: str, dates: Sequence[DateFound], percentages: Sequence[PercentFound]) -> list[Figure]:
    """The figures of a text in order, none overlapping another or a date."""
    taken = _Taken([(one.start_char, one.end_char) for one in dates])
    figures = [
        figure
        for one in percentages
        if taken.free(one.start_char, one.end_char)
        and (figure := _of_percentage(text, one, dates)) is not None
    ]
    taken.add((one.start_char, one.end_char) for one in percentages)
    for finder in (
        _money,
        _whole_time,
        _rates,
        _of_these,
        _parts_of,
        _counts,
        _moved,
        _targets,
        _bare,
        _worded,
        _none_of,
    ):
        found = [one for one in finder(text) if taken.free(one.start, one.end)]
        taken.add((one.start, one.end) for one in found)
        figures += found
    return _in_one_unit(
        text, [_at_its_time(text, one, dates) for one in sorted(figures, key=lambda one: one.start)]
    )


def _at_its_time(text: str, one: Figure, dates: Sequence[DateFound]) -> Figure:
    """What is held against as of an earlier day is no target: "41 against 96 in August"."""
    return replace(one, part=Part.BASELINE) if held_then(text, one.start, one.end, dates) else one


def _in_one_unit(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """Bare numbers have the unit of the count that they stand beside in their sentence."""
    found: list[Figure] = []
    for one in figures:
        before = found[-1] if found else None
        if (
            one.rule in ("measure/bare", "measure/target")
            and one.unit == "count"
            and before is not None
            and before.rule
            in ("measure/count", "measure/bare", "measure/part of", "measure/moved", "measure/time")
            and not re.search(r"[.!?]\s|\n", text[before.end : one.start])
            and (one.part is not Part.VALUE or text[one.start - 1] == "(")
        ):
            one = replace(one, unit=before.unit)
        found.append(one)
    return found


class _Taken:
    """The spans that are taken; asked and added to in any order."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def free(self, start: int, end: int) -> bool:
        index = bisect_right(self._spans, (end, -1)) - 1
        return not any(
            first < end and start < last for first, last in self._spans[max(index - 1, 0) : index + 1]
        )

    def add(self, spans: Iterator[tuple[int, int]]) -> None:
        self._spans = sorted([*self._spans, *spans])


def _of_percentage(text: str, one: PercentFound, dates: Sequence[DateFound]) -> Figure | None:
    part = _PERCENT_PARTS.get(one.role)
    if part is None:
        return None
    if _IN_TARGET.match(text, one.end_char):
        part = Part.VALUE
    elif says_target(text, one.start_char):
        part = Part.TARGET
    if held_then(text, one.start_char, one.end_char, dates):
        part = Part.BASELINE
    share = _SHARE.search(text[max(0, one.start_char - 16) : one.start_char])
    rule = "measure/change" if one.role is PercentRole.CHANGE and not share else "measure/percentage"
    return Figure(one.start_char, one.end_char, one.value, "%", part, rule)


def _money(text: str) -> Iterator[Figure]:
    for found in _MONEY.finditer(text):
        if not is_bound(text, found.start()):
            value = _number(found.group(1)) * _SCALE.get((found.group(2) or "").lower(), 1)
            yield _figure(text, found.start(), found.end(), value, "£", "measure/money")


def _whole_time(text: str) -> Iterator[Figure]:
    """ "12.5 wte"; after "wte 58.9 ... to" the bare number that follows is whole-time too."""
    for found in _WTE.finditer(text):
        group = 1 if found.group(1) else 2
        yield _figure(
            text, found.start(group), found.end(), _number(found.group(group)), "wte", "measure/wte"
        )


def _parts_of(text: str) -> Iterator[Figure]:
    for found in _OF.finditer(text):
        if _number(found.group(1)) <= _number(found.group(2)):
            unit, noun = noun_after(text, found.end())
            yield Figure(
                found.start(),
                found.end(),
                _number(found.group(1)),
                unit or "count",
                Part.VALUE,
                "measure/part of",
                noun,
            )


def _rates(text: str) -> Iterator[Figure]:
    """ "14.8 per 100 pupils", "4.1 out of 5"."""
    for found in _RATE.finditer(text):
        yield _figure(text, *found.span(), _number(found[1]), found["unit"], "measure/rate")


def _of_these(text: str) -> Iterator[Figure]:
    """ "Of its 46 actions, 19 are complete", "17 of them": a part, named by the whole and what it did."""
    for found in _OF_THESE.finditer(text):
        start, end = found.span("n")
        what = found["what"].strip()
        unit = next(filter(is_plural, what.split()), what.split()[-1])
        name = f"{what} {found['did']}"
        yield Figure(start, end, _number(found["n"]), unit, Part.VALUE, "measure/part of", name=name)
    for found in _OF_WHOM.finditer(text):
        yield Figure(
            *found.span(1), _number(found[1]), "count", Part.VALUE, "measure/part of", name=found["did"]
        )
    # Looked for in full only where it can be: that costs sixty steps a letter.
    for found in _OF_THEM.finditer(text) if _SAID_OF_THEM.search(text) else ():
        start, end = found.span(2)
        said = "" if _THERE_ARE.fullmatch(found[1].strip()) else found[1].strip()
        yield Figure(start, end, _number(found[2]), "count", Part.VALUE, "measure/part of", name=said)


def _bare(text: str) -> Iterator[Figure]:
    """Numbers that stand alone behind a verb ("was 79 in May"), and the earlier ones that they are held against."""
    for found in _BARE.finditer(text):
        if is_name(text, found.start(1)):
            continue
        yield _figure(text, *found.span(1), _number(found[1]), "count", "measure/bare")
    for found in _BARE_BEFORE.finditer(text):
        start, end = found.span(1)
        part = Part.VALUE if text[start - 1] == "(" else Part.BASELINE
        yield Figure(start, end, _number(found[1]), "count", part, "measure/bare")


def _targets(text: str) -> Iterator[Figure]:
    for found in _TARGET_BARE.finditer(text):
        yield Figure(*found.span(1), _number(found[1]), "count", Part.TARGET, "measure/target")


def _counts(text: str) -> Iterator[Figure]:
    for found in _COUNT.finditer(text):
        start, end = found.span(1)
        if (
            is_name(text, start)
            or is_bound(text, start)
            or _SECOND_PART.search(text[max(0, start - 14) : start])
        ):
            continue
        unit, noun = noun_after(text, end)
        if unit in vocabulary("duration"):
            if is_measured_time(text, start, end) or is_said_again(text, start, unit or ""):
                rule = "measure/change" if is_comparison(text, end) else "measure/time"
                yield _figure(text, start, noun + len(unit), _number(found.group(1)), plural(unit), rule)
        elif unit is not None and noun >= 0:
            rule = (
                "measure/change" if _CHANGED_BY.search(text[max(0, start - 20) : start]) else "measure/count"
            )
            yield _figure(text, start, end, _number(found.group(1)), unit, rule, noun)
        elif unit is None and follows_wte(text, start):
            yield _figure(text, start, end, _number(found.group(1)), "wte", "measure/wte")


def _moved(text: str) -> Iterator[Figure]:
    """Bare numbers that something rose or fell between: "fell to 41 from 67"."""
    for found in _MOVED.finditer(text):
        for group, part in ((1, Part.BASELINE), (2, Part.VALUE), (3, Part.VALUE), (4, Part.BASELINE)):
            if found.group(group):
                start, end = found.span(group)
                yield Figure(start, end, _number(found.group(group)), "count", part, "measure/moved")


def _worded(text: str) -> Iterator[Figure]:
    """From ten up: smaller numbers in words are mostly in passing ("the two organisations")."""
    for found in _WORDED.finditer(text):
        unit, noun = noun_after(text, found.end())
        if unit is not None and noun >= 0 and unit not in vocabulary("duration"):
            tens, _, ones = found.group(1).lower().partition("-")
            value = float(_WORDED_VALUE[tens] + (_ONES.index(ones) + 1 if ones else 0))
            yield _figure(text, found.start(), found.end(), value, unit, "measure/worded", noun)


def _none_of(text: str) -> Iterator[Figure]:
    for found in _NONE_OF.finditer(text):
        noun = found.group(1).lower()
        if noun in vocabulary("person"):
            unit = "people" if noun == "person" else noun
            yield Figure(
                found.start(), found.start(1) - 1, 0.0, unit, Part.VALUE, "measure/none", found.start(1)
            )


def _figure(text: str, start: int, end: int, value: float, unit: str, rule: str, noun: int = -1) -> Figure:
    return Figure(start, end, value, unit, part_before(text, start), rule, noun)


def _number(text: str) -> float:
    return float(text.replace(",", ""))
