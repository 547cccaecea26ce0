"""The settings of one installation: read once, checked as a whole, never changed.

They come from the environment, else from ``.env`` (the place for secrets), else from
``assurebot.toml`` (the same names in lower case, no secrets). docs/settings.md lists them all.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from storage.model.errors import SettingsError

__all__ = ["ENV_FILE", "TOML_FILE", "Settings", "is_loopback", "load", "names", "secret_names"]

_KINDS = {"int_parsing": "it must be a whole number", "bool_parsing": "it must be 1 or 0"}
ENV_FILE = ".env"
TOML_FILE = "assurebot.toml"


def _split(value: object) -> object:
    return (
        tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
    )


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


def _setting(name: str, default: Any, description: str, *fallback: str) -> Any:
    return Field(default, validation_alias=AliasChoices(name, *fallback), description=description)


class Settings(BaseSettings):
    """All settings; every field's first alias is its name in the environment."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", case_sensitive=True, env_ignore_empty=True, env_file=ENV_FILE
    )

    database_url: str = _setting(
        "ASSUREBOT_DATABASE_URL",
        "sqlite:///assurebot.db",
        "`sqlite:///FILE`, a plain path, or `postgresql://...`",
    )
    slack_bot_token: SecretStr | None = _setting(
        "SLACK_BOT_TOKEN", None, "Slack: the bot's token, `xoxb-...`"
    )
    slack_app_token: SecretStr | None = _setting(
        "SLACK_APP_TOKEN", None, "Slack: the app's token, `xapp-...`; with it the bot uses Socket Mode"
    )
    slack_signing_secret: SecretStr | None = _setting(
        "SLACK_SIGNING_SECRET", None, "Slack: needed for HTTP mode, where there is no app token"
    )
    slack_api_url: str | None = _setting(
        "ASSUREBOT_SLACK_API_URL", None, "another Web API address, for tests and emulators; loopback only"
    )
    slack_command: str = _setting("ASSUREBOT_SLACK_COMMAND", "/plan", "the slash command registered in Slack")
    teams_client_id: str | None = _setting(
        "ASSUREBOT_TEAMS_CLIENT_ID",
        None,
        "Teams: the bot's application id; `CLIENT_ID` is the fallback",
        "CLIENT_ID",
    )
    teams_client_secret: SecretStr | None = _setting(
        "ASSUREBOT_TEAMS_CLIENT_SECRET",
        None,
        "Teams: its secret; `CLIENT_SECRET` is the fallback",
        "CLIENT_SECRET",
    )
    teams_tenant_id: str | None = _setting(
        "ASSUREBOT_TEAMS_TENANT_ID",
        None,
        "Teams: the tenant it lives in; `TENANT_ID` is the fallback",
        "TENANT_ID",
    )
    teams_local: bool = _setting(
        "ASSUREBOT_TEAMS_LOCAL", False, "`1`: Teams without credentials, on loopback, for the Playground"
    )
    teams_tenants: Names = _setting(
        "ASSUREBOT_TEAMS_TENANTS",
        (),
        "tenants that may talk to the bot, with commas between; by default its own",
    )
    http_host: str = _setting(
        "ASSUREBOT_HTTP_HOST", "127.0.0.1", "where HTTP is served (Slack HTTP, Teams, health)"
    )
    http_port: int = _setting("ASSUREBOT_HTTP_PORT", 3978, "the port of it")
    public_url: str | None = _setting("ASSUREBOT_PUBLIC_URL", None, "that address as it is seen from outside")
    admins: Names = _setting(
        "ASSUREBOT_ADMINS",
        (),
        "the first administrators: e-mail addresses or platform ids, with commas between",
    )
    timezone: str = _setting(
        "ASSUREBOT_TIMEZONE", "Europe/London", "the site's time zone, for naive times and days"
    )

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def slack(self) -> bool:
        """Whether Slack is configured."""
        return self.slack_bot_token is not None

    @property
    def teams(self) -> bool:
        """Whether Teams is configured."""
        return self.teams_client_id is not None or self.teams_local

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"there is no time zone “{value}”: use a name such as Europe/London") from None
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        scheme, separator, _ = value.partition("://")
        if separator and scheme not in {"sqlite", "postgresql"}:
            raise ValueError("it must start with sqlite:/// or postgresql://, or be a plain path")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _only_loopback(cls, value: str | None) -> str | None:
        if value and not is_loopback(urlsplit(value).hostname):
            raise ValueError(
                "only a loopback address such as http://127.0.0.1:8080 is accepted, as tokens go there"
            )
        return value

    @field_validator("slack_command")
    @classmethod
    def _a_command(cls, value: str) -> str:
        if not value.startswith("/") or " " in value:
            raise ValueError("it must start with a slash and be one word, such as /plan")
        if value == "/status":
            raise ValueError("/status belongs to Slack itself: choose another, such as /plan")
        return value

    @field_validator("http_port")
    @classmethod
    def _a_port(cls, value: int) -> int:
        if not 0 <= value <= 65535:
            raise ValueError("a port is a number from 0 to 65535")
        return value

    @field_validator("public_url")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("it must be an address such as https://bot.example.org")
        return value.rstrip("/") if value else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings, _TomlFile(settings_cls)


class _TomlFile(PydanticBaseSettingsSource):
    """``assurebot.toml`` of the working folder; what is wrong with it is found by ``_file_faults``."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError  # all at once in __call__

    def __call__(self) -> dict[str, Any]:
        try:
            content = _toml(Path(TOML_FILE))
        except SettingsError:
            return {}
        return {name.upper(): value for name, value in content.items() if name.upper() in set(names())}


def names() -> list[str]:
    """The names of all settings, as in the environment and in the order of the documentation."""
    return [_name(field) for field in Settings.model_fields.values()]


def secret_names() -> set[str]:
    """The settings that may not stand in ``assurebot.toml``, fallback names included."""
    secrets = (field for field in Settings.model_fields.values() if field.annotation == SecretStr | None)
    return {str(alias) for field in secrets for alias in _choices(field)}


def is_loopback(host: str | None) -> bool:
    """Whether this host name or address can only be this machine."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def load(database_url: str | None = None) -> Settings:
    """The settings of the working folder and the environment; ``database_url`` goes before all of them.

    Raises SettingsError with every fault at once, one a line.
    """
    faults = [*_file_faults(), *_unknown(os.environ)]
    settings: Settings | None = None
    given = {} if database_url is None else {"ASSUREBOT_DATABASE_URL": database_url}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        faults += [
            _sentence(fault["loc"], _KINDS.get(fault["type"], fault["msg"])) for fault in error.errors()
        ]
    if settings is not None:
        faults += _contradictions(settings)
    if settings is None or faults:
        count = "A setting is" if len(faults) == 1 else f"{len(faults)} settings are"
        raise SettingsError("\n".join([f"{count} wrong:", *(f"  {fault}" for fault in faults)]))
    return settings


def _choices(field: FieldInfo) -> list[Any]:
    alias = field.validation_alias
    return list(alias.choices) if isinstance(alias, AliasChoices) else []


def _name(field: FieldInfo) -> str:
    return str(_choices(field)[0])


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    name = str(location[0]) if location else "settings"
    field = Settings.model_fields.get(name)
    words = message.removeprefix("Value error, ")
    return f"{_name(field) if field else name}: {words[:1].lower()}{words[1:]}."


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error


def _file_faults() -> Iterable[str]:
    try:
        content = _toml(Path(TOML_FILE))
    except SettingsError as error:
        return [str(error)]
    known = {name.lower() for name in names()}
    secrets = {name.lower() for name in secret_names()}
    faults = [
        f"{TOML_FILE}: “{name}” is a secret: put it into the environment or into {ENV_FILE}."
        for name in content
        if name in secrets
    ]
    faults += [f"{TOML_FILE}: {_no_setting(name, known)}" for name in content if name not in known | secrets]
    return faults + _open_secrets(Path(ENV_FILE))


def _open_secrets(path: Path) -> list[str]:
    """Refuse a ``.env`` with secrets in it that others on the machine may read."""
    if os.name != "posix" or not path.is_file() or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    held = {line.partition("=")[0].removeprefix("export ").strip() for line in lines if "=" in line}
    if not held & secret_names():
        return []
    return [f"{ENV_FILE} holds secrets and others on this machine may read it: type “chmod 600 {ENV_FILE}”."]


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = names()
    ours = (name for name in environ if name.startswith("ASSUREBOT_"))
    return [_no_setting(name, known) for name in ours if name not in known]


def _no_setting(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"“{name}” is no setting" + (f": did you mean “{near[0]}”?" if near else ".")


def _contradictions(settings: Settings) -> list[str]:
    return [*_slack_faults(settings), *_teams_faults(settings)]


def _slack_faults(settings: Settings) -> Iterable[str]:
    bot, app = settings.slack_bot_token, settings.slack_app_token
    if bot and not bot.get_secret_value().startswith("xoxb-"):
        yield "SLACK_BOT_TOKEN: a bot token starts with xoxb-."
    if app and not app.get_secret_value().startswith("xapp-"):
        yield "SLACK_APP_TOKEN: an app token starts with xapp-."
    if app and not bot:
        yield "SLACK_BOT_TOKEN: it is missing beside SLACK_APP_TOKEN: copy it from the app's “Install App” page."
    if bot and not app and not settings.slack_signing_secret:
        yield (
            "SLACK_APP_TOKEN: it is missing beside SLACK_BOT_TOKEN: make one with the scope connections:write,"
            " or set SLACK_SIGNING_SECRET for HTTP mode."
        )


def _teams_faults(settings: Settings) -> Iterable[str]:
    wanted = {
        "ASSUREBOT_TEAMS_CLIENT_ID": settings.teams_client_id,
        "ASSUREBOT_TEAMS_CLIENT_SECRET": settings.teams_client_secret,
        "ASSUREBOT_TEAMS_TENANT_ID": settings.teams_tenant_id,
    }
    given = [name for name, value in wanted.items() if value]
    if settings.teams_local and (given or settings.public_url or not is_loopback(settings.http_host)):
        yield (
            "ASSUREBOT_TEAMS_LOCAL: it lets anybody in who reaches the bot, so it goes with loopback alone:"
            " take away the Teams credentials, ASSUREBOT_PUBLIC_URL and any other ASSUREBOT_HTTP_HOST, or this."
        )
    if given and len(given) < len(wanted):
        yield from (f"{name}: it is missing beside {given[0]}." for name in wanted if name not in given)
