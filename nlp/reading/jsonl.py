"""A reading as the plain values that ``assurebot extract --jsonl`` writes, one object a line."""

from __future__ import annotations

from typing import Any

from storage.model.reading import DateFound, PercentFound, Reading

__all__ = ["reading_as_dict"]


def reading_as_dict(reading: Reading) -> dict[str, Any]:
    """dates, percentages, status, confidence, cues, refs, segments, summary; days in ISO form."""
    return {
        "dates": [_date(one) for one in reading.dates],
        "percentages": [_percentage(one) for one in reading.percentages],
        "status": reading.status,
        "confidence": round(reading.confidence, 3),
        "cues": [
            {"start_char": one.start_char, "end_char": one.end_char, "text": one.text, "status": one.status}
            for one in reading.cues
        ],
        "refs": [
            {"start_char": one.start_char, "end_char": one.end_char, "text": one.text, "ref": one.ref}
            for one in reading.refs
        ],
        "segments": [
            {
                "start_char": one.start_char,
                "end_char": one.end_char,
                "refs": list(one.refs),
                "status": one.status,
            }
            for one in reading.segments
        ],
        "summary": reading.summary,
    }


def _date(one: DateFound) -> dict[str, Any]:
    said = {
        "start_char": one.start_char,
        "end_char": one.end_char,
        "text": one.text,
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "grain": one.grain,
        "role": one.role,
        "rule": one.rule,
    }
    return said | {"uncertain": True} if one.uncertain else said


def _percentage(one: PercentFound) -> dict[str, Any]:
    said = {
        "start_char": one.start_char,
        "end_char": one.end_char,
        "text": one.text,
        "value": one.value,
        "role": one.role,
        "rule": one.rule,
    }
    return said if one.value_to is None else said | {"value_to": one.value_to}
