"""Text laid out with spaces, as a PDF comes out of a converter that keeps the layout."""

from __future__ import annotations

import textwrap

from tests.nlp.plans.kit import Sample, act, cells, gold

WIDTHS = (6, 40, 22, 14, 8, 34)
THEMES = {
    ("1", "Waiting well"): [
        act(
            "1.1",
            "Write to everybody who has waited more than a year, and offer a call",
            "Patient Access Manager",
            "31 May 2023",
            "2023-05-31",
            "green",
            "Letters to 1,900 people",
        ),
        act(
            "1.2",
            "Open a helpline on weekdays",
            "Head of Contact Centre",
            "June 2023",
            "2023-06",
            "amber",
            "Two of five staff hired; the line opens part-time at first",
        ),
    ],
    ("2", "Theatres"): [
        act(
            "2.1",
            "Start the first case by half past eight",
            "Theatre Manager",
            "July 2023",
            "2023-07",
            "red",
            "Late starts in 44% of lists",
        )
    ],
}


def _drawn(row: list[str]) -> list[str]:
    wrapped = [textwrap.wrap(text, width - 2) or [""] for text, width in zip(row, WIDTHS, strict=True)]
    height = max(map(len, wrapped))
    lines = (
        "".join(
            (cell[i] if i < len(cell) else "").ljust(width)
            for cell, width in zip(wrapped, WIDTHS, strict=True)
        )
        for i in range(height)
    )
    return [*(line.rstrip() for line in lines), ""]


def build() -> bytes:
    out = ["Elective Recovery Action Plan", "", "Position at 5 May 2023", ""]
    for (ref, title), actions in THEMES.items():
        out += [
            f"Workstream {ref}: {title}",
            "",
            *_drawn(["Ref", "Action", "Owner", "Due", "RAG", "Progress"]),
        ]
        for a in actions:
            out += _drawn(cells(a, "ref", "action", "owner", "due_text", "rag", "progress"))
    return "\n".join(out).encode()


SAMPLE = Sample("elective.txt", build, gold("Elective Recovery Action Plan", THEMES))
