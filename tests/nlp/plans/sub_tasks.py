"""A blood service's sheet: an action merged over its tasks, each with a ref, person and date of its own."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, UP, C, Sample, act, gold

FILLS = {"complete": "8DB4E2", "on track": "92D050", "at risk": "FFC000"}
THEMES = {
    ("1", "Donors feel welcome"): [
        act("1a", "Ring every first-time donor within a week", "Donor Care Lead", "30/04/2022", "2022-04-30", "on track", "71% rung in March"),
        act("1b", "Publish waiting times by session", "Digital Manager", "31/05/2022", "2022-05-31", "at risk", "Feed not built"),
    ],
    ("2", "Platelets are never short"): [
        act("2a", "Open a fourth machine at Holloway", "Collections Manager", "30/06/2022", "2022-06-30", "on track", None),
        act("2b", "Agree a buffer of two days with the hospitals", "Chief Scientist", "31/03/2022", "2022-03-31", "complete", "Signed 22 March"),
        act("2c", "Train 12 nurses to run two machines each", "Education Lead", "31/07/2022", "2022-07-31", "on track", "5 trained"),
    ],
}  # fmt: skip


def build() -> bytes:
    rows: list[list[object]] = [
        ["Northern Blood Service: Quality Plan 2022", *[LEFT] * 7],
        ["Obj.", "Objective", "Task ref", "Task", "Who", "By", "Status", "Where are we?"],
    ]
    for (ref, title), actions in THEMES.items():
        for number, a in enumerate(actions):
            lead: list[object] = [UP, UP] if number else [int(ref), title]
            day = date.fromisoformat(a["due"]["end"])
            rows.append(
                [
                    *lead,
                    a["ref"],
                    a["action"],
                    a["owner"],
                    day,
                    C(a["rag"].capitalize(), FILLS[a["rag"]]),
                    a["progress"],
                ]
            )
    book = Excel()
    book.sheet("Quality plan", rows, {"F": "dd/mm/yyyy"})
    return book.data()


_GOLD = gold(
    "Northern Blood Service: Quality Plan 2022", {(None, title): rows for (_, title), rows in THEMES.items()}
)
SAMPLE = Sample("quality plan.xlsx", build, _GOLD)
