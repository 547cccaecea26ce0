"""The message shortcut, files, digests in channels, the home tab's buttons, and being invited."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.slack.manifest import SAVE
from tests.bot.slack.conftest import prepare
from tests.bot.slack.stage import PLAN, Stage, staged
from tests.fakes.slack import Conversation, Person


async def test_the_shortcut_files_ones_own_message(
    stage: Stage, priya: Person, channel: Conversation
) -> None:
    said = await priya.say(channel, "6.1.2 on track, seven homes")
    await priya.shortcut(SAVE, said)
    await stage.fake.message_to(priya, "Got it")
    assert await stage.updates("6.1.2") == ["6.1.2 on track, seven homes"]


async def test_the_shortcut_on_another_persons_message_asks_them_first(
    stage: Stage, priya: Person, tom: Person, channel: Conversation
) -> None:
    said = await priya.say(channel, "6.1.2 on track, seven homes")
    await tom.shortcut(SAVE, said)
    asked = await stage.fake.message_to(priya, "seven homes")
    assert await stage.updates("6.1.2") == []
    await priya.press(asked, "Yes, file it")
    await stage.fake.message_to(priya, "Got it")
    assert await stage.updates("6.1.2") == ["6.1.2 on track, seven homes"]


async def test_the_author_may_be_somebody_who_never_wrote_to_the_bot(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    ada = stage.fake.person("Ada Quill", email="ada@thornmere.example")
    channel.members.add(ada.id)
    said = await ada.say(channel, "6.1.2 on track, says the trainer")
    await tom.shortcut(SAVE, said)
    asked = await stage.fake.message_to(ada, "says the trainer")
    assert asked.conversation.kind == "im"
    known = await stage.ask(lambda store: store.people.by_account("slack", ada.id))
    assert known is not None
    assert known.name == "Ada Quill"


async def test_a_bots_message_is_nobodys_update_and_the_answer_finds_its_way(
    stage: Stage, tom: Person
) -> None:
    """The bot is not in that channel, so it cannot whisper there."""
    away = stage.fake.channel("away", tom, bot=False)
    said = await tom.say(away, "6.1.2 on track")
    said.payload |= {"user": "U0OTHERBOT", "bot_id": "B0OTHER"}
    await tom.shortcut(SAVE, said)
    answer = await stage.fake.message_to(tom, "do not know the author")
    assert answer.conversation.kind == "im"
    assert await stage.updates("6.1.2") == []


async def test_a_plan_dropped_by_the_programme_office_is_compared(stage: Stage, tom: Person) -> None:
    changed = PLAN.read_text().replace("Open a seven day advice line", "Open an eight day advice line")
    await tom.drop_file("plan-v8.txt", changed.encode())
    answer = await stage.fake.message_to(tom)
    assert "wrong on my side" not in answer.text
    assert answer.text


async def test_a_file_that_cannot_be_read_gets_a_sentence(stage: Stage, tom: Person) -> None:
    await tom.drop_file("picture.docx", b"\x00\x01 no document")
    answer = await stage.fake.message_to(tom)
    assert "wrong on my side" not in answer.text
    assert "picture.docx" in answer.text or "document" in answer.text


async def test_a_button_in_the_home_tab_answers_in_the_direct_message(stage: Stage, tom: Person) -> None:
    await tom.open_home()
    view = await tom.home("programme office")
    await tom.press_in(view, "Cycle")
    answer = await stage.fake.message_to(tom)
    assert answer.conversation.kind == "im"


async def test_who_invites_the_bot_to_a_channel_is_welcomed_there(stage: Stage, tom: Person) -> None:
    new = stage.fake.channel("new", tom, bot=False)
    await stage.fake.invite(new, tom)
    welcome = await stage.fake.message_to(tom)
    assert welcome.conversation is new
    assert welcome.only_for == tom.id


async def test_the_digest_before_the_meeting_goes_to_the_plans_channel(database: Path) -> None:
    def with_channel(stage: Stage) -> None:
        prepare(stage)
        channel = next(each for each in stage.fake.world.conversations.values() if each.name == "plan")
        stage.reports_to(channel)

    async with staged(database, datetime(2026, 2, 16, 14, tzinfo=UTC), prepare=with_channel) as stage:
        channel = next(each for each in stage.fake.world.conversations.values() if each.name == "plan")
        digest = await stage.fake.message_to(channel)
        assert digest.pings == set()
        assert digest.fallback
        await stage.idle()
        assert "Priya" not in "\n".join(message.text for message in stage.fake.messages_to(channel))
