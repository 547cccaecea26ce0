"""What is erased and what is not, with the reason said."""

from __future__ import annotations

import pytest

from handlers.privacy import forgetting
from storage.model.errors import NotAllowed
from storage.model.record import DecisionKind
from tests.handlers.world import World


def forget(world: World, name: str) -> str:
    with world.store.writing(world.change()):
        return forgetting.told(forgetting.forget(world.people[name], world.store))


def hold(world: World, value: str = "on") -> None:
    with world.store.writing(world.change()):
        world.store.plans.set_setting(world.plan.id, "legal_hold", value)


def test_it_says_what_stays_and_why(world: World) -> None:
    world.say("Jasper", "6.1.4 slipped to November")
    meeting = world.store.governance.meetings(world.plan.id)[0]
    with world.store.writing(world.change()):
        world.store.governance.issue(world.plan.id, meeting.id, "pack-x.docx", "issued", b"bytes")
    said = forget(world, "Jasper")
    for words in ("erased", "What meetings decided stays", "pack-x.docx", "Backups that were made before"):
        assert words in said
    assert "erased" in world.say("Dana", "status 6.1.4")
    assert "Jasper" not in world.say("Dana", "history 6.1.4")


def test_what_a_meeting_decided_stays(world: World) -> None:
    action, meeting = world.view("6.1.4").action, world.store.governance.meetings(world.plan.id)[0]
    with world.store.writing(world.change(world.people["Jasper"].id)):
        world.store.governance.decide(
            meeting.id, action.id, DecisionKind.AGREE, "rating", words="as Jasper asked"
        )
    forget(world, "Jasper")
    assert [one.words for one in world.store.governance.decisions(world.plan.id)] == ["as Jasper asked"]


@pytest.mark.parametrize("name", ["Jasper", "Dana"])
def test_legal_hold_refuses_with_the_reason(world: World, name: str) -> None:
    world.say("Jasper", "6.1.4 slipped to November")
    hold(world)
    with pytest.raises(NotAllowed, match="thornmere is under legal hold"):
        forget(world, name)
    assert world.store.updates.of_plan(world.plan.id)[0].text
    hold(world, "off")
    assert "erased" in forget(world, name)


def test_who_had_no_part_in_a_held_plan_can_be_forgotten(world: World) -> None:
    hold(world)
    assert "erased" in forget(world, "Victor")


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        pytest.param({}, 2, id="words are kept"),
        pytest.param({"keep_months": "6"}, 1, id="older ones are erased"),
        pytest.param({"keep_months": "6", "legal_hold": "on"}, 2, id="not under legal hold"),
        pytest.param({"keep_months": "0"}, 2, id="none"),
        pytest.param({"keep_months": "soon"}, 2, id="no number"),
    ],
)
def test_words_expire_as_the_plan_says(world: World, settings: dict[str, str], kept: int) -> None:
    world.say("Jasper", "6.1.4 first words, 61% now")
    world.at(2026, 7, 1)
    world.say("Jasper", "6.1.4 newer words")
    with world.store.writing(world.change()):
        for name, value in settings.items():
            world.store.plans.set_setting(world.plan.id, name, value)
    world.at(2026, 9, 1)
    with world.store.writing(world.change()):
        forgetting.tidy(world.plan, world.store, world.now)
    texts = [one.text for one in world.store.updates.of_plan(world.plan.id)]
    assert [text for text in texts if text] == ["6.1.4 first words, 61% now", "6.1.4 newer words"][-kept:]
    assert len(texts) == 2


def test_the_office_sets_how_long_words_are_kept(world: World) -> None:
    assert "keep_months is 24" in world.say("Dana", "setting keep_months 24 months").replace("Bold", "")
    assert "1 to 240" in world.say("Dana", "/setting keep_months for ever")
    world.say("Dana", "setting legal_hold on")
    assert (world.plan.settings["keep_months"], world.plan.settings["legal_hold"]) == ("24", "on")
