"""The decision log of a meeting, as a Word document and as text to paste into minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.documents import word
from handlers.documents.plain import clean
from handlers.documents.view import Entry

__all__ = ["DecisionLine", "Minutes", "minutes_docx", "minutes_text"]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision: the action's ref or handle and its title, what was decided, and who recorded it when."""

    ref: str
    action: str
    decision: str
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """The decisions of one meeting in their order. ``notes``: present, not quorate, actions arising, one line each."""

    title: str  # "Improvement plan: decisions of the assurance meeting"
    held: str  # "16 March 2018"
    lines: Sequence[DecisionLine]
    notes: Sequence[str] = ()


def minutes_docx(minutes: Minutes) -> bytes:
    """The log as a Word document."""
    document = word.new_document()
    document.core_properties.title = minutes.title
    document.add_heading(clean(minutes.title), 1)
    document.add_paragraph(minutes.held)
    for note in minutes.notes:
        document.add_paragraph(clean(note))
    if minutes.lines:
        rows = [
            [Entry(line.ref), Entry(line.action), Entry(line.decision), Entry(line.recorded)]
            for line in minutes.lines
        ]
        word.add_table(document, ("Ref", "Action", "Decision", "Recorded"), rows, (12, 60, 70, 30))
    else:
        document.add_paragraph(_NONE)
    return word.saved(document)


def minutes_text(minutes: Minutes) -> str:
    """The log as plain text, a line a decision."""
    lines = [f"{line.ref} {line.action}: {line.decision}{_by(line)}" for line in minutes.lines] or [_NONE]
    return "\n".join([minutes.title, minutes.held, *minutes.notes, "", *lines, ""])


_NONE = "No decisions were recorded."


def _by(line: DecisionLine) -> str:
    return f" ({line.recorded})" if line.recorded else ""
