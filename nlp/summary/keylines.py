"""The sentences of a report that a board would miss if they were not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nlp.reading.sentences import sentences
from nlp.summary.outline import Passage
from storage.model.reading import DateRole, Measure, Reading, Status
from storage.model.summary import KeyLine

__all__ = ["ReadPassage", "key_lines"]

SHARE = 0.1  # of the report's words, at most, are key sentences
FEWEST_WORDS, MOST_WORDS = 120, 450  # of all key sentences, whatever the report's length
LONGEST = 45  # words of a sentence that is quoted whole; of a longer one the summary line is
SECOND = 0.6  # of its weight counts for a sentence when its paragraph has a weightier one
_TROUBLE = (Status.OFF_TRACK, Status.AT_RISK)
_DATES = {DateRole.PLANNED: 0.8, DateRole.REVISED: 1.2, DateRole.HAPPENED: 0.4}


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A paragraph with its reading."""

    passage: Passage
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Candidate:
    paragraph: int
    start: int
    text: str
    weight: float

    @property
    def words(self) -> int:
        return len(self.text.split())


def key_lines(prose: Sequence[ReadPassage]) -> Iterator[KeyLine]:
    """The weightiest sentences in reading order, within the share of the report's words."""
    words = sum(len(one.passage.text.split()) for one in prose)
    room = min(max(words * SHARE, FEWEST_WORDS), MOST_WORDS)
    kept: list[_Candidate] = []
    for one in _spread(_candidates(prose)):
        if one.words <= room:
            kept.append(one)
            room -= one.words
    for one in sorted(kept, key=lambda one: (one.paragraph, one.start)):
        passage = prose[one.paragraph].passage
        yield KeyLine(one.text, passage.para, passage.heading)


def _spread(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Weightiest first, no sentence twice; the second and third of one paragraph weigh less."""
    taken: Counter[int] = Counter()
    said: set[str] = set()
    spread: list[tuple[float, _Candidate]] = []
    for one in sorted(candidates, key=lambda one: (-one.weight, one.paragraph, one.start)):
        if one.text not in said:
            spread.append((one.weight * SECOND ** taken[one.paragraph], one))
            taken[one.paragraph] += 1
            said.add(one.text)
    return [one for _, one in sorted(spread, key=lambda pair: -pair[0])]


def _candidates(prose: Sequence[ReadPassage]) -> Iterator[_Candidate]:
    heading: str | None = ""
    for index, one in enumerate(prose):
        opens_section = one.passage.heading != heading
        heading = one.passage.heading
        for start, end in sentences(one.passage.text):
            weight = _weight(one.reading, start, end) + 0.3 * (opens_section and start == 0)
            weight *= 0.4 if one.passage.appendix else 1.0
            text = one.passage.text[start:end].strip()
            if len(text.split()) > LONGEST:
                text, start = one.reading.summary, 0
            if weight >= 1.0 and len(text.split()) >= 4:
                yield _Candidate(index, start, text, weight)


def _weight(reading: Reading, start: int, end: int) -> float:
    """Figures with a target or an earlier value first, then trouble, then dates to come."""
    weight = sum(_of_measure(one) for one in reading.measures if start <= one.start_char < end)
    weight += sum(0.5 for one in reading.percentages if start <= one.start_char < end)
    weight += sum(_DATES.get(one.role, 0.0) for one in reading.dates if start <= one.start_char < end)
    cues = [one.status for one in reading.cues if start <= one.start_char < end]
    weight += 1.5 * any(status in _TROUBLE for status in cues) + 0.4 * bool(cues)
    return min(weight, 5.0)


def _of_measure(one: Measure) -> float:
    return 2.5 if one.target is not None or one.baseline is not None else 1.0
