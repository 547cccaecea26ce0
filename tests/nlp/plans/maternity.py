"""A trust's answer to a national maternity review in Excel: actions merged over their sub-rows, theme merged, theme colours."""

from __future__ import annotations

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import UP, C, Sample, act, gold

FILLS = {"Compliant": "00B050", "Partially compliant": "FFC000", "Non-compliant": "FF0000"}
THEMES = {
    (None, "IEA 1: Workforce planning"): [
        act(
            "1.1",
            "Fund the establishment that the acuity tool asks for",
            "Chief Nurse",
            "30/09/2022",
            "2022-09-30",
            "compliant",
            "Business case approved by the Board in July.",
            assurance="Board minute",
        ),
        act(
            "1.2",
            "Report red flags to the Board each quarter",
            "Director of Midwifery",
            "31/07/2022",
            "2022-07-31",
            "compliant",
            "First report in June.",
            assurance="Board paper",
        ),
    ],
    (None, "IEA 2: Safe staffing"): [
        act(
            "2.1",
            "Have an escalation policy for medical staff",
            "Clinical Director",
            "31/10/2022",
            "2022-10-31",
            "partially compliant",
            "Policy in draft.",
            assurance="Policy",
        ),
        act(
            "2.2",
            "Give newly qualified midwives a year in hospital first",
            "Director of Midwifery",
            "TBC",
            None,
            "non-compliant",
            None,
            assurance="Rotation plan",
        ),
    ],
}


def build() -> bytes:
    book = Excel()
    rows: list[list[object]] = [["Immediate and Essential Actions - gap analysis and action plan"], [],
        ["Immediate and essential action", "Ref", "What are we going to do?", "Who?", "When?", "How will we evidence it?", "Compliance", "Where are we now?"]]  # fmt: skip
    for (_, title), actions in THEMES.items():
        for i, a in enumerate(actions):
            label = a["rag"].capitalize()
            rows.append(
                [
                    UP if i else title,
                    a["ref"],
                    a["action"],
                    a["owner"],
                    a["due_text"],
                    a["assurance"],
                    C(label, FILLS[label]),
                    a["progress"],
                ]
            )
    book.sheet("IEA", rows)
    return book.data()


SAMPLE = Sample(
    "Maternity IEA.xlsx",
    build,
    gold("Immediate and Essential Actions - gap analysis and action plan", THEMES),
)
