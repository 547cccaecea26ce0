"""Numbers and dates of a sheet as the sheet shows them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.documents.number_format import Shown, shown

SEPTEMBER = datetime(2018, 9, 30)  # noqa: DTZ001  (a sheet knows no time zone)
THIRD = datetime(2018, 9, 3, 14, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        pytest.param(1.1, "0.00", "1.10", id="ref that lost its zero"),
        pytest.param(1.1, "General", "1.1", id="general"),
        pytest.param(0.1 + 0.2, "General", "0.3", id="general hides binary dust"),
        pytest.param(12, "General", "12", id="whole"),
        pytest.param(3.0, "General", "3", id="whole float"),
        pytest.param(0.125, "0%", "13%", id="percent rounds half up"),
        pytest.param(0.4567, "0.0%", "45.7%", id="percent with a decimal"),
        pytest.param(1234567.5, "#,##0", "1,234,568", id="thousands"),
        pytest.param(1234.5, "#,##0.00", "1,234.50", id="thousands with decimals"),
        pytest.param(1500000, '#,##0.0,,"m"', "1.5m", id="millions"),
        pytest.param(1250, "[$£-809]#,##0", "£1,250", id="pounds by locale"),
        pytest.param(-5, '0;[Red]"minus "0', "minus 5", id="negative section"),
        pytest.param(-5, "0.0", "-5.0", id="negative"),
        pytest.param(0, '0;-0;"nil"', "nil", id="zero section"),
        pytest.param(61, "0\\.0", "6.1", id="typed point between digits"),
        pytest.param(7, "000", "007", id="leading zeros"),
        pytest.param(7, '"Action "0', "Action 7", id="word before the number"),
        pytest.param(0.5, "#.##", ".5", id="no needless zeros"),
        pytest.param(1e40, "0.00", "1e+40", id="beyond any format"),
        pytest.param(True, "General", "TRUE", id="true"),
        pytest.param(None, "General", "", id="empty"),
        pytest.param("6.10", "0.0", "6.10", id="text stays text"),
        pytest.param(42, "@", "42", id="number in a text cell"),
    ],
)
def test_numbers(value: Shown, code: str, expected: str) -> None:
    assert shown(value, code) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        pytest.param(SEPTEMBER, "dd/mm/yyyy", "30/09/2018", id="british"),
        pytest.param(THIRD, "d/m/yy", "3/9/18", id="short"),
        pytest.param(SEPTEMBER, "mmm-yy", "Sep-18", id="month and year"),
        pytest.param(SEPTEMBER, "mmmm yyyy", "September 2018", id="month in full"),
        pytest.param(SEPTEMBER, "mm-dd-yy", "30/09/2018", id="the system's short date"),
        pytest.param(THIRD, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "03 September 2018", id="long"),
        pytest.param(THIRD, "dddd d mmm", "Monday 3 Sep", id="weekday"),
        pytest.param(THIRD, "dd/mm/yyyy;@", "03/09/2018", id="text section"),
        pytest.param(THIRD, "dd/mm/yy hh:mm", "03/09/18 14:05", id="minutes, not months"),
        pytest.param(THIRD, "h:mm AM/PM", "2:05 PM", id="twelve hours"),
        pytest.param(date(2018, 9, 30), "yyyy-mm-dd", "2018-09-30", id="iso"),
        pytest.param(time(9, 30), "hh:mm", "09:30", id="time"),
    ],
)
def test_dates(value: Shown, code: str, expected: str) -> None:
    assert shown(value, code) == expected


@given(st.text(max_size=20), st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.datetimes()))
@settings(max_examples=60, deadline=None)
def test_any_format_shows_something(code: str, value: float | datetime) -> None:
    assert isinstance(shown(value, code), str)
