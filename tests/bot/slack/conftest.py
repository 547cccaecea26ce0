"""The stage for scenarios: the bot behind the fake Slack on a Tuesday in February."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.model.people import Role
from tests.bot.slack.stage import Stage, staged, with_plan
from tests.fakes.slack import Conversation, Person

FEBRUARY = datetime(2026, 2, 3, 9, tzinfo=UTC)


def prepare(stage: Stage) -> None:
    stage.person("Priya Nandakumar", owns=("Priya Nandakumar, Head of Quality", "Director of Nursing, TVFT"))
    stage.person("Tom Fairbrother", role=Role.PMO)
    stage.fake.channel(
        "plan", *(Person(stage.fake, user) for user in list(stage.fake.world.users.values())[1:])
    )


@pytest.fixture(scope="session")
def plan_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_plan(tmp_path_factory.mktemp("slack") / "plan.db")


@pytest.fixture
def database(plan_database: Path, tmp_path: Path) -> Path:
    return shutil.copy(plan_database, tmp_path / "record.db")


@pytest.fixture
async def stage(database: Path) -> AsyncIterator[Stage]:
    async with staged(database, FEBRUARY, prepare=prepare) as ready:
        yield ready


def _named(stage: Stage, name: str) -> Person:
    return next(Person(stage.fake, user) for user in stage.fake.world.users.values() if user.name == name)


@pytest.fixture
def priya(stage: Stage) -> Person:
    """An owner."""
    return _named(stage, "Priya Nandakumar")


@pytest.fixture
def tom(stage: Stage) -> Person:
    """The programme office."""
    return _named(stage, "Tom Fairbrother")


@pytest.fixture
def channel(stage: Stage) -> Conversation:
    return next(each for each in stage.fake.world.conversations.values() if each.name == "plan")
