"""A board of a work-management program as CSV: sections, assignee addresses, tags, parent tasks, a custom RAG field."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold, separated

THEMES = {
    (None, "Discharge"): [
        act("120458801", "Hold a board round on every ward before ten", "Ines Quarshie", "2025-02-28", "2025-02-28", "on track", "14 of 17 wards hold one.\nStroke unit from Monday."),
        act("120458802", "Agree one discharge summary with the GPs", "Tom Ferriday", "2025-04-11", "2025-04-11", "at risk", "LMC wants medicines listed first."),
    ],
    (None, "Front door"): [
        act("120458911", "Open the frailty chair area, six places", "Ines Quarshie", "2025-05-30", "2025-05-30", "off track", None),
        act("120458913", "Move minor injuries to the old fracture clinic", None, None, None, None, None),
    ],
}  # fmt: skip


def build() -> bytes:
    rows = [
        ["Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee", "Assignee Email",
         "Start Date", "Due Date", "Tags", "Notes", "Projects", "Parent task", "% Complete", "RAG"],
    ]  # fmt: skip
    for (_, title), actions in THEMES.items():
        for a in actions:
            mail = f"{(a['owner'] or '').lower().replace(' ', '.')}@fellfoot.example" if a["owner"] else ""
            rows.append(
                [a["ref"], "2024-11-04", "", "2025-02-10", a["action"], title, a["owner"] or "", mail, "",
                 a["due_text"] or "", "flow,winter", a["progress"] or "", "Flow improvement plan", "", "50%", (a["rag"] or "").title()]
            )  # fmt: skip
    return separated(rows, encoding="utf-8-sig")


SAMPLE = Sample("Flow_improvement_plan.csv", build, gold("Flow_improvement_plan", THEMES))
