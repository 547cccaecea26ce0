"""A probation region's workbook: header of two rows, coloured discs as ratings, spacer and band rows, delivery confidence."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, UP, Sample, act, gold

THEMES = {
    (None, "Risk and public protection"): [
        act(
            "SD 1",
            "Complete a management oversight record for every high-risk case",
            "Head of Public Protection",
            "28/02/2025",
            "2025-02-28",
            "🟢",
            "91% recorded",
            assurance="Monthly dip sample",
            operational_lead="Senior Probation Officers",
        ),
        act(
            "SD 2",
            "Send domestic abuse enquiries on the day of allocation",
            "Deputy Regional Director",
            "31/01/2025",
            "2025-01-31",
            "🔴",
            "Police turnaround is nine days",
            assurance="Weekly dashboard",
            operational_lead="Business Manager",
        ),
    ],
    (None, "Resettlement"): [
        act(
            "SD 12",
            "Hold a pre-release meeting ten weeks before the date",
            "Head of Resettlement",
            "30/04/2025",
            "2025-04-30",
            "🟠",
            None,
            assurance="Case audit",
            operational_lead="Prison Lead",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [
        ["OFFICIAL", *[LEFT] * 8],
        ["West Fells Probation Region - HMIP Action Plan", *[LEFT] * 8],
        [],
        ["No.", "Action", "Ownership", LEFT, "Target date", "Assurance", "Delivery", LEFT, "Priority"],
        [UP, UP, "SRO", "Delivery lead", UP, UP, "Status", "Commentary", UP],
    ]
    for (_, title), actions in THEMES.items():
        rows.append([title, *[LEFT] * 8])
        for a in actions:
            rows.append(
                [
                    a["ref"],
                    a["action"],
                    a["owner"],
                    a["operational_lead"],
                    date.fromisoformat(a["due"]["end"]),
                    a["assurance"],
                    a["rag"],
                    a["progress"],
                    "High",
                ]
            )
        rows.append([])
    book.sheet("Action Plan", rows, {"E": "dd/mm/yyyy"})
    return book.data()


SAMPLE = Sample("HMIP.xlsx", build, gold("West Fells Probation Region - HMIP Action Plan", THEMES))
