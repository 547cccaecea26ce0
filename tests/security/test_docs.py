"""What the pages on security and people say is so."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from nlp.identifiers import find_identifiers
from storage.personal import _LISTS
from tests.nlp.tables import rows

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def test_every_attack_names_tests_and_all_of_them_exist() -> None:
    table = PAGE.partition("## Attacks")[2].partition("## The trail")[0]
    attacks = [line for line in table.splitlines() if line.startswith("|")][2:]
    assert len(attacks) >= 40
    missing = []
    for line in attacks:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", line)
        assert named, f"no test: {line}"
        missing += [f"{path}::{name}" for path, name in named if name not in functions(ROOT / path)]
    assert missing == []


def functions(path: Path) -> set[str]:
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_the_figures_on_patients_words_are_those_of_the_labelled_set() -> None:
    table = [
        (param.values[0], bool(find_identifiers(str(param.values[1])))) for param in rows("identifiers.tsv")
    ]
    found = [held for kinds, held in table if kinds != "-"]
    alarms = [held for kinds, held in table if kinds == "-"]
    said = re.sub(r"\s+", " ", PAGE)
    assert f"set of {len(table)} invented messages" in said
    assert f"{sum(found)} of {len(found)} found ({sum(found) / len(found):.1%}".replace("%", "") in said
    assert f"{sum(alarms) or 'none'} of {len(alarms)} harmless ones held" in said


@pytest.mark.parametrize("kept", _LISTS)
def test_all_that_is_kept_about_people_is_on_the_page(kept: str) -> None:
    page = (ROOT / "docs" / "people.md").read_text("utf-8")
    name = {"owned": "printed owner"}.get(kept, kept.replace("_", " "))
    assert name in page
