"""A sheet copied as Unicode text: UTF-16, tabs, sections with the header again, the first column empty."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, cells, gold, separated

HEAD = [
    "",
    "Ref",
    "Must / Should",
    "Action",
    "Accountable officer",
    "Deadline",
    "Extended to",
    "RAG",
    "Assurance level",
    "Update",
]
THEMES = {
    (None, "Emergency operations centre"): [
        act(
            "EOC1",
            "Recruit 24 call handlers",
            "Director of Operations",
            "01/09/2024",
            "2024-09-01",
            "a",
            "17 in post",
            revised="01/12/2024",
            revised_when="2024-12-01",
            strength="Must",
            assurance_rating="partial",
        ),
        act(
            "EOC2",
            "Give dispatchers a quiet room",
            "Head of Estates",
            "01/07/2024",
            "2024-07-01",
            "b",
            None,
            strength="Should",
            assurance_rating="substantial",
        ),
    ],
    (None, "Patient transport"): [
        act(
            "PTS1",
            "Check every vehicle's oxygen before it leaves",
            "Fleet Manager",
            "01/06/2024",
            "2024-06-01",
            "g",
            "Spot checks clean for five weeks",
            strength="Must",
            assurance_rating="substantial",
        ),
        act(
            "PTS2",
            "Tell patients when transport is late",
            "PTS Manager",
            "01/10/2024",
            "2024-10-01",
            "r",
            "Text system not bought",
            strength="Should",
            assurance_rating="none",
        ),
    ],
}


def build() -> bytes:
    rows = [["", "CQC plan 2024"]]
    for (_, title), actions in THEMES.items():
        rows += [[""] * 10, ["", title, *[""] * 8], HEAD]
        for a in actions:
            row = cells(
                a,
                "ref",
                "strength",
                "action",
                "owner",
                "due_text",
                "revised_text",
                "rag",
                "assurance_rating",
                "progress",
            )
            row[6], row[7] = row[6].upper(), row[7].capitalize()
            rows.append(["", *row])
    return separated(rows, "\t", "utf-16")


SAMPLE = Sample("cqc.tsv", build, gold("CQC plan 2024", THEMES))
