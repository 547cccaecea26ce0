"""Messages about several actions: which part is about which, and what each says (table in ``data/``)."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.reading import read
from storage.model.reading import Segment, Status
from tests.nlp.tables import rows

_DAY = date(2019, 6, 5)


def _shown(segment: Segment) -> str:
    who = "rest" if segment.rest else ", ".join(segment.refs)
    return f"{who} = {segment.status or 'none'}{' (same)' if segment.no_change else ''}".strip()


@pytest.mark.parametrize(("text", "wanted"), rows("segments.tsv"))
def test_a_message_is_split(text: str, wanted: str) -> None:
    found = read(text, _DAY).segments
    assert (" | ".join(map(_shown, found)) or "-") == wanted.strip()


def test_segments_follow_each_other_and_hold_their_words() -> None:
    text = "5.1.1 is live. 5.1.2 slipped to May; rest no change"
    assert [text[one.start_char : one.end_char] for one in read(text, _DAY).segments] == [
        "5.1.1 is live.",
        "5.1.2 slipped to May",
        "rest no change",
    ]


def test_a_message_about_several_actions_has_the_status_of_the_first() -> None:
    assert read("5.1.1 is live. 5.1.2 slipped to May", _DAY).status is Status.COMPLETE


def test_no_change_and_more_is_both() -> None:
    (segment,) = read("5.1.1 no change, still amber", _DAY).segments
    assert segment.no_change
    assert segment.status is Status.AT_RISK
