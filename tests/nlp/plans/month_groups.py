"""A cancer alliance's workbook: a rating and an update under every month, the legend in the header, the table away from the corner."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, UP, Sample, act, gold

LEGEND = "RAG: B = complete; G = on track; A = at risk; R = off track"
THEMES = {
    (None, "1. Diagnosis"): [
        act(
            "CA-01",
            "Book every two-week-wait referral within 48 hours",
            "Cancer Manager",
            "30/06/2023",
            "2023-06-30",
            "g",
            "Median is 31 hours",
            before=("a", "Median is 60 hours"),
        ),
        act(
            "CA-02",
            "Open a one-stop neck lump clinic",
            "ENT Lead",
            "31/08/2023",
            "2023-08-31",
            "r",
            None,
            before=("a", "Room not found"),
        ),
    ],
    (None, "2. Treatment"): [
        act(
            "CA-03",
            "Add a Saturday list for breast surgery",
            "Theatre Manager",
            "Completed Mar 2023",
            "2023-03",
            "b",
            "Runs weekly",
            before=("b", "Began 4 March"),
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [[None] * 9, [None, "Ridgeway Cancer Alliance delivery plan", *[None] * 7], [None, LEGEND, *[None] * 7], [None] * 9,
        [None, "Theme", "ID", "Deliverable", "Lead", "Due", "April 2023", LEFT, "May 2023", LEFT],
        [None, UP, UP, UP, UP, UP, "RAG", "Update", "RAG", "Update"]]  # fmt: skip
    for (_, title), actions in THEMES.items():
        for i, a in enumerate(actions):
            due = date.fromisoformat(a["due"]["end"]) if a["due_text"][0].isdigit() else a["due_text"]
            old, note = a["before"]
            rows.append(
                [
                    None,
                    UP if i else title,
                    a["ref"],
                    a["action"],
                    a["owner"],
                    due,
                    old.upper(),
                    note,
                    a["rag"].upper(),
                    a["progress"],
                ]
            )
    book.sheet("Plan 2023", rows, {"F": "dd/mm/yyyy"})
    return book.data()


def _gold() -> dict[str, object]:
    themes = {(title[0], title[3:]): rows for (_, title), rows in THEMES.items()}
    return gold(
        "Ridgeway Cancer Alliance delivery plan",
        themes,
        [("complete", "blue"), ("on track", "green"), ("at risk", "amber"), ("off track", "red")],
    )


SAMPLE = Sample("alliance.xlsx", build, _gold())
