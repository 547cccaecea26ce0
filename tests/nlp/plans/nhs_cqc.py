"""A hospital trust's CQC plan in Word: a table a core service, two-row headers, shaded cells without words."""

from __future__ import annotations

from typing import Any

from tests.nlp.plans.kit import LEFT, UP, C, Sample, act, gold
from tests.nlp.plans.word import Word

FILLS = {"Completed and evidenced": "0070C0", "On track to deliver": "92D050", "Slipping but recoverable": "FFC000",
         "Overdue": "FF0000"}  # fmt: skip
COLOURS = ("blue", "green", "amber", "red")
THEMES = {
    (None, "Urgent and Emergency Care"): [
        act("MD1", "Introduce a streaming nurse at the front door between 08:00 and midnight.\n* Recruit four band 6 nurses\n* Agree the streaming protocol",
            "Divisional Director of Nursing, Medicine", "31 March 2023", "2023-03-31", "Slipping but recoverable",
            "Two of four nurses in post; the protocol was ratified on 12 January.", issue="Patients waited too long to be triaged.", strength="Must", operational_lead="Matron, ED",
            assurance="Daily triage report", committee="Quality Committee"),
        act("MD2", "Audit sepsis screening every week and feed back to each shift lead.", "Clinical Lead for Sepsis", "30 April 2023", "2023-04-30", "On track to deliver",
            "Audits run since February; 86% screened within the hour.", issue="Sepsis screening was not always recorded.", strength="Must", operational_lead="Sepsis Nurse",
            assurance="Weekly audit of 20 notes", committee="Quality Committee"),
        act("SD1", "Repaint and re-sign the children's waiting area.", "Head of Estates", "28 February 2023", "2023-02-28", "Completed and evidenced",
            "Work signed off by the matron.", issue="The children's waiting area was not separated from adults.", strength="Should", operational_lead="Estates Officer",
            assurance="Photographs on file", committee="Estates Group"),
    ],
    (None, "Maternity"): [
        act("MD3", "Check resuscitation trolleys daily and keep the record for six months.", "Head of Midwifery", "31 January 2023", "2023-01-31", "Overdue",
            "Checks missed on nine days in January.", issue="Trolleys had not been checked.", strength="Must", operational_lead="Labour Ward Manager",
            assurance="Monthly spot check", committee="Quality Committee"),
        act("SD2", "Offer every woman a named midwife by 16 weeks.\n* Review caseloads\n* Fill two vacancies", "Head of Midwifery", "Q1 2023/24", "2023-04..2023-06", "On track to deliver",
            None, issue="Continuity of carer was below plan.", strength="Should", operational_lead="Community Midwifery Lead",
            assurance="Booking audit", committee="Quality Committee"),
    ],
}  # fmt: skip


def _rows(actions: list[dict[str, str]]) -> list[list[Any]]:
    top = [
        "Ref",
        "CQC finding",
        "Must/Should do",
        "Action",
        LEFT,
        LEFT,
        "Measure of success",
        "Reporting to",
        "Due date",
        "RAG",
        "Progress update",
    ]
    under = [UP, UP, UP, "Action to be taken", "Executive lead", "Operational lead", UP, UP, UP, UP, UP]
    body = [
        [a["ref"], a["issue"], a["strength"], a["action"], a["owner"], a["operational_lead"], a["assurance"], a["committee"],
         a["due_text"], C("", FILLS[a["rag"]]), a["progress"] or ""]
        for a in actions
    ]  # fmt: skip
    return [top, under, *body]


def build() -> bytes:
    word = (
        Word()
        .head("Northmere Hospitals NHS Foundation Trust", 0)
        .line("CQC Improvement Plan")
        .line("Version 3.2, 14 February 2023")
    )
    word.table(
        [
            ["Version", "Date", "Author", "Changes"],
            ["3.0", "04/01/2023", "PMO", "First full draft"],
            ["3.2", "14/02/2023", "PMO", "Updated after Quality Committee"],
        ]
    )
    word.head("Contents").line("1. Introduction\t2").line("2. Urgent and Emergency Care\t3").line(
        "3. Maternity\t5"
    )
    word.head("Introduction").line(
        "The Care Quality Commission inspected two core services in October 2022 and published its report in December 2022. This plan sets out what we will do."
    )
    word.line("RAG key")
    word.table([[C("", fill), label] for label, fill in FILLS.items()])
    for (_, title), actions in THEMES.items():
        word.head(title, 2).table(_rows(actions))
    word.head("Sign off").table(
        [
            ["Name", "Role", "Signature", "Date"],
            ["A. Okafor", "Chief Nurse", "", ""],
            ["T. Reyes", "Medical Director", "", ""],
        ]
    )
    word.table([["Total actions", "Blue", "Green", "Amber", "Red"], ["5", "1", "2", "1", "1"]])
    return word.data()


def _gold() -> dict[str, object]:
    # shading alone: the colour's plain name or the key's label for it
    named = dict(zip(FILLS, COLOURS, strict=True))
    themes = {
        k: [a | {"rag": named[a["rag"]], "rag_alt": [a["rag"].lower()]} for a in v] for k, v in THEMES.items()
    }
    return gold(
        "Northmere Hospitals NHS Foundation Trust CQC Improvement Plan",
        themes,
        zip(FILLS, COLOURS, strict=True),
    )


SAMPLE = Sample("Northmere CQC plan v3.2.docx", build, _gold())
