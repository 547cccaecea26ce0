"""``status``: filters that combine, in any order and with commas, and what each means."""

from __future__ import annotations

import pytest

from handlers import clock
from handlers.cycle import calendar
from handlers.papers.contents import contents
from tests.handlers.world import World, buttons


def listed(seen: str) -> list[str]:
    """The names in the first column."""
    return [line.split(" | ")[0] for line in seen.splitlines() if " | " in line][1:]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param("red", ["3.1", "6.2.2"], id="a rating"),
        pytest.param("theme 6 red", ["6.2.2"], id="theme and rating"),
        pytest.param("theme 6, red", ["6.2.2"], id="with a comma"),
        pytest.param("6 red", ["6.2.2"], id="a theme without the word, where no action is called so"),
        pytest.param("red, theme 6", ["6.2.2"], id="in any order"),
        pytest.param("must overdue theme 6", ["6.1.1", "6.2.1"], id="three filters"),
        pytest.param("overdue", ["1.1", "4.1", "6.1.1", "6.2.1"], id="overdue"),
        pytest.param("closed", ["1.2", "6.1.3"], id="closed"),
        pytest.param("6.1.4 6.1.2", ["6.1.2", "6.1.4"], id="several actions"),
        pytest.param("owner Jasper", ["6.1.4"], id="an owner"),
        pytest.param("owner Jasper amber", ["6.1.4"], id="an owner and a rating"),
        pytest.param("undated theme 6", ["6.1.5", "6.2.4", "6.3.3"], id="undated"),
        pytest.param("slipped red", ["3.1", "6.2.2"], id="slipped and red"),
        pytest.param("red green theme 6.2", ["6.2.2", "6.2.3"], id="two ratings, of the main scale"),
        pytest.param("theme 6.2 on target green", ["6.2.1", "6.2.3"], id="a rating of the other scale"),
    ],
)
def test_filters_combine(world: World, words: str, names: list[str]) -> None:
    assert listed(world.say("Dana", f"status {words}")) == names


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param("purple", "It has: Blue, Green, Amber, Red", id="no such rating"),
        pytest.param("theme 9", "There is no theme “9”", id="no such theme"),
        pytest.param("theme", "Which theme?", id="no theme named"),
        pytest.param("owner", "Which owner?", id="no owner named"),
        pytest.param("owner Zebedee", "Nobody here is called “Zebedee”", id="nobody of that name"),
        pytest.param("since banana", "could not read a date", id="no date"),
        pytest.param("#99999999999999999999", "Nothing in thornmere is called", id="a handle too long"),
    ],
)
def test_what_is_not_understood_gets_a_hint(world: World, words: str, told: str) -> None:
    assert told in world.say("Dana", f"/status {words}")


def test_before_two_meetings_silent_means_no_word_at_all(world: World) -> None:
    assert "6.1.4" in listed(world.say("Dana", "status silent"))
    world.say("Jasper", "6.1.4 is on track")
    assert "6.1.4" not in listed(world.say("Dana", "status silent"))


def test_silent_means_the_same_in_an_answer_a_digest_and_a_pack(world: World) -> None:
    world.at(2026, 2, 3)
    with world.store.writing(world.change()):
        clock.tick(world.store, world.plan, world.now)
    world.say("Beatrix", "6.2.2 hub opens in April")
    world.at(2026, 2, 16)
    meeting = calendar.next_meeting(world.store.governance.meetings(world.plan.id), world.today)
    assert meeting is not None
    packed = contents(world.plan, meeting, "not issued", world.store, world.now).silent
    answered = listed(world.say("Dana", "status silent"))
    assert sorted(answered) == sorted(ref for _, refs in packed for ref in refs)
    assert "6.3.3" in answered
    assert "6.2.2" not in answered
    assert f"{len(answered)} actions asked about had no update" in world.say("Dana", "digest meeting")


def test_challenged_lists_what_text_and_record_disagree_about(world: World) -> None:
    assert listed(world.say("Dana", "status challenged theme 6")) == ["6.1.1", "6.2.1"]
    world.say("Priya", "6.1.2 has slipped 4 weeks")
    assert "6.1.2" in listed(world.say("Dana", "status challenged"))


def test_slipped_counts_days_and_the_third_extension(world: World) -> None:
    for number, month in enumerate(("April", "May", "June")):
        world.at(2026, 2, 17, 10 + number)
        world.say("Dana", f"decide 6.1.2 date 30 {month} 2026")
    seen = world.say("Dana", "status slipped")
    assert "+91 days 3 times (third extension or more)" in seen


def test_only_what_is_agreed_is_counted(world: World) -> None:
    before = world.say("Dana", "status theme 6").splitlines()[1]
    world.tap("Priya", buttons(world.act("Priya", "6.1.2 slipped to May"))["Yes"])
    seen = world.say("Dana", "status theme 6")
    assert seen.splitlines()[1] == before
    assert "Green → owner proposes Amber, 3 Feb" in seen


def test_history_tells_a_printed_move_as_printed_and_not_as_a_meetings(world: World) -> None:
    seen = world.say("Dana", "history 6.2.2")
    assert "moved from November 2025 to February 2026, as the plan document printed it" in seen
    assert "by a meeting" not in seen


def test_until_somebody_answers_the_plans_own_words_stand_in_the_list(world: World) -> None:
    progress = world.view("6.3.2").action.progress
    assert progress
    assert f"plan: {progress[:30]}" in world.say("Dana", "status 6.3")
    world.say("Dana", "update 6.3.2 two nurses start on Monday")
    assert "plan: " + progress[:30] not in world.say("Dana", "status 6.3")
