"""A plan as an export prints it: the document's own columns and words, and beside them where each action stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from handlers.documents.colours import fill_of
from storage.model.document import DocAction, DocMeeting, DocRating, DocScale, DocTheme, PlanDocument

__all__ = [
    "LEAD_MARK",
    "STATE_PREFIX",
    "THEME_MARK",
    "Current",
    "CurrentRating",
    "Entry",
    "PlanView",
    "Section",
    "plan_view",
]

STATE_PREFIX = "Assurebot: "  # no column headed so is the document's
THEME_MARK, LEAD_MARK = "theme", "lead"  # what a row is that is no action; an action's row has its handle

_SCALE_FIELDS = {"rag": "rag", "on_target": "on_target", "assurance_rating": "assurance"}
_TEXT_FIELDS = frozenset(
    {"ref", "action", "owner", "operational_lead", "assurance", "evidence", "committee", "progress",
     "strength", "regulation", "core_service"}
)  # fmt: skip
_USUAL_HEADERS = {  # for what has a value and no column of its own, as in plans that were plain text
    "ref": "Ref", "action": "Action", "owner": "Owner", "operational_lead": "Operational lead",
    "due": "Due date", "revised": "Revised date", "rag": "RAG", "on_target": "On target RAG",
    "assurance": "Description of assurance", "evidence": "Evidence", "committee": "Committee",
    "assurance_rating": "Assurance rating", "progress": "Progress",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """The text of one cell, and its shading as "RRGGBB" or None."""

    text: str = ""
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class CurrentRating:
    """What is agreed and what is proposed on one scale, each as its label and colour."""

    agreed: DocRating | None = None
    proposed: DocRating | None = None


@dataclass(frozen=True, slots=True)
class Current:
    """Where an action stands, as text for people; ``ratings`` by the name of the scale ("rag")."""

    handle: int
    ratings: Mapping[str, CurrentRating] = field(default_factory=dict)
    due: str = ""
    requested: str = ""
    state: str = ""
    update: str = ""  # the newest standing update
    updated: str = ""  # when, and from whom


@dataclass(frozen=True, slots=True)
class Section:
    """A theme's heading, the lines under it ("Lead: ...") and its rows, one entry a header.

    The first entry after the document's own is the mark by which an import knows the row again.
    """

    heading: str | None
    lines: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that an export prints, in order. ``own`` of the headers are the document's."""

    title: str
    standing: str
    headers: tuple[str, ...]
    own: int
    sections: tuple[Section, ...]
    scales: tuple[DocScale, ...] = ()
    meetings: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()
    staff_key: Mapping[str, str] = field(default_factory=dict)


def plan_view(
    document: PlanDocument,
    current: Sequence[Current] = (),
    progress: Literal["keep", "replace", "append"] = "keep",
) -> PlanView:
    """The view of a document; ``current`` stands beside its actions, in their order, where it is given.

    ``progress`` says what becomes of the progress column: kept as printed, replaced by the newest
    update, or followed by it.
    """
    columns = _columns(document)
    scales = {scale.name: scale for scale in document.scales}
    beside = _state_headers(document.scales) if current else []
    places = list(current) or [Current(handle) for handle in range(1, len(document.actions) + 1)]
    rows: dict[str | None, list[tuple[Entry, ...]]] = {}
    for action, now in zip(document.actions, places, strict=True):
        own = [_own_entry(action, header, name, scales, document.themes) for header, name in columns]
        own = [
            _with_update(e, now, progress) if c[1] == "progress" else e
            for e, c in zip(own, columns, strict=True)
        ]
        state = _state_entries(now, document.scales) if current else []
        rows.setdefault(action.theme, []).append((*own, Entry(f"#{now.handle}"), *state))
    return PlanView(
        title=document.title,
        standing=_standing(document),
        headers=(*(header for header, _ in columns), f"{STATE_PREFIX}row", *beside),
        own=len(columns),
        sections=tuple(_sections(document, rows, headed=all(name != "theme" for _, name in columns))),
        scales=document.scales,
        meetings=tuple((meeting.name, _meeting_day(meeting)) for meeting in document.meetings),
        rules=document.rules,
        staff_key=document.staff_key,
    )


# the document's own columns


def _columns(document: PlanDocument) -> list[tuple[str, str]]:
    """(header, field) in the document's order, and after them what else its actions hold."""
    own: list[tuple[str, str]] = []
    for header, name in document.columns.items():
        if _is_own(header, name, own, document.actions):
            own.append((header, name))
    fields, headers = {name for _, name in own}, {header for header, _ in own}
    usual = [
        (header, name)
        for name, header in _USUAL_HEADERS.items()
        if name not in fields
        and header not in headers
        and any(_value(a, header, name) for a in document.actions)
    ]
    extra = {header: None for action in document.actions for header in action.extra if header not in headers}
    return [*own, *usual, *((header, "extra") for header in extra)]


def _is_own(header: str, name: str, before: Sequence[tuple[str, str]], actions: Sequence[DocAction]) -> bool:
    """Tables of one document may head a field differently: its first header stands for all of them."""
    if name == "ignore":
        return False
    if name in _SCALE_FIELDS or name in _TEXT_FIELDS or name in {"due", "revised", "theme"}:
        return all(name != taken for _, taken in before)
    return any(action.extra.get(header) for action in actions)


def _value(action: DocAction, header: str, name: str) -> str:
    if name in _SCALE_FIELDS:
        return action.ratings.get(_SCALE_FIELDS[name]) or ""
    if name in {"due", "revised"}:
        return (action.due if name == "due" else action.revised).text or ""
    if name in _TEXT_FIELDS:
        return getattr(action, name) or ""
    return action.extra.get(header) or ""


def _own_entry(
    action: DocAction, header: str, name: str, scales: Mapping[str, DocScale], themes: Sequence[DocTheme]
) -> Entry:
    if name == "theme":
        return Entry(
            next((_theme_words(t) for t in themes if action.theme in {t.ref, t.title}), action.theme or "")
        )
    text = _value(action, header, name)
    if name not in _SCALE_FIELDS or not text:
        return Entry(text)
    rating = _rating(text, scales.get(_SCALE_FIELDS[name]))
    if rating is None:
        return Entry(text[:1].upper() + text[1:], fill_of(text))
    label = rating.label if rating.label.casefold() == text.casefold() else text[:1].upper() + text[1:]
    return Entry(label, fill_of(rating.colour) or fill_of(text))


def _rating(text: str, scale: DocScale | None) -> DocRating | None:
    wanted = text.casefold()
    for rating in scale.ratings if scale else ():
        if wanted in {name.casefold() for name in (rating.label, rating.colour or "", *rating.aliases)}:
            return rating
    return None


def _with_update(entry: Entry, now: Current, progress: str) -> Entry:
    if progress == "keep" or not now.update:
        return entry
    kept = [entry.text] if progress == "append" and entry.text else []
    return Entry("\n".join([*kept, now.update]), entry.fill)


# the bot's columns


def _state_headers(scales: Sequence[DocScale]) -> list[str]:
    ratings = ["agreed rating", "proposed"]
    for scale in scales[1:]:
        ratings += [f"agreed {scale.title}", f"proposed {scale.title}"]
    return [
        STATE_PREFIX + name for name in (*ratings, "due", "date asked for", "state", "last update", "updated")
    ]


def _state_entries(now: Current, scales: Sequence[DocScale]) -> list[Entry]:
    names = [scale.name for scale in scales] or ["rag"]
    found = [now.ratings.get(name, CurrentRating()) for name in names]
    ratings = [_rated(rating) for on_scale in found for rating in (on_scale.agreed, on_scale.proposed)]
    return [*ratings, *map(Entry, (now.due, now.requested, now.state, now.update, now.updated))]


def _rated(rating: DocRating | None) -> Entry:
    return Entry(rating.label, fill_of(rating.colour)) if rating else Entry()


# themes and front matter


def _sections(
    document: PlanDocument, rows: Mapping[str | None, Sequence[tuple[Entry, ...]]], headed: bool
) -> list[Section]:
    """The rows under their themes in the document's order; rows of no theme come first."""
    if not headed:
        return [Section(None, (), tuple(row for part in rows.values() for row in part))]
    sections = [Section(None, (), tuple(rows[None]))] if None in rows else []
    used: set[str | None] = {None}
    for theme in document.themes:
        key = theme.ref if theme.ref in rows else theme.title
        sections.append(
            Section(_heading(theme), _lead_lines(theme), tuple(rows.get(key, ()) if key not in used else ()))
        )
        used.add(key)
    unknown = [(name, part) for name, part in rows.items() if name not in used]
    return sections + [Section(f"Theme: {name}", (), tuple(part)) for name, part in unknown]


def _heading(theme: DocTheme) -> str:
    return f"Theme {theme.ref}: {theme.title}" if theme.ref else f"Theme: {theme.title}"


def _theme_words(theme: DocTheme) -> str:
    return f"{theme.ref} {theme.title}" if theme.ref else theme.title


def _lead_lines(theme: DocTheme) -> tuple[str, ...]:
    pairs = (("Lead", theme.lead), ("Reporting officer", theme.reporting_officer))
    return tuple(f"{label}: {name}" for label, name in pairs if name)


def _standing(document: PlanDocument) -> str:
    version = f"Version {document.version}" if document.version else ""
    as_of = f"as at {_day(document.as_of)}" if document.as_of else ""
    return ", ".join(part for part in (version, as_of) if part)


def _meeting_day(meeting: DocMeeting) -> str:
    return meeting.text or (_day(meeting.date) if meeting.date else "To be confirmed")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
