"""What people type stays what it is: no formula, no mark-up, no statement, no template, however long or turned round."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.surface import Profile
from handlers.messages import File
from handlers.papers.packs import contents, pack_docx, pack_xlsx
from handlers.plans.exports import export
from handlers.privacy.guard import visible
from storage.model.post import InboundKind
from tests.bot.conftest import Desk
from tests.handlers.world import LONDON, World, shown

FORMULAS = ('=HYPERLINK("https://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "|calc")
STATEMENTS = (
    "'); DROP TABLE updates; --", '" OR 1=1 --', "x' UNION SELECT body FROM texts --", "%'; DELETE FROM audit; --",
    "{{7*7}}", "${7*7}", "{% raw %}", "%s%d%n", "{0}", "{self.__class__}", "<%= 1 %>", "$(reboot)", "`reboot`",
)  # fmt: skip


def sheets(data: bytes) -> list[tuple[object, str]]:
    """(value, kind) of every cell of a workbook."""
    book = load_workbook(io.BytesIO(data))
    return [(cell.value, cell.data_type) for sheet in book for row in sheet.iter_rows() for cell in row]


def test_no_spreadsheet_of_ours_runs_what_was_typed(world: World) -> None:
    refs = [view.name for view in world.store.plans.views(world.plan.id)]
    for ref, words in zip(refs, FORMULAS, strict=False):
        world.say("Dana", f"{ref} on track")
        number = world.store.updates.of_plan(world.plan.id)[-1].id
        world.act("Dana", f"edit {number}", InboundKind.FORM, fields={"text": words})
    meeting = next(
        one for one in world.store.governance.meetings(world.plan.id) if one.day and one.day > world.today
    )
    pack = contents(world.plan, meeting, "not issued", world.store, world.now, private=True)
    world.say("Dana", "ask Jasper")
    returned = next(
        part.content for message in world.sent for part in message.parts if isinstance(part, File)
    )
    for data in (pack_xlsx(pack), export(world.plan, world.store, "xlsx", LONDON), returned):
        assert [value for value, kind in sheets(data) if kind == "f"] == []
    table = export(world.plan, world.store, "csv", LONDON).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r", "+1", "-2"))]


@pytest.mark.parametrize("words", STATEMENTS)
def test_statements_and_templates_are_words_in_every_field(world: World, words: str) -> None:
    tables = count_tables(world)
    world.act("Jasper", f"6.1.4 note {words}")
    world.act(
        "Jasper",
        "edit 1",
        InboundKind.FORM,
        fields={"text": words, "reason": words, "date": words, "evidence": words},
    )
    for line in (
        f"status owner {words}", f"status theme {words}", f"history {words}", f"people map \"{words}\" {words}", f"answer 1 {words}",
        f"for {words} 6.1.4: {words}", f"word 6.1.4 {words}", f"meeting chair {words}", f"deputy {words}", f"help {words}",
        f"date 6.1.4 November 2026 because {words}", f"pack for \"{words}\"", f"scale set \"{words}\"", f"restricted {words}", words,
    ):  # fmt: skip
        answered = shown(world.act("Dana", line, InboundKind.COMMAND))
        assert "49" not in answered.replace(words, "")
        assert "Traceback" not in answered
    world.store.updates.search(world.plan.id, words)
    assert count_tables(world) == tables
    assert world.store.audit.verify() is None
    assert words in (world.store.updates.of_action(world.view("6.1.4").action.id)[0].text or "")


def count_tables(world: World) -> int:
    from storage.database import Database

    database = world.store._database  # type: ignore[attr-defined]
    assert isinstance(database, Database)
    with sqlite3.connect(database.path) as connection:
        return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


@pytest.mark.parametrize(
    "kind", [InboundKind.MESSAGE, InboundKind.COMMAND, InboundKind.FORM, InboundKind.EDIT]
)
async def test_a_hundred_kilobytes_are_answered(desk: Desk, kind: InboundKind) -> None:
    await desk.person("Jasper Lyle", "U1", "Jasper Lyle, Operations Manager ECHT")
    long = "update 6.1.4 " + "we are on track and will report again in May. " * 2300
    fields = {"text": "slowly " * 15_000} if kind is InboundKind.FORM else {}
    answered = await desk.command(long, kind, fields=fields) + desk.words()
    assert "went wrong" not in answered
    assert await desk.ask(lambda store: store.inbox.waiting()) == 0


@pytest.mark.parametrize(
    "ref", ["6.1\u200b.4", "\u202e6.1.4\u202c", "6.1.4\u2060", "\ufeff6.1.4", "6.\u00ad1.4"]
)
def test_hidden_characters_in_a_ref_hide_nothing(world: World, ref: str) -> None:
    world.say("Jasper", f"{ref} two nurses started")
    (update,) = world.store.updates.of_plan(world.plan.id)
    assert update.action_id == world.view("6.1.4").action.id
    assert update.text == visible(update.text or "")
    assert "6.1.4" in world.say("Dana", f"status {ref}")


def test_words_cannot_turn_the_rest_of_a_line_round(world: World) -> None:
    world.say("Jasper", "6.1.4 \u202eder si siht\u2066 and more")
    for line in ("status 6.1.4", "history 6.1.4", "digest week"):
        assert not {"\u202e", "\u2066"} & set(world.say("Dana", line))


def test_letters_that_only_look_the_same_are_no_ref(world: World) -> None:
    """A Cyrillic letter or an Arabic digit is not taken for ours; the words are kept and asked about."""
    world.say("Victor", "б.1.4 done")
    assert world.store.updates.of_plan(world.plan.id) == []


async def test_a_name_of_the_platform_cannot_turn_lines_round(desk: Desk) -> None:
    desk.platform.profiles["U7"] = Profile("Ann\u202e nimda", None)
    await desk.say("help", user="U7")
    person = await desk.ask(lambda store: store.people.by_account("slack", "U7"))
    assert person is not None
    assert person.name == "Ann nimda"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.docx",
        "C:\\x\\plan.docx",
        "a\x00b.docx",
        "=cmd.docx",
        "plan.docx/../x",
        "x" * 300 + ".docx",
    ],
)
def test_a_path_in_a_file_name_is_only_a_name(
    world: World, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    answered = world.drop("Dana", name, b"PK\x03\x04 no document")
    assert "Traceback" not in answered
    assert {path.name for path in tmp_path.iterdir()} == before


def test_mark_up_in_words_reaches_papers_as_words(world: World) -> None:
    typed = "<b>bold</b> &lt; <w:p/> ]]> <!channel> [x](https://evil.example)"
    world.say("Jasper", f"6.1.4 {typed}")
    meeting = next(
        one for one in world.store.governance.meetings(world.plan.id) if one.day and one.day > world.today
    )
    from docx import Document

    data = pack_docx(contents(world.plan, meeting, "not issued", world.store, world.now, private=True))
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any(typed in text for text in [*cells, *(one.text for one in document.paragraphs)])
    targets = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert not [target for target in targets if "evil" in target]
