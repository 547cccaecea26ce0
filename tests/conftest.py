"""What all tests share: a cleaned environment and the way to the plans and gold kept beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure. CI judges by the same examples every time; new ones are looked for elsewhere.
settings.register_profile("any machine", parent=settings(), deadline=None, derandomize="CI" in os.environ)
settings.load_profile("any machine")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test."""
    for name in list(os.environ):
        if name.startswith(("ASSUREBOT_", "SLACK_", "TEAMS_")) or name in {
            "CLIENT_ID",
            "CLIENT_SECRET",
            "TENANT_ID",
        }:
            monkeypatch.delenv(name)


def shared_path(*parts: str) -> Path:
    """A file beside the checkout, or a skip that says which one is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {Path('../shared', *parts)}, which is not beside this checkout")
    return path


@pytest.fixture(scope="session")
def seeds() -> Path:
    return shared_path("seeds")


@pytest.fixture(scope="session")
def gold() -> Path:
    return shared_path("gold")
