"""A board of tasks as a tab-separated export: buckets as themes, checklist columns, no refs."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

THEMES = {
    (None, "Prevention"): [
        act(None, "Visit every home of a person over 80 who lives alone", "Group Manager Prevention", "06/30/2025", None, "in progress", description="2,310 visits so far"),
        act(None, "Agree data sharing with the county's care providers", "Data Protection Officer", "28/03/2025", "2025-03-28", "completed", description=None),
    ],
    (None, "Protection"): [
        act(None, "Clear the backlog of audits of high-rise buildings", "Area Manager Protection", "31/10/2025", "2025-10-31", "late", description="Nine left of forty"),
        act(None, "Train six more inspectors to level 4 diploma", "Head of Learning", "31/12/2025", "2025-12-31", "not started", description=None),
    ],
}  # fmt: skip
THEMES[(None, "Prevention")][0] |= {
    "due_text": "30/06/2025",
    "due": {"start": "2025-06-30", "end": "2025-06-30"},
}


def build() -> bytes:
    rows = [
        [
            "Task Name",
            "Bucket Name",
            "Progress",
            "Priority",
            "Assigned To",
            "Created By",
            "Created Date",
            "Start date",
            "Due date",
            "Late",
            "Description",
        ]
    ]
    for (_, title), actions in THEMES.items():
        for a in actions:
            rows.append(
                [
                    a["action"],
                    title,
                    a["rag"].capitalize(),
                    "Medium",
                    a["owner"],
                    "PMO",
                    "02/01/2025",
                    "06/01/2025",
                    a["due_text"],
                    "false",
                    a["description"] or "",
                ]
            )
    return separated(rows, "\t")


SAMPLE = Sample("Planner export.tsv", build, gold("Planner export", THEMES))
