"""A charity's plan in Word: what, how, who, when; the update before and the one that holds; meetings told in lines."""

from __future__ import annotations

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

THEMES = {
    (None, "People"): [
        act(
            None,
            "Give all staff an appraisal by Christmas",
            "Head of People",
            "31 Dec 2023",
            "2023-12-31",
            "Amber",
            "48 of 80 done",
            how="Line managers book two hours",
            before="12 of 80 done",
        ),
        act(
            None,
            "Publish a pay policy",
            "CEO & Treasurer",
            "Jan 2024",
            "2024-01",
            "Green",
            "Consultation closed on 20 October",
            how="Benchmark against five charities",
            before="Not begun",
        ),
    ],
    (None, "Services"): [
        act(
            None,
            "Answer helpline calls within three minutes",
            "Helpline Manager",
            "30/09/2023",
            "2023-09-30",
            "Red",
            "Average is six minutes",
            how="Add an evening shift",
            before="Average is nine minutes",
            revised="30/11/2023\n31/01/2024",
            revised_when="2023-11-30..2024-01-31",
        ),
        act(
            None,
            "Ask clients what changed for them",
            "Evaluation Officer",
            "Termly",
            None,
            "Green",
            None,
            how="Text survey",
            before="Survey drafted",
        ),
    ],
}


def build() -> bytes:
    word = Word().head("Brightwater Support - Recovery Plan 2023/24", 0).line("1 November 2023")
    for (_, title), actions in THEMES.items():
        word.head(title, 2)
        rows: list[list[str | C]] = [
            ["What?", "How?", "Who?", "When?", "New date", "Previous update", "Current update", "RAG"]
        ]
        rows += [
            [*cells(a, "action", "how", "owner", "due_text", "revised_text", "before", "progress", "rag")]
            for a in actions
        ]
        word.table(rows)
    word.head("Meeting dates", 2).line("Recovery Board: 14 November 2023, 12 December 2023").line(
        "The Board of Trustees will meet on 30 January 2024."
    )
    return word.data()


def _gold() -> dict[str, object]:
    themes = {key: [a | {"rag": a["rag"].lower()} for a in rows] for key, rows in THEMES.items()}
    meetings = [
        ("Recovery Board", "2023-11-14"),
        ("Recovery Board", "2023-12-12"),
        ("Board of Trustees", "2024-01-30"),
    ]
    return gold("Brightwater Support - Recovery Plan 2023/24", themes, meetings=meetings)


SAMPLE = Sample("recovery 2023.docx", build, _gold())
