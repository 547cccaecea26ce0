"""Returns of organisations that are in no chat, and ratings that the PMO fills in, read back from their sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.documents.forms import Filled, read_form
from storage.model.errors import DocumentError

__all__ = [
    "RATING_SHEET",
    "RETURN_SHEET",
    "RatingRow",
    "RatingSheet",
    "ReturnRow",
    "ReturnSheet",
    "read_ratings",
    "read_return",
]

RETURN_SHEET = ("Ref", "Line", "Action", "Due", "Last update", "Your update", "Rating", "Revised date")
RATING_SHEET = ("Ref", "Line", "Action", "Owner", "Due", "Agreed rating")

_HANDLE = re.compile(r"#?\s*(\d{1,6})")


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """What an organisation wrote about an action. ``handle`` and ``ref`` are None in a row that it added."""

    ref: str | None
    handle: int | None
    text: str
    rating: str | None
    revised: str | None
    place: str


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """A return: the plan's slug, who returns it, the meeting's key, and the rows in which something was written.

    ``blank`` counts the rows left empty, ``notes`` holds what was written below the table.
    """

    plan: str
    organisation: str
    key: str
    rows: tuple[ReturnRow, ...]
    blank: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RatingRow:
    """The agreed rating of an action in the PMO's words, or the name of the colour that a cell was shaded in."""

    ref: str | None
    handle: int | None
    rating: str
    place: str


@dataclass(frozen=True, slots=True)
class RatingSheet:
    """A filled-in sheet of actions without an agreed rating."""

    plan: str
    rows: tuple[RatingRow, ...]
    blank: int


def read_return(data: bytes, filename: str) -> ReturnSheet:
    """Read a return. Raises DocumentError where it is none."""
    form = read_form(data, filename, "return", RETURN_SHEET, answer="Your update")
    plan, key, organisation = _parts(form.parts, 3)
    rows = [_return_row(row) for row in form.rows]
    written = tuple(row for row in rows if row.text or row.rating or row.revised)
    return ReturnSheet(plan, organisation, key, written, len(rows) - len(written), form.notes)


def read_ratings(data: bytes, filename: str) -> RatingSheet:
    """Read a sheet of agreed ratings. Raises DocumentError where it is none."""
    form = read_form(data, filename, "ratings", RATING_SHEET, answer="Agreed rating")
    (plan,) = _parts(form.parts, 1)
    filled = [row for row in form.rows if row.cells.get("Agreed rating")]
    rows = tuple(RatingRow(_ref(row), _handle(row), row.cells["Agreed rating"], row.place) for row in filled)
    return RatingSheet(plan, rows, len(form.rows) - len(rows))


def _parts(parts: tuple[str, ...], count: int) -> tuple[str, ...]:
    if len(parts) != count or not all(parts):
        raise DocumentError(
            "The key of this sheet was changed: copy the answers into the sheet that was sent out."
        )
    return parts


def _return_row(row: Filled) -> ReturnRow:
    handle = _handle(row)
    text = row.cells.get("Your update", "")
    if handle is None and not text:  # a row of their own, written where there was room
        text = row.cells.get("Action", "")
    return ReturnRow(
        _ref(row),
        handle,
        text,
        row.cells.get("Rating") or None,
        row.cells.get("Revised date") or None,
        row.place,
    )


def _ref(row: Filled) -> str | None:
    return row.cells.get("Ref") or None


def _handle(row: Filled) -> int | None:
    found = _HANDLE.fullmatch(row.cells.get("Line", "").strip())
    return int(found[1]) if found else None
