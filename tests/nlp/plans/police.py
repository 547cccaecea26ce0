"""A police force's plan in Word: causes of concern as headings, coloured paragraphs as the key, delivery confidence, three dates."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000"}
KEY = {
    "Successful delivery is highly likely": "green",
    "Delivery is feasible, issues need attention": "amber",
    "Delivery is in doubt": "red",
}
THEMES = {
    (None, "Cause of concern: crime recording"): [
        act(
            "CoC1.1",
            "Review all unrecorded rape reports from the last twelve months",
            "ACC Crime",
            "31 May 2023",
            "2023-05-31",
            "amber",
            "610 of 904 reviewed.",
            revised="31 July 2023",
            revised_when="2023-07-31",
            operational_lead="Force Crime Registrar",
            committee="Crime Data Board",
        ),
        act(
            "CoC1.2",
            "Give the registrar's team two more auditors",
            "Director of People",
            "30 April 2023",
            "2023-04-30",
            "green",
            "Both start on 2 May.",
            operational_lead="HR Lead",
            committee="Crime Data Board",
        ),
    ],
    (None, "Area for improvement: custody"): [
        act(
            "AFI3.1",
            "Record the reason for every strip search",
            "ACC Local Policing",
            "28 February 2023",
            "2023-02-28",
            "red",
            "Only 64% have a reason recorded.",
            revised="30 June 2023",
            revised_when="2023-06-30",
            operational_lead="Head of Custody",
            committee="Custody Scrutiny Panel",
        ),
    ],
}


def build() -> bytes:
    word = (
        Word()
        .head("Estmark Police: PEEL Improvement Plan", 0)
        .line("Status as at 14 April 2023")
        .line("Delivery confidence key")
    )
    for label, colour in KEY.items():
        word.line(f"{colour.capitalize()} – {label}")
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), FILLS[colour])
        word.document.paragraphs[-1]._p.get_or_add_pPr().append(shading)
    for (_, title), actions in THEMES.items():
        word.head(title, 2).line(
            "His Majesty's inspectors reported in December 2022 that the force needs to improve. The work below answers each of their points."
        )
        rows = [
            [
                "Unique ref",
                "Activity",
                "Chief officer lead",
                "Delivery lead",
                "Baseline end date",
                "Forecast end date",
                "Delivery confidence",
                "Governance",
                "Narrative",
            ]
        ]
        for a in actions:
            rows.append(
                [
                    *cells(a, "ref", "action", "owner", "operational_lead", "due_text", "revised_text"),
                    C(a["rag"].capitalize(), FILLS[a["rag"]]),
                    a["committee"],
                    a["progress"],
                ]
            )
        word.table(rows)
    return word.data()


SAMPLE = Sample("PEEL plan.docx", build, gold("Estmark Police: PEEL Improvement Plan", THEMES, KEY.items()))
