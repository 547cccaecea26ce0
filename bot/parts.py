"""What surfaces do alike with the parts of a message that they cannot show as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handlers.messages import Details, Heading, Part, Plain, Spans, plain

__all__ = ["EMPTY", "in_a_line", "unfolded"]

EMPTY = "–"  # where there is nothing to show


def unfolded(parts: Iterable[Part]) -> Iterator[Part]:
    """The parts with those inside Details, however deep, in their place under a heading."""
    for part in parts:
        if isinstance(part, Details):
            yield Heading(part.title)
            yield from unfolded(part.parts)
        else:
            yield part


def in_a_line(row: Sequence[Spans]) -> Spans:
    """A row of a table that has no room for one: "6.1.4 · Live streaming · Amber"."""
    cells = [cell for cell in row if plain(cell).strip()]
    return tuple(span for cell in cells for span in (*cell, Plain(" · ")))[:-1]
