"""A council's written statement of action in Word: theme rows in one table, letters as ratings, a dated update column."""

from __future__ import annotations

from typing import Any

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"B": "4F81BD", "G": "00B050", "A": "FFC000", "R": "FF0000"}
THEMES = {
    ("1", "Co-production with parents and carers"): [
        act("1a", "Publish a co-production charter written with the parent carer forum", "Head of SEND", "Sep 22", "2022-09", "b", "Charter launched at the September conference. 64 families took part.", assurance="80% of parents surveyed say they were listened to"),
        act("1b", "Appoint two parent representatives to the SEND Board", "Chair of SEND Board / Parent Carer Forum", "Dec 22", "2022-12", "g", "One appointed, second interview on 9 June.", assurance="Minutes show both attend"),
        act("1c", "Set up a monthly 'you said, we did' page on the local offer", "Local Offer Officer", "Jan 23", "2023-01", "a", None, assurance="Page visits rise by 20% a year"),
    ],
    ("2", "Timeliness and quality of EHC plans"): [
        act("2a", "Recruit six additional plan writers", "Service Manager, EHC Team", "Oct 22", "2022-10", "b", "All six in post.", assurance="Caseload below 180 per officer"),
        act("2b", "Agree a multi-agency quality assurance framework and audit 20 plans each month", "Designated Clinical Officer", "March 2023", "2023-03", "r", "Only 7 plans were audited in April; health advice is late in half of cases.", assurance="90% of audited plans good or better"),
    ],
    ("3", "Joint commissioning"): [
        act("3a", "Complete a joint strategic needs assessment for 0-25", "Director of Public Health", "July 2023", "2023-07", "a", "Data sharing agreement signed.", assurance="JSNA approved by the Health and Wellbeing Board"),
    ],
}  # fmt: skip


def build() -> bytes:
    word = Word().head("Written Statement of Action", 0).line("Aldermoor Borough Council and Aldermoor ICB")
    word.line("Updated 19 May 2023")
    word.line("BRAG: B = complete; G = on track; A = some delay; R = significant delay")
    rows: list[list[Any]] = [
        [
            "No.",
            "What will we do?",
            "Who is responsible?",
            "By when?",
            "How will we know?",
            "BRAG",
            "Update (May 23)",
        ]
    ]
    for (ref, title), actions in THEMES.items():
        rows.append([f"Priority {ref}: {title}", *[LEFT] * 6])
        for a in actions:
            letter = a["rag"].upper()
            rows.append(
                [
                    *cells(a, "ref", "action", "owner", "due_text", "assurance"),
                    C(letter, FILLS[letter]),
                    a["progress"] or "",
                ]
            )
    word.table(rows)
    word.head("Governance").line("The SEND Improvement Board meets on the second Tuesday of each month.")
    word.table(
        [
            ["Meeting", "Date"],
            ["SEND Improvement Board", "13 June 2023"],
            ["Health and Wellbeing Board", "4 July 2023"],
            ["DfE monitoring visit", "TBC"],
        ]
    )
    word.head("Glossary").table(
        [
            ["EHC", "Education, Health and Care"],
            ["ICB", "Integrated Care Board"],
            ["JSNA", "Joint Strategic Needs Assessment"],
            ["DCO", "Designated Clinical Officer"],
        ]
    )
    return word.data()


SAMPLE = Sample(
    "WSOA update May 2023.docx",
    build,
    gold("Written Statement of Action", THEMES, [("complete", "blue"), ("on track", "green"), ("some delay", "amber"), ("significant delay", "red")],
         [("SEND Improvement Board", "2023-06-13"), ("Health and Wellbeing Board", "2023-07-04"), ("DfE monitoring visit", None)]),
)  # fmt: skip
