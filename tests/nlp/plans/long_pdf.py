"""A report to a committee as PDF with its plan in an appendix: prose before it, theme rows within, no header on later pages."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, UP, C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"completed": "4472C4", "on track": "70AD47", "slippage": "FFC000", "not started": "D9D9D9"}
NOTE = "The group met on the first Monday of the month and went through the figures with the matrons of each ward. "
THEMES = {
    ("1", "Safe"): [
        act(
            "1.1",
            "Move the crash trolley to the corridor and check it twice a day",
            "Ward Manager",
            "June 2017",
            "2017-06",
            "completed",
            "Moved. Checks at 98%.",
        ),
        act(
            "1.2",
            "Buy six pressure mattresses, and train healthcare assistants to use them before the winter",
            "Tissue Viability Nurse",
            "September 2017",
            "2017-09",
            "on track",
            NOTE * 3,
        ),
        act("1.3", "Agree a plan for the sluice", "Estates", "TBC", None, "not started", None),
    ],
    ("2", "Effective"): [
        act("2.1", "Start a journal club", "Consultant Lead", "July 2017", "2017-07", "slippage", NOTE * 4),
        act(
            "2.2",
            "Print the pain score on the observation chart",
            "Lead for Pain",
            "31st August 2017",
            "2017-08-31",
            "on track",
            NOTE * 2,
        ),
        act("2.3", "Audit consent forms", "Audit Lead", "Sept 2017", "2017-09", "on track", NOTE),
    ],
    ("3", "Responsive"): [
        act(
            "3.1",
            "Answer 80% of complaints within 25 days",
            "Complaints Manager",
            "w/c 2 October 2017",
            "2017-10-02..2017-10-08",
            "slippage",
            NOTE * 3,
        ),
        act(
            "3.2",
            "Offer evening clinics",
            "Outpatient Manager",
            "Dec-17",
            "2017-12",
            "on track",
            "Two specialties have begun.",
        ),
    ],
}


def build() -> bytes:
    pages = (
        Pages("Agenda item 9")
        .head("Report to the Health Overview and Scrutiny Committee")
        .line("Date of meeting: 20 July 2017")
    )
    for text in (
        "Purpose of this report. The committee asked in April for an account of what the hospital has done since the inspection of November 2016. The plan is at Appendix A.",
        "Of the eight actions one is completed and four are on track. Mattresses have been bought in part. The clinics in the evening have been welcomed by patients.",
        "The Quality Board meets on the third Thursday of each month. Its next meetings are on 17 August 2017 and 21 September 2017.",
    ):
        pages.line(text)
    pages.head("Appendix A: Improvement plan")
    rows = [["No", "What we will do", "Who", "By when", "Status", LEFT], [UP, UP, UP, UP, "Rating", "Update"]]
    for (ref, title), actions in THEMES.items():
        rows.append([C(f"{ref}. {title}", "DDDDDD"), *[LEFT] * 5])
        rows += [
            [
                *cells(a, "ref", "action", "owner", "due_text"),
                C(a["rag"].title(), FILLS[a["rag"]]),
                a["progress"] or "",
            ]
            for a in actions
        ]
    return pages.table(rows, [30, 220, 100, 80, 70, 260], repeat=0, cut=True).data()


SAMPLE = Sample("hosc.pdf", build, gold("Improvement plan", THEMES))
