"""A data team's plan as notes with marks: headings by #, tables with bars, stars around words."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, cells, gold

THEMES = {
    ("1", "Collect"): [
        act("1.1", "Publish a list of all forms that hold personal data", "Data Protection Officer", "30 Nov 2023", "2023-11-30", "complete", "List of **61** forms published"),
        act("1.2", "Stop asking for a date of birth where an age will do", "Forms Lead", "31 Jan 2024", "2024-01-31", "on track", "22 forms changed"),
    ],
    ("2", "Keep"): [
        act("2.1", "Delete leavers' mailboxes after 90 days", "Head of IT", "Dec 2023", "2023-12", "overdue", "Legal hold on four mailboxes"),
    ],
}  # fmt: skip


def build() -> bytes:
    out = ["# Records Improvement Plan", "", "_Updated 4 January 2024_", ""]
    for (ref, title), actions in THEMES.items():
        out += [
            f"## Theme {ref}: {title}",
            "",
            "| Ref | Action | Owner | Due | Status | Notes |",
            "|---|---|---|---|---|---|",
        ]
        for a in actions:
            ref_, *rest = cells(a, "ref", "action", "owner", "due_text", "rag", "progress")
            out.append(f"| **{ref_}** | {' | '.join(rest)} |")
        out.append("")
    return "\n".join(out).encode()


_PLAIN = {
    key: [a | {"progress": a["progress"].replace("*", "")} for a in rows] for key, rows in THEMES.items()
}
SAMPLE = Sample("records plan.txt", build, gold("Records Improvement Plan", _PLAIN))
