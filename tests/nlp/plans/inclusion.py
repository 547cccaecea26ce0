"""A council's inclusion plan in Word: a table a priority, success measures above it, milestones by school term."""

from __future__ import annotations

from typing import Any

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"blue": "0070C0", "green": "92D050", "amber": "FFC000", "red": "FF0000"}
THEMES = {
    ("1", "Children are seen early"): [
        act("1.1", "Train a lead for early identification in each of the 61 nurseries", "Early Years Adviser", "By end of Autumn term 2024", "2024-12-31", "green", "44 of 61 trained.", milestones="30 by half term"),
        act("1.2", "Cut the wait for a speech and language assessment to 12 weeks", "Therapies Manager, Vale Health", "Spring term 2025", "2025-01-01..2025-03-31", "amber", "The wait is 19 weeks. Two posts are vacant.", milestones="16 weeks by Christmas"),
    ],
    ("2", "Plans are written on time and written well"): [
        act("2.1", "Finish 60% of new plans within 20 weeks", "SEND Service Manager", "July 2025", "2025-07", "red", "31% in October, 38% in November.", milestones="40% by December 2024, 50% by Easter"),
        act("2.2", "Audit ten plans a month together with health and care", "Designated Clinical Officer / Head of Children's Social Care", "From September 2024", "2024-09", "blue", None, milestones="First audit in September"),
    ],
    ("3", "Moving on to adult life"): [
        act("3.1", "Give every young person of 14 a named adviser", "Preparing for Adulthood Lead", "End of Summer term 2025", "2025-07-31", "green", None, milestones="Advisers appointed by February half term"),
    ],
}  # fmt: skip
MEASURES = {
    "1": "More children have their needs met without a plan",
    "2": "Parents say that plans describe their child",
    "3": "Fewer than 4% are not in education, work or training",
}


def build() -> bytes:
    word = (
        Word().head("Priority Action Plan", 0).line("Ashcombe Local Area Partnership").line("December 2024")
    )
    word.head("How we rate progress").table(
        [
            [C("Blue", FILLS["blue"]), "Complete, impact evidenced"],
            [C("Green", FILLS["green"]), "On schedule"],
            [C("Amber", FILLS["amber"]), "Behind, recovery agreed"],
            [C("Red", FILLS["red"]), "Behind, no recovery agreed"],
        ]
    )
    for (ref, title), actions in THEMES.items():
        word.head(f"Priority {ref}: {title}", 2)
        rows: list[list[Any]] = [
            [f"Success measure: {MEASURES[ref]}", *[LEFT] * 6],
            ["Ref", "What we will do", "Lead", "Milestones", "When", "BRAG", "Progress so far"],
        ]
        rows += [
            [*cells(a, "ref", "action", "owner", "milestones", "due_text"), C("", FILLS[a["rag"]]), a["progress"] or ""]
            for a in actions
        ]  # fmt: skip
        word.table(rows).line("")
    return word.data()


LABELS = {
    "blue": "Complete, impact evidenced",
    "green": "On schedule",
    "amber": "Behind, recovery agreed",
    "red": "Behind, no recovery agreed",
}
SAMPLE = Sample(
    "inclusion PAP.docx", build, gold("Priority Action Plan", THEMES, [(label, colour) for colour, label in LABELS.items()])
)  # fmt: skip
