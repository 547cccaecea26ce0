"""An emergency planning unit's workbook: notes above the header, hidden sheet of last year, text dates, dropdown words, merged lead."""

from __future__ import annotations

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, UP, Sample, act, gold

THEMES = {
    (None, "Debrief: storm of November"): [
        act(
            "1",
            "Buy two generators for rest centres",
            "Emergency Planning Officer",
            "Spring 2022",
            "2022-03..2022-05",
            "in progress",
            "Quotes: £18k each",
        ),
        act(
            "2",
            "Keep a list of people who depend on electricity",
            "Emergency Planning Officer",
            "31 January 2022",
            "2022-01-31",
            "complete",
            "List shared with two networks",
        ),
    ],
    (None, "Debrief: flood of February"): [
        act(
            "3",
            "Brief parish wardens",
            "Resilience Manager",
            "Summer 2022",
            "2022-06..2022-08",
            "not started",
            None,
        ),
        act(
            "4",
            "Test the call-out cascade out of hours",
            "Resilience Manager",
            "w/c 11 April 2022",
            "2022-04-11..2022-04-17",
            "overdue",
            "Cancelled twice",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [["Local Resilience Forum – lessons and actions", *[LEFT] * 6], ["Please update before each meeting. Do not delete rows.", *[LEFT] * 6], [],
        ["Item", "Theme", "Lesson identified", "Action", "Owner", "Timeframe", "Status", "Update for March meeting"]]  # fmt: skip
    for (_, title), actions in THEMES.items():
        for i, a in enumerate(actions):
            rows.append(
                [
                    int(a["ref"]),
                    UP if i else title,
                    "People did not know whom to call",
                    a["action"],
                    UP if i else a["owner"],
                    a["due_text"],
                    a["rag"].capitalize(),
                    a["progress"],
                ]
            )
    book.sheet("Actions 2022", rows)
    book.sheet(
        "Actions 2021",
        [
            ["Item", "Action", "Owner", "Timeframe", "Status"],
            [1, "Old action of the year before", "Officer", "May 2021", "Complete"],
        ],
    ).sheet_state = "hidden"
    return book.data()


SAMPLE = Sample("LRF.xlsx", build, gold("Local Resilience Forum – lessons and actions", THEMES))
