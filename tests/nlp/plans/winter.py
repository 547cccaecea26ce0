"""A hospital group's winter plan in Excel: site sheets, owners stacked in cells, percentages, actual dates, comments under the table."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, C, Sample, act, gold

FILLS = {"Completed": "00B0F0", "On Track": "92D050", "At Risk": "FFC000", "Delayed": "FF0000"}
THEMES = {
    (None, "St Brannock's"): [
        act(
            "SB1",
            "Open 18 escalation beds on Fern Ward",
            "Chief Nurse\nHead of Estates",
            "04/12/2024",
            "2024-12-04",
            "on track",
            "Nurses offered shifts to 31 March",
            operational_lead="Matron, Medicine",
        ),
        act(
            "SB2",
            "Keep two ambulance cohort bays",
            "Divisional Director",
            "01/11/2024",
            "2024-11-01",
            "completed",
            "In use",
            operational_lead="ED Manager",
        ),
    ],
    (None, "Royal Tamar"): [
        act(
            "RT1",
            "Discharge before noon: a third of patients",
            "COO",
            "20/12/2024",
            "2024-12-20",
            "delayed",
            "18% in week 46",
            operational_lead="Flow Lead",
        ),
        act(
            "RT2",
            "Vaccinate 75% of front-line staff",
            "Director of People",
            "30/11/2024",
            "2024-11-30",
            "at risk",
            "48% on 12 November",
            operational_lead="Occupational Health",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    book.sheet(
        "How to use",
        [
            ["Purpose", "To track winter actions"],
            ["Colours", "Pick from the list"],
            ["Deadline", "Thursday noon"],
        ],
    )
    for (_, site), actions in THEMES.items():
        rows: list[list[object]] = [
            [f"Winter Plan 2024/25 – {site}", *[LEFT] * 8],
            [
                "Ref.",
                "Action",
                "Executive lead(s)",
                "Operational lead",
                "Target date",
                "Actual date",
                "% complete",
                "Status",
                "Update (w/c 11 Nov)",
            ],
        ]
        for a in actions:
            label = a["rag"].title()
            done = date(2024, 10, 28) if a["rag"] == "completed" else None
            rows.append(
                [
                    a["ref"],
                    a["action"],
                    a["owner"],
                    a["operational_lead"],
                    date.fromisoformat(a["due"]["end"]),
                    done,
                    1.0 if done else 0.4,
                    C(label, FILLS[label]),
                    a["progress"],
                ]
            )
        rows += [[], ["Notes: beds open on the decision of the on-call director."]]
        book.sheet(site, rows, {"E": "ddd dd mmm yyyy", "F": "dd/mm/yyyy", "G": "0%"})
    return book.data()


SAMPLE = Sample("winter.xlsx", build, gold("Winter Plan 2024/25", THEMES))
