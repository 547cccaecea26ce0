"""Keys that stand beside a plan: its rating scale, its must-and-should key, its staff key and glossary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nlp.documents.blocks import Cell
from nlp.documents.markup import flat, norm
from nlp.documents.plan.headers import assign
from nlp.documents.plan.themes import heading, numbered
from nlp.documents.scales import (
    COLOURS,
    LETTERS,
    colour_of,
    is_rating_word,
    key_title,
    rating_of_letter,
    rating_of_line,
    rating_of_row,
    rating_of_score,
)
from nlp.documents.shades import shade_name
from storage.model.document import DocRating

__all__ = ["KeyReader"]

_COLUMN_WORDS = "rag brag rating ratings score scores status key colour color criteria level meaning definition description"
_HEADER = frozenset([*_COLUMN_WORDS.split(), "explanation", "descriptor"])
_REQUIREMENT = re.compile(r"^(?:must|should|could)(?: do)?\W*$|^further improvement", re.IGNORECASE)
_MOST = 20  # ratings of a scale
_STAFF_TITLE = re.compile(r"\b(?:staff|glossary|abbreviations?|acronyms?|initials)\b", re.IGNORECASE)
_PAIR = re.compile(r"^(?P<short>[A-Za-z&/. ]{1,14}?)\s*[–—:=-]\s+(?P<long>[A-Z][^\n]{3,120})$")


@dataclass(slots=True)
class KeyReader:
    """Collects the document's keys while it is read; each method says whether the text belonged to one."""

    ratings: list[DocRating] = field(default_factory=list)
    title: str = ""
    staff: dict[str, str] = field(default_factory=dict)
    open_scale: bool = False
    open_staff: bool = False

    def paragraph(self, text: str, fill: str | None = None) -> bool:
        """A line of text: the title of a key, or a line of the key under its title; ``fill`` names its shading."""
        cut = re.split(r"(?<=[a-z])(?=RAG )", text, maxsplit=1)
        if len(cut) == 2 and key_title(cut[1]):
            self._pair(cut[0])
            return self._titled(cut[1])
        if self._inline(text):
            return True
        if key_title(text):
            return self._titled(text)
        if _STAFF_TITLE.search(text) and len(text) <= 60:
            self.open_staff, self.open_scale = True, False
            return True
        if self.open_staff and self._pair(text):
            return True
        if self.open_scale and self._line(text, fill):
            return True
        if not self.open_staff:
            self.open_scale = False
        return False

    def _titled(self, text: str) -> bool:
        if not self.ratings:
            self.title = text.rstrip(": ")
        self.open_scale, self.open_staff = True, False
        return True

    def _line(self, text: str, fill: str | None) -> bool:
        if self._pair(text):
            self.open_scale, self.open_staff = False, True
            return True
        rating = rating_of_score(text) or rating_of_line(text)
        if rating is None and fill and len(text) <= 80:
            rating = DocRating(text, fill)
        if (
            rating is None
            and len(text) <= 70
            and not text.endswith((".", ":"))
            and not any(r.colour for r in self.ratings)
            and not heading(text)
            and not numbered(text)
        ):
            rating = DocRating(text)
        if rating is None:
            return False
        self._add(rating)
        return True

    def _pair(self, text: str) -> bool:
        found = _PAIR.match(text)
        if not found or norm(found["short"]) in COLOURS or sum(c.isupper() for c in found["short"]) < 2:
            return False
        self.staff.setdefault(found["short"].strip(), found["long"].strip())
        return True

    def _add(self, rating: DocRating) -> None:
        for known in self.ratings:
            if norm(rating.label) == norm(known.label) or (rating.colour and rating.colour == known.colour):
                return
        if len(self.ratings) < _MOST:
            self.ratings.append(rating)

    def _inline(self, text: str) -> bool:
        """A whole key in one line: "RAG: red = late; amber = at risk; green = on track"."""
        head, colon, body = text.partition(":")
        if not colon or rating_of_line(head) or not set(norm(head).split()) & _HEADER:
            body = text
        pieces = re.split(r"[;|]|,(?= ?\w+ ?[-–—:=(])", body)
        parts = [rating_of_letter(piece) or rating_of_line(piece) for piece in pieces]
        found = [part for part in parts if part and part.colour]
        if len(found) < 3 or len(found) < len(parts) - 1:
            found = _scored(pieces)
        if len(found) < 3:
            return False
        for rating in found:
            self._add(rating)
        return True

    def legend(self, text: str) -> bool:
        """The key within a column's header or a note: "RAG (R = late, A = at risk, G = on track)"."""
        opened = re.search(r"[(:]", text)
        return opened is not None and self._inline(text[opened.end() :].rstrip(") "))

    def legend_of(self, texts: Sequence[str]) -> bool:
        """A key in one line, or in the cells of one row."""
        return self._inline("; ".join(texts))

    # --- tables ---

    def table(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Read a table that is a rating key, upright or lying on its side, or a staff key."""
        turned = _turned(rows)
        if self.is_staff_key(rows):
            for row in rows:
                self._staff_row(row)
        elif self.is_key(rows) or (turned and self.is_key(turned)):
            for row in turned if turned and self.is_key(turned) else rows:
                self._row(row)
        else:
            return False
        self.open_scale = False
        return True

    def is_key(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Two or more rows that name colours beside what they mean, and nothing else."""
        texts = [[flat(cell.text) for cell in row if flat(cell.text)] for row in rows]
        texts = [row for row in texts if row]
        if (
            not texts
            or max(map(len, texts)) > 4
            or len(texts) > 15
            or any(len(c) > 300 for row in texts for c in row)
        ):
            return False
        if {column.field for column in assign(texts[0])} & {"action", "owner", "due"}:
            return False
        if _letters([row[0] for row in texts]) or self._scores(texts):
            return True
        ratings = sum(self._rates(row) for row in rows)
        titled = self.open_scale or any(key_title(row[0]) for row in texts[:2])
        return (ratings >= 2 and (titled or 2 * ratings >= len(texts))) or (
            titled and ratings >= 1 and ratings >= len(texts) - 2
        )

    def _scores(self, texts: Sequence[Sequence[str]]) -> bool:
        """Scores beside what they mean, under a header or title that says so."""
        named = set(norm(" ".join(texts[0])).split()) <= _HEADER or self.open_scale
        rows = texts[1:] if not texts[0][0].isdigit() else texts
        pieces = [" = ".join(row[:2]) for row in rows if len(row) > 1]
        return named and len(pieces) == len(rows) and len(_scored(pieces)) >= 3

    def _rates(self, row: Sequence[Cell]) -> bool:
        texts = list(dict.fromkeys(flat(cell.text) for cell in row if flat(cell.text)))
        if any(len(text) > 160 for text in texts) or len(texts) > 3:
            return False
        return (
            any(colour_of(t) or (rating_of_line(t) and len(texts) <= 2) for t in texts)
            or (
                bool(texts)
                and len(texts) <= 2
                and any(shade_name(cell.fill) for cell in row)
                and not key_title(texts[0])
            )
            or (len(texts) == 2 and is_rating_word(texts[0]))
        )

    def _row(self, row: Sequence[Cell]) -> None:
        texts = list(dict.fromkeys(flat(cell.text) for cell in row if flat(cell.text)))
        if not texts:
            return
        words = {word for text in texts for word in norm(text).split()}
        if len(texts) == 1 and key_title(texts[0]):
            self._titled(texts[0])
        elif texts[0].endswith(":") and len(texts) == 1:
            self.open_scale = False
        elif words <= _HEADER or (not self.open_scale and any(map(_REQUIREMENT.match, texts))):
            self.title = self.title or " ".join(texts)
            self.open_scale = self.open_scale or bool(words & {"rag", "rating", "colour", "brag"})
        elif not any(map(_REQUIREMENT.match, texts)):
            rating = (
                _lettered(texts)
                or rating_of_score(" = ".join(texts[:2]))
                or rating_of_row(texts, [shade_name(cell.fill) for cell in row])
            )
            if rating:
                self._add(rating)

    def is_staff_key(self, rows: Sequence[Sequence[Cell]]) -> bool:
        """Short names beside what they stand for, in pairs."""
        pairs = [pair for row in rows for pair in _pairs([flat(cell.text) for cell in row])]
        if _letters([short for short, _ in pairs]):
            return False
        if len(pairs) < 3 and not self.open_staff:
            return False
        good = sum(_is_pair(*pair) for pair in pairs)
        return bool(pairs) and 10 * good >= 7 * len(pairs)

    def _staff_row(self, row: Sequence[Cell]) -> None:
        for short, long in _pairs([flat(cell.text) for cell in row]):
            if _is_pair(short, long):
                self.staff.setdefault(short, long)


def _scored(pieces: Sequence[str]) -> list[DocRating]:
    """A key of scores, which run up or down by one: "1 = not started", "2 = begun" ...; [] for any other."""
    found = [rating for piece in pieces if (rating := rating_of_score(piece))]
    scores = [int(rating.aliases[0]) for rating in found]
    steps = {b - a for a, b in pairwise(scores)}
    return found if len(found) == len(pieces) and steps in ({1}, {-1}) else []


def _turned(rows: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    """A key of one to three long rows, its columns as rows; empty where colours stand in none of them."""
    width = min(len(row) for row in rows)
    coloured = max(
        len({colour_of(cell.text) or shade_name(cell.fill) for cell in row} - {None}) for row in rows
    )
    counts = any(flat(cell.text).isdigit() for row in rows for cell in row)
    if len(rows) > 3 or not 3 <= width <= 8 or coloured < 3 or counts:
        return []
    return list(zip(*(row[:width] for row in rows), strict=True))


def _letters(shorts: Sequence[str]) -> bool:
    """The initials of colours, two or more: B, G, A, R."""
    found = {short for short in shorts if len(short) == 1 and short in LETTERS}
    return len(found) >= 2 and sum(len(short) == 1 for short in shorts) == len(found)


def _lettered(texts: Sequence[str]) -> DocRating | None:
    """A key's row that opens with a colour's initial."""
    if len(texts) < 2 or texts[0] not in LETTERS:
        return None
    label = next((text for text in texts[1:] if not colour_of(text)), texts[1])
    return DocRating(label, LETTERS[texts[0]], aliases=(texts[0].lower(),))


def _pairs(texts: Sequence[str]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in zip(texts[::2], texts[1::2], strict=False) if a or b]


def _is_pair(short: str, long: str) -> bool:
    return (
        0 < len(short) <= 14
        and short.lower() not in COLOURS
        and len(long) > len(short)
        and bool(re.search(r"[A-Z].*[A-Z]|[A-Z]$", short))
        and not any(c.isdigit() for c in long)
    )
