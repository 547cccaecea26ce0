"""Messages as Teams shows them: whole, valid, and with other people's words harmless."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.surface import Refused
from bot.teams.limits import MOST_CARDS
from bot.teams.render import Asset, Rendered, activity, render
from handlers.messages import (
    ASKER,
    Button,
    Buttons,
    Chart,
    Details,
    Facts,
    Field,
    File,
    Form,
    Link,
    Message,
    Part,
    Plain,
    Quote,
    Table,
    Time,
    say,
    spans,
)
from tests.bot.slack.strategies import messages
from tests.bot.test_render import EVERY_PART
from tests.fakes.teams.card_rules import activity_errors
from tests.fakes.teams.reading import buttons_of, card_of, inputs_of, readable

GOLDEN = Path(__file__).parent / "golden"
LONDON = ZoneInfo("Europe/London")


def served(asset: Asset) -> str:
    return f"https://bot.thornmere.example/{asset.name}"


def rendered(*parts: Part) -> Rendered:
    return render(Message(ASKER, parts), LONDON, served)


def activities(*parts: Part) -> list[dict[str, object]]:
    return [activity(*each) for each in rendered(*parts).cards]


def shown(*parts: Part) -> str:
    return "\n".join(readable(each) for each in activities(*parts))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages)
def test_any_message_becomes_cards_that_teams_takes(message: Message) -> None:
    made = render(message, LONDON, served)
    assert made.cards
    for each in made.cards:
        assert activity_errors(activity(*each)) == []


@settings(max_examples=50, deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), max_size=200),
    st.sampled_from(
        ["<at>Everyone</at>", "**x** _y_ [z](http://a.example)", "{{DATE(2026-01-01,SHORT)}}", "&lt;"]
    ),
)
def test_words_of_others_are_shown_as_typed_and_do_nothing(words: str, trap: str) -> None:
    typed = f"x{words}{trap}{words}x"
    for part in (Quote(typed), say(typed), say(typed, quiet=True), Facts(((typed, spans(typed)),))):
        (made,) = activities(part)
        assert typed in readable(made)
        assert '"TextBlock"' not in json.dumps(made)  # the only element that reads mark-up
        assert "{{" not in json.dumps(made["attachments"])


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab \n", min_size=1, max_size=60), st.integers(1, 900))
def test_a_long_text_keeps_every_word(words: str, times: int) -> None:
    text = "x" + words * times + "x"
    made = rendered(Quote(text))
    everything = " ".join(readable(activity(*each)) for each in made.cards)
    everything += b" ".join(asset.content for asset in made.files).decode()
    for character in "abx":
        assert everything.count(character) >= text.count(character)


def test_what_does_not_fit_goes_on_in_further_cards() -> None:
    made = rendered(*[say("word " * 500)] * 20)
    assert 1 < len(made.cards) <= MOST_CARDS
    assert not made.files


def test_what_is_far_too_long_goes_on_in_a_file_and_keeps_its_buttons() -> None:
    table = Table(("Ref", "Action"), tuple(((Plain(f"9.{n}"),), (Plain("text " * 40),)) for n in range(900)))
    made = rendered(table, Buttons((Button("Chase", "chase"),)))
    said = "\n".join(readable(activity(*each)) for each in made.cards)
    (rest,) = made.files
    assert len(made.cards) == MOST_CARDS
    assert all(f"9.{number} |" in said + rest.content.decode() for number in range(900))
    assert "[Chase]" in said
    assert "the rest is in a file" in said


def test_a_table_with_too_many_columns_becomes_lines() -> None:
    names = tuple(f"c{number}" for number in range(21))
    assert "c0 · c1" in shown(Table(names, (tuple(spans(name) for name in names),)))


def test_an_empty_cell_is_a_dash() -> None:
    assert shown(Table(("Ref", "Due"), ((spans("6.1"), ()),))) == "Ref | Due\n6.1 | –"


def test_details_are_folded_where_they_fit_and_follow_where_they_do_not() -> None:
    (made,) = activities(say("Digest"), Details("Theme 6", (say("6.1.4 is late"),)))
    card = card_of(made)
    assert card is not None
    assert card["body"][-1] == {**card["body"][-1], "id": "details1", "isVisible": False}
    assert buttons_of(card)["Theme 6"]["targetElements"] == ["details1"]
    long = activities(say("Digest"), Details("Theme 6", tuple([say("late " * 500)] * 12)))
    assert len(long) > 1
    assert "ToggleVisibility" not in json.dumps(long)


def test_a_chart_is_a_picture_with_words_or_its_words_alone() -> None:
    chart = Chart(b"png", "4 green, 1 red", "Ratings in May")
    (made,) = activities(chart)
    assert "https://bot.thornmere.example/ratings-in-may.png" in json.dumps(made)
    assert "[image: 4 green, 1 red]" in readable(made)
    assert render(Message(ASKER, (chart,)), LONDON).cards[0][1] == "4 green, 1 red"


def test_a_form_is_inputs_whose_button_sends_them() -> None:
    form = Form(
        "Edit 6.1.4",
        "edit 812",
        (
            Field("text", "Your words", "long", "On track", required=True),
            Field("rating", "Rating", "choice", "amber", {"amber": "Amber", "red": "Red"}),
            Field("date", "Date", "date", "2026-04-30"),
            Field("when", "Spoken date", "date", "after Easter"),
        ),
    )
    (made,) = activities(form)
    card = card_of(made)
    assert card is not None
    held = inputs_of(card)
    assert [one["type"] for one in held.values()] == [
        "Input.Text",
        "Input.ChoiceSet",
        "Input.Date",
        "Input.Text",
    ]
    assert [one["value"] for one in held.values()] == ["On track", "amber", "2026-04-30", "after Easter"]
    assert buttons_of(card)["Save"]["data"] == {"command": "edit 812", "form": "yes"}


def test_two_forms_are_two_cards() -> None:
    form = Form("Edit", "edit 1", (Field("text", "Your words"),))
    assert len(activities(form, form)) == 2


def test_a_form_beyond_a_card_says_what_to_do_instead() -> None:
    assert "Edit your own message" in shown(
        Form("Edit", "edit 1", (Field("text", "x", "long", "word " * 9000),))
    )


def test_buttons_carry_their_command_lines() -> None:
    (made,) = activities(Buttons((Button("Yes", "confirm 8", "primary"), Button("No", "leave 8", "danger"))))
    card = card_of(made)
    assert card is not None
    held = buttons_of(card)
    assert (held["Yes"]["data"], held["Yes"]["style"]) == ({"command": "confirm 8"}, "positive")
    assert (held["No"]["data"], held["No"]["style"]) == ({"command": "leave 8"}, "destructive")


def test_a_label_that_is_too_long_is_written_out_above() -> None:
    label = "6.1.4 " + "a very long title of an action " * 4
    assert label.strip() in shown(Buttons((Button(label, "move 8 #17"),)))


def test_a_time_is_shown_in_the_sites_zone() -> None:
    assert shown(say("By ", Time(datetime(2026, 4, 10, 14, tzinfo=UTC)))) == "By 15:00 on 10 April 2026"


def test_only_web_addresses_are_links() -> None:
    (made,) = activities(
        say(Link("paper", "https://elmvale.example/7"), " ", Link("trap", "javascript:alert(1)"))
    )
    assert readable(made) == "paper trap (javascript:alert(1))"
    assert json.dumps(made).count("OpenUrl") == 1


def test_a_message_of_a_file_alone_says_its_name() -> None:
    made = rendered(File("pack.docx", b"docx"))
    assert made.cards[0][1] == "pack.docx"
    assert [asset.name for asset in made.files] == ["pack.docx"]


def test_a_button_beyond_a_card_is_refused_by_us() -> None:
    made = rendered(Buttons((Button("x", "y" * 30_000),)))
    with pytest.raises(Refused, match="bytes"):
        activity(*made.cards[0])


@pytest.mark.parametrize("name", sorted(EVERY_PART))
def test_every_part_looks_as_the_golden_file_says(name: str) -> None:
    """Where a change is meant, delete the file and run the test: it is written anew, and fails once."""
    made = rendered(*EVERY_PART[name])
    whole = {"cards": [activity(*each) for each in made.cards], "files": [one.name for one in made.files]}
    text = json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
    golden = GOLDEN / f"{name}.json"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
        pytest.fail(f"{golden.name} is written anew: look at it")
    assert text == golden.read_text(encoding="utf-8")
