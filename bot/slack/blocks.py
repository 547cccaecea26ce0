"""Parts of a message as Block Kit blocks, each small enough to stand anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.parts import EMPTY, in_a_line
from bot.slack.limits import (
    ACTIONS,
    BUTTON_LABEL,
    HEADER,
    PIECE,
    TABLE_COLUMNS,
    TABLE_ROWS,
    characters,
    size,
)
from bot.slack.spans import Element, People, context, elements, pieces, section
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
    plain,
    spans,
)

__all__ = ["TAP", "Chunk", "chunks", "clipped", "numbered"]

TAP = "tap:{:04}"  # action ids of buttons, numbered when it is known what stands in one message
_TABLE_SIZE = 10_000  # characters of one table; it leaves room for words around it


@dataclass(frozen=True, slots=True)
class Chunk:
    """One block and its words; ``live`` ones (buttons) can not become part of a text file."""

    block: dict[str, Any]
    words: str
    live: bool = False

    @property
    def size(self) -> int:
        return size([self.block])

    @property
    def is_table(self) -> bool:
        return bool(self.block["type"] == "table")


def chunks(parts: Iterable[Part], people: People, *, tables: bool = True) -> list[Chunk]:
    """The blocks of these parts, in order. Charts, files and details go another way.

    ``tables``: whether table blocks are allowed where they go (not in a view).
    """
    return [chunk for part in parts for chunk in _part(part, people, tables)]


def _part(part: Part, people: People, tables: bool) -> Iterable[Chunk]:
    match part:
        case Heading():
            return _heading(part, people)
        case Text(spans=text, quiet=True):
            return _aside(text, people)
        case Text(spans=text):
            return _rich(text, people)
        case Quote():
            return _quote(part, people)
        case Facts():
            return _rich(_lines(part), people)
        case Table():
            return _table(part, people, tables)
        case Buttons(buttons=buttons):
            return _buttons(buttons)
        case Form():
            return _buttons([Button(part.title, part.command, "primary")])
        case Chart() | File() | Details():
            return ()


def numbered(blocks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every button with an action id of its own: tap:0000, tap:0001 ..."""
    numbered, count = [], 0
    for block in blocks:
        if block["type"] == "actions":
            named = [{**one, "action_id": TAP.format(count + at)} for at, one in enumerate(block["elements"])]
            count += len(named)
            block = {**block, "elements": named}
        numbered.append(block)
    return numbered


def clipped(label: str, most: int) -> str:
    """A label that fits, with a sign that there is more of it."""
    label = " ".join(label.split()) or EMPTY
    return label if len(label) <= most else label[: most - 1] + "…"


def _heading(heading: Heading, people: People) -> Iterable[Chunk]:
    words = " ".join(heading.text.split())
    if len(words) > HEADER:
        return _rich((Bold(words),), people)
    header = {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": False}}
    return [Chunk(header, words)] if words else []


def _rich(text: Spans, people: People, kind: str = "rich_text_section") -> Iterator[Chunk]:
    for piece in pieces(text):
        held = section(piece, people, kind)
        if held and plain(piece).strip():
            yield Chunk({"type": "rich_text", "elements": [held]}, plain(piece))


def _aside(text: Spans, people: People) -> Iterable[Chunk]:
    block = context(text, people)
    return [Chunk(block, plain(text))] if block else _rich(text, people)


def _quote(quote: Quote, people: People) -> Iterable[Chunk]:
    words = [
        Chunk(one.block, f"“{one.words}”") for one in _rich((Plain(quote.text),), people, "rich_text_quote")
    ]
    return [*words, *(_aside(quote.source, people) if plain(quote.source).strip() else ())]


def _lines(facts: Facts) -> Spans:
    lines = [(*spans(Bold(f"{label}: ")), *value, Plain("\n")) for label, value in facts.rows]
    return tuple(span for line in lines for span in line)[:-1]


def _buttons(buttons: Sequence[Button]) -> Iterator[Chunk]:
    long = [button for button in buttons if len(button.label) > BUTTON_LABEL]
    for button in long:
        yield from _rich((Plain(button.label),), {})
    for start in range(0, len(buttons), ACTIONS):
        held = buttons[start : start + ACTIONS]
        block = {"type": "actions", "elements": [_button(button) for button in held]}
        yield Chunk(block, " ".join(f"[{button.label}]" for button in held), live=True)


def _button(button: Button) -> Element:
    label = {"type": "plain_text", "text": clipped(button.label, BUTTON_LABEL), "emoji": False}
    style = {"style": button.style} if button.style in {"primary", "danger"} else {}
    return {"type": "button", "action_id": TAP.format(0), "text": label, "value": button.command, **style}


def _table(table: Table, people: People, tables: bool) -> Iterator[Chunk]:
    if table.title:
        yield from _rich((Bold(table.title),), people)
    header = [tuple((Bold(name or EMPTY),) for name in table.header)] if any(table.header) else []
    rows = [*header, *table.rows]
    width = max((len(row) for row in rows), default=0)
    cells = [[_cell(row[at] if at < len(row) else (), people) for at in range(width)] for row in rows]
    if tables and 0 < width <= TABLE_COLUMNS and all(characters(row) <= PIECE for row in cells):
        yield from _table_blocks(cells, len(header))
    else:
        yield from (chunk for row in rows for chunk in _rich(in_a_line(row), people))


def _cell(cell: Spans, people: People) -> Element:
    if not plain(cell).strip():
        return {"type": "raw_text", "text": EMPTY}
    if all(isinstance(span, Plain) for span in cell):
        return {"type": "raw_text", "text": plain(cell)}
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": elements(cell, people)}],
    }


def _table_blocks(rows: Sequence[list[Element]], headers: int) -> Iterator[Chunk]:
    """As many tables as the rows need, each with the header on top."""
    top, held = list(rows[:headers]), list(rows[:headers])
    weight = characters(held)
    for row in rows[headers:]:
        full = len(held) >= TABLE_ROWS or weight + characters(row) > _TABLE_SIZE
        if full and len(held) > headers:
            yield _table_block(held)
            held, weight = list(top), characters(top)
        held.append(row)
        weight += characters(row)
    if held:
        yield _table_block(held)


def _table_block(rows: list[list[Element]]) -> Chunk:
    settings = [{"is_wrapped": True}] * len(rows[0])
    words = "\n".join(" | ".join(_cell_words(cell) for cell in row) for row in rows)
    return Chunk({"type": "table", "column_settings": settings, "rows": rows}, words)


def _cell_words(cell: Element) -> str:
    if cell["type"] == "raw_text":
        return str(cell["text"])
    held = [element for part in cell["elements"] for element in part["elements"]]
    return "".join(str(element.get("text") or element.get("fallback") or "") for element in held)
