"""A trust's plan in Word: lists within lists, refs by automatic numbering, dates stacked by number, themes continued."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"complete": "00B0F0", "on track": "92D050", "at risk": "FFC000"}
THEMES = {
    ("1", "Safe staffing"): [
        act(
            None,
            "Review the nursing establishment of all wards:\n1. Agree the method with the Deputy Chief Nurse\n2. Hold confirm and challenge meetings\n3. Take the result to the Board",
            "Chief Nurse",
            "1. July 2022\n2. September 2022\n3. November 2022",
            "2022-07..2022-11",
            "on track",
            "Method agreed; meetings booked from 5 September.",
            assurance="Board paper",
        ),
        act(
            None,
            "Cut time to hire:\n# Use one form for requisitions\n# Weekly vacancy panel\n* chaired by the Deputy Director of People\n* finance present",
            "Director of People",
            "By end of September 2022",
            "2022-09-30",
            "at risk",
            None,
            assurance="Time to hire under 45 days",
        ),
    ],
    ("2", "Learning from incidents"): [
        act(
            None,
            "Close the backlog of overdue incident reviews (currently 214)",
            "Head of Patient Safety &\nDivisional Governance Leads",
            "Oct/Nov 2022",
            "2022-10..2022-11",
            "on track",
            "Down to 160 on 8 August.",
            assurance="Weekly report",
        ),
        act(
            None,
            "Share a learning bulletin each month",
            "Head of Patient Safety",
            "Commenced April 2022",
            "2022-04",
            "complete",
            "Five issues so far.",
            assurance="Bulletin on the intranet",
        ),
        act(
            None,
            "Train 60 investigators in the new framework",
            "Learning and Development Manager",
            "March 2023 (revised from December 2022)",
            "2022-12..2023-03",
            "on track",
            "24 trained",
            assurance="Register",
        ),
    ],
}


def build() -> bytes:
    word = Word().line("Quarry Bank NHS Foundation Trust").line("Well-led Improvement Plan, August 2022")
    word.table(
        [
            ["Colour", "Status"],
            *(
                [C(name.title(), FILLS[key]), text]
                for name, key, text in (
                    ("Blue", "complete", "Complete"),
                    ("Green", "on track", "On track"),
                    ("Amber", "at risk", "At risk"),
                )
            ),
        ]
    )
    head = ["Action", "Lead", "Timescale", "Evidence", "Rating", "Progress"]
    for (ref, title), actions in THEMES.items():
        rows: list[list[str | C]] = [[f"Theme {ref}: {title}", *[LEFT] * 5], [*head]]
        for number, a in enumerate(actions):
            if number == 2:
                rows.append([f"Theme {ref}: {title} (continued)", *[LEFT] * 5])
            rows.append(
                [
                    *cells(a, "action", "owner", "due_text", "assurance"),
                    C(a["rag"].title(), FILLS[a["rag"]]),
                    a["progress"] or "",
                ]
            )
        word.table(rows).line("")
    return word.data()


SAMPLE = Sample(
    "well led.docx",
    build,
    gold(
        "Quarry Bank Well-led Improvement Plan",
        THEMES,
        [("Complete", "blue"), ("On track", "green"), ("At risk", "amber")],
    ),
)
