"""How truly a plan was imported, by the rules of the plans' gold."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

__all__ = ["Score", "score"]

_TEXTS = ("action", "owner", "operational_lead", "assurance", "progress", "committee")
_DATES = ("due", "revised")
_EXACT = ("theme", "rag", "on_target_rag", "assurance_rating")
_EMPTY: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Score:
    """Shares of 0 to 1, and every difference as (ref, field, wanted, read)."""

    found: float
    extra: int
    fields: float
    themes: float
    scheme: float
    meetings: float
    misses: list[tuple[Any, str, Any, Any]]


def score(gold: dict[str, Any], read: dict[str, Any]) -> Score:
    """Hold an import, as ``document_as_dict`` gives it, against its gold."""
    left = list(read["actions"])
    pairs = [(row, _take(row, left)) for row in gold["actions"]]
    found = [(want, have) for want, have in pairs if have is not None]
    misses = [(w["ref"], "NOT FOUND", w["action"], None) for w, h in pairs if h is None]
    misses += [(h["ref"], "EXTRA", None, h["action"]) for h in left]
    shares = []
    for name in (*_TEXTS, *_DATES, *_EXACT):
        wrong = [(w["ref"], name, w[name], h[name]) for w, h in found if not _right(name, w[name], h[name])]
        shares.append(1 - len(wrong) / max(len(found), 1))
        misses += wrong
    return Score(
        len(found) / len(pairs),
        len(left),
        sum(shares) / len(shares),
        _share(gold["themes"], read["themes"], _same_theme),
        _share(gold["rag_scheme"], read["rag_scheme"], lambda w, h: _alike(w["label"], h["label"])),
        _share(gold["meetings"], read["meetings"], _same_meeting),
        misses,
    )


def _collapse(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).strip().lower()


def _ratio(a: object, b: object) -> float:
    return difflib.SequenceMatcher(None, _collapse(a), _collapse(b), autojunk=False).ratio()


def _alike(a: object, b: object) -> bool:
    return _collapse(a) == _collapse(b) or _ratio(a, b) >= 0.9


def _key(ref: object) -> str | None:
    return None if ref in _EMPTY else re.sub(r"\s+", "", str(ref)).lower()


def _take(row: dict[str, Any], left: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The import's row for a row of the gold, taken out of those that are left."""
    key = _key(row["ref"])
    same = [h for h in left if key and _key(h["ref"]) == key]
    if not same:
        same = [h for h in left if not (key and _key(h["ref"])) and _ratio(row["action"], h["action"]) >= 0.8]
    best = max(same, key=lambda h: _ratio(row["action"], h["action"]), default=None)
    if best is not None:
        left.remove(best)
    return best


def _right(name: str, want: Any, have: Any) -> bool:
    if want in _EMPTY or have in _EMPTY:
        return want in _EMPTY and have in _EMPTY
    if name in _TEXTS:
        return _alike(want, have)
    return bool(want == have) if name in _DATES else _collapse(want) == _collapse(have)


def _share(wanted: list[Any], read: list[Any], same: Any) -> float:
    return sum(any(same(w, h) for h in read) for w in wanted) / len(wanted) if wanted else 1.0


def _same_theme(want: dict[str, Any], have: dict[str, Any]) -> bool:
    return _alike(want["title"], have["title"]) and (
        not want["ref"] or _key(want["ref"]) == _key(have["ref"])
    )


def _same_meeting(want: dict[str, Any], have: dict[str, Any]) -> bool:
    return _alike(want["name"], have["name"]) and bool(want["date"] == have["date"])
