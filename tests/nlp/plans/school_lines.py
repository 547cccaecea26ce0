"""A school federation's plan, a Word table saved as text: a cell a line, each behind a tab."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

THEMES = {
    (None, "Quality of education"): [
        act(
            "1",
            "Map the history curriculum from Year 1 to Year 6",
            "Humanities lead",
            "Autumn 2022",
            "2022-09..2022-11",
            None,
            "Maps for Years 1 to 4 agreed",
            assurance="Books show what was planned",
        ),
        act(
            "2",
            "Train all teaching assistants in phonics",
            "Reading lead",
            "31 October 2022",
            "2022-10-31",
            None,
            "Eight of eleven trained",
            assurance="Half-termly checks",
        ),
        act(
            "3",
            "Visit every classroom each fortnight",
            "Headteacher",
            "Ongoing",
            None,
            None,
            None,
            assurance="Visit notes",
        ),
    ],
    (None, "Leadership and governance"): [
        act(
            "4",
            "Fill two governor vacancies",
            "Chair of governors",
            "December 2022",
            "2022-12",
            None,
            "One appointed in September",
            assurance="Skills audit complete",
        ),
        act(
            "5",
            "Review the website against the statutory list",
            "School business manager",
            "30 September 2022",
            "2022-09-30",
            None,
            "Done",
            assurance="Checklist signed by the clerk",
        ),
    ],
}


def build() -> bytes:
    out = ["Two Rivers School Federation", "Post-Ofsted Action Plan", "September 2022", ""]
    for header in ("No", "Action", "Who is responsible", "By when", "How will we know?", "Progress"):
        out.append(f"\t{header}")
    out.append("")
    for (_, title), actions in THEMES.items():
        out += [f"\t{title}", ""]
        for a in actions:
            out += [
                f"\t{a[key] or ''}" for key in ("ref", "action", "owner", "due_text", "assurance", "progress")
            ]
            out.append("")
    return "\r\n".join(out).encode("cp1252")


SAMPLE = Sample("federation.txt", build, gold("Two Rivers School Federation Post-Ofsted Action Plan", THEMES))
