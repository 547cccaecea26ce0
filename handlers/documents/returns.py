"""The return sheet: what an organisation that is in no chat is asked, sent as a file and dropped back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.documents.forms import Form, FormFormat, write_form
from nlp.documents.forms import key_line
from nlp.documents.returns import RETURN_SHEET

__all__ = ["Asked", "ReturnPage", "write_return"]

_WIDTHS = (8, 7, 42, 14, 34, 50, 14, 14)
_ANSWERS = frozenset({"Your update", "Rating", "Revised date"})


@dataclass(frozen=True, slots=True)
class Asked:
    """An action in a return: its ref or None, its handle, and as text its due date and what was said last."""

    ref: str | None
    handle: int
    action: str
    due: str
    last: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """What a return is about. ``plan`` is the plan's slug, ``key`` tells the meeting, ``ratings`` are the scale's labels."""

    plan: str
    plan_title: str
    key: str
    organisation: str
    cycle: str  # as people read it: "assurance meeting of 16 March"
    rows: Sequence[Asked]
    ratings: Sequence[str] = ()


def write_return(page: ReturnPage, format: FormFormat) -> bytes:
    """The sheet with blank columns for the update, the rating and a revised date; ``read_return`` reads it back."""
    form = Form(
        title=f"{page.plan_title}: return of {page.organisation}",
        intro=(
            f'For the {page.cycle}. Please write under "Your update" what has happened since the last one, in your '
            "own words; fill in Rating and Revised date only where they change. Then send this file back as it is."
        ),
        key=key_line("return", page.plan, page.key, page.organisation),
        headers=RETURN_SHEET,
        rows=tuple(
            (row.ref or "", f"#{row.handle}", row.action, row.due, row.last, "", "", "") for row in page.rows
        ),
        widths=_WIDTHS,
        answers=_ANSWERS,
        choices=("Rating", tuple(page.ratings)),
    )
    return write_form(form, format)
