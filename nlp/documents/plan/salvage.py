"""Pages on which a table came out as running text: the actions that can still be told apart, marked as garbled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.documents.markup import flat
from nlp.documents.plan.columns import Column
from nlp.documents.plan.headers import is_known
from nlp.documents.refs import leading_ref, ref_parts

__all__ = ["Scrap", "is_ruin", "scraps_of_row", "scraps_of_text"]

_ONE = re.compile(r"(?:^|(?<=\s))1[.)] ?(?=[A-Z])")
_NOT_A_REF = re.compile(
    r"[%.)]?\s?(?:%|days?|weeks?|months?|years?|hours?|mths|january|jan|feb|march|mar|april|apr|may|june|jun|july|jul|aug|"
    r"sept|sep|oct|nov|dec|per cent|and \d|of the)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d£$./-])(\d{1,2}(?:\.\d{1,2}){0,2}|\d{3,5})(?![\d%/.)-]|\.\d| ?-\s?\d)")
_WORDED = re.compile(r"\b(20\d\d action for (\d{1,2}(?:\.\d{1,2}){1,2}))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scrap:
    """What can be read of an action on such a page; ``more`` goes on with the one before."""

    ref: str | None
    issue: str
    action: str
    more: bool = False


def scraps_of_row(texts: Sequence[str]) -> Scrap | None:
    """A row in which columns ran together: the requirement with its ref, then a numbered list of what will be done."""
    cells = [text for text in texts if text and not (is_known(text) and len(text) < 60)]
    if not cells or len(cells[0]) < 60:
        return None
    lead = leading_ref(cells[0])
    ref, text = lead if lead and "." in lead[0] else (None, cells[0])
    lists = list(_ONE.finditer(text))
    if lists:
        end = lists[1].start() if len(lists) > 1 else len(text)
        return Scrap(ref, text[: lists[0].start()].strip(), text[lists[0].start() : end].strip())
    return Scrap(ref, text if ref else "", "" if ref else text, more=ref is None)


def is_ruin(text: str, columns: Sequence[Column]) -> bool:
    """A paragraph with the words of most of the table's headers in it."""
    words = set(re.findall(r"[a-z]{4,}", text.lower()))
    longest = [set(re.findall(r"[a-z]{4,}", c.header.lower())) for c in columns if len(c.header) > 25]
    held = [header for header in longest if len(header & words) * 10 >= len(header) * 6]
    return len(text) > 150 and len(longest) >= 3 and 3 * len(held) >= len(longest)


def scraps_of_text(
    text: str, before: Sequence[str], after: Sequence[str], marks: Sequence[str]
) -> list[Scrap]:
    """Actions by the refs that stand in the text, in their rising order.

    A number is taken for a ref where its overarching number or one of the ``marks`` (values of the
    column before the refs) stands just before it; whole numbers only between two such refs.
    """
    plain = flat(text)
    sure = _rising(_sure(plain, marks), after)
    found: list[tuple[int, str]] = []
    for place, (at, ref) in enumerate(sure):
        low = ref_parts(sure[place - 1][1])[:1] if place else None
        if low:
            found += _whole_numbers(plain, sure[place - 1][0], at, low[0], ref_parts(ref)[0])
        found.append((at, ref))
    taken = {ref.lower() for ref in before} | {ref.lower() for ref in after}
    return [
        Scrap(ref, "", plain[at : _end(found, number, plain, at)].strip())
        for number, (at, ref) in enumerate(found)
        if ref.lower() not in taken
    ]


def _end(found: Sequence[tuple[int, str]], number: int, plain: str, at: int) -> int:
    following = found[number + 1][0] if number + 1 < len(found) else len(plain)
    return min(following, at + 400)


def _sure(plain: str, marks: Sequence[str]) -> list[tuple[int, str]]:
    worded = [(m.start(1), m.end(), m[1]) for m in _WORDED.finditer(plain)]
    found = [(at, ref) for at, _, ref in worded]
    named = {m[2] for m in _WORDED.finditer(plain)}
    for match in _NUMBER.finditer(plain):
        at, text = match.start(), match[1]
        if _NOT_A_REF.match(plain, match.end()) or any(a <= at < b for a, b, _ in worded):
            continue
        words = plain[max(0, at - 40) : at].split()[-3:]
        ref = _dotted(text, words)
        marked = "." in text and bool(words) and words[-1] in marks
        if (ref or marked) and (ref or text) not in named:
            found.append((at, ref or text))
    return sorted(found)


def _dotted(text: str, words: Sequence[str]) -> str | None:
    """The ref that stands up to three words behind its own overarching number: "19 ... 19.1", "19 ... 1921"."""
    for word in words:
        group = word.strip("().,:")
        if not group.isdigit() or len(group) > 2 or group != word:
            continue
        if text.startswith(group + "."):
            return text
        if len(group) < len(text) <= len(group) + 3 and text.startswith(group) and "." not in text:
            return ".".join([group, *text[len(group) :]])
    return None


def _rising(found: Sequence[tuple[int, str]], after: Sequence[str]) -> list[tuple[int, str]]:
    """The refs that go up, each once, below the first of the next page."""
    limit = next((parts for ref in after if (parts := _order(ref))), (999,))
    kept: list[tuple[int, str]] = []
    for at, ref in found:
        parts = _order(ref)
        if parts < limit and (not kept or parts > _order(kept[-1][1])):
            kept.append((at, ref))
    return kept


def _order(ref: str) -> tuple[int, ...]:
    return ref_parts(ref.rpartition(" ")[2])


def _whole_numbers(plain: str, start: int, end: int, low: int, high: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for match in _NUMBER.finditer(plain, start, end):
        text = match[1]
        if text.isdigit() and low < int(text) < high and not _NOT_A_REF.match(plain, match.end()):
            low = int(text)
            found.append((match.start(), text))
    return found
