"""The sheet of actions whose rating was lost with the colours of a document, for the PMO to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.documents.forms import Form, FormFormat, write_form
from nlp.documents.forms import key_line
from nlp.documents.returns import RATING_SHEET

__all__ = ["Unrated", "write_unrated"]

_WIDTHS = (8, 7, 70, 30, 18, 26)


@dataclass(frozen=True, slots=True)
class Unrated:
    """An action without an agreed rating: its ref or None, its handle, and as text who owns it and when it is due."""

    ref: str | None
    handle: int
    action: str
    owner: str
    due: str


def write_unrated(
    plan: str, plan_title: str, rows: Sequence[Unrated], ratings: Sequence[str], format: FormFormat
) -> bytes:
    """The sheet "47 have no agreed rating"; ``plan`` is the slug, ``ratings`` are the scale's labels.

    ``read_ratings`` reads it back: a word, or the colour of a shaded cell.
    """
    count = f"{len(rows)} {'has' if len(rows) == 1 else 'have'} no agreed rating"
    form = Form(
        title=f"{plan_title}: {count}",
        intro=(
            "Please fill in the last column with the rating that the last meeting agreed, or shade its cell: "
            f"{', '.join(ratings) or 'in the words of the plan'}. Leave out what no meeting has rated. "
            "Then drop this file back on the bot."
        ),
        key=key_line("ratings", plan),
        headers=RATING_SHEET,
        rows=tuple((row.ref or "", f"#{row.handle}", row.action, row.owner, row.due, "") for row in rows),
        widths=_WIDTHS,
        answers=frozenset({"Agreed rating"}),
        choices=("Agreed rating", tuple(ratings)),
    )
    return write_form(form, format)
