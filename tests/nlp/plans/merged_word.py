"""A clinical commissioning group's plan in Word: owners and dates merged over rows, typed dashes, discs as ratings, a risk log under it."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, UP, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

GREY = "BFBFBF"
THEMES = {
    ("A", "Continuing healthcare"): [
        act(
            "A.1",
            "Clear overdue reviews:\n- fast track first\n- then those over twelve months",
            "Head of CHC",
            "Nov 2020",
            "2020-11",
            "🟠",
            "212 of 300 cleared",
            assurance="Weekly list",
            committee="Quality Committee",
        ),
        act(
            "A.2",
            "Write to families who wait",
            "Head of CHC",
            "Nov 2020",
            "2020-11",
            "🟢",
            "Letters sent in September",
            assurance="Copy of letter",
            committee="Quality Committee",
        ),
        act(
            "A.3",
            "Train panel members in the decision tool",
            "Deputy Chief Nurse",
            "Jan 2021",
            "2021-01",
            "🔴",
            None,
            assurance="Register",
            committee="Quality Committee",
        ),
    ],
    ("B", "Safeguarding"): [
        act(
            "B.1",
            "Agree thresholds with the three councils",
            "Designated Nurse",
            "Feb 2021",
            "2021-02",
            "🟢",
            "Two councils have signed",
            assurance="Signed paper",
            committee="Safeguarding Board",
        ),
    ],
}


def build() -> bytes:
    word = Word().head("Hollin Vale CCG: Nursing Directorate Action Plan", 0)
    rows: list[list[str | C]] = [
        [
            "Ref",
            "Key actions",
            "Lead",
            "Timescale",
            "Source of assurance",
            "Oversight group",
            "RAG",
            "Progress to date",
        ]
    ]
    for (ref, title), actions in THEMES.items():
        rows.append([C(f"{ref}. {title}", GREY), *[LEFT] * 7])
        last: dict[str, str] = {}
        for a in actions:
            row = cells(a, "ref", "action", "owner", "due_text", "assurance", "committee", "rag", "progress")
            for i, key in ((2, "owner"), (3, "due_text"), (5, "committee")):
                if last.get(key) == a[key]:
                    row[i] = UP
            last = a
            rows.append(row)
        rows.append([""] * 8)
    rows.append(["Note: dates agreed at the Governing Body on 3 September 2020.", *[LEFT] * 7])
    word.table(rows).head("Risk log", 2)
    word.table(
        [
            ["Risk", "Likelihood", "Impact", "Score", "Mitigation", "Owner"],
            [
                "Staff are redeployed in a second wave",
                "4",
                "4",
                "16",
                "Agency reviewers booked",
                "Head of CHC",
            ],
        ]
    )
    word.head("Approval", 2).table(
        [["Approved by", "Position", "Date"], ["M. Quill", "Chief Nurse", "10/09/2020"]]
    )
    return word.data()


SAMPLE = Sample("nursing plan.docx", build, gold("Hollin Vale CCG: Nursing Directorate Action Plan", THEMES))
