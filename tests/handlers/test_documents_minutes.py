"""The decision log of a meeting."""

from __future__ import annotations

from handlers.documents.minutes import DecisionLine, Minutes, minutes_docx, minutes_text
from nlp.documents.blocks import Paragraph, Table
from nlp.documents.docx import read_docx

LOG = Minutes(
    "Mereford recovery plan: decisions",
    "12 March 2024",
    [
        DecisionLine("1.10", "Open the step-down ward", "agreed as Green", "PMO, 13 March"),
        DecisionLine("#18", "Agree the rota", "deferred to April"),
    ],
    ["Not quorate: recommended until ratified"],
)


def test_the_text_has_a_line_a_decision() -> None:
    assert minutes_text(LOG).splitlines()[2:] == [
        "Not quorate: recommended until ratified",
        "",
        "1.10 Open the step-down ward: agreed as Green (PMO, 13 March)",
        "#18 Agree the rota: deferred to April",
    ]


def test_the_document_has_a_row_a_decision() -> None:
    blocks = read_docx(minutes_docx(LOG))
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [
        ["1.10", "Open the step-down ward", "agreed as Green", "PMO, 13 March"],
        ["#18", "Agree the rota", "deferred to April", ""],
    ]


def test_no_decision_is_said() -> None:
    empty = Minutes("Decisions", "12 March 2024", [])
    assert "No decisions were recorded." in minutes_text(empty)
    assert "No decisions were recorded." in [
        b.text for b in read_docx(minutes_docx(empty)) if isinstance(b, Paragraph)
    ]
