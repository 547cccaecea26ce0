"""A regulator-led plan in Excel: scores of 1 to 4 as ratings, quarters as dates, a sheet a pillar, a code as its name."""

from __future__ import annotations

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import Sample, act, gold

THEMES = {
    (None, "Governance"): [
        act(
            "G1",
            "Appoint two independent members to the audit committee",
            "Monitoring Officer",
            "Q2 2024/25",
            "2024-07..2024-09",
            "4",
            "Both appointed in July",
            assurance="Full Council minute",
        ),
        act(
            "G2",
            "Train all councillors in the code of conduct",
            "Head of Democratic Services",
            "Q3 2024/25",
            "2024-10..2024-12",
            "2",
            "19 of 60 trained",
            assurance="Attendance list",
        ),
    ],
    (None, "Finance"): [
        act(
            "F1",
            "Publish accounts for 2021/22 to 2023/24",
            "Section 151 Officer",
            "31.12.24",
            "2024-12-31",
            "1",
            "Auditor has not started",
            assurance="Signed accounts",
        ),
        act(
            "F2",
            "Bring the general fund reserve to 5%",
            "Section 151 Officer",
            "End of March 2025",
            "2025-03-31",
            "3",
            None,
            assurance="Budget report",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    book.sheet(
        "Contents",
        [
            ["Best Value Improvement Plan"],
            ["Sheet", "What it holds"],
            ["Governance", "Actions 1 to 2"],
            ["Finance", "Actions 1 to 2"],
        ],
    )
    for (_, title), actions in THEMES.items():
        rows: list[list[object]] = [["Marlford District Council"], ["Best Value Improvement Plan"], [],
            ["Code", "Improvement action", "Lead officer", "Milestone date", "What success looks like", "Score (1-4)", "Position this month"]]  # fmt: skip
        rows += [
            [a["ref"], a["action"], a["owner"], a["due_text"], a["assurance"], int(a["rag"]), a["progress"]]
            for a in actions
        ]
        book.sheet(title, rows)
    book.sheet(
        "Scoring", [["Score", "Meaning"], [1, "Not begun"], [2, "Under way"], [3, "Mostly done"], [4, "Done"]]
    )
    return book.data()


SAMPLE = Sample("best value.xlsx", build, gold("Best Value Improvement Plan", THEMES))
