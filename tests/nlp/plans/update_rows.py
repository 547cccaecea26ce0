"""A canal trust's plan in Word: under each action a row across the table for its update; who and when in one column."""

from __future__ import annotations

from typing import Any

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000"}
THEMES = {
    ("A", "Safe towpaths"): [
        act("A.1", "Cut back the hedge from Lock 4 to the aqueduct", "Area Ranger", "28 Feb 2023", "2023-02-28", "green", "Cut in January. The chippings are still to be cleared.", assurance="Ranger's photo log"),
        act("A.2", "Put lights under the two road bridges", "Head of Projects", "30 Jun 2023", "2023-06-30", "red", "The county has refused a supply. Solar lights are being priced.", assurance="Lights on at dusk"),
    ],
    ("B", "Clean water"): [
        act("B.1", "Test the water at nine points every month", "Ecologist", "Monthly", None, "amber", "Seven of nine points tested in March.", assurance="Results on the website"),
    ],
}  # fmt: skip


def build() -> bytes:
    word = Word().head("Long Cut Canal Trust Action Plan", 0).line("March 2023")
    rows: list[list[Any]] = [["Ref", "Action", "Lead", "Complete by", "Evidence", "RAG"]]
    for (ref, title), actions in THEMES.items():
        rows.append([f"{ref}. {title}", *[LEFT] * 5])
        for a in actions:
            rows.append(
                [*cells(a, "ref", "action", "owner", "due_text", "assurance"), C("", FILLS[a["rag"]])]
            )
            rows.append([f"Update: {a['progress']}", *[LEFT] * 5])
    return word.table(rows).data()


SAMPLE = Sample("canal.docx", build, gold("Long Cut Canal Trust Action Plan", THEMES))
