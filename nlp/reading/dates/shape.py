"""The shape of a text: one letter for each word, number, mark and space, so that rules are short patterns.

"by end of June 18" has the shape "x eOMn"... with its spaces: "x e O M n". Letters are in ``words.KINDS``; besides:
n a number of one or two digits, Y a year in four digits, N any other number, x any other word,
a space, a line feed, and marks as themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from nlp.reading.dates.words import Word, one_slip_away, vocabulary
from nlp.reading.tokens import pieces

__all__ = ["Shape", "shape_of"]

_YEARS = range(1900, 2200)


@dataclass(slots=True)
class Shape:
    """The pieces of a text by index: where each starts and ends, its word and its letter."""

    text: str
    letters: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    words: list[Word | None] = field(default_factory=list)

    def said(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def number(self, index: int) -> int:
        return int(self.lower[index])

    def value(self, index: int) -> str:
        word = self.words[index]
        return word.value if word else self.lower[index]

    def digits(self, index: int) -> int:
        return self.ends[index] - self.starts[index]

    def before(self, index: int, count: int = 1) -> list[str]:
        """The words before, nearest first; ends at a line feed."""
        return self._near(range(index - 1, -1, -1), count)

    def after(self, index: int, count: int = 1) -> list[str]:
        """The words from ``index`` on; ends at a line feed."""
        return self._near(range(index, len(self.letters)), count)

    def _near(self, indexes: range, count: int) -> list[str]:
        found: list[str] = []
        for at in indexes:
            if self.letters[at] == "\n" or len(found) == count:
                break
            if self.letters[at] != " ":
                found.append(self.lower[at])
        return found


def shape_of(text: str) -> Shape:
    """Cut up a text and look its words and phrases up, the longest phrase first."""
    shape = Shape(text)
    letters: list[str] = []
    cut = pieces(text)
    looked_at = [_look(piece) for piece in cut]
    lower = [low for _, low, _ in looked_at]
    at = offset = 0
    while at < len(cut):
        letter, piece, opens = looked_at[at]
        word = _phrase(lower, at) if opens else None
        taken, end = 1, offset + len(cut[at])
        if word and len(word.pieces) > 1:
            taken = len(word.pieces)
            piece = "".join(lower[at : at + taken])
            end = offset + sum(map(len, cut[at : at + taken]))
        letters.append(word.kind if word else letter)
        shape.starts.append(offset)
        shape.ends.append(
            end - 2 if word and piece.endswith("'s") and not word.pieces[-1].endswith("'s") else end
        )
        shape.lower.append(piece)
        shape.words.append(word)
        at, offset = at + taken, end
    shape.letters = "".join(letters)
    return shape


@lru_cache(maxsize=8192)
def _look(piece: str) -> tuple[str, str, bool]:
    """The letter and the lower case of a piece, and whether a word of the vocabulary can start with it."""
    letter = _letter(piece)
    lower = " " if letter == " " else piece.lower()
    known = lower in vocabulary() or lower.endswith("'s") or lower in one_slip_away()
    return letter, lower, known


def _phrase(lower: list[str], at: int) -> Word | None:
    """The longest phrase of the vocabulary that starts here, possessives and one slip allowed."""
    first = lower[at]
    for word in vocabulary().get(first, ()):
        size = len(word.pieces)
        if size == 1 or tuple(lower[at : at + size]) == word.pieces:
            return word
    if first.endswith("'s"):
        owner = [word for word in vocabulary().get(first[:-2], ()) if len(word.pieces) == 1]
        return owner[0] if owner and owner[0].kind in "MWSEdu" else None
    return one_slip_away().get(first)


def _letter(piece: str) -> str:
    if piece.isdigit() and piece.isascii():
        if len(piece) <= 2:
            return "n"
        return "Y" if len(piece) == 4 and int(piece) in _YEARS else "N"
    if piece.isspace():
        return "\n" if "\n" in piece or "\r" in piece else " "
    return "x" if piece[0].isalpha() else piece[0]
