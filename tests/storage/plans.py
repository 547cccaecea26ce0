"""Plan documents of the tests' own making."""

from __future__ import annotations

from datetime import date
from typing import Any

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
)
from storage.model.reading import Status

__all__ = ["RAG", "due", "small_plan"]

RAG = DocScale(
    "rag",
    "Month RAG",
    (
        DocRating("Complete with assurance", "blue", Status.ASSURED),
        DocRating("Complete", "purple", Status.COMPLETE),
        DocRating("On target", "green", Status.ON_TRACK),
        DocRating("At risk", "amber", Status.AT_RISK, demands="plan"),
        DocRating("Off target", "red", Status.OFF_TRACK),
    ),
)


def due(text: str, start: date, end: date | None = None) -> PlanDate:
    return PlanDate(text, start, end or start, DateKind.DUE)


ACTIONS = (
    DocAction(
        "1.1", "1", "Open the second berth. Include night crews", "COO / Harbour Board", "Ada Quay, Pilot Lead",
        due("April 2027", date(2027, 4, 1), date(2027, 4, 30)), ratings={"rag": "green"}, assurance="Log of berths",
    ),
    DocAction(
        "1.2", "1.1", "Train every pilot in the new procedure", "COO", None,
        due("30 June 2027", date(2027, 6, 30)), ratings={"rag": "yellow"},
        steps=(DocStep("1", "Write the course"), DocStep("2", "Hold it", due("May", date(2027, 5, 1), date(2027, 5, 31)))),
    ),
    DocAction("2.1", "2", "Publish the tide tables each week", "Tide Office", ratings={"rag": ""}),
    DocAction("2.1", "2", "Check the tide gauges against the old ones", "Tide Office"),
    DocAction(None, "2", "Tell fishing crews before the works begin", None),
)  # fmt: skip


def small_plan(**changes: Any) -> PlanDocument:
    values: dict[str, Any] = {
        "title": "Harbour plan",
        "version": "V1",
        "scales": (RAG,),
        "themes": (DocTheme("1", "Berths"), DocTheme("1.1", "Pilots", parent="1"), DocTheme("2", "Tides")),
        "actions": ACTIONS,
        "meetings": (
            DocMeeting("Deadline for Progress Update to PMO", date(2027, 3, 10)),
            DocMeeting("Assurance meeting", date(2027, 3, 18)),
            DocMeeting("Harbour Alliance", date(2027, 3, 25)),
        ),
        "staff_key": {"COO": "Chief Operating Officer"},
    }
    return PlanDocument(**(values | changes))
