"""A charity's plan as PDF whose table has no rules at all: columns by their places alone."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

ACTIONS = [
    act(
        "1",
        "Review the complaints policy with people who use the service",
        "Head of Services",
        "May 2024",
        "2024-05",
        "green",
        "Two workshops held",
    ),
    act(
        "2",
        "Start exit surveys for everyone who leaves supported housing",
        "Housing Manager",
        "June 2024",
        "2024-06",
        "amber",
        "Survey drafted, waiting for the software",
    ),
    act(
        "3",
        "Give every volunteer a named supervisor",
        "Volunteer Lead",
        "July 2024",
        "2024-07",
        "red",
        "Eleven without",
    ),
    act(
        "4",
        "Publish an annual quality account",
        "Chief Executive",
        "September 2024",
        "2024-09",
        "green",
        "Outline agreed",
    ),
]


def build() -> bytes:
    pages = Pages().head("Harbour Light Quality Action Plan").line("April 2024")
    rows = [
        ["No", "Action", "Lead", "Due", "RAG", "Progress"],
        *(cells(a, "ref", "action", "owner", "due_text", "rag", "progress") for a in ACTIONS),
    ]
    return pages.table(rows, [30, 260, 110, 90, 50, 200], ruled=False).data()


SAMPLE = Sample("quality.pdf", build, gold("Harbour Light Quality Action Plan", ACTIONS))
