"""A Word table pasted as plain text: tabs, theme lines between rows, the header again, lines broken in cells."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

THEMES = {
    (None, "Theme A: Getting into hospital"): [
        act(
            "A1",
            "Add a second triage room",
            "Head of ED",
            "14.2.2020",
            "2020-02-14",
            "amber",
            "Walls up; wiring in January",
            assurance="Triage within 15 minutes",
        ),
        act(
            "A2",
            "Stop boarding patients in corridors after 10pm",
            "Chief Operating Officer",
            "TBC",
            None,
            "red",
            None,
            assurance="Nightly count",
        ),
    ],
    (None, "Theme B: Getting home"): [
        act(
            "B1",
            "Write to take out medicines the day before",
            "Chief Pharmacist",
            "Feb/March 2020",
            "2020-02..2020-03",
            "green",
            "34% on 6 January",
            assurance="Half by March",
        ),
        act(
            "B2",
            "Staff the discharge team at weekends",
            "Integrated Discharge Manager / Council",
            "1 Mar 2020",
            "2020-03-01",
            "amber",
            "Rota agreed, posts advertised",
            assurance="Weekend discharges up by 20",
        ),
    ],
}
TEXT = """St Osyth's Hospital
Flow Improvement Plan
Update 8 January 2020

RAG: green on track, amber some slippage, red not delivered

Ref\tAction\tResponsible\tBy when\tMeasure\tRAG\tProgress
Theme A: Getting into hospital
A1\tAdd a second triage room\tHead of ED\t14.2.2020\tTriage within 15 minutes\tAMBER\tWalls up; wiring in January
A2\tStop boarding patients in corridors after 10pm\tChief Operating Officer\tTBC\tNightly count\tRED\t

Ref\tAction\tResponsible\tBy when\tMeasure\tRAG\tProgress
Theme B: Getting home
B1\tWrite to take out medicines the day before\tChief Pharmacist\tFeb/March 2020\tHalf by March\tGREEN\t34% on 6 January
B2\tStaff the discharge team at weekends\tIntegrated Discharge Manager / Council\t1 Mar 2020\tWeekend discharges up by 20\tAMBER\tRota agreed, posts advertised

Next update: 5 February 2020
"""


def build() -> bytes:
    return TEXT.replace("\n", "\r\n").encode("cp1252")


def _gold() -> dict[str, object]:
    return gold(
        "St Osyth's Hospital Flow Improvement Plan",
        {(title[6], title[9:]): rows for (_, title), rows in THEMES.items()},
    )


SAMPLE = Sample("osyth.txt", build, _gold())
