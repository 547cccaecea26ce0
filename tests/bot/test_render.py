"""Messages in the terminal: every part, as the golden file shows it; other people's words never act."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console.files import Keeper
from bot.console.render import Choices, Printer, Renderer, harmless
from handlers.messages import (
    ASKER,
    Bold,
    Button,
    Buttons,
    Chart,
    Details,
    Facts,
    Field,
    File,
    Form,
    Heading,
    Link,
    Mention,
    Message,
    Part,
    Quote,
    Table,
    Time,
    say,
    spans,
)

GOLDEN = Path(__file__).parent / "golden"

EVERY_PART: dict[str, tuple[Part, ...]] = {
    "text": (
        Heading("Thornmere: the week to 2 February"),
        say("Ask ", Mention(3, "Jasper Lyle"), " by ", Time(datetime(2026, 2, 11, 17, 0, tzinfo=UTC)), "."),
        say(Bold("6.1.4"), " see ", Link("the plan", "https://plan.example/v7"), " and https://x.example"),
        say("Only you see this.", quiet=True),
    ),
    "quote": (
        Quote("Third nurse has started.\nLine opens <!channel> *soon* [now](http://x)", spans("Jasper Lyle, 28 January")),
        Quote("No source."),
    ),
    "facts_and_table": (
        Facts((("Due", spans("February 2026")), ("Owner", spans("Head of Integrated Care, ECHT")))),
        Table(
            ("Ref", "Action", "Now"),
            (
                (spans("6.1.4"), spans("Open a seven day advice line for care homes, staffed from 8am to 8pm"), spans("Amber")),
                (spans("#17"), spans(Bold("No ref at all")), spans("")),
            ),
            "Theme 6",
        ),
    ),
    "choices": (
        say("Two need you:"),
        Buttons((Button("Yes to both", "confirm 812", "primary"), Button("Change", "change 812"))),
        Form(
            "Edit 6.1.4",
            "edit 812",
            (
                Field("text", "Your words", "long", "On track"),
                Field("rating", "Rating", "choice", "", {"amber": "Amber", "red": "Red"}),
            ),
        ),
        Buttons((Button("No", "leave 812", "danger"),)),
    ),
    "files": (
        Chart(b"png", "Two blue, ten green, five amber, two red", "Ratings by theme"),
        File("../../pack: meeting.docx", b"x" * 2500),
        Details("3 more", (say("6.2.1 no update yet"), Details("and 1 more", (Quote("deep"),)))),  # type: ignore[arg-type]
    ),
}  # fmt: skip


def printed(parts: tuple[Part, ...], folder: Path) -> str:
    file = io.StringIO()
    renderer = Renderer(ZoneInfo("Europe/London"), Keeper(folder))
    Printer(file).show(renderer.message(Message(ASKER, parts), Choices()))
    return file.getvalue()


@pytest.mark.parametrize("name", EVERY_PART)
def test_every_part_is_shown_as_the_golden_file_has_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert printed(EVERY_PART[name], Path("files")) == (GOLDEN / f"{name}.txt").read_text()


def test_choices_are_numbered_in_the_order_shown_and_chosen_by_number(tmp_path: Path) -> None:
    choices = Choices()
    renderer = Renderer(ZoneInfo("Europe/London"), Keeper(tmp_path))
    renderer.message(Message(ASKER, EVERY_PART["choices"]), choices)
    chosen = [choices.chosen(typed) for typed in ("1", " 3 ", "4")]
    assert [one.command for one in chosen if one] == ["confirm 812", "edit 812", "leave 812"]
    assert [choices.chosen(typed) for typed in ("0", "5", "one", "", "1.0", "²")] == [None] * 6


def test_a_file_never_leaves_its_folder_and_never_overwrites_another(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "files")
    first = keeper.keep("../../etc/pass\x00wd", b"1")
    assert first.parent == tmp_path / "files"
    assert keeper.keep("../../etc/pass\x00wd", b"1") == first
    other = keeper.keep("../../etc/pass\x00wd", b"2")
    assert (first.read_bytes(), other.read_bytes()) == (b"1", b"2")
    assert keeper.keep("....", b"3").name == "file"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_nothing_that_people_type_reaches_the_terminal_as_a_command(text: str, name: str) -> None:
    parts: tuple[Part, ...] = (
        Heading(text), say(text, Bold(text), Mention(1, name), Link(text, "javascript:" + text)), Quote(text, spans(name)),
        Facts(((name, spans(text)),)), Table((name,), ((spans(text),),)), Buttons((Button(text, "help"),)),
    )  # fmt: skip
    shown = printed(parts, Path("none"))
    allowed = {"\n", "\t"}
    assert not [
        c for c in shown if (c < " " or "\x7f" <= c < "\xa0" or c in "\u202e\u2066") and c not in allowed
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("\x1b[31mred\x1b[0m", "[31mred[0m", id="colours"),
        pytest.param("a\u202eb\u2066c", "abc", id="turned round"),
        pytest.param("a\r\nb\tc", "a\nb\tc", id="lines and tabs stay"),
        pytest.param("Ambẹr 🙌", "Ambẹr 🙌", id="letters and emoji stay"),
    ],
)
def test_harmless(text: str, expected: str) -> None:
    assert harmless(text) == expected
