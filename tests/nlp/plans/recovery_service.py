"""A drug and alcohol service's plan in Word: landscape, regulation and domain columns, words for dates, letters shaded, a note row."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"g": "92D050", "a": "FFC000", "r": "FF0000", "b": "00B0F0"}
THEMES = {
    (None, "Safe"): [
        act(
            "12.1",
            "Lock the clinic room and sign the key in and out",
            "Service Manager",
            "With immediate effect",
            None,
            "b",
            "Key log since 2 May",
            assurance="Weekly check by manager",
            regulation="12",
        ),
        act(
            "12.2",
            "Review all risk plans older than three months",
            "Clinical Lead",
            "End June 2025",
            "2025-06-30",
            "a",
            "26 of 61 reviewed",
            assurance="Case note audit",
            regulation="12",
        ),
    ],
    (None, "Well-led"): [
        act(
            "17.1",
            "Hold monthly governance meetings with minutes",
            "Registered Manager",
            "Monthly from June 2025",
            "2025-06",
            "g",
            None,
            assurance="Minutes",
            regulation="17",
        ),
        act(
            "17.2",
            "Feed back the staff survey at team days",
            "Regional Director",
            "10 July 2025",
            "2025-07-10",
            "r",
            "No team day has been set",
            assurance="Agenda",
            regulation="17",
        ),
    ],
}


def build() -> bytes:
    word = (
        Word()
        .head("Turning Tide Recovery Service - Action Plan after Inspection", 0)
        .line("As at 20 May 2025")
    )
    rows: list[list[str | C]] = [
        [
            "Ref",
            "Reg",
            "Action we are taking",
            "Person accountable",
            "Completion timescale",
            "How assurance will be gained",
            "RAG",
            "Progress at 20 May 2025",
        ]
    ]
    for (_, title), actions in THEMES.items():
        rows.append([C(title, "EEECE1"), *[LEFT] * 7])
        rows += [
            [
                *cells(a, "ref", "regulation", "action", "owner", "due_text", "assurance"),
                C(a["rag"].upper(), FILLS[a["rag"]]),
                a["progress"] or "",
            ]
            for a in actions
        ]
    rows.append(["Please note: evidence is kept on the shared drive.", *[LEFT] * 7])
    return word.table(rows).data()


SAMPLE = Sample(
    "inspection response.docx",
    build,
    gold("Turning Tide Recovery Service - Action Plan after Inspection", THEMES),
)
