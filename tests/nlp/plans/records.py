"""A tracker's data as JSON: a list of records under the headers that people see."""

from __future__ import annotations

import json

from tests.nlp.plans.kit import Sample, act, gold

ACTIONS = [
    act(
        "11",
        "Write a rota for duty officers",
        "R. Achebe",
        "2025-02-28",
        "2025-02-28",
        "on track",
        "Draft shared",
    ),
    act("12", "Buy two radios", "K. Strand", "2025-03-14", "2025-03-14", "late", None),
]


def build() -> bytes:
    records = [
        {
            "Ref": int(a["ref"]),
            "Action": a["action"],
            "Owner": a["owner"],
            "Due date": a["due_text"],
            "Status": a["rag"].capitalize(),
            "Comments": a["progress"],
        }
        for a in ACTIONS
    ]
    return json.dumps({"exported": "2025-02-01", "items": records}).encode()


SAMPLE = Sample("tracker.json", build, gold("tracker", ACTIONS))
