"""How a printed reporting timeline becomes meetings."""

from __future__ import annotations

from datetime import date

import pytest

from storage.model.document import DocMeeting
from storage.timeline import planned_meetings


def line(name: str, month: int | None = None, day: int | None = None) -> DocMeeting:
    return DocMeeting(name, date(2027, month, day) if month and day else None, "as printed")


@pytest.mark.parametrize(
    ("lines", "meetings"),
    [
        pytest.param([], [], id="none"),
        pytest.param(
            [line("Deadline for Progress Update to PMO", 3, 7), line("Assurance meeting", 3, 16)],
            [("Assurance meeting", date(2027, 3, 16), True, date(2027, 3, 7), None)],
            id="deadline of the next assurance meeting",
        ),
        pytest.param(
            [
                line("Assurance meeting", 3, 1),
                line("Progress deadline", 3, 7),
                line("Assurance meeting", 4, 1),
            ],
            [
                ("Assurance meeting", date(2027, 3, 1), True, None, None),
                ("Assurance meeting", date(2027, 4, 1), True, date(2027, 3, 7), None),
            ],
            id="never of an earlier meeting",
        ),
        pytest.param(
            [
                line("Assurance meeting", 3, 16),
                line("Papers due for Tide & Harbour Board meeting", 3, 1),
                line("Tide and Harbour Board", 3, 20),
                line("Harbour Alliance Board", 3, 5),
            ],
            [
                ("Assurance meeting", date(2027, 3, 16), True, None, None),
                ("Tide and Harbour Board", date(2027, 3, 20), False, None, date(2027, 3, 1)),
                ("Harbour Alliance Board", date(2027, 3, 5), False, None, None),
            ],
            id="papers of the forum that shares most words",
        ),
        pytest.param(
            [
                line("Assurance meeting", 3, 16),
                line("Papers due for Governors meeting", 3, 1),
                line("Papers due for Governors meeting", 4, 1),
            ],
            [
                ("Assurance meeting", date(2027, 3, 16), True, None, None),
                ("Governors meeting", None, False, None, date(2027, 3, 1)),
                ("Governors meeting", None, False, None, date(2027, 4, 1)),
            ],
            id="papers of a forum without meetings",
        ),
        pytest.param(
            [line("Steering group"), line("Oversight meeting", 3, 2), line("Steering group", 5, 1)],
            [
                ("Steering group", None, False, None, None),
                ("Oversight meeting", date(2027, 3, 2), True, None, None),
                ("Steering group", date(2027, 5, 1), False, None, None),
            ],
            id="without the word, the first with dates assures",
        ),
        pytest.param(
            [line("Assurance meeting", 3, 16), line("Deadline for papers")],
            [("Assurance meeting", date(2027, 3, 16), True, None, None)],
            id="a deadline without a date",
        ),
    ],
)
def test_timeline_lines_become_meetings(lines: list[DocMeeting], meetings: list[tuple[object, ...]]) -> None:
    found = [(m.forum, m.day, m.assurance, m.deadline, m.papers_due) for m in planned_meetings(lines)]
    assert found == meetings
