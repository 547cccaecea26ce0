"""A fire service's plan as PDF: a ruled table over several pages, rows cut by them, the header on each."""

from __future__ import annotations

from typing import Any

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"green": "92D050", "amber": "FFC000", "red": "FF0000"}
LONG = (
    "The working group met in May and again in July. It found that stations record their drills in four different ways, "
    "that two watches keep paper logs, and that nobody compares the figures with the risk profile. A single form was tried at "
    "three stations in August; crews asked for fewer fields, and the form was cut from forty to twelve. The new form goes live "
    "with the September training calendar. Station managers will be asked each month for the watch's completed drills."
)
ACTIONS = [
    act("AFI 1", "Make sure that crews carry out hydrant checks to the agreed schedule", "ACO Response", "December 2023", "2023-12", "green", "Schedule agreed with all 24 stations. " + LONG),
    act("AFI 2", "Evaluate prevention work and show its effect", "Head of Prevention", "March 2024", "2024-03", "amber", "University partner appointed. " + LONG),
    act("AFI 3", "Test fallback arrangements for mobilising", "Control Commander", "31 October 2023", "2023-10-31", "red", "Test of 3 October failed after forty minutes. " + LONG),
    act("AFI 4", "Improve how the service learns from operational incidents", "Head of Assurance", "April 2024", "2024-04", "green", LONG),
    act("CoC 1", "By 30 November 2023, the service should have a plan for identifying the highest-risk premises", "Head of Protection", "30 November 2023", "2023-11-30", "amber", "Draft before the authority. " + LONG),
    act("AFI 5", "Give on-call staff protected time to train", "ACO Response", "June 2024", "2024-06", "green", "Pilot at two stations."),
]  # fmt: skip


def build() -> bytes:
    pages = Pages("Eastvale Fire and Rescue Service  OFFICIAL")
    pages.head("Eastvale Fire and Rescue Service: HMICFRS Action Plan").line("Position at 9 October 2023")
    pages.table(
        [
            [C("Green", FILLS["green"]), "On track"],
            [C("Amber", FILLS["amber"]), "Some risk to delivery"],
            [C("Red", FILLS["red"]), "Not on track"],
        ],
        [60, 160],
        repeat=0,
    )
    rows: list[list[Any]] = [
        ["Ref", "Area for improvement", "Lead officer", "Completion date", "RAG", "Progress to date"]
    ]
    rows += [
        [
            *cells(a, "ref", "action", "owner", "due_text"),
            C(a["rag"].capitalize(), FILLS[a["rag"]]),
            a["progress"],
        ]
        for a in ACTIONS
    ]
    return pages.table(rows, [45, 190, 90, 80, 45, 310], cut=True).data()


SAMPLE = Sample(
    "hmi plan.pdf", build,
    gold("Eastvale Fire and Rescue Service: HMICFRS Action Plan", ACTIONS, [("On track", "green"), ("Some risk to delivery", "amber"), ("Not on track", "red")]),
)  # fmt: skip
