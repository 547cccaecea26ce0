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
from nlp.documents.plan.headers import assign, is_header, is_known, is_whole, second_choice
from nlp.documents.refs import leading_ref, looks_like_ref, strong_ref
from nlp.documents.scales import is_rating_word
from nlp.documents.text import TEXT

__all__ = [
    "Line",
    "Section",
    "headed_by",
    "inferred",
    "is_plan",
    "lines",
    "refined",
    "row_place",
    "sections",
    "with_refs",
]

_EMPTY = Cell("")
_ACTING = frozenset(
    {"owner", "operational_lead", "due", "revised", "rag", "on_target", "progress", "assurance", "ref"}
)
_LONG = 60
_SENTENCE = 20  # characters on the average that an action has at least
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
        elif is_header(texts, least=2 if columns else 1) or (named and _told(texts, named)):
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
            and all(len(p) <= 60 and (not is_datelike(p) or is_known(p)) for p in parts)
        ):
            return tuple(_both(over, text, parts) for over, text in zip(top, below, strict=True)), True
    return tuple(top), False


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


# --- columns by what they hold ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Content:
    """Shares of a column's filled cells."""

    filled: int
    ref: float
    date: float
    rating: float
    shaded: float
    length: float


def _content(cells: Sequence[Cell]) -> _Content:
    texts = [flat(cell.text) for cell in cells if flat(cell.text) and not cell.merged]
    shaded = sum(bool(cell.fill) and not flat(cell.text) for cell in cells) / max(len(cells), 1)
    if not texts:
        return _Content(0, 0, 0, 0, shaded, 0)
    count = len(texts)
    return _Content(
        count,
        sum(strong_ref(t) or (looks_like_ref(t) and len(t) <= 12) for t in texts) / count,
        sum(is_datelike(t) for t in texts) / count,
        sum(is_rating_word(t) for t in texts) / count,
        shaded,
        sum(map(len, texts)) / count,
    )


def refined(section: Section) -> tuple[Column, ...]:
    """The section's columns with unnamed ones typed by content, and a status column that holds prose made progress."""
    columns = list(section.columns)
    wide = [
        row for _, row in section.rows if len(row) == len(columns) and len({flat(c.text) for c in row}) > 1
    ]
    if not wide:
        return tuple(columns)
    contents = [_content([row[i] for row in wide]) for i in range(len(columns))]
    for i, column in enumerate(columns):
        if column.field == "rag" and contents[i].length > _LONG and not _has(columns, "progress"):
            columns[i] = replace(column, field="progress")
        if (
            column.field == "ref"
            and contents[i].length > 40
            and contents[i].ref < 0.2
            and not _has(columns, "action")
        ):
            columns[i] = replace(column, field="action")
        if column.field == "theme" and contents[i].ref >= 0.8 and not _has(columns, "ref"):
            columns[i] = replace(column, field="ref")
    for i, column in enumerate(columns):
        if column.field == "extra":
            field = _by_content(contents[i], columns)
            if not is_known(column.header) or field == second_choice(column.header):
                columns[i] = replace(column, field=field)
    return _with_theme(_with_action(columns, contents), wide)


def _with_theme(columns: tuple[Column, ...], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns; one before the actions, its short cells merged over several rows each, holds their themes."""
    if _has(columns, "theme"):
        return columns
    for i, column in enumerate(columns):
        if column.field == "action":
            break
        texts = [flat(row[i].text) for row in rows]
        grouped = sum(row[i].merged for row in rows) * 3 >= len(rows) >= 3
        short = all(0 < len(text) <= _LONG and not looks_like_ref(text) for text in texts)
        if column.field == "extra" and not is_whole(column.header) and grouped and short:
            return (*columns[:i], replace(column, field="theme"), *columns[i + 1 :])
    return columns


def _with_action(columns: list[Column], contents: Sequence[_Content]) -> tuple[Column, ...]:
    """The columns; where none of them is of actions though owners and dates are, the longest of unknown name is."""
    unknown = [i for i, c in enumerate(columns) if c.field == "extra" and c.header and not is_known(c.header)]
    longest = max(unknown, key=lambda i: contents[i].length, default=None)
    if (
        longest is not None
        and contents[longest].length >= _SENTENCE
        and not _has(columns, "action")
        and _has(columns, "due")
        and (_has(columns, "owner") or _has(columns, "rag"))
    ):
        columns[longest] = replace(columns[longest], field="action")
    return tuple(columns)


def _has(columns: Sequence[Column], field: str) -> bool:
    return any(column.field == field for column in columns)


def _by_content(content: _Content, columns: Sequence[Column]) -> str:
    checks = (
        ("ref", content.filled and content.ref >= 0.5),
        ("due", content.filled and content.date >= 0.6),
        ("rag", (content.filled and content.rating >= 0.7) or (not content.filled and content.shaded >= 0.4)),
        ("action", content.filled and content.length > _LONG),
    )
    for field, holds in checks:
        if holds and not _has(columns, field):
            return field
    return "extra"


def inferred(table: Table) -> tuple[Column, ...]:
    """Columns of a table without any readable header, by content alone; empty where it does not look like a plan."""
    width = max(map(len, table.rows))
    rows = [row for row in table.rows if len(row) == width]
    if width < 3 or len(rows) < 2:
        return ()
    contents = [_content([row[i] for row in rows]) for i in range(width)]
    columns = [Column("", "extra")] * width
    for field in ("ref", "due", "rag"):
        for i, content in enumerate(contents):
            if (
                columns[i].field == "extra"
                and _by_content(content, [*columns, Column("", "action")]) == field
            ):
                columns[i] = Column("", field)
                break
    _type_texts(columns, contents)
    sure = _has(columns, "due") or (_has(columns, "ref") and _has(columns, "rag"))
    if not sure or not _has(columns, "action"):
        return ()
    return tuple(replace(column, header=f"Column {i}") for i, column in enumerate(columns, start=1))


def headed_by(columns: Sequence[Column], first: Sequence[Cell]) -> tuple[Column, ...] | None:
    """The columns under a first row that heads them in words of its own; None where it is a row like the others."""
    looks: Mapping[str, Callable[[str], bool]] = {
        "ref": looks_like_ref,
        "due": is_datelike,
        "rag": is_rating_word,
    }
    texts = [flat(cell.text) for cell in first]
    typed = [
        looks[column.field](text)
        for column, text in zip(columns, texts, strict=False)
        if column.field in looks and text
    ]
    if len(typed) < 2 or any(typed) or any(len(text) > 60 for text in texts):
        return None
    return tuple(replace(c, header=text or c.header) for c, text in zip(columns, texts, strict=False))


def _type_texts(columns: list[Column], contents: Sequence[_Content]) -> None:
    """Among columns of words: the longest before the date is the action, the longest behind it the progress."""
    words = [i for i, c in enumerate(contents) if columns[i].field == "extra" and c.filled and c.length > 3]
    due = next((i for i, column in enumerate(columns) if column.field in ("due", "rag")), len(columns))
    before, behind = [i for i in words if i < due], [i for i in words if i > due]
    before = [i for i in before if 2 * contents[i].filled > max(contents[j].filled for j in words)]
    if not before or max(contents[i].length for i in before) < 15:
        return
    action = max(before, key=lambda i: contents[i].length)
    columns[action] = Column("", "action")
    if behind and contents[last := max(behind, key=lambda i: contents[i].length)].length >= 12:
        columns[last] = Column("", "progress")
    for i in [*(i for i in before if i > action), *behind]:
        if columns[i].field == "extra" and contents[i].length <= 60:
            columns[i] = Column("", "owner")
            return


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
