"""A GP federation's plan as PDF: a table a workstream, headers on their side, cells of colour alone."""

from __future__ import annotations

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages, Turned

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000", "blue": "0070C0"}
THEMES = {
    ("1", "Access"): [
        act(
            "1.1",
            "Move all 14 practices to cloud telephony",
            "Digital Lead",
            "31/03/2024",
            "2024-03-31",
            "blue",
            "Last practice moved 11 March.",
            committee="Access Group",
        ),
        act(
            "1.2",
            "Offer online consultation during all core hours",
            "Practice Managers' Chair",
            "30/06/2024",
            "2024-06-30",
            "amber",
            "Nine of 14 practices.",
            committee="Access Group",
        ),
    ],
    ("2", "Workforce"): [
        act(
            "2.1",
            "Share two clinical pharmacists between the smallest practices",
            "Lead Pharmacist",
            "31/07/2024",
            "2024-07-31",
            "green",
            "Interviews on 3 May.",
            committee="Board",
        ),
        act(
            "2.2",
            "Hold exit interviews with every leaver",
            "HR Manager",
            "Ongoing",
            None,
            "red",
            None,
            committee="Board",
        ),
    ],
}


def build() -> bytes:
    pages = (
        Pages().head("Teasel Valley GP Federation Improvement Plan 2024").line("Version 1.4 - 22 April 2024")
    )
    for (ref, title), actions in THEMES.items():
        pages.head(f"Workstream {ref}: {title}")
        rows = [[Turned("Ref"), "Actions", "Lead", Turned("By when"), "Forum", Turned("RAG"), "Update"]]
        rows += [
            [
                *cells(a, "ref", "action", "owner", "due_text", "committee"),
                C("", FILLS[a["rag"]]),
                a["progress"] or "",
            ]
            for a in actions
        ]
        pages.table(rows, [30, 240, 100, 60, 80, 25, 230])
    pages.line("Meetings: the Federation Board meets on 14 May 2024, 9 July 2024 and 10 September 2024.")
    return pages.data()


SAMPLE = Sample(
    "improvement plan 2024.pdf",
    build,
    gold(
        "Teasel Valley GP Federation Improvement Plan 2024",
        THEMES,
        meetings=[("Federation Board", day) for day in ("2024-05-14", "2024-07-09", "2024-09-10")],
    ),
)
