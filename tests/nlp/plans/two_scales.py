"""A system's plan as PDF: two ratings beside each other, who leads under each heading, a staff key and a timetable."""

from __future__ import annotations

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000", "blue": "00B0F0"}
THEMES = {
    ("1", "HOME FIRST"): [
        act(
            "1.1",
            "Agree one assessment form for all providers",
            "COO",
            "Feb 2019",
            "2019-02",
            "red",
            "Form still with the ambulance trust.",
            revised="May 2019",
            revised_when="2019-05",
            on_target_rag="green",
            assurance="Form in use at 30 days",
        ),
        act(
            "1.2",
            "Recruit 14 reablement workers",
            "DASS",
            "Apr 2019",
            "2019-04",
            "green",
            "Eleven started on 4 March.",
            assurance="Vacancies below 5%",
        ),
    ],
    ("2", "CARE HOMES"): [
        act(
            "2.1",
            "Give every home a named GP and a weekly round",
            "CCG AO",
            "Mar 2019",
            "2019-03",
            "amber",
            "38 of 51 homes.",
            revised="June 2019",
            revised_when="2019-06",
            on_target_rag="amber",
            assurance="Admissions down by 8%",
        ),
        act(
            "2.2",
            "Fit video links in twelve homes",
            "CIO",
            "Jan 2019",
            "2019-01",
            "blue",
            "All fitted and tested.",
            assurance="Log of calls",
        ),
    ],
}


def build() -> bytes:
    pages = (
        Pages("Version 9").head("Thornley Local System Review Improvement Plan").line("As at 11 March 2019")
    )
    pages.line("RAG rating key")
    pages.table(
        [
            [C("Blue", FILLS["blue"]), "Complete"],
            [C("Green", FILLS["green"]), "On target"],
            [C("Amber", FILLS["amber"]), "Risk of delay"],
            [C("Red", FILLS["red"]), "Will miss its date"],
        ],
        [60, 160],
        repeat=0,
    )
    pages.line("Reporting timetable")
    pages.table(
        [
            ["Meeting", "Date"],
            ["Leads' updates due", "25 March 2019"],
            ["Transformation Board", "3 April 2019"],
            ["Health and Wellbeing Board", "to be confirmed"],
        ],
        [200, 120],
    )
    pages.line("Abbreviations")
    pages.table(
        [
            ["COO", "Chief Operating Officer"],
            ["DASS", "Director of Adult Social Services"],
            ["CIO", "Chief Information Officer"],
            ["CCG AO", "Accountable Officer of the Clinical Commissioning Group"],
        ],
        [60, 300],
        repeat=0,
    )
    for (ref, title), actions in THEMES.items():
        pages.head(f"Theme {ref}: {title}").line("Lead: Thornley Council (Jo Marsh, Director)")
        rows = [
            [
                "Ref",
                "Action",
                "Owner",
                "Due",
                "RAG",
                "Revised date",
                "On target RAG",
                "Description of assurance",
                "Progress",
            ]
        ]
        for a in actions:
            on_target = (
                C(a["on_target_rag"].capitalize(), FILLS[a["on_target_rag"]]) if a["on_target_rag"] else ""
            )
            rows.append(
                [
                    *cells(a, "ref", "action", "owner", "due_text"),
                    C(a["rag"].capitalize(), FILLS[a["rag"]]),
                    a["revised_text"] or "",
                    on_target,
                    a["assurance"],
                    a["progress"],
                ]
            )
        pages.table(rows, [30, 180, 60, 55, 45, 60, 55, 120, 150])
    return pages.data()


SAMPLE = Sample(
    "LSR v9.pdf", build,
    gold("Thornley Local System Review Improvement Plan", THEMES, [("Complete", "blue"), ("On target", "green"), ("Risk of delay", "amber"), ("Will miss its date", "red")],
         [("Leads' updates due", "2019-03-25"), ("Transformation Board", "2019-04-03"), ("Health and Wellbeing Board", None)]),
)  # fmt: skip
