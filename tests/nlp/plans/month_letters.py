"""A bus company's workbook: a letter a month, the months to come empty, comments by month beside them."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import C, Sample, act, gold

FILLS = {"g": "00B050", "a": "FFC000", "r": "FF0000", "b": "0070C0"}
ACTIONS = [
    act("1", "Fit cameras to the last 30 buses", "Engineering Manager", "30/06/2024", "2024-06-30", "a", "18 of 30 fitted; supplier short of brackets", months="g g a"),
    act("2", "Retrain drivers who brake hard", "Driver Standards Lead", "31/05/2024", "2024-05-31", "b", "All 44 retrained", months="a g b"),
    act("3", "Agree a timetable change with the school", "Commercial Manager", "02/09/2024", "2024-09-02", "r", "School has not answered", months="g a r"),
]  # fmt: skip
MONTHS = [date(2024, month, 1) for month in (4, 5, 6, 7, 8)]


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [
        ["Moorland Buses - Service Recovery Plan"],
        ["RAG: R = Late", "A = At risk", "G = On track", "B = Done"],
        [],
        ["No.", "What needs doing", "Accountable", "Deadline", *MONTHS, "June update"],
    ]
    for a in ACTIONS:
        letters = [C(letter.upper(), FILLS[letter]) for letter in a["months"].split()]
        rows.append(
            [int(a["ref"]), a["action"], a["owner"], date.fromisoformat(a["due"]["end"]), *letters, None, None, a["progress"]]
        )  # fmt: skip
    sheet = book.sheet("Recovery", rows, {"D": "dd/mm/yyyy"})
    for cell in sheet[4][4:9]:
        cell.number_format = "mmm-yy"
    return book.data()


SAMPLE = Sample(
    "recovery.xlsx",
    build,
    gold(
        "Moorland Buses - Service Recovery Plan",
        ACTIONS,
        [("Late", "red"), ("At risk", "amber"), ("On track", "green"), ("Done", "blue")],
    ),
)
