"""A plan as PDF over several pages without rules, the header only on the first, rows of many lines."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

WORK = (
    "recruit",
    "train",
    "measure",
    "publish",
    "review",
    "audit",
    "agree",
    "replace",
    "test",
    "close",
    "open",
    "map",
)
ACTIONS = [
    act(
        f"{1 + i // 4}.{1 + i % 4}",
        f"{verb.capitalize()} whatever the working group has set out in part {i + 1} of its report so that patients wait no longer than they need to and know whom to ask",
        "Programme Director" if i % 3 else "Head of Transformation and Recovery",
        f"{1 + 2 * i} May 2022",
        f"2022-05-{1 + 2 * i:02}",
        ("red", "amber", "green")[i % 3],
        f"Part {i + 1} was talked through with the clinical leads, who want a shorter list and a later start in the smaller sites",
    )
    for i, verb in enumerate(WORK)
]


def build() -> bytes:
    pages = (
        Pages("Hartcliffe Recovery Programme")
        .head("Hartcliffe Recovery Programme Action Plan")
        .line("4 April 2022")
    )
    rows = [
        ["Ref", "Action", "Owner", "Due date", "RAG", "Progress"],
        *(cells(a, "ref", "action", "owner", "due_text", "rag", "progress") for a in ACTIONS),
    ]
    return pages.table(rows, [40, 220, 110, 80, 50, 190], ruled=False, repeat=0).data()


SAMPLE = Sample("recovery.pdf", build, gold("Hartcliffe Recovery Programme Action Plan", ACTIONS))
