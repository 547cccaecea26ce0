"""Asking in Teams: the own chat, channels and group chats by mention; who sees the answer; channels and people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.teams.manifest import SAVE
from tests.bot.teams.conftest import prepare
from tests.bot.teams.stage import Stage, staged
from tests.fakes.teams import TENANT, Conversation, Person


@pytest.mark.parametrize("words", ["status theme 6", "/status theme 6"])
async def test_a_question_in_the_own_chat_is_answered(stage: Stage, tom: Person, words: str) -> None:
    await tom.say(words)
    answer = await stage.fake.message_to(tom, "6.1.4")
    assert "advice line" in answer.text


async def test_a_mention_is_answered_in_the_own_chat_with_a_word_in_the_thread(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    asked = await tom.mention(channel, "status 6.1.4")
    assert "advice line" in (await stage.fake.message_to(tom, "6.1.4")).text
    word = await stage.fake.message_to(channel)
    assert "own chat" in word.text
    assert word.root == asked.id
    assert "6.1.4" not in word.text


async def test_here_shows_the_answer_to_all_in_the_thread(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    asked = await tom.mention(channel, "status 6.1.4 here")
    answer = await stage.fake.message_to(channel, "6.1.4")
    assert answer.root == asked.id


async def test_a_group_chat_is_answered_too(stage: Stage, tom: Person, priya: Person) -> None:
    group = stage.fake.group("programme", tom, priya)
    await tom.mention(group, "status 6.1.4 here")
    assert (await stage.fake.message_to(group, "6.1.4")).root is None


async def test_who_has_no_chat_with_the_bot_is_told_how_to_get_one(
    stage: Stage, channel: Conversation
) -> None:
    victor = stage.fake.person("Victor Low", installed=False)
    channel.members.add(victor.id)
    await victor.mention(channel, "status 6.1.4")
    assert "Apps, Assurebot, Add" in (await stage.fake.message_to(channel)).text


async def test_an_unknown_command_is_answered_with_a_suggestion(stage: Stage, tom: Person) -> None:
    await tom.say("/staus theme 6")
    await stage.fake.message_to(tom, "Did you mean “status")


async def test_naming_a_person_maps_an_owner_to_their_account(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    kit = stage.fake.person("Kit Barlow", "kit@thornmere.example")
    channel.members.add(kit.id)
    await tom.mention(channel, 'people map "Kit Barlow, Head of Patient Flow" @Kit Barlow')
    await stage.fake.message_to(tom, "is Kit Barlow now")
    known = await stage.ask(lambda store: store.people.by_account("teams", kit.user.aad))
    assert known is not None
    assert (known.name, known.email) == ("Kit Barlow", "kit@thornmere.example")


async def test_a_stranger_is_met_by_entra_id_name_and_e_mail(stage: Stage) -> None:
    kit = stage.fake.person("Kit Barlow", "kit@thornmere.example")
    await kit.say("help")
    await stage.fake.message_to(kit, "What you can do")
    known = await stage.ask(lambda store: store.people.by_account("teams", kit.user.aad))
    assert known is not None
    assert (known.name, known.email) == ("Kit Barlow", "kit@thornmere.example")
    account = known.account("teams")
    assert account is not None
    assert account.conversation == kit.chat.id
    assert account.details["service_url"] == stage.fake.url


async def test_a_channel_becomes_the_plans_with_its_reference(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    await tom.mention(channel, "channel")
    await stage.fake.message_to(tom, "now hears of")
    (known,) = await stage.ask(lambda store: store.plans.channel("teams", channel.id))
    assert known.name == "plan"
    assert known.details["service_url"] == stage.fake.url


async def test_home_shows_where_the_cycle_stands(stage: Stage, tom: Person) -> None:
    await tom.say("home")
    card = await stage.fake.message_to(tom, "Thornmere")
    await tom.press(card, "Cycle")
    await stage.fake.message_to(tom, "from the plan's timeline")


async def test_the_digest_goes_to_the_channel_and_goes_on_in_its_thread(database: Path) -> None:
    def with_channel(stage: Stage) -> None:
        prepare(stage)
        stage.reports_to(next(iter(reversed(stage.fake.world.conversations.values()))))

    async with staged(database, datetime(2026, 2, 16, 14, tzinfo=UTC), prepare=with_channel) as stage:
        channel = next(each for each in stage.fake.world.conversations.values() if each.name == "plan")
        digest = await stage.fake.message_to(channel)
        await stage.idle()
        said = "\n".join(message.text for message in stage.fake.messages_to(channel))
        assert all(message.root in {None, digest.id} for message in stage.fake.messages_to(channel))
        assert " | " in said
        assert "[image: " in said
        assert "Priya" not in said
        assert stage.fake.complaints == []


async def test_who_installs_the_bot_is_welcomed_and_can_be_written_to(stage: Stage) -> None:
    kit = stage.fake.person("Kit Barlow", installed=False)
    chat = stage.fake.world.add_conversation("personal", "Kit Barlow", {kit.id})
    await stage.fake.install(chat, kit)
    await stage.fake.message_to(kit, "I am Assurebot")
    known = await stage.ask(lambda store: store.people.by_account("teams", kit.user.aad))
    assert known is not None
    account = known.account("teams")
    assert account is not None
    assert account.details["tenant"] == TENANT


async def active(stage: Stage, who: Person) -> bool:
    known = await stage.ask(lambda store: store.people.by_account("teams", who.user.aad))
    assert known is not None
    return known.active


async def test_the_office_hears_at_once_who_removed_the_bot_and_they_are_asked_nothing(
    stage: Stage, priya: Person, tom: Person
) -> None:
    await stage.fake.install(priya.chat, priya, add=False)
    told = await stage.fake.message_to(tom, "Priya Nandakumar removed me from their Teams")
    assert "Theirs: 6.1.2" in told.text
    await stage.idle()
    assert tom.reads().count("removed me") == 1
    assert not await active(stage, priya)
    await tom.say("chase")
    await stage.idle()
    assert "could not deliver" not in tom.reads()


async def test_who_adds_the_bot_again_can_be_asked_again(stage: Stage, priya: Person, tom: Person) -> None:
    await stage.fake.install(priya.chat, priya, add=False)
    await stage.fake.message_to(tom, "removed me")
    await stage.fake.install(priya.chat, priya)
    await stage.fake.message_to(priya, "I am Assurebot")
    await stage.idle()
    assert await active(stage, priya)
    assert priya.reads().count("I am Assurebot") == 1


async def test_who_blocked_the_bot_is_asked_nothing_until_they_write_to_it(
    stage: Stage, priya: Person, tom: Person, channel: Conversation
) -> None:
    """No event tells of it: the next post does."""
    priya.chat.blocked = True
    stage.ahead += timedelta(days=7)
    await stage.workers.tick()
    told = await stage.fake.message_to(tom, "could not deliver")
    assert "to Priya Nandakumar: The Assurebot app is blocked there" in told.text
    assert "Theirs: 6.1.2" in told.text
    await priya.mention(channel, "status 6.1.2 here")
    await stage.fake.message_to(channel, "6.1.2")
    assert not await active(stage, priya)
    priya.chat.blocked = False
    await priya.say("6.1.2 on track")
    await stage.fake.message_to(priya, "Got it")
    assert await active(stage, priya)


async def test_the_office_hears_that_the_bot_was_removed_from_a_plans_channel(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    await tom.mention(channel, "channel")
    await stage.fake.message_to(tom, "now hears of")
    await stage.fake.install(channel, tom, add=False)
    await stage.fake.message_to(tom, "removed from #plan")
    await stage.idle()
    assert tom.reads().count("removed from #plan") == 1


async def test_somebody_of_another_tenant_is_refused_with_a_sentence(stage: Stage) -> None:
    stranger = stage.fake.person("Ada Stranger", tenant="00000000-0000-4000-8000-000000000000")
    await stranger.say("status theme 6")
    answer = await stage.fake.message_to(stranger)
    assert "another organisation" in answer.text
    assert await stage.ask(lambda store: store.people.by_account("teams", stranger.user.aad)) is None


async def test_a_decision_that_was_typed_is_answered_though_there_is_no_card_to_change(
    stage: Stage, tom: Person
) -> None:
    await tom.say("meeting 17 February")
    await stage.fake.message_to(tom, "Assurance meeting")
    await tom.say("decide 6.1.4 red, return in May")
    await stage.fake.message_to(tom, "return in May")


async def test_the_menus_entry_files_ones_own_message(
    stage: Stage, priya: Person, channel: Conversation
) -> None:
    said = await priya.write(channel, "6.1.2 on track, A&E has seven homes")
    await priya.shortcut(said, SAVE)
    assert "taken these words in" in priya.told[-1]
    await stage.fake.message_to(priya, "Got it")
    assert await stage.updates("6.1.2") == ["6.1.2 on track, A&E has seven homes"]
    assert all("Got it" not in each.text for each in stage.fake.messages_to(channel))


async def test_the_menus_entry_on_another_persons_message_asks_them_first(
    stage: Stage, priya: Person, tom: Person, channel: Conversation
) -> None:
    said = await priya.write(channel, "6.1.2 on track, seven homes")
    await tom.shortcut(said, SAVE)
    asked = await stage.fake.message_to(priya, "seven homes")
    assert await stage.updates("6.1.2") == []
    await priya.press(asked, "Yes, file it")
    await stage.fake.message_to(priya, "Got it")
    assert await stage.updates("6.1.2") == ["6.1.2 on track, seven homes"]
