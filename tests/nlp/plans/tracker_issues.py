"""A software tracker's full export as CSV: keys, summaries, assignees, times of day in the dates."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

THEMES = {
    (None, "Data quality"): [
        act(
            "QIP-14",
            "Publish a weekly list of records without an ethnicity",
            "Marta Lindqvist",
            "31/May/24 12:00 AM",
            "2024-05-31",
            "in progress",
            "14/05/24: list runs, owners to be named",
        ),
        act(
            "QIP-15",
            "Close duplicate records",
            "Joel Adeyemi",
            "28/Jun/24 12:00 AM",
            "2024-06-28",
            "to do",
            None,
        ),
    ],
    (None, "Coding"): [
        act(
            "QIP-22",
            "Train coders in the new classification",
            "Marta Lindqvist",
            "30/Apr/24 12:00 AM",
            "2024-04-30",
            "done",
            "All nine trained",
        )
    ],
}


def build() -> bytes:
    rows = [
        [
            "Issue key",
            "Issue id",
            "Issue Type",
            "Summary",
            "Epic Name",
            "Status",
            "Priority",
            "Assignee",
            "Reporter",
            "Created",
            "Due date",
            "Comment",
        ]
    ]
    for (_, title), actions in THEMES.items():
        for i, a in enumerate(actions):
            rows.append(
                [
                    a["ref"],
                    str(10400 + i),
                    "Task",
                    a["action"],
                    title,
                    a["rag"].title(),
                    "Medium",
                    a["owner"],
                    "PMO",
                    "02/Jan/24 9:14 AM",
                    a["due_text"],
                    a["progress"] or "",
                ]
            )
    return separated(rows)


SAMPLE = Sample("jira full.csv", build, gold("jira full", THEMES))
