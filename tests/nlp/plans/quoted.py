"""A library service's sheet as TSV: headers over several lines, owners apart by semicolons, marks of completion."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

ACTIONS = [
    act(
        "L1",
        "Open the mobile library on Saturdays",
        "Fleet Lead; Area Librarian (North)",
        "1st Sept 2025",
        "2025-09-01",
        "green",
        "Driver found",
        assurance="Visits up by 5%",
        committee="Culture Board",
    ),
    act(
        "L2",
        "Replace public computers in six branches",
        "ICT Manager",
        "Q4 2025/26",
        "2026-01..2026-03",
        "amber",
        "Order placed for three",
        assurance="All machines under five years",
        committee="Culture Board",
    ),
    act(
        "L3",
        "Start a reading group in the prison",
        "Outreach Librarian",
        "Autumn 2025",
        "2025-09..2025-11",
        "red",
        None,
        assurance="Eight members",
        committee="Culture Board",
    ),
]


def build() -> bytes:
    rows = [
        [
            "Action\nref",
            "Action\n(what we will do)",
            "Responsible\nofficer(s)",
            "Timescale\nfor completion",
            "Target /\nsuccess measure",
            "Reports\nto",
            "Progress\nRAG",
            "Progress\nnarrative",
            "Complete\n(Y/N)",
        ]
    ]
    rows += [
        [
            a["ref"],
            a["action"],
            a["owner"],
            a["due_text"],
            a["assurance"],
            a["committee"],
            a["rag"].capitalize(),
            a["progress"] or "",
            "N",
        ]
        for a in ACTIONS
    ]
    return separated(rows, "\t")


SAMPLE = Sample("libraries.tsv", build, gold("libraries", ACTIONS))
