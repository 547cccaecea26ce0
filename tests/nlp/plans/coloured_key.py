"""A regulator's follow-up plan in Word: the key is coloured lines without the names of colours, and stands in the page header too."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.nlp.plans.kit import C, Sample, act, cells, gold
from tests.nlp.plans.word import Word

KEY = {
    "Action closed with evidence": "00B0F0",
    "Action progressing to plan": "92D050",
    "Action delayed, recovery agreed": "FFC000",
    "Action not achieved": "FF0000",
}
COLOURS = ("blue", "green", "amber", "red")
THEMES = {
    ("1", "Leadership"): [
        act(
            "1.1",
            "Appoint a substantive chief executive",
            "Chair",
            "30.9.23",
            "2023-09-30",
            "blue",
            "In post since 4 September.",
            core_service="Trust-wide",
            regulation="Regulation 17",
            assurance="Board minute",
            committee="Remuneration Committee",
        ),
        act(
            "1.2",
            "Rewrite the risk register so that each risk has an owner",
            "Company Secretary",
            "31.10.23",
            "2023-10-31",
            "amber",
            "Estates and digital risks outstanding.",
            core_service="Trust-wide",
            regulation="Regulation 17",
            assurance="Internal audit",
            committee="Audit Committee",
        ),
    ],
    ("2", "Wards for older people"): [
        act(
            "2.1",
            "Weigh every patient on admission and weekly",
            "Matron",
            "31.8.23",
            "2023-08-31",
            "red",
            "61% in August.",
            core_service="Older people",
            regulation="Regulation 14",
            assurance="Weekly audit",
            committee="Quality Committee",
        ),
        act(
            "2.2",
            "Replace worn flooring in the day room",
            "Estates Manager",
            "30.11.23",
            "2023-11-30",
            "green",
            None,
            core_service="Older people",
            regulation="Regulation 15",
            assurance="Handover form",
            committee="Estates Group",
        ),
    ],
}


def build() -> bytes:
    word = (
        Word()
        .head("Pennard Partnership Trust - Warning Notice Response", 0)
        .line("Last updated 2 October 2023")
        .line("Key to status colours")
    )
    for label, fill in KEY.items():
        word.line(label)
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), fill)
        word.document.paragraphs[-1]._p.get_or_add_pPr().append(shading)
    fills = dict(zip(COLOURS, KEY.values(), strict=True))
    for (ref, title), actions in THEMES.items():
        word.head(f"{ref}. {title}", 2)
        rows: list[list[str | C]] = [
            [
                "Ref",
                "Core service",
                "Reg.",
                "Action we will take",
                "Accountable",
                "Complete by",
                "Status",
                "Position",
                "Evidence of completion",
                "Monitored by",
            ]
        ]
        for a in actions:
            rows.append(
                [
                    *cells(a, "ref", "core_service", "regulation", "action", "owner", "due_text"),
                    C("", fills[a["rag"]]),
                    *cells(a, "progress", "assurance", "committee"),
                ]
            )
        word.table(rows)
    return word.data()


def _gold() -> dict[str, object]:
    labels = dict(zip(COLOURS, KEY, strict=True))
    themes = {
        key: [a | {"rag_alt": [labels[a["rag"]].lower()]} for a in rows] for key, rows in THEMES.items()
    }
    return gold("Pennard Partnership Trust - Warning Notice Response", themes, zip(KEY, COLOURS, strict=True))


SAMPLE = Sample("warning notice.docx", build, _gold())
