"""A safeguarding partnership's answer to a review in Word: each recommendation over its actions, refs of two columns."""

from __future__ import annotations

from tests.nlp.plans.kit import UP, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"green": "00B050", "amber": "FFC000"}
BLOCKS = [
    ("1", "The partnership should make sure that information is shared when a family moves between areas.", [
        act("1.1", "Write a transfer protocol with the four neighbouring areas", "Head of Safeguarding / Detective Superintendent", "Apr 2021", "2021-04", "green", "Protocol signed by three of the four.", assurance="Signed protocol", committee="Quality Sub-group", on_target_rag=None),
        act("1.2", "Audit twenty transfers", "Partnership Manager", "Sep 2021", "2021-09", "amber", None, assurance="Audit report", committee="Quality Sub-group"),
    ]),
    ("2", "Agencies should record the views of the child.", [
        act("2.1", "Add a prompt to each agency's form", "Agency safeguarding leads", "Jun 2021", "2021-06", "green", "Done in health and schools.", assurance="Screen shots", committee="Practice Sub-group"),
    ]),
]  # fmt: skip


def build() -> bytes:
    word = (
        Word()
        .line("Child Safeguarding Practice Review: Action Plan")
        .line("Multi-agency action plan for the review of Child K, February 2021")
    )
    rows: list[list[str | C]] = [
        [
            "Rec No",
            "Recommendation",
            "Action No",
            "Agency Action",
            "Lead agency / officer",
            "Target date",
            "Evidence of impact",
            "Where reported",
            "RAG",
            "Progress as at 26 Feb 2021",
        ]
    ]
    for number, text, actions in BLOCKS:
        for i, a in enumerate(actions):
            shaded = C(a["rag"].capitalize(), FILLS[a["rag"]])
            rows.append(
                [
                    UP if i else number,
                    UP if i else text,
                    *cells(a, "ref", "action", "owner", "due_text", "assurance", "committee"),
                    shaded,
                    a["progress"] or "",
                ]
            )
    return word.table(rows).data()


SAMPLE = Sample(
    "child k.docx",
    build,
    gold("Child Safeguarding Practice Review: Action Plan", [a for *_, rows in BLOCKS for a in rows]),
)
