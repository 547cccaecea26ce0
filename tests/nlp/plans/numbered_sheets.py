"""A combined authority's workbook: numbered sheets as themes, measures under each, revised dates crossed by completed ones."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import C, Sample, act, gold

FILLS = {"g": "00B050", "a": "FFC000", "r": "FF0000"}
THEMES = {
    ("1", "Bus network"): [
        act(
            "1.1",
            "Publish a single fare table",
            "Head of Transport",
            "01/04/2025",
            "2025-04-01",
            "g",
            "Printed and online",
            assurance="Complaints about fares fall by half",
        ),
        act(
            "1.2",
            "Install 60 real-time displays",
            "Network Manager",
            "30/06/2025",
            "2025-06-30",
            "a",
            "41 installed",
            assurance="All working for 30 days",
            revised="30/09/2025",
            revised_when="2025-09-30",
        ),
    ],
    ("2", "Skills"): [
        act(
            "2.1",
            "Fund 300 places on boot camps",
            "Head of Skills",
            "31/08/2025",
            "2025-08-31",
            "r",
            "122 places taken",
            assurance="70% find work",
        ),
        act(
            "2.2",
            "Map employers' needs in care",
            "Policy Officer",
            "31/07/2025",
            "2025-07-31",
            "g",
            None,
            assurance="Report published",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    book.sheet(
        "Cover",
        [
            ["Severnside Combined Authority"],
            ["Corporate Improvement Plan 2025"],
            ["Owner: Chief of Staff"],
            ["Version 4"],
        ],
    )
    for (ref, title), actions in THEMES.items():
        rows: list[list[object]] = [
            [
                "Action ref",
                "Action",
                "Owner",
                "Original date",
                "Revised date",
                "RAG",
                "What does good look like?",
                "Commentary",
            ]
        ]
        for a in actions:
            revised = a["revised"] and date.fromisoformat(a["revised"]["end"])
            rows.append(
                [
                    float(a["ref"]),
                    a["action"],
                    a["owner"],
                    date.fromisoformat(a["due"]["end"]),
                    revised,
                    C(a["rag"].upper(), FILLS[a["rag"]]),
                    a["assurance"],
                    a["progress"],
                ]
            )
        rows += [
            [],
            ["Measure", "Baseline", "Target", "Latest"],
            ["Satisfaction", "61%", "75%", "66%"],
            ["Cost per head", "£14", "£12", "£13"],
        ]
        book.sheet(f"{ref}. {title}", rows, {"D": "dd/mm/yyyy", "E": "dd/mm/yyyy"})
    return book.data()


SAMPLE = Sample("corporate plan.xlsx", build, gold("Corporate Improvement Plan 2025", THEMES))
