"""JSON of other programs: a list of records, each with the headers that people see, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.documents.blocks import Block, Cell, Table

__all__ = ["blocks_of_records"]


def blocks_of_records(value: object) -> list[Block]:
    """The records of a list, or of the first list of records in an object; [] where there is none, or it is a plan."""
    if isinstance(value, Mapping):
        if isinstance(value.get("actions"), list):
            return []
        value = next((part for part in value.values() if _is_records(part)), None)
    if not isinstance(value, list) or not _is_records(value):
        return []
    headers = list(dict.fromkeys(str(key) for record in value for key in record))
    rows = [tuple(Cell(_text(record.get(header))) for header in headers) for record in value]
    return [Table((tuple(map(Cell, headers)), *rows), "the file", firm=True)]


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(record, Mapping) for record in value)


def _text(value: object) -> str:
    """A value as a cell prints it; lists one a line."""
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    if isinstance(value, Mapping):
        return "\n".join(map(_text, value.values()))
    return "" if value is None else str(value)
