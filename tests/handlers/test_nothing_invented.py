"""No number and no date is said that nobody wrote and nothing stored gives, whatever people write."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from handlers.messages import ASKER, Message
from handlers.papers.boardlines import unsupported
from handlers.papers.reports import report_parts
from nlp.reading import read
from nlp.summary.report import summarise
from storage.model.post import InboundKind
from tests.conftest import shared_path
from tests.handlers.invented import MONTHS, Known, pack_lines, unexplained
from tests.handlers.world import World, buttons, shown

REFS = ("1.3", "2.1", "3.1", "6.1.2", "6.1.4", "6.2.1", "6.2.2")
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_number = st.integers(2, 9_876_543)
_day = st.dates(date(2026, 1, 2), date(2027, 12, 30)).map(lambda day: f"{day:%-d %B %Y}")
_phrase = st.one_of(
    st.builds("{}% of staff trained, target {}%".format, st.integers(0, 100), st.integers(0, 100)),
    st.builds("slipped to {}".format, _day),
    st.builds("{} of {} audits done".format, st.integers(0, 50), st.integers(50, 99)),
    st.builds("spending is £{:,}".format, _number),
    st.builds("vacancies fell from {} in January to {}".format, st.integers(40, 90), st.integers(1, 39)),
    st.builds("complete since {}".format, _day),
    st.builds("at risk, {} beds short until {}".format, st.integers(1, 60), _day),
    st.text(alphabet="0123456789 %./-,£abcMay()", min_size=3, max_size=40),
)
_words = st.tuples(st.sampled_from(REFS), st.lists(_phrase, min_size=1, max_size=5)).map(
    lambda pair: f"{pair[0]} {'; '.join(pair[1])}"
)


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the pictures are tested here, not their dots."""
    monkeypatch.setattr("handlers.documents.charts._png", lambda figure: b"")


@pytest.fixture
def place(world: World) -> Callable[[], World]:
    """The world, wrapped: a report of a failure prints its arguments, and a world is long."""
    return lambda: world


def said(world: World) -> list[tuple[str | None, str]]:
    """Everything that would be shown now: (the action that it is about, or None; words)."""
    meeting = next(
        one for one in world.store.governance.meetings(world.plan.id) if one.day and one.day >= world.today
    )
    lines = list(pack_lines(world, meeting))
    for command in ("digest week", "digest meeting", "status", "status theme 6"):
        lines += [(_ref(line, world), line) for line in world.say("Dana", command).splitlines()]
    for ref in REFS:
        lines += [(ref, line) for line in world.say("Dana", f"status {ref}").splitlines()]
    return lines


def _ref(line: str, world: World) -> str | None:
    first = line.lstrip("> ").split(" ", 1)[0]
    return first if first in world.store.plans.refs(world.plan.id) else None


def invented(world: World) -> list[tuple[str, list[str]]]:
    whole = Known.of(world)
    views = {view.name: view for view in world.store.plans.views(world.plan.id)}
    own = {name: Known.of_action(world, view) for name, view in views.items()}
    names = re.compile(
        r"(?<![\d.])(?:" + "|".join(map(re.escape, sorted(views, key=len, reverse=True))) + r")(?![\d.]*\d)"
    )
    wrong = []
    for ref, line in said(world):
        known = own.get(ref or "", whole)
        found = unexplained(names.sub(" ", line), known)
        if found:
            wrong.append((line, found))
    return wrong


def test_a_played_cycle_invents_nothing(world: World) -> None:
    for name, words in (
        ("Priya", "6.1.2 41% of staff trained in January, target 85%, on track for March"),
        ("Jasper", "6.1.4 slips to 13 April, third nurse has pulled out"),
        ("Beatrix", "6.2.2 the lift has a fault, hub opens 9 March at the earliest, 4 weeks late"),
    ):
        sent = world.act(name, words)
        if "Yes" in buttons(sent):
            world.tap(name, buttons(sent)["Yes"])
    world.at(2026, 2, 9)
    world.say("Priya", "6.1.2 58% of staff trained, 18 of 31 homes")
    assert len(said(world)) > 200
    assert any("58%" in line for _, line in said(world))
    assert invented(world) == []


@settings(
    max_examples=12,
    deadline=None,
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # what was said adds up: nothing is gained by shrinking
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(_words, min_size=1, max_size=4))
def test_whatever_is_written_nothing_is_invented(place: Callable[[], World], texts: list[str]) -> None:
    world = place()
    for text in texts:
        sent = world.act("Dana", f"update {text}", InboundKind.COMMAND)
        if "Yes" in buttons(sent):
            world.tap("Dana", buttons(sent)["Yes"])
    assert invented(world) == []


def test_the_page_of_a_report_invents_nothing() -> None:
    text = shared_path("seeds", "000_1070e9cf3b6bd7f7.txt").read_text("utf-8")
    page = summarise(text)
    days = {end for row in page.commitments for end in (row.start, row.end)} | {page.as_of or date.min}
    known = Known([text, " ".join(str(number) for word, number in NUMBERS.items() if word in text)], days)
    lines = [
        re.sub(r"line \d+$", "", line) for line in shown([Message(ASKER, report_parts(page))]).splitlines()
    ]
    assert len(lines) > 20
    assert [(line, wrong) for line in lines if (wrong := unexplained(line, known))] == []


def _plain(figure: str) -> str:
    """As a page shows it: "01%" is 1, ".5%" is 0.5; "1.2.3" is no figure and stays."""
    try:
        return f"{float(figure.replace(',', '')):g}"
    except ValueError:
        return figure


@settings(max_examples=40, deadline=None)
@example(["01%", ".1%", "1.0%", " (0"])
@given(phrases=st.lists(_phrase, min_size=3, max_size=12))
def test_the_page_of_any_report_has_only_its_own_figures(phrases: list[str]) -> None:
    text = "Report to the board\n3 February 2026\n\n" + "\n\n".join(
        f"{place}.1 The service reports that {phrase}." for place, phrase in enumerate(phrases, 1)
    )
    printed = re.findall(r"\d*(?:[.,]?\d+)+", text)
    figures = {_plain(figure) for figure in printed}
    page = summarise(text)
    shown_figures = [
        f"{value:g}" for row in page.measures for value in (row.value, row.target, row.baseline) if value
    ]
    assert [figure for figure in shown_figures if figure.lstrip("-") not in figures] == []
    words = " ".join(text.split())
    assert [line.text for line in page.lines if " ".join(line.text.split()).rstrip(".…") not in words] == []


@settings(max_examples=150, deadline=None)
@given(text=st.lists(_phrase, min_size=1, max_size=9).map("; ".join))
def test_a_line_says_no_number_that_its_text_lacks(text: str) -> None:
    assert unexplained(read(text, date(2026, 2, 3)).summary, Known([text])) == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        pytest.param("6.1.2 42% trained", ["42"], id="a figure of nobody"),
        pytest.param("due 14 April 2026", ["14 April 2026"], id="a day of nobody"),
        pytest.param("in October", ["October"], id="a month of nobody"),
        pytest.param("31 actions overdue", ["31"], id="a wrong count"),
        pytest.param("41% trained, due 13 April 2026, 24 actions", [], id="all of it known"),
    ],
)
def test_the_check_itself_finds_what_is_invented(line: str, wrong: list[str]) -> None:
    known = Known(["6.1.2 41% trained"], {date(2026, 4, 13)}, {24})
    assert unexplained(line, known) == wrong


def test_an_invented_figure_in_a_pack_would_be_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from handlers.papers import paragraphs

    monkeypatch.setattr(paragraphs, "counts_line", lambda views, plan: "4711 actions.")
    assert any("4711" in found for _, found in invented(world))


@settings(max_examples=60, deadline=None)
@given(number=_number, month=st.sampled_from(MONTHS))
def test_a_board_line_with_a_figure_or_month_of_nobody_is_refused(number: int, month: str) -> None:
    source = "the ward opens in spring with 3 nurses"
    wrong = unsupported(f"{number} nurses by {month}", [source])
    assert (str(number) in wrong) == (number != 3)
    assert (month.casefold() in wrong) == (month != "May")
