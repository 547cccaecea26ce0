"""A regional sports body's workbook: filters hide rows, hidden columns, formulas' words, dates typed as text, blue as complete."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import C, Sample, act, gold

FILLS = {"Blue": "4472C4", "Green": "70AD47", "Amber": "ED7D31", "Red": "C00000"}
THEMES = {
    (None, "Welfare"): [
        act(
            "W.01",
            "Appoint a welfare officer in every club",
            "Head of Clubs",
            "30/06/2023",
            "2023-06-30",
            "amber",
            "188 of 240 clubs",
            committee="Welfare Panel",
        ),
        act(
            "W.02",
            "Answer concerns within two working days",
            "Lead Safeguarding Officer",
            "31/03/2023",
            "2023-03-31",
            "blue",
            "Median is one day",
            committee="Welfare Panel",
        ),
    ],
    (None, "Board diversity"): [
        act(
            "D.01",
            "Advertise all vacancies on the board openly",
            "Company Secretary",
            "28/02/2023",
            "2023-02-28",
            "green",
            None,
            committee="Nominations Committee",
        ),
        act(
            "D.02",
            "Publish a diversity plan",
            "Chair",
            "30/04/2023",
            "2023-04-30",
            "red",
            "Draft was sent back",
            revised="31/07/2023",
            revised_when="2023-07-31",
            committee="Nominations Committee",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [["Code for Sports Governance: implementation tracker"], [],
        ["Area of focus", "Ref no", "Private note", "Commitment", "Senior lead", "Completion date", "Amended date", "RAG", "Overseeing committee", "Latest progress (Feb 23)"]]  # fmt: skip
    for (_, title), actions in THEMES.items():
        for a in actions:
            revised = a["revised"] and date.fromisoformat(a["revised"]["end"])
            colour = a["rag"].capitalize()
            rows.append(
                [
                    title,
                    a["ref"],
                    "not for print",
                    a["action"],
                    a["owner"],
                    date.fromisoformat(a["due"]["end"]),
                    revised,
                    C("", FILLS[colour]),
                    a["committee"],
                    a["progress"],
                ]
            )
    sheet = book.sheet("Tracker", rows, {"F": "dd/mm/yyyy", "G": "dd/mm/yyyy"})
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[5].hidden = True
    return book.data()


SAMPLE = Sample(
    "governance code.xlsx", build, gold("Code for Sports Governance: implementation tracker", THEMES)
)
