"""Tables inside reports: rows of indicators (measure, baseline, target, actual) and rows of progress."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from nlp.documents.blocks import Cell
from nlp.reading import read
from nlp.summary.outline import Passage, TablePassage
from nlp.summary.targets import is_met
from storage.model.reading import DateFound
from storage.model.summary import ReportMeasure

__all__ = ["measures_of_table", "updates_of_table"]

_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(r"\b(?:measures?|indicators?|kpis?|metrics?|outcomes?)\b", re.I),
    "target": re.compile(
        r"\b(?:target|trajectory|threshold|goal|ambition|milestone|standard|plan(?:ned)? (?:for|by))\b", re.I
    ),
    "baseline": re.compile(r"\b(?:baseline|previous|last (?:month|quarter|year)|start)\b", re.I),
    "value": re.compile(
        r"\b(?:actual|current|performance|latest|position|now|this (?:month|quarter|year)|result|value)\b",
        re.I,
    ),
}
_PROGRESS = re.compile(r"\b(?:progress|update|status|comment\w*|position|achieved)\b", re.I)
_FIGURE = re.compile(
    r"\s*[<>≤≥~c]?\s?(£)?\s?(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d{1,9}(?:\.\d{1,4})?)\s?(%|k\b|m\b|wte\b|days?\b|hours?\b|weeks?\b)?",
    re.I,
)
_YEAR = re.compile(r"\b(20\d\d)\b")
_REF = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){1,3}[a-z]?)\b")
_SCALE = {"k": 1e3, "m": 1e6}
_MIN_WORDS = 4


def measures_of_table(passage: TablePassage, day: date) -> Iterator[ReportMeasure]:
    """The rows of a table whose header names a measure and a value, a target or a baseline."""
    header, rows = _header(passage)
    columns = _columns(header)
    if "value" not in columns:
        columns |= _dated_columns(header, columns, day)
    if "name" not in columns and "value" in columns and 0 not in columns.values() and _are_names(rows):
        columns["name"] = 0
    if "name" not in columns or not columns.keys() & {"value", "target"}:
        return
    dates = {key: _date_in(header[column].text, day) for key, column in columns.items()}
    for row in rows:
        cells = {key: row[column].text for key, column in columns.items() if column < len(row)}
        if (found := _measure(passage.para, cells, dates)) is not None:
            yield found


def updates_of_table(passage: TablePassage) -> Iterator[Passage]:
    """The progress cells of a plan's rows as paragraphs, numbered by the refs of their rows."""
    header, rows = _header(passage)
    column = next((i for i in reversed(range(len(header))) if _PROGRESS.search(header[i].text)), None)
    if column is None or _columns(header).keys() >= {"name", "value"}:
        return
    ref = ""
    for row in rows:
        ref = next((found.group(1) for cell in row[:3] if (found := _REF.match(cell.text))), ref)
        text = " ".join(row[column].text.split()) if column < len(row) and not row[column].merged else ""
        if len(text.split()) >= _MIN_WORDS:
            para = f"{passage.appendix}-{ref or passage.para}" if passage.appendix else ref or passage.para
            yield Passage(text, para, passage.heading, passage.appendix)


def _are_names(rows: Sequence[Sequence[Cell]]) -> bool:
    """Every row opens with words and holds figures."""
    return len(rows) >= 2 and all(
        len(row) > 1 and _figure(row[0].text) is None and any(_figure(cell.text) for cell in row[1:])
        for row in rows
    )


def _header(passage: TablePassage) -> tuple[Sequence[Cell], Sequence[Sequence[Cell]]]:
    rows = passage.table.rows
    return (rows[0], rows[1:]) if rows else ((), ())


def _columns(header: Sequence[Cell]) -> dict[str, int]:
    """Each kind of column at its first place; a column has one kind."""
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for kind in ("target", "baseline", "value", "name"):
        for index, cell in enumerate(header):
            if index not in taken and len(cell.text) < 60 and _COLUMNS[kind].search(cell.text):
                columns[kind] = index
                taken.add(index)
                break
    return columns


def _dated_columns(header: Sequence[Cell], columns: Mapping[str, int], day: date) -> dict[str, int]:
    """Of columns that are headed by a date alone, the latest is the value, the earliest the baseline."""
    free = [index for index in range(len(header)) if index not in columns.values()]
    dated = [(one, index) for index in free if (one := _day_of(header[index].text, day)) is not None]
    if not dated:
        return {}
    latest, earliest = max(dated)[1], min(dated)[1]
    return {"value": latest} | (
        {"baseline": earliest} if latest != earliest and "baseline" not in columns else {}
    )


def _day_of(header: str, day: date) -> date | None:
    """The day that a header names, or the end of its year: "2023 entrants"."""
    found = _date_in(header, day)
    year = _YEAR.search(header) if len(header) <= 40 else None
    return found.end if found else date(int(year[1]), 12, 31) if year else None


def _date_in(header: str, day: date) -> DateFound | None:
    dates = read(header, day).dates
    return dates[0] if len(dates) == 1 else None


def _measure(
    para: str, cells: Mapping[str, str], dates: Mapping[str, DateFound | None]
) -> ReportMeasure | None:
    name = " ".join(cells.get("name", "").split())  # a row can be shorter than its header
    figures = {key: _figure(cells.get(key, "")) for key in ("value", "target", "baseline")}
    value, target, baseline = figures["value"], figures["target"], figures["baseline"]
    shown = value or target
    if not name or shown is None:
        return None
    return ReportMeasure(
        para,
        name,
        shown[1],
        value[0] if value else None,
        dates.get("value"),
        target[0] if target else None,
        baseline[0] if baseline else None,
        dates.get("baseline"),
        is_met(name, shown[1], value[0] if value else None, target[0] if target else None),
    )


def _figure(text: str) -> tuple[float, str] | None:
    """The figure that a cell opens with, and its unit ("count" where none is printed)."""
    found = _FIGURE.match(text)
    if found is None:
        return None
    unit = (found.group(3) or "").lower()
    value = float(found.group(2).replace(",", "")) * _SCALE.get(unit, 1)
    if found.group(1):
        return value, "£"
    return value, "count" if unit in ("", "k", "m") else unit
