"""A community interest company's plan in Word among much else: facts, counts, measures and contacts in tables of their own."""

from __future__ import annotations

from tests.nlp.plans.kit import UP, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"🟢": "00B050", "🟡": "FFC000", "🔴": "FF0000"}
THEMES = {
    (None, "Safe care"): [
        act(
            "1",
            "Check that every patient with a pressure ulcer has been seen by a specialist within 48 hours",
            "Head of Nursing",
            "31 May 2022",
            "2022-05-31",
            "🟡 at risk",
            "71% in March",
            committee="Safety Group",
        ),
        act(
            "2",
            "Stock each base with emergency drugs",
            "Lead Pharmacist",
            "30 April 2022",
            "2022-04-30",
            "🟢 on track",
            "Ten of twelve bases",
            committee="Safety Group",
        ),
    ],
    (None, "Supported staff"): [
        act(
            "3",
            "Hold one-to-ones each month",
            "Locality Managers",
            "From 1 May 2022",
            "2022-05-01",
            "🔴 off track",
            None,
            committee="People Group",
        ),
        act(
            "4",
            "Offer flu jabs at work",
            "Occupational Health",
            "October 2022",
            "2022-10",
            "🟢 on track",
            "Vaccine ordered",
            committee="People Group",
        ),
    ],
}


def build() -> bytes:
    word = Word().head("Quality Improvement Plan", 0)
    word.table(
        [
            ["Organisation", "Saltmarsh Community Health CIC"],
            ["Author", "Governance Team"],
            ["Date", "20 April 2022"],
            ["Version", "2.0"],
        ]
    )
    word.head("Summary").line(
        "Six actions were agreed with the commissioner; two of them are closed and no longer shown."
    )
    word.table(
        [
            ["Theme", "On track", "At risk", "Off track"],
            ["Safe care", "1", "1", "0"],
            ["Supported staff", "1", "0", "1"],
        ]
    )
    word.head("Measures").table(
        [
            ["KPI", "Baseline", "Target", "Current"],
            ["Ulcers seen in 48 hours", "58%", "95%", "71%"],
            ["One-to-ones held", "40%", "90%", "44%"],
        ]
    )
    word.head("Action plan")
    rows: list[list[str | C]] = [["Theme", "Ref", "Action", "Lead", "Due date", "RAG", "Update", "Group"]]
    for (_, title), actions in THEMES.items():
        for i, a in enumerate(actions):
            disc, word_ = a["rag"].split(" ", 1)
            shaded = C(f"{disc} {word_.capitalize()}", FILLS[disc])
            rows.append(
                [
                    UP if i else title,
                    *cells(a, "ref", "action", "owner", "due_text"),
                    shaded,
                    a["progress"] or "",
                    a["committee"],
                ]
            )
    word.table(rows)
    word.head("Contacts").table(
        [
            ["Name", "Role", "Email"],
            ["Bo Farrell", "Head of Nursing", "bo@example.org"],
            ["Ada Lund", "Lead Pharmacist", "ada@example.org"],
        ]
    )
    word.head("Glossary").table(
        [["Term", "Meaning"], ["CIC", "Community interest company"], ["Base", "Place that nurses work from"]]
    )
    word.head("Document control").table(
        [
            ["Change", "Date", "Name"],
            ["First issue", "1 March 2022", "BF"],
            ["Dates moved", "20 April 2022", "AL"],
        ]
    )
    return word.data()


SAMPLE = Sample("QIP april.docx", build, gold("Quality Improvement Plan", THEMES))
