"""A column of a plan table, and the fields that one can be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["FIELDS", "Column"]

FIELDS = frozenset(
    [
        "ref",
        "group_ref",
        "theme",
        "action",
        "aim",
        "issue",
        "owner",
        "operational_lead",
        "due",
        "start",
        "completed",
        "revised",
        "rag",
        "on_target",
        "assurance",
        "evidence",
        "outcome",
        "committee",
        "assurance_rating",
        "progress",
        "strength",
        "regulation",
        "core_service",
        "extra",
        "ignore",
    ]
)


@dataclass(frozen=True, slots=True)
class Column:
    """The header as printed, and the field that its cells fill."""

    header: str
    field: str
