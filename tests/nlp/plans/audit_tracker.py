"""A council's audit tracker in Excel: auditors' recommendations, responses, refs like 17/18-3, status words, closed dates."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import Sample, act, gold

ACTIONS = [
    act(
        "17/18-3",
        "Finance will reconcile the payroll control account each month and a second officer will sign it",
        "Chief Accountant",
        "30-Sep-18",
        "2018-09-30",
        "implemented",
        "Done since August.",
        issue="Payroll control account was not reconciled",
        priority="High",
        closed=date(2018, 9, 4),
    ),
    act(
        "17/18-7",
        "Contract register to be brought up to date and published",
        "Procurement Manager",
        "31-Dec-18",
        "2018-12-31",
        "in progress",
        "Two directorates to go.",
        issue="Contracts over £5,000 were not published",
        priority="Medium",
        revised="28-Feb-19",
        revised_when="2019-02-28",
    ),
    act(
        "18/19-1",
        "Parking income to be banked every day",
        "Parking Services Manager",
        "31-Mar-19",
        "2019-03-31",
        "not due",
        None,
        issue="Cash was kept for up to six days",
        priority="Low",
    ),
    act(
        "18/19-2",
        "Leavers' accounts to be closed within two working days",
        "Head of ICT",
        "31-Oct-18",
        "2018-10-31",
        "overdue",
        "Waiting for the HR system's feed.",
        issue="Eleven leavers kept access",
        priority="High",
    ),
]


def build() -> bytes:
    book = Excel()
    head = [
        "Audit ref",
        "Audit",
        "Recommendation",
        "Priority",
        "Agreed management action",
        "Responsible officer",
        "Original due date",
        "Revised due date",
        "Date implemented",
        "Status",
        "Officer comments (January 2019)",
    ]
    rows: list[list[object]] = [head]
    for a in ACTIONS:
        revised = a["revised"] and date.fromisoformat(a["revised"]["end"])
        rows.append(
            [
                a["ref"],
                "Key financial systems",
                a["issue"],
                a["priority"],
                a["action"],
                a["owner"],
                date.fromisoformat(a["due"]["end"]),
                revised,
                a.get("closed"),
                a["rag"].capitalize(),
                a["progress"],
            ]
        )
    rows += [[], [None, None, None, None, "Implemented", 1], [None, None, None, None, "Outstanding", 3]]
    sheet = book.sheet("Recommendations", rows, {"G": "dd-mmm-yy", "H": "dd-mmm-yy", "I": "dd-mmm-yy"})
    sheet.row_dimensions[2].hidden = True
    book.sheet(
        "Guidance",
        [
            ["Status", "When to use it"],
            ["Implemented", "All parts done and evidence seen"],
            ["In progress", "Begun, not late"],
            ["Not due", "Date not reached"],
            ["Overdue", "Date passed"],
        ],
    )
    return book.data()


SAMPLE = Sample("Audit recommendations tracker.xlsx", build, gold("Audit recommendations tracker", ACTIONS))
