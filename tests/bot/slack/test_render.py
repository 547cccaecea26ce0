"""Messages as Slack shows them: whole, valid, and with other people's words harmless."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.slack.limits import message_problems
from bot.slack.render import MOST_POSTS, Post, Upload, payload, render
from bot.slack.spans import fallback
from bot.surface import Refused
from handlers.messages import (
    ASKER,
    Bold,
    Button,
    Buttons,
    Chart,
    Details,
    Facts,
    File,
    Form,
    Heading,
    Link,
    Mention,
    Message,
    Part,
    Plain,
    Quote,
    Table,
    Time,
    ToPerson,
    say,
    spans,
)
from tests.bot.slack.strategies import messages
from tests.bot.test_render import EVERY_PART
from tests.fakes.slack.block_rules import BLOCKS_SIZE, elements_size, message_errors
from tests.fakes.slack.reading import pings_of, readable

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 4, 10, 14, 0, tzinfo=UTC)


def posts_of(*parts: Part) -> list[Post]:
    return [one for one in render(Message(ASKER, parts)) if isinstance(one, Post)]


def shown(*parts: Part) -> str:
    return "\n".join(readable({"blocks": list(post.blocks)}) for post in posts_of(*parts))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(messages)
def test_any_message_becomes_payloads_that_slack_takes(message: Message) -> None:
    rendered = render(message, {1: "U00000001"})
    assert isinstance(rendered[0], Post)
    for post in (one for one in rendered if isinstance(one, Post)):
        assert message_problems({"text": post.text, "blocks": post.blocks}) == []
        assert message_errors(list(post.blocks)) == []  # the fake's own opinion
        assert elements_size(list(post.blocks)) <= BLOCKS_SIZE


@settings(max_examples=50, deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(["<!channel>", "<@U00000009>", "<!here|x>", "<https://a.example|b>"]),
)
def test_words_of_others_are_shown_as_typed_and_notify_nobody(words: str, trap: str) -> None:
    typed = f"x{words}{trap}{words}x"
    for part in (Quote(typed), say(typed), say(typed, quiet=True), Facts(((typed, spans(typed)),))):
        (post,) = posts_of(part)
        assert typed in readable({"blocks": list(post.blocks)})
        assert pings_of({"text": post.text, "blocks": list(post.blocks)}) == set()


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab \n", min_size=1, max_size=60), st.integers(1, 900))
def test_a_long_text_keeps_every_character(words: str, times: int) -> None:
    text = "x" + words * times + "x"
    rendered = render(Message(ASKER, (Quote(text),)))
    in_posts = "".join(
        element["text"]
        for post in rendered
        if isinstance(post, Post)
        for block in post.blocks
        for part in block["elements"]
        for element in part["elements"]
        if part["type"] == "rich_text_quote"
    )
    assert text.startswith(in_posts)
    files = b"".join(one.content for one in rendered if isinstance(one, Upload)).decode()
    assert len(in_posts) == len(text) or text[-50:].strip() in files


def test_a_message_that_fits_is_one_post() -> None:
    (post,) = posts_of(Heading("Theme 6"), say("All ", Bold("four"), " are on track."))
    assert [block["type"] for block in post.blocks] == ["header", "rich_text"]
    assert post.text == "Theme 6\nAll four are on track."


def test_what_does_not_fit_goes_on_in_the_thread() -> None:
    first, *rest = posts_of(*[say("word " * 500)] * 10)
    assert not first.follows
    assert rest
    assert all(post.follows for post in rest)


def test_what_is_far_too_long_goes_on_in_a_file_and_keeps_its_buttons() -> None:
    table = Table(("Ref", "Action"), tuple(((Plain(f"9.{n}"),), (Plain("text " * 40),)) for n in range(900)))
    rendered = render(Message(ASKER, (table, Buttons((Button("Chase", "chase"),)))))
    (rest,) = [one for one in rendered if isinstance(one, Upload)]
    posts = [one for one in rendered if isinstance(one, Post)]
    everything = "".join(readable({"blocks": list(post.blocks)}) for post in posts) + rest.content.decode()
    assert len(posts) == MOST_POSTS
    assert all(f"9.{number} |" in everything for number in range(900))
    assert "[Chase]" in readable({"blocks": list(posts[-1].blocks)})
    assert "in the file here" in posts[-1].text


def test_a_table_that_slack_has_no_room_for_is_split_with_its_header() -> None:
    table = Table(("Ref", "Due"), tuple((spans(f"6.{number}"), spans("May")) for number in range(150)))
    tables = [block for post in posts_of(table) for block in post.blocks if block["type"] == "table"]
    assert sum(len(table["rows"]) for table in tables) == 150 + len(tables)
    assert all("Ref" in str(table["rows"][0]) for table in tables)


def test_a_table_with_too_many_columns_becomes_lines() -> None:
    names = tuple(f"c{number}" for number in range(21))
    assert "c0 · c1" in shown(Table(names, (tuple(spans(name) for name in names),)))


def test_an_empty_cell_is_a_dash() -> None:
    assert shown(Table(("Ref", "Due"), ((spans("6.1"), ()),))) == "Ref | Due\n6.1 | –"


def test_details_charts_and_files_follow() -> None:
    rendered = render(
        Message(
            ASKER,
            (
                say("Digest"),
                Chart(b"png", "4 green, 1 red", "Ratings in May"),
                File("pack.docx", b"docx"),
                Details("Theme 6", (say("6.1.4 is late"),)),
            ),
        )
    )
    kinds = [(type(one).__name__, one.follows) for one in rendered]
    assert kinds == [("Post", False), ("Upload", False), ("Post", True), ("Upload", False)]
    chart = rendered[1]
    assert isinstance(chart, Upload)
    assert (chart.name, chart.alt) == ("ratings-in-may.png", "4 green, 1 red")


def test_details_inside_details_are_unfolded() -> None:
    deep = Details("More", (say("one"), Details("Deeper", (say("two"),))))  # type: ignore[arg-type]
    assert shown(say("zero"), deep) == "zero\nMore\none\nDeeper\ntwo"


@pytest.mark.parametrize("name", sorted(EVERY_PART))
def test_every_part_looks_as_the_golden_file_says(name: str) -> None:
    """Where a change is meant, delete the file and run the test: it is written anew, and fails once."""
    rendered = render(Message(ASKER, EVERY_PART[name]))
    made = json.dumps([_golden(one) for one in rendered], indent=1, ensure_ascii=False) + "\n"
    golden = GOLDEN / f"{name}.json"
    if not golden.exists():
        golden.write_text(made, encoding="utf-8")
        pytest.fail(f"{golden.name} is written anew: look at it")
    assert made == golden.read_text(encoding="utf-8")


def _golden(one: Post | Upload) -> dict[str, object]:
    if isinstance(one, Upload):
        return {"upload": one.name, "title": one.title, "alt": one.alt, "follows": one.follows}
    return {"text": one.text, "blocks": list(one.blocks), "follows": one.follows}


def test_a_message_of_a_file_alone_says_its_name() -> None:
    assert posts_of(File("pack.docx", b"docx"))[0].text == "pack.docx"


def test_buttons_carry_their_command_lines() -> None:
    (post,) = posts_of(
        Buttons((Button("Yes to both", "confirm 812 813", "primary"), Button("Change", "change 812")))
    )
    first, second = post.blocks[0]["elements"]
    assert (first["value"], first["style"], first["action_id"]) == ("confirm 812 813", "primary", "tap:0000")
    assert (second["value"], second["action_id"]) == ("change 812", "tap:0001")
    assert "style" not in second


def test_a_label_that_is_too_long_is_written_out_above() -> None:
    label = "6.1.4 " + "a very long title of an action " * 4
    assert label.strip() in shown(Buttons((Button(label, "move 8 #17"),)))


def test_a_form_in_a_message_is_the_button_that_opens_it() -> None:
    (post,) = posts_of(Form("Your update on 6.1.4", "edit 812", ()))
    (button,) = post.blocks[0]["elements"]
    assert (button["text"]["text"], button["value"]) == ("Your update on 6.1.4", "edit 812")


def test_a_time_is_shown_in_the_readers_zone() -> None:
    (loud,) = posts_of(say("By ", Time(AT)))
    date = loud.blocks[0]["elements"][0]["elements"][1]
    assert (date["type"], date["timestamp"], date["fallback"]) == (
        "date",
        1775829600,
        "14:00 on 10 April 2026",
    )
    (quiet,) = posts_of(say(Time(AT), quiet=True))
    assert quiet.blocks[0]["elements"][0]["text"].startswith("<!date^1775829600^{date_short_pretty}")


def test_a_person_is_called_only_where_the_message_is_for_them() -> None:
    message = Message(ToPerson(7), (say(Mention(7, "Jane"), " and ", Mention(8, "Sam")),))
    (post,) = [one for one in render(message, {7: "U7"}) if isinstance(one, Post)]
    assert pings_of({"blocks": list(post.blocks)}) == {"U7"}
    assert "Sam" in readable({"blocks": list(post.blocks)})


def test_only_web_addresses_are_links() -> None:
    (post,) = posts_of(
        say(Link("paper", "https://elmvale.example/7"), " ", Link("trap", "javascript:alert(1)"))
    )
    elements = post.blocks[0]["elements"][0]["elements"]
    assert [element["type"] for element in elements] == ["link", "text", "text"]
    assert elements[2]["text"] == "trap (javascript:alert(1))"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param("A&E <now>", "A&amp;E &lt;now&gt;", id="escaped"),
        pytest.param(" \n", "Assurebot", id="never empty"),
    ],
)
def test_the_fallback_is_words(words: str, text: str) -> None:
    assert fallback(words) == text


@given(st.integers(0, 5))
def test_a_long_fallback_is_cut_between_characters(shift: int) -> None:
    text = fallback("x" * shift + "&" * 4000)
    assert text.endswith("&amp;…")
    assert len(text) <= 4000


def test_a_command_line_beyond_slack_is_refused_by_us() -> None:
    (post,) = posts_of(Buttons((Button("x", "y" * 2001),)))
    with pytest.raises(Refused, match="2000 are allowed"):
        payload(post)
