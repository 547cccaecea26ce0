"""Answers within an interaction: they take the best way that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.slack.inbound import Happening
from bot.slack.replies import Replies
from handlers.messages import ASKER, Asker, Chart, Field, Form, Message, Quote, say
from storage.model.post import Inbound, InboundKind
from tests.bot.slack.stage import Stage
from tests.fakes.slack import Conversation, Person

NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)
FORM = Form("New date", "date 6.1.2", (Field("date", "Date"),))


def replies(stage: Stage, person: Person, where: Conversation, **more: object) -> Replies:
    inbound = Inbound("slack", "k", InboundKind.COMMAND, person.id, where.id, NOW, direct=where.kind == "im")
    happening = Happening(
        inbound, stage.fake.response_urls.new(person.id, where), stage.fake.triggers.new(person.id)
    )
    happening = replace(happening, **more)  # type: ignore[arg-type]
    app = stage.app
    assert app._session is not None
    return Replies(app._patient, app._directory, app._session, app._pacer, happening)


def texts(stage: Stage, whom: Person | Conversation) -> list[str]:
    return [message.text for message in stage.fake.messages_to(whom)]


@pytest.fixture(autouse=True)
async def quiet(stage: Stage) -> None:
    await stage.idle()


async def test_after_five_answers_the_sixth_still_arrives(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    answer = replies(stage, tom, channel)
    await answer([Message(ASKER, (say(f"answer {number}"),)) for number in range(7)])
    assert [text for text in texts(stage, tom) if "answer" in text] == [
        f"answer {number}" for number in range(7)
    ]
    assert texts(stage, channel) == []


async def test_an_expired_response_url_is_no_loss(stage: Stage, tom: Person, channel: Conversation) -> None:
    answer = replies(stage, tom, channel)
    stage.fake.world.clock.advance(1900)
    await answer([Message(ASKER, (say("late"),))])
    assert "late" in texts(stage, tom)


async def test_a_form_after_three_seconds_is_offered_as_a_button(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    answer = replies(stage, tom, channel)
    stage.fake.world.clock.advance(4)
    await answer([Message(ASKER, (FORM,))])
    offered = await stage.fake.message_to(tom, "[New date]")
    assert offered.only_for == tom.id


async def test_one_trigger_opens_one_form(stage: Stage, tom: Person, channel: Conversation) -> None:
    await replies(stage, tom, channel)([Message(ASKER, (FORM,)), Message(ASKER, (FORM,))])
    assert (await tom.modal()).payload["title"]["text"] == "New date"
    await stage.fake.message_to(tom, "[New date]")


async def test_an_answer_that_is_too_long_comes_in_several_whispers(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    await replies(stage, tom, channel)([Message(ASKER, (Quote("word " * 6000),))])
    mine = [message for message in stage.fake.messages_to(tom) if message.only_for]
    assert len(mine) > 1
    assert "".join(message.text for message in mine).count("word") == 6000


async def test_a_chart_for_one_person_goes_to_their_direct_message(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    parts: Sequence[Message] = [Message(ASKER, (say("see"), Chart(b"png", "4 green", "Ratings")))]
    await replies(stage, tom, channel)(parts)
    names = [file["name"] for message in stage.fake.messages_to(tom) for file in message.files]
    assert names == ["ratings.png"]
    assert texts(stage, channel) == []


async def test_what_is_for_all_is_shown_to_all(stage: Stage, tom: Person, channel: Conversation) -> None:
    message = Message(Asker(everyone=True), (say("see"), Chart(b"png", "4 green", "Ratings")))
    await replies(stage, tom, channel)([message])
    assert [(one.text, len(one.files)) for one in stage.fake.messages_to(channel)] == [("see", 0), ("", 1)]


async def test_a_card_that_is_gone_is_answered_anew(stage: Stage, tom: Person) -> None:
    where = stage.fake.world.dm_with(tom.id)
    await replies(stage, tom, where)([Message(ASKER, (say("settled"),), replaces="@1.1")])
    assert "settled" in texts(stage, tom)
