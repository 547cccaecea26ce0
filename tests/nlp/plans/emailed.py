"""A plan as it is pasted into an e-mail: blocks of labelled lines, one a action."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

ACTIONS = [
    act(
        "1",
        "Put hand gel at every entrance",
        "Infection Control Nurse",
        "30 April 2021",
        "2021-04-30",
        "green",
        "In place at five of six entrances",
    ),
    act(
        "2",
        "Fit test all staff who need masks",
        "Health and Safety Lead",
        "31 May 2021",
        "2021-05-31",
        "amber",
        "140 of 210 done",
    ),
    act("3", "Replace the two carpets on the ground floor", "Estates", "TBC", None, "red", "No budget"),
]


def build() -> bytes:
    out = ["Willow Court infection control action plan", "Date: 6 April 2021", ""]
    for a in ACTIONS:
        out += [
            f"Ref: {a['ref']}",
            f"Action: {a['action']}",
            f"Lead: {a['owner']}",
            f"Due date: {a['due_text']}",
            f"RAG: {a['rag'].capitalize()}",
            f"Progress: {a['progress']}",
            "",
        ]
    return "\n".join(out).encode()


SAMPLE = Sample("emailed.txt", build, gold("Willow Court infection control action plan", ACTIONS))
