"""What a document says of itself before its plan: title, version, the day it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from nlp.documents.blocks import Block, Paragraph
from nlp.documents.celldates import find_spans
from nlp.documents.markup import flat

__all__ = ["Front", "read_front"]

Front = tuple[str, date | None, str | None]
"""Title, as_of, version."""

_VERSION = re.compile(r"\b(?:v|version)[ .:]{0,2}(\d{1,3}(?:\.\d{1,3}){0,2})\b", re.IGNORECASE)
_AS_AT = re.compile(
    r"\b(?:as at|as of|position at|updated?(?: on| at)?|last updated?|correct at|dated?|status date|reporting date)\b\W{0,3}",
    re.IGNORECASE,
)
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
    return _title(_own(before, blocks, first_plan) or paragraphs), _as_of(head), _version(head)


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


def _as_of(head: Sequence[str]) -> date | None:
    for text in head:
        found = _AS_AT.search(text)
        if found and len(text) < 300 and found[0].lower().startswith(("as ", "position")):
            day = _last_day(text[found.end() :][:60])
            if day:
                return day
    near = [text for text in reversed(head) if len(text) < 200 and not text.endswith(".")]
    for wanted in (_PLAN.search, _VERSION.search, _AS_AT.match):
        for text in near:
            if wanted(text) and (day := _last_day(text)):
                return day
    for text in head[:12]:
        if _is_date_line(text) and (day := _last_day(text)):
            return day
    return None


def _last_day(text: str) -> date | None:
    ends = [
        span.end for span in find_spans(text) if span.end and (span.end - (span.start or span.end)).days <= 92
    ]
    return ends[-1] if ends else None


def _version(head: Sequence[str]) -> str | None:
    for text in reversed(head):
        found = _VERSION.search(text)
        if found and len(text) < 200:
            return f"V{found[1]}"
    return None
