"""What every file format is turned into first: paragraphs and tables in reading order."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Block", "Cell", "Paragraph", "Table"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``text`` keeps line breaks between its paragraphs; mark-up of the source is kept as it came.

    ``fill`` is the shading as "RRGGBB" (upper case) or None. A merged cell appears once for every
    row and column that it spans, with ``merged`` true for all but its first place.
    """

    text: str
    fill: str | None = None
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text outside tables. ``level`` is its heading level (1..9) or 0, ``fill`` its shading or None."""

    text: str
    place: str
    level: int = 0
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; rows may differ in length where the source is damaged.

    ``place`` names the table ("sheet Plan", "page 3, table 2"), ``first_row`` the number of its
    first row there, so that row ``i`` is told to people as ``first_row + i``. ``firm`` tells that the
    file itself says under which column a cell stands.
    """

    rows: tuple[tuple[Cell, ...], ...]
    place: str
    first_row: int = 1
    title: str | None = None
    firm: bool = False


Block = Paragraph | Table
