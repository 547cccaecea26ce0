"""Scales as rows, and the rating that a printed cell names."""

from __future__ import annotations

from collections.abc import Sequence

from storage.codec import decode, encode
from storage.database import Row
from storage.model.plan import Rating, Scale
from storage.session import Session

__all__ = ["named_rating", "save_scale", "to_scale"]

_SAME_COLOUR = {"yellow": "amber", "amber": "yellow", "orange": "amber"}


def named_rating(scale: Scale, word: str) -> Rating | None:
    """The rating that a cell's word names; cells say Yellow where the key says Amber."""
    return scale.find(word) or scale.find(_SAME_COLOUR.get(word.strip().casefold(), ""))


def save_scale(
    session: Session, plan_id: int, name: str, title: str, ratings: Sequence[Rating], setter: str | None
) -> int:
    """Keep the scale of that name, in place of an earlier one."""
    text = encode(tuple(ratings), tuple[Rating, ...])
    values = {"name": name, "title": title, "ratings": text, "setter": setter}
    scale_id = session.insert("plans.set_scale", plan_id=plan_id, **values)
    session.audit("scale", scale_id, plan_id=plan_id, now=values)
    return scale_id


def to_scale(row: Row) -> Scale:
    ratings: tuple[Rating, ...] = decode(tuple[Rating, ...], row["ratings"])
    return Scale(row["id"], row["name"], row["title"], ratings, row["setter"])
