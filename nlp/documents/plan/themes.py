"""Headings that open a theme or workstream, and the lines under them that name who leads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.documents.celldates import find_spans, is_datelike
from nlp.documents.markup import flat
from nlp.documents.refs import clean_ref, leading_ref, ref_parts
from storage.model.document import DocTheme

__all__ = [
    "heading",
    "is_caption",
    "is_general",
    "is_remark",
    "lead_line",
    "numbered",
    "parted",
    "tidy",
    "with_parents",
]

_WORD = (
    r"(?:improvement |service |strategic |key |priority |action |quality |delivery |enabling )*"
    r"(?:themes?|work-?streams?|work streams?|issue|recommendation|commitment|ambition|finding|focus area|driver|enabler|priority|priorities|objective|domain|section|goal|strand|pillar|aim|"
    r"(?:accelerated )?causes? of concern|areas? (?:for|of) (?:improvement|focus|concern|work)|concern|judgement|key question|quality statement|"
    r"requirement|must do|should do|action area|delivery area|work ?package|mission|promise|challenge|principle|imperative|building block|learning point|"
    r"programme|project|part|standard|outcome|chapter|key line of enquiry|kloe|area)"
)
_NAMED = re.compile(
    rf"^(?P<word>{_WORD}) (?P<ref>[A-Z]?\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}[a-z]?|[A-Z]|[IVX]{{1,4}})\s*(?:[:.–—-]+\s*|\s+|$)(?P<title>.*)$",
    re.IGNORECASE,
)
_UNNUMBERED = re.compile(
    r"^(?:\w+ ){0,2}(?:theme|work-?stream|work stream|priority|domain|section|strand|pillar)\s*[:–—-]+\s*(?P<title>.{3,80})$",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"^(?P<ref>[A-H])[.)] (?P<title>[A-Z][^.]{2,80})$")
_AGAIN = re.compile(
    r"(?<=\w )(?:(?:Improvement|Service|Strategic|Key) ){0,2}(?:Theme|Work-?stream|Priority|Objective) [A-Z]?\d{1,2}(?:\.\d{1,2}){0,2}\s?[:–—-]"
)
_MARKED = re.compile(r"[:.–—-]")
_CONTINUED = re.compile(
    r"\s*[\[(–—-]*\s*\bcont(?:inued|'?d|\.{1,3}|d\.?)?\s*[\])]*\.{0,3}\s*$", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?P<what>(?:lead|theme lead|workstream lead|lead organisations?|lead agency|lead director|executive lead|senior responsible owner|sro|"
    r"theme owner|workstream owner|reporting officer(?: lead)?|reporting lead|lead reporting officer)s?)\s*[:–—-]\s*(?P<who>.+)$",
    re.IGNORECASE,
)


def heading(text: str) -> DocTheme | None:
    """A line that opens a theme by name: "Improvement Theme 2: STRATEGY", "Workstream 6.1 - Care homes".

    The title is empty where it stands on the next line.
    """
    plain = tidy(text)
    if not plain or len(plain) > 180:
        return None
    found = _NAMED.match(plain)
    if found and (found["title"] or plain.rstrip(": ").lower().endswith(found["ref"].lower())):
        between = plain[found.end("ref") : found.start("title")]
        prose = not _MARKED.search(between) and (not found["title"][:1].isupper() or plain.endswith("."))
        if (found["ref"].islower() and found["ref"].isalpha()) or (found["title"] and prose):
            return None
        return DocTheme(clean_ref(found["ref"]), found["title"].strip(" :–—-"))
    found = _UNNUMBERED.match(plain)
    return DocTheme(None, found["title"].strip()) if found else None


def parted(text: str) -> list[str]:
    """Two headings that an extraction ran together, apart: "Theme 6: SERVICES Theme 6.1: HOMES"."""
    starts = [found.start() for found in _AGAIN.finditer(text)] if len(text) <= 300 else []
    if not starts or not heading(text[: starts[0]]):
        return [text]
    ends = [*starts, len(text)]
    return [text[begin:end].strip() for begin, end in zip([0, *starts], ends, strict=True)]


def numbered(text: str) -> DocTheme | None:
    """A heading that opens with its number or letter: "4. Workforce", "B. Estates"."""
    lead = leading_ref(tidy(text))
    if lead and lead[1] and len(lead[1]) <= 150:
        return DocTheme(lead[0], lead[1])
    lettered = _LETTERED.match(tidy(text))
    return DocTheme(lettered["ref"], lettered["title"]) if lettered else None


def tidy(text: str) -> str:
    """A heading without its "(continued)"."""
    return _CONTINUED.sub("", flat(text)).strip()


def lead_line(text: str) -> tuple[str, str] | None:
    """("lead" or "reporting_officer", who) for the lines under a heading."""
    found = _LEAD.match(flat(text))
    if not found:
        return None
    return ("reporting_officer" if "report" in found["what"].lower() else "lead"), found["who"].strip()


def with_parents(themes: Sequence[DocTheme]) -> tuple[DocTheme, ...]:
    """Workstreams told apart from themes: 6.1 stands under 6 where there is a 6."""
    by_parts = {ref_parts(t.ref): t.ref for t in themes if t.ref}
    found = []
    for theme in themes:
        parts = ref_parts(theme.ref or "")
        parent = by_parts.get(parts[:-1]) if len(parts) > 1 else None
        found.append(replace(theme, parent=parent) if parent != theme.ref else theme)
    return tuple(found)


_TOLD = ("outcome", "outcomes", "aim", "aims", "objective", "objectives", "ambition", "context", "background", "why",
         "success", "goal", "purpose", "looks like", "measure", "note", "finding", "findings", "judgement")  # fmt: skip
_GENERAL = re.compile(
    r"^(?:appendix \w+\W*|annex \w+\W*|table \d+\W*|\d+\.? )?(?:the |our |detailed |full |current |integrated |cqc |quality |sheet ?\d*|"
    r"multi-?agency |trust |system |joint |post-?inspection |service |local )*"
    r"(?:(?:action|improvement|delivery|implementation|recovery|project|work)(?: and \w+)? ?plans?|actions?|action (?:log|tracker|list|table)|"
    r"tracker|log|introduction|background|summary|overview|contents|purpose|progress(?: update| report)?|sheet ?\d*|plan|"
    r"next steps|conclusions?|recommendations?|reporting timeline)\b[^a-z]{0,30}(?:\d{4}.{0,20})?$",
    re.IGNORECASE,
)


def is_general(title: str) -> bool:
    """A heading that names the document or its kind, not a theme: "Action plan", "Introduction"."""
    return (
        not title
        or bool(_GENERAL.match(title.strip()))
        or bool(re.search(r"\b(?:action|improvement) plan\b", title, re.IGNORECASE))
    )


def is_remark(text: str) -> bool:
    """A line that is no theme's title: "Outcome: children are safe", a whole sentence, a date."""
    label, colon, rest = text.partition(":")
    told = bool(colon) and len(rest) > 20 and label.lower().strip().endswith(_TOLD)
    return told or is_datelike(text) or (text.endswith((".", ";")) and text.count(" ") > 5)


def is_caption(text: str) -> bool:
    """A short line above a table that could name what the table is about."""
    if find_spans(text) or ":" in text.rstrip(": "):
        return False
    return (
        3 <= len(text) <= 80
        and text[0].isupper()
        and not text.endswith((".", ";", ","))
        and text.count(" ") <= 9
    )
