"""A water company regulator's plan as PDF: themes merged down the first column, scores as ratings, totals at the end."""

from __future__ import annotations

from tests.nlp.plans.kit import UP, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

THEMES = {
    (None, "Leadership"): [
        act(
            "L1",
            "Publish the senior team's objectives",
            "Chief Executive",
            "Jan 2016",
            "2016-01",
            "4",
            "Published on 12 January",
        ),
        act(
            "L2",
            "Visit each site once a quarter",
            "Executive Team",
            "Quarterly",
            None,
            "3",
            "Nine of fourteen visited",
        ),
    ],
    (None, "Quality"): [
        act(
            "Q1",
            "Merge three incident forms into one",
            "Head of Quality",
            "Feb 2016",
            "2016-02",
            "2",
            "Form in test",
        ),
        act(
            "Q2",
            "Answer the coroner within 56 days",
            "Company Secretary",
            "7 March 2016",
            "2016-03-07",
            "1",
            None,
        ),
        act(
            "Q3",
            "Teach root cause analysis to 20 staff",
            "Head of Quality",
            "April 2016",
            "2016-04",
            "2",
            "Eight taught",
        ),
    ],
}


def build() -> bytes:
    pages = Pages("Board paper 7").head("Eskdale Care Group Turnaround Action Plan").line("February 2016")
    rows = [["Domain", "Ref", "Action", "Lead", "Timescale", "Score", "Comments"]]
    for (_, title), actions in THEMES.items():
        rows += [
            [UP if i else title, *cells(a, "ref", "action", "owner", "due_text", "rag", "progress")]
            for i, a in enumerate(actions)
        ]
    rows.append(["Total", "", "", "", "", "12", ""])
    pages.table(rows, [80, 30, 230, 110, 80, 40, 180])
    return pages.line("Score: 1 = not begun; 2 = begun; 3 = nearly done; 4 = done").data()


SAMPLE = Sample("turnaround.pdf", build, gold("Eskdale Care Group Turnaround Action Plan", THEMES))
