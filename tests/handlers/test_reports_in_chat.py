"""A report dropped on the bot: one page, held against the plan; nothing of it is filed before an owner says yes."""

from __future__ import annotations

import pytest

from handlers.messages import Message, ToPerson
from handlers.plans.files import examine
from storage.model.post import InboundKind
from tests.conftest import shared_path
from tests.handlers.world import World, buttons, shown

REPORT = """Community nursing: report to the partnership board
3 February 2026

1. Care homes

1.1 The seven day advice line for care homes cannot open in February because the third nurse withdrew; it now opens on 20 April 2026.

1.2 Training of care home staff to spot deterioration early reached 58% of staff in January 2026, against a target of 85%.

2. Finance

2.1 Spending on agency staff fell from £410,000 to £365,000.
"""


def drop(world: World, name: str, text: bytes, by: str = "Dana") -> list[Message]:
    return world.act(by, "", InboundKind.FILE, files=(examine(name, text),))


def test_passages_are_offered_to_owners_and_filed_only_by_their_yes(world: World) -> None:
    page = drop(world, "report.txt", REPORT.encode())
    assert "# Community nursing: report to the partnership board" in shown(page)
    assert "Action | Paragraph | Says" in shown(page)
    offers = buttons(page)
    label = next(label for label in offers if label.endswith("6.1.4"))
    asked = world.act("Dana", offers[label], InboundKind.TAP)
    question = next(one for one in asked if isinstance(one.to, ToPerson))
    assert question.to.person_id == world.people["Jasper"].id  # type: ignore[union-attr]
    assert "cannot open in February because the third nurse withdrew" in shown([question])
    assert world.store.updates.of_plan(world.plan.id) == []
    world.tap("Jasper", buttons([question])["Yes, file it"])
    filed = world.store.updates.of_plan(world.plan.id)
    assert [(one.author, world.view("6.1.4").action.id == one.action_id) for one in filed] == [
        ("Jasper", True)
    ]
    assert "1.1" in (filed[0].text or "")


def test_only_the_programme_office_asks_owners(world: World) -> None:
    assert buttons(drop(world, "report.txt", REPORT.encode(), by="Priya")) == {}


def test_all_owners_are_asked_at_once_and_who_has_none_is_named(world: World) -> None:
    page = drop(world, "report.txt", REPORT.encode())
    told = world.act("Dana", buttons(page)["Ask all their owners"], InboundKind.TAP)
    assert "nothing is filed before an owner says yes" in shown(told)
    assert {one.to.person_id for one in told if isinstance(one.to, ToPerson)} <= {
        one.id for one in world.people.values()
    }
    assert "settled already" in world.tap("Dana", buttons(page)["Ask all their owners"])


def test_a_figure_that_disagrees_with_the_plans_own_is_pointed_out(world: World) -> None:
    world.say("Priya", "6.1.2 training reached 41% of staff in January 2026, target 85%")
    seen = shown(drop(world, "report.txt", REPORT.encode()))
    assert "Two figures" in seen
    assert "41%" in seen
    assert "Priya" in seen


def test_a_plan_inside_a_report_can_be_imported_and_summarised(world: World) -> None:
    path = shared_path("seeds", "000_1070e9cf3b6bd7f7.txt")
    page = drop(world, path.name, path.read_bytes())
    offers = buttons(page)
    assert any(label.startswith("Import") for label in offers)
    seen = world.tap("Dana", offers["Summarise it as a report"])
    assert "Measure | Before | Now | Target" in seen
    assert "By |  | Promised | Paragraph" in seen


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("a.docx", b"", "is empty", id="empty"),
        pytest.param("a.pdf", b"%PDF-1.4 torn", "damaged", id="damaged"),
        pytest.param(
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
            id="encrypted",
        ),
        pytest.param("a.md", b"  \n", "nothing in it that I can read as a plan or as a report", id="blank"),
    ],
)
def test_bad_files_get_one_sentence(world: World, name: str, content: bytes, says: str) -> None:
    seen = shown(drop(world, name, content))
    assert says in seen
    assert seen.count("\n") == 0


def test_a_report_in_which_nothing_is_found_says_so(world: World) -> None:
    seen = shown(drop(world, "note.txt", b"Thanks to everybody who came along to the tea party on the ward."))
    assert "No measure and no dated commitment was found in this report." in seen
