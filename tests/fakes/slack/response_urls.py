"""Response urls: addresses that take five answers in thirty minutes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.slack.block_rules import message_errors
from tests.fakes.slack.chat import bot_payload
from tests.fakes.slack.world import Conversation, Message

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

__all__ = ["ResponseUrls"]


@dataclass
class ResponseUrl:
    user: str
    where: Conversation
    message: Message | None
    at: float
    uses: int = 0


class ResponseUrls:
    most, seconds = 5, 1800

    def __init__(self, slack: FakeSlack) -> None:
        self._slack = slack
        self._known: dict[str, ResponseUrl] = {}

    def new(self, user: str, where: Conversation, message: Message | None = None) -> str:
        name = self._slack.world.next_id("R")
        self._known[name] = ResponseUrl(user, where, message, self._slack.world.clock.now())
        return f"{self._slack.url}/response/{name}"

    async def serve(self, request: web.Request) -> web.Response:
        known = self._known.get(request.match_info["name"])
        if known is None or self._slack.world.clock.now() - known.at > self.seconds:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if known.uses >= self.most:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        known.uses += 1
        body = json.loads(await request.text())
        errors = message_errors(body["blocks"]) if body.get("blocks") is not None else []
        if errors:
            return web.json_response({"ok": False, "error": "invalid_blocks", "errors": errors}, status=400)
        return self.answer(known, body)

    def answer(self, known: ResponseUrl, body: Mapping[str, Any]) -> web.Response:
        """Post, replace or delete, as the body asks; a new message is for the asker alone unless it says otherwise."""
        if body.get("delete_original") and known.message:
            known.message.deleted = True
            self._slack.removed(known.message)
        elif body.get("replace_original") and known.message:
            before = dict(known.message.payload)
            known.message.payload |= {"text": body.get("text", ""), "blocks": body.get("blocks") or []}
            self._slack.changed(known.message, before)
        elif not body.get("text") and not body.get("blocks"):
            return web.json_response({"ok": False, "error": "no_text"}, status=400)
        else:
            self.post(known.user, known.where, body)
        return web.Response(text="ok")

    def post(self, user: str, where: Conversation, body: Mapping[str, Any]) -> None:
        content = {key: body[key] for key in ("text", "blocks", "thread_ts") if body.get(key)}
        alone = user if body.get("response_type", "ephemeral") == "ephemeral" else None
        payload = bot_payload({"text": "", **content})
        self._slack.published(self._slack.world.add_message(where, payload, only_for=alone))
