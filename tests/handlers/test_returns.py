"""A return goes out as a sheet, comes back filled in, and every row becomes an update of the organisation."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.messages import File
from handlers.plans.files import examine
from storage.model.post import InboundKind
from tests.handlers.world import World, shown


def sheet_for(world: World, name: str) -> tuple[str, bytes]:
    messages = world.act("Dana", f"ask {name}")
    (file,) = [part for message in messages for part in message.parts if isinstance(part, File)]
    return file.name, file.content


def filled(content: bytes, answers: dict[str, str]) -> bytes:
    """The sheet with words in the rows of these refs."""
    book = load_workbook(BytesIO(content))
    page = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    column = next(row.index("Your update") for row in rows if "Your update" in row)
    for number, row in enumerate(rows, 1):
        ref = next((str(value) for value in row if str(value) in answers), None)
        if ref:
            page.cell(number, column + 1).value = answers[ref]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def returned(world: World) -> str:
    name, content = sheet_for(world, "ECHT")
    back = filled(content, {"6.1.4": "Two nurses started, line opens in May", "6.1.1": "moved to June 2026"})
    world.at(2026, 2, 6)
    return shown(world.act("Dana", "", InboundKind.FILE, files=(examine(name, back),)))


def test_every_row_is_filed_with_both_names_and_how_it_came(world: World, returned: str) -> None:
    assert "Return of ECHT" in returned
    said = world.store.updates.of_plan(world.plan.id)
    assert "6.1.4" in {
        action.name for action in world.store.plans.actions_by_id([one.action_id for one in said])
    }
    assert {one.author for one in said} == {"ECHT"}
    assert "ECHT, by return of 6 February, entered by Dana" in world.say("Victor", "history 6.1.4")


def test_every_button_of_a_return_stands_below_what_it_answers(returned: str) -> None:
    *_, question, answers = returned.splitlines()
    assert question.startswith("6.1.4 ")
    assert question.endswith("propose Green (now Amber)?")
    assert answers.startswith("[Yes]")


def test_a_single_answer_is_entered_for_its_author(world: World) -> None:
    world.say("Dana", "for Jane Smith 6.1.4: two nurses started")
    assert "Jane Smith, entered by Dana" in world.say("Victor", "history 6.1.4")
