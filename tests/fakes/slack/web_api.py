"""The Web API's door: tokens, scopes, required arguments and rate limits, before any method runs."""

from __future__ import annotations

import json
import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

__all__ = ["METHODS", "Call", "Pace", "Refused", "handle", "method"]

PER_MINUTE = {2: 20, 3: 50, 4: 100}
JSON_ARGUMENTS = ("blocks", "view", "metadata", "files", "attachments")


class Refused(Exception):
    """Slack's answer is ``ok: false`` with this error."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


class TooFast(Exception):
    """Slack's answer is 429."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.retry_after = max(1, math.ceil(wait))


@dataclass(frozen=True)
class Call:
    """One call of a method: the workspace, and the arguments with their JSON decoded."""

    slack: FakeSlack
    args: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        value = self.args.get(name)
        return None if value is None else str(value)

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in {"1", "true"}


Handler = Callable[[Call], dict[str, Any]]


@dataclass(frozen=True)
class Method:
    run: Handler
    scope: str | None
    tier: int | None
    needs: tuple[str, ...]
    token: str


METHODS: dict[str, Method] = {}


def method(
    name: str,
    *,
    scope: str | None = None,
    tier: int | None = None,
    needs: tuple[str, ...] = (),
    token: str = "xoxb",
) -> Callable[[Handler], Handler]:
    """Register a method with the scope, tier, arguments and kind of token that Slack asks for."""

    def register(run: Handler) -> Handler:
        METHODS[name] = Method(run, scope, tier, needs, token)
        return run

    return register


class Pace:
    """Slack's speed limits. ``second`` is how long a second of them lasts, so that tests need not wait.

    ``limits[method]`` overrides how often a method may be called in a minute: some apps get
    conversations.history once a minute.
    """

    def __init__(self, second: float) -> None:
        self.second = second
        self.limits: dict[str, int] = {}
        self.refusals: list[tuple[str, str]] = []
        self._calls: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)

    def check(self, name: str, tier: int | None, channel: str = "") -> None:
        if name in {"chat.postMessage", "files.completeUploadExternal"} and channel:
            self._spend((f"post to {channel}", ""), 1, self.second)
        most = self.limits.get(name) or PER_MINUTE.get(tier or 0)
        if most:
            self._spend((name, ""), most, 60 * self.second)

    def _spend(self, key: tuple[str, str], most: int, window: float) -> None:
        now, calls = time.monotonic(), self._calls[key]
        while calls and now - calls[0] >= window:
            calls.popleft()
        if len(calls) >= most:
            self.refusals.append(key)
            raise TooFast(window - (now - calls[0]))
        calls.append(now)


async def handle(slack: FakeSlack, request: web.Request) -> web.Response:
    """Answer one request to /api/METHOD as Slack would."""
    name = request.match_info["method"]
    args = await _arguments(request)
    slack.calls.append((name, {key: value for key, value in args.items() if key != "token"}))
    if slack.dies_after is not None and len(slack.calls) > slack.dies_after:
        return web.Response(status=503)
    try:
        if slack.outage:
            return slack.outage.pop(0)
        known = _check(slack, request, name, args)
        answer = {"ok": True, **known.run(Call(slack, args)), "x_unknown": {"field": 1}}
        if name in slack.swallowed and request.transport is not None:
            slack.swallowed.remove(name)
            request.transport.abort()  # done, but the caller never hears of it
        return web.json_response(answer, headers={"x-oauth-scopes": ",".join(sorted(slack.scopes))})
    except Refused as refused:
        return web.json_response(refused.answer)
    except TooFast as fast:
        slack.stir()
        answer = {"ok": False, "error": "ratelimited"}
        return web.json_response(answer, status=429, headers={"Retry-After": str(fast.retry_after)})


async def _arguments(request: web.Request) -> dict[str, Any]:
    args: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        args.update(await request.json())
    else:
        args.update({key: str(value) for key, value in (await request.post()).items()})
    for name in JSON_ARGUMENTS:
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                raise web.HTTPBadRequest(text=f"{name} is no JSON") from None
    return args


def _check(slack: FakeSlack, request: web.Request, name: str, args: Mapping[str, Any]) -> Method:
    if name not in METHODS:
        raise Refused("unknown_method", req_method=name)
    known = METHODS[name]
    token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(args.get("token", ""))
    _check_token(slack, token, known)
    if known.scope and known.scope not in slack.scopes:
        raise Refused("missing_scope", needed=known.scope, provided=",".join(sorted(slack.scopes)))
    for argument in known.needs:
        if args.get(argument) in {None, ""} if isinstance(args.get(argument), str | None) else False:
            raise Refused(
                "channel_not_found" if argument == "channel" else "invalid_arguments", missing=argument
            )
    slack.pace.check(name, known.tier, str(args.get("channel") or args.get("channel_id") or ""))
    return known


def _check_token(slack: FakeSlack, token: str, known: Method) -> None:
    if not token:
        raise Refused("not_authed")
    if token not in {slack.bot_token, slack.app_token} or token in slack.revoked:
        raise Refused("invalid_auth")
    if not token.startswith(known.token):
        raise Refused("not_allowed_token_type")
