"""A welsh council's plan in Word: one table, objectives merged over actions, two owners' columns, dates in many ways."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, UP, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000", "grey": "A6A6A6"}
THEMES = {
    ("1", "Performance and culture"): [
        (
            "Managers know what is expected of them",
            [
                act(
                    "1.1",
                    "Give every service a plan on a page",
                    "Chief Executive",
                    "End of April 2023",
                    "2023-04-30",
                    "green",
                    "All but two services",
                    operational_lead="Policy Manager",
                    assurance="Plans on the intranet",
                ),
                act(
                    "1.2",
                    "Survey staff twice a year",
                    "Chief Executive",
                    "May and November 2023",
                    "2023-05..2023-11",
                    "amber",
                    "First survey: 41% replied",
                    operational_lead="HR Manager",
                    assurance="60% reply",
                ),
            ],
        ),
        (
            "Members can see how services do",
            [
                act(
                    "1.3",
                    "Rewrite the quarterly report so that it fits on four pages",
                    "Section 151 Officer",
                    "Q2 23/24",
                    "2023-07..2023-09",
                    "grey",
                    None,
                    operational_lead="Performance Officer",
                    assurance="Scrutiny committee's feedback",
                ),
            ],
        ),
    ],
    ("2", "Money"): [
        (
            "Budgets are kept",
            [
                act(
                    "2.1",
                    "Freeze posts that are vacant for more than six months",
                    "Section 151 Officer",
                    "Immediately",
                    None,
                    "green",
                    "37 posts frozen",
                    operational_lead="HR Manager",
                    assurance="Monthly list",
                ),
                act(
                    "2.2",
                    "Bring the transport overspend below £200,000",
                    "Director of Education",
                    "31 March 2024",
                    "2024-03-31",
                    "red",
                    "£410,000 at the end of June",
                    operational_lead="Transport Manager",
                    assurance="Budget report",
                ),
            ],
        ),
    ],
}


def build() -> bytes:
    word = (
        Word()
        .line("Glanmor County Council")
        .line("Panel Performance Assessment: Improvement Plan")
        .line("Position statement at 30 June 2023")
    )
    rows: list[list[str | C]] = [
        [
            "Objective",
            "Ref",
            "Actions",
            "Accountable Officer",
            "Delivery Officer",
            "By when",
            "Measure of success",
            "RAG status",
            "Progress comments",
        ]
    ]
    for (ref, title), blocks in THEMES.items():
        rows.append([C(f"Theme {ref} – {title}", "D9E2F3"), *[LEFT] * 8])
        for objective, actions in blocks:
            for i, a in enumerate(actions):
                rows.append(
                    [
                        UP if i else objective,
                        *cells(a, "ref", "action", "owner", "operational_lead", "due_text", "assurance"),
                        C("", FILLS[a["rag"]]),
                        a["progress"] or "",
                    ]
                )
    word.table(rows).line(
        "Grey = not yet due; green = on track; amber = behind, can be recovered; red = behind."
    )
    return word.data()


SAMPLE = Sample(
    "ppa.docx", build,
    gold("Panel Performance Assessment: Improvement Plan", {key: [a for _, rows in blocks for a in rows] for key, blocks in THEMES.items()},
         [("not yet due", "grey"), ("on track", "green"), ("behind, can be recovered", "amber"), ("behind", "red")]),
)  # fmt: skip
