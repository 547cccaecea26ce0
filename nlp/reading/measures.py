"""Figures with what they measure, when, against which target, with which caveat.

Within a sentence, "from A to B" is a baseline and a value, a target belongs to the value before it,
and a date to the figure that it stands beside.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp.reading.figures import Figure, find_figures
from nlp.reading.measure_names import clause_before, name_of, whole_clause
from nlp.reading.measure_parts import part_figures
from nlp.reading.measure_times import Found, follows, give_baseline, joined, points
from nlp.reading.measure_words import phrase, vocabulary
from nlp.reading.sentences import sentences
from storage.model.reading import DateFound, DateRole, Measure, PercentFound

__all__ = ["find_measures", "lone_targets"]

_NOT_MEASURED = (DateRole.PLANNED, DateRole.REVISED)
_GENERIC = frozenset(["actual", "actuals", "current", "performance", "achieved", "total", "result"])
_FOR_ALL = re.compile(r"\b(?:both|each|every|all)\b", re.I)
_THEM = re.compile(r"\s(?:of|in) (?:them|these|those|which)\b", re.I)
_COMPARES = re.compile(r"\b(?:this|that|it|which) (?:compares?|compared) (?:with|to)\b", re.I)
_IT_WAS = re.compile(r"\b(?:it|this|these|they) (?:was|were)\s\Z", re.I)
_WANTED = re.compile(r"(?:target|standard|milestone|threshold)\b", re.I)
_TARGET_LABEL = re.compile(
    r"\s*\b(?:official |internal |national |local )?(?:target|trajectory|plan|standard)\b.*\Z", re.I
)
_BARE_CHANGE = re.compile(
    r"(?:\w+ ){0,1}(?:reduction|increase|higher|lower|decrease|rise|fall|drop|therefore)(?: \w+){0,2}", re.I
)
_CAVEAT_END = re.compile(r"[.;,)\n]|\s\(|\s(?:shows?|showed|indicates?)\b")
_EXCEPTION = re.compile(
    r"exclu.*|except.*|not including|with the exception of|apart from|other than|based on|sample of", re.I
)
LONGEST_SENTENCE = 800  # characters; what is further away says nothing of a figure
_REACH = 60  # characters between a figure and a date of its own


def find_measures(
    text: str, dates: Sequence[DateFound], percentages: Sequence[PercentFound]
) -> tuple[Measure, ...]:
    """Percentages, counts, whole-time equivalents, days, beds and money with what they measure.

    Targets and baselines are fields of the value that they belong to, never measures of their own.
    """
    figures = find_figures(text, dates, percentages)
    read: list[tuple[int, int, list[Found]]] = []
    last: list[Found] = []
    for start, end, inside, near in _portions(text, figures, dates):
        if _of_others(text, start, end):
            _give_target(last, part_figures(text, inside).targets)
        else:
            found = _read_sentence(text, start, end, inside, near, last)
            read.append((start, end, found))
            last = found or last
    return tuple(_measure(text, one, start, end) for start, end, found in read for one in found)


def _portions(
    text: str, figures: Sequence[Figure], dates: Sequence[DateFound]
) -> Iterator[tuple[int, int, Sequence[Figure], Sequence[DateFound]]]:
    """The sentences that hold figures, with these and their dates; an endless one in portions."""
    figure_starts = [one.start for one in figures]
    date_starts = [one.start_char for one in dates]
    for first, last in sentences(text):
        for start in range(first, last, LONGEST_SENTENCE):
            end = min(start + LONGEST_SENTENCE, last)
            inside = figures[bisect_left(figure_starts, start) : bisect_left(figure_starts, end)]
            if inside:
                near = dates[bisect_left(date_starts, start) : bisect_left(date_starts, end)]
                yield start, end, inside, near


def lone_targets(
    measures: Sequence[Measure], percentages: Sequence[PercentFound]
) -> tuple[PercentFound, ...]:
    """The targets that no measure of the same text took: "met its standard of 94%"."""
    taken = {measure.target for measure in measures}
    return tuple(one for one in percentages if one.role == "target" and one.value not in taken)


def _read_sentence(
    text: str, start: int, end: int, figures: Sequence[Figure], dates: Sequence[DateFound], last: list[Found]
) -> list[Found]:
    values, baselines, targets = part_figures(text, figures)
    if last and values and (said := _COMPARES.search(text, start, values[0].start)):
        give_baseline(last, values[0])
        targets = [one for one in targets if one.start > said.end()]
        values = values[1:]
    if not values:
        _give_target(last, targets)
        return []
    found: list[Found] = []
    for value in values:
        if not value.name and value.rule == "measure/part of" and value.unit == "count" and last:
            value = replace(value, name=last[-1].name)
        floor = max((one.end for one in figures if one.end <= value.start), default=start)
        ceiling = min((one.start for one in figures if one.start >= value.end), default=end)
        name = _name(text, value, (start, floor, ceiling), dates, found, baselines)
        above = next((one for one in targets if one.end == floor), None)
        if above is not None and _WANTED.match(name):
            name = name_of(text, replace(value, noun=-1), start, above.start, dates) or name
        if points(name):
            name = clause_before(text, value.start, start) or name
        if name.lower() in _GENERIC and targets:
            name = _label(text, [one for one in targets if one.end <= value.start], start, dates) or name
        if found and _BARE_CHANGE.fullmatch(name):
            name = f"{found[0].name}, {name}"
        untargeted = [one for one in figures if one not in targets]
        found.append(Found(value, name, _date_of(text, value, untargeted, dates)))
    found = [_with_baseline(text, one, baselines, figures, dates) for one in found]
    found = _with_targets(text, [one for one in found if one.name], targets)
    found = joined(found)
    if found and last and follows(last, found[0]):
        found = found[1:]
    return [_named(text, one, start, end, figures, dates) for one in found]


def _named(
    text: str, one: Found, start: int, end: int, figures: Sequence[Figure], dates: Sequence[DateFound]
) -> Found:
    """A name of people alone, or one that only points, with the words around it."""
    words = one.name.lower().split()
    if not words or (
        words[0] not in vocabulary("relative") and (len(words) > 2 or words[-1] not in vocabulary("vague"))
    ):
        return one
    floor = max((other.end for other in figures if other.end <= one.figure.start), default=start)
    ceiling = min((other.start for other in figures if other.start >= one.figure.end), default=end)
    return replace(one, name=whole_clause(text, one.figure, floor, ceiling, dates) or one.name)


def _name(
    text: str,
    value: Figure,
    bounds: tuple[int, int, int],
    dates: Sequence[DateFound],
    found: Sequence[Found],
    baselines: Sequence[Figure],
) -> str:
    start, floor, ceiling = bounds
    if found and value.unit == "%" and _THEM.match(text, value.end):
        return f"{found[-1].name} {_of_them(text, value, ceiling, dates)}".strip()
    if found and _bracketed(text[floor : value.start]) and value.unit == found[-1].figure.unit:
        return found[-1].name
    if text[floor : value.start].strip() == "(" and found:
        return found[-1].name
    if baselines and floor == max((one.end for one in baselines), default=-1):
        first = baselines[0]
        return name_of(text, replace(first, noun=-1), start, first.end, dates) or (
            found[-1].name if found else ""
        )
    name = name_of(text, value, floor, ceiling, dates)
    if (
        found
        and re.match(r"[,;]?\s*with\s", text[floor : value.start])
        and value.unit == found[-1].figure.unit
    ):
        return f"{found[-1].name.split(', ')[0]}, {name}" if name else found[-1].name
    if not name and _IT_WAS.search(text[floor : value.start]):
        return "it"
    if not name and value.noun < 0 and floor > start:
        name = name_of(text, value, start, floor, dates)
    return name or (found[-1].name if found and value.unit == found[-1].figure.unit else "")


def _of_them(text: str, value: Figure, ceiling: int, dates: Sequence[DateFound]) -> str:
    """ "88% of them within a day": the words behind "them"; "" where none of these are meant."""
    found = _THEM.match(text, value.end)
    if found is None:
        return ""
    return name_of(
        text,
        replace(value, start=found.end(), end=found.end(), noun=-1, name=""),
        found.end(),
        ceiling,
        dates,
    )


def _bracketed(between: str) -> bool:
    """A bracket opens just before the figure, behind at most a time: "79 in the quarter (86 in quarter 3)"."""
    head, opened, inside = between.rpartition("(")
    told = len(inside.split()) <= 2 and len(head.split()) <= 5
    return bool(opened) and told and ")" not in inside and not re.search(r"[;,]", head)


def _label(text: str, targets: Sequence[Figure], start: int, dates: Sequence[DateFound]) -> str:
    """What the target beside an "Actual" is a target for: "Referrals target 40 Actual 38"."""
    if not targets:
        return ""
    label = name_of(text, targets[-1], start, targets[-1].end, dates)
    return _TARGET_LABEL.sub("", label)


def _date_of(
    text: str, figure: Figure, figures: Sequence[Figure], dates: Sequence[DateFound]
) -> DateFound | None:
    """The date after the figure, before the next one; else the date before it, after the last one."""
    apart = (
        [one for one in figures if not _in_brackets(text, one)] if not _in_brackets(text, figure) else figures
    )
    stop = min((one.start for one in apart if one.start > figure.start), default=len(text))
    floor = max((one.end for one in apart if one.end <= figure.start), default=-1)
    held = [one for one in dates if one.role not in _NOT_MEASURED]
    for one in held:
        between = text[figure.end : one.start_char]
        if figure.end <= one.start_char < min(stop, figure.end + _REACH) and _beside(between, figure):
            return one
    before = [
        one
        for one in held
        if max(floor, figure.start - _REACH) <= one.start_char and one.end_char <= figure.start
    ]
    return before[-1] if before and len(text[before[-1].end_char : figure.start].split()) <= 6 else None


def _in_brackets(text: str, figure: Figure) -> bool:
    return text[max(0, figure.start - 1) : figure.start] == "("


def _beside(between: str, figure: Figure) -> bool:
    return re.fullmatch(r"[^,;.(]*(?:\([^()]*\)[^,;.(]*)?", between) is not None and (
        figure.unit == "%" or " and " not in between
    )


def _with_baseline(
    text: str, one: Found, baselines: Sequence[Figure], figures: Sequence[Figure], dates: Sequence[DateFound]
) -> Found:
    same = [other for other in baselines if other.unit == one.figure.unit]
    if not same:
        return one
    nearest = min(same, key=lambda other: abs(other.start - one.figure.start))
    return replace(one, baseline=nearest, baseline_when=_date_of(text, nearest, figures, dates))


def _with_targets(text: str, found: list[Found], targets: Sequence[Figure]) -> list[Found]:
    """Each target goes to the last value of its unit before it, else to the first one after it.

    One "for each" goes to every value before it.
    """
    for target in targets:
        same = [
            index for index, one in enumerate(found) if one.figure.unit == target.unit and one.target is None
        ]
        before = [index for index in same if found[index].figure.start < target.start]
        if same:
            index = before[-1] if before else same[0]
            found[index] = replace(found[index], target=target)
        if _FOR_ALL.search(text[max(0, target.start - 24) : target.end + 16]):
            for other in before[:-1]:
                found[other] = replace(found[other], target=target)
    return found


def _give_target(last: list[Found], targets: Sequence[Figure]) -> None:
    """A sentence with nothing but a target speaks of the one value before it: "89% in May. Need 95%"."""
    same = [index for index, one in enumerate(last) if targets and one.figure.unit == targets[0].unit]
    if len(targets) == 1 and len(same) == 1 and last[same[0]].target is None:
        last[same[0]] = replace(last[same[0]], target=targets[0])


def _measure(text: str, one: Found, start: int, end: int) -> Measure:
    figure = one.figure
    return Measure(
        figure.start,
        figure.end,
        text[figure.start : figure.end],
        one.name,
        figure.value,
        figure.unit,
        figure.rule,
        when=one.when,
        target=one.target.value if one.target else None,
        baseline=one.baseline.value if one.baseline else None,
        baseline_when=one.baseline_when,
        caveat=_caveat(text, figure, start, end),
    )


def _caveat(text: str, figure: Figure, start: int, end: int) -> str | None:
    """The words that a figure must not be quoted without, from its own sentence."""
    for found in phrase("caveat").finditer(text, start, end):
        stop = _CAVEAT_END.search(text, found.end(), end)
        last = stop.start() if stop else end
        if found.start() <= figure.start < last:
            if not _EXCEPTION.fullmatch(found.group()):
                return found.group()
        else:
            return " ".join(text[found.start() : last].split())
    hedge = re.search(
        r"([^\W\d_]+\.?(?:\s[^\W\d_]+)?)\s*\Z", text[max(start, figure.start - 16) : figure.start]
    )
    words = hedge.group(1) if hedge else ""
    said = phrase("hedge").search(words)
    return said.group() if said and said.end() == len(words) else None


def _of_others(text: str, start: int, end: int) -> bool:
    return phrase("elsewhere").search(text, start, end) is not None
