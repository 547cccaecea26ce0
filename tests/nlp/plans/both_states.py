"""A local enterprise board's tracker as CSV: numbered section rows, a RAG beside a status, dates of the last change."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

THEMES = {
    ("1", "Governance"): [
        act(
            "1.1",
            "Adopt a code of conduct for board members",
            "Board Secretary",
            "31 Jan 2020",
            "2020-01-31",
            "green",
            "Adopted, two signatures missing",
            state="In progress",
        ),
        act(
            "1.2",
            "Publish minutes within ten days",
            "Board Secretary",
            "ongoing",
            None,
            "green",
            None,
            state="In progress",
        ),
    ],
    ("2", "Delivery"): [
        act(
            "2.1",
            "Appoint auditors for the growth fund",
            "Head of Finance",
            "28 Feb 2020",
            "2020-02-28",
            "amber",
            "Tender out",
            state="In progress",
        ),
        act(
            "2.2",
            "Close four old projects",
            "Programme Manager",
            "31 Dec 2019",
            "2019-12-31",
            "red",
            "Two closed",
            state="Overdue",
        ),
    ],
}


def build() -> bytes:
    rows = [["Ref", "Action", "Lead", "Deadline", "RAG", "Status", "Last updated", "Comments"]]
    for (ref, title), actions in THEMES.items():
        rows.append([ref, title, *[""] * 6])
        rows += [
            [
                a["ref"],
                a["action"],
                a["owner"],
                a["due_text"],
                a["rag"].upper(),
                a["state"],
                "06/01/2020",
                a["progress"] or "",
            ]
            for a in actions
        ]
    return separated(rows, ",", "cp1252")


SAMPLE = Sample("LEP tracker.csv", build, gold("LEP tracker", THEMES))
