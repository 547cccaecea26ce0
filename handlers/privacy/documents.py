"""Where a plan document seems to identify a patient, by its rows; the words themselves are never repeated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from handlers.privacy.guard import kinds_in
from nlp.documents.blocks import Block, Paragraph
from storage.model.document import DocAction, PlanDocument

__all__ = ["beside", "identified", "rows_named"]

Placed = tuple[str, str]  # where it stands, what it says


def identified(document: PlanDocument, paragraphs: Iterable[Placed] = ()) -> tuple[str, ...]:
    """ "row 12 of sheet Plan (6.1.4): an NHS number", a line a row; empty where nobody seems to be identified.

    ``paragraphs``: what stands outside its tables, with its place.
    """
    return rows_named([*_texts(document), *paragraphs])


def beside(blocks: Iterable[Block]) -> list[Placed]:
    """What stands outside the tables of a file, with its place."""
    return [(block.place, block.text) for block in blocks if isinstance(block, Paragraph)]


def rows_named(texts: Sequence[Placed]) -> tuple[str, ...]:
    """The places of texts that seem to identify a patient, with what they seem to hold."""
    found: dict[str, dict[str, None]] = {}
    for place, text in texts:
        for kind in kinds_in(text):
            found.setdefault(place, {})[kind] = None
    return tuple(f"{place}: {' and '.join(kinds)}" for place, kinds in found.items())


def _texts(document: PlanDocument) -> Iterator[Placed]:
    for text in (document.title, *document.rules, *document.notes, *document.staff_key.values()):
        yield "its first lines", text
    for theme in document.themes:
        place = f"theme {theme.ref or theme.title[:40]}"
        yield from ((place, text) for text in (theme.title, theme.lead, theme.reporting_officer) if text)
    for action in document.actions:
        place = (
            f"{action.place} ({action.ref})"
            if action.ref and action.place
            else action.place or f"action {action.ref}"
        )
        yield from ((place, text) for text in _of_action(action) if text)
    for meeting in document.meetings:
        yield "its meetings", f"{meeting.name} {meeting.text or ''}"
    for row in document.unplaced:
        yield row.place, row.text


def _of_action(action: DocAction) -> Iterator[str | None]:
    """Cells by themselves; a further column with its header, for that may say what its numbers are."""
    yield from (action.action, action.owner, action.operational_lead, action.assurance, action.committee)
    yield from (action.progress, action.evidence, action.regulation, action.core_service)
    yield from (step.text for step in action.steps)
    yield from (f"{header}: {words}" for header, words in action.extra.items())
