"""Small invented plans in text, for the tests of plan reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.documents import read_plan
from nlp.documents.blocks import Cell, Table
from storage.model.document import DocAction, PlanDocument

HEADER = ("Ref", "Action", "Owner", "Due date", "RAG", "Progress")
ROW = ("1.1", "Open the hub", "Head of Flow", "31 March 2026", "Green", "Builders on site")


def tabbed(*rows: Sequence[str]) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n"


def plan_of(*parts: str | Sequence[Sequence[str]], **options: dict[str, str]) -> PlanDocument:
    """The plan in a text of these lines and tables."""
    text = "\n".join(part if isinstance(part, str) else tabbed(*part) for part in parts)
    return read_plan(text.encode(), "plan.txt", **options)  # type: ignore[arg-type]


def only(plan: PlanDocument) -> DocAction:
    (action,) = plan.actions
    return action


def refs(plan: PlanDocument) -> list[str | None]:
    return [action.ref for action in plan.actions]


def table(*rows: Iterable[str | Cell], place: str = "table 1") -> Table:
    """A table of cells as the readers of office files give it."""
    return Table(tuple(tuple(c if isinstance(c, Cell) else Cell(c) for c in row) for row in rows), place)
