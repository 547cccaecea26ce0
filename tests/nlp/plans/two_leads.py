"""An airport's tracker as CSV: two leads a task, dates year first, letters as status, an id that a program made."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

ACTIONS = [
    act("AX-0007", "Mark the walkway between stands 4 and 9", "Airside Manager", "2025/03/31", "2025-03-31", "g", "Paint ordered", operational_lead="Stand Supervisor"),
    act("AX-0011", "Brief all drivers on the new speed limit", "Safety Director", "2025/02/14", "2025-02-14", "b", "212 of 212 briefed", operational_lead=None),
    act("AX-0012", "Fit beacons to the six oldest tugs", "Fleet Manager", "2025/06/30", "2025-06-30", "r", None, operational_lead="Workshop Lead"),
]  # fmt: skip


def build() -> bytes:
    rows = [
        [
            "Tracking ID",
            "Finding",
            "Corrective action",
            "Lead 1",
            "Lead 2",
            "Target completion date",
            "Closed date",
            "Status (RAG)",
            "Latest position",
        ]
    ]
    rows += [
        [
            a["ref"],
            "Audit observation",
            a["action"],
            a["owner"],
            a["operational_lead"] or "",
            a["due_text"],
            "",
            a["rag"].upper(),
            a["progress"] or "",
        ]
        for a in ACTIONS
    ]
    return separated(rows)


SAMPLE = Sample("airside tracker.csv", build, gold("airside tracker", ACTIONS))
