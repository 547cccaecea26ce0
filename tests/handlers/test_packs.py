"""The pack: what it holds as at the cut-off, issued once, the same bytes ever after."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from handlers.boardlines import unsupported
from handlers.messages import File, Message
from handlers.packs import contents
from tests.handlers.world import World, shown


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


def test_charts_have_words_for_those_who_do_not_see_them(world: World) -> None:
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
