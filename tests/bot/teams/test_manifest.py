"""The app package: a zip that Teams takes, the same every time, with commands of the grammar."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator, FormatChecker
from PIL import Image

from bot.settings import Settings
from bot.teams.checks import checks
from bot.teams.manifest import manifest, package
from handlers.grammar import COMMANDS
from storage.model.errors import SettingsError

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "schemas" / "teams-manifest-1.19.json"
FORMAT = Draft4Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")), format_checker=FormatChecker())


def settings(**more: object) -> Settings:
    given = {
        "ASSUREBOT_TEAMS_CLIENT_ID": "11111111-2222-4333-8444-555555555555",
        "ASSUREBOT_TEAMS_CLIENT_SECRET": "secret",
        "ASSUREBOT_TEAMS_TENANT_ID": "99999999-8888-4777-8666-555555555555",
        "ASSUREBOT_PUBLIC_URL": "https://bot.thornmere.example",
        "_env_file": None,
    }
    return Settings(**(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("public_url", ["https://bot.thornmere.example", None])
def test_the_manifest_is_one_by_microsofts_published_schema(public_url: str | None) -> None:
    made = manifest(settings(ASSUREBOT_PUBLIC_URL=public_url))
    assert [error.message for error in FORMAT.iter_errors(made)] == []
    assert (
        made["manifestVersion"] == FORMAT.schema["properties"]["manifestVersion"]["const"]
    )  # not a word of draft 4
    assert all("/" not in domain for domain in made["validDomains"])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"id": "assurebot"}, id="no id"),
        pytest.param({"accentColor": "navy"}, id="no colour"),
        pytest.param({"name": {"short": "x" * 31, "full": "x"}}, id="a long name"),
        pytest.param({"robots": []}, id="an unknown part"),
    ],
)
def test_that_schema_refuses_what_is_no_manifest(change: dict[str, object]) -> None:
    assert list(FORMAT.iter_errors(manifest(settings()) | change))


def test_the_package_holds_the_manifest_and_its_icons() -> None:
    made = package(settings())
    with ZipFile(BytesIO(made)) as archive:
        assert archive.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(archive.read("manifest.json")) == manifest(settings())
        for name, side in (("color.png", 192), ("outline.png", 32)):
            with Image.open(BytesIO(archive.read(name))) as icon:
                assert icon.size == (side, side)
        with Image.open(BytesIO(archive.read("outline.png"))) as icon:
            assert {dot for _, dot in icon.getcolors()} == {(255, 255, 255, 255), (0, 0, 0, 0)}
    assert package(settings()) == made


def test_every_suggested_command_is_one_of_the_grammar() -> None:
    words = {command.words for command in COMMANDS if command.shown}
    (bot,) = manifest(settings())["bots"]
    assert {one["title"] for one in bot["commandLists"][0]["commands"]} <= words


def test_pictures_come_from_the_bots_own_address() -> None:
    assert manifest(settings())["validDomains"] == ["bot.thornmere.example"]
    assert manifest(settings(ASSUREBOT_PUBLIC_URL=None))["validDomains"] == []


@pytest.mark.parametrize("client_id", [None, "no id"])
def test_without_a_client_id_there_is_no_package(client_id: str | None) -> None:
    with pytest.raises(SettingsError, match="ASSUREBOT_TEAMS_CLIENT_ID"):
        package(settings(ASSUREBOT_TEAMS_CLIENT_ID=client_id))


class Tokens:
    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    async def get_app_token(self, scope: str, tenant: str | None) -> str:
        if self.error:
            raise self.error
        return "token"


async def test_doctor_finds_all_in_order() -> None:
    found = await checks(settings(), Tokens())
    assert [one.subject for one in found if one.ok] == ["Teams credentials", "Teams address", "Teams tenants"]
    assert "https://bot.thornmere.example/api/messages" in found[1].says


async def test_doctor_says_what_to_do_about_what_is_wrong() -> None:
    found = await checks(settings(ASSUREBOT_PUBLIC_URL=None), Tokens(ValueError("invalid_client")))
    assert [one.ok for one in found] == [False, False, True]
    assert "ASSUREBOT_TEAMS_CLIENT_ID" in found[0].says
    assert "ASSUREBOT_PUBLIC_URL" in found[1].says


async def test_doctor_says_that_local_development_is_for_this_machine() -> None:
    (found,) = await checks(Settings(ASSUREBOT_TEAMS_LOCAL=True, _env_file=None), Tokens())  # type: ignore[call-arg]
    assert found.ok
    assert "this machine alone" in found.says
