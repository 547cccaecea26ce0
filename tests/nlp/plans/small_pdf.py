"""A dental hospital's plan as PDF: heading and table a theme, dates of two kinds, level rules only, letters as ratings."""

from __future__ import annotations

from reportlab.lib.colors import grey

from tests.nlp.plans.kit import Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

THEMES = {
    ("A", "Consent"): [
        act(
            "A1",
            "Print consent forms in the six commonest languages and keep them at reception desks",
            "Patient Liaison",
            "10/01/2020",
            "2020-01-10",
            "g",
            "Four printed so far",
        ),
        act(
            "A2",
            "Audit forty records",
            "Clinical Audit Lead",
            "14/02/2020",
            "2020-02-14",
            "a",
            None,
            revised="13/03/2020",
            revised_when="2020-03-13",
        ),
    ],
    ("B", "Instruments"): [
        act(
            "B1",
            "Trace every tray from the washer to the patient it was used for",
            "Decontamination Lead",
            "31/03/2020",
            "2020-03-31",
            "r",
            "Scanner not compatible with the new washer",
            revised="30/06/2020",
            revised_when="2020-06-30",
        ),
    ],
}


def build() -> bytes:
    pages = Pages("Dental Hospital").head("Orchard Street Dental Hospital action plan").line("6 January 2020")
    for (ref, title), actions in THEMES.items():
        pages.head(f"Theme {ref}: {title}")
        rows = [
            ["Ref", "Action", "Lead", "Due date", "Revised date", "RAG", "Progress"],
            *(
                cells(a, "ref", "action", "owner", "due_text", "revised_text", "rag", "progress")
                for a in actions
            ),
        ]
        for row in rows[1:]:
            row[5] = row[5].upper()
        pages.table(rows, [36, 240, 110, 80, 80, 40, 170], ruled=False)
        pages.story[-2].setStyle([("LINEBELOW", (0, 0), (-1, -1), 0.4, grey)])  # type: ignore[attr-defined]
    return pages.data()


SAMPLE = Sample("dental hospital.pdf", build, gold("Orchard Street Dental Hospital action plan", THEMES))
