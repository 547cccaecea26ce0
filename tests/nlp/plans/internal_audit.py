"""A port authority's audit follow-up in Excel: a band row a report, agreed management actions, original and revised dates."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, Sample, act, gold

THEMES = {
    (None, "Berth charges 2023/24 - Limited assurance"): [
        act("BC1", "The billing system will refuse a ship without a signed tonnage certificate", "Harbour Accountant", "31/01/2024", "2024-01-31", "implemented", "Live since 8 January. Evidence seen by audit.", issue="Tonnage was taken from the agent's e-mail", priority="High"),
        act("BC2", "Reconcile berth log and invoices weekly", "Deputy Harbour Master", "29/02/2024", "2024-02-29", "partially implemented", "Done for the east quay. The west quay log is still on paper.", issue="Log and invoices did not agree", priority="Medium", revised="30/06/2024", revised_when="2024-06-30"),
    ],
    (None, "Pilot rostering - Reasonable assurance"): [
        act("PR1", "Record rest hours in the roster and report breaches to the board", "Pilotage Manager", "31/03/2024", "2024-03-31", "overdue", None, issue="Rest hours were not recorded", priority="High"),
        act("PR2", "Test the on-call list each quarter", "Pilotage Manager", "30/09/2024", "2024-09-30", "not yet due", None, issue="Three of nine numbers were wrong", priority="Low"),
    ],
}  # fmt: skip


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [
        ["Saltmere Port Authority", *[LEFT] * 10],
        ["Internal audit recommendations - follow-up action plan", *[LEFT] * 10],
        ["Position as at 15 April 2024", *[LEFT] * 10],
        [],
        [
            "Rec. Ref", "Recommendation", "Priority", "Mgmt response", "Agreed management action", "Responsible officer",
            "Original implementation date", "Revised implementation date", "No. of times revised", "Status", "Latest update",
        ],
    ]  # fmt: skip
    for (_, title), actions in THEMES.items():
        rows.append([title, *[LEFT] * 10])
        for a in actions:
            days = [a[key] and date.fromisoformat(a[key]["end"]) for key in ("due", "revised")]
            times = 1 if a["revised"] else 0
            row = [a["ref"], a["issue"], a["priority"], "Agreed", a["action"], a["owner"], *days, times]
            rows.append([*row, a["rag"].capitalize(), a["progress"]])
    book.sheet("Follow up", rows, {"G": "dd/mm/yyyy", "H": "dd/mm/yyyy"})
    book.sheet(
        "Summary",
        [
            ["Report", "Implemented", "Overdue", "Not yet due", "Total"],
            ["Berth charges 2023/24", 1, 0, 0, 2],
            ["Pilot rostering", 0, 1, 1, 2],
            ["Total", 1, 1, 1, 4],
        ],
    )
    return book.data()


SAMPLE = Sample(
    "IA follow up April 2024.xlsx",
    build,
    gold("Saltmere Port Authority Internal audit recommendations - follow-up action plan", THEMES),
)
