"""A theatre trust's plan in Word without any table: headings within headings, what belongs to an action in bullets."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold
from tests.nlp.plans.word import Word

THEMES = {
    ("1", "Safe buildings"): [
        act("1.1", "Renew the fire curtain motor", "Technical Director", "31 August 2022", "2022-08-31", "green", "Motor delivered. Fitting booked for the dark week."),
        act("1.2", "Survey the balcony plaster", "Estates Manager", "October 2022", "2022-10", "amber", "Two firms declined to quote."),
    ],
    ("2", "A fair workplace"): [
        act("2.1", "Publish a pay scale for casual staff", "Head of People", "30 June 2022", "2022-06-30", "blue", "Published on 14 June."),
        act("2.2", "Give stage crews eleven hours between shifts", "Production Manager and Head of People", "1 January 2023", "2023-01-01", "red", None),
    ],
}  # fmt: skip


def build() -> bytes:
    word = Word().head("Corn Exchange Theatre Recovery Plan", 0).line("Version 3, 20 July 2022")
    word.line("The trustees agreed this plan after the licensing review.")
    for (ref, title), actions in THEMES.items():
        word.head(f"Objective {ref}: {title}", 1)
        for a in actions:
            word.head(f"{a['ref']} {a['action']}", 2)
            word.line(f"Lead: {a['owner']}", "List Bullet")
            word.line(f"Deadline: {a['due_text']}", "List Bullet")
            word.line(f"RAG: {a['rag'].capitalize()}", "List Bullet")
            if a["progress"]:
                word.line(f"Progress: {a['progress']}", "List Bullet")
    return word.data()


SAMPLE = Sample("recovery plan v3.docx", build, gold("Corn Exchange Theatre Recovery Plan", THEMES))
