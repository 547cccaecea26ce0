"""What an export tells about itself, so that an import reads the same plan from it: rows of texts by kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.model.document import DocAction, DocRating, PlanDocument

__all__ = ["about"]

_UNPRINTED = ("strength", "regulation", "core_service")  # read from the wording where no column has them


def about(
    document: PlanDocument, columns: Sequence[tuple[str, str]], marks: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """(kind, ...) rows; ``columns`` are (header, field) as exported, ``marks`` those of the actions' rows."""
    yield ("plan", "title", document.title)
    yield ("plan", "version", document.version or "")
    yield ("plan", "as of", document.as_of.isoformat() if document.as_of else "")
    for header, name in columns:
        kept = any(header in action.extra for action in document.actions)
        yield ("column", header, name, "kept" if kept else "")
    for theme in document.themes:
        optional = (theme.lead, theme.reporting_officer, theme.parent)
        yield ("theme", theme.ref or "", theme.title, *(part or "" for part in optional))
    yield from _scales(document)
    for meeting in document.meetings:
        yield ("meeting", meeting.name, meeting.text or "", meeting.date.isoformat() if meeting.date else "")
    for rule in document.rules:
        yield ("rule", rule)
    for short, name in document.staff_key.items():
        yield ("initials", short, name)
    printed = {name for _, name in columns}
    for action, mark in zip(document.actions, marks, strict=True):
        yield from _action(action, mark, printed)


def _scales(document: PlanDocument) -> Iterator[tuple[str, ...]]:
    for scale in document.scales:
        yield ("scale", scale.name, scale.title, scale.setter or "")
        for rating in scale.ratings:
            yield ("rating", scale.name, *_rating(rating))


def _rating(rating: DocRating) -> tuple[str, ...]:
    status = rating.status.value if rating.status else ""
    return (rating.label, rating.colour or "", status, rating.demands or "", "\n".join(rating.aliases))


def _action(action: DocAction, mark: str, printed: set[str]) -> Iterator[tuple[str, ...]]:
    for name in _UNPRINTED:
        value = getattr(action, name)
        if value and (name == "strength" or name not in printed):
            yield ("action", mark, name, value)
    if "theme" in printed and action.theme:
        yield ("action", mark, "theme", action.theme)
    if action.garbled:
        yield ("action", mark, "garbled", "yes")
    for step in action.steps:
        yield ("step", mark, step.no, step.text, step.due.text or "")
