"""A reading in colour: the text with what was found in it, and each value with the rule that found it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from bot.console.render import Printer, harmless
from storage.model.reading import DateFound, Measure, PercentFound, Reading

__all__ = ["show_reading"]

_STYLES = {
    "date": "bold cyan",
    "percentage": "bold magenta",
    "measure": "magenta",
    "cue": "bold yellow",
    "ref": "bold blue",
}


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    kind: str
    text: str
    value: str
    rule: str


def show_reading(text: str, reading: Reading, actions: Sequence[tuple[str, float]] | None = None) -> None:
    """Print the reading; ``actions`` are the plan's actions that the text may be about, best first."""
    out = Printer()
    lines = sorted(_found(reading), key=lambda line: (line.start, line.kind))
    out.show(_coloured(text, lines))
    out.show()
    if lines:
        out.show(_table(lines))
    status = reading.status.value.replace("_", " ") if reading.status else "none"
    out.show(f"Status: {status} (confidence {reading.confidence:.2f})")
    for segment in reading.segments if len(reading.segments) > 1 else ():
        said = harmless(" ".join(text[segment.start_char : segment.end_char].split()))
        about = ", ".join(segment.refs) or ("the rest" if segment.rest else "no ref")
        out.show(f"Part about {about}: {segment.status or 'no status'}: {said[:80]}")
    out.show(f"In one line: {harmless(reading.summary)}")
    if actions is not None:
        out.show(
            "About: "
            + (", ".join(f"{ref} ({score:.2f})" for ref, score in actions[:5]) or "no action of the plan")
        )


def _found(reading: Reading) -> Iterable[_Line]:
    for ref in reading.refs:
        yield _Line(ref.start_char, ref.end_char, "ref", ref.text, ref.ref, ref.rule)
    for found in reading.dates:
        yield _Line(found.start_char, found.end_char, "date", found.text, _date(found), found.rule)
    for percent in reading.percentages:
        yield _Line(
            percent.start_char, percent.end_char, "percentage", percent.text, _percent(percent), percent.rule
        )
    for measure in reading.measures:
        yield _Line(
            measure.start_char, measure.end_char, "measure", measure.text, _measure(measure), measure.rule
        )
    for cue in reading.cues:
        yield _Line(
            cue.start_char, cue.end_char, "cue", cue.text, cue.status.value.replace("_", " "), cue.rule
        )


def _date(found: DateFound) -> str:
    span = f"{found.start:%-d %b %Y}" + (f" to {found.end:%-d %b %Y}" if found.end != found.start else "")
    return f"{span}, {found.role.value.replace('_', ' ')}" + (" (uncertain)" if found.uncertain else "")


def _percent(found: PercentFound) -> str:
    upper = f" to {found.value_to:g}%" if found.value_to is not None else ""
    return f"{found.value:g}%{upper}, {found.role.value}"


def _measure(found: Measure) -> str:
    unit = found.unit if found.unit == "%" else f" {found.unit}"
    target = f", target {found.target:g}{unit}" if found.target is not None else ""
    return f"{found.name}: {found.value:g}{unit}{target}" + (f" ({found.caveat})" if found.caveat else "")


def _coloured(text: str, lines: Iterable[_Line]) -> Text:
    shown = Text(text)
    for line in lines:
        shown.stylize(_STYLES[line.kind], line.start, line.end)
    safe = Text()
    for piece in shown.split(allow_blank=True):
        piece.plain = harmless(piece.plain) if harmless(piece.plain) != piece.plain else piece.plain
        safe.append(piece).append("\n")
    safe.rstrip()
    return safe


def _table(lines: Iterable[_Line]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for header in ("What", "Words", "Value", "Rule"):
        table.add_column(header)
    for line in lines:
        words = " ".join(harmless(line.text).split())
        table.add_row(
            Text(line.kind, style=_STYLES[line.kind]),
            Text(words),
            Text(harmless(line.value)),
            Text(line.rule, style="dim"),
        )
    return table
