"""A plan in JSON as a programmer writes it from the description of the exports: only what is needed."""

from __future__ import annotations

import json

from tests.nlp.plans.kit import Sample, act, gold

GOLD = gold(
    "Quay Street plan",
    {("1", "Safety"): [act("1.1", "Fit new alarms", "Site Manager", "30 June 2025", "2025-06-30", "amber", "Ordered"),
                       act("1.2", "Drill each quarter", "Site Manager", "Quarterly", None, "green", None)]},
    [("On track", "green"), ("Late", "amber")],
    [("Site board", "2025-05-06")],
)  # fmt: skip


def build() -> bytes:
    return json.dumps(GOLD).encode()


SAMPLE = Sample("plan.json", build, GOLD)
