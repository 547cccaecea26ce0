"""The invented plans of the readers' tests, exported with updates and imported again."""

from __future__ import annotations

import importlib

import pytest

from nlp.documents import read_plan
from tests.handlers.test_documents_export import FORMATS, same, states, there_and_back
from tests.nlp.test_plan_samples import NAMES


@pytest.mark.parametrize(("name", "format"), [(name, FORMATS[i % 3]) for i, name in enumerate(NAMES)])
def test_an_export_of_an_imported_plan_is_the_same_plan(name: str, format: str) -> None:
    sample = importlib.import_module(f"tests.nlp.plans.{name}").SAMPLE
    plan = read_plan(sample.build(), sample.filename)
    assert same(there_and_back(plan, format, states(plan))) == same(plan)  # type: ignore[arg-type]
