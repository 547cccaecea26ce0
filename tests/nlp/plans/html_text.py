"""A page saved as text with all its mark-up: the table is HTML."""

from __future__ import annotations

from html import escape

from tests.nlp.plans.kit import Sample, act, cells, gold

THEMES = {
    (None, "Homes"): [
        act(
            "A1",
            "Inspect lifts & stairwells every week",
            "Estate Manager",
            "30 June 2024",
            "2024-06-30",
            "on track",
            "Weekly since 6 May",
        ),
        act(
            "A2",
            "Fit sprinklers in Aspen House",
            "Building Safety Lead",
            "31 March 2025",
            "2025-03-31",
            "delayed",
            "Contract <£1m let; start in October",
        ),
    ],
    (None, "Residents"): [
        act(
            "B1",
            "Hold a residents' meeting in each block",
            "Engagement Officer",
            "Quarterly",
            None,
            "on track",
            None,
        )
    ],
}


def build() -> bytes:
    out = [
        "<h1>Building safety action plan</h1>",
        "<p>Updated 3 June 2024</p>",
        "<table>",
        "<tr><th>Ref</th><th>Action</th><th>Owner</th><th>Due date</th><th>Status</th><th>Progress</th></tr>",
    ]
    for (_, title), actions in THEMES.items():
        out.append(f'<tr><td colspan="6"><b>{title}</b></td></tr>')
        for a in actions:
            row = cells(a, "ref", "action", "owner", "due_text", "rag", "progress")
            row[4] = row[4].capitalize()
            out.append("<tr>" + "".join(f"\n  <td>{escape(text)}</td>" for text in row) + "\n</tr>")
    return "\n".join([*out, "</table>"]).encode()


SAMPLE = Sample("building safety.txt", build, gold("Building safety action plan", THEMES))
