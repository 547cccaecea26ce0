"""What an owner does in Slack: answers a prompt, corrects, withdraws, taps."""

from __future__ import annotations

from tests.bot.slack.stage import Stage
from tests.fakes.slack import Conversation, Person


async def test_a_prompt_goes_to_a_mapped_owner_who_answers_in_its_thread(stage: Stage, priya: Person) -> None:
    prompt = await stage.fake.message_to(priya, "6.1.2")
    await priya.dm("6.1.2 on track, two homes so far. rest no change", thread=prompt)
    receipt = await stage.fake.message_to(priya, "Got it")
    assert receipt.thread_ts == prompt.ts
    assert "6.2.3" in receipt.text
    assert await stage.updates("6.1.2") == ["6.1.2 on track, two homes so far."]


async def test_a_direct_message_becomes_an_update_with_a_link_back_to_it(stage: Stage, priya: Person) -> None:
    said = await priya.dm(
        "6.1.2: staff at 9 of 20 homes trained, see https://thornmere.example/homes?a=1&b=2"
    )
    await stage.fake.message_to(priya, "Got it")
    action = (await stage.view("6.1.2")).action
    (update,) = await stage.ask(lambda store: store.updates.of_action(action.id))
    assert update.text == "6.1.2: staff at 9 of 20 homes trained, see https://thornmere.example/homes?a=1&b=2"
    assert (
        update.link == f"https://fake.slack.com/archives/{said.conversation.id}/p{said.ts.replace('.', '')}"
    )
    (evidence,) = await stage.ask(lambda store: store.governance.evidence(action.id))
    assert evidence.link == "https://thornmere.example/homes?a=1&b=2"


async def test_an_edited_message_corrects_the_update_and_a_link_that_unfolds_does_not(
    stage: Stage, priya: Person
) -> None:
    said = await priya.dm("6.1.2 on track, five homes so far")
    await stage.fake.message_to(priya, "Got it")
    await priya.unfurl(said)
    await priya.edit(said, "6.1.2 on track, nine homes so far")
    await stage.fake.message_to(priya, "Got it")
    assert await stage.updates("6.1.2") == ["6.1.2 on track, nine homes so far"]


async def test_a_deleted_message_withdraws_the_update(stage: Stage, priya: Person) -> None:
    said = await priya.dm("6.1.2 on track, five homes so far")
    await stage.fake.message_to(priya, "Got it")
    await priya.delete(said)
    await stage.idle()
    assert await stage.updates("6.1.2") == []


async def test_a_receipt_asks_by_buttons_and_the_card_changes_when_tapped(
    stage: Stage, priya: Person
) -> None:
    await priya.dm("6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    old_card = [dict(block) for block in receipt.blocks]
    assert (await stage.view("6.1.2")).requested is None
    await priya.press(receipt, "Yes")
    changed = await stage.fake.message_to(priya, "you ask to move the due date")
    assert changed.ts == receipt.ts
    assert "[Yes]" not in changed.text
    assert (await stage.view("6.1.2")).requested is not None
    await priya.press_as_it_was(receipt, old_card, "Yes")
    await stage.fake.message_to(priya, "already settled")


async def test_change_opens_a_prefilled_form_whose_words_correct_the_update(
    stage: Stage, priya: Person
) -> None:
    await priya.dm("6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    await priya.press(receipt, "Change")
    view = await priya.modal()
    words = next(block for block in view.payload["blocks"] if block["block_id"] == "text")
    assert words["element"]["initial_value"] == "6.1.2 slipped to May, trainer off sick"
    await priya.submit(view, {"Your words": "6.1.2 slipped to June, trainer off sick"})
    await stage.fake.message_to(priya, "your words are corrected")
    assert await stage.updates("6.1.2") == ["6.1.2 slipped to June, trainer off sick"]


async def test_a_tap_by_somebody_else_moves_nothing(
    stage: Stage, priya: Person, tom: Person, channel: Conversation
) -> None:
    await priya.mention(channel, "6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    victor = stage.fake.person("Victor Low")
    receipt.conversation.members.add(victor.id)  # at worst
    await victor.press(receipt, "Yes")
    await stage.idle()
    assert (await stage.view("6.1.2")).requested is None


async def test_words_that_look_like_mark_up_are_kept_and_shown_as_typed(stage: Stage, priya: Person) -> None:
    await priya.dm("6.1.2 A&E <!channel> *now* at 80%")
    receipt = await stage.fake.message_to(priya, "80%")
    assert receipt.pings == set()
    assert await stage.updates("6.1.2") == ["6.1.2 A&E <!channel> *now* at 80%"]
    history = await priya.command("/plan", "history 6.1.2")
    assert history.acked
    shown = await stage.fake.message_to(priya, "A&E <!channel> *now* at 80%")
    assert shown.pings == set()


async def test_nobody_else_sees_an_answer(
    stage: Stage, priya: Person, tom: Person, channel: Conversation
) -> None:
    await priya.dm("6.1.2 on track, five homes so far")
    await stage.fake.message_to(priya, "Got it")
    await stage.idle()
    assert "five homes" not in tom.reads()
    assert "five homes" not in tom.reads(channel)
