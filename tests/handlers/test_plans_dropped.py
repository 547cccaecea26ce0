"""Plan documents dropped on the bot: a newer version is told from another plan, and goes where its button says."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.messages import Message
from handlers.plans.files import examine
from storage.model.post import InboundKind
from tests.handlers.world import DEMO, World, buttons, new_world

OTHER = """Ref,Action,Owner,Due date,RAG
1.1,Close the gap in agency spending,Director of Finance,30/06/2026,Amber
1.2,Renegotiate the energy contract,Director of Finance,30/09/2026,Green
1.3,Sell the old laundry,Director of Estates,31/12/2026,Red
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = new_world(tmp_path)
    world.person("Dana")
    world.administrators = frozenset(["dana"])
    return world


def dropped(world: World, name: str, text: str) -> dict[str, str]:
    sent: list[Message] = world.act("Dana", "", InboundKind.FILE, files=(examine(name, text.encode()),))
    return buttons(sent)


def test_a_newer_version_under_another_title_is_known_by_its_actions(world: World) -> None:
    text = DEMO.read_text().replace("THORNMERE", "VALE", 1)
    offered = dropped(world, "v2.txt", text)
    assert any(label.startswith("Bring ") for label in offered)


def test_another_plan_with_the_same_refs_is_no_newer_version(world: World) -> None:
    assert not any(label.startswith("Bring ") for label in dropped(world, "finance.csv", OTHER))


def test_two_plans_whose_titles_begin_alike_are_two_plans(world: World) -> None:
    first = dropped(world, "Ferndale NHS Trust recovery.csv", OTHER)
    second = dropped(world, "Ferndale NHS Trust estates.csv", OTHER.replace("laundry", "boiler house"))
    for offered in (first, second):
        world.tap(
            "Dana", next(press for label, press in offered.items() if label.startswith("Import as a new"))
        )
    third = dropped(world, "Ferndale NHS Trust theatres.csv", OTHER.replace("1.", "7."))
    world.tap("Dana", next(press for label, press in third.items() if label.startswith("Import as a new")))
    plans = {plan.slug: len(world.store.plans.views(plan.id)) for plan in world.store.plans.all()}
    assert {slug: count for slug, count in plans.items() if slug != "thornmere"} == {
        "ferndale-nhs-trust": 3,
        "ferndale-nhs-trust-2": 3,
        "ferndale-nhs-trust-3": 3,
    }
