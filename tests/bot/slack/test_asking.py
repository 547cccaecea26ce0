"""Asking in Slack: the command, a mention, a direct message; the home tab; what comes back and who sees it."""

from __future__ import annotations

import pytest

from tests.bot.slack.stage import Stage
from tests.fakes.slack import Conversation, Person


async def test_the_command_answers_the_asker_alone(stage: Stage, tom: Person, channel: Conversation) -> None:
    delivery = await tom.command("/plan", "status theme 6", channel)
    assert delivery.acked
    answer = await stage.fake.message_to(tom, "6.1.4")
    assert answer.only_for == tom.id
    assert answer.conversation is channel
    assert stage.fake.messages_to(channel) == []


async def test_here_shows_the_answer_to_all(stage: Stage, tom: Person, channel: Conversation) -> None:
    await tom.command("/plan", "status 6.1.4 here", channel)
    assert "6.1.4" in (await stage.fake.message_to(channel, "6.1.4")).text


async def test_a_mention_and_a_direct_message_with_the_same_words_answer_too(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    await tom.dm("status 6.1.4")
    direct = await stage.fake.message_to(tom, "advice line")
    await tom.mention(channel, "/status 6.1.4")
    in_channel = await stage.fake.message_to(tom, "advice line")
    assert in_channel.conversation is channel
    assert in_channel.text == direct.text


async def test_an_unknown_command_is_answered_with_a_suggestion(stage: Stage, tom: Person) -> None:
    await tom.command("/plan", "staus theme 6")
    await stage.fake.message_to(tom, "Did you mean “status")


async def test_a_command_in_a_conversation_of_two_others_is_answered_there_privately(
    stage: Stage, tom: Person, priya: Person
) -> None:
    theirs = stage.fake.world.add_conversation("", "im", {tom.id, priya.id})
    await tom.command("/plan", "status 6.1.4", theirs)
    answer = await stage.fake.message_to(tom, "advice line")
    assert answer.only_for == tom.id


async def test_help_fits_who_asks(stage: Stage, tom: Person, priya: Person) -> None:
    await tom.command("/plan", "help")
    office = await stage.fake.message_to(tom, "decide")
    await priya.command("/plan", "help")
    owner = await stage.fake.message_to(priya, "update")
    assert "decide" in office.text
    assert "decide 6" not in owner.text


async def test_naming_a_person_maps_an_owner_by_their_real_name(stage: Stage, tom: Person) -> None:
    kit = stage.fake.person("Kit Barlow", email="kit@thornmere.example")
    await tom.command("/plan", 'people map "Kit Barlow, Head of Patient Flow" @Kit')
    await stage.fake.message_to(tom, "is Kit Barlow now")
    known = await stage.ask(lambda store: store.people.by_account("slack", kit.id))
    assert known is not None
    assert (known.name, known.email) == ("Kit Barlow", "kit@thornmere.example")


async def test_whom_a_new_person_names_is_not_kept_with_their_account(
    stage: Stage, channel: Conversation
) -> None:
    kit, ada = stage.fake.person("Kit Barlow"), stage.fake.person("Ada Quill")
    channel.members.add(ada.id)
    await ada.command("/plan", "status owner @Kit", channel)
    await stage.fake.message_to(ada)
    known = await stage.ask(lambda store: store.people.by_account("slack", ada.id))
    assert known is not None
    assert kit.id not in str(known.accounts)


async def test_an_e_mail_address_that_another_workspace_vouches_for_makes_nobody_of_ours(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    """Else whoever calls themselves by the officer's address in a shared channel would be the officer."""
    other = stage.fake.person("Tom Fairbrother", email=tom.user.email)
    other.user.team = "TOTHER"
    channel.members.add(other.id)
    await other.command("/plan", "meeting next", channel)
    assert "programme office" in (await stage.fake.message_to(other)).text
    known = await stage.ask(lambda store: store.people.by_account("slack", other.id))
    officer = await stage.ask(lambda store: store.people.by_account("slack", tom.id))
    assert known is not None
    assert officer is not None
    assert (known.id != officer.id, known.email) == (True, None)


async def test_a_channel_becomes_the_plans(stage: Stage, tom: Person, channel: Conversation) -> None:
    await tom.command("/plan", "channel", channel)
    await stage.fake.message_to(tom, "now hears of")
    (known,) = await stage.ask(lambda store: store.plans.channel("slack", channel.id))
    assert known.name == "plan"


async def test_the_home_tab_shows_the_plan_with_buttons(stage: Stage, tom: Person) -> None:
    await tom.open_home()
    view = await tom.home("Thornmere")
    assert view.payload["type"] == "home"


@pytest.mark.parametrize("words", ["status theme 99", "status owner Nobody", "history 9.9.9"])
async def test_what_does_not_exist_gets_a_sentence(stage: Stage, tom: Person, words: str) -> None:
    await tom.command("/plan", words)
    answer = await stage.fake.message_to(tom)
    assert "wrong on my side" not in answer.text
    assert answer.text
