"""A mental health trust's plan as PDF: issues and refs merged over several actions, a committee's assurance beside the RAG."""

from __future__ import annotations

from tests.nlp.plans.kit import UP, C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"green": "92D050", "amber": "FFC000", "red": "FF0000", "blue": "8DB3E2"}
BLOCKS = [
    ("The trust must ensure ligature risks are assessed on every ward (Regulation 12)", [
        act("M1", "Survey all 31 wards against the new tool", "Director of Estates", "30/06/2021", "2021-06-30", "blue", "All surveyed; reports with matrons.", committee="Quality and Safety Committee", assurance_rating="fully assured"),
        act("M2", "Replace door sets on the six highest-risk wards", "Director of Estates", "31/03/2022", "2022-03-31", "amber", "Two wards done, supplier delays of eight weeks on the third.", committee="Quality and Safety Committee", assurance_rating="partially assured"),
        act("M3", "Brief every shift on the heat map of its ward", "Ward Managers", "31/05/2021", "2021-05-31", "green", "Signed briefings on 26 wards.", committee="Quality and Safety Committee", assurance_rating="partially assured"),
    ]),
    ("The trust must ensure staff receive supervision (Regulation 18)", [
        act("M4", "Set up a central record of supervision", "Head of Workforce Systems", "31/07/2021", "2021-07-31", "red", "The record went live without the community teams.", committee="People Committee", assurance_rating="not assured"),
        act("M5", "Train 120 supervisors", "Head of Learning", "30/09/2021", "2021-09-30", "green", "71 trained.", committee="People Committee"),
    ]),
    ("The trust should review the décor of its place of safety", [
        act("S1", "Agree a scheme with service users and repaint", "Modern Matron", "31/08/2021", "2021-08-31", "green", None, committee="Estates Group", assurance_rating="fully assured"),
    ]),
]  # fmt: skip


def build() -> bytes:
    pages = (
        Pages("Confidential until published")
        .head("Salter Vale Mental Health NHS Trust - CQC Quality Improvement Plan")
        .line("Version 5.1, 4 June 2021")
    )
    rows = [
        [
            "Requirement",
            "Ref",
            "Action",
            "Accountable director",
            "Timescale",
            "RAG",
            "Progress",
            "Assurance committee",
            "Committee assurance rating",
        ]
    ]
    for issue, actions in BLOCKS:
        for i, a in enumerate(actions):
            rows.append(
                [
                    UP if i else issue,
                    *cells(a, "ref", "action", "owner", "due_text"),
                    C(a["rag"].capitalize(), FILLS[a["rag"]]),
                    a["progress"] or "",
                    a["committee"],
                    (a["assurance_rating"] or "").title(),
                ]
            )
    return pages.table(rows, [110, 28, 140, 85, 60, 42, 150, 75, 72]).data()


SAMPLE = Sample(
    "QIP v5.1.pdf",
    build,
    gold(
        "Salter Vale Mental Health NHS Trust - CQC Quality Improvement Plan",
        [a for _, rows in BLOCKS for a in rows],
    ),
)
