"""Settings, calendars of all kinds and what `cycle` says of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers import clock
from handlers.cycle.schedule import Effect, Schedule, due, effects_of
from handlers.cycle.settings import SETTINGS
from handlers.messages import Message, ToPerson
from storage.model.people import Channel
from storage.model.record import Meeting, MeetingState
from tests.handlers.world import LONDON, World, shown

ZONE = ZoneInfo("UTC")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def tick(world: World, *day: int) -> list[Message]:
    world.at(day[0], day[1], day[2])
    with world.store.writing(world.change()):
        return clock.tick(world.store, world.plan, world.now)


def kinds(messages: list[Message]) -> list[str]:
    return [(one.key or "").partition(":")[0] for one in messages]


def test_every_setting_of_a_plan_is_in_the_docs_with_its_default() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    printed = {row.split("`")[1]: row.split("|")[2].strip().strip("`") for row in rows}
    assert {name: printed.get(name) for name in SETTINGS} == {
        name: one.default for name, one in SETTINGS.items()
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("open_days 8", "8", id="a number"),
        pytest.param("open_days 8 working days", "8", id="a number with its unit"),
        pytest.param("working_hours 8 to 17.30", "08:00-17:30", id="hours"),
        pytest.param("weekly_day fri", "Friday", id="a day in short"),
        pytest.param("nation Scotland", "SCT", id="a nation by name"),
        pytest.param("timezone Europe/Dublin", "Europe/Dublin", id="a zone"),
        pytest.param("weekly no", "off", id="a switch"),
        pytest.param("digest-time 8", "08:00", id="an hour"),
    ],
)
def test_a_setting_is_read_as_people_type_it(world: World, typed: str, kept: str) -> None:
    name = typed.split()[0].replace("-", "_")
    world.say("Dana", f"setting {typed}")
    assert world.plan.settings[name] == kept
    assert kept in world.say("Dana", "setting")
    world.say("Dana", f"setting {name} default")
    assert name not in world.plan.settings


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        pytest.param("setting open_days many", "give a number of working days", id="no number"),
        pytest.param("setting open_days 1000", "give a number of working days", id="too many"),
        pytest.param("setting working_hours 18:00-08:00", "give hours", id="upside down"),
        pytest.param("setting timezone Mars/Base", "give a time zone", id="no zone"),
        pytest.param("setting timezone ../../etc/passwd", "give a time zone", id="a path"),
        pytest.param("setting opendays 3", "Did you mean open_days", id="a near miss"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_is_right(world: World, typed: str, answer: str) -> None:
    assert answer in world.say("Dana", typed)
    assert "open_days" not in world.plan.settings


def test_only_the_office_sets_the_rhythm(world: World) -> None:
    world.say("Jasper", "/setting open_days 3")
    assert "open_days" not in world.plan.settings


def test_the_cycle_is_shown_with_its_reasons(world: World) -> None:
    world.say("Dana", "setting chase_days 4")
    said = world.say("Jasper", "cycle")
    for words in (
        "Wed 28 Jan 2026 | Owners are asked | 10 working days before the cut-off of 11 February",
        "Thu 5 Feb 2026 | First reminder | 4 working days before the cut-off",
        "Wed 11 Feb 2026 | Cut-off | the calendar's own deadline",
        "Tue 17 Feb 2026 | Assurance meeting",
    ):
        assert words in said


def with_a_board_to_be_confirmed(world: World) -> None:
    with world.store.writing(world.change()):
        world.store.governance.add_meeting(world.plan.id, "Scrutiny Board", None)


def fortnights(*first: int, number: int = 6) -> tuple[Meeting, ...]:
    start = date(*first)
    return tuple(
        Meeting(n + 1, "Oversight", start + timedelta(days=14 * n), assurance=True) for n in range(number)
    )


def simulated(plan: Schedule, first: date, last: date) -> list[tuple[date, Effect]]:
    """Every effect with the day on which it became due, the clock looking at nine each day."""
    done: set[str] = set()
    found = []
    day = first
    while day <= last:
        for effect in due(plan, done, datetime(day.year, day.month, day.day, 9, 30, tzinfo=LONDON)):
            done |= {effect.key, *effect.overtakes}
            found.append((day, effect))
        day += timedelta(days=1)
    return found


def test_fortnightly_meetings_never_ask_before_the_last_has_closed() -> None:
    plan = Schedule("oversight", fortnights(2026, 1, 6), {"weekly": "off"}, LONDON)
    prompts = {
        one.meeting_id: day
        for day, one in simulated(plan, date(2026, 1, 1), date(2026, 3, 20))
        if one.kind == "prompt"
    }
    for before, meeting in zip(plan.meetings, plan.meetings[1:], strict=False):
        assert before.day is not None
        assert meeting.day is not None
        assert before.day < prompts[meeting.id] < meeting.day - timedelta(days=7)


@pytest.mark.parametrize(
    ("start", "clock"),
    [
        pytest.param((2026, 3, 17), "forward on 29 March", id="spring"),
        pytest.param((2026, 10, 13), "back on 25 October", id="autumn"),
    ],
)
def test_over_a_clock_change_each_thing_goes_out_once_at_nine(start: tuple[int, ...], clock: str) -> None:
    plan = Schedule("vale", fortnights(*start, number=3), {"weekly": "on"}, LONDON)
    moment = datetime(*start, tzinfo=LONDON) - timedelta(days=10)  # type: ignore[arg-type, misc]
    done: set[str] = set()
    for _ in range(40 * 24 * 4):  # every quarter of an hour of real time
        moment = (moment.astimezone(ZONE) + timedelta(minutes=15)).astimezone(LONDON)
        for effect in due(plan, done, moment):
            assert effect.key not in done
            done |= {effect.key, *effect.overtakes}
            if effect.at > datetime(*start, tzinfo=LONDON):  # type: ignore[arg-type, misc]
                assert (moment.hour, moment.minute) == (9, 0), (effect.kind, clock)
    assert sum(key.startswith("weekly") for key in done) in {6, 7}


def test_a_leap_day_is_a_working_day_like_any() -> None:
    (meeting,) = fortnights(2028, 3, 14, number=1)
    plan = Schedule("vale", (meeting,), {"weekly": "off", "open_days": "5"}, LONDON)
    assert {effect.at.date() for effect in effects_of(plan, meeting, None) if effect.kind == "prompt"} == {
        date(2028, 2, 29)
    }


def test_a_weekly_calendar_without_time_to_ask_says_so(world: World) -> None:
    with world.store.writing(world.change()):
        for one in world.store.governance.meetings(world.plan.id, assurance=True):
            world.store.governance.set_meeting_state(one.id, MeetingState.CANCELLED)
        for day in (date(2026, 2, 10), date(2026, 2, 12)):
            world.store.governance.add_meeting(world.plan.id, "Weekly", day, assurance=True)
    world.at(2026, 2, 11)
    assert "leaves no time to ask" in world.say("Dana", "cycle")


def test_papers_of_another_forum_remind_the_office_and_nobody_else(world: World) -> None:
    with world.store.writing(world.change()):
        world.store.governance.add_meeting(
            world.plan.id, "Board", date(2026, 2, 25), papers_due=date(2026, 2, 18)
        )
    messages = tick(world, 2026, 2, 13)
    papers = [one for one in messages if (one.key or "").startswith("papers")]
    assert "Papers for the Board of 25 February are due on 18 February" in shown(papers)
    assert [one.to for one in papers] == [ToPerson(world.people["Dana"].id)]
    assert "papers" not in kinds(tick(world, 2026, 2, 16))


def test_meetings_to_be_confirmed_remind_the_office_once_a_month(world: World) -> None:
    with_a_board_to_be_confirmed(world)
    assert "To be confirmed: Scrutiny Board" in world.say("Jasper", "cycle")
    assert kinds(tick(world, 2026, 2, 3)).count("confirm") == 1
    assert "confirm" not in kinds(tick(world, 2026, 2, 4))
    assert kinds(tick(world, 2026, 3, 2)).count("confirm") == 1


def test_a_meeting_that_moves_far_asks_again_when_it_opens_and_one_that_moves_little_does_not(
    world: World,
) -> None:
    assert "prompt" in kinds(tick(world, 2026, 2, 25))
    world.at(2026, 3, 4)
    said = world.say("Dana", "meeting move 17 March to 24 March 2026")
    assert "once more" not in said
    assert "prompt" not in kinds(tick(world, 2026, 3, 4))
    world.say("Dana", "meeting cancel 14 April")
    said = world.say("Dana", "meeting move 24 March to 29 April 2026")
    assert "asked once more when it opens" in said
    later = [day for day in range(1, 30) if "prompt" in kinds(tick(world, 2026, 4, day))]
    assert later == [8]


def test_a_cancelled_meeting_sends_nothing_more(world: World) -> None:
    tick(world, 2026, 2, 25)
    world.say("Dana", "meeting cancel 17 March")
    sent = [one for day in range(1, 18) for one in kinds(tick(world, 2026, 3, day))]
    assert set(sent) <= {"confirm", "nobody", "weekly"}


def test_a_meeting_that_is_confirmed_late_asks_at_once(world: World) -> None:
    with world.store.writing(world.change()):
        for one in world.store.governance.meetings(world.plan.id, assurance=True):
            world.store.governance.set_meeting_state(one.id, MeetingState.CANCELLED)
        world.store.governance.add_meeting(world.plan.id, "Assurance meeting", None, assurance=True)
    world.at(2026, 3, 4)
    assert world.say("Dana", "meeting add 17 March 2026").startswith("Confirmed")
    assert "prompt" in kinds(tick(world, 2026, 3, 4))
    planned = [
        one
        for one in world.store.governance.meetings(world.plan.id, assurance=True)
        if one.state is MeetingState.PLANNED
    ]
    assert [one.day for one in planned] == [date(2026, 3, 17)]


def test_two_plans_keep_their_own_calendars(world: World) -> None:
    from tests.handlers.world import DEMO

    first = world.plan
    world.slug = "northern"
    world.load(DEMO)
    world.say("Dana", "/setting nation Scotland in northern")
    with world.store.writing(world.change()):
        world.store.plans.set_setting(world.plan.id, "nation", "SCT")
        world.store.plans.set_channel(Channel("console", "north", "north", world.plan.id))
        world.store.plans.set_channel(Channel("console", "south", "south", first.id))
    easter = {plan.slug: _digest_day(world, plan.slug) for plan in world.store.plans.all()}
    assert easter == {"thornmere": date(2026, 4, 13), "northern": date(2026, 4, 13)}
    with world.store.writing(world.change()):
        for plan in world.store.plans.all():
            meeting = next(
                one
                for one in world.store.governance.meetings(plan.id)
                if one.assurance and one.day == date(2026, 4, 14)
            )
            world.store.governance.change_meeting(
                Meeting(meeting.id, meeting.forum, date(2026, 4, 7), assurance=True)
            )
    moved = {plan.slug: _digest_day(world, plan.slug) for plan in world.store.plans.all()}
    assert moved == {
        "thornmere": date(2026, 4, 2),
        "northern": date(2026, 4, 6),
    }  # Easter Monday is a working day there


def _digest_day(world: World, slug: str) -> date:
    from handlers.cycle.schedule import assurance_pairs, schedule_of

    plan = world.store.plans.get(slug)
    assert plan is not None
    schedule = schedule_of(plan, world.store)
    pair = next(pair for pair in assurance_pairs(schedule.meetings) if pair[0].day and pair[0].day.month == 4)
    return next(one.at.date() for one in effects_of(schedule, *pair) if one.kind == "digest")


def test_after_a_week_without_the_bot_nobody_is_asked_and_reminded_in_one_breath(world: World) -> None:
    sent = kinds(tick(world, 2026, 3, 10))
    assert "prompt" in sent
    assert not {"chase-1", "chase-2"} & set(sent)
    assert not {"chase-1", "chase-2"} & set(kinds(tick(world, 2026, 3, 11)))
