"""The bot's endpoint: who may bring something in. Nothing is read of a request that Teams did not sign."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from bot import logs
from bot.settings import is_loopback
from bot.surface import HttpRequest, HttpResponse
from bot.teams.library import CloudEnvironment, TokenValidator

__all__ = ["Guard", "answered"]


def answered(status: int, body: Any = None) -> HttpResponse:
    """An answer in JSON, or none."""
    if body is None:
        return HttpResponse(status)
    return HttpResponse(status, json.dumps(body).encode(), {"Content-Type": "application/json"})


class Guard:
    """``client_id`` None: local development, where only this machine is let in and nothing is signed."""

    def __init__(self, client_id: str | None, tenants: Collection[str], cloud: CloudEnvironment) -> None:
        self._tenants = frozenset(tenants)
        self._validator = TokenValidator.for_service(client_id, cloud=cloud) if client_id else None

    async def activity(self, request: HttpRequest) -> dict[str, Any] | HttpResponse:
        """The activity that came, or the answer to what is none or not from Teams."""
        if not request.headers.get("content-type", "").startswith("application/json"):
            return answered(415)
        try:
            body = json.loads(request.body)
        except ValueError:
            return answered(400)
        if not isinstance(body, dict) or not isinstance(body.get("serviceUrl"), str):
            return answered(401)
        if self._validator is None:
            return body if is_loopback(_host(body["serviceUrl"])) else answered(403)
        signed = await asyncio.to_thread(
            self._signed, request.headers.get("authorization", ""), body["serviceUrl"]
        )
        return body if signed else answered(401)

    def _signed(self, authorization: str, service_url: str) -> bool:
        """In a thread of its own, as the library fetches Microsoft's keys in place."""
        if self._validator is None or not authorization.startswith("Bearer "):
            return False
        try:
            asyncio.run(self._validator.validate_token(authorization.removeprefix("Bearer "), service_url))
        except Exception as error:
            logs.event("unsigned", surface="teams", why=type(error).__name__)
            return False
        return True

    def welcome(self, activity: dict[str, Any]) -> bool:
        """Whether it comes from a tenant that may talk to the bot."""
        if self._validator is None:
            return True
        tenant = (activity.get("channelData") or {}).get("tenant") or {}
        named = {tenant.get("id"), (activity.get("conversation") or {}).get("tenantId")} - {None}
        return bool(named) and named <= self._tenants


def _host(url: str) -> str | None:
    return urlsplit(url).hostname
