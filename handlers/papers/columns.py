"""The plan's own columns in the pack: its headers and order, with where each action stands in its places."""

from __future__ import annotations

from collections.abc import Mapping

from handlers import wording
from handlers.documents.view import Entry
from handlers.papers.exceptions import rated
from handlers.papers.frame import Frame, line
from nlp.documents.own import RATING_FIELDS
from storage.model.plan import ActionView

__all__ = ["columns_of", "printed", "row_of"]

_BROAD = frozenset(
    {"issue", "outcome", "extra", "group_ref", "core_service", "regulation"}
)  # in the workbook
_LEFT_OUT = frozenset({"ignore", "theme", "strength"})
_USUAL = {
    "ref": "Ref", "action": "Action", "owner": "Owner", "due": "Due", "rag": "Rating", "progress": "Board line",
}  # fmt: skip


def columns_of(frame: Frame) -> list[tuple[str, str]]:
    """(header, field) in the document's order; what a pack cannot do without is added where a plan has none."""
    own: list[tuple[str, str]] = []
    for header, name in frame.columns.items():
        taken = name not in _BROAD and any(name == other for _, other in own)
        empty = name in _BROAD and not any(view.action.extra.get(header) for view in frame.views)
        if name not in _LEFT_OUT and not taken and not empty:
            own.append((header, name))
    fields = {name for _, name in own}
    missing = [(header, name) for name, header in _USUAL.items() if name not in fields]
    return [*(one for one in missing if one[1] == "ref"), *own, *(one for one in missing if one[1] != "ref")]


def printed(columns: list[tuple[str, str]]) -> list[int]:
    """The columns that fit on paper: the workbook has them all."""
    return [place for place, (_, name) in enumerate(columns) if name not in _BROAD]


def row_of(view: ActionView, columns: list[tuple[str, str]], frame: Frame) -> list[Entry]:
    fields = {name for _, name in columns}
    return [_cell(view, header, name, fields, frame) for header, name in columns]


def _cell(view: ActionView, header: str, name: str, fields: set[str], frame: Frame) -> Entry:
    action = view.action
    texts: Mapping[str, str | None] = {
        "ref": view.name, "action": action.text, "owner": action.owner, "operational_lead": action.lead,
        "assurance": action.promise, "committee": action.committee,
    }  # fmt: skip
    if name in RATING_FIELDS:
        return _rating(view, RATING_FIELDS[name], frame)
    if name == "due":
        return Entry(_due(view) if "revised" in fields else _both(view))
    if name == "revised":
        return Entry(wording.due(view.due) if view.due != action.baseline else "")
    if name == "progress":
        return Entry(_progress(view, frame))
    return Entry(texts.get(name) or action.extra.get(header) or "")


def _rating(view: ActionView, scale_name: str, frame: Frame) -> Entry:
    """The agreed one in its colour, and in words what is proposed."""
    scale = frame.plan.scale(scale_name) or (frame.plan.scale() if scale_name == "rag" else None)
    if scale is None:
        return Entry("")
    agreed, proposed = rated(view, frame, scale.name), view.proposed.get(scale.name)
    if proposed is None:
        return agreed
    return Entry(f"{agreed.text} ({scale.short(proposed.label)} proposed)", agreed.fill)


def _due(view: ActionView) -> str:
    return wording.due(view.action.baseline)


def _both(view: ActionView) -> str:
    moved = view.due != view.action.baseline
    return wording.due(view.due) + (f" (baseline {wording.due(view.action.baseline)})" if moved else "")


def _progress(view: ActionView, frame: Frame) -> str:
    told = line(view, frame)
    words = f"{told.text} ({told.source})" if told.source else told.text
    state = wording.state(view, frame.today)
    return f"{state[0].upper()}{state[1:]}. {words}" if state else words
