"""Sheets that the bot sends out and gets back filled in: the key that tells them, and rows by their headers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from defusedxml.ElementTree import fromstring

from nlp.documents import read_blocks
from nlp.documents.blocks import Block, Cell, Paragraph, Table
from nlp.documents.markup import norm
from nlp.documents.shades import shade_name
from storage.model.errors import DocumentError

__all__ = ["KEY_LABEL", "Filled", "FilledForm", "key_line", "read_form"]

KEY_LABEL = "Sheet key (leave this line in):"
_KEY = re.compile(r"sheet key[^:]{0,40}:\s*(?P<parts>[^\n]{1,300})", re.IGNORECASE)
_PART = " | "


@dataclass(frozen=True, slots=True)
class Filled:
    """A row of a form: its cells by header, a shaded empty cell as the name of its colour."""

    place: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as it came back. ``parts`` are those of its key, ``notes`` what was written outside its table."""

    parts: tuple[str, ...]
    rows: tuple[Filled, ...]
    notes: tuple[str, ...]


def key_line(kind: str, *parts: str) -> str:
    """The line that tells a form again, kept in its text and in the file's properties."""
    return f"{KEY_LABEL} " + _PART.join((kind, *(part.replace("|", "/") for part in parts)))


def read_form(data: bytes, filename: str, kind: str, headers: Sequence[str], answer: str) -> FilledForm:
    """Read a form of a kind back. A table is one of its own where a row holds the ``answer`` header.

    Rows may have been added or taken away, columns moved or removed. Raises DocumentError where the
    file is no such form.
    """
    blocks = read_blocks(data, filename)
    parts = _key([*_texts(blocks), *_properties(data)], kind)
    rows = tuple(_rows(blocks, headers, answer))
    if parts is None or not any(answer in row.cells for row in rows):
        raise DocumentError(
            f"This is not the {kind} sheet that was sent out: fill in that one, with its key and headings left in."
        )
    return FilledForm(parts, rows, tuple(_notes(blocks, answer)))


def _key(texts: Sequence[str], kind: str) -> tuple[str, ...] | None:
    for text in texts:
        found = _KEY.search(text)
        if found:
            first, *parts = (part.strip() for part in found["parts"].split(_PART.strip()))
            if first == kind:
                return tuple(parts)
    return None


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row if not cell.merged)


def _properties(data: bytes) -> Iterator[str]:
    """The keywords of an Office file, where the key survives a deleted line."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as package:
            if "docProps/core.xml" in package.namelist():
                for node in fromstring(package.read("docProps/core.xml"), forbid_dtd=True):
                    yield node.text or ""


def _rows(blocks: Sequence[Block], headers: Sequence[str], answer: str) -> Iterator[Filled]:
    for table in blocks:
        if isinstance(table, Table) and (start := _header_row(table, answer)) is not None:
            columns = _columns(table.rows[start], headers)
            for number, row in enumerate(table.rows[start + 1 :], start=table.first_row + start + 1):
                cells = {columns[i]: _words(cell) for i, cell in enumerate(row) if i in columns}
                if any(cells.values()):
                    yield Filled(f"{table.place}, row {number}", cells)


def _header_row(table: Table, answer: str) -> int | None:
    return next(
        (i for i, row in enumerate(table.rows) if any(_same(cell.text, answer) for cell in row)), None
    )


def _same(text: str, header: str) -> bool:
    return norm(text).startswith(norm(header))


def _columns(row: Sequence[Cell], headers: Sequence[str]) -> dict[int, str]:
    """Places by header, each header once, the longest that fits first."""
    columns: dict[int, str] = {}
    for header in sorted(headers, key=len, reverse=True):
        place = next((i for i, cell in enumerate(row) if i not in columns and _same(cell.text, header)), None)
        if place is not None:
            columns[place] = header
    return columns


def _words(cell: Cell) -> str:
    return cell.text.strip() or shade_name(cell.fill) or ""


def _notes(blocks: Sequence[Block], answer: str) -> Iterator[str]:
    """Paragraphs below the form's table: people go on writing there."""
    below = False
    for block in blocks:
        if isinstance(block, Table):
            below = below or _header_row(block, answer) is not None
        elif below and not _KEY.search(block.text):
            yield block.text
