"""Notes of a friends' group as text: an action a numbered line, who and when in brackets behind it."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

ACTIONS = [
    act("1", "Clear the brambles from the north gate.", "Sunil", "31 March 2025", "2025-03-31", "green", "Half cleared on 2 March."),
    act("2", "Ask the council for a second dog bin.", "Marian", "30 April 2025", "2025-04-30", "amber", "No answer so far."),
    act("3", "Paint the bandstand.", "Volunteers' rota", "June 2025", "2025-06", "red", "Paint costs £400 more than planned."),
]  # fmt: skip


def build() -> bytes:
    out = ["Friends of Quarry Park: improvement plan", "15 March 2025", ""]
    for a in ACTIONS:
        out += [
            f"{a['ref']}. {a['action']} (Lead: {a['owner']}; Due: {a['due_text']}; RAG: {a['rag']})",
            f"   Update: {a['progress']}",
            "",
        ]
    return "\n".join(out).encode()


SAMPLE = Sample("park notes.txt", build, gold("Friends of Quarry Park: improvement plan", ACTIONS))
