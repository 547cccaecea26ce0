"""What the invented plans are made with: actions that are their own gold, and tables drawn in four formats."""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "LEFT", "UP", "C", "Gold", "Rows", "Sample", "Themes", "act", "cells", "gold", "plain", "separated", "span",
]  # fmt: skip

Gold = dict[str, Any]
Themes = Mapping[Any, Sequence[Gold]]
"""The actions by (ref, title) of their theme."""
Rows = Sequence[Sequence[Any]]
"""Cells: texts, shaded ones, merged ones; in a workbook dates and numbers too."""
LEFT, UP = "<left>", "<up>"
"""A cell merged with the one on its left, or above it."""


@dataclass(frozen=True)
class C:
    """A shaded cell."""

    text: str
    fill: str


@dataclass(frozen=True)
class Sample:
    """A file and what a correct import of it holds."""

    filename: str
    build: Callable[[], bytes]
    gold: Gold

    @property
    def format(self) -> str:
        return self.filename.rpartition(".")[2]


def span(when: str | None) -> dict[str, str] | None:
    """ "2024-03-31" is a day, "2024-03" a month, "2024-03-01..2024-05-31" a range."""
    if not when:
        return None
    first, _, last = when.partition("..")
    return {"start": _edge(first, False), "end": _edge(last or first, True)}


def _edge(when: str, end: bool) -> str:
    if len(when) > 7:
        return when
    year, month = map(int, when.split("-"))
    return f"{when}-{monthrange(year, month)[1] if end else 1:02}"


def act(
    ref: str | None, action: str, owner: str | None, due: str | None = None, when: str | None = None,
    rag: str | None = None, progress: str | None = None, **more: Any,
) -> Gold:  # fmt: skip
    """An action as the gold has it; ``when`` is the span of ``due``, ``revised_when`` of ``revised``.

    Keys in ``more`` that no gold has (issue, site, ...) are what else the document prints.
    """
    revised, revised_when = more.pop("revised", None), more.pop("revised_when", None)
    return {
        "ref": ref, "theme": None, "action": action, "owner": owner, "operational_lead": None,
        "due_text": due, "due": span(when), "revised_text": revised, "revised": span(revised_when),
        "rag": rag, "on_target_rag": None, "assurance": None, "committee": None,
        "assurance_rating": None, "progress": progress,
    } | more  # fmt: skip


def gold(
    title: str,
    actions: Iterable[Gold] | Themes,
    scheme: Iterable[tuple[str, str]] = (),
    meetings: Iterable[tuple[str, str | None]] = (),
) -> Gold:
    """The gold of a plan; a mapping gives the actions by (ref, title) of their theme."""
    themes = [*actions] if isinstance(actions, Mapping) else []
    if isinstance(actions, Mapping):
        actions = [row | {"theme": ref or name} for (ref, name), rows in actions.items() for row in rows]
    return {
        "plan": title,
        "title": title,
        "rag_scheme": [{"label": label, "colour": colour} for label, colour in scheme],
        "themes": [{"ref": ref, "title": name, "lead": None} for ref, name in themes],
        "actions": [{key: _collapsed(value) for key, value in row.items()} for row in actions],
        "meetings": [{"name": name, "date": day} for name, day in meetings],
    }


def _collapsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parts = [part.removeprefix("* ").removeprefix("# ") for part in value.split("\n")]
    return " ".join(" ".join(parts).split())


def cells(row: Gold, *fields: str) -> list[str]:
    """The row's values as a document prints them."""
    return [str(row.get(field) or "") for field in fields]


def plain(cell: str | C) -> str:
    return cell.text if isinstance(cell, C) else "" if cell in (LEFT, UP) else cell


def separated(rows: Iterable[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A file of separated values as programs write it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)
