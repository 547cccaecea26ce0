"""An ambulance service's workbook: guidance and lists, a sheet a theme, true dates, colours by rule, totals."""

from __future__ import annotations

from datetime import date
from typing import Any

from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import LEFT, Sample, act, gold

THEMES = {
    (None, "Response times"): [
        act("RT1", "Open a clinical hub for category 3 calls in both control rooms", "Director of Operations", "Jun-24", "2024-06", "on track", "Rota agreed with staff side.", operational_lead="Head of EOC", assurance="Hear and treat above 15%"),
        act("RT2", "Roll out rest break pools at the six busiest stations", "Director of Operations", "Mar-24", "2024-03", "complete", "All six live from 4 March.", operational_lead="Area Manager North", assurance="Late finishes down by a third"),
        act("RT3", "Agree a handover escalation protocol with each acute trust", "Chief Operating Officer", "Feb-24", "2024-02", "overdue", "Three of five signed.", revised="May-24", revised_when="2024-05", operational_lead="Hospital Liaison Lead", assurance="No handover over 60 minutes"),
    ],
    (None, "Culture and speaking up"): [
        act("CU1", "Appoint a full-time Freedom to Speak Up Guardian", "Chief Executive", "Apr-24", "2024-04", "complete", "In post.", operational_lead="HR Business Partner", assurance="Board report each quarter"),
        act("CU2", "Run sexual safety training for all managers", "Director of People", "Dec-24", "2024-12", "on track", "112 of 240 managers trained.", operational_lead="Head of OD", assurance="95% trained"),
    ],
}  # fmt: skip
HEAD = [
    "Ref",
    "Action",
    "SRO",
    "Delivery lead",
    "Original completion date",
    "Revised completion date",
    "Success measure",
    "Status",
    "% complete",
    "Internal notes",
    "Latest update",
]


def _value(when: dict[str, str] | None) -> date | None:
    return date.fromisoformat(when["end"]) if when else None


def build() -> bytes:
    book = Excel()
    book.sheet(
        "README",
        [
            ["How to use this tracker"],
            ["Update the yellow columns by noon on the last Friday of each month."],
            ["Do not insert columns."],
        ],
    )
    for (_, title), actions in THEMES.items():
        rows: list[list[Any]] = [
            [f"Fenway Ambulance Service NHS Trust: improvement plan - {title}", *[LEFT] * 10],
            [],
            list(HEAD),
        ]
        for a in actions:
            rows.append(
                [
                    a["ref"],
                    a["action"],
                    a["owner"],
                    a["operational_lead"],
                    _value(a["due"]),
                    _value(a["revised"]),
                    a["assurance"],
                    a["rag"].title(),
                    0.5,
                    "do not share",
                    a["progress"],
                ]
            )
        rows.append(["Total actions", len(actions), None, None, None, None, None, None, None, None, None])
        sheet = book.sheet(title, rows, {"E": "mmm-yy", "F": "mmm-yy", "I": "0%"})
        sheet.column_dimensions["J"].hidden = True
        sheet.row_dimensions[5].hidden = True
        sheet.freeze_panes = "C4"
        sheet.auto_filter.ref = f"A3:K{3 + len(actions)}"
        sheet["B4"].comment = Comment("Chase at next huddle", "PMO")
        for word, fill in (("Complete", "0070C0"), ("On Track", "92D050"), ("Overdue", "FF0000")):
            sheet.conditional_formatting.add(
                "H4:H20", CellIsRule(operator="equal", formula=[f'"{word}"'], fill=PatternFill(bgColor=fill))
            )
    book.sheet("Lists", [["Status"], ["Complete"], ["On Track"], ["At Risk"], ["Overdue"]])
    return book.data()


SAMPLE = Sample(
    "Improvement tracker.xlsx", build, gold("Fenway Ambulance Service NHS Trust: improvement plan", THEMES)
)
