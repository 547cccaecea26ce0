"""Invented plans in every format, made as people make them, against what a correct import of each holds."""

from __future__ import annotations

import importlib
import importlib.util
import json
import pkgutil
from pathlib import Path
from typing import Any

import pytest

from nlp.documents import read_plan
from nlp.documents.asjson import document_as_dict
from tests.nlp import plans
from tests.nlp.plans.kit import Sample
from tests.nlp.plans.score import score

_TOOLS = {"kit", "word", "excel", "pages", "score"}
_SHARED = Path(__file__).parents[3] / "shared" / "gold" / "score_plan.py"
NAMES = sorted(module.name for module in pkgutil.iter_modules(plans.__path__) if module.name not in _TOOLS)


def _sample(name: str) -> Sample:
    found = importlib.import_module(f"tests.nlp.plans.{name}").SAMPLE
    assert isinstance(found, Sample)
    return found


def _read(sample: Sample) -> dict[str, Any]:
    plan = document_as_dict(read_plan(sample.build(), sample.filename))
    return dict(json.loads(json.dumps(plan)))


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_read_as_its_author_meant_it(name: str) -> None:
    sample = _sample(name)
    got = score(sample.gold, _read(sample))
    assert (got.misses, got.themes, got.scheme, got.meetings) == ([], 1, 1, 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_exported_as_json_is_the_same_plan(name: str) -> None:
    sample = _sample(name)
    plan = read_plan(sample.build(), sample.filename)
    assert read_plan(json.dumps(document_as_dict(plan)).encode(), "plan.json") == plan


def test_the_score_is_that_of_the_shared_scorer() -> None:
    if not _SHARED.exists():
        pytest.skip("the shared scorer is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score_plan", _SHARED)
    assert spec
    assert spec.loader
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    sample = _sample("pasted")
    read = _read(sample)
    read["actions"][0]["rag"], read["actions"][1]["owner"] = "red", None
    theirs, misses = shared.score(sample.gold, read)
    ours = score(sample.gold, read)
    assert ours.fields == pytest.approx(theirs["fields_mean"])
    assert (ours.found, ours.extra, len(ours.misses)) == (
        theirs["actions_found"],
        theirs["actions_extra"],
        len(misses),
    )
