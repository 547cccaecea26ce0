"""The scales of a plan: the key's, and one for every further column of ratings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from nlp.documents.markup import norm
from nlp.documents.plan.actions import RATING_SCALES
from nlp.documents.plan.keys import KeyReader
from nlp.documents.scales import LETTERS, colour_of, finished
from storage.model.document import DocAction, DocRating, DocScale

__all__ = ["read_scales", "without_strays"]


_ORDER = ("blue", "purple", "green", "yellow", "amber", "orange", "red", "grey", "white", "black")
_ASSURANCE_LABELS = ("Not Assured", "Partially Assured", "Fully Assured")
_WORDS = ("complete", "completed", "overdue", "on track", "off track", "at risk", "in progress", "not started", "ongoing",
          "delayed", "closed", "open", "green", "amber", "yellow", "purple", "outstanding", "implemented", "embedded")  # fmt: skip
"""Ratings that a narrow column cuts ("complet e")."""
_SETTER = re.compile(
    r"\b(sro|committee|pmo|owner|exec(?:utive)?|board|trust|ccg|lead|commissioner)\b", re.IGNORECASE
)


def read_scales(
    key: KeyReader, actions: Sequence[DocAction], headers: Mapping[str, str]
) -> tuple[DocScale, ...]:
    """The key's scale, and one for every further column of ratings, made of the words in its cells."""
    titles = {RATING_SCALES[field]: header for header, field in headers.items() if field in RATING_SCALES}
    found: list[DocScale] = []
    ratings = tuple(key.ratings) if len(key.ratings) > 1 else ()
    for name in ("rag", "on_target", "assurance"):
        seen = list(dict.fromkeys(a.ratings[name] for a in actions if name in a.ratings))
        if name not in titles and not seen and not (name == "rag" and ratings):
            continue
        title = titles.get(name) or key.title
        own = (
            ratings
            if ratings and (name != "assurance" or _share(seen, ratings))
            else _seen_ratings(name, seen)
        )
        if own:
            found.append(finished(DocScale(name, title, own, _setter(title)), seen))
    return tuple(found)


def _share(seen: Sequence[str], ratings: Sequence[DocRating]) -> bool:
    known = {norm(r.label) for r in ratings} | {r.colour for r in ratings}
    return any(norm(word) in known for word in seen)


def _setter(title: str) -> str | None:
    found = _SETTER.search(title)
    return found[1] if found else None


def _seen_ratings(name: str, seen: Sequence[str]) -> tuple[DocRating, ...]:
    """A scale out of the words of the cells, where the document prints no key."""
    if name == "assurance" and any(norm(word) in map(norm, _ASSURANCE_LABELS) for word in seen):
        return tuple(DocRating(label) for label in _ASSURANCE_LABELS)
    letters = [word.upper() for word in seen if word.upper() in LETTERS]
    coloured = sorted((c for c in {colour_of(word) for word in seen} if c), key=_ORDER.index)
    worded = [word for word in seen if not colour_of(word) and len(word) > 1]
    return (
        *(DocRating(letter, LETTERS[letter]) for letter in sorted(letters, key="BPGYAR".index)),
        *(DocRating(c.capitalize(), c) for c in coloured if c in _ORDER),
        *(DocRating(word.capitalize()) for word in worded[:12]),
    )


def without_strays(actions: Sequence[DocAction]) -> tuple[DocAction, ...]:
    """Ratings without the single characters that an extraction leaves in and beside cells of words."""
    words: dict[str, Counter[str]] = {}
    for action in actions:
        for name, value in action.ratings.items():
            words.setdefault(name, Counter())[value] += 1
    return tuple(
        replace(
            action,
            ratings={n: kept for n, value in action.ratings.items() if (kept := _kept(value, words[n]))},
        )
        if action.ratings
        else action
        for action in actions
    )


def _kept(value: str, values: Counter[str]) -> str:
    whole = next((word for word in _WORDS if word.replace(" ", "") == value.replace(" ", "")), value)
    return whole if whole != value else _unstrayed(value, values)


def _unstrayed(value: str, values: Counter[str]) -> str:
    if len(value) == 1:
        count = values.total()
        worded = sum(n for known, n in values.items() if len(known) > 3)
        if LETTERS.get(value.upper(), "none") in {colour_of(known) for known in values if len(known) > 1}:
            return value
        lone = count == 1 and value not in "abgryp0123456789" and value.isalnum()
        return "" if lone or 2 * worded > count else value
    head, _, tail = value.partition(" ")
    known = tail in values or norm(tail) in map(norm, _ASSURANCE_LABELS)
    return tail if len(head) <= 2 and known and not colour_of(head) else value
