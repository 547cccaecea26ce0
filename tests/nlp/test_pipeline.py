"""The reading pipeline takes any text, keeps offsets true and grows with nothing but the text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading import read, read_many
from nlp.reading.jsonl import reading_as_dict
from nlp.reading.pipeline import COMPONENTS, pipeline
from nlp.reading.plain import plain
from nlp.reading.tokens import pieces
from storage.model.reading import Reading

AS_OF = date(2018, 3, 20)

_BITS = st.sampled_from(
    [
        "Feb 18 ",
        " 1/12/17 ",
        " w/c ",
        " 22nd ",
        " end of ",
        " Q3 2018/19 ",
        " 15% ",
        " - ",
        " , ",
        " and ",
        " from ",
        " to ",
        " May ",
        " 6.1.4 ",
        " %",
        " 31 April ",
        " Friday ",
        " next ",
        " \n ",
        " . ",
        " 2018 ",
        " two weeks ",
        " ago ",
        " \u200b ",
        " – ",
        " ( ",
        " ) ",
        " done ",
        " slipped to ",
        " 24/7 ",
        " 9999 ",
        " 0/0/0 ",
        " Easter ",
        " FY19 ",
        " in ",
        " mid- ",
        " 99999999 ",
        " the ",
        " last ",
        " year ",
        " ½ ",
        " ١٢ ",
        " 🙌 ",
        " ﷽ ",
        " %% ",
        " --",
    ]
)


def _spans(reading: Reading) -> list[tuple[int, int, str]]:
    found = [*reading.dates, *reading.percentages, *reading.measures, *reading.cues, *reading.refs]
    return [(one.start_char, one.end_char, one.text) for one in found]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_BITS, max_size=40).map(" ".join)), st.dates())
def test_any_text_is_read_and_every_span_is_where_it_says(text: str, as_of: date) -> None:
    reading = read(text, as_of)
    for start, end, words in _spans(reading):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words
    for one in reading.dates:
        assert one.start <= one.end


@settings(max_examples=60, deadline=None)
@given(st.lists(_BITS, max_size=30).map("".join))
def test_dates_come_in_order_and_never_overlap(text: str) -> None:
    ends = [0]
    for one in read(text, AS_OF).dates:
        assert one.start_char >= ends[-1]
        ends.append(one.end_char)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("(" * 20_000, id="brackets"),
        pytest.param("x" * 10_000, id="one token of 10,000 characters"),
        pytest.param("1, " * 20_000, id="list without end"),
        pytest.param("1/" * 20_000, id="slashes without end"),
        pytest.param("Feb 18 - " * 5_000, id="range without end"),
        pytest.param("a" * 5_000 + "!" + "b@" * 5_000, id="expression bomb"),
        pytest.param("early to mid " * 2_000, id="composed without end"),
        pytest.param("a week after " * 2_000, id="counted without end"),
        pytest.param("<p>Due&nbsp;<b>5 March</b></p>" * 500, id="html"),
        pytest.param("'; DROP TABLE updates; --" * 500, id="sql"),
        pytest.param("\u202eتم الانتهاء بنسبة ٧٥٪ في مارس", id="right to left"),
        pytest.param("進捗率は80%です。3月に完了予定。", id="another language"),
        pytest.param("The audit of 5 March found 80%, due Q3. " * 2_500, id="100 KB of prose"),
    ],
)
def test_awkward_texts_are_read(text: str) -> None:
    assert isinstance(read(text, AS_OF), Reading)


def test_invisible_characters_do_not_hide_a_date_nor_move_it() -> None:
    text = "Live\u00a0since Fe\u200bb\u00ad 2018 \u2013 92\uff05"
    reading = read(text, AS_OF)
    assert [one.text for one in reading.dates] == ["Fe\u200bb\u00ad 2018"]
    assert [(one.text, one.value) for one in reading.percentages] == [("92\uff05", 92.0)]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_plain_text_leads_back_to_the_original(text: str) -> None:
    seen = plain(text)
    assert all(seen.original(at, at + 1)[0] < len(text) for at in range(len(seen.text)))
    assert len(seen.text) <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_pieces_joined_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_the_doc_is_the_text_and_carries_the_spans() -> None:
    assert pipeline().make_doc("Feb'18, 24/7  ok\n").text == "Feb'18, 24/7  ok\n"
    assert tuple(pipeline().pipe_names) == COMPONENTS


def test_memory_does_not_grow_with_the_number_of_texts() -> None:
    vocabulary = pipeline().vocab.strings
    read("warm up", AS_OF)
    size = len(vocabulary)
    for number in range(50):
        read(f"word{number}x done by 5 March, {number}%", AS_OF)
    assert len(vocabulary) == size


def test_many_texts_are_read_in_order() -> None:
    readings = list(read_many([("due 5 March", AS_OF), ("", AS_OF), ("75% done", AS_OF)]))
    assert [len(one.dates) for one in readings] == [1, 0, 0]
    assert readings[2].percentages[0].value == 75.0


def test_a_reading_as_json_keeps_to_the_contract() -> None:
    shown = reading_as_dict(read("6.1.4 moved to 30 June, 20-25% done, ready by Oct 2105", AS_OF))
    assert list(shown) == [
        "dates",
        "percentages",
        "status",
        "confidence",
        "cues",
        "refs",
        "segments",
        "summary",
    ]
    assert shown["dates"][0] == {
        "start_char": 15,
        "end_char": 22,
        "text": "30 June",
        "start": "2018-06-30",
        "end": "2018-06-30",
        "grain": "day",
        "role": "revised",
        "rule": "day-month/revised",
    }
    assert shown["percentages"][0]["value_to"] == 25.0
    assert shown["dates"][1]["uncertain"] is True
