"""A community trust's plan in Word: ratings and updates a month, the newest on the right; owners stacked; refs like R4.2(b)."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"g": "92D050", "a": "FFC000", "r": "FF0000"}
THEMES = {
    (None, "Medicines"): [
        act(
            "R4.2(a)",
            "Lock all medicine fridges and record temperatures daily",
            "Chief Pharmacist\nLocality Managers",
            "May 2024",
            "2024-05",
            "g",
            "All 22 fridges locked.",
            before=("a", "Locks ordered"),
        ),
        act(
            "R4.2(b)",
            "Review patient group directions that ran out",
            "Chief Pharmacist",
            "July 2024",
            "2024-07",
            "a",
            "14 of 19 reviewed.",
            before=("r", "Nothing begun"),
        ),
    ],
    (None, "Community nursing"): [
        act(
            "R7.1",
            "Agree a safe caseload tool with team leaders",
            "Director of Nursing / Head of Community Nursing",
            "June 2024",
            "2024-06",
            "r",
            "Tool rejected by two teams.",
            before=("a", "Tool chosen"),
        ),
        act(
            "R7.3",
            "Give lone workers a personal alarm",
            "Health and Safety Adviser",
            "Completed",
            None,
            "g",
            "440 alarms given out.",
            before=("g", "380 given out"),
        ),
    ],
}


def build() -> bytes:
    word = Word().line("Broadmere Community Health NHS Trust").line("CQC Action Plan - June 2024 update")
    word.line("Key: G on track / complete; A at risk; R overdue")
    rows = [
        [
            "Reference",
            "Action",
            "Responsible person(s)",
            "Target date",
            "RAG May 24",
            "Update May 24",
            "RAG June 24",
            "Update June 24",
        ]
    ]
    for (_, title), actions in THEMES.items():
        rows.append([title, *[LEFT] * 7])
        for a in actions:
            (old, note), new = a["before"], a["rag"]
            rows.append(
                [
                    *cells(a, "ref", "action", "owner", "due_text"),
                    C(old.upper(), FILLS[old]),
                    note,
                    C(new.upper(), FILLS[new]),
                    a["progress"],
                ]
            )
    return word.table(rows).data()


SAMPLE = Sample(
    "June update.docx", build, gold("Broadmere Community Health NHS Trust CQC Action Plan", THEMES)
)
