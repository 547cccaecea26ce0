"""What a document says of itself before its plan: title, version, the day it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nlp.documents.blocks import Block, Paragraph, Table
from nlp.documents.celldates import find_spans
from nlp.documents.markup import flat

__all__ = ["Front", "read_front"]

Front = tuple[str, date | None, str | None]
"""Title, as_of, version."""

_VERSION = re.compile(r"\b(?:v|version)[ .:]{0,2}(\d{1,3}(?:\.\d{1,3}){0,2})\b", re.IGNORECASE)
_AS_AT = re.compile(
    r"\b(?:as at|as of|position at|position reported(?: to [\w ]{1,60})? on|(?:last )?updated(?: on| at| to)?|correct at|status date|reporting date)\b\W{0,3}",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:update|report|committee|board|cabinet|governors|meeting|dated?|status)\b", re.IGNORECASE
)
_TOLD = re.compile(r"\b(?:progress|updates?|status|position|comments?|rag)\b", re.IGNORECASE)
_INSPECTED = re.compile(
    r"\b(?:inspect\w*(?! (?:action |improvement )?plan)|visit\w*|published|issued by|following|since|judgement|began|from|due|agreed by|next)\b[^.;:]*$",
    re.IGNORECASE,
)
_LONGEST, _LABEL = 300, 60
_PLAN = re.compile(
    r"\b(?:action|improvement|delivery|recovery|implementation|assurance)s?\b.{0,40}\bplan\b|\bplan\b",
    re.IGNORECASE,
)
_OTHER_WORD = re.compile(
    r"\b(?!(?:dated?|versions?|updated?|last|as|at|of|on|position|status|published|draft|final|issued?|revised|no|v)\b)[^\W\d_]{2,}",
    re.IGNORECASE,
)
_MARKING = re.compile(
    r"(?:official|confidential|restricted|draft|protect)\b[^a-z]{0,3}(?:sensitive)?\W*$", re.IGNORECASE
)
_CUT = re.compile(r"[\s,:;–—-]*\b(?:progress |status |position |update )?(?:as at|as of)\b.*$", re.IGNORECASE)


def read_front(blocks: Sequence[Block], first_plan: int | None) -> Front:
    """From the blocks before the first table of actions (by index), or from all where there is none."""
    before = blocks[:first_plan]
    head = [text for block in before for text in _texts(block)]
    paragraphs = [t for b in before if isinstance(b, Paragraph) and re.search(r"[^\W\d_]", t := flat(b.text))]
    own = blocks[first_plan] if first_plan is not None else None
    headers = [flat(cell.text) for row in own.rows[:3] for cell in row] if isinstance(own, Table) else []
    return _title(_own(before, blocks, first_plan) or paragraphs), _as_of(head, headers), _version(head)


def _own(before: Sequence[Block], blocks: Sequence[Block], first_plan: int | None) -> list[str]:
    """The lines above the table on its own sheet of a workbook, where they name a plan; else none."""
    place = blocks[first_plan].place if first_plan is not None else ""
    own = [flat(b.text) for b in before if isinstance(b, Paragraph) and b.place.startswith(f"{place}, row ")]
    return own if place.startswith("sheet ") and any(map(_PLAN.search, own)) else []


def _texts(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [flat(block.text)]
    return [" ".join(dict.fromkeys(flat(cell.text) for cell in row)).strip() for row in block.rows[:3]]


def _title(paragraphs: Sequence[str]) -> str:
    opening: list[str] = []
    for text in [text for text in paragraphs[:8] if not _MARKING.match(text)][:6]:
        if len(text) > 140 or (
            opening and (_is_date_line(text) or text.endswith((".", ":")) or not _goes_on(opening, text))
        ):
            break
        if not _is_date_line(text):
            opening.append(text)
    title = _CUT.sub("", " ".join(opening))
    if not _PLAN.search(title) and len(paragraphs) > 30:
        title = _named_later(paragraphs) or title
    return title


def _named_later(paragraphs: Sequence[str]) -> str:
    """The plan's own heading where it is an appendix of a report."""
    for text in reversed(paragraphs[-40:]):
        if (
            len(text) <= 140
            and _PLAN.search(text)
            and (text.isupper() or re.match(r"(?:appendix|annex)\b", text, re.IGNORECASE))
        ):
            return re.sub(r"^(?:appendix|annex) \w{1,3}\W{1,3}", "", text, flags=re.IGNORECASE)
    return ""


def _goes_on(opening: Sequence[str], text: str) -> bool:
    """A title runs over lines set alike: capitals after capitals."""
    return opening[-1].isupper() == text.isupper() and (
        text.isupper() or (len(opening) < 2 and bool(_PLAN.search(text)))
    )


def _is_date_line(text: str) -> bool:
    """A line of a date, a version or both, and no more words than these need."""
    spans = find_spans(text)
    if not spans and not _VERSION.search(text):
        return False
    rest = text
    for span in reversed(spans):
        rest = rest[: span.at] + rest[span.to :]
    return not _OTHER_WORD.search(_VERSION.sub("", rest))


def _as_of(head: Sequence[str], headers: Sequence[str]) -> date | None:
    """What the document says outright, else the day in its title or version line, else that of its progress column."""
    for text in head:
        for found in _AS_AT.finditer(text if len(text) < _LONGEST else ""):
            if day := _last_day(re.split(r"[.;](?= )", text[found.end() :][:60])[0]):
                return day
    near = [text for text in reversed(head) if len(text) < 200 and not text.endswith(".")]
    for wanted in (_PLAN.search, _VERSION.search, _REPORTED.search):
        for text in near if wanted != _REPORTED.search else head:
            if wanted(text) and len(text) < _LONGEST and (day := _last_day(text)):
                return day
    for text in head[:12]:
        if _is_date_line(text) and (day := _last_day(text)):
            return day
    told = [text for text in headers if len(text) <= _LABEL and _TOLD.search(text)]
    return next((day for text in told if (day := _last_day(text))), None)


def _last_day(text: str) -> date | None:
    """The last day that a text names, those of an inspection or its report left out."""
    spans = [
        span for span in find_spans(text) if span.end and (span.end - (span.start or span.end)).days <= 92
    ]
    ends = [span.end for span in spans if not _INSPECTED.search(text[max(0, span.at - 80) : span.at])]
    return ends[-1] if ends else None


def _version(head: Sequence[str]) -> str | None:
    for text in reversed(head):
        found = _VERSION.search(text)
        if found and len(text) < 200:
            return f"V{found[1]}"
    return None
