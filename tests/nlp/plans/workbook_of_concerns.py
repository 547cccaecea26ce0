"""A lifeboat service's workbook: a front sheet with the key by colours alone, a sheet a concern, aims merged under it."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, UP, C, Sample, act, gold

SCALE = {
    "blue": ("00B0F0", "Finished, checked by the panel"),
    "green": ("00B050", "Goes to plan"),
    "amber": ("FFC000", "Late, can catch up"),
    "red": ("FF0000", "Cannot be met"),
}
THEMES = {
    ("1", "Launch times"): [
        act("1.1", "Site a second tractor at Brack Sands", "Station Officer", "30/09/2025", "2025-09-30", "amber", "Tractor bought, hard standing not poured", aim="Boats leave within ten minutes", revised="30/11/2025", revised_when="2025-11-30"),
        act("1.2", "Page crews by app as well as by radio", "Communications Lead", "31/07/2025", "2025-07-31", "blue", "In use since 14 July", aim="Boats leave within ten minutes"),
        act("1.10", "Move two volunteers' lockers beside the slip", "Station Officer", "31/10/2025", "2025-10-31", "green", None, aim="Crews dress faster"),
    ],
    ("2", "Training at night"): [
        act("2.1", "Run four night exercises a year", "Training Officer", "31/12/2025", "2025-12-31", "green", "Two run", aim="Every crew trains in the dark"),
        act("2.2", "Lend a thermal camera to each station", "Equipment Officer", "TBC", None, "red", "No money this year", aim="Every crew trains in the dark"),
        act("2.3", "Log who was trained", "Training Officer", "31/08/2025", "2025-08-31", "blue", "Log open", aim="Gaps are known"),
    ],
}  # fmt: skip


def build() -> bytes:
    book = Excel()
    key: list[list[object]] = [[C("", fill), label] for fill, label in SCALE.values()]
    book.sheet(
        "Read me",
        [
            ["Brack Coast Lifeboats"],
            ["Improvement Plan 2025"],
            [],
            ["Position at", "3 September 2025"],
            [],
            ["BRAG", "Meaning"],
            *key,
            [],
            ["Version", "Date", "Change"],
            ["1", "2 June 2025", "First issue"],
        ],
    )
    for (ref, title), actions in THEMES.items():
        rows: list[list[object]] = [
            ["Brack Coast Lifeboats: Improvement Plan", *[LEFT] * 7],
            [f"Cause of concern {ref}: {title}", *[LEFT] * 7],
            ["SRO: Chief of Operations"],
            [],
            [
                "Ref",
                "Objective",
                "Action",
                "Owner",
                "Original due date",
                "Revised due date",
                "BRAG",
                "Progress update",
            ],
        ]
        for number, a in enumerate(actions):
            aim = UP if number and actions[number - 1]["aim"] == a["aim"] else a["aim"]
            days = [a[key] and date.fromisoformat(a[key]["end"]) for key in ("due", "revised")]
            shade = C("", SCALE[a["rag"]][0])
            rows.append(
                [
                    a["ref"],
                    aim,
                    a["action"],
                    a["owner"],
                    days[0] or a["due_text"],
                    days[1],
                    shade,
                    a["progress"],
                ]
            )
        book.sheet(f"CoC{ref}", rows, {"E": "dd/mm/yyyy", "F": "dd/mm/yyyy"})
    return book.data()


SAMPLE = Sample(
    "lifeboats.xlsx",
    build,
    gold(
        "Brack Coast Lifeboats: Improvement Plan",
        THEMES,
        [(label, colour) for colour, (_, label) in SCALE.items()],
    ),
)
