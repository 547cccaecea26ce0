"""Cells copied from a sheet into a text file: tabs, and quotes around cells of several lines."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

ACTIONS = [
    act(
        "R1",
        "Agree a lone working procedure:\n- buddy list\n- check-in calls",
        "Health & Safety Lead",
        "30/06/2023",
        "2023-06-30",
        "Green",
        "Agreed 2 May\nTraining booked",
    ),
    act("R2", 'Replace the "old" alarm panel', "Premises", "31/07/2023", "2023-07-31", "Amber", "Quotes in"),
    act("R3", "Walk the site each month", "Premises", "Monthly", None, "Green", None),
]


def build() -> bytes:
    def cell(text: str | None) -> str:
        text = text or ""
        return '"' + text.replace('"', '""') + '"' if "\n" in text or '"' in text else text

    rows = [["Ref", "Action", "Owner", "Target date", "RAG", "Update"]]
    rows += [
        [cell(a[key]) for key in ("ref", "action", "owner", "due_text", "rag", "progress")] for a in ACTIONS
    ]
    return (
        "Copper Beech Academy premises action plan\r\n\r\n" + "\r\n".join("\t".join(row) for row in rows)
    ).encode()


SAMPLE = Sample(
    "premises.txt",
    build,
    gold("Copper Beech Academy premises action plan", [a | {"rag": a["rag"].lower()} for a in ACTIONS]),
)
