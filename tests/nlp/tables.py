"""Tables of examples: one a line, columns parted by tabs, so that anyone can add a row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

__all__ = ["rows"]

_DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[Any]:
    """The rows of a table in ``data/`` as parameters; lines that start with # are headings."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [pytest.param(*(cell.replace("\\n", "\n") for cell in row), id=row[1][:60]) for row in cells]
