"""A hospital's plan as PDF: bands that go on over the page, letters among words as ratings, a key in coloured boxes."""

from __future__ import annotations

from tests.nlp.plans.kit import LEFT, C, Sample, act, cells, gold
from tests.nlp.plans.pages import Pages

FILLS = {"blue": "00B0F0", "green": "00B050", "amber": "FFC000", "red": "FF0000"}
SCALE = {"blue": "Done", "green": "On schedule", "amber": "In doubt", "red": "Late"}
THEMES = {
    (None, "MUST DO: Day surgery"): [
        act("M1", "Count swabs aloud and write the count on the board", "Theatre Manager", "31/05/2024", "2024-05-31", "green", "Audited weekly, 98%"),
        act("M2", "Lock the drug trolley when it is not attended", "Ward Manager", "30/04/2024", "2024-04-30", "a", "Two of nine checks failed"),
        act("M3", "Replace the worn couch in room 4", "Estates Lead", "30/06/2024", "2024-06-30", "green", "Couch ordered"),
    ],
    (None, "SHOULD DO: Outpatients"): [
        act("S1", "Show the waiting time on a screen", "Outpatient Manager", "31/07/2024", "2024-07-31", "red", "Screen is late"),
        act("S2", "Offer a chaperone to every patient", "Matron", "31/05/2024", "2024-05-31", "amber", "Posters up; staff not trained"),
    ],
}  # fmt: skip
WIDTHS = (40, 220, 110, 80, 60, 200)
HEADER = ["Ref", "Action", "Lead", "Due date", "RAG", "Progress"]


def build() -> bytes:
    pages = Pages("Crossfell Hospital").head("Crossfell Hospital Improvement Plan").line("1 May 2024")
    pages.line("Key to RAG:")
    pages.table(
        [[C(f"{c.capitalize()}: {label}", FILLS[c]) for c, label in SCALE.items()]], (120,) * 4, repeat=0
    )
    (_, musts), (_, shoulds) = THEMES
    first, second = THEMES.values()
    bands = [(musts, first[:2]), (f"{musts} (continued)", first[2:]), (shoulds, second)]
    for band, actions in bands:
        pages.table([HEADER, [band, *[LEFT] * 5], *map(_row, actions)], WIDTHS)
    return pages.data()


def _row(a: dict[str, str]) -> list[str | C]:
    ref, action, owner, due, rag, progress = cells(a, "ref", "action", "owner", "due_text", "rag", "progress")
    colour = "amber" if rag == "a" else rag
    return [ref, action, owner, due, C(rag.capitalize(), FILLS[colour]), progress]


SAMPLE = Sample(
    "crossfell.pdf",
    build,
    gold("Crossfell Hospital Improvement Plan", THEMES, [(label, colour) for colour, label in SCALE.items()]),
)
