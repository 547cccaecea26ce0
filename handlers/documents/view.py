"""A plan as an export prints it: the document's own columns and words, and beside them where each action stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Literal

from handlers.documents.about import about
from handlers.documents.colours import fill_of
from nlp.documents.own import MARK_HEADER, NO_THEME, RATING_FIELDS, theme_heading
from storage.model.document import DocAction, DocMeeting, DocRating, DocScale, DocTheme, PlanDocument

__all__ = [
    "STATE_PREFIX",
    "Current",
    "CurrentRating",
    "Entry",
    "PlanView",
    "Section",
    "plan_view",
]

STATE_PREFIX = "Assurebot: "  # no column headed so is the document's

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
    """A theme's heading, the lines under it ("Lead: ...") and its rows, one entry a header."""

    heading: str | None
    lines: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that an export prints, in order. ``own`` of the headers are the document's; ``about`` is for the import."""

    title: str
    standing: str
    headers: tuple[str, ...]
    own: int
    sections: tuple[Section, ...]
    scales: tuple[DocScale, ...] = ()
    meetings: tuple[tuple[str, str], ...] = ()
    about: tuple[tuple[str, ...], ...] = ()


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
    places = list(current) or [Current(handle) for handle in range(1, len(document.actions) + 1)]
    rows = [
        _row(document, action, now, columns, progress, bool(current))
        for action, now in zip(document.actions, places, strict=True)
    ]
    own = tuple(header for header, _ in columns)
    return PlanView(
        title=document.title,
        standing=_standing(document),
        headers=(*own, MARK_HEADER, *(_state_headers(document.scales) if current else ())),
        own=len(own),
        sections=tuple(_sections(document, rows, headed=all(name != "theme" for _, name in columns))),
        scales=document.scales,
        meetings=tuple((meeting.name, _meeting_day(meeting)) for meeting in document.meetings),
        about=tuple(about(document, columns, [f"#{now.handle}" for now in places])),
    )


def _row(
    document: PlanDocument,
    action: DocAction,
    now: Current,
    columns: Sequence[tuple[str, str]],
    progress: str,
    with_state: bool,
) -> tuple[Entry, ...]:
    own = [_own_entry(document, action, header, name) for header, name in columns]
    own = [
        _with_update(entry, now, progress) if name == "progress" else entry
        for entry, (_, name) in zip(own, columns, strict=True)
    ]
    state = _state_entries(now, document.scales) if with_state else []
    return (*own, Entry(f"#{now.handle}"), *state)


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
    if name in RATING_FIELDS or name in _TEXT_FIELDS or name in {"due", "revised", "theme"}:
        return all(name != taken for _, taken in before)
    return any(action.extra.get(header) for action in actions)


def _value(action: DocAction, header: str, name: str) -> str:
    if name in RATING_FIELDS:
        return action.ratings.get(RATING_FIELDS[name]) or ""
    if name in {"due", "revised"}:
        return (action.due if name == "due" else action.revised).text or ""
    if name in _TEXT_FIELDS:
        return action.extra.get(header) or getattr(action, name) or ""
    return action.extra.get(header) or (action.theme or "" if name == "theme" else "")


def _own_entry(document: PlanDocument, action: DocAction, header: str, name: str) -> Entry:
    text = _value(action, header, name)
    if name not in RATING_FIELDS or not text:
        return Entry(text)
    scale = next((scale for scale in document.scales if scale.name == RATING_FIELDS[name]), None)
    rating = _rating(text, scale)
    if rating is not None and rating.label.casefold() == text.casefold():
        return Entry(rating.label, fill_of(rating.colour))
    shade = fill_of(rating.colour if rating else None) or fill_of(text)
    return Entry(text[:1].upper() + text[1:], shade)


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


def _sections(document: PlanDocument, rows: Sequence[tuple[Entry, ...]], headed: bool) -> list[Section]:
    """The rows in their order under the themes in theirs; a theme that comes again is headed again."""
    if not headed:
        return [Section(None, (), tuple(rows))]
    sections: list[Section] = []
    waiting = list(document.themes)
    runs = groupby(zip(document.actions, rows, strict=True), key=lambda pair: pair[0].theme)
    for name, run in runs:
        theme = _theme(document.themes, name)
        while theme in waiting:
            sections.append(_section(waiting.pop(0)))
        if theme is None or sections[-1:] != [_section(theme)]:
            sections.append(_section(theme, first=not sections))
        sections[-1] = replace(sections[-1], rows=tuple(row for _, row in run))
    return sections + [_section(theme) for theme in waiting]


def _section(theme: DocTheme | None, first: bool = False) -> Section:
    if theme is None:
        return Section(None if first else NO_THEME, (), ())
    pairs = (("Lead", theme.lead), ("Reporting officer", theme.reporting_officer))
    return Section(theme_heading(theme), tuple(f"{label}: {name}" for label, name in pairs if name), ())


def _theme(themes: Sequence[DocTheme], name: str | None) -> DocTheme | None:
    """The theme that an action names by ref or title; one of its own where the document lists none such."""
    if name is None:
        return None
    return next((theme for theme in themes if name in {theme.ref, theme.title}), DocTheme(None, name))


def _standing(document: PlanDocument) -> str:
    version = f"Version {document.version}" if document.version else ""
    as_of = f"as at {_day(document.as_of)}" if document.as_of else ""
    return ", ".join(part for part in (version, as_of) if part)


def _meeting_day(meeting: DocMeeting) -> str:
    return meeting.text or (_day(meeting.date) if meeting.date else "To be confirmed")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
