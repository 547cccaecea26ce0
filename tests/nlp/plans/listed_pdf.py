"""A river authority's plan as PDF without a table: numbered headings, labelled lines under each, page headings."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold
from tests.nlp.plans.pages import Pages

THEMES = {
    ("1", "Flood banks"): [
        act("1.1", "Survey the 14 km of bank below the weir", "Principal Engineer", "31 October 2020", "2020-10-31", "green", "9 km walked. No slips found."),
        act("1.2", "Buy two mobile pumps", "Fleet Manager", "30 November 2020", "2020-11-30", "amber", "One pump delivered."),
    ],
    ("2", "Warnings"): [
        act("2.1", "Test the sirens with the parish wardens", "Incident Manager", "15 September 2020", "2020-09-15", "blue", "Tested on 12 September."),
        act("2.2", "Write to the 310 homes without a mobile signal", "Community Officer", "December 2020", "2020-12", "red", None),
    ],
}  # fmt: skip


def build() -> bytes:
    pages = Pages("Tarn River Authority: winter action plan").head("Tarn River Authority: Winter Action Plan")
    pages.line("Issued 1 October 2020")
    for (ref, title), actions in THEMES.items():
        pages.head(f"Theme {ref}: {title}")
        for a in actions:
            pages.line(f"{a['ref']} {a['action']}")
            pages.line(f"Owner: {a['owner']}").line(f"Due date: {a['due_text']}").line(
                f"RAG: {a['rag'].capitalize()}"
            )
            if a["progress"]:
                pages.line(f"Progress: {a['progress']}")
    return pages.data()


SAMPLE = Sample("winter plan.pdf", build, gold("Tarn River Authority: Winter Action Plan", THEMES))
