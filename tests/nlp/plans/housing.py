"""A housing association's workbook: merged themes and refs over sub-rows, cells filled without words."""

from __future__ import annotations

from typing import Any

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import UP, C, Sample, act, gold

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000"}
THEMES = {
    (None, "Damp and mould"): [
        act("H1", "(a) Survey every home with a repeat repair", "Director of Property", "30 Sep 2024", "2024-09-30", "green", "412 of 600 surveyed"),
        act("H1", "(b) Train all operatives to record damp with photographs", "Repairs Manager", "31 Dec 2024", "2024-12-31", "amber", "Trainer found; dates to be set"),
        act("H2", "Answer every damp report within ten working days", "Head of Customer Services", "1 Apr 2024", "2024-04-01", "green", "96% in May"),
    ],
    (None, "Tenant voice"): [
        act("H3", "(a) Recruit a tenant scrutiny panel of twelve", "Head of Engagement", "31 May 2024", "2024-05-31", "red", "Seven recruited"),
        act("H3", "(b) Pay expenses and offer training to panel members", "Head of Engagement", "30 Jun 2024", "2024-06-30", "amber", None),
        act("H4", "Publish satisfaction measures every quarter", "Company Secretary", "Quarterly", None, "green", "Q4 published on 14 May"),
    ],
}  # fmt: skip


def build() -> bytes:
    book = Excel()
    rows: list[list[Any]] = [
        ["Regulator of Social Housing: Recovery Plan"],
        [
            "Theme",
            "Ref",
            "Agreed action",
            "Responsible officer",
            "Deadline",
            "RAG",
            "Position at 5 June 2024",
        ],
    ]
    for (_, title), actions in THEMES.items():
        last = None
        for i, a in enumerate(actions):
            rows.append(
                [
                    UP if i else title,
                    UP if a["ref"] == last else a["ref"],
                    a["action"],
                    a["owner"],
                    a["due_text"],
                    C("", FILLS[a["rag"]]),
                    a["progress"],
                ]
            )
            last = a["ref"]
    book.sheet("Recovery plan", rows)
    return book.data()


SAMPLE = Sample("recovery.xlsx", build, gold("Regulator of Social Housing: Recovery Plan", THEMES))
