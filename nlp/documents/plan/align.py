"""Put the cells of a damaged row under the columns that they belong to.

Rows lose columns, gain empty ones and shift where a table breaks over a page. A row that fits its
columns as it stands is left alone; another is aligned by what its cells look like (a ref, a date,
a rating, names, text), at the least cost of columns left out and empty cells dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from nlp.documents.celldates import is_datelike
from nlp.documents.markup import flat
from nlp.documents.plan.columns import Column
from nlp.documents.refs import looks_like_ref, strong_ref

__all__ = ["Fit", "align", "fits"]

Fit = tuple[int | None, ...]
"""For each column, the index of its cell in the row, or None."""

_DATES = frozenset({"due", "revised", "start", "completed"})
_RATINGS = frozenset({"rag", "on_target", "assurance_rating"})
_PEOPLE = frozenset({"owner", "operational_lead", "committee"})
_REFS = frozenset({"ref", "group_ref"})
_SKIP_COLUMN, _SKIP_LAST, _SKIP_EMPTY, _SKIP_TEXT = 0.6, 0.2, 0.35, 9.0
_MISFIT = -3.0
_SILENT = frozenset(["tbc", "tba", "tbd", "n/a", "na", "-", "–", "none", "nil"])
_WIDEST = 60
# Of two columns that a cell could stand under, the likelier one.
_FIRST = {"due": 0.1, "owner": 0.1, "rag": 0.1, "action": 0.1}


@lru_cache(maxsize=20_000)
def _cell_kind(text: str) -> str:
    if not text:
        return "empty"
    if text.lower() in _SILENT:
        return "silent"
    date = is_datelike(text)
    if strong_ref(text):
        return "either" if date else "ref"
    if date:
        return "date"
    return "short" if len(text) <= 90 else "text"


def _score(text: str, field: str, is_rating: Callable[[str], bool]) -> float:
    """How well a cell sits under a field; below zero: it looks wrong there."""
    kind = _cell_kind(text)
    if kind == "empty":
        return 0.0
    if kind == "silent":
        return -0.5 if field in _REFS else 0.5
    if field in _REFS:
        return 3.0 if kind in ("ref", "either") else 1.0 if looks_like_ref(text) else _MISFIT - 3
    if kind == "ref" and len(text) > 1 and field not in _DATES and "." in text:
        return _MISFIT
    if field in _RATINGS:
        return 3.0 if is_rating(text) else 0.2 if len(text) <= 30 else _MISFIT - 1
    if is_rating(text):
        return _MISFIT
    if field in _DATES:
        return 2.5 if kind in ("date", "either") else 0.2 if kind == "short" else _MISFIT
    if kind in ("date", "either"):
        return _MISFIT / 2 if field in _PEOPLE or field in ("action", "issue") else -1.0
    if field in _PEOPLE:
        return (1.5 if len(text) <= 40 else 1.0) if kind == "short" else 0.5 if len(text) <= 250 else -1.0
    return 1.5 if kind == "text" else 1.4 if field == "action" else 1.0


def fits(row: Sequence[str], columns: Sequence[Column], is_rating: Callable[[str], bool]) -> bool:
    """The row stands under its columns as it is: as many cells, none of which looks wrong there; a further column holds anything."""
    return len(row) == len(columns) and all(
        column.field == "extra" or _score(text, column.field, is_rating) > _MISFIT
        for text, column in zip(row, columns, strict=True)
    )


def align(rows: Sequence[Sequence[str]], columns: Sequence[Column], is_rating: Callable[[str], bool]) -> Fit:
    """The best placing of rows of one width, all in the same way."""
    texts = [[flat(cell) for cell in row] for row in rows]
    width = len(texts[0]) if texts else 0
    if not width or max(width, len(columns)) > _WIDEST:
        return tuple(i if i < width else None for i in range(len(columns)))
    full = [max(len(row[j]) > 0 for row in texts) for j in range(width)]
    gain = [
        [_mean_score([row[j] for row in texts], column.field, is_rating) for column in columns]
        for j in range(width)
    ]
    return _trace(gain, full, width, len(columns))


def _mean_score(texts: Sequence[str], field: str, is_rating: Callable[[str], bool]) -> float:
    mean = sum(_score(text, field, is_rating) for text in texts) / len(texts)
    return mean + _FIRST.get(field, 0.0) * any(texts)


def _trace(gain: list[list[float]], full: list[bool], width: int, wide: int) -> Fit:
    """Dynamic programming over cells x columns: match, leave a column out, drop a cell."""
    best = [[0.0] * (wide + 1) for _ in range(width + 1)]
    step = [[""] * (wide + 1) for _ in range(width + 1)]
    for j in range(width + 1):
        for c in range(wide + 1):
            if not j and not c:
                continue
            options = []
            if j and c:
                options.append((best[j - 1][c - 1] + gain[j - 1][c - 1], 2, "match"))
            if c:
                options.append((best[j][c - 1] - (_SKIP_LAST if j == width else _SKIP_COLUMN), 1, "column"))
            if j:
                options.append((best[j - 1][c] - (_SKIP_TEXT if full[j - 1] else _SKIP_EMPTY), 0, "cell"))
            best[j][c], _, step[j][c] = max(options)
    fit: list[int | None] = [None] * wide
    j, c = width, wide
    while j or c:
        move = step[j][c]
        if move == "match":
            j, c = j - 1, c - 1
            fit[c] = j
        elif move == "column":
            c -= 1
        else:
            j -= 1
    return tuple(fit)
