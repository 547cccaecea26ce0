"""Messages in a terminal: every part of the message language, buttons as numbered choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.console.files import Keeper
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
    Link,
    Mention,
    Message,
    Part,
    Plain,
    Quote,
    Span,
    Spans,
    Table,
    Text,
    Time,
)

__all__ = ["PLAIN_WIDTH", "Choices", "Printer", "Renderer", "harmless"]

PLAIN_WIDTH = 110  # columns where the output is no terminal

# Control characters could drive the terminal, and directional ones could make text read as another.
_HARMFUL = {
    code: None
    for code in (
        *range(0x09),
        *range(0x0B, 0x20),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}


def harmless(text: str) -> str:
    """The text without what a terminal would act on; line ends and tabs stay."""
    return text.replace("\r\n", "\n").translate(_HARMFUL)


class Printer:
    """Prints to a terminal with its colours, and to anything else as plain lines 110 columns wide."""

    def __init__(self, file: TextIO | None = None) -> None:
        self.console = Console(file=file, highlight=False, markup=False, emoji=False)
        if not self.console.is_terminal:
            self.console.width = PLAIN_WIDTH

    @property
    def is_terminal(self) -> bool:
        return self.console.is_terminal

    def show(self, shown: RenderableType = "", style: str | None = None) -> None:
        if self.is_terminal:
            self.console.print(shown, style=style)
            return
        with self.console.capture() as captured:
            self.console.print(shown)
        lines = captured.get().splitlines()
        self.console.file.write("".join(f"{line.rstrip()}\n" for line in lines))


@dataclass(slots=True)
class Choices:
    """What can be chosen by number: buttons and forms, in the order in which they were shown."""

    offered: list[Button | Form] = field(default_factory=list)

    def number(self, choice: Button | Form) -> int:
        self.offered.append(choice)
        return len(self.offered)

    def chosen(self, typed: str) -> Button | Form | None:
        """The choice that was typed as its number; None where it is none."""
        typed = typed.strip()
        if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= len(self.offered):
            return None
        return self.offered[int(typed) - 1]


@dataclass(frozen=True, slots=True)
class _Barred:
    """What it holds, with a bar in front of every line."""

    inner: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self.inner, options.update(width=options.max_width - 2), pad=False):
            yield Segment("│ ", Style(dim=True))
            yield from line
            yield Segment.line()


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns messages into what Rich prints; files and charts go to ``keeper``."""

    zone: ZoneInfo
    keeper: Keeper
    links: bool = False  # the terminal makes links itself: their addresses need not be printed

    def message(self, message: Message, choices: Choices) -> RenderableType:
        return self.parts(message.parts, choices)

    def parts(self, parts: Sequence[Part], choices: Choices) -> Group:
        shown: list[RenderableType] = []
        for part in parts:
            if shown and isinstance(part, Heading):
                shown.append("")
            shown.append(self._part(part, choices))
        return Group(*shown)

    def _part(self, part: Part, choices: Choices) -> RenderableType:
        match part:
            case Heading(text=text):
                return RichText(harmless(text), style="bold underline")
            case Text(spans=spans, quiet=quiet):
                return self.text(spans, style="dim" if quiet else "")
            case Quote():
                return self._quote(part)
            case Facts():
                return self._facts(part)
            case Table():
                return self._table(part)
            case Buttons(buttons=buttons):
                return RichText("  ").join(self._choice(button, choices) for button in buttons)
            case Form():
                return self._form(part, choices)
            case Chart():
                return self._chart(part)
            case File(name=name, content=content):
                return RichText(f"File: {self.keeper.keep(name, content)} ({_size(content)})")
            case Details(title=title, parts=parts):
                inner = Padding(self.parts(parts, choices), (0, 0, 0, 2))
                return Group(RichText(harmless(title), style="bold"), inner)

    def text(self, spans: Spans, style: str = "") -> RichText:
        shown = RichText(style=style)
        for span in spans:
            shown.append(self._span(span))
        return shown

    def _span(self, span: Span) -> RichText:
        match span:
            case Bold(text=text):
                return RichText(harmless(text), style="bold")
            case Link(text=text, url=url):
                return self._link(harmless(text), harmless(url))
            case Mention(name=name):
                return RichText(f"@{harmless(name)}", style="cyan")
            case Time(at=at):
                return RichText(f"{at.astimezone(self.zone):%a %-d %b %Y, %H:%M}")
            case _:
                return RichText(harmless(span.text))

    def _link(self, text: str, url: str) -> RichText:
        if self.links and url.startswith(("http://", "https://")):
            return RichText(text, style=f"link {url}")
        return RichText(text if text == url else f"{text} ({url})")

    def _quote(self, part: Quote) -> RenderableType:
        lines: list[RenderableType] = [RichText(harmless(part.text), style="italic")]
        if part.source:
            lines.append(RichText("— ", style="dim").append(self.text(part.source)))
        return _Barred(Group(*lines))

    def _facts(self, part: Facts) -> RenderableType:
        grid = RichTable.grid(padding=(0, 2))
        for label, value in part.rows:
            grid.add_row(RichText(harmless(label), style="dim"), self.text(value))
        return grid

    def _table(self, part: Table) -> RenderableType:
        title = harmless(part.title) if part.title else None
        table = RichTable(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False, show_edge=False)
        for header in part.header:
            table.add_column(RichText(harmless(header)))
        for row in part.rows:
            table.add_row(*(self.text(cell) for cell in row))
        return table

    def _choice(self, choice: Button | Form, choices: Choices) -> RichText:
        label = choice.label if isinstance(choice, Button) else choice.title
        style = {"primary": "green", "danger": "red"}.get(getattr(choice, "style", None) or "", "cyan")
        return RichText(f"[{choices.number(choice)}] {harmless(label)}", style=style)

    def _form(self, part: Form, choices: Choices) -> RenderableType:
        rows = tuple((field.label, (Plain(field.value or "…"),)) for field in part.fields)
        return Group(self._choice(part, choices), Padding(self._facts(Facts(rows)), (0, 0, 0, 4)))

    def _chart(self, part: Chart) -> RenderableType:
        path = self.keeper.keep(f"{part.title or 'chart'}.png", part.png)
        title = f"{harmless(part.title)}: " if part.title else ""
        return RichText(f"Chart: {title}{harmless(part.alt)} ({path})")


def _size(content: bytes) -> str:
    return f"{max(1, round(len(content) / 1024))} KB"
