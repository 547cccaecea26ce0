"""Tables beside the plan that hold no actions: versions, sign-offs, risks, totals, measures, contacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from nlp.documents.markup import norm
from nlp.documents.plan.columns import Column

__all__ = ["aside", "is_aside_label"]

_REASONS = {
    "version": "a table of the document's versions, not of actions",
    "sign-off": "a sign-off table, not a table of actions",
    "risk": "a risk log, not a table of actions",
    "totals": "a table of totals, not of actions",
    "measures": "a table of measures, not of actions",
    "contacts": "a list of contacts, not of actions",
    "attendance": "a list of attendance, not of actions",
    "glossary": "a glossary, not a table of actions",
}


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    text = resources.files("nlp.documents.plan").joinpath("asides.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        kind, phrase = line.split("\t")
        if kind not in _REASONS or norm(phrase) != phrase:
            raise ValueError(f"asides.tsv line {number} is wrong: {line!r}")
        found[phrase] = (*found.get(phrase, ()), kind)
    return found


def is_aside_label(words: str) -> bool:
    """A header, in plain words, of one of these tables."""
    return words in _phrases()


def aside(headers: Sequence[str], columns: Sequence[Column]) -> str | None:
    """Why a table with these headers holds no actions; None when nothing speaks against it."""
    known = _phrases()
    words = [norm(header) for header in headers if norm(header)]
    hits = Counter(kind for word in words for kind in known.get(word, ()))
    if not hits:
        return None
    kind, count = hits.most_common(1)[0]
    acts = {column.field for column in columns}
    planned = "action" in acts and bool(acts & {"owner", "operational_lead", "due"})
    named = any(
        column.field == "action" and norm(column.header).startswith(("action", "key action"))
        for column in columns
    )
    if planned and (named or count < 3 or 2 * count < len(words)):
        return None
    return (
        _REASONS[kind]
        if count >= 2 or (count == 1 and len(words) <= 3 and kind not in ("contacts", "sign-off"))
        else None
    )
