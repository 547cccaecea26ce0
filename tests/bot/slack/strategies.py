"""Any message that a handler could say, of any words and lengths."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

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
    Plain,
    Quote,
    Table,
    Text,
    Time,
)

__all__ = ["forms", "messages", "parts"]

TRAPS = [
    "<!channel>",
    "<@U00000001>",
    "*bold* _it_ `code`",
    "a & b < c > d",
    "https://elmvale.example/x?a=1&b=2|x",
]
SHORT = st.one_of(st.text(max_size=40), st.sampled_from(TRAPS))


def words(most: int) -> Any:
    """Short words, or a piece of text repeated to a great length."""
    long = st.builds(lambda text, times: (text * times)[:most], SHORT, st.integers(1, most))
    return st.one_of(SHORT, long)


TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
SPAN = st.one_of(
    words(20_000).map(Plain),
    words(200).map(Bold),
    st.builds(Link, words(200), st.one_of(SHORT, st.just("https://elmvale.example/board?paper=7"))),
    st.builds(Mention, st.integers(1, 3), SHORT),
    TIMES.map(Time),
)
SPANS = st.lists(SPAN, max_size=6).map(tuple)
CELLS = st.lists(SPAN, max_size=2).map(tuple)
BUTTON = st.builds(Button, words(300), st.just("confirm 812"), st.sampled_from([None, "primary", "danger"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(0, 24))
    header = draw(st.lists(words(200), min_size=width, max_size=width))
    row = draw(st.lists(CELLS, min_size=0, max_size=max(width, 1)).map(tuple))
    return Table(tuple(header), (row,) * draw(st.integers(0, 400)), draw(st.one_of(st.none(), words(300))))


SIMPLE = st.one_of(
    words(400).map(Heading),
    st.builds(Text, SPANS, st.booleans()),
    st.builds(Quote, words(30_000), SPANS),
    st.lists(st.tuples(words(200), SPANS), max_size=8).map(lambda rows: Facts(tuple(rows))),
    tables(),
    st.lists(BUTTON, max_size=60).map(lambda all_: Buttons(tuple(all_))),
)
OPTIONS = st.dictionaries(words(200), words(200), max_size=150)
NAMES = st.lists(st.from_regex(r"[a-z]{1,12}", fullmatch=True), max_size=5, unique=True)
FIELD = st.builds(
    Field,
    st.just("name"),
    words(3000),
    st.sampled_from(["text", "long", "choice", "date"]),
    words(9000),
    OPTIONS,
    st.booleans(),
    words(3000),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    fields = [Field(name, *_rest(draw(FIELD))) for name in draw(NAMES)]
    return Form(draw(words(200)), "edit 812", tuple(fields), draw(words(60)))


def _rest(field: Field) -> tuple[Any, ...]:
    return field.label, field.input, field.value, field.options, field.required, field.hint


parts = st.one_of(
    SIMPLE,
    forms(),
    st.builds(Chart, st.just(b"png"), words(300), words(200)),
    st.builds(File, st.just("pack.docx"), st.just(b"bytes")),
    st.builds(Details, words(200), st.lists(SIMPLE, max_size=3).map(tuple)),
)
messages = st.builds(Message, st.just(ASKER), st.lists(parts, max_size=8).map(tuple))
