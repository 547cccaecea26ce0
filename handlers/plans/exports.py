"""A plan written out: the document as it was imported, with where each action stands beside it."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from handlers.documents.view import Current, CurrentRating, plan_view
from handlers.privacy.visibility import seen_at
from storage.model.document import DocRating, PlanDate, PlanDocument
from storage.model.errors import UsageError
from storage.model.plan import ActionView, Plan, Rated
from storage.model.record import Visibility
from storage.store import Store

__all__ = ["FORMATS", "export", "in_document_order"]

FORMATS = ("json", "xlsx", "docx", "csv")
Progress = Literal["keep", "replace", "append"]


def export(plan: Plan, store: Store, format: str, zone: ZoneInfo) -> bytes:
    """The plan as a file in one of ``FORMATS``; an import ignores what the export put beside."""
    if format not in FORMATS:
        raise UsageError(f"“{format}” is no format: it is one of {', '.join(FORMATS)}.")
    document = store.plans.document(plan.id)
    if document is None:
        raise UsageError(f"“{plan.slug}” has no document: import one first.")
    public = seen_at(Visibility.PUBLIC, store)
    views = in_document_order(document, public.plans.views(plan.id))
    if format == "json":
        return _json(document, views)
    from handlers.documents.export import export_plan

    progress = plan.settings.get("export_progress", "keep")
    shown = plan_view(document, [_current(view, plan, zone) for view in views], progress)  # type: ignore[arg-type]
    return export_plan(shown, format)  # type: ignore[arg-type]


def in_document_order(document: PlanDocument, views: list[ActionView]) -> list[ActionView | None]:
    """For each action of the document the view of it; refs and texts repeat, and then their order decides."""
    waiting: dict[tuple[str | None, str], deque[ActionView]] = defaultdict(deque)
    for view in views:
        waiting[view.action.ref, view.action.text].append(view)
    keys = [(action.ref, action.action) for action in document.actions]
    return [waiting[key].popleft() if waiting[key] else None for key in keys]


def _json(document: PlanDocument, views: list[ActionView | None]) -> bytes:
    from nlp.documents.asjson import document_as_dict

    content = document_as_dict(document)
    for action, view in zip(content["actions"], views, strict=True):
        if view is not None:
            action["current"] = _as_dict(view)
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _as_dict(view: ActionView) -> dict[str, Any]:
    return {
        "handle": f"#{view.action.handle}",
        "state": view.state,
        "state_note": view.state_note,
        "due": _date(view.due),
        "requested_due": _date(view.requested) if view.requested else None,
        "agreed": {name: rated.label for name, rated in view.agreed.items()},
        "proposed": {name: rated.label for name, rated in view.proposed.items()},
        "last_update": _last(view),
    }


def _date(value: PlanDate) -> dict[str, Any]:
    return {
        "text": value.text,
        "start": value.start.isoformat() if value.start else None,
        "end": value.end.isoformat() if value.end else None,
        "kind": value.kind,
    }


def _last(view: ActionView) -> dict[str, Any] | None:
    if view.last_at is None:
        return None
    return {"at": view.last_at.isoformat(), "author": view.last_author, "summary": view.last_line}


def _current(view: ActionView | None, plan: Plan, zone: ZoneInfo) -> Current:
    if view is None:
        return Current(handle=0)
    return Current(
        handle=view.action.handle,
        ratings={
            scale.name: CurrentRating(
                _rating(plan, view.agreed.get(scale.name)), _rating(plan, view.proposed.get(scale.name))
            )
            for scale in plan.scales
        },
        due=view.due.text or "",
        requested=(view.requested.text or "") if view.requested else "",
        state=view.state.value,
        update=view.last_line or "",
        updated=_when(view.last_at, view.last_author, zone),
    )


def _rating(plan: Plan, rated: Rated | None) -> DocRating | None:
    scale = plan.scale(rated.scale) if rated else None
    found = scale.find(rated.label) if scale and rated else None
    return DocRating(found.label, found.colour, found.status) if found else None


def _when(at: datetime | None, author: str | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%-d %B %Y}, {author or 'unknown'}" if at else ""
