"""Words that would identify a patient are kept nowhere, and their author is told what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handlers.messages import File, Message
from handlers.plans.files import examine
from handlers.privacy.documents import identified, rows_named
from handlers.privacy.guard import HELD, hold_back
from storage.model.document import DocAction, PlanDocument
from storage.model.post import Attached, Inbound, InboundKind
from tests.handlers.world import DEMO, World, buttons, shown

NUMBER = "943 476 5919"


def everything(world: World, tmp_path: Path) -> bytes:
    """All bytes of the record, what waits to be written to it included."""
    return b"".join(path.read_bytes() for path in tmp_path.glob("record.db*"))


def inbound(world: World, text: str, kind: InboundKind = InboundKind.MESSAGE, **more: object) -> Inbound:
    return Inbound("slack", "e1", kind, "U1", "D1", world.now, text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        pytest.param(f"6.1.4 delayed, {NUMBER} waits", "nhs_number", id="NHS number"),
        pytest.param("6.1.4 for the lady born 3 June 1944", "date_of_birth", id="date of birth"),
        pytest.param("6.1.4 MRN 5530127 again", "hospital_number", id="hospital number"),
        pytest.param("6.1.4 Mrs Doyle has dementia", "name_with_condition", id="name with condition"),
        pytest.param(f"{NUMBER}, dob 1/2/1950", "nhs_number,date_of_birth", id="two kinds"),
    ],
)
def test_words_are_taken_out_before_anything_is_kept(world: World, text: str, held: str) -> None:
    given = inbound(world, text, files=(Attached("a.txt", "u"),))
    kept = hold_back(given)
    assert (kept.text, kept.fields, kept.files, kept.details) == ("", {}, (), {HELD: held})
    assert (kept.key, kept.user_id, kept.conversation, kept.kind) == (given.key, "U1", "D1", given.kind)


def test_what_holds_nothing_is_the_same_object(world: World) -> None:
    given = inbound(world, "6.1.4 live since Dec, ring 020 7946 0958, PO 9434765919")
    assert hold_back(given) is given


def test_a_form_keeps_its_command_and_a_tap_its_numbers(world: World) -> None:
    form = hold_back(inbound(world, "edit 5", InboundKind.FORM, fields={"text": f"for {NUMBER}"}))
    assert (form.text, form.fields, form.details[HELD]) == ("edit 5", {}, "nhs_number")
    tap = inbound(world, "confirm 943 476 5919", InboundKind.TAP)
    assert hold_back(tap) is tap


def test_a_file_with_a_patient_in_its_name_is_not_taken(world: World) -> None:
    kept = hold_back(inbound(world, "", InboundKind.FILE, files=(Attached(f"notes {NUMBER}.docx", "u"),)))
    assert kept.files == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param(f"6.1.4 slipped because of {NUMBER}", InboundKind.MESSAGE, id="words"),
        pytest.param(f"update 6.1.4 waits for {NUMBER}", InboundKind.COMMAND, id="update"),
        pytest.param(f"for Jasper 6.1.4: waits for {NUMBER}", InboundKind.MESSAGE, id="for another"),
        pytest.param(f'verbal 6.1.4 "{NUMBER} was placed" by Jasper', InboundKind.MESSAGE, id="verbal"),
        pytest.param(f"decide 6.1.4 red, because of {NUMBER}", InboundKind.MESSAGE, id="decision"),
        pytest.param(f"word 6.1.4 {NUMBER} waits", InboundKind.MESSAGE, id="board line"),
        pytest.param(f"date 6.1.4 November 2026 because of {NUMBER}", InboundKind.COMMAND, id="reason"),
        pytest.param(f'people map "{NUMBER}" Jasper', InboundKind.COMMAND, id="a name"),
        pytest.param(f"6.1.4 is for {NUMBER}", InboundKind.SAVE, id="saved by shortcut"),
    ],
)
def test_no_copy_is_in_the_record_however_it_comes(
    world: World, tmp_path: Path, line: str, kind: InboundKind
) -> None:
    answered = world.say("Dana", line, kind=kind)
    assert "an NHS number" in answered
    assert "information-governance lead" in answered
    assert NUMBER.encode() not in everything(world, tmp_path)
    assert NUMBER not in answered
    assert world.store.updates.of_plan(world.plan.id) == []


def test_the_author_is_told_that_the_chat_still_holds_it(world: World) -> None:
    answered = world.say("Jasper", f"6.1.4 slipped because of {NUMBER}")
    for said in (
        "I have not kept this",
        "still in this chat",
        "delete your message",
        "say it again without it",
    ):
        assert said in answered


def test_a_form_is_held_too_and_what_was_kept_before_stands(world: World, tmp_path: Path) -> None:
    world.say("Jasper", "6.1.4 on track")
    answered = world.tap("Jasper", "edit 1", text=f"waits for {NUMBER}")
    assert "I have not kept it" in answered
    assert [one.text for one in world.store.updates.of_plan(world.plan.id)] == ["6.1.4 on track"]
    assert NUMBER.encode() not in everything(world, tmp_path)


def test_an_edit_is_held_too(world: World, tmp_path: Path) -> None:
    world.say("Jasper", "6.1.4 on track", message_id="m9")
    answered = world.say("Jasper", f"6.1.4 on track but {NUMBER}", kind=InboundKind.EDIT, message_id="m9")
    assert "still in this chat" in answered
    assert NUMBER.encode() not in everything(world, tmp_path)


def test_a_return_with_a_patient_in_it_is_refused_whole(world: World, tmp_path: Path) -> None:
    world.say("Dana", "ask Jasper")
    sheet = next(part for message in world.sent for part in message.parts if isinstance(part, File))
    book = load_workbook(io.BytesIO(sheet.content))
    book.worksheets[0]["F6"].value = f"waits for {NUMBER}"
    filled = io.BytesIO()
    book.save(filled)
    found = examine(sheet.name, filled.getvalue())
    answered = shown(world.act("Dana", "", InboundKind.FILE, files=(found,)))
    assert "so nothing of it is kept" in answered
    assert NUMBER.encode() not in everything(world, tmp_path)
    assert world.store.updates.of_plan(world.plan.id) == []


def with_a_patient() -> bytes:
    """The demo's plan, with one in the progress of 6.1.4, and another in a line beside the tables."""
    plan = DEMO.read_text().replace(
        "Bank cover is being arranged.", f"Bank cover is being arranged. {NUMBER} waits."
    )
    return plan.encode()


def dropped(world: World, content: bytes, who: str = "Dana") -> list[Message]:
    return world.act(who, "", InboundKind.FILE, files=(examine("plan-v8.txt", content),))


def test_a_plan_with_a_patient_in_it_is_not_kept_and_its_row_is_named(world: World, tmp_path: Path) -> None:
    answered = shown(dropped(world, with_a_patient()))
    assert "plan-v8.txt seems to identify a patient, so nothing of it is kept. Look at 1 place:" in answered
    assert "(6.1.4): an NHS number" in answered
    assert NUMBER not in answered
    assert NUMBER.encode() not in everything(world, tmp_path)


def test_what_stands_beside_the_tables_of_a_plan_is_looked_at_too(world: World) -> None:
    content = DEMO.read_text().replace(
        "Explanation: People waited for home care", "Explanation: Born 12/03/1951, she waited for home care"
    )
    answered = shown(dropped(world, content.encode()))
    assert "Look at 1 place:" in answered
    assert "a date of birth" in answered


def test_the_office_looks_and_lets_that_very_file_in(world: World) -> None:
    told = dropped(world, with_a_patient())
    (command,) = buttons(told).values()
    assert "is for an administrator" in world.tap("Jasper", command)
    assert "Drop the same file on me again" in world.tap("Dana", command)
    again = dropped(world, with_a_patient())
    assert "1 change against the version that I have" in shown(again)
    assert "seems to identify" in shown(dropped(world, with_a_patient() + b" "))
    (row,) = [row for row in world.store.audit.rows() if row.what == "file" and row.actor_id][-1:]
    assert row.actor_id == world.people["Dana"].id


def test_who_may_not_import_is_not_told_what_a_file_holds(world: World) -> None:
    assert "NHS number" not in shown(dropped(world, with_a_patient(), "Jasper"))


def test_a_return_is_refused_with_its_rows_named(world: World) -> None:
    assert rows_named([("6.1.4", "all well"), ("6.2.1", f"waits for {NUMBER}")]) == ("6.2.1: an NHS number",)


def test_a_column_says_what_its_numbers_are() -> None:
    action = DocAction("1.1", None, "Open the hub", extra={"Hospital number": "H123456"}, place="row 4")
    assert identified(PlanDocument("Vale", actions=(action,))) == ("row 4 (1.1): a hospital number",)


def test_said_again_in_other_words_it_is_kept(world: World) -> None:
    world.say("Jasper", f"6.1.4 slipped because of {NUMBER}")
    assert "6.1.4" in world.say("Jasper", "6.1.4 slipped because of one placement")
    assert len(world.store.updates.of_plan(world.plan.id)) == 1


def test_a_report_that_names_a_patient_is_not_summed_up(world: World, tmp_path: Path) -> None:
    body = "Falls fell by 12% between April and June 2025. " * 6
    text = f"Quarterly report on falls\n\nJune 2025\n\n{body}\n\nThe outlier was {NUMBER}, who fell twice in May.\n\n{body}"
    found = examine("report.txt", text.encode())
    assert found.found is not None
    answered = shown(world.act("Dana", "", InboundKind.FILE, files=(found,)))
    assert "none of them were kept" in answered
    assert NUMBER.encode() not in everything(world, tmp_path)
