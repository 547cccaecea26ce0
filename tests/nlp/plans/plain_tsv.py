"""A union learning fund's table as TSV: question headers, ratings by letter, a trailing key line."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

THEMES = {
    (None, "Learners"): [
        act(
            "LN-1",
            "Offer maths at three depots",
            "Regional Learning Lead",
            "Jul-22",
            "2022-07",
            "g",
            "Two groups of eight",
        ),
        act(
            "LN-2",
            "Put all courses on one page",
            "Web Officer",
            "Aug-22",
            "2022-08",
            "a",
            "Text with translators",
        ),
    ],
    (None, "Reps"): [act("RP-1", "Train 25 new reps", "Training Officer", "Dec-22", "2022-12", "r", None)],
}


def build() -> bytes:
    rows = [
        [
            "Area of work",
            "Ref",
            "What do we want to do?",
            "Who is going to do it?",
            "When will it be done by?",
            "RAG",
            "How is it going?",
        ]
    ]
    for (_, title), actions in THEMES.items():
        rows += [
            [title, a["ref"], a["action"], a["owner"], a["due_text"], a["rag"].upper(), a["progress"] or ""]
            for a in actions
        ]
    rows.append(["Key: G = on track; A = some delay; R = stopped", *[""] * 6])
    return separated(rows, "\t")


SAMPLE = Sample(
    "learning.tsv",
    build,
    gold("learning", THEMES, [("on track", "green"), ("some delay", "amber"), ("stopped", "red")]),
)
