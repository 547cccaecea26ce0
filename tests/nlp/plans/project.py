"""An export of a project program as CSV: outline numbers, summary tasks as themes, resources as owners."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

THEMES = {
    ("1", "Digital front door"): [
        act(
            "1.1",
            "Choose a supplier for the patient app",
            "Chief Digital Officer",
            "29/03/2024",
            "2024-03-29",
            None,
            "Three bids scored",
            done="100%",
        ),
        act(
            "1.2",
            "Go live in two specialties",
            "Programme Manager; Outpatient Lead",
            "31/07/2024",
            "2024-07-31",
            None,
            None,
            done="10%",
        ),
    ],
    ("2", "Electronic records"): [
        act(
            "2.1",
            "Scan the last five years of notes",
            "Health Records Manager",
            "31/12/2024",
            "2024-12-31",
            None,
            "Scanning bureau appointed",
            done="25%",
        ),
        act("2.2", "Train 900 users", "Training Lead", "28/02/2025", "2025-02-28", None, None, done="0%"),
    ],
}


def build() -> bytes:
    rows = [
        [
            "WBS",
            "Task Name",
            "Duration",
            "Start",
            "Finish",
            "% Complete",
            "Resource Names",
            "Predecessors",
            "Notes",
        ]
    ]
    for (ref, title), actions in THEMES.items():
        rows.append([ref, title, "200 days", "02/01/2024", "28/02/2025", "40%", "", "", ""])
        for a in actions:
            rows.append(
                [
                    a["ref"],
                    a["action"],
                    "60 days",
                    "02/01/2024",
                    a["due_text"],
                    a["done"],
                    a["owner"],
                    "",
                    a["progress"] or "",
                ]
            )
    return separated(rows)


SAMPLE = Sample("digital plan.csv", build, gold("digital plan", THEMES))
