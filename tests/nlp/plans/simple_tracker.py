"""A small charity's tracker as CSV with semicolons: everything in few columns, two people a task, a done column."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

ACTIONS = [
    act(
        "1",
        "Choose a new bank",
        "Ama + Treasurer",
        "15/09/2023",
        "2023-09-15",
        "done",
        "Moved on 1 September",
    ),
    act(
        "2",
        "Draft a lone working policy",
        "Ama",
        "30/09/2023",
        "2023-09-30",
        "in progress",
        "Template from umbrella body",
    ),
    act("3", "Ring-fence the youth grant", "Treasurer", "asap", None, "not started", None),
    act(
        "4",
        "Find a venue for the AGM; book interpreters",
        "Dele",
        "w/c 9 Oct 2023",
        "2023-10-09..2023-10-15",
        "stuck",
        "Hall is shut for repairs",
    ),
]


def build() -> bytes:
    rows = [["Task No", "What needs doing", "Who", "Target", "State of play", "Status"]]
    rows += [
        [a["ref"], a["action"], a["owner"], a["due_text"], a["progress"] or "", a["rag"].capitalize()]
        for a in ACTIONS
    ]
    return separated(rows, ";", "utf-8")


SAMPLE = Sample("tasks.csv", build, gold("tasks", ACTIONS))
