"""A year of a real plan's calendar: everything goes out on its day, once, to whom it should, and to nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.cycle import calendar
from tests.bench.simulate_year import (
    HEIR,
    KINDS,
    LATE,
    LEAVER,
    OFFICE,
    PROMPT,
    SILENT,
    SOON,
    Played,
    play,
    printed,
)
from tests.conftest import shared_path

ENGLISH_HOLIDAYS = {
    date(2018, 1, 1), date(2018, 3, 30), date(2018, 4, 2), date(2018, 5, 7), date(2018, 5, 28), date(2018, 8, 27),
    date(2018, 12, 25), date(2018, 12, 26),
}  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    plan = next(Path(shared_path("seeds")).glob("004_*.txt"), None)
    if plan is None:
        pytest.skip("needs the plan with a printed timeline, which is not beside this checkout")
    played = play(tmp_path_factory.mktemp("year"), plan, 2018)
    yield played
    played.world.store.close()


def test_twelve_meetings_are_each_prepared_in_full(year: Played) -> None:
    table = printed(year).splitlines()
    assert len(table) == 1 + 12 + 1
    assert not any(" -" in row.split("  ", 2)[2] for row in table[2:-1]), "\n".join(table)


def test_each_kind_goes_out_on_its_day(year: Played) -> None:
    """The printed deadlines of 2018, and working days counted by hand."""
    expected = {
        date(2018, 4, 10): ["23 Mar", "28 Mar", "03 Apr", "05 Apr", "06 Apr", "09 Apr", "09 Apr"],  # over Easter
        date(2018, 5, 11): ["18 Apr", "27 Apr", "01 May", "03 May", "04 May", "09 May", "10 May"],  # early May holiday
        date(2018, 7, 10): ["25 Jun", "29 Jun", "03 Jul", "05 Jul", "06 Jul", "09 Jul", "09 Jul"],  # 18 days after the last
        date(2018, 11, 13): ["24 Oct", "02 Nov", "06 Nov", "08 Nov", "09 Nov", "12 Nov", "12 Nov"],  # the clocks went back
    }  # fmt: skip
    for day, days in expected.items():
        meeting = next(one for one in year.meetings if one.day == day)
        assert [f"{min(one.at for one in year.of(meeting, kind)):%d %b}" for kind in KINDS] == days


def test_nothing_goes_out_at_night_on_weekends_or_on_bank_holidays(year: Played) -> None:
    for one in year.sent:
        assert one.at.hour in {9, 12}
        if not one.to.startswith("#"):
            assert one.at.weekday() < 5
            assert one.at.date() not in ENGLISH_HOLIDAYS


def test_nobody_is_asked_twice_for_a_meeting_and_nothing_is_sent_twice(year: Played) -> None:
    assert max(Counter(one.key for one in year.sent).values()) == 1
    asked = Counter((one.to, one.meeting_id) for one in year.sent if one.kind == "prompt")
    assert set(asked.values()) == {1}


def test_who_answers_at_once_is_never_reminded_and_who_is_silent_twice_a_meeting(year: Played) -> None:
    kinds = {
        name: Counter(one.kind for one in year.sent if one.to == name) for name in (PROMPT, SOON, SILENT)
    }
    assert kinds[PROMPT]["prompt"] == 12
    assert kinds[PROMPT]["chase-1"] == kinds[PROMPT]["chase-2"] == 0
    assert kinds[SILENT]["prompt"] == kinds[SILENT]["chase-1"] == kinds[SILENT]["chase-2"] == 12
    assert kinds[SOON]["chase-1"] >= 10
    assert kinds[SOON]["chase-2"] <= 1  # in September it is back from leave after the first reminder


def test_who_left_hears_nothing_more_and_who_follows_is_asked(year: Played) -> None:
    assert max(one.at.date() for one in year.sent if one.to == LEAVER) < date(2018, 7, 2)
    assert min(one.at.date() for one in year.sent if one.to == HEIR) == date(2018, 7, 18)
    told = [one for one in year.sent if one.kind == "nobody" and one.to == OFFICE]
    assert date(2018, 7, 2) in {one.at.date() for one in told}


def test_who_is_back_from_leave_is_asked_on_the_first_day(year: Played) -> None:
    september = next(one for one in year.meetings if one.day == date(2018, 9, 13))
    (prompt,) = year.of(september, "prompt", SOON)
    assert prompt.at.date() == date(2018, 8, 28)  # the day after the August bank holiday


def test_late_answers_count_for_the_meeting_after(year: Played) -> None:
    store, plan = year.world.store, year.world.plan
    late = [(when, number) for when, name, number in year.answered if name == LATE]
    assert late
    meetings = {one.id: one for one in year.meetings}
    for update in store.updates.of_plan(plan.id):
        if update.meeting_id is None:
            assert update.at.date() > date(2018, 11, 28)  # the calendar ends
            continue
        last = calendar.cutoff(meetings[update.meeting_id], plan.settings)
        assert last is not None
        assert update.at.date() <= last


def test_the_weekly_digest_goes_out_each_monday_or_gives_way(year: Played) -> None:
    weekly = {one.at.date() for one in year.sent if one.kind == "weekly"}
    before_meetings = {one.at.date() for one in year.sent if one.kind == "digest" and one.to == "#plan"}
    monday = date(2018, 1, 1)
    while monday.year == 2018:
        assert (monday in weekly) is (monday not in before_meetings), monday
        monday += timedelta(days=7)
