"""What Slack sends becomes our own value, or nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.inbound import Happening, mentioned, plain_words, read
from storage.model.post import Attached, InboundKind
from tests.fakes.slack.reading import typed

NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)
BOT = "U0BOT"


def event(**inner: Any) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "event_id": "Ev1",
        "authorizations": [{"user_id": BOT}],
        "event": {
            "type": "message",
            "channel": "D1",
            "channel_type": "im",
            "ts": "1770109200.000100",
            **inner,
        },
    }


def only(body: dict[str, Any]) -> Happening:
    happening = read(body, NOW)
    assert happening is not None
    return happening


PRESS: dict[str, Any] = {
    "type": "block_actions",
    "trigger_id": "1.2.f",
    "response_url": "https://hooks.slack.example/r",
    "user": {"id": "U1", "name": "jane"},
    "container": {
        "type": "message",
        "message_ts": "5.5",
        "channel_id": "C1",
        "is_ephemeral": True,
        "thread_ts": "4.4",
    },
    "channel": {"id": "C1", "name": "board"},
    "actions": [{"action_id": "tap:0000", "value": "confirm 812"}],
}
MESSAGE = {"user": "U1", "text": "6.1.4 live"}


def test_words_in_a_direct_message() -> None:
    inbound = only(event(**MESSAGE)).inbound
    assert (inbound.kind, inbound.key, inbound.user_id, inbound.conversation) == (
        InboundKind.MESSAGE,
        "Ev1",
        "U1",
        "D1",
    )
    assert (inbound.text, inbound.direct, inbound.thread, inbound.message_id) == (
        "6.1.4 live",
        True,
        None,
        "1770109200.000100",
    )
    assert inbound.at == datetime(2026, 2, 3, 9, 0, 0, 100, tzinfo=UTC)


def test_colleagues_in_a_shared_channel_are_heard() -> None:
    body = {**event(**MESSAGE, user_team="T0"), "team_id": "T0", "is_ext_shared_channel": True}
    assert only(body).inbound.text == "6.1.4 live"


def test_a_thread_reply_names_what_it_answers_and_a_parent_does_not() -> None:
    assert only(event(**MESSAGE, thread_ts="1.1")).inbound.thread == "1.1"
    assert only(event(**MESSAGE, thread_ts="1770109200.000100")).inbound.thread is None


def test_a_mention_leaves_the_bots_name_out() -> None:
    body = event(type="app_mention", channel="C1", user="U1", text=f"<@{BOT}> /status <@U2> theme 6")
    inbound = only(body).inbound
    assert (inbound.text, inbound.direct) == ("/status <@U2> theme 6", False)


def test_files_come_with_their_address() -> None:
    files = [
        {"name": "plan.docx", "url_private": "https://a", "url_private_download": "https://a/d", "size": 7}
    ]
    inbound = only(event(**MESSAGE, subtype="file_share", files=files)).inbound
    assert inbound.kind is InboundKind.FILE
    assert inbound.files == (Attached("plan.docx", "https://a/d", 7),)


def changed(text: str, before: str, **more: Any) -> dict[str, Any]:
    message = {"user": "U1", "text": text, "ts": "1.1", **more}
    return event(
        subtype="message_changed",
        message=message,
        previous_message={"user": "U1", "text": before, "ts": "1.1"},
    )


def test_an_edit_is_of_the_message_that_was_sent() -> None:
    inbound = only(changed("6.1.4 done", "6.1.4 live")).inbound
    assert (inbound.kind, inbound.message_id, inbound.text) == (InboundKind.EDIT, "1.1", "6.1.4 done")


def test_a_deletion_and_a_tombstone_are_the_same() -> None:
    gone = event(
        subtype="message_deleted", deleted_ts="1.1", previous_message={"user": "U1", "text": "x", "ts": "1.1"}
    )
    tombstone = changed("This message was deleted.", "x", subtype="tombstone", user="USLACKBOT")
    for body in (gone, tombstone):
        inbound = only(body).inbound
        assert (inbound.kind, inbound.message_id, inbound.user_id) == (InboundKind.DELETE, "1.1", "U1")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(event(user=BOT, text="hello"), id="the bot's own words"),
        pytest.param(event(user="U9", bot_id="B9", text="hello"), id="another bot's words"),
        pytest.param(event(subtype="bot_message", text="hello"), id="an old kind of bot"),
        pytest.param(event(subtype="channel_join", user="U1", text="joined"), id="somebody joined"),
        pytest.param(changed("same", "same"), id="an unfurled link"),
        pytest.param(changed("new", "old", bot_id="B0"), id="the bot's own edit"),
        pytest.param(
            event(
                subtype="message_deleted", deleted_ts="1.1", previous_message={"user": BOT, "bot_id": "B0"}
            ),
            id="the bot's own message deleted",
        ),
        pytest.param(event(type="app_home_opened", user="U1", tab="messages"), id="the messages tab"),
        pytest.param(event(type="reaction_added", user="U1"), id="an event we did not ask for"),
        pytest.param(event(type="member_joined_channel", user="U1"), id="somebody else was invited"),
        pytest.param({**PRESS, "actions": [{"action_id": "other", "value": "x"}]}, id="a choice in a form"),
        pytest.param(
            {"type": "view_submission", "view": {"callback_id": "x"}, "user": {}}, id="a strange form"
        ),
        pytest.param(
            {**event(**MESSAGE, user_team="T9"), "team_id": "T0", "is_ext_shared_channel": True},
            id="another organisation in a shared channel",
        ),
        pytest.param({"type": "event_callback"}, id="half an event"),
        pytest.param({}, id="nothing"),
    ],
)
def test_what_is_nothing_to_the_bot(body: dict[str, Any]) -> None:
    assert read(body, NOW) is None


def test_the_slash_command() -> None:
    body = {
        "command": "/plan",
        "text": "people map &quot;COO&quot; <@U2|jane>",
        "trigger_id": "1.2.f",
        "response_url": "https://hooks.slack.example/r",
        "user_id": "U1",
        "user_name": "tom",
        "channel_id": "C1",
        "channel_name": "board",
    }
    happening = only(body)
    inbound = happening.inbound
    assert (inbound.kind, inbound.key) == (InboundKind.COMMAND, "command:1.2.f")
    assert inbound.text == 'people map "COO" <@U2|jane>'
    assert (inbound.channel_name, inbound.user_name, inbound.direct) == ("board", "tom", False)
    assert (happening.response_url, happening.trigger_id) == ("https://hooks.slack.example/r", "1.2.f")
    assert "hooks" not in str(inbound)  # what is kept holds no token


def test_a_tap() -> None:
    happening = only(PRESS)
    inbound = happening.inbound
    assert (inbound.kind, inbound.text) == (InboundKind.TAP, "confirm 812")
    assert (inbound.conversation, inbound.message_id, inbound.thread) == ("C1", "5.5", "4.4")
    assert happening.ephemeral


def test_a_tap_in_the_home_tab_is_answered_in_the_direct_message() -> None:
    body = {**PRESS, "container": {"type": "view", "view_id": "V1"}}
    del body["channel"]
    inbound = only(body).inbound
    assert (inbound.conversation, inbound.direct, inbound.message_id) == ("U1", True, None)


def test_a_form_comes_with_its_fields() -> None:
    view = {
        "id": "V1",
        "hash": "h1",
        "callback_id": "form",
        "private_metadata": '{"command": "edit 812", "conversation": "D1", "direct": true, "message": "5.5"}',
        "state": {"values": {"text": {"text": {"type": "plain_text_input", "value": "done"}}}},
    }
    inbound = only({"type": "view_submission", "user": {"id": "U1"}, "view": view}).inbound
    assert (inbound.kind, inbound.text, inbound.fields) == (InboundKind.FORM, "edit 812", {"text": "done"})
    assert (inbound.conversation, inbound.message_id, inbound.direct) == ("D1", "5.5", True)


def test_the_shortcut_carries_the_other_persons_words() -> None:
    body = {
        "type": "message_action",
        "callback_id": "save_as_update",
        "trigger_id": "1.2.f",
        "user": {"id": "U1"},
        "channel": {"id": "C1", "name": "board"},
        "message": {"user": "U2", "text": "6.1.4 &amp; 6.1.5 live", "ts": "7.7"},
    }
    inbound = only(body).inbound
    assert (inbound.kind, inbound.text) == (InboundKind.SAVE, "6.1.4 & 6.1.5 live")
    assert (inbound.user_id, inbound.details["author"], inbound.message_id) == ("U1", "U2", "7.7")


def test_being_invited_is_told_by_who_did_it() -> None:
    inbound = only(event(type="member_joined_channel", user=BOT, inviter="U1", channel="C1")).inbound
    assert (inbound.kind, inbound.user_id, inbound.conversation) == (InboundKind.JOINED, "U1", "C1")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        pytest.param("A&amp;E &lt;4h&gt;", "A&E <4h>", id="entities"),
        pytest.param(
            "see <https://a.example/x?b=1&amp;c=2|a.example>", "see https://a.example/x?b=1&c=2", id="link"
        ),
        pytest.param("<mailto:jane@a.example|jane@a.example>", "jane@a.example", id="e-mail"),
        pytest.param("<!here> and <!subteam^S1|@nurses>", "@here and @nurses", id="groups"),
        pytest.param("&lt;!channel&gt;", "<!channel>", id="typed out"),
        pytest.param("<@U2> <#C1|board>", "<@U2> <#C1|board>", id="people and channels stay"),
    ],
)
def test_words_are_plain(sent: str, words: str) -> None:
    assert plain_words(sent) == words


@given(st.text(alphabet="ab<>&;!|@# \n", max_size=60))
def test_what_is_typed_comes_through_slack_unchanged(words: str) -> None:
    assert plain_words(typed(words, {})) == words.strip()


def test_people_named_are_found() -> None:
    assert mentioned("<@U2|jane> and <@W3>, not &lt;@U4&gt;") == {"U2", "W3"}


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.just("1e999")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["user", "ts", "id", "text"]), inner)
    ),
    max_leaves=6,
)
WHOLE: list[dict[str, Any]] = [
    PRESS,
    event(**MESSAGE),
    changed("a", "b"),
    event(type="app_mention", **MESSAGE),
]


@given(st.sampled_from(WHOLE), st.data())
def test_no_payload_makes_the_bot_fall_over(body: dict[str, Any], data: st.DataObject) -> None:
    """Any field of a payload may one day be something else."""
    held = json.loads(json.dumps(body))
    where = data.draw(st.sampled_from([held, held.get("event", held), held.get("container", held)]))
    where[data.draw(st.sampled_from(sorted(where)))] = data.draw(JSON)
    read(held, NOW)
