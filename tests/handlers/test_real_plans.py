"""Whole meetings on two real plans: one with colours, one with a committee's assurance beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.model.people import PartyKind, Role
from storage.model.plan import State
from tests.conftest import shared_path
from tests.handlers.world import World, buttons, new_world


@pytest.fixture
def stoke(tmp_path: Path) -> World:
    from datetime import date

    from handlers.plans.imports import apply_document, claims_in
    from nlp.documents import read_plan
    from nlp.reading import read

    path = shared_path("seeds", "004_c3dc48f5e9bbc546.txt")
    world = new_world(tmp_path)
    world.slug = "stoke"
    document = read_plan(path.read_bytes(), path.name)
    claims = claims_in(document, read, date(2018, 3, 16))
    world.at(2018, 3, 16)
    with world.store.writing(world.change()):
        apply_document(world.store, "stoke", document, path.read_bytes(), path.name, claims)
    world.person("Dana", role=Role.PMO)
    world.person("Owner")
    return world


def owns(world: World, *refs: str) -> None:
    """The printed leads or owners of these actions are Owner's."""
    for ref in refs:
        action = world.view(ref).action
        parties = world.store.people.parties_of(action.id, world.today)
        printed = next(
            party.printed for party in parties if party.role == ("lead" if action.lead else "owner")
        )
        with world.store.writing(world.change()):
            world.store.people.map_owner(world.plan.id, printed, PartyKind.PERSON, world.people["Owner"].id)


def test_overdue_claimed_started_and_undated_are_told_apart(stoke: World) -> None:
    seen = stoke.say("Dana", "status in stoke")
    assert "53 actions: 1 Blue, 1 Green, 4 Amber, 47 not yet rated." in seen
    assert "7 overdue · 5 claimed complete, awaiting assurance · 2 need a real due date · 2 undated" in seen


def test_no_movement_is_invented_from_what_has_no_rating(stoke: World) -> None:
    assert "→" not in stoke.say("Dana", "digest meeting in stoke").split("Asked of the meeting")[0]


def test_a_meeting_from_sheet_to_decision(stoke: World) -> None:
    owns(stoke, "6.5.1")
    stoke.at(2018, 4, 3)
    sent = stoke.act("Owner", "6.5.1 has slipped again, now end of June")
    stoke.tap("Owner", buttons(sent)["Yes"])
    stoke.at(2018, 4, 10, 10)
    sheet = stoke.say("Dana", "meeting 10 April in stoke")
    assert "6.5.1" in sheet
    assert "claimed complete: is it assured?" in sheet
    stoke.say("Dana", "decide 6.5.1 agree, a firm date this time in stoke")
    view = stoke.view("6.5.1")
    assert view.due.end is not None
    assert (view.due.end.month, view.due.end.day) == (6, 30)
    assert view.action.baseline.end != view.due.end
    stoke.say("Dana", "decide 6.7.4 refuse, figures first in stoke")
    assert stoke.view("6.7.4").state is State.OPEN


@pytest.fixture
def lpt(tmp_path: Path) -> World:
    path = shared_path("seeds", "002_92428be8509912b9.txt")
    world = new_world(tmp_path, path, "lpt")
    world.at(2018, 9, 3)
    world.person("Dana", role=Role.PMO)
    world.person("Owner")
    world.say("Dana", "meeting add 20 September 2018")
    return world


def test_an_owners_claim_against_a_committees_rating_is_shown_as_a_clash(lpt: World) -> None:
    owns(lpt, "20.2")
    scale = lpt.plan.scale("assurance")
    assert scale is not None
    assert lpt.view("20.2").agreed["assurance"].label == "Not Assured"
    sent = lpt.act("Owner", "20.2 complete, all records audited")
    lpt.tap("Owner", buttons(sent)["Yes"])
    seen = lpt.say("Dana", "status 20.2")
    assert "claimed complete, awaiting assurance" in seen
    assert "owner says complete" in seen
    assert "says Not Assured" in seen


def test_assurance_on_the_committees_scale_moves_by_its_meeting_alone_and_can_go_down(lpt: World) -> None:
    lpt.say("Dana", "meeting 20 September")
    lpt.say("Dana", "decide 20.2 Partially Assured")
    assert lpt.view("20.2").agreed["assurance"].label == "Partially Assured"
    lpt.say("Dana", "decide J Not Assured, spot check failed")
    assert lpt.view("J").agreed["assurance"].label == "Not Assured"
