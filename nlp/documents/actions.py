"""One action while its rows are gathered, and the DocAction that comes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from nlp.documents.celldates import parse_date
from nlp.documents.markup import flat, joined, lines
from nlp.documents.rows import row_ref
from nlp.documents.refs import clean_ref, leading_ref
from nlp.documents.sections import Line
from nlp.documents.shades import shade_name
from nlp.documents.steps import read_steps
from storage.model.document import DocAction

__all__ = ["RATING_SCALES", "Draft"]

RATING_SCALES: Mapping[str, str] = {"rag": "rag", "on_target": "on_target", "assurance_rating": "assurance"}
"""The scale that a rating column's cells belong to."""

_KEPT = frozenset({"issue", "outcome", "extra", "start", "completed", "theme", "strength", "evidence"})
_STRENGTH = re.compile(r"\b(must|should)\b", re.IGNORECASE)
_REGULATION = re.compile(r"\bReg(?:ulation|\.)? ?\d{1,2}[A-Z]?(?: ?\(\d\)(?:\([a-z]\))?)*(?: \(HSCA[^)]{0,20}\))?")
_LEFTOVER = re.compile(r"^[•·▪●○\-–o ]+$")


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
            text = joined(lines(cell.text))
            if _LEFTOVER.match(text):
                text = "" if column.field != "action" else text
            if more and cell.merged:
                continue
            if column.field in RATING_SCALES:
                self._rate(RATING_SCALES[column.field], flat(text) or (shade_name(cell.fill) or ""))
            elif column.field == "ref":
                continue
            elif text and column.field in _KEPT:
                self._extra(column.header or column.field, text)
            elif text and column.field == "group_ref":
                self._extra(column.header or column.field, text) if flat(line.text("ref")) else None
            elif text and column.field != "ignore":
                self.parts.setdefault(column.field, []).append(text)
            if text and column.field in ("issue", "evidence", "strength"):
                self.parts.setdefault(column.field, []).append(text)
        if not more:
            self.ref = clean_ref(row_ref(line)) or None

    def _rate(self, scale: str, text: str) -> None:
        if text:
            self.ratings.setdefault(scale, text.lower())

    def _extra(self, header: str, text: str) -> None:
        known = self.extra.setdefault(header, [])
        if text not in known:
            known.append(text)

    def text(self, name: str) -> str | None:
        """A field on one line; its rows one after the other."""
        return flat(" ".join(self.parts.get(name, []))) or None

    def stacked(self, name: str) -> str | None:
        """A field with its line breaks: owners are told apart by them."""
        return joined(self.parts.get(name, [])) or None

    def finished(self, as_of: date | None) -> DocAction:
        """The action as printed, its dates and steps read."""
        action = self.text("action") or self.text("issue") or ""
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
        found = _STRENGTH.search(self.text("strength") or "")
        if not found:
            found = _STRENGTH.search((self.text("issue") or "")[:90]) or re.match(
                r"(?:The |All )?[\w' -]{2,40}? (must|should)\b", action, re.IGNORECASE
            )
        return found[1].lower() if found else None

    def _regulation(self) -> str | None:
        for text in (self.text("issue") or "", self.theme_title, self.text("action") or ""):
            if found := _REGULATION.search(text):
                return found[0]
        return None


def embedded_ref(text: str) -> tuple[str, str] | None:
    """A ref that opens an issue or action cell of a table without a column for it."""
    found = leading_ref(flat(text))
    if not found or not found[1] or re.match(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}\b", flat(text)):
        return None
    return found
