"""An integrated care board's workbook: a dashboard of counts, open and closed sheets, refs mixed of numbers and texts, outline rows."""

from __future__ import annotations

from datetime import datetime

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import C, Sample, act, gold

FILLS = {"on track": "C6E0B4", "at risk": "FFE699", "off track": "FF7C80", "completed": "9DC3E6"}
THEMES = {
    ("1", "Urgent care"): [
        act(
            "1.1",
            "Open same day emergency care at both sites seven days a week",
            "CHEALE J",
            "30/09/2025",
            "2025-09-30",
            "on track",
            "Weekend rota from 1 September",
            operational_lead="Site Directors",
        ),
        act(
            "1.2",
            "Put a GP in the control room",
            "NAIDOO P",
            "31/10/2025",
            "2025-10-31",
            "at risk",
            "No bids received, second call out",
            operational_lead="Urgent Care Manager",
        ),
    ],
    ("2", "Planned care"): [
        act(
            "2.1",
            "Validate the waiting list every twelve weeks",
            "ORWELL S",
            "30/06/2025",
            "2025-06-30",
            "completed",
            "Cycle three done",
            operational_lead="Access Manager",
        ),
        act(
            "2.10",
            "Move 400 cases to the elective hub",
            "ORWELL S",
            "31/03/2026",
            "2026-03-31",
            "off track",
            None,
            operational_lead="Hub Manager",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    book.sheet(
        "Dashboard",
        [
            ["Programme dashboard"],
            [],
            ["Theme", "Completed", "On track", "At risk", "Off track", "Total"],
            ["Urgent care", 0, 1, 1, 0, 2],
            ["Planned care", 1, 0, 0, 1, 2],
            ["Total", 1, 1, 1, 1, 4],
        ],
    )
    head = [
        "Ref",
        "Description of action",
        "Exec owner",
        "Operational lead",
        "Target completion date",
        "Current status",
        "Last update",
    ]
    rows: list[list[object]] = [["Mereside ICB recovery programme"], head]
    for (ref, title), actions in THEMES.items():
        rows.append([int(ref), title])
        for a in actions:
            number = a["ref"] if a["ref"] == "2.10" else float(a["ref"])
            rows.append(
                [
                    number,
                    a["action"],
                    a["owner"],
                    a["operational_lead"],
                    datetime.fromisoformat(a["due"]["end"]),
                    C(a["rag"].capitalize(), FILLS[a["rag"]]),
                    a["progress"],
                ]
            )
    book.sheet("Action log", rows, {"E": "dd/mm/yyyy"})
    book.sheet(
        "Dropdowns",
        [
            ["Status", "Owner"],
            ["On track", "CHEALE J"],
            ["At risk", "NAIDOO P"],
            ["Off track", "ORWELL S"],
            ["Completed", ""],
        ],
    ).sheet_state = "hidden"
    return book.data()


SAMPLE = Sample("Recovery.xlsx", build, gold("Mereside ICB recovery programme", THEMES))
