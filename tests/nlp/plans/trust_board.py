"""A children's hospital's plan in Word as it goes to the board: forum in a sentence, blue as done, evidence beside assurance."""

from __future__ import annotations

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"blue": "0070C0", "green": "00B050", "amber": "FFC000", "red": "FF0000"}
LABELS = {
    "blue": "Delivered and assured",
    "green": "On plan",
    "amber": "Off plan, mitigated",
    "red": "Off plan",
}
THEMES = {
    ("1", "Sepsis"): [
        act(
            "1.1",
            "Put a sepsis box on every ward",
            "Chief Nurse",
            "01/02/2024",
            "2024-02-01",
            "blue",
            "All wards checked on 29 January",
            assurance="Ward visits by non-executives",
        ),
        act(
            "1.2",
            "Teach junior doctors at induction and again at six weeks",
            "Director of Medical Education",
            "07/08/2024",
            "2024-08-07",
            "green",
            None,
            assurance="Quiz scores",
        ),
    ],
    ("2", "Transition to adult care"): [
        act(
            "2.1",
            "Name a transition worker for each child over 14",
            "Associate Director of Nursing",
            "30/04/2024",
            "2024-04-30",
            "amber",
            "212 of 340 named",
            assurance="Clinic letters audit",
        ),
        act(
            "2.2",
            "Agree a shared clinic with the adult hospital",
            "Medical Director",
            "31/05/2024",
            "2024-05-31",
            "red",
            "No reply from the adult hospital since 3 February",
            assurance="Clinic template",
        ),
    ],
}


def build() -> bytes:
    word = (
        Word()
        .head("Kestrel Children's Hospital", 0)
        .line("Quality Improvement Plan – report to the Trust Board, 28 March 2024")
    )
    word.head("1. Purpose").line("To tell the Board how the plan stands.").head("2. Status key")
    word.table(
        [
            ["Colour", "Definition"],
            *([C(colour.capitalize(), FILLS[colour]), label] for colour, label in LABELS.items()),
        ]
    )
    word.head("3. Improvement plan")
    for (ref, title), actions in THEMES.items():
        word.head(f"Workstream {ref}: {title}", 3)
        word.table(
            [
                [
                    "Ref",
                    "Action",
                    "Responsible lead",
                    "Delivery date",
                    "RAG",
                    "Progress this month",
                    "Assurance",
                    "Evidence seen",
                ],
                *(
                    [
                        *cells(a, "ref", "action", "owner", "due_text"),
                        C(a["rag"].upper(), FILLS[a["rag"]]),
                        a["progress"] or "",
                        a["assurance"],
                        "Yes",
                    ]
                    for a in actions
                ),
            ]
        )
    return word.head("4. Recommendation").line("The Board is asked to note the plan.").data()


SAMPLE = Sample(
    "board.docx",
    build,
    gold("Quality Improvement Plan", THEMES, [(label, colour) for colour, label in LABELS.items()]),
)
