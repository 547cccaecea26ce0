"""Where text and record disagree: each rule alone, quiet once answered, loud again when a fact changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.assurance import challenges
from handlers.assurance.disagreements import Challenge, Known, of_action
from storage.model.document import DateKind, PlanDate
from storage.model.plan import (
    Action,
    ActionView,
    Plan,
    Rated,
    Rating,
    RatingSource,
    RatingStage,
    Scale,
    State,
)
from storage.model.reading import (
    Cue,
    DateFound,
    DateRole,
    Grain,
    Measure,
    PercentFound,
    PercentRole,
    Reading,
    Status,
)
from storage.model.record import DateRequest, Update, UpdateKind
from tests.handlers.world import World

TODAY = date(2026, 2, 10)
NOW = datetime(2026, 2, 9, 9, tzinfo=UTC)
SCALE = Scale(
    1,
    "rag",
    "RAG",
    (
        Rating("Done", "blue", Status.ASSURED, demands="assurance"),
        Rating("Well", "green", Status.ON_TRACK),
        Rating("Doubt", "amber", Status.AT_RISK, demands="plan"),
        Rating("Late", "red", Status.OFF_TRACK),
    ),
)
PLAN = Plan(1, "vale", "Vale", None, None, (SCALE,))


def due(day: date) -> PlanDate:
    return PlanDate(f"{day}", day, day, DateKind.DUE)


def rated(label: str, stage: RatingStage = RatingStage.AGREED) -> dict[str, Rated]:
    return {"rag": Rated("rag", label, stage, RatingSource.MEETING, NOW - timedelta(days=20))}


def view(**changes: object) -> ActionView:
    action = Action(1, 1, "1.1", None, "Open the hub", baseline=due(date(2026, 6, 30)))
    base = ActionView(action, None, State.OPEN, None, due(date(2026, 6, 30)), last_at=NOW)
    return replace(base, **changes)  # type: ignore[arg-type]


def said(reading: Reading, kind: UpdateKind = UpdateKind.UPDATE, days_ago: int = 1) -> Update:
    at = datetime(2026, 2, 10, 9, tzinfo=UTC) - timedelta(days=days_ago)
    return Update(days_ago, 1, kind, "words", reading, 1, "Jane", None, at, "console")


def percent(value: float, role: PercentRole) -> PercentFound:
    return PercentFound(0, 3, f"{value:g}%", value, role, "test")


def when(role: DateRole, day: date) -> DateFound:
    return DateFound(0, 3, "then", day, day, Grain.DAY, role, "test")


SLIP = Reading(status=Status.AT_RISK, cues=(Cue(0, 5, "slipped 4 weeks", Status.AT_RISK, "test"),))
MEASURE = Measure(0, 3, "75%", "training", 75.0, "%", "test", target=85.0)


@pytest.mark.parametrize(
    ("known", "rule", "words"),
    [
        pytest.param(Known(PLAN, view(agreed=rated("Well")), TODAY, [said(SLIP)]), "slip", "“slipped 4 weeks”", id="slip"),
        pytest.param(Known(PLAN, view(due=due(date(2026, 1, 31))), TODAY), "overdue", "done, or what date?", id="overdue"),
        pytest.param(
            Known(PLAN, view(state=State.CLAIMED), TODAY, measures=[(MEASURE, NOW, 1)]),
            "below-target", "75% against 85%", id="claimed below target",
        ),
        pytest.param(
            Known(PLAN, view(due=due(date(2026, 2, 20))), TODAY, [said(Reading(percentages=(percent(30, PercentRole.COMPLETION),)))]),
            "too-little", "30% done", id="too little for the time",
        ),
        pytest.param(
            Known(PLAN, view(last_at=None), TODAY, meetings_held=[date(2025, 12, 2), date(2026, 1, 6)]),
            "silent", "for two meetings", id="silent",
        ),
        pytest.param(
            Known(PLAN, view(), TODAY, [said(Reading(), UpdateKind.NO_CHANGE, ago) for ago in (1, 20, 40)]),
            "no-change", "three times running", id="third no change",
        ),
        pytest.param(
            Known(PLAN, view(), TODAY, ledger=[DateRequest(n, 1, due(TODAY), due(TODAY), None, 1, NOW, outcome="agreed") for n in (1, 2, 3)]),
            "extensions", "third time", id="third extension",
        ),
        pytest.param(
            Known(PLAN, view(requested=due(date(2026, 1, 5)), requested_at=NOW), TODAY),
            "past-date", "which is past", id="date before the update",
        ),
        pytest.param(
            Known(PLAN, view(agreed=rated("Doubt"), proposed=rated("Well", RatingStage.PROPOSED)), TODAY,
                  [said(Reading(dates=(when(DateRole.PLANNED, date(2026, 5, 1)),)))]),
            "no-fact", "without a new figure", id="better without a fact",
        ),
        pytest.param(Known(PLAN, view(agreed=rated("Doubt")), TODAY, [said(Reading())]), "no-plan", "recovery plan", id="demand not met"),
        pytest.param(Known(PLAN, view(), TODAY, owned=False), "owner", "has no owner", id="owner missing"),
    ],
)  # fmt: skip
def test_a_disagreement_is_found_and_quotes_what_it_rests_on(known: Known, rule: str, words: str) -> None:
    found = {one.rule: one.words for one in of_action(known)}
    assert words in found[rule]


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(
            Known(PLAN, view(agreed=rated("Well")), TODAY, [said(Reading(status=Status.ON_TRACK))]),
            id="well and green",
        ),
        pytest.param(Known(PLAN, view(agreed=rated("Late")), TODAY, [said(SLIP)]), id="slip and red"),
        pytest.param(
            Known(PLAN, view(state=State.CLAIMED), TODAY, measures=[(replace(MEASURE, value=90.0), NOW, 1)]),
            id="claimed and on target",
        ),
        pytest.param(
            Known(
                PLAN,
                view(state=State.CLAIMED),
                TODAY,
                measures=[(replace(MEASURE, value=80.0, baseline=95.0), NOW, 1)],
            ),
            id="less is better and it is less",
        ),
        pytest.param(
            Known(PLAN, view(due=due(date(2026, 1, 31)), state=State.CLAIMED), TODAY),
            id="claimed is not overdue",
        ),
        pytest.param(
            Known(
                PLAN,
                view(due=PlanDate("From Jan", date(2026, 1, 1), date(2026, 1, 31), DateKind.START)),
                TODAY,
            ),
            id="a start date is no due date",
        ),
        pytest.param(
            Known(
                PLAN,
                view(agreed=rated("Doubt")),
                TODAY,
                [said(Reading(dates=(when(DateRole.PLANNED, date(2026, 5, 1)),)))],
            ),
            id="amber with a plan",
        ),
    ],
)
def test_where_they_agree_there_is_no_challenge(known: Known) -> None:
    assert of_action(known) == []


def test_an_answered_challenge_is_quiet_until_a_fact_changes(world: World) -> None:
    world.say("Dana", "challenges")
    row = next(
        row
        for row in world.store.governance.challenges(world.plan.id)
        if row[2] == "overdue" and row[1] == world.view("6.2.1").action.id
    )
    world.say("Dana", f"answer {row[0]} ward staff are still being trained")
    assert row[1] not in {view.action.id for view, one in open_challenges(world) if one.rule == "overdue"}
    world.say("Dana", "meeting 17 February")
    world.say("Dana", "decide 6.2.1 date 20 February 2026")
    world.at(2026, 3, 2)
    assert row[1] in {view.action.id for view, one in open_challenges(world) if one.rule == "overdue"}


def open_challenges(world: World) -> list[tuple[ActionView, Challenge]]:
    return challenges.of_plan(world.plan, world.store.plans.views(world.plan.id), world.store, world.today)


def test_what_is_the_same_of_many_actions_is_one_line(world: World) -> None:
    world.at(2026, 4, 1)
    seen = world.say("Dana", "challenges")
    assert "have had no update for two meetings: 1.1, 1.3" in seen
    assert "no update at all, for two meetings" not in seen
