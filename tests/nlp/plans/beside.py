"""A foundation trust's sheet with everything on it: a legend above, a risk log beside, notes and totals below."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, UP, C, Sample, act, gold

FILLS = {"Embedded": "7030A0", "Complete": "00B050", "In progress": "FFC000", "Overdue": "FF0000"}
COLOURS = ("purple", "green", "amber", "red")
ACTIONS = [
    act(
        "1",
        "Put a pharmacist on the acute medical unit at weekends",
        "Chief Pharmacist",
        "31 Oct 21",
        "2021-10-31",
        "complete",
        "Began 9 October",
        strength="Must",
    ),
    act(
        "2",
        "Audit missed doses monthly",
        "Chief Pharmacist",
        "30 Nov 21",
        "2021-11-30",
        "in progress",
        "First audit due",
        strength="Must",
    ),
    act(
        "3",
        "Ask every inpatient about food and drink at night",
        "Head of Nursing",
        "31 Dec 21",
        "2021-12-31",
        "overdue",
        None,
        strength="Should",
    ),
    act(
        "4",
        "Hold a safety huddle at 08:30",
        "Medical Director",
        "30 Sep 21",
        "2021-09-30",
        "embedded",
        "Nine months of records",
        strength="Should",
    ),
]


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [
        ["Cold Ashby NHS FT - Section 29A warning notice action plan", *[LEFT] * 6],
        [],
        ["Key:", *(C(label, fill) for label, fill in FILLS.items())],
        [],
        [
            "No",
            "Action",
            "Must/Should",
            "Owner",
            "Due",
            "Status",
            "Update",
            None,
            "Risk ID",
            "Risk description",
            "Likelihood",
            "Impact",
            "Score",
        ],
    ]
    for i, a in enumerate(ACTIONS):
        label = a["rag"].capitalize()
        owner = UP if i and ACTIONS[i - 1]["owner"] == a["owner"] else a["owner"]
        risk = (
            [["R1", "No pharmacist applies", 3, 4, 12], ["R2", "Audit tool is late", 2, 3, 6]][i]
            if i < 2
            else []
        )
        rows.append(
            [
                int(a["ref"]),
                a["action"],
                a["strength"],
                owner,
                date.fromisoformat(a["due"]["end"]),
                C(label, FILLS[label]),
                a["progress"],
                None,
                *risk,
            ]
        )
    rows += [[], ["Total", 4], ["* Owners were confirmed by the executive team."]]
    book.sheet("Warning notice", rows, {"E": "d mmm yy"})
    return book.data()


SAMPLE = Sample(
    "29A.xlsx",
    build,
    gold(
        "Cold Ashby NHS FT - Section 29A warning notice action plan",
        ACTIONS,
        zip(FILLS, COLOURS, strict=True),
    ),
)
