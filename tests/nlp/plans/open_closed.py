"""A cathedral's estate plan in Excel: open and closed actions on a sheet each, themes in a column, long refs."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import Sample, act, gold

THEMES = {
    (None, "Fire safety"): [
        act(
            "FS-2024-001",
            "Survey all escape routes",
            "Clerk of Works",
            "15/03/2024",
            "2024-03-15",
            "open",
            "North aisle done",
        ),
        act(
            "FS-2024-002",
            "Replace extinguishers in the song school",
            "Head Verger",
            "31/01/2024",
            "2024-01-31",
            "closed",
            "Certificate on file",
        ),
    ],
    (None, "Safeguarding"): [
        act(
            "SG-2024-001",
            "Issue all choir tutors with a code of conduct",
            "Canon Precentor",
            "30/04/2024",
            "2024-04-30",
            "open",
            None,
        ),
        act(
            "SG-2023-014",
            "Record visitors to the choir house",
            "Housemaster",
            "30/11/2023",
            "2023-11-30",
            "closed",
            "Signing-in system since October",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    head = [
        "Reference",
        "Workstream",
        "Action Description",
        "Action Lead",
        "Deadline",
        "Status",
        "Comments/Progress",
    ]
    for name, status in (("Open actions", "open"), ("Closed actions", "closed")):
        rows: list[list[object]] = [head]
        rows += [
            [
                a["ref"],
                title,
                a["action"],
                a["owner"],
                date.fromisoformat(a["due"]["end"]),
                status.upper(),
                a["progress"],
            ]
            for (_, title), actions in THEMES.items()
            for a in actions
            if a["rag"] == status
        ]
        book.sheet(name, rows, {"E": "dd/mm/yyyy"})
    return book.data()


SAMPLE = Sample("estate.xlsx", build, gold("estate", THEMES))
