"""A hospice's plan in Word: every action a small form of its own, labels on the left."""

from __future__ import annotations

from tests.nlp.plans.kit import C, Sample, act, gold
from tests.nlp.plans.word import Word

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000"}
ACTIONS = [
    act(
        "H1",
        "Write a single policy for controlled drugs and brief all nurses",
        "Director of Care",
        "28 February 2020",
        "2020-02-28",
        "green",
        "Policy approved on 14 January. 31 of 44 nurses briefed.",
        issue="Two policies were in use",
        committee="Clinical Governance Committee",
        assurance="Signed briefing sheets",
    ),
    act(
        "H2",
        "Record the preferred place of death within two days of admission",
        "Lead Consultant",
        "31 March 2020",
        "2020-03-31",
        "amber",
        "78% within two days in December.",
        issue="Preferences were recorded late",
        committee="Clinical Governance Committee",
        assurance="Monthly audit of all admissions",
    ),
    act(
        "H3",
        "Repair the nurse call system in the east wing",
        "Facilities Manager",
        "31 January 2020",
        "2020-01-31",
        "red",
        None,
        issue="Four bells did not ring",
        committee="Estates Committee",
        assurance="Engineer's certificate",
    ),
]


def build() -> bytes:
    word = Word().head("Fellside Hospice Quality Improvement Action Plan", 0).line("January 2020")
    for number, a in enumerate(ACTIONS, start=1):
        word.head(f"Recommendation {number}", 2)
        word.table(
            [
                ["Ref", a["ref"]],
                ["Issue", a["issue"]],
                ["Action", a["action"]],
                ["Lead", a["owner"]],
                ["Due date", a["due_text"]],
                ["Evidence", a["assurance"]],
                ["Committee", a["committee"]],
                ["RAG", C(a["rag"].upper(), FILLS[a["rag"]])],
                ["Progress", a["progress"] or ""],
            ]
        ).line("")
    return word.data()


SAMPLE = Sample("hospice.docx", build, gold("Fellside Hospice Quality Improvement Action Plan", ACTIONS))
