"""The pack: what it holds as at the cut-off, issued once, the same bytes ever after."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest
from PIL import Image

from handlers.answer import prepared, respond
from handlers.documents.template import own_template
from handlers.grammar import parse
from handlers.messages import File, Message
from handlers.papers.boardlines import unsupported
from handlers.papers.packs import contents, pack_docx
from handlers.plans.files import examine
from handlers.request import Request
from nlp.reading import read
from storage.model.post import Inbound, InboundKind
from tests.handlers.world import LONDON, World, buttons, shown


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes half a second a picture: one test looks at real ones, the others at a white dot."""
    dot = io.BytesIO()
    Image.new("RGB", (2, 1), "white").save(dot, "PNG")
    monkeypatch.setattr("handlers.documents.charts._png", lambda figure: dot.getvalue())


def files(messages: list[Message]) -> dict[str, bytes]:
    return {
        part.name: part.content for message in messages for part in message.parts if isinstance(part, File)
    }


def text_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_draft_says_that_it_is_not_issued(world: World) -> None:
    sent = world.act("Dana", "pack")
    assert "not issued" in shown(sent)
    assert "NOT ISSUED" in text_of(files(sent)["draft-pack-thornmere-2026-02-17.docx"])


def test_it_cannot_be_issued_before_the_cut_off(world: World) -> None:
    assert "The cut-off is 11 February" in world.say("Dana", "pack issue")


def test_an_issued_pack_never_changes(world: World) -> None:
    world.say("Priya", "6.1.2 at risk: 41% of staff trained, trainer off sick")
    world.at(2026, 2, 12)
    first = files(world.act("Dana", "pack issue"))
    world.say("Priya", "6.1.2 back on track, 60% trained")
    world.at(2026, 2, 13)
    assert files(world.act("Dana", "pack issue")) == first
    assert "41%" in text_of(first["pack-thornmere-2026-02-17.docx"])
    assert "60%" not in text_of(first["pack-thornmere-2026-02-17.docx"])


def test_what_came_after_the_cut_off_is_listed_apart(world: World) -> None:
    world.say("Priya", "6.1.2 on track, 41% trained")
    world.at(2026, 2, 13)
    world.say("Priya", "6.1.2 on track, 60% trained")
    meeting = next(
        one for one in world.store.governance.meetings(world.plan.id) if one.day and one.day.day == 17
    )
    filled = contents(world.plan, meeting, "issued", world.store, world.now)
    assert [one.text for one in filled.since] == ["6.1.2 on track, 60% trained"]
    assert [one.text for one in filled.sources] == ["6.1.2 on track, 41% trained"]


def test_the_head_of_the_audit_is_printed(world: World) -> None:
    head = world.store.audit.head()
    assert head[:16] in text_of(files(world.act("Dana", "pack"))["draft-pack-thornmere-2026-02-17.docx"])


def test_charts_have_words_for_those_who_do_not_see_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # really drawn
    content = files(world.act("Dana", "pack"))["draft-pack-thornmere-2026-02-17.docx"]
    document = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert len(re.findall(r'descr="[^"]{30,}', document)) >= 1


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        pytest.param("41% of staff trained", [], id="a figure of the source"),
        pytest.param("55% of staff trained", ["55"], id="a figure of nobody"),
        pytest.param("trained by March", [], id="a month of the source"),
        pytest.param("trained by October", ["october"], id="a month of nobody"),
        pytest.param("the service may open", [], id="the verb"),
    ],
)
def test_a_board_line_holds_no_figure_that_no_source_holds(words: str, wrong: list[str]) -> None:
    assert unsupported(words, ["41% of staff trained, due March 2026"]) == wrong


def test_the_offices_own_figure_must_be_marked(world: World) -> None:
    world.say("Priya", "6.1.2 on track, 41% trained")
    assert "No source of 6.1.2 holds 55" in world.say("Dana", "word 6.1.2 55% trained")
    assert "goes to the committee" in world.say("Dana", "word 6.1.2 55% trained by last count (PMO)")


def test_every_update_word_for_word_is_in_the_private_pack_alone(world: World) -> None:
    words = "6.1.2 on track; the trainer says that all the homes in the east of the city have now sent their first two members of staff and like it"
    world.say("Priya", words)
    private = text_of(
        files(world.act("Dana", "pack private"))["draft-pack-thornmere-2026-02-17-private.docx"]
    )
    public = text_of(files(world.act("Dana", "pack"))["draft-pack-thornmere-2026-02-17.docx"])
    assert words in private
    assert "word for word" in private
    assert "word for word" not in public


def drafted(world: World, words: str = "pack") -> str:
    return text_of(
        next(content for name, content in files(world.act("Dana", words)).items() if name.endswith(".docx"))
    )


def test_an_exception_is_told_in_full(world: World) -> None:
    sent = world.act("Beatrix", "6.2.2 at risk, the lift has a fault, hub opens 9 March instead of February")
    world.tap("Beatrix", buttons(sent)["Yes"])
    world.tap(
        "Beatrix", "exception 6.2.2", cause="a fault in the lift", recovery="a repair is booked", need="a date",
        effect="no social workers on site",
    )  # fmt: skip
    text = drafted(world)
    for words in (
        "a fault in the lift",
        "a repair is booked",
        "no social workers on site",
        "Decision asked: ",
    ):
        assert words in text
    assert "February 2026 (baseline November 2025, +90 days)" in text


def test_what_was_promised_stands_beside_what_is_claimed(world: World) -> None:
    sent = world.act("Priya", "6.1.2 complete, training delivered in 29 homes")
    world.tap("Priya", buttons(sent)["Yes"])
    text = drafted(world)
    assert "Training delivered in 31 homes" in text
    assert "29 homes against" in text or "cannot be compared" in text


def test_what_is_asked_after_the_cut_off_waits_for_the_next_meeting(world: World) -> None:
    world.at(2026, 2, 13)
    sent = world.act("Jasper", "6.1.4 slips, now opening 13 April")
    world.tap("Jasper", buttons(sent)["Yes"])
    text = drafted(world)
    assert "Decision asked: move February 2026" not in text
    assert "slips, now opening 13 April" in text


def test_silent_organisations_are_named_and_no_person_is(world: World) -> None:
    meeting = next(
        one for one in world.store.governance.meetings(world.plan.id) if one.day and one.day.day == 17
    )
    with world.store.writing(world.change()):
        world.store.updates.add_prompt(
            world.plan.id, world.people["Priya"].id, meeting.id, [world.view("6.1.2").action.id], "console", None,
        )  # fmt: skip
    filled = contents(world.plan, meeting, "not issued", world.store, world.now)
    assert [(name, list(refs)) for name, refs in filled.silent] == [("TVFT", ["6.1.2"])]


def test_every_action_is_there_in_the_plans_own_columns(world: World) -> None:
    sheet = files(world.act("Dana", "pack"))["draft-pack-thornmere-2026-02-17.xlsx"]
    page = openpyxl.load_workbook(io.BytesIO(sheet))["Actions"]
    headers = [cell.value for cell in page[1]]
    assert headers[:4] == ["Theme", "Ref", "Review finding", "Intended outcome"]
    assert page.max_row == 25


def test_a_forum_gets_its_own_depth(world: World) -> None:
    document = world.store.plans.document(world.plan.id)
    assert document is not None
    with world.store.writing(world.change()):
        changed = replace(
            document,
            actions=tuple(replace(one, committee="Digital Group" if one.ref == "3.1" else None) for one in document.actions),
        )  # fmt: skip
        world.store.plans.import_document("thornmere", changed, b"", "plan.txt")
    full, short = (
        drafted(world, 'pack for "Digital Group"'),
        drafted(world, 'pack for "Digital Group" summary'),
    )
    assert "3.1" in full
    assert "6.1.2" not in full
    assert "All actions, by theme" in full
    assert "All actions, by theme" not in short
    assert "Digital Group gets this depth, summary, until you say “exceptions” or “full” behind it" in shown(
        world.sent
    )
    assert "All actions, by theme" not in drafted(world, "pack for digital group"), "it is kept"
    assert "All actions, by theme" in drafted(world, "pack"), "for that forum alone"
    assert "All actions, by theme" in drafted(world, "pack for Digital Group full")
    assert "All actions, by theme" in drafted(world, 'pack for "Digital Group"')
    assert "No action of thornmere names the forum" in world.say("Dana", 'pack for "Nobody"')
    assert "A pack comes as" in world.say("Dana", 'pack for "Digital Group" tiny')


def test_a_forum_of_the_calendar_that_no_action_names_gets_the_whole_plan(world: World) -> None:
    with world.store.writing(world.change()):
        world.store.governance.add_meeting(world.plan.id, "Governors", None)
    text = drafted(world, 'pack for "Governors"')
    assert "A draft for Governors: not issued." in shown(world.sent)
    assert "draft-pack-thornmere-governors.docx" in shown(world.sent)
    assert "to be confirmed" in text
    assert "Governors" in text
    assert "6.1.2" in text
    assert "24" in text


def test_a_forum_s_pack_names_its_own_next_meeting(world: World) -> None:
    with world.store.writing(world.change()):
        for month in (1, 3, 5):
            world.store.governance.add_meeting(world.plan.id, "Governors", date(2026, month, 26))
    assert "26 March 2026" in drafted(world, "pack for Governors")
    assert "A draft for Governors of 26 March 2026: not issued." in shown(world.sent)


def test_a_pack_for_another_day_is_not_issued(world: World) -> None:
    sent = world.act("Dana", "pack 17 March")
    assert "not issued" in shown(sent)


def test_an_office_replaces_the_template(world: World) -> None:
    given = files(world.act("Dana", "pack template"))["pack-template.docx"]
    document = docx.Document(io.BytesIO(given))
    document.paragraphs[0].insert_paragraph_before("Thornmere's own cover, for {forum}")
    own = io.BytesIO()
    document.save(own)
    sent = world.act("Dana", "", InboundKind.FILE, files=(examine("cover.docx", own.getvalue()),))
    assert "This is a template for the pack" in shown(sent)
    world.tap("Dana", buttons(sent)["Use it for thornmere"])
    text = drafted(world)
    assert "Thornmere's own cover, for Assurance meeting" in text
    assert "{" not in text
    world.say("Dana", "pack template none")
    assert "own cover" not in drafted(world)


def test_a_template_without_the_styles_still_serves(world: World) -> None:
    document = docx.Document()
    for name in ("Heading 1", "Heading 2", "Table Grid"):
        document.styles[name].delete()
    paragraph = document.add_paragraph()
    for piece in ("{mee", "ting}", " / {cut", "off}"):  # as Word spreads words over runs
        paragraph.add_run(piece)
    own = io.BytesIO()
    document.save(own)
    meeting = next(
        one for one in world.store.governance.meetings(world.plan.id) if one.day and one.day.day == 17
    )
    filled = contents(world.plan, meeting, "issued", world.store, world.now, depth="summary")
    assert "17 February 2026 / 11 February 2026" in text_of(pack_docx(filled, own.getvalue()))


def test_only_the_office_sets_a_template(world: World) -> None:
    sent = world.act("Priya", "", InboundKind.FILE, files=(examine("cover.docx", own_template()),))
    assert "only the programme office" in shown(sent)


def test_papers_are_made_before_the_transaction(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.at(2026, 2, 12)
    monkeypatch.setattr("handlers.papers.packs.pack_docx", lambda filled, template=None: b"made before")
    inbound = Inbound("console", "k", InboundKind.COMMAND, "dana", "dana", world.now, "pack issue")
    request = Request(inbound, world.people["Dana"], world.now, LONDON, read)
    call = parse("pack issue", addressed=True)
    assert call is not None
    ready = prepared(request, call, world.store)
    monkeypatch.setattr("handlers.papers.packs.contents", None)  # nothing is built any more
    with world.store.writing(world.change(world.people["Dana"].id)):
        sent = respond(ready, world.store)
    assert files(sent)["pack-thornmere-2026-02-17.docx"] == b"made before"


def test_headings_stay_with_what_they_head_and_headers_repeat(world: World) -> None:
    content = files(world.act("Dana", "pack"))["draft-pack-thornmere-2026-02-17.docx"]
    package = zipfile.ZipFile(io.BytesIO(content))
    body = package.read("word/document.xml").decode()
    styles = docx.Document(io.BytesIO(content)).styles
    assert all(styles[name].paragraph_format.keep_with_next for name in ("Heading 1", "Heading 2"))
    assert body.count("w:tblHeader") >= 10
    footers = "".join(package.read(name).decode() for name in package.namelist() if "footer" in name)
    assert 'w:instr="PAGE"' in footers
    assert 'w:instr="NUMPAGES"' in footers
