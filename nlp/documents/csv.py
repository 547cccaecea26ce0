"""Comma- and tab-separated files: delimiter and encoding are found, not asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from nlp.documents.blocks import Block, Cell
from nlp.documents.grid import EMPTY, table_of
from nlp.documents.limits import CSV, check_rows, check_size, readable
from nlp.documents.text import decode
from storage.model.errors import DocumentError

__all__ = ["read_csv"]

_DELIMITERS = ",\t;|"
_SAMPLE = 50  # records that the delimiter is judged by
_MAX_FIELD = 1_000_000
_PROGRESS_EVERY = 500
_GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r", "''")


def read_csv(data: bytes, progress: Callable[[int, int], None] | None = None) -> list[Block]:
    """One table, placed as "the file"; its rows are numbered as records.

    The apostrophe that an export puts before a cell that a spreadsheet would run is taken off.
    ``progress`` is called with (bytes read, bytes in all), roughly. Raises DocumentError.
    """
    check_size(data)
    text = decode(data)
    if "\0" in text:
        raise DocumentError(
            "The file is not text in an encoding that is known: save it as CSV UTF-8 and send that."
        )
    with readable(CSV):
        grid: list[list[Cell | None]] = []
        read = 0
        for record in _records(text, _delimiter(text)):
            grid.append([_cell(field) for field in record])
            read += sum(map(len, record)) + len(record)
            check_rows(len(grid), "file")
            if progress and len(grid) % _PROGRESS_EVERY == 0:
                progress(min(read, len(text)), len(text))
        table = table_of(grid, "the file")
    return [table] if table else []


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_MAX_FIELD)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    if text[:4].lower() == "sep=" and text[4:5] in _DELIMITERS:
        return text[4]
    return max(_DELIMITERS, key=lambda delimiter: _fitness(text, delimiter))


def _fitness(text: str, delimiter: str) -> tuple[int, int]:
    """How many records of the sample have the commonest number of fields (over one), and that number."""
    widths: list[int] = []
    for record in _records(text, delimiter):
        widths.append(len(record))
        if len(widths) == _SAMPLE:
            break
    several = [width for width in widths if width > 1]
    if not several:
        return (0, 0)
    common = max(set(several), key=lambda width: (several.count(width), width))
    return (several.count(common), common)


def _cell(field: str) -> Cell:
    if field.startswith(_GUARDED):
        field = field[1:]
    lines = field.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(line.strip() for line in lines).strip()
    return Cell(text) if text else EMPTY
