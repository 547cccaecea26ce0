"""files.*: the two-step upload, and downloads that need the bot's token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack.chat import bot_payload, conversation_to_post_in
from tests.fakes.slack.web_api import Call, Refused, method
from tests.fakes.slack.world import Conversation, StoredFile

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

__all__ = ["download", "upload"]


@method("files.getUploadURLExternal", scope="files:write", tier=4, needs=("filename", "length"))
def get_upload_url(call: Call) -> dict[str, Any]:
    if int(call.args["length"]) <= 0:
        raise Refused("invalid_arguments")
    world = call.slack.world
    stored = StoredFile(world.next_id("F"), str(call.args["filename"]))
    world.files[stored.id] = stored
    call.slack.expected_sizes[stored.id] = int(call.args["length"])
    return {"file_id": stored.id, "upload_url": f"{call.slack.url}/upload/v1/{stored.id}"}


async def upload(slack: FakeSlack, request: web.Request) -> web.Response:
    stored = slack.world.files.get(request.match_info["file"])
    if stored is None:
        return web.Response(status=404, text="no such upload")
    stored.content = await request.read()
    return web.Response(text=f"OK - {len(stored.content)}")


@method("files.completeUploadExternal", scope="files:write", tier=4, needs=("files",))
def complete_upload(call: Call) -> dict[str, Any]:
    stored = [_uploaded(call, str(each["id"])) for each in call.args["files"]]
    channel = call.text("channel_id") or call.text("channels")
    if channel:
        _share(call, conversation_to_post_in(call, channel), stored)
    for each, named in zip(stored, call.args["files"], strict=True):
        each.complete = True
        each.name = each.name or str(named.get("title"))
    return {"files": [each.payload(call.slack.url) for each in stored]}


def _uploaded(call: Call, file_id: str) -> StoredFile:
    stored = call.slack.world.files.get(file_id)
    if stored is None or stored.complete:
        raise Refused("file_not_found")
    if len(stored.content) != call.slack.expected_sizes[file_id]:
        raise Refused("file_update_failed")
    return stored


def _share(call: Call, conversation: Conversation, stored: list[StoredFile]) -> None:
    """The post that carries the files. It takes no metadata, and its ts is not in the answer."""
    content: dict[str, Any] = {
        "text": call.text("initial_comment") or "",
        "subtype": "file_share",
        "files": [each.payload(call.slack.url) for each in stored],
    }
    thread_ts = call.text("thread_ts")
    if thread_ts:
        if call.slack.world.message(conversation.id, thread_ts) is None:
            raise Refused("thread_not_found")
        content["thread_ts"] = thread_ts
    for each in stored:
        each.shared_in.add(conversation.id)
    call.slack.published(call.slack.world.add_message(conversation, bot_payload(content)))


@method("files.info", scope="files:read", tier=4, needs=("file",))
def files_info(call: Call) -> dict[str, Any]:
    stored = call.slack.world.files.get(str(call.args["file"]))
    if stored is None:
        raise Refused("file_not_found")
    shares = {
        channel: [{"ts": message.ts}]
        for channel in stored.shared_in
        for message in _posts(call, stored, channel)
    }
    return {"file": {**stored.payload(call.slack.url), "shares": {"private": shares}}}


def _posts(call: Call, stored: StoredFile, channel: str) -> list[Any]:
    return [
        message
        for message in call.slack.world.messages
        if message.conversation.id == channel and any(each["id"] == stored.id for each in message.files)
    ]


async def download(slack: FakeSlack, request: web.Request) -> web.Response:
    """Without the token or the scope Slack answers with its sign-in page, status 200."""
    stored = slack.world.files.get(request.match_info["file"])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token != slack.bot_token or "files:read" not in slack.scopes:
        return web.Response(text="<!DOCTYPE html><title>Sign in to Slack</title>", content_type="text/html")
    if stored is None:
        return web.Response(status=404)
    return web.Response(body=stored.content, content_type="application/octet-stream")
