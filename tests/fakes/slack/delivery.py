"""How Slack brings things to the app: envelopes over the socket, or signed requests over HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import uuid4

import aiohttp
from aiohttp import web

if TYPE_CHECKING:
    from tests.fakes.slack.server import FakeSlack

__all__ = ["ACK_SECONDS", "Delivery", "HttpCourier", "SocketCourier", "sign"]

ACK_SECONDS = 3.0
RETRIES = 3  # for events alone: at once, after a minute, after five


@dataclass
class Delivery:
    """One thing brought to the app, and what became of it."""

    kind: str  # "events_api", "slash_commands", "interactive"
    payload: dict[str, Any]
    attempts: int = 0
    sent_at: float = 0.0
    acked_after: float | None = None  # seconds, of the attempt that was acknowledged
    answer: dict[str, Any] | None = None
    status: int | None = None  # HTTP mode
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def acked(self) -> bool:
        return self.acked_after is not None

    def acknowledge(self, answer: dict[str, Any] | None) -> None:
        self.acked_after, self.answer = time.monotonic() - self.sent_at, answer
        self.done.set()


class SocketCourier:
    """Socket Mode: up to ten connections, each payload to one of them at random."""

    most = 10

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.sockets: list[web.WebSocketResponse] = []
        self.connected = asyncio.Event()
        self.connections = 0
        self._tickets: set[str] = set()
        self._open: dict[str, tuple[Delivery, web.WebSocketResponse, asyncio.Event]] = {}

    def ticket(self) -> str:
        """A one-time address for a connection."""
        name = uuid4().hex
        self._tickets.add(name)
        return name

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if request.query.get("ticket") not in self._tickets or len(self.sockets) >= self.most:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self._tickets.discard(request.query["ticket"])
        await socket.send_json(self._hello())
        self._joined(socket)
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._received(json.loads(message.data))
        finally:
            self._left(socket)
        return socket

    def _hello(self) -> dict[str, Any]:
        info = {"host": "fake", "build_number": 1, "approximate_connection_time": 18060}
        return {
            "type": "hello",
            "num_connections": len(self.sockets) + 1,
            "debug_info": info,
            "connection_info": {"app_id": "A0FAKEAPP"},
        }

    def _joined(self, socket: web.WebSocketResponse) -> None:
        self.sockets.append(socket)
        self.connections += 1
        self.connected.set()

    def _left(self, socket: web.WebSocketResponse) -> None:
        """What this socket had not acknowledged is lost with it: the sender finds out and tries again."""
        if socket in self.sockets:
            self.sockets.remove(socket)
        if not self.sockets:
            self.connected.clear()
        for _, through, over in self._open.values():
            if through is socket:
                over.set()

    def _received(self, ack: dict[str, Any]) -> None:
        """An ack. One for an envelope that is unknown or long answered is ignored, as Slack does."""
        known = self._open.pop(str(ack.get("envelope_id")), None)
        if known is not None:
            delivery, _, over = known
            delivery.acknowledge(ack.get("payload"))
            over.set()

    async def bring(self, delivery: Delivery) -> None:
        """One attempt: returns when acknowledged, when the socket died, or after three seconds."""
        await self.connected.wait()
        socket = random.choice(self.sockets)
        envelope_id, over = str(uuid4()), asyncio.Event()
        self._open[envelope_id] = (delivery, socket, over)
        delivery.sent_at = time.monotonic()
        try:
            await socket.send_json(self._envelope(delivery, envelope_id))
            await asyncio.wait_for(over.wait(), self.slack.ack_seconds)
        except (TimeoutError, ConnectionError):
            pass
        finally:
            self._open.pop(envelope_id, None)

    def _envelope(self, delivery: Delivery, envelope_id: str) -> dict[str, Any]:
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope["retry_attempt"] = delivery.attempts - 1
            envelope["retry_reason"] = "" if delivery.attempts == 1 else "timeout"
        return envelope

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Slack asks every connection to be made anew, and closes the old ones."""
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}})
            await socket.close()

    async def drop(self) -> None:
        """The network goes: no goodbye."""
        for socket in list(self.sockets):
            self._left(socket)
            transport = socket._req.transport if socket._req is not None else None
            if transport is not None:
                transport.abort()

    async def close(self) -> None:
        for socket in list(self.sockets):
            await socket.close()


def sign(secret: str, body: str, timestamp: int) -> dict[str, str]:
    """The headers with which Slack signs a request (v0)."""
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


class HttpCourier:
    """HTTP mode: events as JSON, commands and interactions as forms, all signed."""

    def __init__(self, slack: FakeSlack, url: str, secret: str) -> None:
        self.slack, self.url, self.secret = slack, url, secret
        self.stale_by = 0  # seconds by which the time stamp lies in the past

    async def bring(self, delivery: Delivery) -> None:
        body, content_type = self._body(delivery)
        headers = sign(self.secret, body, int(time.time()) - self.stale_by) | {"Content-Type": content_type}
        if delivery.attempts > 1:
            headers |= {"X-Slack-Retry-Num": str(delivery.attempts - 1), "X-Slack-Retry-Reason": "http_error"}
        delivery.sent_at = time.monotonic()
        try:
            async with asyncio.timeout(self.slack.ack_seconds):
                async with self.slack.http.post(self.url, data=body, headers=headers) as response:
                    await self._answered(delivery, response)
        except (TimeoutError, aiohttp.ClientError):
            pass

    def _body(self, delivery: Delivery) -> tuple[str, str]:
        if delivery.kind == "events_api":
            return json.dumps(delivery.payload), "application/json"
        form = "application/x-www-form-urlencoded"
        if delivery.kind == "slash_commands":
            return urlencode(delivery.payload), form
        return urlencode({"payload": json.dumps(delivery.payload)}), form

    async def _answered(self, delivery: Delivery, response: aiohttp.ClientResponse) -> None:
        delivery.status = response.status
        if response.status == 200:
            body = await response.text()
            as_json = response.content_type == "application/json" and body
            delivery.acknowledge(json.loads(body) if as_json else {"text": body} if body else None)

    async def close(self) -> None:
        """Nothing is held open."""
