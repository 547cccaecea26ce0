"""A dental group's plan saved from Excel as CSV: title rows, empty columns, a total and a footnote, Windows letters."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

ACTIONS = [
    act(
        "1a",
        "Replace the autoclave at the Mill Lane practice (£4,200)",
        "Practice Manager",
        "31-Mar-25",
        "2025-03-31",
        "amber",
        "Quote accepted – delivery in May",
    ),
    act("1b", "Log every decontamination cycle", "Lead Nurse", "28-Feb-25", "2025-02-28", "green", "In use"),
    act(
        "2",
        "Check medical histories at every visit; audit 25 records a quarter",
        "Clinical Director",
        "30-Jun-25",
        "2025-06-30",
        "green",
        "First audit: 92%",
    ),
    act("3", "Display complaints procedure in waiting room", "Practice Manager", "Done", None, "blue", None),
]


def build() -> bytes:
    rows = [["Bright Lane Dental Group – CQC Action Plan", "", "", "", "", "", "", ""], ["Last updated: 3 March 2025", *[""] * 7], [""] * 8,
            ["Ref", "Required action", "Who", "By when", "RAG", "Comments", "", ""]]  # fmt: skip
    for a in ACTIONS:
        rows.append(
            [a["ref"], a["action"], a["owner"], a["due_text"], a["rag"].upper(), a["progress"] or "", "", ""]
        )
    rows += [
        [""] * 8,
        ["", "Total actions: 4", "", "", "", "", "", ""],
        ["* Dates agreed with the inspector on 12 January", *[""] * 7],
    ]
    return separated(rows, ",", "cp1252")


SAMPLE = Sample("bright lane.csv", build, gold("Bright Lane Dental Group – CQC Action Plan", ACTIONS))
