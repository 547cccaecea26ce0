"""Text pasted out of Word: tabs between cells, mark-up in them, headings above each table, a timetable."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

THEMES = {
    ("1", "RECRUITMENT AND RETENTION"): [
        act(
            "1.1",
            "Set up a workforce academy with the two colleges",
            "AD Workforce",
            "Mar-19",
            "2019-03",
            "green",
            "Prospectus published. 40 places.",
            assurance="40 apprentices start in the first year",
        ),
        act(
            "1.2",
            "Agree one set of agency rates",
            "CFO, Trust CFO, Council",
            "Dec 18",
            "2018-12",
            "amber",
            "Six of eight agencies signed.",
            assurance="Spend down by 10%",
        ),
    ],
    ("2", "DISCHARGE AND FLOW"): [
        act(
            "2.1",
            "Put a discharge co-ordinator on each ward & publish a daily list",
            "Head of Flow",
            "30/11/18",
            "2018-11-30",
            "red",
            "Four wards only.",
            assurance="Delays under 3.5%",
        ),
        act(
            "2.2",
            "Commission 20 step-down beds",
            "Commissioning Manager",
            "From Jan 19",
            "2019-01",
            None,
            None,
            assurance="Occupancy 90%",
        ),
    ],
}
TEXT = """MIDMARSH HEALTH AND CARE SYSTEM
IMPROVEMENT PLAN
Version 7 – 12 December 2018

RAG KEY:
Blue – complete
Green – on target
Amber – at risk with mitigation
Red – off target

REPORTING TIMELINE
Process\tDate
Updates to PMO\t3 January 2019
System Board\t9 January 2019
Scrutiny Committee\tTBC

Theme 1: RECRUITMENT AND RETENTION
Lead: Midmarsh Hospitals NHS Trust
Ref\tAction\tLead\tTimescale\tAssurance\tProgress\tRAG
1.1\t<p>Set up a workforce academy with the two&nbsp;colleges</p>\tAD Workforce\tMar-19\t<ul>40 apprentices start in the first year</ul>\t<p>Prospectus published.</p><p>40 places.</p>\tGreen
1.2\tAgree one set of agency rates\tCFO, Trust<br/>CFO, Council\tDec 18\tSpend down by 10%\tSix of eight agencies signed.\tAmber

Theme 2: DISCHARGE AND FLOW
Lead: Midmarsh Council
Ref\tAction\tLead\tTimescale\tAssurance\tProgress\tRAG
2.1\tPut a discharge co-ordinator on each ward &amp; publish a daily list\tHead of Flow\t30/11/18\tDelays under 3.5%\tFour wards only.\tRed
2.2\tCommission 20 step-down beds\tCommissioning Manager\tFrom Jan 19\tOccupancy 90%\t\t
"""


def build() -> bytes:
    return TEXT.encode()


SAMPLE = Sample(
    "midmarsh.txt", build,
    gold("MIDMARSH HEALTH AND CARE SYSTEM IMPROVEMENT PLAN", THEMES,
         [("complete", "blue"), ("on target", "green"), ("at risk with mitigation", "amber"), ("off target", "red")],
         [("Updates to PMO", "2019-01-03"), ("System Board", "2019-01-09"), ("Scrutiny Committee", None)]),
)  # fmt: skip
