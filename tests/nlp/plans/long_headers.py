"""A sports council's sheet as CSV: headers that explain themselves in brackets, two owners' columns, Y/N for done."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

THEMES = {
    (None, "Facilities"): [
        act("F-01", "Reopen the swimming pool with a new filter", "Facilities Director", "14/02/2025", "2025-02-14", "r", "Filter arrived broken", operational_lead="Pool Manager", committee="Estates Sub-Group"),
        act("F-02", "Sign a lease for the hockey pitch", "Facilities Director", "31/03/2025", "2025-03-31", "g", None, operational_lead="Legal Adviser", committee="Estates Sub-Group"),
    ],
    (None, "Members"): [
        act("M-01", "Offer a fee of £5 a month to under-18s", "Membership Director", "01/01/2025", "2025-01-01", "b", "412 joined", operational_lead="Junior Lead", committee="Members' Forum"),
        act("M-02", "Ask members who leave why they leave", "Membership Director", "Ongoing", None, "a", "Form is live; 9 answers", operational_lead=None, committee="Members' Forum"),
    ],
}  # fmt: skip


def build() -> bytes:
    rows = [
        ["Action ID (do not change)", "Improvement Area", "Action (start with a verb)", "Accountable Director (name one post)",
         "Delivery Lead (who does the work)", "Due Date (dd/mm/yyyy)", "Overseeing Group", "RAG status (B/R/A/G)",
         "Progress since last report (max 50 words)", "Completed? (Y/N)", "Evidence of completion (link)"],
    ]  # fmt: skip
    for (_, title), actions in THEMES.items():
        for a in actions:
            rows.append(
                [a["ref"], title, a["action"], a["owner"], a["operational_lead"] or "", a["due_text"], a["committee"], a["rag"].upper(),
                 a["progress"] or "", "Y" if a["rag"] == "b" else "N", ""]
            )  # fmt: skip
    return separated(rows)


SAMPLE = Sample("sports council actions.csv", build, gold("sports council actions", THEMES))
