"""A parish council's plan in Word, two columns: the action on the left, who, when and how far stacked on the right."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold
from tests.nlp.plans.word import Word

ACTIONS = [
    act("1", "Mend the flood gate at Mill Lane", "Clerk", "30 September 2024", "2024-09-30", "amber", "The part is on order from Leeds."),
    act("2", "Put a defibrillator outside the hall", "Cllr Odell", "31 May 2024", "2024-05-31", "green", "Cabinet fitted, training on 8 May."),
    act("3", "Ask the county for a crossing by the school", "Chair", "December 2024", "2024-12", "red", "The county has no budget this year."),
]  # fmt: skip


def build() -> bytes:
    word = Word().head("Nether Wallow Parish Council Resilience Plan", 0).line("April 2024")
    rows = [["Action", "Details"]]
    for a in ACTIONS:
        details = [
            f"Lead: {a['owner']}",
            f"By when: {a['due_text']}",
            f"RAG: {a['rag'].capitalize()}",
            f"Update: {a['progress']}",
        ]
        rows.append([f"{a['ref']}. {a['action']}", "\n".join(details)])
    return word.table(rows).data()


SAMPLE = Sample("resilience.docx", build, gold("Nether Wallow Parish Council Resilience Plan", ACTIONS))
