"""A borough's plan as PDF with narrow columns: words cut over lines, lists in cells, page headings, sub-headings between tables."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"complete": "2E75B6", "on track": "00B050", "delayed": "FFC000"}
THEMES = {
    (None, "Temporary accommodation"): [
        act(
            "TA/01",
            "Inspect every nightly-paid property:\n• fire doors\n• damp\n• gas certificate",
            "Accommodation Procurement Manager",
            "30.06.2024",
            "2024-06-30",
            "on track",
            "112 of 190 inspected by 17 May. Two landlords removed.",
        ),
        act(
            "TA/02",
            "Move families out of bed and breakfast within six weeks",
            "Head of Housing Needs",
            "31.12.2024",
            "2024-12-31",
            "delayed",
            "Nine families over six weeks.",
        ),
    ],
    (None, "Complaints"): [
        act(
            "CO/01",
            "Acknowledge in five days, answer in ten",
            "Customer Relations Manager",
            "Immediate and ongoing",
            None,
            "on track",
            "94% in April.",
        ),
        act(
            "CO/02",
            "Publish a self-assessment against the ombudsman's code",
            "Assistant Director, Governance and Customer Experience",
            "30.04.2024",
            "2024-04-30",
            "complete",
            "On the website since 29 April.",
        ),
    ],
}


def build() -> bytes:
    pages = (
        Pages("Housing Improvement Plan | May 2024")
        .head("Castlegate Borough: Housing Improvement Plan")
        .line("Update for the Housing Improvement Board, 22 May 2024")
    )
    head = [
        "Action no",
        "Improvement action",
        "Responsible officer",
        "Completion date",
        "Status",
        "Latest position",
        "Evidence",
    ]
    rows: list[list[object]] = [head]
    for (_, title), actions in THEMES.items():
        rows.append([C(title, "1F3864"), *[LEFT] * 6])
        rows += [
            [
                *cells(a, "ref", "action", "owner", "due_text"),
                C(a["rag"].capitalize(), FILLS[a["rag"]]),
                a["progress"],
                "",
            ]
            for a in actions
        ]
    return pages.table(rows, [44, 150, 80, 62, 50, 120, 60], cut=True).data()


SAMPLE = Sample("housing may.pdf", build, gold("Castlegate Borough: Housing Improvement Plan", THEMES))
