"""What falls due when: counted back from the meetings, in working days, once each, and never a nuisance."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import clock
from handlers.cycle import calendar
from handlers.cycle import schedule as rhythm
from handlers.cycle.schedule import Effect, Schedule, effects_of
from storage.model.record import Meeting, MeetingState
from tests.handlers.world import LONDON, World, shown


def meeting(number: int, day: date | None, deadline: date | None = None, **more: object) -> Meeting:
    return Meeting(number, "Assurance meeting", day, deadline, assurance=True, **more)  # type: ignore[arg-type]


def schedule(*meetings: Meeting, **settings: str) -> Schedule:
    return Schedule("vale", meetings, {"weekly": "off", **settings}, LONDON)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def due(plan: Schedule, sent: set[str], now: datetime) -> list[Effect]:
    """What is due, without what is looked at every working day."""
    return [effect for effect in rhythm.due(plan, sent, now) if effect.kind != "daily"]


def days(plan: Schedule, index: int = -1) -> dict[str, date]:
    """Kind -> day of the effects of one meeting."""
    dated = [one for one in plan.meetings if one.day]
    previous = dated[dated.index(plan.meetings[index]) - 1] if dated.index(plan.meetings[index]) else None
    return {effect.kind: effect.at.date() for effect in effects_of(plan, plan.meetings[index], previous)}


@pytest.mark.parametrize(
    ("plan", "kind", "day"),
    [
        pytest.param(schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11))), "prompt", date(2026, 2, 25), id="10 working days before the cut-off"),
        pytest.param(schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11))), "chase-1", date(2026, 3, 6), id="3 working days before"),
        pytest.param(schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11))), "chase-2", date(2026, 3, 10), id="1 working day before"),
        pytest.param(schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11))), "escalation", date(2026, 3, 12), id="the day after the cut-off"),
        pytest.param(schedule(meeting(1, date(2026, 3, 17))), "escalation", date(2026, 3, 11), id="no deadline: 5 working days before the meeting"),
        pytest.param(schedule(meeting(1, date(2026, 4, 7))), "digest", date(2026, 4, 2), id="the day after Easter Monday: the digest is on Thursday"),
        pytest.param(schedule(meeting(1, date(2026, 4, 7)), nation="SCT"), "digest", date(2026, 4, 6), id="Scotland works on Easter Monday"),
        pytest.param(
            schedule(meeting(1, date(2026, 3, 3)), meeting(2, date(2026, 3, 17))), "prompt", date(2026, 3, 4), id="fortnightly: not before the last has closed"
        ),
        pytest.param(
            schedule(meeting(1, date(2026, 2, 17)), meeting(2, date(2026, 3, 3)), cutoff_days="2"), "prompt", date(2026, 2, 20), id="fortnightly: half the gap"
        ),
        pytest.param(schedule(meeting(1, date(2028, 3, 2)), digest_days="2"), "digest", date(2028, 2, 29), id="leap day"),
        pytest.param(schedule(meeting(1, date(2026, 1, 2))), "digest", date(2025, 12, 31), id="over New Year's Day"),
    ],
)  # fmt: skip
def test_days_are_counted_back_in_working_days(plan: Schedule, kind: str, day: date) -> None:
    assert days(plan)[kind] == day


@pytest.mark.parametrize(
    "day", [date(2026, 3, 27), date(2026, 3, 30), date(2026, 10, 23), date(2026, 10, 26)]
)
def test_nine_o_clock_is_nine_o_clock_on_both_sides_of_a_clock_change(day: date) -> None:
    effects = effects_of(
        schedule(meeting(1, day + timedelta(days=1))), meeting(1, day + timedelta(days=1)), None
    )
    assert {effect.at.astimezone(LONDON).hour for effect in effects} == {9}


def test_each_effect_is_due_once() -> None:
    plan = schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11)))
    now = at(date(2026, 2, 25))
    effects = due(plan, set(), now)
    assert [effect.kind for effect in effects] == ["prompt"]
    assert due(plan, {effect.key for effect in effects}, now) == []


def test_nothing_goes_to_people_at_night_or_on_a_bank_holiday() -> None:
    plan = schedule(meeting(1, date(2026, 4, 21), date(2026, 4, 15)), open_days="8")
    assert due(plan, set(), at(date(2026, 4, 2), 22)) == []
    assert due(plan, set(), at(date(2026, 4, 6), 10)) == []
    assert [effect.kind for effect in due(plan, set(), at(date(2026, 4, 7), 9))] == ["prompt"]


def test_after_a_week_of_downtime_the_newest_goes_out_alone() -> None:
    plan = schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11)))
    late = due(plan, {"prompt:vale:meeting-1"}, at(date(2026, 3, 10), 11))
    assert [effect.kind for effect in late] == ["chase-2"]
    missed = due(plan, set(), at(date(2026, 3, 18), 9))
    assert missed == []


def test_of_weekly_digests_only_this_weeks_goes_out() -> None:
    plan = Schedule("vale", (), {}, LONDON)
    effects = due(plan, {"weekly:vale:2026-02-02"}, at(date(2026, 3, 4)))
    assert [effect.key for effect in effects] == ["weekly:vale:2026-03-02"]


def test_the_weekly_digest_gives_way_to_the_one_before_a_meeting() -> None:
    plan = Schedule("vale", (meeting(1, date(2026, 3, 17), date(2026, 3, 11)),), {}, LONDON)
    kinds = ("prompt", "chase-1", "chase-2", "escalation", "review", "pack")
    done = {f"{kind}:vale:meeting-1" for kind in kinds}
    (effect,) = due(plan, done, at(date(2026, 3, 16)))
    assert (effect.kind, effect.overtakes) == ("digest", ("weekly:vale:2026-03-16",))


def test_a_meeting_that_moves_takes_what_is_ahead_with_it_and_asks_nobody_twice() -> None:
    first = meeting(1, date(2026, 3, 17), date(2026, 3, 11))
    sent = {effect.key for effect in due(schedule(first), set(), at(date(2026, 2, 25)))}
    moved = schedule(replace(first, day=date(2026, 3, 31), deadline=None))
    assert due(moved, sent, at(date(2026, 3, 10))) == []
    assert [effect.kind for effect in due(moved, sent, at(date(2026, 3, 19)))] == ["chase-1"]


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.TO_CONFIRM, MeetingState.HELD])
def test_a_meeting_that_is_not_to_come_asks_nobody(state: MeetingState) -> None:
    plan = schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11), state=state))
    assert {effect.kind for effect in due(plan, set(), at(date(2026, 3, 6)))} <= {"confirm"}


@given(st.lists(st.integers(5, 60), min_size=1, max_size=6), st.integers(0, 400), st.integers(0, 23))
def test_an_effect_is_due_only_between_its_time_and_its_end(gaps: list[int], after: int, hour: int) -> None:
    day = date(2026, 1, 5)
    meetings = []
    for number, gap in enumerate(gaps):
        day += timedelta(days=gap)
        meetings.append(meeting(number + 1, day))
    now = at(date(2026, 1, 5) + timedelta(days=after), hour)
    for effect in due(schedule(*meetings), set(), now):
        assert effect.at <= now < effect.until
        assert calendar.is_working_day(effect.at.date())


def run(world: World, first: date, last: date, answering: bool) -> list[tuple[date, Effect | str]]:
    """Tick every three hours; owners who answer do so the day after they are asked."""
    told = []
    moment = at(first, 6)
    answer_on: dict[str, date] = {}
    while moment.date() <= last:
        world.now = moment
        with world.store.writing(world.change()):
            messages = clock.tick(world.store, world.plan, moment)
        told += [(moment.date(), message.key or "") for message in messages]
        for message in messages:
            if answering and (message.key or "").startswith("prompt"):
                answer_on[shown([message]).splitlines()[1].split()[0]] = moment.date() + timedelta(days=1)
        for ref in [ref for ref, day in answer_on.items() if day == moment.date() and moment.hour == 9]:
            world.say("Priya", f"{ref} on track, all as planned")
            del answer_on[ref]
        moment += timedelta(hours=3)
    return told


def test_a_half_year_on_the_demo_calendar_asks_each_owner_once_a_meeting(world: World) -> None:
    told = run(world, date(2026, 1, 21), date(2026, 6, 16), answering=False)
    kinds = Counter(key.split(":")[0] for _, key in told)
    prompts = Counter(key for _, key in told if key.startswith("prompt"))
    assert set(prompts.values()) == {1}
    assert kinds["prompt"] == 3 * 5  # three owners, five meetings
    assert kinds["chase-1"] == kinds["chase-2"] == kinds["prompt"]
    assert all(calendar.is_working_day(day) for day, _ in told)


def test_who_has_answered_is_not_reminded(world: World) -> None:
    told = run(world, date(2026, 1, 21), date(2026, 2, 11), answering=False)
    assert any(
        key.startswith("chase-1") and key.endswith(f"person-{world.people['Jasper'].id}") for _, key in told
    )
    world.at(2026, 2, 20)
    world.now = at(date(2026, 2, 25))
    with world.store.writing(world.change()):
        clock.tick(world.store, world.plan, world.now)
    world.say("Jasper", "6.1.4 on track, rota filled")
    world.now = at(date(2026, 3, 6))
    with world.store.writing(world.change()):
        messages = clock.tick(world.store, world.plan, world.now)
    keys = {message.key for message in messages}
    assert not any(
        key and key.startswith("chase") and key.endswith(f"person-{world.people['Jasper'].id}")
        for key in keys
    )


def test_while_away_the_deputy_is_asked(world: World) -> None:
    world.at(2026, 1, 27)
    world.say("Jasper", "deputy Beatrix")
    world.say("Jasper", "away until 2 March")
    world.at(2026, 1, 28)
    with world.store.writing(world.change()):
        messages = clock.tick(world.store, world.plan, world.now)
    asked = {message.key: shown([message]) for message in messages}
    beatrix = next(
        text for key, text in asked.items() if key and key.endswith(f"person-{world.people['Beatrix'].id}")
    )
    assert "6.1.4" in beatrix
    assert not any(key and key.endswith(f"person-{world.people['Jasper'].id}") for key in asked)


def test_a_post_that_is_handed_over_asks_the_new_holder(world: World) -> None:
    world.person("Rosa")
    world.say("Dana", "handover Jasper to Rosa from 20 January")
    world.at(2026, 1, 28)
    with world.store.writing(world.change()):
        messages = clock.tick(world.store, world.plan, world.now)
    keys = {message.key for message in messages}
    assert any(
        key and key.startswith("prompt") and key.endswith(f"person-{world.people['Rosa'].id}") for key in keys
    )
    assert not any(
        key and key.startswith("prompt") and key.endswith(f"person-{world.people['Jasper'].id}")
        for key in keys
    )


def test_two_zones_of_the_same_moment_are_the_same_moment() -> None:
    plan = schedule(meeting(1, date(2026, 3, 17), date(2026, 3, 11)))
    moment = at(date(2026, 2, 25), 9, 30)
    assert due(plan, set(), moment.astimezone(ZoneInfo("America/New_York"))) == due(plan, set(), moment)
