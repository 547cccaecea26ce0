"""A choir's plan pasted from an e-mail: bullets, each with who, when and how far behind dashes."""

from __future__ import annotations

from tests.nlp.plans.kit import Sample, act, gold

THEMES = {
    (None, "Singers"): [
        act(None, "Hold two open rehearsals", "Choir Manager", "30 September 2025", "2025-09-30", "green", None),
        act(None, "Buy thirty folders for new members", "Treasurer", "October 2025", "2025-10", "amber", None),
    ],
    (None, "Concerts"): [
        act(None, "Book the town hall for the spring", "Secretary", "15 November 2025", "2025-11-15", "red", None),
    ],
}  # fmt: skip


def build() -> bytes:
    out = ["Wold Valley Choir improvement plan", "1 September 2025", ""]
    for (_, title), actions in THEMES.items():
        out += [f"Theme: {title}", ""]
        for a in actions:
            out += [
                f"\u2022 {a['action']} \u2013 Lead: {a['owner']} \u2013 Due: {a['due_text']} \u2013 RAG: {a['rag'].capitalize()}",
                "",
            ]
    return "\n".join(out).encode()


SAMPLE = Sample("choir.txt", build, gold("Wold Valley Choir improvement plan", THEMES))
