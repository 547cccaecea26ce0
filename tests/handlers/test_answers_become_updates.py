"""An owner's words become updates, verbatim, and nothing on the record moves without a tap."""

from __future__ import annotations

import pytest

from handlers import clock
from storage.model.plan import State
from storage.model.post import InboundKind
from storage.model.record import UpdateKind
from tests.handlers.world import World, buttons, shown


def prompted(world: World) -> None:
    world.at(2026, 1, 28)
    with world.store.writing(world.change()):
        clock.tick(world.store, world.plan, world.now)
    world.at(2026, 2, 3)


def test_a_message_about_several_actions_is_split_and_kept_word_for_word(world: World) -> None:
    prompted(world)
    seen = world.say("Priya", "6.1.2 slipped to May, trainer off sick. rest no change")
    assert "Got it: 6.2.3" in seen
    assert "6.1.2" in seen
    assert "move the due date from March 2026 to May 2026" in seen
    first = world.store.updates.of_action(world.view("6.1.2").action.id)[0]
    assert first.text == "6.1.2 slipped to May, trainer off sick."
    second = world.store.updates.of_action(world.view("6.2.3").action.id)[0]
    assert second.kind is UpdateKind.NO_CHANGE


def test_nothing_moves_until_the_owner_taps_and_then_only_a_proposal(world: World) -> None:
    prompted(world)
    sent = world.act("Priya", "6.1.2 slipped to May, trainer off sick")
    before = world.view("6.1.2")
    assert before.proposed == {}
    assert before.requested is None
    world.tap("Priya", buttons(sent)["Yes"])
    after = world.view("6.1.2")
    assert after.agreed["rag"].label == before.agreed["rag"].label
    assert after.due == before.due
    assert after.requested is not None
    assert after.proposed["rag"].label == "In doubt, recovery plan in place"


def test_trouble_told_of_what_is_red_proposes_nothing_better(world: World) -> None:
    assert world.view("6.2.2").agreed["rag"].label == "Will miss its date"
    seen = world.say("Beatrix", "6.2.2 at risk, a fault in the lift, hub can't open before 9 April")
    assert "move the due date" in seen
    assert "propose" not in seen


def test_the_reason_of_a_date_is_what_its_author_gave(world: World) -> None:
    for words in (
        "6.1.2 slipped to May because the trainer is ill",
        "6.1.2 slipped to June, the trainer is ill",
    ):
        world.tap("Priya", buttons(world.act("Priya", words))["Yes"])
    reasons = [one.reason for one in world.store.governance.ledger(world.view("6.1.2").action.id)]
    assert reasons == ["the trainer is ill", "slipped to June, the trainer is ill"]


def test_a_figure_below_its_target_proposes_nothing_better(world: World) -> None:
    assert world.view("3.1").agreed["rag"].label == "Will miss its date"
    seen = world.say("Dana", "update 3.1 on track, 68% of community nurses log in each week now, target 90%")
    assert "propose" not in seen
    assert "propose Green" in world.say("Dana", "update 3.1 on track, 92% of nurses log in, target 90%")


def test_a_tap_pressed_twice_settles_once(world: World) -> None:
    sent = world.act("Priya", "6.1.2 slipped to May, trainer off sick")
    yes = buttons(sent)["Yes"]
    world.tap("Priya", yes)
    assert "already settled" in world.tap("Priya", yes)
    assert len(world.store.governance.ledger(world.view("6.1.2").action.id)) == 1


def test_another_person_cannot_answer_a_receipt(world: World) -> None:
    sent = world.act("Priya", "6.1.2 slipped to May, trainer off sick")
    seen = world.tap("Beatrix", buttons(sent)["Yes"])
    assert "somebody else's" in seen
    assert world.view("6.1.2").requested is None


def test_words_that_name_no_action_are_kept_and_asked_about(world: World) -> None:
    sent = world.act("Priya", "thanks, will look at it")
    offered = buttons(sent)
    assert "None of these" in offered
    choice = next(command for label, command in offered.items() if label.startswith("6.1.2"))
    world.tap("Priya", choice)
    kept = world.store.updates.of_action(world.view("6.1.2").action.id)
    assert "thanks, will look at it" in (kept[0].text or "")


def test_an_unknown_ref_is_kept_and_the_nearest_are_offered(world: World) -> None:
    seen = world.say("Priya", "6.1.9 is done")
    assert "No action is called 6.1.9" in seen
    assert "6.1.2" in seen or "6.1.4" in seen


def test_no_change_is_refused_past_the_due_date(world: World) -> None:
    world.at(2026, 5, 4)
    sent = world.act("Beatrix", "6.2.2 no change")
    assert "has gone: is it done, or what is the new date?" in shown(sent)
    assert set(buttons(sent)) >= {"Done", "New date"}


def test_completion_is_claimed_not_rated(world: World) -> None:
    sent = world.act("Jasper", "6.1.4 complete: the line opened on 2 February and is staffed from 8 to 8")
    assert "claim it complete?" in shown(sent)
    world.tap("Jasper", buttons(sent)["Yes"])
    view = world.view("6.1.4")
    assert view.state is State.CLAIMED
    assert view.agreed["rag"].label == "In doubt, recovery plan in place"


def test_an_edited_message_corrects_and_a_deleted_one_withdraws(world: World) -> None:
    world.act("Jasper", "6.1.4 opening slips to April", message_id="m1")
    world.act("Jasper", "6.1.4 opening slips to May", InboundKind.EDIT, message_id="m1")
    action_id = world.view("6.1.4").action.id
    standing = [one for one in world.store.updates.of_action(action_id) if one.standing]
    assert [one.text for one in standing] == ["6.1.4 opening slips to May"]
    assert standing[0].kind is UpdateKind.CORRECTION
    seen = shown(world.act("Jasper", "", InboundKind.DELETE, message_id="m1"))
    assert "withdrawn" in seen
    assert world.view("6.1.4").last_update_id is None


def test_an_edit_that_changes_no_words_does_nothing(world: World) -> None:
    world.act("Jasper", "6.1.4 on track", message_id="m1")
    assert world.act("Jasper", "6.1.4 on  track", InboundKind.EDIT, message_id="m1") == []
    assert len(world.store.updates.of_action(world.view("6.1.4").action.id)) == 1


def test_words_about_somebody_elses_action_are_kept_for_the_office(world: World) -> None:
    seen = world.say("Victor", "6.1.4 is going well")
    assert "6.1.4 is not yours" in seen
    assert world.view("6.1.4").last_update_id is None
    assert [text for _, text, _, _ in world.store.updates.unplaced_of(world.plan.id)] == [
        "6.1.4 is going well"
    ]


def test_the_office_enters_anothers_words_and_both_names_are_kept(world: World) -> None:
    world.say("Dana", "for Jasper 6.1.4: calls at 40 a day")
    update = world.store.updates.of_action(world.view("6.1.4").action.id)[0]
    assert (update.author, update.entered_by_id) == ("Jasper", world.people["Dana"].id)


def test_a_link_in_an_answer_becomes_evidence(world: World) -> None:
    world.say("Jasper", "6.1.4 rota is here: https://files.example.org/rota.pdf, all filled")
    found = world.store.governance.evidence(world.view("6.1.4").action.id)
    assert [one.link for one in found] == ["https://files.example.org/rota.pdf"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("6.1.2 all fine, on track", False, id="on track and green"),
        pytest.param("6.1.2 going ok, 60% of homes trained", False, id="a figure alone"),
        pytest.param("6.1.2 will not make March, now end of May", True, id="a slip"),
        pytest.param("6.1.2 at risk: no trainer", True, id="at risk while green"),
    ],
)
def test_it_asks_only_where_the_record_would_change(world: World, text: str, asked: bool) -> None:
    assert ("needs you" in world.say("Priya", text)) is asked


def test_not_this_action_moves_the_words(world: World) -> None:
    world.act("Priya", "6.1.2 handed out on all wards, on track")
    update = world.store.updates.of_action(world.view("6.1.2").action.id)[0]
    offered = buttons(world.act("Priya", f"notthis {update.id}", InboundKind.TAP))
    world.tap("Priya", offered["6.2.3 Give every patient a written plan before they leave"])
    assert world.view("6.1.2").last_update_id is None
    assert world.view("6.2.3").last_line is not None


def test_the_edit_form_is_prefilled_and_its_fields_decide(world: World) -> None:
    world.act("Priya", "6.1.2 slipped to May")
    update = world.store.updates.of_action(world.view("6.1.2").action.id)[0]
    form = shown(world.act("Priya", f"edit {update.id}", InboundKind.TAP))
    assert "New due date to ask for=May 2026" in form
    world.tap(
        "Priya",
        f"edit {update.id}",
        text="6.1.2 slipped to June",
        date="June 2026",
        reason="no trainer",
        rating="Amber",
    )
    view = world.view("6.1.2")
    assert view.requested is not None
    assert view.requested.text == "June 2026"
    assert store_reason(world) == "no trainer"


def store_reason(world: World) -> str | None:
    return world.store.governance.ledger(world.view("6.1.2").action.id)[-1].reason


def test_a_prompt_can_be_answered_in_a_form_with_a_field_for_each_action(world: World) -> None:
    prompted(world)
    meeting = world.store.updates.open_prompts(world.people["Priya"].id)[0].meeting_id
    form = shown(world.act("Priya", f"reply {meeting}", InboundKind.TAP))
    assert "6.1.2 Train care home staff" in form
    assert "6.2.3 Give every patient" in form
    handle = world.view("6.1.2").action.handle
    seen = world.tap("Priya", f"reply {meeting}", **{f"a{handle}": "on track, 20 of 31 homes trained"})
    assert "Got it: 6.1.2" in seen
    assert world.view("6.1.2").last_line == "on track, 20 of 31 homes trained"
    assert "6.1.2" not in shown(world.act("Priya", f"reply {meeting}", InboundKind.TAP))


def test_what_did_not_fit_is_said(world: World) -> None:
    from handlers.updates.intake import MOST_CHARS, shortened
    from storage.model.post import Inbound

    long = "6.1.4 on track. " + "The rota is filled. " * 4000
    kept = shortened(Inbound("console", "k", InboundKind.MESSAGE, "jasper", "jasper", world.now, long))
    assert len(kept.text) == MOST_CHARS
    seen = world.say("Jasper", kept.text, details=kept.details)
    assert f"I kept the first {MOST_CHARS:,}" in seen
