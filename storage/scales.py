"""Scales as rows, and the rating that a printed cell names."""

from __future__ import annotations

from collections.abc import Sequence

from storage.codec import decode, encode
from storage.database import Row
from storage.model.document import DocRating, DocScale
from storage.model.plan import Rating, Scale
from storage.session import Session

__all__ = ["later_ratings", "named_rating", "save_scale", "to_scale"]

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


def later_ratings(known: Sequence[Rating], printed: DocScale, earlier: DocScale | None) -> list[Rating]:
    """A scale as a later document prints it, after ``earlier``.

    What the office corrected stays where the print has not changed. A rating that the document no longer
    shows stays in its place, unless another stands for the same: where no key is printed, a version in which
    nothing is red shows no Red.
    """
    corrected = {rating.label: rating for rating in known}
    before = {rating.label: rating for rating in earlier.ratings} if earlier else {}
    ratings = [
        corrected[one.label] if one.label in corrected and before.get(one.label) == one else _as_printed(one)
        for one in printed.ratings
    ]
    for place, rating in enumerate(known):
        if not any(_stands_for(rating, other) for other in ratings):
            previous = known[place - 1] if place else None
            after = next(
                (i for i, one in enumerate(ratings, 1) if previous and _stands_for(previous, one)), 0
            )
            ratings.insert(after, rating)
    return ratings


def _as_printed(one: DocRating) -> Rating:
    return Rating(one.label, one.colour, one.status, tuple(one.aliases), one.demands)


def _stands_for(rating: Rating, other: Rating) -> bool:
    return (
        rating.label == other.label
        or (rating.colour is not None and rating.colour == other.colour)
        or (rating.status is not None and rating.status is other.status)
    )
