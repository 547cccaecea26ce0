"""A world with the demo plan, its office and three owners."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.model.people import Role
from tests.handlers.world import World, new_world


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo plan and its people, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("world")
    world = new_world(folder)
    world.person("Dana", role=Role.PMO)
    world.person("Priya", owns=("Priya Nandakumar, Head of Quality", "Director of Nursing, TVFT"))
    world.person("Jasper", owns=("Jasper Lyle, Operations Manager ECHT",))
    world.person("Beatrix", owns=("Beatrix Cole, Service Manager",))
    world.person("Victor")
    world.store.close()
    return folder / "record.db"


@pytest.fixture
def world(peopled: Path, tmp_path: Path) -> Iterator[World]:
    from storage.open import open_store

    copy = tmp_path / "record.db"
    shutil.copy(peopled, copy)
    fresh = World(open_store(str(copy)), now=None)  # type: ignore[arg-type]
    fresh.at(2026, 2, 3)
    for person in fresh.store.people.all():
        fresh.people[person.name] = person
    yield fresh
    fresh.store.close()
