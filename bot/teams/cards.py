"""Parts of a message as elements of an Adaptive Card, each small enough to stand in any card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot.parts import EMPTY, in_a_line, unfolded
from bot.teams.forms import form_body
from bot.teams.limits import ACTIONS, CARD_SIZE, LABEL, VERSION, size
from bot.teams.text import Element, literal, paragraph, paragraphs, words_of
from handlers.messages import (
    Bold,
    Button,
    Buttons,
    Chart,
    Details,
    Facts,
    File,
    Form,
    Heading,
    Part,
    Plain,
    Quote,
    Spans,
    Table,
    Text,
    spans,
)

__all__ = ["Chunk", "card", "chunks", "clipped", "execute", "folded", "image"]

_COLUMNS = 12  # more are no table on any screen
_STYLES = {"primary": "positive", "danger": "destructive"}
_NARROW = 7  # characters of a column whose cells are to stay on one line
_ROOM = CARD_SIZE - 500
_TOO_LONG = (
    "there is more in it than a form holds here. Edit your own message instead, or say it in a new one."
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """One element and its words; ``live`` ones (buttons, inputs) can not become part of a text file.

    ``form``: a card holds one form, as a client sends all inputs of a card with any of its buttons.
    """

    element: Element
    words: str
    live: bool = False
    form: bool = False


def card(elements: Sequence[Element]) -> Element:
    """An Adaptive Card of these; with a table in it as wide as the conversation."""
    wide = any(element["type"] == "Table" for element in elements)
    made = {"type": "AdaptiveCard", "version": VERSION, "body": list(elements)}
    return made | ({"msteams": {"width": "Full"}} if wide else {})


def chunks(parts: Iterable[Part], zone: ZoneInfo) -> list[Chunk]:
    """The elements of these parts, in order. Charts, files and details go another way."""
    return [chunk for part in parts for chunk in _part(part, zone)]


def folded(details: Details, number: int, zone: ZoneInfo) -> list[Chunk]:
    """A button that shows and hides what is under it."""
    inside = chunks(unfolded(details.parts), zone)
    name = f"details{number}"
    toggle = {
        "type": "Action.ToggleVisibility",
        "title": clipped(details.title),
        "targetElements": [name],
    }
    hidden = {"type": "Container", "id": name, "isVisible": False, "items": [one.element for one in inside]}
    words = "\n".join(one.words for one in inside)
    return [Chunk(_actions([toggle]), f"[{details.title}]", live=True), Chunk(hidden, words, live=True)]


def image(url: str, alt: str, title: str) -> list[Element]:
    """A picture under its title; who does not see it reads ``alt``."""
    above = [paragraph((Bold(title),))] if title.strip() else []
    return [*above, {"type": "Image", "url": url, "altText": literal(alt) or "Chart", "size": "Stretch"}]


def execute(title: str, data: dict[str, Any], style: str | None = None, inputs: str = "none") -> Element:
    """A button whose data the bot gets back; ``inputs``: "auto" with what is filled in, else "none"."""
    held = {"type": "Action.Execute", "title": clipped(title), "verb": "command", "data": data}
    held |= {"style": _STYLES[style]} if style in _STYLES else {}
    return held | {"associatedInputs": inputs}


def clipped(label: str) -> str:
    """A label that fits, with a sign that there is more of it."""
    label = literal(" ".join(label.split())) or EMPTY
    return label if len(label) <= LABEL else label[: LABEL - 1] + "…"


def _part(part: Part, zone: ZoneInfo) -> Iterable[Chunk]:
    match part:
        case Heading(text=words):
            return _paragraphs((Bold(" ".join(words.split())),), zone, size="Large")
        case Text(spans=text, quiet=quiet):
            return _paragraphs(text, zone, **({"isSubtle": True, "size": "Small"} if quiet else {}))
        case Quote():
            return _quote(part, zone)
        case Facts(rows=rows):
            lines = ((Bold(f"{label}: "), *value) for label, value in rows)
            return (chunk for line in lines for chunk in _paragraphs(line, zone))
        case Table():
            return _table(part, zone)
        case Buttons(buttons=buttons):
            return _buttons(buttons, zone)
        case Form():
            return _form(part, zone)
        case Chart() | File() | Details():
            return ()


def _paragraphs(text: Spans, zone: ZoneInfo, **style: Any) -> Iterator[Chunk]:
    for block in paragraphs(text, zone, **style):
        yield Chunk(block, "".join(run["text"] for run in block["inlines"]))


def _quote(quote: Quote, zone: ZoneInfo) -> Iterator[Chunk]:
    for lines in _fitting(list(paragraphs((Plain(quote.text),), zone)), _ROOM // 2):
        words = "\n".join(run["text"] for line in lines for run in line["inlines"])
        yield Chunk({"type": "Container", "style": "emphasis", "items": lines}, f"“{words}”")
    yield from _paragraphs(quote.source, zone, isSubtle=True, size="Small")


def _fitting(elements: Sequence[Element], most: int) -> Iterator[list[Element]]:
    held: list[Element] = []
    weight = 0
    for element in elements:
        own = size(element) + 1
        if held and weight + own > most:
            yield held
            held, weight = [], 0
        held.append(element)
        weight += own
    if held:
        yield held


def _buttons(buttons: Sequence[Button], zone: ZoneInfo) -> Iterator[Chunk]:
    for button in buttons:
        if len(button.label) > LABEL:
            yield from _paragraphs((Plain(button.label),), zone)
    made = [execute(button.label, {"command": button.command}, button.style) for button in buttons]
    rows = (made[start : start + ACTIONS] for start in range(0, len(made), ACTIONS))
    for held in (fitting for row in rows for fitting in _fitting(row, _ROOM)):
        yield Chunk(_actions(held), " ".join(f"[{one['title']}]" for one in held), live=True)


def _actions(actions: list[Element]) -> Element:
    return {"type": "ActionSet", "actions": actions}


def _form(form: Form, zone: ZoneInfo) -> Iterator[Chunk]:
    """The title, the inputs, and a button that sends them; one whole, as inputs count in their card alone."""
    body = form_body(form)
    submit = execute(form.submit, {"command": form.command, "form": "yes"}, "primary", inputs="auto")
    title = list(paragraphs((Bold(" ".join(form.title.split())),), zone, size="Medium"))
    whole = {"type": "Container", "items": [*title, *body, _actions([submit])]}
    if size(whole) <= _ROOM:
        yield Chunk(whole, form.title, live=True, form=True)
    else:
        yield from _paragraphs((Plain(f"{form.title}: {_TOO_LONG}"),), zone)


def _table(table: Table, zone: ZoneInfo) -> Iterator[Chunk]:
    if table.title:
        yield from _paragraphs((Bold(table.title),), zone)
    header = [tuple(spans(Bold(name or EMPTY)) for name in table.header)] if any(table.header) else []
    width = max((len(row) for row in (*header, *table.rows)), default=0)
    rows = [[row[at] if at < len(row) else () for at in range(width)] for row in (*header, *table.rows)]
    if 0 < width <= _COLUMNS and all(size(_row(row, zone)) <= _ROOM // 4 for row in rows):
        yield from _tables(rows, len(header), zone)
    else:
        yield from (chunk for row in rows for chunk in _paragraphs(in_a_line(row), zone))


def _tables(rows: Sequence[Sequence[Spans]], headers: int, zone: ZoneInfo) -> Iterator[Chunk]:
    """As many tables as the rows need, each with the header on top."""
    columns = [{"width": _width([row[at] for row in rows], zone)} for at in range(len(rows[0]))]
    made = [_row(row, zone) for row in rows]
    said = [" | ".join(_words(cell, zone) for cell in row) for row in rows]
    top, at = made[:headers], headers
    for held in list(_fitting(made[headers:], _ROOM // 2)) or [[]]:
        words = [*said[:headers], *said[at : at + len(held)]]
        at += len(held)
        yield Chunk(_grid(columns, [*top, *held], headers), "\n".join(words))


def _grid(columns: list[Element], rows: list[Element], headers: int) -> Element:
    return {
        "type": "Table",
        "columns": columns,
        "rows": rows,
        "firstRowAsHeader": bool(headers),
        "showGridLines": True,
    }


def _row(row: Sequence[Spans], zone: ZoneInfo) -> Element:
    return {"type": "TableRow", "cells": [_cell(cell, zone) for cell in row]}


def _cell(cell: Spans, zone: ZoneInfo) -> Element:
    items = list(paragraphs(cell, zone)) or [paragraph((Plain(EMPTY),))]
    return {"type": "TableCell", "items": items}


def _words(cell: Spans, zone: ZoneInfo) -> str:
    return " ".join(words_of(cell, zone).split()) or EMPTY


def _width(cells: Sequence[Spans], zone: ZoneInfo) -> int | str:
    """How wide a column is: refs stay on one line, words whole, and the longest cells get the most room."""
    shown = [_words(cell, zone) for cell in cells]
    longest = max(map(len, shown))
    if longest <= _NARROW:
        return f"{longest * 8 + 20}px"
    return max(
        min(longest // 3 + 3, 22), min(max(len(word) for one in shown for word in one.split()) + 2, 22)
    )
