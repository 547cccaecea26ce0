"""A museum service's delivery plan in Excel: ticks under the quarters of a year, outcomes, resources, a RAG."""

from __future__ import annotations

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, UP, Sample, act, gold

THEMES = {
    ("A", "Collections"): [
        act("A1", "Move the textiles out of the basement", "Collections Manager", "Q1", "2024-04-01..2024-06-30", "green", "412 of 700 boxes moved", outcome="No object below ground"),
        act("A2", "Catalogue the Harker bequest", "Registrar", "Q2 Q3", "2024-07-01..2024-12-31", "amber", None, outcome="Bequest can be searched"),
    ],
    ("B", "Visitors"): [
        act("B1", "Open on Monday evenings", "Head of Visitor Services", "Q4", "2025-01-01..2025-03-31", "green", "Union consulted", outcome="6,000 more visits"),
        act("B2", "Translate the gallery texts into Polish and Urdu", "Learning Officer", None, None, "red", "No funds", outcome="A third of visitors read them"),
    ],
}  # fmt: skip


def build() -> bytes:
    rows: list[list[object]] = [
        ["Wendover Museums Service Delivery Plan 2024/25", *[LEFT] * 10],
        ["Ref", "Action", "Outcome", "Lead officer", "Timescale 2024/25", LEFT, LEFT, LEFT, "Resources", "RAG", "Comments"],
        [UP, UP, UP, UP, "Q1", "Q2", "Q3", "Q4", UP, UP, UP],
    ]  # fmt: skip
    for (ref, title), actions in THEMES.items():
        rows.append([f"Theme {ref}: {title}", *[LEFT] * 10])
        for a in actions:
            ticks = [
                "\u2713" if quarter in (a["due_text"] or "") else None for quarter in ("Q1", "Q2", "Q3", "Q4")
            ]
            rows.append(
                [
                    a["ref"],
                    a["action"],
                    a["outcome"],
                    a["owner"],
                    *ticks,
                    "Staff time",
                    a["rag"].capitalize(),
                    a["progress"],
                ]
            )
    book = Excel()
    book.sheet("Plan", rows)
    return book.data()


SAMPLE = Sample("delivery plan.xlsx", build, gold("Wendover Museums Service Delivery Plan 2024/25", THEMES))
