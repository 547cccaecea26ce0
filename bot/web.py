"""The one HTTP server of the program: health, and what the surfaces want served."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.surface import HttpRequest, HttpResponse, Route
from storage.model.errors import SettingsError

__all__ = ["Server"]

MAX_BODY = 2 * 2**20


class Server:
    """Serves until stopped. ``healthy`` says in a word what is wrong, or None."""

    def __init__(self, routes: Sequence[Route], healthy: Callable[[], Awaitable[str | None]]) -> None:
        self._healthy = healthy
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_get("/health", self._health)
        for route in routes:
            app.router.add_route(route.method, route.path, _handler(route))
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self, host: str, port: int) -> int:
        """Begin to serve; the port, which is another than the one asked for where that is 0."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            raise SettingsError(
                f"{host}:{port} cannot be served ({error.strerror}): another program may have it;"
                " set ASSUREBOT_HTTP_PORT to a free port."
            ) from error
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        wrong = await self._healthy()
        return web.json_response({"ok": wrong is None, "wrong": wrong}, status=200 if wrong is None else 503)


def _handler(route: Route) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        answer = await route.handle(
            HttpRequest(
                request.method,
                request.path,
                {name.lower(): value for name, value in request.headers.items()},
                await request.read(),
                dict(request.query),
            )
        )
        return _response(answer)

    return handle


def _response(answer: HttpResponse) -> web.Response:
    return web.Response(status=answer.status, body=answer.body, headers=dict(answer.headers))
