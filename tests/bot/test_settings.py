"""Settings: where they come from, what is refused, and that all faults are reported together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, is_loopback, load, names
from storage.model.errors import SettingsError

DOCS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def secrets(folder: Path, text: str, mode: int = 0o600) -> None:
    path = folder / ".env"
    path.write_text(text)
    path.chmod(mode)


def test_nothing_set_gives_the_defaults() -> None:
    settings = load()
    assert settings.database_url == "sqlite:///assurebot.db"
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 3978)
    assert not settings.slack
    assert not settings.teams


def test_the_environment_goes_before_dotenv_and_dotenv_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "assurebot.toml").write_text(
        'assurebot_timezone = "Europe/Dublin"\nassurebot_http_port = 1\nassurebot_slack_command = "/a"\n'
    )
    secrets(folder, "ASSUREBOT_HTTP_PORT=2\nASSUREBOT_SLACK_COMMAND=/b\n")
    monkeypatch.setenv("ASSUREBOT_SLACK_COMMAND", "/c")
    settings = load()
    assert (settings.timezone, settings.http_port, settings.slack_command) == ("Europe/Dublin", 2, "/c")


def test_the_command_line_goes_before_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSUREBOT_DATABASE_URL", "sqlite:///one.db")
    assert load("two.db").database_url == "two.db"


def test_names_are_split_at_commas_and_lists_are_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSUREBOT_ADMINS", "jo@example.org, U012 ,")
    (folder / "assurebot.toml").write_text('assurebot_teams_tenants = ["t1", "t2"]\n')
    settings = load()
    assert settings.admins == ("jo@example.org", "U012")
    assert settings.teams_tenants == ("t1", "t2")


def test_the_names_that_the_teams_tool_writes_are_the_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLIENT_ID", "CLIENT_SECRET", "TENANT_ID"):
        monkeypatch.setenv(name, f"theirs-{name}")
    monkeypatch.setenv("ASSUREBOT_TEAMS_TENANT_ID", "ours")
    settings = load()
    assert settings.teams
    assert (settings.teams_client_id, settings.teams_tenant_id) == ("theirs-CLIENT_ID", "ours")


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hush")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "hush")
    assert "hush" not in repr(load()) + str(load().model_dump())


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load().timezone = "Europe/Paris"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        pytest.param({"ASSUREBOT_TIMEZONE": "Mars"}, "Europe/London", id="no such zone"),
        pytest.param({"ASSUREBOT_TIMEZONE": "/etc/passwd"}, "no time zone", id="a path as zone"),
        pytest.param({"ASSUREBOT_DATABASE_URL": "mysql://x"}, "sqlite:/// or postgresql://", id="another database"),
        pytest.param({"ASSUREBOT_HTTP_PORT": "many"}, "a whole number", id="port in words"),
        pytest.param({"ASSUREBOT_HTTP_PORT": "70000"}, "0 to 65535", id="port too high"),
        pytest.param({"ASSUREBOT_SLACK_COMMAND": "/status"}, "belongs to Slack", id="Slack's own command"),
        pytest.param({"ASSUREBOT_SLACK_COMMAND": "plan"}, "start with a slash", id="no slash"),
        pytest.param({"ASSUREBOT_SLACK_API_URL": "https://slack.example.org"}, "loopback", id="not loopback"),
        pytest.param({"ASSUREBOT_SLACK_API_URL": "http://127.0.0.1@evil.example"}, "loopback", id="loopback as user"),
        pytest.param({"ASSUREBOT_PUBLIC_URL": "bot.example.org"}, "https://", id="no address"),
        pytest.param({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", id="app token alone"),
        pytest.param({"SLACK_BOT_TOKEN": "xoxb-1"}, "connections:write", id="bot token alone"),
        pytest.param(
            {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"}, "starts with xoxb-", id="tokens swapped"
        ),
        pytest.param({"ASSUREBOT_TEAMS_CLIENT_ID": "1"}, "ASSUREBOT_TEAMS_CLIENT_SECRET", id="half of Teams"),
        pytest.param(
            {"ASSUREBOT_TEAMS_LOCAL": "1", "ASSUREBOT_PUBLIC_URL": "https://a.example"}, "loopback alone", id="local, public"
        ),
        pytest.param({"ASSUREBOT_TEAMS_LOCAL": "1", "ASSUREBOT_HTTP_HOST": "0.0.0.0"}, "loopback alone", id="local, open"),
        pytest.param({"ASSUREBOT_TIMEZON": "x"}, "did you mean “ASSUREBOT_TIMEZONE”", id="a slip in the name"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused_with_what_to_do(
    environment: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_all_faults_are_reported_together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "assurebot.toml").write_text('slack_bot_token = "xoxb-1"\nassurebot_colour = "blue"\n')
    monkeypatch.setenv("ASSUREBOT_TIMEZONE", "Mars")
    monkeypatch.setenv("ASSUREBOT_HTTP_PORT", "many")
    with pytest.raises(SettingsError) as caught:
        load()
    lines = str(caught.value).splitlines()
    assert lines[0] == "4 settings are wrong:"
    assert len(lines) == 5


def test_a_secret_in_the_file_is_refused(folder: Path) -> None:
    (folder / "assurebot.toml").write_text('assurebot_teams_client_secret = "s3cret"\n')
    with pytest.raises(SettingsError, match="is a secret") as caught:
        load()
    assert "s3cret" not in str(caught.value)


def test_secrets_that_others_may_read_are_refused(folder: Path) -> None:
    secrets(folder, "SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\n", 0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load()
    secrets(folder, "ASSUREBOT_TIMEZONE=Europe/Paris\n", 0o644)
    assert load().timezone == "Europe/Paris"


def test_a_broken_file_is_said_to_be_broken(folder: Path) -> None:
    (folder / "assurebot.toml").write_text("assurebot_timezone = \n")
    with pytest.raises(SettingsError, match=r"assurebot\.toml cannot be read"):
        load()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_loopback(host: str | None, expected: bool) -> None:
    assert is_loopback(host) is expected


def documented() -> dict[str, str]:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", DOCS.read_text(), re.MULTILINE)
    return {name: f"{default}|{meaning}" for name, default, meaning in rows}


def test_the_documentation_lists_every_setting_as_the_code_has_it() -> None:
    fields = list(Settings.model_fields.values())
    defaults = (f"`{field.default}`" if field.default not in (None, (), False) else "" for field in fields)
    expected = {
        name: f"{default}|{field.description}"
        for name, default, field in zip(names(), defaults, fields, strict=True)
    }
    assert documented() == expected
    assert list(documented()) == names()
