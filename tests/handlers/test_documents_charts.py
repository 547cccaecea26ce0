"""Pictures: drawn for any figures, told in words made of the same figures, the same bytes each time."""

from __future__ import annotations

import re
import struct
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.documents.charts import Png, measure_chart, ratings_chart, slippage_chart

COLOURS = {"Assured": "blue", "On track": "green", "Late": "red"}
NOW = [("Access", {"Assured": 2, "On track": 3}), ("Workforce", {"Late": 4, "Not yet rated": 1})]
BEFORE = [("Access", {"On track": 5})]


def size(png: Png) -> tuple[int, int]:
    assert png.data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png.data[16:24])
    return width, height


def test_ratings_are_told_now_against_before() -> None:
    png = ratings_chart(NOW, COLOURS, BEFORE, names=("12 March", "13 February"))
    assert png.alt == (
        "Ratings by theme. Access: 2 Assured, 3 On track 12 March; 5 On track 13 February. "
        "Workforce: 4 Late, 1 Not yet rated 12 March; none 13 February."
    )
    assert size(png)[0] > 1000


def test_equal_figures_give_equal_bytes() -> None:
    assert ratings_chart(NOW, COLOURS).data == ratings_chart(NOW, COLOURS).data


def test_other_figures_give_another_picture() -> None:
    assert ratings_chart(NOW, COLOURS).data != ratings_chart(NOW, COLOURS, BEFORE).data


def test_slippage_is_told_longest_first() -> None:
    png = slippage_chart(
        [
            ("1.1", date(2024, 3, 31), date(2024, 3, 31)),
            ("1.2", date(2024, 3, 31), date(2024, 9, 30)),
            ("1.3", date(2024, 3, 31), date(2024, 4, 1)),
            ("1.4", date(2024, 3, 31), date(2023, 12, 31)),
        ]
    )
    assert [part.partition(":")[0] for part in png.alt.split(". ")[1:]] == ["1.2", "1.3", "1.1", "1.4"]
    assert "31 March 2024 to 30 September 2024, 6 months later" in png.alt
    assert "1 day later" in png.alt
    assert "3 months earlier" in png.alt


def test_slippage_says_what_it_leaves_out() -> None:
    rows = [(f"1.{i}", date(2024, 1, 1), date(2024, 6, 1)) for i in range(40)]
    assert "(the 30 longest of 40)" in slippage_chart(rows).alt


def test_a_measure_is_told_with_its_target() -> None:
    png = measure_chart([(date(2024, 5, 31), 89), (date(2024, 1, 31), 31)], 95, "Supervision", "%")
    assert png.alt == "Supervision: 31% on 31 January 2024, 89% on 31 May 2024; target 95%."


counts = st.dictionaries(st.sampled_from([*COLOURS, "New"]), st.integers(0, 99))


@given(
    st.lists(st.tuples(st.text(max_size=50), counts), max_size=3),
    st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.floats(-1e6, 1e6)), max_size=4),
)
@settings(max_examples=6, deadline=None)
def test_any_figures_are_drawn(
    rows: list[tuple[str, dict[str, int]]], points: list[tuple[date, float]]
) -> None:
    picture = ratings_chart(rows, COLOURS, rows)
    size(picture)
    size(measure_chart(points))
    size(slippage_chart([(str(i), day, day) for i, (day, _) in enumerate(points)]))
    told = [int(n) for n in re.findall(r"(?<!\S)\d+(?= (?:Assured|On track|Late|New))", picture.alt)]
    assert sum(told) >= sum(count for _, counts in rows for count in counts.values())
