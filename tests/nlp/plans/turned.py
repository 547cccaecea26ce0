"""An ambulance charity's sheet lying on its side: a row a field, a column an action, the BRAG key under it."""

from __future__ import annotations

from datetime import date

from tests.nlp.plans.excel import Excel
from tests.nlp.plans.kit import C, Sample, act, gold

FILLS = {"blue": "0070C0", "green": "00B050", "amber": "FFC000", "red": "FF0000"}
ACTIONS = [
    act("A1", "Fit tail lifts to the four oldest vehicles", "Fleet Officer", "31/03/2023", "2023-03-31", "green", "Three fitted.", assurance="Invoice and photo"),
    act("A2", "Renew first aid certificates", "Training Officer", "28/02/2023", "2023-02-28", "blue", "All 62 renewed.", assurance="Register"),
    act("A3", "Insure volunteers who drive their own cars", "Treasurer", "30/04/2023", "2023-04-30", "red", "No insurer found so far.", assurance="Policy"),
    act("A4", "Write to donors twice a year", "Chair of Trustees", "30/06/2023", "2023-06-30", "amber", None, assurance="Mailing list"),
    act("A5", "Test the radios before each event", "Event Lead", "31/01/2023", "2023-01-31", "blue", "Test sheet in use.", assurance="Test sheets"),
]  # fmt: skip


def build() -> bytes:
    fields = {
        "Ref": [a["ref"] for a in ACTIONS],
        "Action": [a["action"] for a in ACTIONS],
        "Owner": [a["owner"] for a in ACTIONS],
        "Target date": [date.fromisoformat(a["due"]["end"]) for a in ACTIONS],
        "BRAG": [C(a["rag"][0].upper(), FILLS[a["rag"]]) for a in ACTIONS],
        "Evidence of completion": [a["assurance"] for a in ACTIONS],
        "Update January 2023": [a["progress"] for a in ACTIONS],
    }
    rows: list[list[object]] = [["Beacon Event Medics improvement plan"], ["January 2023"], []]
    rows += [[name, *values] for name, values in fields.items()]
    rows += [[], ["BRAG key"]]
    rows += [
        [C("B", FILLS["blue"]), "Completed"],
        [C("G", FILLS["green"]), "On track"],
        [C("A", FILLS["amber"]), "Some delay"],
        [C("R", FILLS["red"]), "Serious delay"],
    ]
    book = Excel()
    sheet = book.sheet("Plan", rows)
    for cell in sheet[7]:
        cell.number_format = "dd/mm/yyyy"
    return book.data()


_LETTERS = [a | {"rag": a["rag"][0]} for a in ACTIONS]
SAMPLE = Sample(
    "beacon.xlsx",
    build,
    gold(
        "Beacon Event Medics improvement plan",
        _LETTERS,
        [("Completed", "blue"), ("On track", "green"), ("Some delay", "amber"), ("Serious delay", "red")],
    ),
)
