"""A council plan as PDF in portrait with level rules only, headings between the tables, text wrapped in cells."""

from __future__ import annotations

from reportlab.lib.colors import grey
from reportlab.platypus import Table

from tests.nlp.plans.kit import Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

THEMES = {
    (None, "Adult social care front door"): [
        act(
            "1.1",
            "Answer all safeguarding contacts within 24 hours and tell the person who raised the concern what happened",
            "Head of Adult Safeguarding",
            "30 Sep 2025",
            "2025-09-30",
            "green",
            "Answered within 24 hours in 93% of contacts in May",
        ),
        act(
            "1.2",
            "Publish waiting times for assessments each month",
            "Performance Manager",
            "31 Jul 2025",
            "2025-07-31",
            "amber",
            "First figures with the director for approval",
        ),
    ],
    (None, "Unpaid carers"): [
        act(
            "2.1",
            "Offer a carer's assessment at every review of the person cared for",
            "Principal Social Worker",
            "31 Dec 2025",
            "2025-12-31",
            "red",
            "Recorded in 41% of reviews; the form does not ask for it",
        ),
        act(
            "2.2",
            "Co-produce a carers' charter",
            "Commissioning Lead",
            "Mar 2026",
            "2026-03",
            "green",
            "Group of nine carers meets monthly",
        ),
    ],
}


def build() -> bytes:
    pages = Pages("Lowmoor Council").head("Lowmoor Council Adult Social Care Improvement Plan")
    for (_, title), actions in THEMES.items():
        pages.head(title)
        rows = [
            ["Ref", "Action", "Responsible", "Deadline", "Status", "Latest update"],
            *(cells(a, "ref", "action", "owner", "due_text", "rag", "progress") for a in actions),
        ]
        for row in rows[1:]:
            row[4] = row[4].capitalize()
        pages.table(rows, [36, 230, 120, 80, 60, 220], ruled=False)
        drawn = pages.story[-2]
        assert isinstance(drawn, Table)
        drawn.setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, grey)])
    return pages.data()


SAMPLE = Sample("asc plan.pdf", build, gold("Lowmoor Council Adult Social Care Improvement Plan", THEMES))
