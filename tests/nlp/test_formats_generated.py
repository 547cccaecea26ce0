"""The made-up plan that the benchmarks read is read whole."""

from __future__ import annotations

from nlp.documents import read_plan
from tests.bench.generate_plan import generate_plan


def test_a_generated_plan_is_read_whole() -> None:
    plan = read_plan(generate_plan(220), "plan.xlsx")
    assert [action.ref for action in plan.actions[:2]] == ["1.1", "1.2"]
    assert len({action.ref for action in plan.actions}) == 220
    assert [theme.ref for theme in plan.themes] == ["1", "2", "3"]
    assert all(action.due.end and action.ratings["rag"] for action in plan.actions)
