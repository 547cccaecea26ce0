"""The bot's own exports read back: every row says what it is, so nothing is guessed and nothing is lost.

Beside the document's own words an export has a column "Assurebot: row" (an action's handle, or
"theme") and a last table "Assurebot: about" with what the words alone do not tell: fields of
columns, scales, leads of themes, steps, meetings. What people changed in the words counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.celldates import parse_date
from nlp.documents.plan.themes import heading
from nlp.documents.shades import shade_name
from storage.model.document import (
    DocAction,
    DocMeeting,
    DocRating,
    DocScale,
    DocStep,
    DocTheme,
    PlanDocument,
    Unplaced,
)
from storage.model.errors import DocumentError
from storage.model.reading import Status

__all__ = [
    "ABOUT_HEADER",
    "LEAD_MARK",
    "MARK_HEADER",
    "NO_THEME",
    "RATING_FIELDS",
    "THEME_MARK",
    "read_own",
    "theme_heading",
    "without_state",
]

MARK_HEADER, ABOUT_HEADER = "Assurebot: row", "Assurebot: about"
_STATE_PREFIX = "Assurebot: "
THEME_MARK, LEAD_MARK = "theme", "lead"
NO_THEME = "No theme"
RATING_FIELDS: Mapping[str, str] = {"rag": "rag", "on_target": "on_target", "assurance_rating": "assurance"}

_STACKED = frozenset({"owner", "operational_lead", "due"})  # line breaks tell their parts
_READ = ("strength", "regulation", "core_service")  # from the wording, where no column has them
_TEXTS = (
    "ref", "owner", "operational_lead", "assurance", "evidence", "committee", "progress", "regulation", "core_service",
)  # fmt: skip

Facts = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Column:
    header: str
    field: str
    kept: bool  # the text stands among the action's further columns too


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    columns: Mapping[str, _Column]
    themes: list[DocTheme]
    as_of: date | None
    facts: Mapping[str, Facts]
    theme: str | None = None
    actions: list[DocAction] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)


def read_own(blocks: Sequence[Block], columns: Mapping[str, str] | None = None) -> PlanDocument | None:
    """The plan of an export; None where the blocks are none. ``columns`` overrides fields of headers.

    Raises DocumentError where the table that tells about the export was damaged.
    """
    facts = _facts(blocks)
    if "plan" not in facts:
        return None
    try:
        return _document(blocks, facts, columns or {})
    except (ValueError, IndexError) as error:
        raise DocumentError(
            f'The table "{ABOUT_HEADER}" of this export was changed: export the plan again and edit its own columns only.'
        ) from error


def without_state(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the columns in which an export shows where actions stand."""
    return [_own_columns(block) if isinstance(block, Table) else block for block in blocks]


def _own_columns(table: Table) -> Table:
    states = {
        place
        for row in table.rows
        for place, cell in enumerate(row)
        if cell.text.startswith(_STATE_PREFIX) and cell.text != ABOUT_HEADER
    }
    if not states:
        return table
    rows = (tuple(cell for place, cell in enumerate(row) if place not in states) for row in table.rows)
    return replace(table, rows=tuple(rows))


def theme_heading(theme: DocTheme) -> str:
    """The heading of a theme as an export prints it."""
    return f"Theme {theme.ref}: {theme.title}" if theme.ref else f"Theme: {theme.title}"


def _document(
    blocks: Sequence[Block], facts: Mapping[str, Facts], by_hand: Mapping[str, str]
) -> PlanDocument:
    plan = {name: value for name, value, *_ in facts["plan"]}
    as_of = date.fromisoformat(plan["as of"]) if plan.get("as of") else None
    columns = {
        row[0]: _Column(row[0], by_hand.get(row[0], row[1]), bool(row[2])) for row in facts.get("column", ())
    }
    themes = [_theme(row) for row in facts.get("theme", ())]
    reading = _Reading(columns, themes, as_of, facts)
    for block in blocks:
        if isinstance(block, Paragraph):
            _paragraph(reading, block)
        else:
            _table(reading, block)
    return PlanDocument(
        title=plan.get("title", ""),
        as_of=as_of,
        version=plan.get("version") or None,
        scales=tuple(_scales(facts)),
        themes=tuple(reading.themes),
        actions=tuple(reading.actions),
        meetings=tuple(_meeting(row) for row in facts.get("meeting", ())),
        rules=tuple(row[0] for row in facts.get("rule", ())),
        staff_key={row[0]: row[1] for row in facts.get("initials", ())},
        unplaced=tuple(reading.unplaced),
        columns={column.header: column.field for column in columns.values()},
    )


# what the export tells about itself


def _facts(blocks: Sequence[Block]) -> dict[str, Facts]:
    """The rows of the table about the export by their kind, each row padded with empty texts."""
    facts: dict[str, list[tuple[str, ...]]] = {}
    for table in blocks:
        if isinstance(table, Table):
            inside = False
            for row in table.rows:
                texts = [cell.text for cell in row]
                if inside and any(texts):
                    facts.setdefault(texts[0], []).append((*texts[1:], *[""] * 6))
                inside = inside or texts[:1] == [ABOUT_HEADER]
    return dict(facts)


def _theme(row: Sequence[str]) -> DocTheme:
    ref, title, lead, officer, parent = row[:5]
    return DocTheme(ref or None, title, lead or None, officer or None, parent or None)


def _scales(facts: Mapping[str, Facts]) -> Iterator[DocScale]:
    for name, title, setter, *_ in facts.get("scale", ()):
        ratings = tuple(_rating(row[1:]) for row in facts.get("rating", ()) if row[0] == name)
        yield DocScale(name, title, ratings, setter or None)


def _rating(row: Sequence[str]) -> DocRating:
    label, colour, status, demands, aliases = row[:5]
    names = tuple(aliases.split("\n")) if aliases else ()
    return DocRating(label, colour or None, Status(status) if status else None, names, demands or None)


def _meeting(row: Sequence[str]) -> DocMeeting:
    name, text, day = row[:3]
    return DocMeeting(name, date.fromisoformat(day) if day else None, text or None)


# the document's own words


def _paragraph(reading: _Reading, paragraph: Paragraph) -> None:
    known = {theme_heading(theme): theme for theme in reading.themes}
    if paragraph.text in known or paragraph.text == NO_THEME:
        reading.theme = _key(known.get(paragraph.text))
    elif paragraph.level and (found := heading(paragraph.text)):
        _open(reading, found)


def _open(reading: _Reading, theme: DocTheme) -> None:
    if theme not in reading.themes:
        reading.themes.append(theme)
    reading.theme = _key(theme)


def _key(theme: DocTheme | None) -> str | None:
    return (theme.ref or theme.title) if theme else None


def _table(reading: _Reading, table: Table) -> None:
    headers: tuple[str, ...] = ()
    for number, row in enumerate(table.rows, start=table.first_row):
        texts = tuple(cell.text for cell in row)
        if texts[:1] == (ABOUT_HEADER,):
            return
        if MARK_HEADER in texts:
            headers = texts
        elif headers and any(texts):
            _row(reading, headers, row, f"{table.place}, row {number}")


def _row(reading: _Reading, headers: Sequence[str], row: Sequence[Cell], place: str) -> None:
    cells = dict(zip(headers, row, strict=False))
    mark = cells[MARK_HEADER].text if MARK_HEADER in cells else ""
    own = {header: cell for header, cell in cells.items() if header in reading.columns}
    texts = list(dict.fromkeys(cell.text for cell in own.values() if cell.text))
    if mark == THEME_MARK or (not mark and len(texts) == 1 and heading(texts[0])):
        _paragraph(reading, Paragraph(texts[0] if texts else NO_THEME, place, level=2))
    elif mark == LEAD_MARK:
        return
    elif mark.startswith("#") or any(own[h].text for h in own if reading.columns[h].field == "action"):
        reading.actions.append(_action(reading, own, mark, place))
    elif texts:
        reading.unplaced.append(Unplaced(place, " | ".join(texts), "a row without an action"))


def _action(reading: _Reading, cells: Mapping[str, Cell], mark: str, place: str) -> DocAction:
    values, ratings, extra = _values(reading, cells)
    told = {
        name: value for handle, name, value, *_ in reading.facts.get("action", ()) if handle == mark and mark
    }
    texts = {name: values.get(name) for name in _TEXTS} | {name: told[name] for name in _READ if name in told}
    return DocAction(
        theme=told.get("theme", reading.theme),
        action=values.get("action", ""),
        due=parse_date(values.get("due"), reading.as_of),
        revised=parse_date(values.get("revised"), reading.as_of),
        ratings=ratings,
        steps=tuple(_steps(reading, mark)),
        extra=extra,
        garbled="garbled" in told,
        place=place,
        **texts,
    )


def _values(
    reading: _Reading, cells: Mapping[str, Cell]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Texts by field, ratings by scale, and further columns by header."""
    values: dict[str, str] = {}
    ratings: dict[str, str] = {}
    extra: dict[str, str] = {}
    for header, cell in cells.items():
        column = reading.columns[header]
        text = cell.text if column.field in _STACKED else " ".join(cell.text.split())
        if column.field in RATING_FIELDS:
            text = (text or shade_name(cell.fill) or "").lower()
            ratings |= {RATING_FIELDS[column.field]: text} if text else {}
        elif text:
            values.setdefault(column.field, text)
            extra |= {header: text} if column.kept else {}
    return values, ratings, extra


def _steps(reading: _Reading, mark: str) -> Iterator[DocStep]:
    for handle, no, text, due, *_ in reading.facts.get("step", ()):
        if mark and handle == mark:
            yield DocStep(no, text, parse_date(due or None, reading.as_of))
