"""A plan as JSON in the shape that exports have, and back without loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nlp.documents.celldates import parse_date
from storage.model.document import (
    DateKind,
    DocAction,
    DocMeeting,
    DocRating,
    DocScale,
    DocStep,
    DocTheme,
    PlanDate,
    PlanDocument,
    Unplaced,
)
from storage.model.errors import DocumentError
from storage.model.reading import Status

__all__ = ["document_as_dict", "document_from_dict"]

_TEXTS = (
    "ref",
    "theme",
    "action",
    "owner",
    "operational_lead",
    "assurance",
    "committee",
    "progress",
    "evidence",
    "strength",
    "regulation",
    "core_service",
    "place",
)
_NAMED_SCALES = {"rag": "rag", "on_target_rag": "on_target", "assurance_rating": "assurance"}


def document_as_dict(plan: PlanDocument) -> dict[str, Any]:
    """The plan as plain values: plan, title, as_of, rag_scheme, themes, actions, meetings, and all the rest."""
    return {
        "plan": plan.title,
        "title": plan.title,
        "as_of": _day(plan.as_of),
        "version": plan.version,
        "rag_scheme": [{"label": r.label, "colour": r.colour} for r in _main(plan.scales)],
        "scales": [_scale(scale) for scale in plan.scales],
        "themes": [
            {
                "ref": t.ref,
                "title": t.title or None,
                "lead": t.lead,
                "reporting_officer": t.reporting_officer,
                "parent": t.parent,
            }
            for t in plan.themes
        ],
        "actions": [_action(action) for action in plan.actions],
        "meetings": [{"name": m.name, "date": _day(m.date), "text": m.text} for m in plan.meetings],
        "rules": list(plan.rules),
        "staff_key": dict(plan.staff_key),
        "unplaced": [{"place": u.place, "text": u.text, "reason": u.reason} for u in plan.unplaced],
        "columns": dict(plan.columns),
        "notes": list(plan.notes),
    }


def _main(scales: Sequence[DocScale]) -> tuple[DocRating, ...]:
    rag = next((scale for scale in scales if scale.name == "rag"), scales[0] if scales else None)
    return rag.ratings if rag else ()


def _scale(scale: DocScale) -> dict[str, Any]:
    ratings = [
        {
            "label": r.label,
            "colour": r.colour,
            "status": r.status,
            "aliases": list(r.aliases),
            "demands": r.demands,
        }
        for r in scale.ratings
    ]
    return {"name": scale.name, "title": scale.title, "setter": scale.setter, "ratings": ratings}


def _action(action: DocAction) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(action, name) for name in _TEXTS}
    for key, scale in _NAMED_SCALES.items():
        found[key] = action.ratings.get(scale)
    found |= _date("due", action.due) | _date("revised", action.revised)
    found["ratings"] = dict(action.ratings)
    found["steps"] = [{"no": s.no, "text": s.text} | _date("due", s.due) for s in action.steps]
    found["extra"] = dict(action.extra)
    found["garbled"] = action.garbled
    return found


def _date(name: str, value: PlanDate) -> dict[str, Any]:
    span = None
    if value.start and value.end:
        span = {"start": _day(value.start), "end": _day(value.end)}
    return {
        f"{name}_text": value.text,
        name: span,
        f"{name}_kind": value.kind.value,
        f"{name}_impossible": value.impossible,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


# --- back ------------------------------------------------------------------------------------------


def document_from_dict(value: object) -> PlanDocument:
    """The plan of a dict that ``document_as_dict`` made. DocumentError where it is none."""
    if not isinstance(value, dict) or not isinstance(value.get("actions"), list):
        raise DocumentError("This JSON holds no plan: export the plan as .json and send that file.")
    try:
        return _document(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DocumentError(
            "This JSON is not a plan as it was exported: export the plan again and send that."
        ) from error


def _document(value: Mapping[str, Any]) -> PlanDocument:
    return PlanDocument(
        title=str(value.get("title") or ""),
        as_of=_to_day(value.get("as_of")),
        version=_text(value, "version"),
        scales=_to_scales(value),
        themes=tuple(
            DocTheme(
                _text(t, "ref"),
                str(t.get("title") or ""),
                _text(t, "lead"),
                _text(t, "reporting_officer"),
                _text(t, "parent"),
            )
            for t in value.get("themes") or ()
        ),
        actions=tuple(_to_action(a) for a in value["actions"]),
        meetings=tuple(
            DocMeeting(str(m["name"]), _to_day(m.get("date")), _text(m, "text"))
            for m in value.get("meetings") or ()
        ),
        rules=tuple(map(str, value.get("rules") or ())),
        staff_key=_to_texts(value.get("staff_key")),
        unplaced=tuple(
            Unplaced(str(u["place"]), str(u["text"]), str(u["reason"])) for u in value.get("unplaced") or ()
        ),
        columns=_to_texts(value.get("columns")),
        notes=tuple(map(str, value.get("notes") or ())),
    )


def _to_scales(value: Mapping[str, Any]) -> tuple[DocScale, ...]:
    if "scales" in value:
        return tuple(
            DocScale(
                str(s["name"]),
                str(s["title"]),
                tuple(_to_rating(r) for r in s["ratings"]),
                _text(s, "setter"),
            )
            for s in value["scales"]
        )
    ratings = tuple(_to_rating(r) for r in value.get("rag_scheme") or ())
    return (DocScale("rag", "RAG", ratings),) if ratings else ()


def _to_rating(value: Mapping[str, Any]) -> DocRating:
    status = value.get("status")
    return DocRating(
        str(value["label"]),
        _text(value, "colour"),
        Status(status) if status else None,
        tuple(map(str, value.get("aliases") or ())),
        _text(value, "demands"),
    )


def _to_action(value: Mapping[str, Any]) -> DocAction:
    texts = {name: _text(value, name) for name in _TEXTS if name not in ("action", "place")}
    ratings = {scale: str(value[key]) for key, scale in _NAMED_SCALES.items() if value.get(key)}
    return DocAction(
        action=str(value["action"] or ""),
        place=str(value.get("place") or ""),
        due=_to_date(value, "due"),
        revised=_to_date(value, "revised"),
        ratings=ratings | _to_texts(value.get("ratings")),
        steps=tuple(
            DocStep(str(s["no"]), str(s["text"]), _to_date(s, "due")) for s in value.get("steps") or ()
        ),
        extra=_to_texts(value.get("extra")),
        garbled=bool(value.get("garbled")),
        **texts,
    )


def _to_date(value: Mapping[str, Any], name: str) -> PlanDate:
    span, kind, text = value.get(name) or {}, value.get(f"{name}_kind"), _text(value, f"{name}_text")
    if isinstance(span, str) or not (span or kind):
        return parse_date(text or (span if isinstance(span, str) else None))
    start, end = _to_day(span.get("start")), _to_day(span.get("end"))
    return PlanDate(text, start, end, DateKind(kind or DateKind.DUE), bool(value.get(f"{name}_impossible")))


def _to_day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _text(value: Mapping[str, Any], name: str) -> str | None:
    found = value.get(name)
    return str(found) if found is not None else None


def _to_texts(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, Mapping) else {}
