"""The running log of an improvement board as TSV: meeting refs, opened and closed dates, cells of several lines in quotes."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

ACTIONS = [
    act(
        "AL/24/07",
        "Bring the recovery trajectory for diagnostics to the next meeting",
        "COO",
        "11/06/2024",
        "2024-06-11",
        "closed",
        "11/06 - presented and noted",
    ),
    act(
        "AL/24/08",
        "Write to the region about the capital bid",
        "CEO",
        "18/06/2024",
        "2024-06-18",
        "open",
        "28/05 - draft with chair\n04/06 - sent to finance for figures",
    ),
    act("AL/24/09", "Circulate the stroke peer review", "Medical Director", "TBC", None, "open", None),
    act(
        "AL/24/10",
        'Check whether "amber" is used the same way by all workstreams',
        "PMO",
        "09/07/2024",
        "2024-07-09",
        "open",
        "Raised at the leads' huddle",
    ),
]


def build() -> bytes:
    rows = [
        ["Action Ref", "Date raised", "Action", "Action owner", "Due", "Open/Closed", "Date closed", "Update"]
    ]
    for a in ACTIONS:
        closed = "11/06/2024" if a["rag"] == "closed" else ""
        rows.append(
            [
                a["ref"],
                "14/05/2024",
                a["action"],
                a["owner"],
                a["due_text"],
                a["rag"].capitalize(),
                closed,
                a["progress"] or "",
            ]
        )
    return separated(rows, "\t")


SAMPLE = Sample("Action log.tsv", build, gold("Action log", ACTIONS))
