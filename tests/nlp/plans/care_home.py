"""A care home's plan in Word: no refs but lines of enquiry, words as ratings, several revised and actual dates."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, cells, gold
from tests.nlp.plans.word import Word

ACTIONS = [
    act("S2.3", "Rewrite all falls risk assessments and review them monthly", "Deputy Manager", "15/06/2024", "2024-06-15", "in progress", "18 of 31 rewritten.", issue="Falls risk assessments were out of date", assurance="Manager's monthly audit", revised="31/07/2024", revised_when="2024-07-31"),
    act("S3.1", "Use a dependency tool each week to set staffing", "Registered Manager", "01/05/2024", "2024-05-01", "complete", "Tool in use since 29 April.", issue="Staffing was not based on need", assurance="Rota against tool", done="29/04/2024"),
    act("E1.2", "Train all senior carers in the Mental Capacity Act", "Training Coordinator", "30/09/2024", "2024-09-30", "not started", None, issue="Mental capacity was not always assessed", assurance="Training matrix at 100%"),
    act("W2.6", "Hold a residents' and relatives' meeting every quarter and publish the notes", "Registered Manager\nActivities Coordinator", "Ongoing", None, "in progress", "First meeting held on 2 May with eleven relatives.", issue="Feedback was not acted on", assurance="Notes on the board"),
    act("W4.1", "Send statutory notifications within one working day", "Registered Manager", "Immediate", None, "complete", "All five since April were sent in time.", issue="Two notifications were late", assurance="Notification log"),
]  # fmt: skip


def build() -> bytes:
    word = (
        Word()
        .line("Larch House Care Home - Service Improvement Plan")
        .line("Location ID 1-000000000")
        .line("Date of plan: 3 June 2024")
    )
    head = [
        "KLOE",
        "Area for improvement",
        "Action needed",
        "Person responsible",
        "Target date",
        "Revised date",
        "Date completed",
        "Evidence / how monitored",
        "Status",
        "Comments",
    ]
    rows = [
        head,
        *(
            cells(
                a,
                "ref",
                "issue",
                "action",
                "owner",
                "due_text",
                "revised_text",
                "done",
                "assurance",
                "rag",
                "progress",
            )
            for a in ACTIONS
        ),
    ]
    for row, a in zip(rows[1:], ACTIONS, strict=True):
        row[8] = a["rag"].capitalize()
    word.table(rows)
    word.line("Signed by the Registered Manager: ..............................   Date: ..............")
    return word.data()


SAMPLE = Sample(
    "Service improvement plan.docx", build, gold("Larch House Care Home - Service Improvement Plan", ACTIONS)
)
