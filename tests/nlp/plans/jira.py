"""An export of an issue tracker: semicolons, Windows letters, percentages, words as status."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

ACTIONS = [
    act(
        "IMP-101",
        "Write a single patient access policy – one version for all sites",
        "O’Dowd, Niamh",
        "2024-05-31",
        "2024-05-31",
        "in progress",
        "Draft 2 out for comment",
    ),
    act(
        "IMP-102",
        "Move the booking team to one office",
        "Patel, Rohan",
        "2024-08-30",
        "2024-08-30",
        "to do",
        None,
    ),
    act(
        "IMP-103",
        "Clean the waiting list: contact everyone over 52 weeks",
        "Shaw, Denise",
        "2024-03-29",
        "2024-03-29",
        "done",
        "1,204 contacted; 188 removed",
    ),
    act(
        "IMP-104",
        "Offer text reminders in five languages",
        None,
        "2024-09-30",
        "2024-09-30",
        "blocked",
        "Supplier cannot do it until v7",
    ),
]


def build() -> bytes:
    rows = [
        [
            "ID",
            "Task",
            "Assigned To",
            "Created",
            "Target completion",
            "Status",
            "% complete",
            "Labels",
            "Notes",
        ]
    ]
    for a in ACTIONS:
        rows.append(
            [
                a["ref"],
                a["action"],
                a["owner"] or "",
                "2024-01-08",
                a["due_text"],
                a["rag"].title(),
                "40",
                "access;booking",
                a["progress"] or "",
            ]
        )
    return separated(rows, ";", "cp1252")


SAMPLE = Sample("issues export.csv", build, gold("issues export", ACTIONS))
