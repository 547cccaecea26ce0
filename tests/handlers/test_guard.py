"""Words that would identify a patient are kept nowhere, and their author is told what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handlers.messages import File
from handlers.plans.files import examine
from handlers.privacy.guard import HELD, hold_back
from storage.model.post import Attached, Inbound, InboundKind
from tests.handlers.world import World, shown

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
    assert "none of them were kept" in answered
    assert NUMBER.encode() not in everything(world, tmp_path)
    assert world.store.updates.of_plan(world.plan.id) == []


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
