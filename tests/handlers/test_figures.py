"""Figures that updates report are kept per action and shown over time."""

from __future__ import annotations

from tests.handlers.world import World


def test_figures_of_an_action_are_shown_over_time_with_their_target(world: World) -> None:
    for month, value in ((2, 41), (3, 58), (4, 77)):
        world.at(2026, month, 3)
        world.say("Priya", f"6.1.2 {value}% of staff trained, target 85%")
    seen = world.say("Dana", "status 6.1.2")
    assert "41% (3 Feb 2026), 58% (3 Mar 2026), 77% (3 Apr 2026); target 85%" in seen
    assert "chart: " in seen


def test_a_single_figure_is_no_series(world: World) -> None:
    world.say("Priya", "6.1.2 41% of staff trained, target 85%")
    assert "41% (" not in world.say("Dana", "status 6.1.2")
