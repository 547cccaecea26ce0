"""What an owner does in Teams: answers a prompt, corrects, withdraws, taps."""

from __future__ import annotations

from tests.bot.teams.stage import Stage
from tests.fakes.teams import Person
from tests.fakes.teams.reading import buttons_of, inputs_of


async def test_a_prompt_goes_to_a_mapped_owner_who_answers_it(stage: Stage, priya: Person) -> None:
    await stage.fake.message_to(priya, "6.1.2")
    await priya.say("6.1.2 on track, two homes so far. rest no change")
    receipt = await stage.fake.message_to(priya, "Got it")
    assert "6.1.2" in receipt.text
    assert (await stage.updates("6.1.2"))[0].startswith("6.1.2 on track")


async def test_a_receipt_asks_by_buttons_and_is_settled_in_its_place(stage: Stage, priya: Person) -> None:
    await priya.say("6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    assert (await stage.view("6.1.2")).requested is None
    await priya.press(receipt, "Yes")
    changed = await stage.fake.message_to(priya, "you ask to move the due date")
    assert changed is receipt
    assert "[Yes]" not in receipt.text
    assert (await stage.view("6.1.2")).requested is not None


async def test_a_button_pressed_twice_has_one_effect(stage: Stage, priya: Person) -> None:
    await priya.say("6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    as_it_was = dict(receipt.payload)
    await priya.press(receipt, "Yes")
    await stage.fake.message_to(priya, "you ask to move the due date")
    receipt.payload = as_it_was
    receipt.private.clear()
    await priya.press(receipt, "Yes")
    await stage.fake.message_to(priya, "already settled")


async def test_edit_puts_inputs_in_the_place_of_the_card(stage: Stage, priya: Person) -> None:
    await priya.say("6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    await priya.press(receipt, "Change")
    assert "Your words" in inputs_of(receipt.card_for(priya.id))
    assert not inputs_of(receipt.payload)  # for nobody else
    await priya.press(receipt, "Save", {"Your words": "6.1.2 slipped to June"})
    await stage.fake.until(lambda: receipt.edits or None, "corrected receipt")
    assert await stage.updates("6.1.2") == ["6.1.2 slipped to June"]


async def test_an_edited_message_corrects_the_update_and_a_deleted_one_withdraws_it(
    stage: Stage, priya: Person
) -> None:
    said = await priya.say("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    await priya.edit(said, "6.1.2 on track, two homes")
    await stage.idle()
    assert await stage.updates("6.1.2") == ["6.1.2 on track, two homes"]
    await priya.delete(said)
    await stage.idle()
    assert await stage.updates("6.1.2") == []


async def test_the_wrong_action_is_changed_by_a_tap(stage: Stage, priya: Person) -> None:
    await priya.say("the written plan that every patient is given before they leave is on track")
    receipt = await stage.fake.message_to(priya, "Not this action")
    await priya.press(receipt, "Not this action")
    await stage.fake.until(lambda: receipt.edits or receipt.private or None, "choice of actions")
    titles = [title for title in buttons_of(receipt.card_for(priya.id)) if title.startswith("6.1.2")]
    await priya.press(receipt, titles[0])
    await stage.idle()
    assert len(await stage.updates("6.1.2")) == 1
    assert await stage.updates("6.2.3") == []


async def test_the_answer_to_a_quoted_prompt_is_their_own_words_alone(stage: Stage, priya: Person) -> None:
    prompt = await stage.fake.message_to(priya, "6.1.2")
    quoted = (
        f'<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="{prompt.id}">'
        "<strong>Assurebot</strong><p>6.2.3 all done</p></blockquote><p>6.1.2 on track,<br>A&amp;E agrees</p>"
    )
    html = {"contentType": "text/html", "content": quoted}
    await priya._say(
        priya.chat, "Assurebot 6.2.3 all done 6.1.2 on track, A&E agrees", [], None, attachments=[html]
    )
    await stage.fake.message_to(priya, "Got it")
    assert await stage.updates("6.1.2") == ["6.1.2 on track,\nA&E agrees"]
    assert await stage.updates("6.2.3") == []


async def test_a_tap_by_somebody_else_moves_nothing(stage: Stage, priya: Person, tom: Person) -> None:
    await priya.say("6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    victor = stage.fake.person("Victor Low")
    receipt.conversation.members.add(victor.id)  # at worst
    await victor.press(receipt, "Yes")
    await stage.idle()
    assert (await stage.view("6.1.2")).requested is None


async def test_words_that_look_like_mark_up_are_kept_and_shown_as_typed(stage: Stage, priya: Person) -> None:
    await priya.say("6.1.2 A&E **now** [x](http://a.example) at 80%")
    await stage.fake.message_to(priya, "80%")
    assert await stage.updates("6.1.2") == ["6.1.2 A&E **now** [x](http://a.example) at 80%"]
    await priya.say("history 6.1.2")
    await stage.fake.message_to(priya, "A&E **now** [x](http://a.example) at 80%")


async def test_a_button_of_an_older_card_is_understood(stage: Stage, priya: Person) -> None:
    await priya.say("6.1.2 slipped to May, trainer off sick")
    receipt = await stage.fake.message_to(priya, "May 2026")
    await priya.submit(receipt, dict(buttons_of(receipt.card_for(priya.id))["Yes"]["data"]))
    assert (await stage.fake.message_to(priya, "you ask to move the due date")) is receipt
