"""The Bot Connector's side that the bot calls: conversations, activities, members."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from typing import TYPE_CHECKING, Any

import jwt
from aiohttp import web

from tests.fakes.teams import tokens
from tests.fakes.teams.card_rules import MESSAGE_SIZE, activity_errors
from tests.fakes.teams.world import APP_ID, BOT_ID, Conversation, Message

if TYPE_CHECKING:
    from tests.fakes.teams.server import FakeTeams

__all__ = ["Connector", "Pace"]

CONSENT = "application/vnd.microsoft.teams.card.file.consent"


class Pace:
    """Seven posts a second to a conversation. ``second`` is how long that second lasts."""

    def __init__(self, second: float) -> None:
        self.second, self.refusals = second, 0
        self._made: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=7))

    def free(self, conversation: str) -> bool:
        made, now = self._made[conversation], time.monotonic()
        if len(made) == made.maxlen and now - made[0] < self.second:
            self.refusals += 1
            return False
        made.append(now)
        return True


class Connector:
    """Answers as Teams does; every refusal is its status and a code in the body."""

    def __init__(self, teams: FakeTeams) -> None:
        self.teams = teams
        self.calls: list[tuple[str, str, Any]] = []  # method, path, body
        self.outage: list[int] = []  # statuses to answer with instead of working, one a call
        self.lost: list[int] = []  # statuses to answer with after working: the answer that got lost

    def routes(self) -> list[web.RouteDef]:
        conversation = "/v3/conversations/{conversation}"
        return [
            web.post("/v3/conversations", self._guarded(self._open)),
            web.post(f"{conversation}/activities", self._guarded(self._post)),
            web.put(f"{conversation}/activities/{{activity}}", self._guarded(self._update)),
            web.delete(f"{conversation}/activities/{{activity}}", self._guarded(self._delete)),
            web.get(f"{conversation}/members/{{member}}", self._guarded(self._member)),
            web.get(f"{conversation}/pagedmembers", self._guarded(self._members)),
        ]

    def _guarded(self, handle: Any) -> Any:
        async def answer(request: web.Request) -> web.Response:
            body = await request.json() if request.can_read_body else None
            self.calls.append((request.method, request.path, body))
            if self.outage:
                self.teams.stir()
                return _refused(self.outage.pop(0), "Outage")
            if not _is_bot(request.headers.get("Authorization", "")):
                return _refused(401, "Unauthorized")
            response: web.Response = await handle(request, body)
            self.teams.stir()
            return _refused(self.lost.pop(0), "Lost") if self.lost and response.status < 300 else response

        return answer

    async def _open(self, request: web.Request, body: Any) -> web.Response:
        user = self.teams.world.user(body["members"][0]["id"])
        if user is None or body.get("tenantId") != user.tenant:
            return _refused(400, "BadArgument")
        conversation = self.teams.world.personal(user.id)
        if conversation is None or not conversation.installed:
            return _refused(403, "ForbiddenOperationException")
        return web.json_response({"id": conversation.id}, status=201)

    async def _post(self, request: web.Request, body: Any) -> web.Response:
        conversation, root, refused = self._where(request)
        if refused is None and not self.teams.pace.free(conversation.id):
            return _refused(429, "TooManyRequests", {"Retry-After": "2"})
        refused = refused or self._wrong(conversation, body)
        if refused is not None:
            return refused
        message = Message(conversation, self.teams.world.next_id(), body, BOT_ID, root)
        self.teams.world.messages.append(message)
        return web.json_response({"id": message.id}, status=201)

    async def _update(self, request: web.Request, body: Any) -> web.Response:
        conversation, _, refused = self._where(request)
        refused = refused or self._wrong(conversation, body)
        message = self.teams.world.message(conversation.id, request.match_info["activity"])
        if refused is None and (message is None or not message.by_bot):
            return _refused(404, "ActivityNotFoundInConversation")
        if refused is not None or message is None:
            return refused or _refused(404, "ActivityNotFoundInConversation")
        message.payload = body
        message.private.clear()
        message.edits += 1
        return web.json_response({"id": message.id})

    async def _delete(self, request: web.Request, body: Any) -> web.Response:
        conversation, _, refused = self._where(request)
        message = self.teams.world.message(conversation.id, request.match_info["activity"])
        if refused is not None or message is None:
            return refused or _refused(404, "ActivityNotFoundInConversation")
        message.deleted = True
        return web.json_response({})

    async def _member(self, request: web.Request, body: Any) -> web.Response:
        conversation, _, refused = self._where(request)
        user = self.teams.world.user(request.match_info["member"])
        if refused is not None:
            return refused
        if user is None or user.id not in conversation.members:
            return _refused(404, "MemberNotFoundInConversation")
        return web.json_response(user.member())

    async def _members(self, request: web.Request, body: Any) -> web.Response:
        conversation, _, refused = self._where(request)
        users = filter(None, map(self.teams.world.user, sorted(conversation.members)))
        return refused or web.json_response({"members": [user.member() for user in users]})

    def _where(self, request: web.Request) -> tuple[Conversation, str | None, web.Response | None]:
        name, _, root = request.match_info["conversation"].partition(";messageid=")
        conversation = self.teams.world.conversations.get(name)
        if conversation is None:
            return Conversation("", "", "", set()), None, _refused(404, "ConversationNotFound")
        if not conversation.installed:
            return conversation, None, _refused(403, "BotNotInConversationRoster")
        if conversation.blocked:
            return conversation, None, _refused(403, "ConversationBlockedByUser")
        if root and (conversation.kind != "channel" or self.teams.world.message(name, root) is None):
            return conversation, None, _refused(404, "ConversationNotFound")
        return conversation, root or None, None

    def _wrong(self, conversation: Conversation, body: Any) -> web.Response | None:
        errors = activity_errors(body)
        kinds = {each.get("contentType") for each in body.get("attachments") or []}
        if CONSENT in kinds and conversation.kind != "personal":
            errors.append("file consent works in personal chats only")
        if not errors:
            return None
        self.teams.complaints += errors
        too_big = request_size(body) > MESSAGE_SIZE
        return _refused(413 if too_big else 400, "MessageSizeTooBig" if too_big else "BadSyntax")


def request_size(body: Any) -> int:
    return len(web.json_response(body).body or b"")  # type: ignore[arg-type]


def _refused(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"error": {"code": code, "message": code}}, status=status, headers=headers)


def _is_bot(authorization: str) -> bool:
    """A token for this service that the identity service gave to this bot."""
    try:
        claims = jwt.decode(
            authorization.removeprefix("Bearer "),
            tokens.key("login").public_key(),
            algorithms=["RS256"],
            audience=tokens.BOT_AUDIENCE,
        )
    except jwt.InvalidTokenError:
        return False
    return authorization.startswith("Bearer ") and claims.get("appid") == APP_ID
