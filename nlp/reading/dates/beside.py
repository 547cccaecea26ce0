"""The words beside a date within its sentence, and the cues among them (``cues.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.reading.dates.shape import Shape
from storage.model.errors import SettingsError

__all__ = ["Beside", "beside", "cues"]

_MEANINGS = frozenset({"past", "future", "revised", "missed", "as_of", "other", "verb", "slip"})
_REACH_BEFORE, _REACH_AFTER = 14, 8
_LONGEST = 5
_FIRST_SYMBOL = "\u2300"  # ticks, faces and the like end a sentence; arrows do not
_ABBREVIATED = frozenset({"approx", "no", "dr", "mr", "mrs", "st", "e.g", "i.e", "etc", "c", "w"})


@dataclass(frozen=True, slots=True)
class Beside:
    """Lower-case words of the same sentence, both in the order of the text.

    ``own``: how many of those before come after the date before.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    own: int

    def cues_before(self, meaning: str, reach: int = _REACH_BEFORE) -> list[tuple[int, int]]:
        """(words between, words in the cue) of each cue before, nearest first."""
        known, size = cues(meaning, "before"), len(self.before)
        return [
            (size - end, end - start)
            for end in range(size, max(0, size - reach), -1)
            for start in range(max(0, end - _LONGEST), end)
            if self.before[start:end] in known
        ]

    def cues_after(self, meaning: str, reach: int = 3) -> list[tuple[int, int]]:
        known = cues(meaning, "after")
        return [
            (start, end - start)
            for start in range(min(reach, len(self.after)))
            for end in range(start + 1, min(start + _LONGEST, len(self.after)) + 1)
            if self.after[start:end] in known
        ]


def beside(shape: Shape, first: int, last: int, floor: int = 0) -> Beside:
    """The words around pieces ``first`` to ``last``; ``floor`` is where the date before ends."""
    indexes = _until_end(shape, range(first - 1, -1, -1), _REACH_BEFORE)
    before = [shape.lower[at] for at in indexes]
    own = len(_split([shape.lower[at] for at in indexes if at >= floor]))
    after = [shape.lower[at] for at in _until_end(shape, range(last, len(shape.letters)), _REACH_AFTER)]
    return Beside(_split(before[::-1]), _split(after), own)


def _until_end(shape: Shape, indexes: range, reach: int) -> list[int]:
    found: list[int] = []
    for at in indexes:
        letter = shape.letters[at]
        if len(found) >= reach or _ends_at(shape, at):
            break
        if letter != " " and letter not in "\"'.":
            found.append(at)
    return found


def _ends_at(shape: Shape, at: int) -> bool:
    letter = shape.letters[at]
    return letter == "\n" or letter >= _FIRST_SYMBOL or (letter in ".;!?•" and _ends_sentence(shape, at))


def _ends_sentence(shape: Shape, at: int) -> bool:
    if shape.letters[at] in ";•":
        return True
    spaced = at + 1 >= len(shape.letters) or shape.letters[at + 1] in " \n"
    return spaced and (at == 0 or shape.lower[at - 1] not in _ABBREVIATED)


def _split(words: list[str]) -> tuple[str, ...]:
    return tuple(word for phrase in words for word in phrase.split())


@cache
def cues(meaning: str, side: str) -> frozenset[tuple[str, ...]]:
    """The cues of one meaning and side, each as its words."""
    return _all_cues().get((meaning, side), frozenset())


@cache
def _all_cues() -> dict[tuple[str, str], frozenset[tuple[str, ...]]]:
    found: dict[tuple[str, str], frozenset[tuple[str, ...]]] = {}
    text = files(__package__).joinpath("cues.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        meaning, _, rest = line.partition("\t")
        side, _, ways = rest.partition("\t")
        if meaning not in _MEANINGS or side not in {"before", "after"} or not ways.strip():
            raise SettingsError(f"Write this line of dates/cues.tsv as meaning, side, words: {line!r}.")
        words = frozenset(tuple(way.replace("-", " - ").split()) for way in ways.split(" | "))
        found[meaning, side] = found.get((meaning, side), frozenset()) | words
    return found
