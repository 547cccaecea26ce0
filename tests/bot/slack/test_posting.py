"""A kept post as calls of Slack: whole, threaded, changed, whispered, and found again after a crash."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import now
from bot.surface import Refused
from handlers.messages import (
    ASKER,
    Asker,
    Chart,
    Details,
    File,
    Mention,
    Message,
    Part,
    ToChannel,
    ToPerson,
    say,
    to_json,
)
from storage.model.post import Attached, OutboxRow, OutboxState
from tests.bot.slack.stage import Stage
from tests.fakes.slack import Conversation, Person

To = Asker | ToPerson | ToChannel
DIGEST: tuple[Part, ...] = (
    say("Digest"),
    Chart(b"png", "4 green", "Ratings"),
    File("pack.docx", b"docx"),
    Details("Theme 6", (say("6.1.4 is late"),)),
)


def said(to: To, *parts: Part, **more: Any) -> Message:
    return Message(to, parts or (say("Hello"),), key="k", **more)


def row_for(conversation: str, key: str, message: Message | None = None, **content: Any) -> OutboxRow:
    held = to_json(message or Message(ASKER, (say("Hello"),)))
    return OutboxRow(
        1, key, "slack", conversation, {**held, **content}, OutboxState.CLAIMED, now(), claimed_at=now()
    )


async def test_a_post_to_a_channel(stage: Stage, channel: Conversation) -> None:
    ts = await stage.app.post(row_for(channel.id, "k"), said(ToChannel("slack", channel.id)), None, None)
    message = await stage.fake.message_to(channel, "Hello")
    assert message.ts == ts


async def test_a_post_to_a_person_not_met_yet_opens_their_direct_message(stage: Stage, tom: Person) -> None:
    await stage.app.post(row_for(tom.id, "k"), said(ToPerson(1)), None, None)
    assert (await stage.fake.message_to(tom, "Hello")).conversation.kind == "im"


async def test_a_person_is_called_in_a_message_to_them_alone(
    stage: Stage, tom: Person, priya: Person
) -> None:
    parts = (say(Mention(1, "Tom"), " and ", Mention(2, "Priya")),)
    await stage.app.post(row_for(tom.id, "k"), said(ToPerson(1), *parts), None, None)
    message = await stage.fake.message_to(tom, "Priya")
    assert message.pings == {tom.id}


async def test_a_post_in_a_thread_and_one_in_the_place_of_another(
    stage: Stage, channel: Conversation
) -> None:
    to = ToChannel("slack", channel.id)
    first = await stage.app.post(row_for(channel.id, "k1"), said(to, say("one")), None, None)
    await stage.app.post(row_for(channel.id, "k2"), said(to, say("two")), first, None)
    assert (await stage.fake.message_to(channel, "two")).thread_ts == first
    changed = await stage.app.post(row_for(channel.id, "k3"), said(to, say("three")), None, first)
    assert changed == first
    assert [message.text for message in stage.fake.messages_to(channel)] == ["three", "two"]


async def test_a_change_of_a_message_that_is_gone_is_said_anew(stage: Stage, channel: Conversation) -> None:
    ts = await stage.app.post(row_for(channel.id, "k"), said(ToChannel("slack", channel.id)), None, "1.1")
    assert (await stage.fake.message_to(channel, "Hello")).ts == ts


async def test_a_whisper_in_a_channel_is_seen_by_one_person(
    stage: Stage, tom: Person, channel: Conversation
) -> None:
    row = row_for(channel.id, "k", only_for=tom.id)
    assert await stage.app.post(row, said(ASKER, say("psst")), None, None) is None
    message = await stage.fake.message_to(tom, "psst")
    assert message.only_for == tom.id
    assert stage.fake.messages_to(channel) == []


async def test_chart_details_and_file_stand_beside_and_under_the_post(
    stage: Stage, channel: Conversation
) -> None:
    message = said(ToChannel("slack", channel.id), *DIGEST)
    ts = await stage.app.post(row_for(channel.id, "k"), message, None, None)
    posts = stage.fake.messages_to(channel)
    shown = [(post.text or post.files[0]["name"], post.thread_ts == ts) for post in posts]
    assert shown == [
        ("Digest", True),  # a thread's first message names itself
        ("ratings.png", False),
        ("Theme 6\n6.1.4 is late", True),
        ("pack.docx", False),
    ]


async def test_posts_to_one_conversation_keep_slacks_pace(
    stage: Stage, channel: Conversation, tom: Person
) -> None:
    await stage.idle()
    kit = stage.fake.person("Kit Barlow")
    stage.pace = 0.4
    await stage.restart()
    stage.fake.pace.second = 0.05
    message = said(ToChannel("slack", channel.id), *DIGEST)
    await asyncio.gather(
        stage.app.post(row_for(channel.id, "k"), message, None, None),
        stage.app.post(row_for(kit.id, "t"), said(ToPerson(1)), None, None),
    )
    assert stage.fake.pace.refusals == []
    assert len(stage.fake.messages_to(channel)) == 4


async def test_a_post_is_found_by_its_key_and_another_is_not(stage: Stage, channel: Conversation) -> None:
    ts = await stage.app.post(row_for(channel.id, "k"), said(ToChannel("slack", channel.id)), None, None)
    row = row_for(channel.id, "k")
    assert row.claimed_at is not None
    since = row.claimed_at - timedelta(minutes=5)
    assert await stage.app.find(row, since) == ts
    assert await stage.app.find(row_for(channel.id, "other"), since) is None


async def test_a_post_in_a_thread_is_found_there(stage: Stage, channel: Conversation) -> None:
    to = ToChannel("slack", channel.id)
    first = await stage.app.post(row_for(channel.id, "first"), said(to), None, None)
    under = said(to, say("under"), thread="first")
    ts = await stage.app.post(row_for(channel.id, "k", under), under, first, None)
    row = row_for(channel.id, "k", under)
    assert row.claimed_at is not None
    assert await stage.app.find(row, row.claimed_at - timedelta(minutes=5)) == ts


@pytest.mark.parametrize("calls", [1, 2, 3, 4, 5])
async def test_what_a_crash_left_out_is_completed_and_nothing_is_posted_twice(
    stage: Stage, channel: Conversation, calls: int
) -> None:
    """The process dies after so many calls of Slack."""
    await stage.idle()
    message = said(ToChannel("slack", channel.id), *DIGEST)
    row = row_for(channel.id, "k", message)
    before = len(stage.fake.calls)
    stage.fake.dies_after = before + calls
    with pytest.raises(Exception, match=r".*"):
        await stage.app.post(row, message, None, None)
    stage.fake.dies_after = None
    assert row.claimed_at is not None
    assert await stage.app.find(row, row.claimed_at - timedelta(minutes=5)) is not None
    shown = [post.text or post.files[0]["name"] for post in stage.fake.messages_to(channel)]
    assert sorted(shown) == ["Digest", "Theme 6\n6.1.4 is late", "pack.docx", "ratings.png"]


async def test_a_file_is_fetched_with_the_token_and_from_slack_alone(stage: Stage, priya: Person) -> None:
    dropped = await priya.drop_file("notes.txt", b"6.1.2 on track")
    (file,) = dropped.files
    attached = Attached("notes.txt", file["url_private_download"], file["size"])
    assert await stage.app.fetch_file(attached) == b"6.1.2 on track"
    with pytest.raises(Refused, match="does not lie in Slack"):
        await stage.app.fetch_file(Attached("x", "https://elsewhere.example/x"))
    stage.fake.scopes.discard("files:read")
    with pytest.raises(Refused, match="files:read"):
        await stage.app.fetch_file(attached)
    with pytest.raises(Refused, match="too big"):
        await stage.app.fetch_file(Attached("x", file["url_private_download"], 2**40))
