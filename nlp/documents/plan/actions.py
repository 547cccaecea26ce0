"""One action while its rows are gathered, and the DocAction that comes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nlp.documents.celldates import parse_date
from nlp.documents.markup import flat, joined, lines
from nlp.documents.plan.columns import Column
from nlp.documents.plan.rows import is_leftover, row_ref
from nlp.documents.plan.sections import Line
from nlp.documents.plan.steps import read_steps
from nlp.documents.refs import clean_ref
from nlp.documents.shades import shade_name
from storage.model.document import DocAction

__all__ = ["RATING_SCALES", "Draft"]

RATING_SCALES: Mapping[str, str] = {"rag": "rag", "on_target": "on_target", "assurance_rating": "assurance"}
"""The scale that a rating column's cells belong to."""

_KEPT = frozenset({"issue", "outcome", "extra", "start", "completed", "theme", "aim", "strength", "evidence"})
_STRENGTH = re.compile(r"\b(must|should)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"\W{0,3}(?:[\d.]+ )?(?:(?!how|that|which|what|why|where|whether|about|if)[\w'’&/,()-]+ ){1,8}?(must|should)\b",
    re.IGNORECASE,
)
_RECENT = 3  # pieces that a new one is held against
_CUT_OFF = re.compile(r"(?:\b(?:and|of|for|the|to|in)|[&,/(–-])$")
_REGULATION = re.compile(
    r"\bReg(?:ulation|\.)? ?\d{1,2}[A-Z]?(?: ?\(\d\)(?:\([a-z]\))?)*(?: \(HSCA[^)]{0,20}\))?"
)


@dataclass(slots=True)
class Draft:
    """What the rows of one action hold, by field, and further columns by header."""

    place: str
    theme: str | None
    theme_title: str
    ref: str | None = None
    parts: dict[str, list[str]] = field(default_factory=dict)
    extra: dict[str, list[str]] = field(default_factory=dict)
    ratings: dict[str, str] = field(default_factory=dict)
    garbled: bool = False

    def add(self, line: Line, more: bool = False) -> None:
        """Take in a row; of a row that goes on with the action above, cells merged with those above are left."""
        for column, cell in zip(line.columns, line.cells, strict=True):
            if more and cell.merged:
                continue
            text = joined(lines(cell.text))
            if column.field in RATING_SCALES:
                self._rate(RATING_SCALES[column.field], flat(text) or (shade_name(cell.fill) or ""))
            elif text and not (is_leftover(text) and column.field not in ("action", "ref", "group_ref")):
                self._take(column, text, line)
        if not more:
            self.ref = clean_ref(row_ref(line)) or None

    def _take(self, column: Column, text: str, line: Line) -> None:
        field_, header = column.field, column.header or column.field
        if field_ in _KEPT or (field_ == "group_ref" and flat(line.text("ref"))):
            self._extra(header, text)
        if field_ not in ("ref", "group_ref", "ignore", "extra"):
            _append(self.parts.setdefault(field_, []), text)

    def add_scrap(self, issue: str, action: str, whole: str) -> None:
        """Take in what could be told apart of a garbled row, and the row as it was extracted."""
        if action:
            _append(self.parts.setdefault("action", []), action)
        if issue:
            self.parts.setdefault("issue", []).append(issue)
            self._extra("issue", issue)
        if whole:
            self._extra("As extracted", whole)

    def _rate(self, scale: str, text: str) -> None:
        if text and not (is_leftover(text) and text.endswith((".", ")"))):
            self.ratings.setdefault(scale, text.lower())

    def _extra(self, header: str, text: str) -> None:
        _append(self.extra.setdefault(header, []), text)

    def text(self, name: str) -> str | None:
        """A field on one line; its rows one after the other."""
        return flat(" ".join(self.parts.get(name, []))) or None

    def stacked(self, name: str) -> str | None:
        """A field with its line breaks: owners are told apart by them. A name cut by a page is one again."""
        parts: list[str] = []
        for part in self.parts.get(name, []):
            if parts and (part[:1].islower() or _CUT_OFF.search(parts[-1])):
                parts[-1] += f" {part}"
            else:
                parts.append(part)
        return joined(parts) or None

    def finished(self, as_of: date | None) -> DocAction:
        """The action as printed, its dates and steps read."""
        action = self.text("action") or ""
        due = joined(self.parts.get("due", []))
        return DocAction(
            ref=self.ref,
            theme=self.theme,
            action=action,
            owner=self.stacked("owner"),
            operational_lead=self.stacked("operational_lead"),
            due=parse_date(due, as_of),
            revised=parse_date(self.text("revised"), as_of),
            ratings=dict(self.ratings),
            assurance=self.text("assurance"),
            committee=self.text("committee"),
            progress=self.text("progress"),
            evidence=self.text("evidence"),
            steps=read_steps(joined(self.parts.get("action", [])), due, as_of),
            strength=self._strength(action),
            regulation=self.text("regulation") or self._regulation(),
            core_service=self.text("core_service"),
            extra={header: flat(" ".join(texts)) for header, texts in self.extra.items()},
            garbled=self.garbled,
            place=self.place,
        )

    def _strength(self, action: str) -> str | None:
        """From its column, else from the wording: "The trust must ensure ..." asks, a plain verb does not."""
        named = _STRENGTH.search(self.text("strength") or "")
        if named:
            return named[1].lower()
        for text in (self.text("issue") or "", action):
            for sentence in re.split(r"(?<=[.!?]) ", text):
                if found := _ASKS.match(sentence):
                    return found[1].lower()
        return None

    def _regulation(self) -> str | None:
        for text in (self.text("issue") or "", self.theme_title, self.text("action") or ""):
            if found := _REGULATION.search(text):
                return found[0]
        return None


def _append(parts: list[str], text: str) -> None:
    """Add a piece; one printed again, or a fragment of what now comes whole, is not kept twice."""
    words = text.split()
    recent = parts[-_RECENT:]
    kept = [part for part in recent if not _within(part.split(), words)]
    if len(kept) < len(recent) or not any(_within(words, part.split()) for part in recent):
        parts[-_RECENT:] = [*kept, text]


def _within(piece: Sequence[str], whole: Sequence[str]) -> bool:
    """Nearly all words of the piece stand in the whole in their order."""
    allowed = len(piece) // 5 if len(piece) >= 6 else 0
    at = 0
    for word in piece if len(piece) <= len(whole) + 2 else ():
        try:
            at = whole.index(word, at) + 1
        except ValueError:
            allowed -= 1
            if allowed < 0:
                return False
    return len(piece) <= len(whole) + 2
