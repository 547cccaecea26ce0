"""The fake refuses what Teams refuses, and brings what Teams brings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.teams import BOT_ID, TENANT, FakeTeams, tokens
from tests.fakes.teams.card_rules import card_errors

CARD = "application/vnd.microsoft.card.adaptive"
HELLO = {"type": "message", "text": "hello"}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTeams]:
    async with FakeTeams() as ready:
        yield ready


async def call(
    fake: FakeTeams, method: str, path: str, body: Any = None, token: str | None = None
) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {tokens.bot_token() if token is None else token}"}
    async with fake.http.request(method, fake.url + path, json=body, headers=headers) as response:
        return response.status, await response.json()


def card(*body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}


def text(words: str) -> dict[str, Any]:
    return {"type": "TextBlock", "text": words}


async def test_a_post_stands_and_can_be_changed_and_taken_away(fake: FakeTeams) -> None:
    priya = fake.person("Priya Nandakumar")
    path = f"/v3/conversations/{priya.chat.id}/activities"
    status, told = await call(fake, "POST", path, HELLO)
    assert status == 201
    assert (await call(fake, "PUT", f"{path}/{told['id']}", {"type": "message", "text": "bye"}))[0] == 200
    assert priya.reads() == "bye"
    assert (await call(fake, "DELETE", f"{path}/{told['id']}"))[0] == 200
    assert priya.reads() == ""


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        pytest.param("/v3/conversations/a:0/activities", HELLO, 404, id="unknown conversation"),
        pytest.param("/v3/conversations/{channel};messageid=1/activities", HELLO, 404, id="unknown thread"),
        pytest.param("/v3/conversations/{gone}/activities", HELLO, 403, id="removed from there"),
        pytest.param("/v3/conversations/{chat}/activities", {"type": "message"}, 400, id="nothing in it"),
        pytest.param("/v3/conversations/{chat}/activities", {"type": "message", "text": "x" * 29_000}, 413, id="too big"),
        pytest.param(
            "/v3/conversations/{chat}/activities",
            {"type": "message", "attachments": [{"contentType": CARD, "content": card(text("x"), version="1.6")}]},
            400,
            id="a card of another version",
        ),
        pytest.param(
            "/v3/conversations/{channel}/activities",
            {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.teams.card.file.consent", "content": {}}]},
            400,
            id="file consent in a channel",
        ),
    ],
)  # fmt: skip
async def test_what_teams_refuses_is_refused(fake: FakeTeams, path: str, body: Any, status: int) -> None:
    priya, gone = fake.person("Priya Nandakumar"), fake.person("Gone")
    gone.chat.installed = False
    names = {"chat": priya.chat.id, "gone": gone.chat.id, "channel": fake.channel("plan", priya).id}
    assert (await call(fake, "POST", path.format(**names), body))[0] == status


@pytest.mark.parametrize("token", ["", "a.b.c", tokens.sign("https://x.example")])
async def test_a_bot_without_its_token_is_refused(fake: FakeTeams, token: str) -> None:
    priya = fake.person("Priya Nandakumar")
    assert (await call(fake, "POST", f"/v3/conversations/{priya.chat.id}/activities", HELLO, token))[0] == 401


async def test_the_eighth_post_in_a_second_is_refused_with_how_long_to_wait(fake: FakeTeams) -> None:
    fake.pace.second = 60.0
    chat = fake.person("Priya Nandakumar").chat
    answers = [
        (await call(fake, "POST", f"/v3/conversations/{chat.id}/activities", HELLO))[0] for _ in range(8)
    ]
    assert answers == [201] * 7 + [429]


async def test_a_chat_is_opened_with_whom_has_the_app(fake: FakeTeams) -> None:
    priya, gone = fake.person("Priya Nandakumar"), fake.person("Gone", installed=False)
    for name in (priya.id, priya.user.aad):
        status, told = await call(
            fake, "POST", "/v3/conversations", {"members": [{"id": name}], "tenantId": TENANT}
        )
        assert (status, told["id"]) == (201, priya.chat.id)
    assert (
        await call(fake, "POST", "/v3/conversations", {"members": [{"id": gone.id}], "tenantId": TENANT})
    )[0] == 403


async def test_the_roster_tells_names_and_addresses(fake: FakeTeams) -> None:
    priya = fake.person("Priya Nandakumar", "priya@thornmere.example")
    _, told = await call(fake, "GET", f"/v3/conversations/{priya.chat.id}/members/{priya.user.aad}")
    assert (told["name"], told["email"], told["aadObjectId"]) == (
        priya.name,
        "priya@thornmere.example",
        priya.user.aad,
    )
    stranger = fake.person("Ada Stranger")
    assert (await call(fake, "GET", f"/v3/conversations/{priya.chat.id}/members/{stranger.id}"))[0] == 404


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        pytest.param(text("x") | {"colour": "red"}, "('colour' was unexpected)", id="unknown property"),
        pytest.param({"type": "Carousel"}, "not valid under any", id="an element of a later version"),
        pytest.param({"type": "Image", "url": "data:image/png;base64,x"}, "no client fetches", id="a data address"),
        pytest.param({"type": "Image", "url": "http://bot.example/x.png"}, "no client fetches", id="a plain address"),
        pytest.param({"type": "RichTextBlock", "inlines": []}, "empty", id="nothing to read"),
        pytest.param({"type": "TextBlock"}, "'text' is a required property", id="no text"),
        pytest.param({"type": "Container", "items": [{"type": "ActionSet", "actions": [{"type": "Action.Execute", "titel": "x"}]}]}, "$.body[0].items[0].actions[0]: Additional", id="deep inside"),
        pytest.param({"type": "ActionSet", "actions": [{"type": "Action.Execute"}]}, "without words", id="a button without words"),
        pytest.param({"type": "Table", "columns": [{}], "rows": [{"type": "TableRow", "cells": []}]}, "do not fit", id="ragged table"),
        pytest.param({"type": "Input.ChoiceSet", "id": "x", "choices": []}, "choices without", id="nothing to choose"),
        pytest.param({"type": "Input.Text", "id": "x", "isRequired": True}, "error message", id="required without a word"),
        pytest.param(
            {"type": "ActionSet", "actions": [{"type": "Action.Execute", "title": "x"}] * 7}, "6 are shown", id="seven buttons"
        ),
        pytest.param(
            {"type": "ActionSet", "actions": [{"type": "Action.ToggleVisibility", "title": "x", "targetElements": ["y"]}]},
            "not there",
            id="a toggle of nothing",
        ),
        pytest.param(
            {"type": "Container", "items": [{"type": "Input.Text", "id": "x"}, {"type": "Input.Date", "id": "x"}]}, "twice", id="an id twice"
        ),
    ],
)  # fmt: skip
def test_a_card_that_does_not_work_is_found(body: dict[str, Any], wrong: str) -> None:
    assert any(wrong in error for error in card_errors(card(body)))


def test_a_card_that_works_is_fine() -> None:
    button = {"type": "Action.Execute", "title": "Yes", "verb": "command", "data": {"command": "confirm 8"}}
    body = [text("hello"), {"type": "ActionSet", "actions": [button]}, {"type": "Input.Date", "id": "day"}]
    assert card_errors(card(*body)) == []


async def test_what_it_brings_is_signed_with_the_key_that_it_shows(fake: FakeTeams) -> None:
    """And an activity that the bot failed at comes once more; a tap does not."""
    seen: list[tuple[dict[str, Any], str]] = []

    async def take(request: web.Request) -> web.Response:
        seen.append((await request.json(), request.headers["Authorization"]))
        return web.Response(status=503)

    application = web.Application()
    application.add_routes([web.post("/api/messages", take)])
    async with TestServer(application) as bot:
        fake.bot_url = str(bot.make_url("/api/messages"))
        priya = fake.person("Priya Nandakumar")
        channel = fake.channel("plan", priya)
        await priya.mention(channel, "status")
    assert len(seen) == 2
    activity, authorization = seen[0]
    async with fake.http.get(f"{fake.url}/keys") as response:
        keys = jwt.PyJWKSet.from_dict(await response.json())
    claims = jwt.decode(
        authorization.removeprefix("Bearer "),
        keys.keys[0].key,
        algorithms=["RS256"],
        audience=BOT_ID.removeprefix("28:"),
    )
    assert claims["serviceurl"] == activity["serviceUrl"] == fake.url
    assert activity["conversation"]["id"] == f"{channel.id};messageid={activity['id']}"
    assert activity["entities"][1]["mentioned"]["id"] == BOT_ID
