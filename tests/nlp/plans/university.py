"""A university's workbook: one long sheet with a theme column, refs that are numbers, three date columns, a key sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import C, Sample, act, gold

FILLS = {"Blue": "5B9BD5", "Green": "70AD47", "Amber": "FFC000", "Red": "C00000"}
THEMES = {
    (None, "Student experience"): [
        act("1.10", "Replace the timetabling system", "Academic Registrar", "31/07/2023", "2023-07-31", "amber", "Supplier chosen; contract in legal review.", revised="30/11/2023", revised_when="2023-11-30", assurance="Clashes under 1%"),
        act("1.20", "Publish a feedback turnaround standard of 15 days", "Pro Vice-Chancellor (Education)", "30/09/2022", "2022-09-30", "blue", "Published.", assurance="NSS Q10 above 70%", done=date(2022, 9, 22)),
    ],
    (None, "Research culture"): [
        act("2.10", "Create a mentoring scheme for early career researchers", "Dean of Research", "31/01/2024", "2024-01-31", "green", None, assurance="60 pairs matched"),
        act("2.20", "Join the national concordat on researcher development", "Head of Research Office", "31/12/2022", "2022-12-31", "red", "Gap analysis not approved by Senate.", revised="31/03/2024", revised_when="2024-03-31", assurance="Signed"),
    ],
    (None, "Estate and net zero"): [
        act("3.10", "Fit meters in all residences", "Director of Estates", "31/08/2024", "2024-08-31", "green", "Tender out.", assurance="Half-hourly data for every building"),
    ],
}  # fmt: skip


def build() -> bytes:
    book = Excel()
    rows: list[list[Any]] = [["University of Wexcombe - Strategy Delivery Plan"], ["Status at 12 October 2023"], [],
        ["Theme", "Action no.", "Action", "Success criteria", "Owner", "Target date", "Revised target date", "Actual completion date", "RAG", "Commentary"]]  # fmt: skip
    for (_, title), actions in THEMES.items():
        for a in actions:
            colour = a["rag"].capitalize()
            rows.append(
                [
                    title,
                    float(a["ref"]),
                    a["action"],
                    a["assurance"],
                    a["owner"],
                    _day(a["due"]),
                    _day(a["revised"]),
                    a.get("done"),
                    C(colour, FILLS[colour]),
                    a["progress"],
                ]
            )
    sheet = book.sheet(
        "Delivery plan", rows, {"B": "0.00", "F": "dd/mm/yyyy", "G": "dd/mm/yyyy", "H": "dd/mm/yyyy"}
    )
    sheet.auto_filter.ref = "A4:J9"
    meanings = ("Complete", "On track", "Behind but recoverable", "Unlikely to be delivered")
    book.sheet(
        "Key",
        [["RAG", "Meaning"], *([C(c, f), m] for (c, f), m in zip(FILLS.items(), meanings, strict=True))],
    )
    book.sheet(
        "Risks",
        [
            ["Risk ID", "Risk", "Likelihood", "Impact", "Score", "Mitigation", "Owner"],
            ["R1", "Supplier fails", 3, 4, 12, "Step-in rights", "Registrar"],
        ],
    )
    return book.data()


def _day(when: dict[str, str] | None) -> date | None:
    return date.fromisoformat(when["end"]) if when else None


SAMPLE = Sample(
    "Strategy delivery.xlsx", build,
    gold("University of Wexcombe - Strategy Delivery Plan", THEMES,
         [("Complete", "blue"), ("On track", "green"), ("Behind but recoverable", "amber"), ("Unlikely to be delivered", "red")]),
)  # fmt: skip
