"""What each line of a plan table is: an action, more of the one above, a heading, or nothing of the plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from nlp.documents.blocks import Cell
from nlp.documents.celldates import is_datelike
from nlp.documents.markup import flat
from nlp.documents.plan.headers import assign
from nlp.documents.plan.labels import told
from nlp.documents.plan.sections import Line
from nlp.documents.plan.themes import heading, numbered, tidy
from nlp.documents.refs import clean_ref, leading_ref, looks_like_ref, ref_parts, strong_ref
from storage.model.document import DocTheme

__all__ = [
    "Kind",
    "distinct",
    "headings_among",
    "is_leftover",
    "kind_of",
    "labels_of",
    "row_heading",
    "row_ref",
    "title_above_header",
]


class Kind(StrEnum):
    """The fate of a row."""

    ACTION = "action"
    MORE = "continuation"
    HEADING = "heading"
    SPACER = "spacer"  # empty, or nothing but list marks
    TOTAL = "a row of totals, not an action"
    NOTE = "a note, not an action"
    ELSEWHERE = "points to an action elsewhere and names no owner or date"
    UNCLEAR = "has no action text of its own"


_TOTAL = re.compile(
    r"^(?:grand |sub-?)?totals?\b|^(?:number|no\.?|count|sum) of (?:\w+ )?actions\b|^overall (?:total|rag)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?:notes?|n\.?b\.?|key|source|legend|guidance|footnote|please note|end of (?:table|document|plan|report|page|section|sheet|actions))\b\s*[:.\-–]?|^\*",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:see|refer to|covered (?:in|by|under)|as per|as above|included in|addressed in)\b.{0,80}$",
    re.IGNORECASE,
)
_LEFTOVER = re.compile(r"(?:(?:\d{1,2}|[a-h])[.)]|[•·▪●○\-–]| ){1,40}")
_TEXTS = ("action", "progress", "assurance", "evidence", "outcome", "issue")
_SIGNS = ("owner", "operational_lead", "due", "revised", "rag", "on_target")


def is_leftover(text: str) -> bool:
    """List marks whose items are gone: "b.", "2. 10."."""
    return bool(_LEFTOVER.fullmatch(text))


def distinct(cells: Sequence[Cell]) -> list[str]:
    """The different texts of a row in their order, a merged cell once."""
    return list(dict.fromkeys(text for cell in cells if (text := flat(cell.text))))


def row_ref(line: Line) -> str:
    """The text of the row's ref column, the overarching one where it has no other."""
    return flat(line.text("ref")) or flat(line.text("group_ref"))


def row_heading(line: Line, known: Callable[[str], bool]) -> DocTheme | None:
    """The theme that a row opens, where it is a heading: a lone text over the table, or one cut up by columns.

    ``known`` tells whether a word stands elsewhere in the document.
    """
    texts = distinct(line.whole)
    if len(texts) == 1:
        return _lone_heading(line, texts[0])
    if 2 <= len(texts) <= 4:
        return _cut_heading(line, texts, known)
    return None


def labels_of(line: Line) -> Line | None:
    """A row across the table that labels what it tells of the action above ("Update: ..."), as cells under its labels."""
    texts = distinct(line.whole)
    pairs = [pair for text in texts if len(texts) <= 2 for pair in told(text)]
    if not pairs or not all(map(told, texts)):
        return None
    columns = assign([label for label, _ in pairs])
    fields = {column.field for column in columns}
    if fields & {"action", "ref", "theme"} or fields == {"extra"}:
        return None
    cells = tuple(Cell(value) for _, value in pairs)
    return Line(line.place, columns, cells, cells)


def headings_among(rows: Sequence[Line]) -> Mapping[int, DocTheme]:
    """By index, the rows of nothing but a title that lead groups of actions, as outlines and parent tasks do.

    A lone text counts where the first row is one: a row further down may go on with the action above.
    One with a number counts where the next row's ref goes on from it (2, then 2.1), and it has no owner
    though that one has: what else it prints sums up the tasks below it.
    """
    found: dict[int, DocTheme] = {}
    lone = [_title_of(line) for line in rows]
    for i, ((title, ref), (_, after)) in enumerate(pairwise(lone)):
        if ref and _outlined(rows[i], rows[i + 1]):
            found[i] = DocTheme(ref, flat(rows[i].text("action")))
        elif title and not ref and lone[0][0] and not lone[0][1] and (not lone[i + 1][0] or after):
            found[i] = heading(title) or numbered(title) or DocTheme(None, title)
    return found


def _title_of(line: Line) -> tuple[str, str]:
    """The text of a row with an action's text and nothing besides but its ref, else ""; and its ref."""
    text, ref = flat(line.text("action")), flat(line.text("ref"))
    lone = _is_title(text) and set(distinct(line.whole)) == {text, ref} - {""}
    return text if lone else "", clean_ref(ref)


def _is_title(text: str) -> bool:
    said = _TOTAL.match(text) or _NOTE.match(text)
    return 0 < len(text) <= 80 and not text.endswith((".", ";", ",")) and text[0].isupper() and not said


def title_above_header(row: Sequence[Cell]) -> DocTheme | None:
    """The theme that a row of one text names, where a row of headers follows it."""
    texts = distinct(row)
    if len(texts) != 1 or _TOTAL.match(texts[0]) or _NOTE.match(texts[0]) or len(texts[0]) > 120:
        return None
    return (
        heading(texts[0])
        or numbered(texts[0])
        or (DocTheme(None, tidy(texts[0])) if _is_title(texts[0]) else None)
    )


def _outlined(line: Line, below: Line) -> bool:
    """The row is the parent of the next: its ref leads that one's, and it holds no more than sums."""
    parent, child = ref_parts(clean_ref(row_ref(line))), ref_parts(clean_ref(row_ref(below)))
    own = [line.text(field) for field in ("owner", "operational_lead", "progress", "assurance", "issue")]
    bare = len(distinct(line.whole)) == 2 or (bool(flat(below.text("owner"))) and not any(map(flat, own)))
    return bare and _is_title(flat(line.text("action"))) and len(child) > 1 and child[:-1] == parent


def _lone_heading(line: Line, text: str) -> DocTheme | None:
    if len(text) > 160 or _TOTAL.match(text) or _NOTE.match(text) or not re.search(r"[^\W\d_]{3}", text):
        return None
    named = heading(text) or numbered(text)
    if named and not (named.ref and "." in named.ref and text.endswith(".")):
        return named
    at = [i for i, cell in enumerate(line.cells) if flat(cell.text)]
    spans = len(at) > 1 or len(line.whole) == 1
    field = line.columns[at[0]].field if at else ""
    opening = (
        spans
        or text.isupper()
        or (at and at[0] == 0 and field in ("ref", "group_ref", "theme", "extra", "rag", "issue"))
    )
    return (
        DocTheme(None, tidy(text))
        if opening and not text.endswith((".", ";", ",")) and text[0].isupper()
        else None
    )


def _cut_heading(line: Line, texts: Sequence[str], known: Callable[[str], bool]) -> DocTheme | None:
    """A heading that an extraction cut at the column borders: "4. Work" | "force"; or a number beside its title."""
    at = [i for i, cell in enumerate(line.whole) if flat(cell.text)]
    if at != list(range(len(at))) or len(line.whole) < 2 * len(at):
        return None
    if len(texts) == 2 and strong_ref(texts[0]) and len(texts[1]) <= 80 and not texts[1].endswith("."):
        plain = texts[0].rstrip(".:")
        return (
            DocTheme(plain, texts[1])
            if "." not in plain and (texts[1].isupper() or texts[0].endswith("."))
            else None
        )
    whole = texts[0]
    for text in texts[1:]:
        whole = _rejoined(whole, text, known)
    found = numbered(whole)
    sliced = len(texts[0]) <= 14 and texts[0][-1].isalpha() and leading_ref(texts[0])
    return found if found and sliced and "." not in (found.ref or "") else None


def _rejoined(head: str, tail: str, known: Callable[[str], bool]) -> str:
    """Two pieces of a heading: one word where a column border cut it, a letter printed on both sides taken once."""
    if not (tail[0].islower() or re.search(r"(?:^|[\s.])[A-Z]$", head)):
        return f"{head} {tail}"
    once = head + tail[1:]
    word = re.split(r"[\s.]", head)[-1]
    rest = re.match(r"\w*", tail)
    if head[-1] == tail[0] and rest and known(word + rest[0][1:]) and not known(word + rest[0]):
        return once
    return head + tail


def kind_of(line: Line, before: bool, refs: bool) -> Kind:
    """``before``: an action stands above in this table; ``refs``: the table's actions carry refs."""
    texts = distinct(line.whole)
    if all(map(is_leftover, texts)):
        return Kind.SPACER
    if _TOTAL.match(texts[0]) and len(texts[0]) <= 45 and not any(map(is_datelike, texts)):
        return Kind.TOTAL
    if len(texts) == 2 and re.fullmatch(r"\d{1,6}(?:\.\d)? ?%?", texts[1]) and not strong_ref(texts[0]):
        return Kind.TOTAL
    action, ref = flat(line.text("action")), row_ref(line)
    signs = sum(bool(line.text(field).strip()) for field in _SIGNS)
    if len(texts) == 1 and _NOTE.match(texts[0]) and not strong_ref(texts[0]):
        return Kind.NOTE
    if (
        len(texts) == 1
        and _ELSEWHERE.search(texts[0])
        and not any(line.text(f) for f in ("progress", "assurance"))
    ):
        return Kind.ELSEWHERE
    if ref and looks_like_ref(ref) and (action or signs or len(texts) >= 3):
        return Kind.MORE if before and _repeats(line) else Kind.ACTION
    if before and _goes_on(line, action, signs, refs):
        return Kind.MORE
    if not action:
        return _without_action(line, before, signs)
    if not signs and not flat(line.text("progress")):
        if _ELSEWHERE.search(action):
            return Kind.ELSEWHERE
        if refs and before and len(texts) == 1:
            return Kind.MORE
        if len(texts) == 1 and _NOTE.match(action):
            return Kind.NOTE
    return Kind.ACTION


def _repeats(line: Line) -> bool:
    """Ref and action are those of the merged cells above."""
    merged = [
        cell.merged
        for column, cell in zip(line.columns, line.cells, strict=True)
        if column.field in ("ref", "action")
    ]
    return bool(merged) and all(merged)


def _goes_on(line: Line, action: str, signs: int, refs: bool) -> bool:
    """A row that carries on the one above: a page break cut it, or only later columns say more."""
    owner = flat(line.text("owner")) or flat(line.text("operational_lead"))
    starts = [flat(line.text(field)) for field in _TEXTS]
    lower = any(text[:1].islower() for text in starts)
    if not action:
        return not owner or signs <= 1
    if refs and lower and not any(line.text(field) for field in ("due", "rag", "on_target")):
        return True
    if owner:
        return False
    return (line.fresh and (lower or not signs)) or (lower and signs == 0)


def _without_action(line: Line, before: bool, signs: int) -> Kind:
    if signs >= 2 and any(flat(line.text(field)) for field in _TEXTS):
        return Kind.ACTION
    return Kind.MORE if before else Kind.UNCLEAR
