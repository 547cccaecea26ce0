"""Pictures of figures for digests and packs: readable in grey, told in words as well.

No colour stands alone: every rating has its hatching and its number, every mark its shape. The alt
text is made of the very numbers that are drawn. Equal input gives equal bytes.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from textwrap import fill, shorten
from typing import TYPE_CHECKING

from handlers.documents.colours import fill_of, ink_on
from handlers.documents.plain import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Counts", "Png", "measure_chart", "ratings_chart", "slippage_chart"]

Counts = Sequence[tuple[str, Mapping[str, int]]]  # (theme, rating label -> count), top to bottom

_WIDTH, _SMALL_WIDTH, _DPI = 9.0, 5.0, 160  # inches, dots an inch
_INK, _SOFT, _FAINT, _ACCENT = "#1B1F24", "#57606A", "#D8DEE4", "#1F3864"
_UNRATED_FILL = "E4E7EB"
_HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++", "oo", "--")
_THEME_LETTERS, _LEGEND_LETTERS, _TITLE_LETTERS = 34, 84, 76
_MOST_ROWS = 30
_DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Png:
    """A picture and its words, for those who do not see it."""

    data: bytes
    alt: str


# ratings by theme


def ratings_chart(
    rows: Counts,
    colours: Mapping[str, str | None],
    previous: Counts | None = None,
    title: str = "Ratings by theme",
    names: tuple[str, str] = ("now", "last meeting"),
) -> Png:
    """Stacked bars, one a theme, over a thinner one for the last meeting where ``previous`` is given.

    ``colours`` are the scale's labels in its order, each with its colour (a plain name, "RRGGBB" or None);
    a label of the counts that is not among them comes last, in grey.
    """
    labels = [
        *colours,
        *dict.fromkeys(label for _, counts in rows for label in counts if label not in colours),
    ]
    before = dict(previous or ())
    figure, axes = _canvas(title, height=1.25 + (0.62 if before else 0.46) * max(len(rows), 1))
    for i, (theme, counts) in enumerate(rows):
        _stack(axes, i - (0.14 if before else 0), 0.44, counts, labels, colours, strong=True)
        if before:
            _stack(axes, i + 0.27, 0.22, before.get(theme, {}), labels, colours, strong=False)
    _theme_axis(axes, [theme for theme, _ in rows], offset=-0.14 if before else 0)
    _legend(axes, labels, colours)
    if before:
        figure.text(
            0.99, 0.012, f"thick bar: {names[0]}, thin bar: {names[1]}", ha="right", fontsize=8, color=_SOFT
        )
    return Png(_png(figure), _ratings_words(rows, before, title, names))


def _stack(
    axes: Axes,
    y: float,
    height: float,
    counts: Mapping[str, int],
    labels: Sequence[str],
    colours: Mapping[str, str | None],
    strong: bool,
) -> None:
    left = 0
    for label in labels:
        count = counts.get(label, 0)
        if not count:
            continue
        colour, hatch = _look(label, labels, colours)
        bar = axes.barh(
            y, count, height, left, color=f"#{colour}", hatch=hatch, edgecolor="white", linewidth=0.8
        )
        bar.patches[0].set_hatch_linewidth(0.7)
        box = {"boxstyle": "round,pad=0.1", "facecolor": f"#{colour}", "edgecolor": "none"}
        axes.text(
            left + count / 2, y, str(count), ha="center", va="center_baseline", bbox=box if hatch else None,
            fontsize=9 if strong else 6.5, fontweight="bold" if strong else "normal", color=f"#{ink_on(colour)}",
        )  # fmt: skip
        left += count


def _look(label: str, labels: Sequence[str], colours: Mapping[str, str | None]) -> tuple[str, str]:
    colour = fill_of(colours.get(label)) or fill_of(label) or _UNRATED_FILL
    return colour, _HATCHES[labels.index(label) % len(_HATCHES)]


def _theme_axis(axes: Axes, themes: Sequence[str], offset: float) -> None:
    places = [i + offset for i in range(len(themes))]
    axes.set_yticks(
        places, [_plain(fill(theme, _THEME_LETTERS, max_lines=2, placeholder="…")) for theme in themes]
    )
    axes.set_ylim(len(themes) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0, labelsize=9)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)


def _legend(axes: Axes, labels: Sequence[str], colours: Mapping[str, str | None]) -> None:
    from matplotlib.patches import Patch

    handles = []
    for label in labels:
        colour, hatch = _look(label, labels, colours)
        words = _plain(shorten(label, _THEME_LETTERS, placeholder="…"))
        handles.append(
            Patch(facecolor=f"#{colour}", hatch=hatch, edgecolor="white", label=words, hatch_linewidth=0.7)
        )
    columns = max(min(len(handles), int(_LEGEND_LETTERS / (max(map(len, labels), default=1) + 6))), 1)
    across = [
        handle for column in range(columns) for handle in handles[column::columns]
    ]  # it is filled downwards
    axes.legend(
        handles=across, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns,
        frameon=False, fontsize=8.5, handlelength=1.8, handleheight=1.2, columnspacing=1.4, borderpad=0,
    )  # fmt: skip


def _ratings_words(
    rows: Counts, before: Mapping[str, Mapping[str, int]], title: str, names: tuple[str, str]
) -> str:
    parts = []
    for theme, counts in rows:
        words = f"{theme}: {_counted(counts)}"
        if before:
            words += f" {names[0]}; {_counted(before.get(theme, {}))} {names[1]}"
        parts.append(words)
    return f"{title}. " + ". ".join(parts) + "."


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {label}" for label, count in counts.items() if count) or "none"


# slippage


def slippage_chart(rows: Sequence[tuple[str, date, date]], title: str = "Dates against the baseline") -> Png:
    """From the baseline date (open circle) to the current one (arrow head), an action a line, longest slip first.

    ``rows`` are (ref, baseline, current). At most 30 are drawn; the title and the words say how many more there are.
    """
    ordered = sorted(rows, key=lambda row: (row[1] - row[2], row[0]))
    drawn, left_out = ordered[:_MOST_ROWS], len(ordered) - _MOST_ROWS
    more = f" (the {_MOST_ROWS} longest of {len(ordered)})" if left_out > 0 else ""
    figure, axes = _canvas(title + more, height=1.2 + 0.3 * max(len(drawn), 1))
    for y, (_, baseline, current) in enumerate(drawn):
        _move(axes, y, baseline, current)
    axes.set_yticks(range(len(drawn)), [_plain(ref) for ref, _, _ in drawn])
    axes.set_ylim(len(drawn) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0, labelsize=9)
    _date_axis(axes, [day for _, *days in drawn for day in days])
    figure.text(
        0.99, 0.012, "open circle: baseline, triangle: current date", ha="right", fontsize=8, color=_SOFT
    )
    words = [f"{ref}: {_long(base)} to {_long(now)}, {_moved(base, now)}" for ref, base, now in drawn]
    return Png(_png(figure), f"{title}{more}. " + ". ".join(words) + ".")


def _move(axes: Axes, y: int, baseline: date, current: date) -> None:
    late = current > baseline
    x0, x1 = _number(baseline), _number(current)
    axes.plot(
        [x0, x1], [y, y], color=_ACCENT if late else _SOFT, linewidth=2.2, linestyle="-" if late else ":"
    )
    axes.plot(x0, y, "o", color="white", markeredgecolor=_ACCENT, markeredgewidth=1.6, markersize=7)
    if x0 != x1:
        axes.plot(x1, y, ">" if late else "<", color=_ACCENT, markersize=8)
    axes.annotate(
        _moved(baseline, current), (max(x0, x1), y), (9, 0), textcoords="offset points",
        va="center_baseline", fontsize=8, color=_INK,
    )  # fmt: skip


def _moved(baseline: date, current: date) -> str:
    days = (current - baseline).days
    if not days:
        return "no change"
    months = round(abs(days) / _DAYS_A_MONTH)
    amount = (
        f"{months} month{'s'[: months != 1]}"
        if abs(days) >= 45
        else f"{abs(days)} day{'s'[: abs(days) != 1]}"
    )
    return f"{amount} {'later' if days > 0 else 'earlier'}"


# measures


def measure_chart(
    points: Sequence[tuple[date, float]],
    target: float | None = None,
    name: str = "",
    unit: str = "",
    *,
    small: bool = False,
) -> Png:
    """A measure over time, each value beside its point, and its target as a dashed line. ``unit``: "%", "days".

    ``small``: to be printed two in a row, with letters that can still be read.
    """
    ordered = sorted(points)
    title = name or "Measure"
    figure, axes = _canvas(title, height=2.5 if small else 3.2, width=_SMALL_WIDTH if small else _WIDTH)
    days, values = [_number(day) for day, _ in ordered], [value for _, value in ordered]
    axes.plot(
        days,
        values,
        "-o",
        color=_ACCENT,
        linewidth=2,
        markersize=6,
        markerfacecolor="white",
        markeredgewidth=1.8,
    )
    for x, value in zip(days, values, strict=True):
        axes.annotate(
            _plain(_value(value, unit)),
            (x, value),
            (0, 9),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=_INK,
        )
    if target is not None:
        axes.axhline(target, color=_INK, linestyle="--", linewidth=1.2)
        axes.annotate(
            _plain(f"target {_value(target, unit)}"), (1, target), (-2, 4), xycoords=("axes fraction", "data"),
            textcoords="offset points", ha="right", fontsize=8.5, color=_INK,
        )  # fmt: skip
    axes.margins(x=0.08, y=0.2)
    if all(value >= 0 for value in values):
        axes.set_ylim(bottom=0)
    axes.grid(axis="y", color=_FAINT, linewidth=0.8)
    axes.tick_params(axis="y", length=0, labelsize=8.5, labelcolor=_SOFT)
    _date_axis(axes, [day for day, _ in ordered])
    words = ", ".join(f"{_value(value, unit)} on {_long(day)}" for day, value in ordered)
    aim = f"; target {_value(target, unit)}" if target is not None else ""
    return Png(_png(figure), f"{title}: {words}{aim}.")


def _value(value: float, unit: str) -> str:
    number = f"{value:,.10g}"
    if unit in {"%", ""}:
        return number + unit
    return unit + number if unit in "£$€" else f"{number} {unit}"


# the page


def _canvas(title: str, height: float, width: float = _WIDTH) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=_DPI, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    figure.get_layout_engine().set(rect=(0.005, 0.04, 0.985, 0.955))  # type: ignore[union-attr, call-arg]
    figure.suptitle(
        _plain(fill(title, int(_TITLE_LETTERS * width / _WIDTH))),
        x=0.012,
        ha="left",
        fontsize=13 if width == _WIDTH else 10.5,
        fontweight="bold",
        color=_INK,
    )
    axes = figure.add_subplot()
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)
    axes.tick_params(colors=_INK)
    return figure, axes


def _date_axis(axes: Axes, days: Sequence[date]) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis_date()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.tick_params(axis="x", labelsize=8.5, labelcolor=_SOFT, color=_FAINT)
    axes.grid(axis="x", color=_FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    if days:
        spread = max((max(days) - min(days)).days, 28)
        axes.set_xlim(_number(min(days)) - 0.05 * spread, _number(max(days)) + 0.2 * spread)


def _number(day: date) -> float:
    from matplotlib.dates import date2num

    return float(date2num(day))  # type: ignore[no-untyped-call]


def _plain(text: str) -> str:
    """Text as it is: a dollar opens no formula, and what no font shows is left out."""
    return clean(text).replace("$", r"\$")


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _png(figure: Figure) -> bytes:
    buffer = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # a letter that the font lacks is drawn as a box
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
