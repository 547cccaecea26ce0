"""Between the vocabulary and what a column holds: moments, days, printed dates, and values as JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from storage.model.document import DateKind, PlanDate

__all__ = [
    "day",
    "decode",
    "encode",
    "json_text",
    "moment",
    "plan_date",
    "plan_date_columns",
    "stamp",
    "storable",
]


def stamp(when: datetime) -> str:
    """UTC with microseconds, so that stamps sort as text. A naive time is refused."""
    if when.tzinfo is None:
        raise ValueError(f"a time without a zone: {when}")
    return when.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def plan_date(row: Any, prefix: str) -> PlanDate:
    """The date kept in the columns ``prefix_text``, ``_start``, ``_end``, ``_kind``, ``_impossible``."""
    return PlanDate(
        row[f"{prefix}_text"],
        day(row[f"{prefix}_start"]),
        day(row[f"{prefix}_end"]),
        DateKind(row[f"{prefix}_kind"]),
        bool(row[f"{prefix}_impossible"]),
    )


def plan_date_columns(prefix: str, value: PlanDate) -> dict[str, object]:
    return {
        f"{prefix}_text": value.text,
        f"{prefix}_start": value.start and value.start.isoformat(),
        f"{prefix}_end": value.end and value.end.isoformat(),
        f"{prefix}_kind": value.kind.value,
        f"{prefix}_impossible": int(value.impossible),
    }


@cache
def _adapters() -> dict[Any, TypeAdapter[Any]]:
    return {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    adapters = _adapters()
    if kind not in adapters:
        adapters[kind] = TypeAdapter(kind)
    return adapters[kind]


def encode(value: object, kind: Any = None) -> str:
    """A value of the vocabulary as JSON; ``kind`` where it is more than the value's class."""
    adapter = _adapter(kind or type(value))
    try:
        return adapter.dump_json(value).decode()
    except PydanticSerializationError:  # a lone surrogate somewhere in what a person typed
        return storable(json_text(adapter.dump_python(value)))


def decode(kind: Any, text: str) -> Any:
    """The value of that kind that ``encode`` wrote."""
    return _adapter(kind).validate_json(text)


def storable(text: str) -> str:
    """The text without the halves of broken characters, which no database keeps."""
    return text.encode("utf-8", "replace").decode("utf-8")


def json_text(value: object) -> str:
    """Plain values as JSON, always the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
