"""The stage for scenarios: the bot behind the fake Teams on a Tuesday in February."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.model.people import Role
from tests.bot.teams.stage import Stage, staged
from tests.fakes.teams import Conversation, Person

FEBRUARY = datetime(2026, 2, 3, 9, tzinfo=UTC)


def prepare(stage: Stage) -> None:
    people = (
        stage.person(
            "Priya Nandakumar", owns=("Priya Nandakumar, Head of Quality", "Director of Nursing, TVFT")
        ),
        stage.person("Tom Fairbrother", role=Role.PMO),
    )
    stage.fake.channel("plan", *people)


@pytest.fixture
async def stage(database: Path) -> AsyncIterator[Stage]:
    async with staged(database, FEBRUARY, prepare=prepare) as ready:
        yield ready


def named(stage: Stage, name: str) -> Person:
    return next(Person(stage.fake, user) for user in stage.fake.world.users.values() if user.name == name)


@pytest.fixture
def priya(stage: Stage) -> Person:
    """An owner."""
    return named(stage, "Priya Nandakumar")


@pytest.fixture
async def tom(stage: Stage) -> Person:
    """The programme office, who has read what the clock sent them."""
    tom = named(stage, "Tom Fairbrother")
    await stage.idle()
    stage.fake.looked_at(tom)
    return tom


@pytest.fixture
def channel(stage: Stage) -> Conversation:
    return next(each for each in stage.fake.world.conversations.values() if each.name == "plan")
