"""A sheet of a project tool as CSV with a byte-order mark: parent rows as themes, cells of many lines, wide."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, cells, gold, separated

THEMES = {
    (None, "Safeguarding"): [
        act(
            "1",
            "Review the safeguarding policy against the 2023 statutory guidance",
            "Trustee lead for safeguarding",
            "30/11/23",
            "2023-11-30",
            "green",
            "14/09: first read by trustees\n02/10: comments in",
            committee="Board of Trustees",
            assurance="Policy dated and signed",
        ),
        act(
            "2",
            "Renew DBS checks for all volunteers",
            "Volunteer Manager",
            "31/01/24",
            "2024-01-31",
            "yellow",
            "61 of 140 renewed",
            committee="Safeguarding Committee",
            assurance="Register at 100%",
        ),
    ],
    (None, "Finance and reserves"): [
        act(
            "3",
            "Agree a reserves policy of six months",
            "Treasurer",
            "31/03/24",
            "2024-03-31",
            "red",
            "Auditor's view awaited",
            committee="Finance Committee",
            assurance="Minuted",
        ),
        act(
            "4",
            "Separate the duties of raising and approving payments",
            "Chief Executive",
            "31/10/23",
            "2023-10-31",
            "blue",
            None,
            committee="Finance Committee",
            assurance="Bank mandate",
        ),
    ],
}


def build() -> bytes:
    rows = [
        [
            "Row",
            "Primary",
            "Owner",
            "Start",
            "Finish",
            "Health",
            "Governance forum",
            "Evidence of completion",
            "Latest comment",
        ]
    ]
    number = 0
    for (_, title), actions in THEMES.items():
        rows.append(["", title, "", "", "", "", "", "", ""])
        for a in actions:
            number += 1
            health = a["rag"].capitalize()
            rows.append(
                [
                    str(number),
                    a["action"],
                    a["owner"],
                    "01/09/23",
                    *cells(a, "due_text"),
                    health,
                    *cells(a, "committee", "assurance", "progress"),
                ]
            )
    return separated(rows, ",", "utf-8-sig")


SAMPLE = Sample("Charity governance action plan.csv", build, gold("Charity governance action plan", THEMES))
