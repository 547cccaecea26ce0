"""A probation-like board's plan in Word: progress by scores, what they mean in the page header, owners by initials."""

from __future__ import annotations

from docx.shared import Pt

from tests.nlp.plans.kit import Sample, act, cells, gold
from tests.nlp.plans.word import Word

THEMES = {
    (None, "Supervision"): [
        act("S1", "See every new case within five working days", "KT", "31 Oct 2021", "2021-10-31", "4", "91% in August"),
        act("S2", "Check risk plans when an address changes", "KT / LB", "30 Nov 2021", "2021-11-30", "2", "Checklist drafted"),
    ],
    (None, "Courts"): [
        act("C1", "Write reports on the day in one case of three", "Court Team Manager", "31 Jan 2022", "2022-01-31", "3", None),
        act("C2", "Share a diary with the listing office", "LB", "30 Sep 2021", "2021-09-30", "5", "In use at both courts"),
    ],
}  # fmt: skip
SCALE = ["1 = Not started", "2 = Started, delayed", "3 = On course", "4 = Done", "5 = Done and checked"]


def build() -> bytes:
    word = Word()
    header = word.document.sections[0].header
    header.paragraphs[0].text = "Progress score: " + "; ".join(SCALE)
    header.paragraphs[0].runs[0].font.size = Pt(8)
    word.head("Eastmere Justice Board Delivery Plan", 0).line("September 2021")
    for (_, title), actions in THEMES.items():
        word.head(title, 2)
        rows = [["Ref", "Action", "Owner", "By", "Score", "Comment"]]
        rows += [cells(a, "ref", "action", "owner", "due_text", "rag", "progress") for a in actions]
        word.table(rows)
    word.head("Initials").table(
        [
            ["KT", "Kemi Tolland, Head of Delivery"],
            ["LB", "Lars Birtles, Courts Lead"],
            ["CTM", "Court Team Manager"],
        ]
    )
    return word.data()


SAMPLE = Sample(
    "board plan.docx",
    build,
    gold("Eastmere Justice Board Delivery Plan", THEMES, [(text.split(" = ")[1], "") for text in SCALE]),
)
