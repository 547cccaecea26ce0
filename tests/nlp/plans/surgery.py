"""A hospital's plan as PDF, portrait habits in landscape: theme headings with numbers, words as ratings, stacked owners and dates."""

from __future__ import annotations

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

THEMES = {
    ("1", "Theatre safety"): [
        act(
            "1.1",
            "Film the team brief in four theatres and watch it together",
            "Clinical Director\nTheatre Manager",
            "1 Oct 2019",
            "2019-10-01",
            "in progress",
            "Consent forms agreed; first films next week",
            assurance="Observed briefs at 95%",
        ),
        act(
            "1.2",
            "Count swabs aloud at every change of staff",
            "Theatre Manager",
            "Aug 2019",
            "2019-08",
            "complete",
            "Policy changed on 5 August",
            assurance="Never events: none",
        ),
    ],
    ("2", "Consent"): [
        act(
            "2.1",
            "Move consent to the clinic before the day of surgery",
            "Divisional Director",
            "31 Jan 2020",
            "2020-01-31",
            "not started",
            None,
            assurance="80% before the day",
        ),
    ],
}
FILLS = {"in progress": "FFC000", "complete": "00B050", "not started": "D9D9D9"}


def build() -> bytes:
    pages = (
        Pages("Surgical Division")
        .head("Harewell Hospital Surgical Safety Improvement Plan")
        .line("Updated: 19 August 2019")
    )
    for (ref, title), actions in THEMES.items():
        pages.head(f"{ref}. {title}")
        rows = [
            [
                "Ref",
                "Action to be taken",
                "Lead(s)",
                "Target date",
                "Measure of success",
                "Status",
                "Progress update",
            ]
        ]
        rows += [
            [
                *cells(a, "ref", "action", "owner", "due_text", "assurance"),
                C(a["rag"].capitalize(), FILLS[a["rag"]]),
                a["progress"] or "",
            ]
            for a in actions
        ]
        pages.table(rows, [30, 200, 110, 65, 120, 65, 170])
    return pages.data()


SAMPLE = Sample("surgical.pdf", build, gold("Harewell Hospital Surgical Safety Improvement Plan", THEMES))
