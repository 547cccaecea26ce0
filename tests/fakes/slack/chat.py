"""chat.*: posting, changing and deleting messages, and blocks.validate."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.block_rules import BLOCKS_SIZE, elements_size, message_errors, view_errors
from tests.fakes.slack.reading import elements_of
from tests.fakes.slack.web_api import Call, Refused, method
from tests.fakes.slack.world import APP, BOT, BOT_ID, Conversation, Message

__all__ = ["bot_payload", "check_content", "conversation_to_post_in"]

TEXT_CUT = 40_000
UPDATE_TEXT = 4_000
METADATA_BYTES = 8_000


def conversation_to_post_in(call: Call, channel: str) -> Conversation:
    """A conversation by id, or the direct message with a user by theirs."""
    world = call.slack.world
    if channel in world.users and channel != BOT:
        if world.users[channel].deleted:
            raise Refused("channel_not_found")
        return world.dm_with(channel)
    conversation = world.conversations.get(channel)
    if conversation is None or (conversation.kind == "private" and BOT not in conversation.members):
        raise Refused("channel_not_found")
    if conversation.archived:
        raise Refused("is_archived")
    if BOT not in conversation.members:
        raise Refused("not_in_channel")
    return conversation


def check_content(call: Call, *, longest: int | None = None) -> dict[str, Any]:
    """The checked text and blocks of a call.

    Raises:
        Refused: with the error that Slack gives for them.
    """
    text, blocks = call.text("text") or "", call.args.get("blocks")
    if not text.strip() and not blocks:
        raise Refused("no_text")
    if longest is not None and len(text) > longest:
        raise Refused("msg_too_long")
    content: dict[str, Any] = {"text": text[:TEXT_CUT]}
    if blocks is not None:
        _check_blocks(call, blocks)
        content["blocks"] = _with_ids(call, blocks)
    return content


def _check_blocks(call: Call, blocks: Any) -> None:
    errors = message_errors(blocks)
    if errors:
        raise Refused("invalid_blocks", errors=errors, response_metadata={"messages": errors})
    if elements_size(blocks) > BLOCKS_SIZE:
        raise Refused("msg_blocks_too_long")
    for element in elements_of(blocks):
        reference = element.get("slack_file", {}).get("id")
        if reference and reference not in call.slack.world.files:
            raise Refused("invalid_blocks", errors=["slack_file not found"])


def _with_ids(call: Call, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Slack names the blocks and elements that have no id of their own."""
    named = [{"block_id": call.slack.world.next_id("b"), **block} for block in blocks]
    for block in named:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            element.setdefault("action_id", call.slack.world.next_id("a"))
    return named


def bot_payload(content: dict[str, Any]) -> dict[str, Any]:
    return {"user": BOT, "bot_id": BOT_ID, "app_id": APP, **content}


def _metadata(call: Call) -> dict[str, Any]:
    metadata = call.args.get("metadata")
    if metadata is None:
        return {}
    if not isinstance(metadata, dict) or metadata.keys() != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    if len(str(metadata)) > METADATA_BYTES:
        raise Refused("metadata_too_large")
    return {"metadata": metadata}


def _parent(call: Call, conversation: Conversation) -> dict[str, Any]:
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return {}
    parent = call.slack.world.message(conversation.id, thread_ts)
    if parent is None or parent.thread_ts not in {None, parent.ts}:
        raise Refused("thread_not_found")
    parent.payload["thread_ts"] = parent.ts
    return {"thread_ts": thread_ts, "parent_user_id": parent.payload.get("user")}


@method("chat.postMessage", scope="chat:write", needs=("channel",))
def post_message(call: Call) -> dict[str, Any]:
    conversation = conversation_to_post_in(call, str(call.args["channel"]))
    content = check_content(call)
    more = {**_metadata(call), **_parent(call, conversation)}
    message = call.slack.world.add_message(conversation, bot_payload({**content, **more}))
    call.slack.published(message)
    shown = {key: value for key, value in message.payload.items() if key != "metadata"}
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


def _own_message(call: Call, *, foreign: str) -> Message:
    conversation = call.slack.world.conversations.get(str(call.args["channel"]))
    if conversation is None:
        raise Refused("channel_not_found")
    message = call.slack.world.message(conversation.id, call.text("ts"))
    if message is None:
        raise Refused("message_not_found")
    if not message.by_bot:
        raise Refused(foreign)
    if conversation.archived:
        raise Refused("is_archived")
    return message


@method("chat.update", scope="chat:write", tier=3, needs=("channel", "ts"))
def update(call: Call) -> dict[str, Any]:
    message = _own_message(call, foreign="cant_update_message")
    before = dict(message.payload)
    message.payload |= check_content(call, longest=UPDATE_TEXT) | _metadata(call)
    message.payload["edited"] = {"user": BOT_ID, "ts": call.slack.world.next_ts()}
    call.slack.changed(message, before)
    return {
        "channel": message.conversation.id,
        "ts": message.ts,
        "text": message.fallback,
        "message": message.payload,
    }


@method("chat.delete", scope="chat:write", tier=3, needs=("channel", "ts"))
def delete(call: Call) -> dict[str, Any]:
    message = _own_message(call, foreign="cant_delete_message")
    message.deleted = True
    call.slack.removed(message)
    return {"channel": message.conversation.id, "ts": message.ts}


@method("chat.postEphemeral", scope="chat:write", tier=4, needs=("channel", "user"))
def post_ephemeral(call: Call) -> dict[str, Any]:
    conversation = conversation_to_post_in(call, str(call.args["channel"]))
    user = str(call.args["user"])
    if user not in conversation.members:
        raise Refused("user_not_in_channel")
    content = {**check_content(call), **_parent(call, conversation)}
    message = call.slack.world.add_message(conversation, bot_payload(content), only_for=user)
    call.slack.published(message)
    return {"message_ts": message.ts}


@method("chat.getPermalink", needs=("channel", "message_ts"))
def get_permalink(call: Call) -> dict[str, Any]:
    channel, ts = str(call.args["channel"]), str(call.args["message_ts"])
    if call.slack.world.message(channel, ts) is None:
        raise Refused("message_not_found")
    return {
        "channel": channel,
        "permalink": f"https://fake.slack.com/archives/{channel}/p{ts.replace('.', '')}",
    }


@method("blocks.validate")
def validate(call: Call) -> dict[str, Any]:
    view, blocks = call.args.get("view"), call.args.get("blocks")
    errors = view_errors(view) if view is not None else message_errors(blocks)
    if errors:
        raise Refused("invalid_blocks", errors=errors, response_metadata={"messages": errors})
    return {}
