"""A made-up plan of any size as an Excel workbook: python -m tests.bench.generate_plan 5000 plan.xlsx"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import PatternFill

__all__ = ["generate_plan"]

_HEADERS = (
    "Ref", "Issue identified", "Action", "Owner", "Operational lead", "Month due", "Revised date",
    "Description of assurance", "Progress", "RAG",
)  # fmt: skip
_FILLS = {"Green": "00B050", "Amber": "FFC000", "Red": "FF0000", "Blue": "0070C0"}
_VERBS = ("Review", "Open", "Recruit to", "Redesign", "Audit", "Agree", "Publish", "Train staff in")
_THINGS = (
    "the discharge lounge", "the night rota", "the falls pathway", "supervision on all wards", "the joint care record",
    "the medicines policy", "the crisis line", "winter capacity", "the complaints process", "end of life training",
)  # fmt: skip
_OWNERS = (
    "Chief Operating Officer",
    "Director of Nursing / Medical Director",
    "Head of Estates",
    "Mereford Council",
)
_ACTIONS_A_THEME = 100


def generate_plan(actions: int, seed: int = 1) -> bytes:
    """The workbook; the same numbers give the same plan."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Plan")
    chance = random.Random(seed)
    sheet.append(["Mereford recovery plan"])
    sheet.append(["Version 3, as at 12 March 2024"])
    sheet.append(_HEADERS)
    for texts in _rows(actions, chance):
        cells = [WriteOnlyCell(sheet, text) for text in texts]
        if texts[-1] in _FILLS:
            cells[-1].fill = PatternFill("solid", fgColor=_FILLS[texts[-1]])
            cells[0].data_type = "s"
        sheet.append(cells)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(actions: int, chance: random.Random) -> Iterator[list[str]]:
    for number in range(actions):
        theme, place = divmod(number, _ACTIONS_A_THEME)
        if place == 0:
            yield [f"Theme {theme + 1}: {chance.choice(_THINGS).removeprefix('the ').upper()}"]
        yield _action(f"{theme + 1}.{place + 1}", chance)


def _action(ref: str, chance: random.Random) -> list[str]:
    due = date(2024, 1, 31) + timedelta(days=chance.randrange(600))
    said = [
        f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} by {chance.randrange(5, 95)}%" for _ in range(4)
    ]
    return [
        ref,
        f"Not enough was known of {chance.choice(_THINGS)}",
        f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} and report what changed",
        chance.choice(_OWNERS),
        "",
        f"{due:%d/%m/%Y}",
        f"{due + timedelta(days=60):%b %Y}" if chance.random() < 0.2 else "",
        f"Audit of {chance.choice(_THINGS)}",
        ". ".join(said) + ".",
        chance.choice(list(_FILLS)),
    ]


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(generate_plan(int(sys.argv[1])))
