"""What the digests say, to whom, and what they leave out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.posting import keep
from handlers import clock
from handlers.checks import still_holds
from handlers.messages import Chart, Link, Message, Table, Text, ToChannel, ToPerson, plain
from handlers.papers import digests, meetingdigest, posts
from handlers.privacy import forgetting
from handlers.wording import with_caveats
from nlp.reading import read
from storage.model.people import Channel
from storage.model.plan import RatingSource
from storage.model.post import InboundKind
from storage.model.record import Meeting, MeetingState, Visibility
from tests.handlers.world import World, shown


def weekly(world: World) -> list[str]:
    parts = digests.weekly(world.plan, world.store, world.now, world.today)
    return shown([Message(ToPerson(0), tuple(parts))]).splitlines()


def before(world: World) -> str:
    meeting = coming(world)
    parts = meetingdigest.before_meeting(world.plan, meeting, world.store, world.today)
    return shown([Message(ToPerson(0), tuple(parts))])


def coming(world: World) -> Meeting:
    meetings = world.store.governance.meetings(world.plan.id, assurance=True)
    return next(one for one in meetings if one.day and one.day >= world.today)


def section(text: str, title: str) -> list[str]:
    """The lines under a title, up to the next line that is none of an action."""
    lines = text.splitlines()
    if title not in lines:
        return []
    rest = lines[lines.index(title) + 1 :]
    end = next((number for number, line in enumerate(rest) if not line[:1].isdigit()), len(rest))
    return rest[:end]


def agreed(world: World, ref: str, label: str) -> None:
    with world.store.writing(world.change()):
        world.store.governance.agree(world.view(ref).action.id, "rag", label, RatingSource.MEETING)


@pytest.fixture
def asked(world: World) -> World:
    with world.store.writing(world.change()):
        clock.tick(world.store, world.plan, world.now)
    return world


def test_nothing_moved_is_three_lines(world: World) -> None:
    world.say("Priya", "6.2.3 no change")
    lines = weekly(world)
    assert lines[1:] == [
        "Owners' words, not yet reviewed by a meeting.",
        "Nothing moved. 1 action said “no change”. 24 actions: 2 Blue, 10 Green, 5 Amber, 2 Red, 5 not yet rated.",
    ]


def test_an_action_has_one_line_however_much_was_said_of_it(world: World) -> None:
    world.say("Jasper", "6.1.4 two nurses started", link="https://chat.example/1")
    world.say("Jasper", "6.1.4 rota filled, line opens in February", link="https://chat.example/2")
    parts = digests.weekly(world.plan, world.store, world.now, world.today)
    lines = [part for part in parts if isinstance(part, Text) and plain(part.spans).startswith("6.1.4 ")]
    assert len(lines) == 1
    assert [span.url for span in lines[0].spans if isinstance(span, Link)] == ["https://chat.example/2"]


def test_what_slipped_was_claimed_and_is_due_has_its_place(world: World) -> None:
    world.say("Jasper", "date 6.1.4 May 2026 because two nurses resigned")
    world.say("Priya", "claim 6.1.2")
    world.at(2026, 2, 9)
    text = "\n".join(weekly(world))
    assert section(text, "Slipped") == [
        "6.1.4 Open a seven day advice line for care homes, staffed from 8am to 8pm: "
        "February 2026 to May 2026 (asked, not agreed, +92 days from the baseline)"
    ]
    assert section(text, "Claimed complete")[0].startswith("6.1.2 ")
    world.at(2026, 4, 24)
    assert any("Due in the next two weeks" in line for line in weekly(world))


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        pytest.param("fell to 4.2%", "fell to 4.2% (provisional)", id="the words lack it"),
        pytest.param("fell to 4.2% (provisional)", "fell to 4.2% (provisional)", id="they have it"),
        pytest.param("transfers are falling", "transfers are falling", id="no figure, no caveat"),
    ],
)
def test_a_figure_travels_with_its_caveat(words: str, printed: str) -> None:
    reading = read("Delayed transfers fell to 4.2% (provisional) in January", date(2026, 2, 3))
    assert with_caveats(words, reading) == printed


def test_restricted_words_are_in_no_digest(asked: World) -> None:
    asked.say("Jasper", "6.1.4 a consultant was suspended over the rota")
    with asked.store.writing(asked.change()):
        update = asked.store.updates.of_plan(asked.plan.id)[-1]
        asked.store.updates.set_visibility(update.id, Visibility.RESTRICTED)
    assert "suspended" not in "\n".join(weekly(asked)) + before(asked)


def test_movement_is_counted_from_the_last_meeting_and_never_from_nothing(world: World) -> None:
    agreed(world, "6.1.4", "Will miss its date")
    agreed(world, "2.3", "In doubt, recovery plan in place")  # it had no rating before
    world.at(2026, 2, 16)
    text = before(world)
    assert "Since 20 January: 1 Amber → Red." in text
    assert "newly Red, was Amber" in next(
        line for line in section(text, "Exceptions") if line.startswith("6.1.4")
    )
    rows = {row.split(" | ")[0]: row for row in text.splitlines() if " | " in row}
    assert "1 (-1) | 2" not in rows["2: STRATEGY AND COMMISSIONING"]
    assert "(" not in rows["2: STRATEGY AND COMMISSIONING"]
    assert "(+1)" in rows["6.1: CARE HOMES"]


def test_exceptions_put_musts_first_and_tell_baseline_date_and_days(world: World) -> None:
    world.at(2026, 2, 16)
    lines = section(before(world), "Exceptions")
    musts = [" (must):" in line for line in lines]
    assert musts == sorted(musts, reverse=True)
    assert next(line for line in lines if line.startswith("3.1")).endswith(
        "Red; slipped +90 days, December 2025 to March 2026"
    )


def test_silence_is_a_number_in_public_and_a_name_for_the_office(asked: World) -> None:
    asked.at(2026, 2, 16)
    assert "5 actions asked about had no update for this meeting." in before(asked)
    assert "Beatrix" not in before(asked)
    names = meetingdigest.silent_by_name(asked.plan, coming(asked), asked.store)
    assert "Beatrix: 6.2.2, 6.3.3" in shown([Message(ToPerson(0), tuple(names))])


def test_what_came_after_the_cut_off_is_shown_apart(asked: World) -> None:
    asked.say("Jasper", "6.1.4 rota filled")
    asked.at(2026, 2, 13)
    asked.say("Beatrix", "6.2.2 hub opens in April, two rooms are lacking")
    asked.at(2026, 2, 16)
    assert [line[:5] for line in section(before(asked), "Since the cut-off")] == ["6.2.2"]


def test_the_posted_digest_has_a_picture_and_names_go_to_the_office_alone(asked: World) -> None:
    with asked.store.writing(asked.change()):
        asked.store.plans.set_channel(Channel("console", "C1", "plan", asked.plan.id))
        theme = asked.store.plans.themes(asked.plan.id)[0]
        asked.store.plans.set_channel(Channel("console", "C2", "theme", asked.plan.id, theme.id))
    asked.at(2026, 2, 16)
    with asked.store.writing(asked.change()):
        sent = [
            one
            for one in clock.tick(asked.store, asked.plan, asked.now)
            if (one.key or "").startswith("digest")
        ]
    assert [one.to for one in sent] == [ToChannel("console", "C1"), ToPerson(asked.people["Dana"].id)]
    sent[0] = replace(sent[0], parts=posts.told(sent[0].check or "", asked.store, asked.now)())
    (chart,) = [part for part in sent[0].parts if isinstance(part, Chart)]
    assert chart.png.startswith(b"\x89PNG")
    assert "3: SHARED INFORMATION: 1 Red" in chart.alt
    assert not any(
        isinstance(part, Chart) for message in asked.act("Dana", "digest") for part in message.parts
    )
    assert "Beatrix" not in shown(sent[:1])
    assert "Beatrix" in shown(sent[1:])


def test_a_theme_s_channel_hears_of_its_theme(world: World) -> None:
    theme = world.store.plans.theme(world.plan.id, "6.2")
    assert theme is not None
    world.say("Jasper", "6.1.4 rota filled")
    world.say("Beatrix", "6.2.2 rooms found")
    parts = digests.weekly(world.plan, world.store, world.now, world.today, theme)
    text = shown([Message(ToPerson(0), tuple(parts))])
    assert "6.2.2 rooms found" in text
    assert "6.1.4" not in text


def test_a_channel_of_the_plan_and_of_two_themes_hears_of_each(world: World) -> None:
    themes = [world.store.plans.theme(world.plan.id, ref) for ref in ("6.1", "6.2")]
    with world.store.writing(world.change()):
        for theme in (None, *themes):
            channel = Channel("console", "C1", "shared", world.plan.id, theme.id if theme else None)
            world.store.plans.set_channel(channel)
    world.at(2026, 2, 9)
    with world.store.writing(world.change()):
        keep(world.store, clock.tick(world.store, world.plan, world.now), "t", ("console",))
    assert len(world.store.outbox.keys("weekly:thornmere:2026-02-09:console:C1")) == 3


def test_of_digests_that_never_went_out_only_the_newest_does(world: World) -> None:
    with world.store.writing(world.change()):
        world.store.plans.set_channel(Channel("console", "C1", "plan", world.plan.id))
    for day in (date(2026, 2, 9), date(2026, 2, 23), date(2026, 3, 2)):
        world.at(day.year, day.month, day.day)
        with world.store.writing(world.change()):
            keep(world.store, clock.tick(world.store, world.plan, world.now), f"t{day}", ("console",))
    waiting = []
    while rows := world.store.outbox.claim(world.now, ("console",)):
        waiting += [row.key for row in rows if row.key.startswith("weekly")]
        with world.store.writing(world.change()):
            for row in rows:
                world.store.outbox.sent(row.id, None, world.now)
    assert waiting == ["weekly:thornmere:2026-03-02:console:C1"]


def held(world: World) -> None:
    world.tap("Jasper", "restricted 6.1.4")


def kept_for_the_committee(world: World) -> None:
    world.tap("Dana", "committee 6.1.4")


def withdrawn(world: World) -> None:
    world.act("Jasper", "", InboundKind.DELETE, message_id="m1")


def corrected(world: World) -> None:
    world.act("Jasper", "6.1.4 rota filled", InboundKind.EDIT, message_id="m1")


def forgotten(world: World) -> None:
    with world.store.writing(world.change()):
        forgetting.forget(world.people["Jasper"], world.store)


@pytest.mark.parametrize("then", [held, kept_for_the_committee, withdrawn, corrected, forgotten])
@pytest.mark.parametrize("day", [9, 16])
def test_a_digest_that_waited_does_not_tell_what_was_taken_back_meanwhile(
    world: World, then: Callable[[World], None], day: int
) -> None:
    with world.store.writing(world.change()):
        world.store.plans.set_channel(Channel("console", "C1", "plan", world.plan.id))
    world.at(2026, 2, day - 2 if day == 9 else 13)  # in the week; after the cut-off
    world.say("Jasper", "6.1.4 a quarrel over the rota", message_id="m1")
    world.at(2026, 2, day)
    with world.store.writing(world.change()):
        made = clock.tick(world.store, world.plan, world.now)
    (note,) = [one.check or "" for one in made if isinstance(one.to, ToChannel)]
    told = lambda: shown([Message(ToPerson(0), posts.told(note, world.store, world.now)())])  # noqa: E731
    assert "quarrel" in told()
    then(world)
    assert "quarrel" not in told()
    assert "Jasper" not in told() or then is corrected


def test_a_digest_goes_only_while_it_is_news(world: World) -> None:
    meeting = coming(world)
    world.at(2026, 2, 16)
    before_it, weekly = (
        posts.meeting_note(world.plan, meeting),
        posts.weekly_note(world.plan, None, world.now),
    )
    world.at(2026, 2, 17, 23)
    assert still_holds(before_it, world.store, world.now)
    assert still_holds(weekly, world.store, world.now)
    world.at(2026, 2, 18)
    assert not still_holds(before_it, world.store, world.now)
    world.at(2026, 2, 23)
    assert not still_holds(weekly, world.store, world.now)
    with world.store.writing(world.change()):
        world.store.governance.set_meeting_state(meeting.id, MeetingState.CANCELLED)
    world.at(2026, 2, 16)
    assert not still_holds(before_it, world.store, world.now)


def test_the_table_of_themes_has_a_row_for_each_with_actions(world: World) -> None:
    parts = meetingdigest.before_meeting(world.plan, coming(world), world.store, world.today)
    (table,) = [part for part in parts if isinstance(part, Table)]
    counted = sum(int(plain(cell).split(" ")[0].replace("–", "0")) for row in table.rows for cell in row[1:])
    assert counted == len(world.store.plans.views(world.plan.id))
