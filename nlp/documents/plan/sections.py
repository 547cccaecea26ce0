"""From a table to lines under known columns: headers found and repeated, columns typed by content, rows aligned."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from nlp.documents.blocks import Cell, Table
from nlp.documents.celldates import is_datelike
from nlp.documents.markup import flat, norm
from nlp.documents.plan.align import align, fits
from nlp.documents.plan.columns import Column
from nlp.documents.plan.headers import assign, is_header, is_known, is_whole
from nlp.documents.refs import leading_ref
from nlp.documents.text import TEXT

__all__ = [
    "Line",
    "Section",
    "is_plan",
    "lines",
    "row_place",
    "sections",
    "with_refs",
]

_EMPTY = Cell("")
_ACTING = frozenset(
    {"owner", "operational_lead", "due", "revised", "rag", "on_target", "progress", "assurance", "ref"}
)
_DAY_FIRST = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A body row: its cells, one a column, and the row as it came."""

    place: str
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    whole: tuple[Cell, ...]
    fresh: bool = False  # the first row after a header or a page break

    def texts(self, field: str) -> list[str]:
        """What stands under a field's columns."""
        return [
            cell.text for column, cell in zip(self.columns, self.cells, strict=True) if column.field == field
        ]

    def text(self, field: str) -> str:
        """The text under a field, mark-up still in it; empty where there is none."""
        return next((text for text in self.texts(field) if text.strip()), "")


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of a table under one row of headers."""

    columns: tuple[Column, ...]
    headers: tuple[str, ...]  # the header row's places are ``header_places``
    header_places: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]  # (place, cells)
    firm: bool = False  # a row of as many cells as there are columns stands as it is


def is_plan(columns: Sequence[Column]) -> bool:
    """Columns of a table of actions: an action, and who, when or how far."""
    fields = {column.field for column in columns}
    return "action" in fields and len(fields & _ACTING) >= (1 if fields & {"due", "owner", "progress"} else 2)


def sections(table: Table, by_hand: Mapping[str, str]) -> list[Section]:
    """The table cut at its header rows; a first section without headers has no columns."""
    found: list[Section] = []
    columns: tuple[Column, ...] = ()
    headers: tuple[str, ...] = ()
    places: list[str] = []
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    skip = False
    named = {norm(header) for header in by_hand}
    for index, row in enumerate(table.rows):
        place = row_place(table, index)
        texts = [flat(cell.text) for cell in row]
        if skip:
            places.append(place)
            skip = False
        elif (
            is_header(texts, least=2 if columns else 1)
            or _again(texts, headers)
            or (named and _told(texts, named))
        ):
            above = [rows.pop()[0]] if rows and _merged_on(table.rows[index - 1], row) >= 2 else []
            if rows or places:
                found.append(Section(columns, headers, tuple(places), tuple(rows), table.firm))
            headers, skip = _whole_header(table, index - len(above))
            columns, places, rows = assign(headers, by_hand), [*above, place], []
            skip = skip and not above
        else:
            rows.append((place, row))
    found.append(Section(columns, headers, tuple(places), tuple(rows), table.firm))
    return found


def row_place(table: Table, index: int) -> str:
    """How people find a row: "sheet Plan, row 14", "line 131"."""
    number = table.first_row + index
    return f"{table.place} {number}" if table.place == TEXT else f"{table.place}, row {number}"


def _whole_header(table: Table, index: int) -> tuple[tuple[str, ...], bool]:
    """The header of one row, or of two where the second names the parts of merged cells in the first."""
    top = [flat(cell.text) for cell in table.rows[index]]
    if index + 1 < len(table.rows) and any(cell.merged for cell in table.rows[index]):
        row = table.rows[index + 1]
        below = [flat(cell.text) for cell in row]
        merged_on = _merged_on(table.rows[index], row)
        parts = [text for text, over in zip(below, top, strict=False) if text and text != over]
        if (
            len(below) == len(top)
            and merged_on
            and parts
            and all(len(p) <= 60 and (merged_on >= 2 or not is_datelike(p) or is_known(p)) for p in parts)
        ):
            return tuple(_both(over, text, parts) for over, text in zip(top, below, strict=True)), True
    return tuple(top), False


def _again(texts: Sequence[str], headers: Sequence[str]) -> bool:
    """The same row of headers as before."""
    return len(headers) > 2 and tuple(texts) == tuple(headers)


def _told(texts: Sequence[str], named: Set[str]) -> bool:
    """A row of headers that were mapped by hand: all of them, or two."""
    return len({norm(text) for text in texts} & named) >= min(2, len(named))


def _merged_on(above: Sequence[Cell], row: Sequence[Cell]) -> int:
    """How many cells of a row are those above it."""
    return sum(
        cell.merged and bool(cell.text) and cell.text == over.text
        for over, cell in zip(above, row, strict=False)
    )


def _both(over: str, text: str, parts: Sequence[str]) -> str:
    """A header of two rows: both of them where that is a header ("Revised" "date"), else the lower where it is one."""
    if text in ("", over):
        return over
    both = f"{over} {text}"
    return text if is_whole(text) and not is_whole(both) and parts.count(text) == 1 else both


def lines(
    section: Section, columns: Sequence[Column], is_rating: Callable[[str], bool], fresh: bool
) -> list[Line]:
    """The section's rows under ``columns``, damaged ones aligned; rows of one odd width are aligned alike."""
    columns = tuple(columns)
    found: list[Line] = []
    group: list[tuple[str, tuple[Cell, ...]]] = []
    for place, row in section.rows:
        if group and len(row) != len(group[0][1]):
            found.extend(_group_lines(group, columns, is_rating, section.firm))
            group = []
        group.append((place, row))
    found.extend(_group_lines(group, columns, is_rating, section.firm))
    if found and fresh:
        found[0] = replace(found[0], fresh=True)
    return found


def _group_lines(
    group: Sequence[tuple[str, tuple[Cell, ...]]],
    columns: tuple[Column, ...],
    is_rating: Callable[[str], bool],
    firm: bool,
) -> list[Line]:
    if not group:
        return []
    width = len(group[0][1])
    if firm and width == len(columns):
        return [Line(place, columns, row, row) for place, row in group]
    odd = [row for _, row in group if _odd(row, columns, is_rating)]
    common = (
        align([[cell.text for cell in row] for row in odd], columns, is_rating)
        if odd and width != len(columns)
        else None
    )
    found: list[Line] = []
    for place, row in group:
        cells = row
        if row in odd:
            fit = common
            if fit is None or not fits(
                [flat(row[i].text) if i is not None else "" for i in fit], columns, is_rating
            ):
                fit = align([[cell.text for cell in row]], columns, is_rating)
            cells = tuple(row[i] if i is not None else _EMPTY for i in fit)
        found.append(Line(place, columns, cells, row))
    return found


def _odd(row: Sequence[Cell], columns: Sequence[Column], is_rating: Callable[[str], bool]) -> bool:
    full = [
        (column.field, text) for column, cell in zip(columns, row, strict=False) if (text := flat(cell.text))
    ]
    if len({text for _, text in full}) <= 1 and len(row) == len(columns):
        return len(full) == 1 and full[0][0] in ("ref", "group_ref") and len(full[0][1]) > 30
    return not fits([flat(cell.text) for cell in row], columns, is_rating)


def with_refs(rows: Sequence[Line]) -> list[Line]:
    """Lines whose refs open their action or issue text ("1.1 Review ...") with the ref in a column of its own."""
    rows = list(rows)
    if not rows or any(flat(line.text("ref")) for line in rows):
        return rows
    for field in ("action", "issue", "theme", "extra"):
        cells = [text for line in rows if (text := flat(line.text(field)))]
        led = [
            lead for text in cells if (lead := leading_ref(text)) and lead[1] and not _DAY_FIRST.match(text)
        ]
        dotted = sum("." in ref for ref, _ in led)
        if led and (
            2 * dotted >= len(cells)
            or (len(led) == len(cells) and len({ref for ref, _ in led}) == len(led) > 1)
        ):
            return [_ref_apart(line, field) for line in rows]
    return rows


def _ref_apart(line: Line, field: str) -> Line:
    """The line with the ref that opens a field's text moved into a ref column."""
    at = next(
        (i for i, c in enumerate(line.columns) if c.field == field and line.cells[i].text.strip()), None
    )
    lead = leading_ref(flat(line.cells[at].text)) if at is not None else None
    cells = list(line.cells)
    ref = _EMPTY
    if lead and at is not None and not _DAY_FIRST.match(flat(cells[at].text)):
        ref = replace(cells[at], text=lead[0])
        cells[at] = replace(cells[at], text=_cut_ref(cells[at].text, lead[0]))
    return replace(line, columns=(*line.columns, Column("", "ref")), cells=(*cells, ref))


def _cut_ref(text: str, ref: str) -> str:
    """The text behind its ref, its line breaks kept."""
    return text[text.index(ref) + len(ref) :].lstrip(" \t\n.:)-–") if ref in text else text
