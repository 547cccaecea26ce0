"""A prison health partnership's plan as PDF: a cover page, version table, key, sign-off, and a dense ruled table of many columns."""

from __future__ import annotations

from reportlab.platypus import PageBreak

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"Action complete": "4F81BD", "Action on track": "9BBB59", "Action off track": "C0504D"}
WORDS = {"complete": "Action complete", "on track": "Action on track", "off track": "Action off track"}
ACTIONS = [
    act(
        "PH-1",
        "Screen every person for blood-borne viruses at reception",
        "Head of Healthcare",
        "31/10/2018",
        "2018-10-31",
        "on track",
        "Offered to 88%, taken by 61%",
        issue="Low uptake",
        assurance="HIV dashboard",
        committee="Local Delivery Board",
    ),
    act(
        "PH-2",
        "Give medicines in possession where it is safe to",
        "Pharmacist",
        "30/11/2018",
        "2018-11-30",
        "off track",
        "Lockers not fitted on B wing; works order raised in July and again in September",
        issue="Queues at hatches",
        assurance="Risk assessments",
        committee="Medicines Committee",
    ),
    act(
        "PH-3",
        "See urgent dental cases within seven days",
        "Dental Lead",
        "31/08/2018",
        "2018-08-31",
        "complete",
        "Longest wait is five days",
        issue="Waits of six weeks",
        assurance="Waiting list",
        committee="Local Delivery Board",
    ),
    act(
        "PH-4",
        "Write discharge letters for everybody who leaves",
        "Head of Healthcare",
        "Sept '18",
        "2018-09",
        "on track",
        None,
        issue="Letters were not written",
        assurance="Audit of 20",
        committee="Local Delivery Board",
    ),
]


def build() -> bytes:
    pages = (
        Pages("Prison Health Partnership")
        .head("HMP Stonebridge Health Care Improvement Plan")
        .line("Version 2.1")
        .line("12 September 2018")
    )
    pages.table(
        [
            ["Version", "Date", "Author", "Comments"],
            ["1.0", "02/05/2018", "K Doyle", "Draft"],
            ["2.1", "12/09/2018", "K Doyle", "For board"],
        ],
        [60, 80, 100, 200],
    )
    pages.story.append(PageBreak())
    pages.line("Key")
    pages.table(
        [
            [C("Blue", FILLS["Action complete"]), "Action complete"],
            [C("Green", FILLS["Action on track"]), "Action on track"],
            [C("Red", FILLS["Action off track"]), "Action off track"],
        ],
        [50, 130],
        repeat=0,
    )
    rows = [
        [
            "Ref",
            "Issue identified",
            "Action required",
            "Lead",
            "Timescale",
            "How will it be measured?",
            "Forum",
            "RAG",
            "Progress September 2018",
        ]
    ]
    for a in ACTIONS:
        colour = {"complete": "Blue", "on track": "Green", "off track": "Red"}[a["rag"]]
        rows.append(
            [
                *cells(a, "ref", "issue", "action", "owner", "due_text", "assurance", "committee"),
                C(colour, FILLS[WORDS[a["rag"]]]),
                a["progress"] or "",
            ]
        )
    pages.table(rows, [36, 75, 150, 70, 60, 75, 75, 40, 160])
    return pages.table(
        [["Signed off by", "Role", "Date"], ["", "Governor", ""], ["", "Head of Healthcare", ""]],
        [200, 150, 100],
    ).data()


def _gold() -> dict[str, object]:
    colours = {"complete": "blue", "on track": "green", "off track": "red"}
    return gold(
        "HMP Stonebridge Health Care Improvement Plan",
        [a | {"rag": colours[a["rag"]]} for a in ACTIONS],
        [(label, colour) for label, colour in zip(FILLS, ("blue", "green", "red"), strict=True)],
    )


SAMPLE = Sample("stonebridge.pdf", build, _gold())
