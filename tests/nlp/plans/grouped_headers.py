"""A zoo's sheet with a header of two rows: what is planned and how it is watched, each over its columns."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, C, Sample, act, gold

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000"}
THEMES = {
    ("1", "Animal welfare"): [
        act("1.1", "Weigh the otters every fortnight and log the weights", "Head Keeper", "2024/03/31", "2024-03-31", "green", "Done since 2 January", assurance="Weight log"),
        act("1.2", "Plant shade along the south paddock", "Grounds Manager", "2024/05/31", "2024-05-31", "amber", "60 of 110 trees planted", assurance="Photos"),
    ],
    ("2", "Visitor safety"): [
        act("2.1", "Replace the rail at the penguin pool", "Site Engineer", "2024/02/29", "2024-02-29", "red", None, assurance="Engineer's certificate"),
    ],
}  # fmt: skip


def build() -> bytes:
    rows: list[list[object]] = [
        ["Fenland Zoo Licence Improvement Plan"],
        ["January 2024"],
        ["What is planned", LEFT, LEFT, LEFT, "How it is watched", LEFT, LEFT],
        ["Ref", "Action", "Owner", "Due", "RAG", "Progress", "Evidence"],
    ]
    for (ref, title), actions in THEMES.items():
        rows.append([f"Theme {ref}: {title}", *[LEFT] * 6])
        for a in actions:
            rows.append(
                [
                    a["ref"],
                    a["action"],
                    a["owner"],
                    date.fromisoformat(a["due"]["end"]),
                    C("", FILLS[a["rag"]]),
                    a["progress"],
                    a["assurance"],
                ]
            )
    book = Excel()
    book.sheet("Plan", rows, {"D": "yyyy/mm/dd"})
    return book.data()


SAMPLE = Sample("zoo.xlsx", build, gold("Fenland Zoo Licence Improvement Plan", THEMES))
