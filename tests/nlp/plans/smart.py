"""A college's plan as PDF: SMART columns, a page header and footer on each page, a BRAG key at the end."""

from __future__ import annotations

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"blue": "5B9BD5", "green": "70AD47", "amber": "FFC000", "red": "FF0000"}
THEMES = {
    ("1", "Teaching"): [
        act("1.1", "Observe every teacher of maths twice and give feedback within a week", "Head of Maths", "Dec 2021", "2021-12", "green", "22 of 26 seen once", assurance="52 observations recorded", how="Four observers, freed one day a week", why="Results fell in 2021"),
        act("1.2", "Share one bank of lesson plans", "Quality Manager", "Feb 2022", "2022-02", "amber", None, assurance="All units have a plan", how="Development days", why="Staff asked for it"),
        act("1.3", "Let learners rate each unit", "Student Voice Officer", "Mar 2022", "2022-03", "blue", "81% response", assurance="Response above 60%", how="Form in the app", why="Learner voice was weak"),
    ],
    ("2", "Apprenticeships"): [
        act("2.1", "Review progress with each employer every ten weeks", "Head of Apprenticeships", "Jan 2022", "2022-01", "red", "Only 58% held", assurance="95% of reviews held", how="Six more assessors", why="Ofsted, May 2021"),
        act("2.2", "Check off-the-job hours monthly", "Data Manager", "Nov 2021", "2021-11", "blue", "Report live", assurance="Hours report", how="New system", why="Funding rule"),
    ],
}  # fmt: skip
WIDTHS = (32, 150, 110, 95, 85, 65, 90, 40, 100)


def build() -> bytes:
    pages = Pages("Marlfield College post-inspection action plan").head(
        "Marlfield College Post-Inspection Action Plan"
    )
    pages.line("Updated 29 October 2021")
    for (ref, title), actions in THEMES.items():
        pages.head(f"Area {ref}: {title}")
        rows: list[list[str | C]] = [
            ["No", "Specific", "Measurable", "Achievable", "Relevant", "Time-bound", "Responsible", "BRAG", "Impact to date"]
        ]  # fmt: skip
        rows += [
            [*cells(a, "ref", "action", "assurance", "how", "why", "due_text", "owner"), C(a["rag"].capitalize(), FILLS[a["rag"]]), a["progress"] or ""]
            for a in actions
        ]  # fmt: skip
        pages.table(rows, WIDTHS)
    pages.line("BRAG key")
    pages.table(
        [
            [C("Blue", FILLS["blue"]), "Complete and embedded"],
            [C("Green", FILLS["green"]), "On target"],
            [C("Amber", FILLS["amber"]), "Slipping"],
            [C("Red", FILLS["red"]), "Missed"],
        ],
        (60, 160),
        repeat=0,
    )
    return pages.data()


SAMPLE = Sample(
    "PIAP.pdf",
    build,
    gold(
        "Marlfield College Post-Inspection Action Plan",
        THEMES,
        [("Complete and embedded", "blue"), ("On target", "green"), ("Slipping", "amber"), ("Missed", "red")],
    ),
)
