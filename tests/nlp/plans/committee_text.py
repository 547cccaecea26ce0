"""A foundation's plan as text from a converter that keeps the layout, with lists in cells and the header on each page."""

from __future__ import annotations

import textwrap

from tests.nlp.plans.kit import Sample, act, cells, gold

WIDTHS = (7, 44, 26, 16, 10, 36)
ACTIONS = [
    act(
        "SI-1",
        "Share the findings of every serious incident with the family within ten days of the final report",
        "Patient Safety Manager",
        "30/09/2016",
        "2016-09-30",
        "green",
        "Done in all four cases since June",
    ),
    act(
        "SI-2",
        "Train twelve family liaison officers",
        "Head of Governance",
        "December 2016",
        "2016-12",
        "amber",
        "Five trained",
    ),
    act(
        "SI-3",
        "Ask an outside reviewer to sample ten investigations",
        "Medical Director",
        "January 2017",
        "2017-01",
        "red",
        "No reviewer has been found, two have said no",
    ),
    act(
        "SI-4",
        "Report themes to the Quality Committee each quarter",
        "Head of Governance",
        "Quarterly",
        None,
        "green",
        "First report went in July",
    ),
]


def _drawn(row: list[str]) -> list[str]:
    wrapped = [textwrap.wrap(text, width - 3) or [""] for text, width in zip(row, WIDTHS, strict=True)]
    height = max(map(len, wrapped))
    return [
        "".join(
            (cell[i] if i < len(cell) else "").ljust(width)
            for cell, width in zip(wrapped, WIDTHS, strict=True)
        ).rstrip()
        for i in range(height)
    ]


def build() -> bytes:
    head = _drawn(["Ref", "Action", "Lead", "By when", "RAG", "Progress"])
    out = [
        "          Penhallow Partnership Trust",
        "",
        "          Serious Incident Action Plan  -  August 2016",
        "",
        *head,
    ]
    for i, a in enumerate(ACTIONS):
        out += _drawn(cells(a, "ref", "action", "owner", "due_text", "rag", "progress"))
        if i == 1:
            out += ["", "                                        Page 1 of 2", "\f", *head]
    return "\n".join(out).encode()


SAMPLE = Sample("si plan.txt", build, gold("Serious Incident Action Plan", ACTIONS))
