"""The fake Slack refuses what Slack refuses, and shows what Slack shows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import BOT, FakeSlack, Person

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Fake"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "slash_commands": [{"command": "/plan", "description": "x", "should_escape": True}],
        "shortcuts": [{"name": "Save", "type": "message", "callback_id": "save", "description": "x"}],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                *("app_mentions:read", "channels:history", "channels:read", "chat:write", "commands"),
                *("files:read", "files:write", "im:history", "im:read", "im:write"),
                *("users:read", "users:read.email"),
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["app_home_opened", "app_mention", "message.channels", "message.im"]
        }
    },
}
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Yes"}, "action_id": "a", "value": "yes 1"}
SECTION = {"type": "section", "text": {"type": "plain_text", "text": "Well?"}}
ACTIONS = {"type": "actions", "elements": [BUTTON]}
TITLE = {"type": "plain_text", "text": "Edit"}
INPUT = {
    "type": "input",
    "block_id": "words",
    "label": {"type": "plain_text", "text": "Words"},
    "element": {"type": "plain_text_input", "action_id": "words"},
}
MODAL = {"type": "modal", "title": TITLE, "submit": TITLE, "blocks": [INPUT]}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(MANIFEST, second=0.0) as fake:
        yield fake


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


@pytest.fixture
def jane(slack: FakeSlack) -> Person:
    return slack.person("Jane Munro", email="jane@elmvale.example")


class App:
    """The least app there can be: it takes what the socket brings, and acknowledges when told to."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack, self.got, self.acks = slack, [], True
        self.heard = asyncio.Event()

    async def connect(self) -> aiohttp.ClientWebSocketResponse:
        client = AsyncWebClient(base_url=self.slack.api_url)
        opened = await client.apps_connections_open(app_token=self.slack.app_token)
        socket = await self.slack.http.ws_connect(opened["url"])
        self.reader = asyncio.create_task(self._read(socket))
        await self.heard_of(1)
        return socket

    async def heard_of(self, envelopes: int) -> None:
        """Until so many have come, the first greeting with them."""
        async with asyncio.timeout(30):
            while len(self.got) < envelopes:
                self.heard.clear()
                await self.heard.wait()

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            envelope = message.json()
            self.got.append(envelope)
            self.heard.set()
            if self.acks and "envelope_id" in envelope:
                await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "seen"}})

    @property
    def kinds(self) -> list[str]:
        return [envelope["type"] for envelope in self.got]

    def events(self) -> list[dict[str, Any]]:
        return [each["payload"]["event"] for each in self.got if each["type"] == "events_api"]


@pytest.fixture
async def app(slack: FakeSlack) -> App:
    app = App(slack)
    await app.connect()
    return app


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_auth_test_names_the_bot(client: AsyncWebClient) -> None:
    assert (await client.auth_test())["user_id"] == BOT


async def test_the_wrong_kind_of_token_is_refused(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert await error_of(client.apps_connections_open(app_token=slack.bot_token)) == "not_allowed_token_type"
    other = AsyncWebClient(token=slack.app_token, base_url=slack.api_url)
    assert await error_of(other.chat_postMessage(channel="C1", text="x")) == "not_allowed_token_type"
    assert (
        await error_of(AsyncWebClient(token="xoxb-no", base_url=slack.api_url).auth_test()) == "invalid_auth"
    )


async def test_a_missing_scope_is_named(slack: FakeSlack, client: AsyncWebClient, jane: Person) -> None:
    slack.scopes.discard("chat:write")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=jane.id, text="x")
    assert caught.value.response["needed"] == "chat:write"


async def test_email_is_shown_with_its_scope_alone(
    slack: FakeSlack, client: AsyncWebClient, jane: Person
) -> None:
    assert (await client.users_info(user=jane.id))["user"]["profile"]["email"] == "jane@elmvale.example"
    slack.scopes.discard("users:read.email")
    assert "email" not in (await client.users_info(user=jane.id))["user"]["profile"]
    assert await error_of(client.users_lookupByEmail(email="jane@elmvale.example")) == "missing_scope"


async def test_a_post_needs_a_channel_that_the_bot_is_in(
    slack: FakeSlack, client: AsyncWebClient, jane: Person
) -> None:
    old, other, hidden = (
        slack.channel("old", jane),
        slack.channel("other", bot=False),
        slack.channel("h", bot=False),
    )
    old.archived, hidden.kind = True, "private"
    for channel, error in (
        ("C0NOWHERE", "channel_not_found"),
        (old.id, "is_archived"),
        (other.id, "not_in_channel"),
        (hidden.id, "channel_not_found"),
    ):
        assert await error_of(client.chat_postMessage(channel=channel, text="x")) == error
    empty = client.api_call("chat.postMessage", json={"channel": jane.id})
    assert await error_of(empty) == "no_text"


async def test_a_reply_needs_its_parent(client: AsyncWebClient, jane: Person) -> None:
    posted = await client.chat_postMessage(channel=jane.id, text="one")
    assert (
        await error_of(client.chat_postMessage(channel=jane.id, text="x", thread_ts="1.2"))
        == "thread_not_found"
    )
    reply = await client.chat_postMessage(channel=jane.id, text="two", thread_ts=posted["ts"])
    assert (
        await error_of(client.chat_postMessage(channel=jane.id, text="x", thread_ts=reply["ts"]))
        == "thread_not_found"
    )
    replies = await client.conversations_replies(channel=posted["channel"], ts=posted["ts"])
    assert [message["text"] for message in replies["messages"]] == ["one", "two"]
    history = await client.conversations_history(channel=posted["channel"])
    assert [message["text"] for message in history["messages"]] == ["one"]


async def test_only_own_messages_are_updated(client: AsyncWebClient, app: App, jane: Person) -> None:
    said = await jane.dm("mine")
    where = said.conversation.id
    assert await error_of(client.chat_update(channel=where, ts=said.ts, text="x")) == "cant_update_message"
    assert await error_of(client.chat_delete(channel=where, ts=said.ts)) == "cant_delete_message"
    assert await error_of(client.chat_update(channel=where, ts="1.1", text="x")) == "message_not_found"
    posted = await client.chat_postMessage(channel=where, text="one")
    assert (
        await error_of(client.chat_update(channel=where, ts=posted["ts"], text="x" * 4001)) == "msg_too_long"
    )
    await client.chat_update(channel=where, ts=posted["ts"], text="two")
    assert "two" in jane.reads()
    assert "one" not in jane.reads()


async def test_metadata_comes_back_when_asked_for(client: AsyncWebClient, jane: Person) -> None:
    metadata = {"event_type": "outbox", "event_payload": {"key": "k"}}
    posted = await client.chat_postMessage(channel=jane.id, text="x", metadata=metadata)
    without = await client.conversations_history(channel=posted["channel"])
    with_it = await client.conversations_history(channel=posted["channel"], include_all_metadata=True)
    assert "metadata" not in without["messages"][0]
    assert with_it["messages"][0]["metadata"] == metadata
    bad = client.chat_postMessage(channel=jane.id, text="x", metadata={"key": "k"})
    assert await error_of(bad) == "invalid_metadata_format"


async def test_one_post_a_second_to_a_channel(client: AsyncWebClient, slack: FakeSlack, jane: Person) -> None:
    slack.pace.second = 30.0
    await client.chat_postMessage(channel=jane.id, text="one")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=jane.id, text="two")
    assert caught.value.response.status_code == 429
    assert int(caught.value.response.headers["Retry-After"]) > 20
    assert jane.reads() == "one"


async def test_methods_have_tiers(client: AsyncWebClient, slack: FakeSlack) -> None:
    slack.pace.second, slack.pace.limits["users.list"] = 30.0, 1
    await client.users_list()
    assert await error_of(client.users_list()) == "ratelimited"


async def test_lists_come_in_pages(client: AsyncWebClient, slack: FakeSlack) -> None:
    for number in range(5):
        slack.channel(f"c{number}")
    first = await client.conversations_list(limit=3)
    rest = await client.conversations_list(limit=3, cursor=first["response_metadata"]["next_cursor"])
    assert len(first["channels"]) == 3
    assert len(rest["channels"]) == 2
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_a_file_is_uploaded_shared_and_fetched_with_the_token(
    client: AsyncWebClient, slack: FakeSlack, jane: Person
) -> None:
    where = slack.world.dm_with(jane.id)
    await client.files_upload_v2(content=b"\x89PNG", filename="chart.png", title="Chart", channel=where.id)
    (shared,) = slack.messages_to(jane)
    (stored,) = shared.files
    async with slack.http.get(stored["url_private"]) as refused:
        assert refused.content_type == "text/html"
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with slack.http.get(stored["url_private"], headers=headers) as fetched:
        assert await fetched.read() == b"\x89PNG"


async def test_a_modal_opens_once_per_trigger_and_within_three_seconds(
    client: AsyncWebClient, slack: FakeSlack, jane: Person
) -> None:
    trigger = slack.triggers.new(jane.id)
    assert await error_of(client.views_open(trigger_id="1.2.x", view=MODAL)) == "invalid_trigger_id"
    await client.views_open(trigger_id=trigger, view=MODAL)
    assert await error_of(client.views_open(trigger_id=trigger, view=MODAL)) == "exchanged_trigger_id"
    late = slack.triggers.new(jane.id)
    slack.world.clock.advance(3.1)
    assert await error_of(client.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"


async def test_a_view_is_updated_with_its_hash(
    client: AsyncWebClient, slack: FakeSlack, jane: Person
) -> None:
    opened = await client.views_open(trigger_id=slack.triggers.new(jane.id), view=MODAL)
    view = opened["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert (
        await error_of(client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL))
        == "hash_conflict"
    )


async def test_the_home_tab_is_published(client: AsyncWebClient, slack: FakeSlack, jane: Person) -> None:
    await client.views_publish(user_id=jane.id, view={"type": "home", "blocks": [SECTION]})
    assert await jane.home("Well?")
    modal = client.views_publish(user_id=jane.id, view=MODAL)
    assert await error_of(modal) == "invalid_arguments"


async def test_a_response_url_serves_five_times_in_thirty_minutes(slack: FakeSlack, jane: Person) -> None:
    where = slack.world.dm_with(jane.id)

    async def use(url: str) -> int:
        async with slack.http.post(url, json={"text": "again"}) as response:
            return response.status

    url = slack.response_urls.new(jane.id, where)
    assert [await use(url) for _ in range(6)] == [200] * 5 + [404]
    late = slack.response_urls.new(jane.id, where)
    slack.world.clock.advance(1801)
    assert await use(late) == 404


async def test_words_reach_the_app_escaped_and_with_unknown_fields(app: App, jane: Person) -> None:
    await jane.dm("A&E <up> see https://elmvale.example/x @Jane")
    (event,) = app.events()
    assert event["text"] == f"A&amp;E &lt;up&gt; see <https://elmvale.example/x> <@{jane.id}>"
    assert event["channel_type"] == "im"
    assert "x_unannounced" in event
    assert app.got[0]["type"] == "hello"


async def test_the_first_sending_counts_as_attempt_zero(app: App, jane: Person) -> None:
    await jane.dm("x")
    assert app.got[-1]["retry_attempt"] == 0


async def test_the_app_hears_its_own_posts(
    client: AsyncWebClient, slack: FakeSlack, app: App, jane: Person
) -> None:
    posted = await client.chat_postMessage(channel=jane.id, text="one")
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    await slack.settled()
    echo, change = app.events()
    assert echo["user"] == BOT
    assert change["message"]["bot_id"]


async def test_edits_and_deletions_are_events(app: App, slack: FakeSlack, jane: Person) -> None:
    said = await jane.dm("one")
    await jane.edit(said, "two")
    await jane.unfurl(said)
    await jane.delete(said)
    subtypes = [event.get("subtype") for event in app.events()]
    assert subtypes == [None, "message_changed", "message_changed", "message_deleted"]
    _, edit, unfurl, _ = app.events()
    assert edit["message"]["text"] == "two"
    assert unfurl["message"]["text"] == unfurl["previous_message"]["text"]


async def test_a_parent_with_replies_becomes_a_tombstone(app: App, jane: Person) -> None:
    said = await jane.dm("one")
    await jane.dm("two", thread=said)
    await jane.delete(said)
    assert app.events()[-1]["message"]["subtype"] == "tombstone"


async def test_what_the_app_did_not_subscribe_to_is_not_sent(
    slack: FakeSlack, app: App, jane: Person
) -> None:
    slack.scopes.discard("im:history")
    await jane.dm("x")
    assert app.kinds == ["hello"]


async def test_a_mention_in_a_channel_comes_as_two_events(slack: FakeSlack, app: App, jane: Person) -> None:
    channel = slack.channel("board", jane)
    await jane.mention(channel, "status")
    assert sorted(event["type"] for event in app.events()) == ["app_mention", "message"]
    away = slack.channel("away", jane, bot=False)
    await jane.mention(away, "status")
    assert len(app.events()) == 2


async def test_an_event_without_ack_is_retried_and_then_given_up(
    app: App, slack: FakeSlack, jane: Person
) -> None:
    app.acks, slack.ack_seconds = False, 0.02
    await jane.dm("x")
    await app.heard_of(5)
    attempts = [envelope["retry_attempt"] for envelope in app.got if "retry_attempt" in envelope]
    assert attempts == [0, 1, 2, 3]
    assert not slack.deliveries[-1].acked


async def test_an_event_on_a_dead_socket_is_sent_again(slack: FakeSlack, app: App, jane: Person) -> None:
    app.acks = False
    saying = asyncio.create_task(jane.dm("x"))
    await app.heard_of(2)
    await slack.socket.drop()
    second = App(slack)
    await second.connect()
    await saying
    assert [envelope.get("retry_attempt") for envelope in second.got] == [None, 1]


async def test_a_command_without_ack_is_a_timeout_for_the_person(
    app: App, slack: FakeSlack, jane: Person
) -> None:
    app.acks, slack.ack_seconds = False, 0.02
    await jane.command("/plan", "status")
    await app.heard_of(2)
    assert jane.errors == ["operation_timeout"]
    assert app.kinds.count("slash_commands") == 1


async def test_a_command_is_answered_in_its_ack(app: App, slack: FakeSlack, jane: Person) -> None:
    channel = slack.channel("board", jane, slack.person("Sam Roe"))
    await jane.command("/plan", "status", channel)
    answer = await slack.message_to(jane, "seen")
    assert answer.only_for == jane.id
    assert answer.conversation is channel


async def test_a_command_that_the_app_did_not_register_never_leaves(jane: Person) -> None:
    with pytest.raises(AssertionError, match="not a valid command"):
        await jane.command("/status", "theme 6")


async def test_each_payload_goes_to_one_of_at_most_ten_connections(slack: FakeSlack, jane: Person) -> None:
    apps = [App(slack) for _ in range(11)]
    for app in apps:
        await app.connect()
    await apps[-1].reader
    assert apps[-1].got[-1]["reason"] == "too_many_websockets"
    for number in range(30):
        await jane.dm(str(number))
    heard = [len(app.events()) for app in apps]
    assert sum(heard) == 30
    assert sum(1 for count in heard if count) > 1


async def test_buttons_and_modals_come_as_interactions(
    client: AsyncWebClient, slack: FakeSlack, app: App, jane: Person
) -> None:
    await client.chat_postMessage(channel=jane.id, text="Well?", blocks=[SECTION, ACTIONS])
    message = await slack.message_to(jane, "Well?")
    await jane.press(message, "Yes")
    press = app.got[-1]["payload"]
    assert (press["type"], press["actions"][0]["value"]) == ("block_actions", "yes 1")
    await client.views_open(trigger_id=press["trigger_id"], view=MODAL)
    view = await jane.modal()
    with pytest.raises(AssertionError, match="asks to fill in"):
        await jane.submit(view, {})
    await jane.submit(view, {"Words": "live since May"})
    submitted = app.got[-1]["payload"]["view"]["state"]["values"]
    assert submitted["words"]["words"]["value"] == "live since May"
    assert not view.open


async def test_nobody_presses_what_they_cannot_see(
    client: AsyncWebClient, slack: FakeSlack, jane: Person
) -> None:
    await client.chat_postMessage(channel=jane.id, text="Well?", blocks=[SECTION, ACTIONS])
    (message,) = slack.messages_to(jane)
    with pytest.raises(AssertionError, match="cannot see"):
        await slack.person("Sam Roe").press(message, "Yes")


async def test_a_shortcut_carries_the_message(slack: FakeSlack, app: App, jane: Person) -> None:
    channel = slack.channel("board", jane)
    said = await jane.say(channel, "6.1.4 is live")
    await jane.shortcut("save", said)
    payload = app.got[-1]["payload"]
    assert (payload["callback_id"], payload["message"]["text"]) == ("save", "6.1.4 is live")


async def test_slack_asks_to_reconnect(slack: FakeSlack, app: App) -> None:
    await slack.socket.disconnect()
    await app.reader
    assert app.got[-1] == {
        "type": "disconnect",
        "reason": "refresh_requested",
        "debug_info": {"host": "fake"},
    }


async def test_a_live_mention_is_told_from_a_literal_one(
    client: AsyncWebClient, slack: FakeSlack, jane: Person
) -> None:
    channel = slack.channel("board", jane)
    literal = {"type": "section", "text": {"type": "plain_text", "text": "<!channel>"}}
    await client.chat_postMessage(channel=channel.id, text="escaped &lt;!channel&gt;", blocks=[literal])
    await client.chat_postMessage(channel=channel.id, text=f"<!channel> and <@{jane.id}>")
    quiet, loud = slack.messages_to(channel)
    assert quiet.pings == set()
    assert loud.pings == {"channel", jane.id}
    assert loud.text == "channel and @Jane Munro"
