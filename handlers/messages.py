"""The message language: what handlers say, without any platform's mark-up.

A text is a tuple of spans, each of which a surface shows in its own way, so what people typed is
always shown as they typed it and never acts (``<!channel>`` in an update pings nobody). A button's
value is a command line, a form submits one with named fields: every tap goes through the grammar
and the roles as typing does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Literal

__all__ = [
    "ASKER",
    "TAPPED",
    "Asker",
    "Bold",
    "Button",
    "Buttons",
    "Chart",
    "Details",
    "Facts",
    "Field",
    "File",
    "Form",
    "Heading",
    "Link",
    "Mention",
    "Message",
    "Part",
    "Plain",
    "Quote",
    "SimplePart",
    "Span",
    "Table",
    "Text",
    "Time",
    "ToChannel",
    "ToPerson",
    "day",
    "from_json",
    "plain",
    "say",
    "spans",
    "to_json",
]

_BASE64 = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}


@dataclass(frozen=True, slots=True)
class Plain:
    """Literal text, ours or anybody's."""

    text: str
    kind: Literal["plain"] = "plain"


@dataclass(frozen=True, slots=True)
class Bold:
    text: str
    kind: Literal["bold"] = "bold"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person of the record; shown by name, and notified where the message is for them."""

    person_id: int
    name: str
    kind: Literal["mention"] = "mention"


@dataclass(frozen=True, slots=True)
class Time:
    """A moment, shown in the reader's own zone; ``at`` is aware."""

    at: datetime
    kind: Literal["time"] = "time"


Span = Plain | Bold | Link | Mention | Time
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. ``quiet``: smaller, for asides."""

    spans: Spans
    quiet: bool = False
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, verbatim, with where they come from."""

    text: str
    source: Spans = ()
    kind: Literal["quote"] = "quote"


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one a line."""

    rows: tuple[tuple[str, Spans], ...]
    kind: Literal["facts"] = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    title: str | None = None
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Button:
    """``command`` is a command line ("confirm 812"). ``style``: "primary", "danger" or None."""

    label: str
    command: str
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Field:
    """An input. ``input``: "text", "long", "choice" (one of ``options``: value -> label) or "date"."""

    name: str
    label: str
    input: Literal["text", "long", "choice", "date"] = "text"
    value: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form; submitting it sends ``command`` with the fields beside it."""

    title: str
    command: str
    fields: tuple[Field, ...]
    submit: str = "Save"
    kind: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures; ``alt`` says the same in words."""

    __pydantic_config__: ClassVar = _BASE64

    png: bytes
    alt: str
    title: str = ""
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class File:
    __pydantic_config__: ClassVar = _BASE64

    name: str
    content: bytes
    kind: Literal["file"] = "file"


@dataclass(frozen=True, slots=True)
class Details:
    """More of it, for who wants it: folded, or continued in the thread."""

    title: str
    parts: tuple[SimplePart, ...]
    kind: Literal["details"] = "details"


SimplePart = Heading | Text | Quote | Facts | Table | Buttons
Part = Heading | Text | Quote | Facts | Table | Buttons | Form | Chart | File | Details


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asked, where they asked, seen by them alone unless they asked for it here."""

    everyone: bool = False
    kind: Literal["asker"] = "asker"


@dataclass(frozen=True, slots=True)
class ToPerson:
    """A person, in their 1:1 conversation, on the surface where they are."""

    person_id: int
    kind: Literal["person"] = "person"


@dataclass(frozen=True, slots=True)
class ToChannel:
    surface: str
    channel_id: str
    kind: Literal["channel"] = "channel"


ASKER = Asker()
TAPPED = "@tapped"  # for ``replaces``: the message whose button was pressed


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    ``key``: the natural key of a post ("digest:stoke:meeting-12:#1"); None for a reply, which is
    named after what it answers. ``replaces``: the key of an earlier post to put this in place of,
    or TAPPED. ``thread``: the key of an earlier post to continue under, or a platform message id
    written "@id". ``check``: what must still hold when it goes ("prompt:12").
    """

    to: Asker | ToPerson | ToChannel
    parts: tuple[Part, ...]
    key: str | None = None
    replaces: str | None = None
    thread: str | None = None
    check: str | None = None


def spans(*pieces: Span | str) -> Spans:
    """A text from spans and plain strings."""
    return tuple(Plain(piece) if isinstance(piece, str) else piece for piece in pieces if piece != "")


def say(*pieces: Span | str, quiet: bool = False) -> Text:
    """A paragraph from spans and plain strings."""
    return Text(spans(*pieces), quiet)


def plain(text: Spans) -> str:
    """The words of a text alone."""
    return "".join(_words(span) for span in text)


def _words(span: Span) -> str:
    match span:
        case Mention(name=name):
            return name
        case Time(at=at):
            return f"{at:%H:%M on %-d %B %Y}"
        case _:
            return span.text


def day(when: date) -> str:
    """A day as people here write it: "7 March 2018"."""
    return f"{when:%-d %B %Y}"


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter  # costs a moment: only where posts are kept

    return TypeAdapter(Message)


def to_json(message: Message) -> dict[str, Any]:
    """The message as plain JSON values, for the outbox."""
    return json.loads(_adapter().dump_json(message))  # type: ignore[no-any-return]


def from_json(content: Mapping[str, Any]) -> Message:
    """The message that ``to_json`` wrote."""
    return _adapter().validate_json(json.dumps(content))  # type: ignore[no-any-return]
