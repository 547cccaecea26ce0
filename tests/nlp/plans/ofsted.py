"""A children's services plan in Word: a table a priority, opened by merged rows that say what it is for."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000", "blue": "00B0F0"}
THEMES = {
    ("1", "Front door and decision-making"): [
        act(
            "1.1",
            "Re-design the request for support form with schools and police",
            "Service Director, Early Help",
            "30 September 2019",
            "2019-09-30",
            "green",
            "Form agreed on 3 July; goes live with the new term.",
            assurance="Fewer than 10% of contacts returned for more information",
        ),
        act(
            "1.2",
            "Make threshold decisions within one working day, with a manager's reason on file",
            "Head of Service, MASH",
            "31 August 2019",
            "2019-08-31",
            "amber",
            "82% in June (71% in May).",
            assurance="95% within one working day",
        ),
        act(
            "1.3",
            "Dip-sample 30 contacts a month",
            "Principal Social Worker",
            "From July 2019 and monthly",
            "2019-07",
            "blue",
            "July sample done.",
            assurance="90% of decisions right",
        ),
    ],
    ("2", "Children in care and permanence"): [
        act(
            "2.1",
            "Track every child without a permanence plan at a fortnightly panel:\n* panel terms of reference\n* tracker with dates for each child",
            "Head of Permanence",
            "31/10/2019",
            "2019-10-31",
            "red",
            "Panel not yet quorate; chair's letter sent to partners.",
            assurance="No child waits more than four months",
        ),
        act(
            "2.2",
            "Recruit 20 foster carer households",
            "Fostering Manager",
            "March 2020",
            "2020-03",
            "amber",
            "Seven approved; nine in assessment.",
            assurance="Net growth of 12",
        ),
    ],
    ("3", "Leadership, management and workforce"): [
        act(
            "3.1",
            "Reduce caseloads to 18 or fewer",
            "Director of Children's Services",
            "31/12/2019",
            "2019-12-31",
            "amber",
            "Average is 21.",
            assurance="Weekly caseload report",
        ),
    ],
}


def build() -> bytes:
    word = (
        Word()
        .head("Children's Services Improvement Plan", 0)
        .line("Ravensholme Council")
        .line("Position at 12 July 2019")
    )
    for (ref, title), actions in THEMES.items():
        rows = [
            [f"Priority {ref}: {title}", *[LEFT] * 6],
            [
                "Outcome: children get the right help at the right time, from people who know them.",
                *[LEFT] * 6,
            ],
            ["Ref", "Action", "Lead Officer", "Timescale", "Impact measure", "RAG", "Progress / next steps"],
        ]
        for a in actions:
            rows.append(
                [
                    *cells(a, "ref", "action", "owner", "due_text", "assurance"),
                    C(a["rag"].upper(), FILLS[a["rag"]]),
                    a["progress"],
                ]
            )
        word.table(rows).line("")
    word.line("The Improvement Board, chaired independently, meets every six weeks.")
    word.table(
        [
            ["Improvement Board dates 2019", LEFT],
            ["Board", "Papers due"],
            ["24 July 2019", "17 July 2019"],
            ["4 September 2019", "28 August 2019"],
        ]
    )
    return word.data()


SAMPLE = Sample("childrens plan.docx", build, gold("Children's Services Improvement Plan", THEMES))
