"""Which field a printed column header is, by the synonyms in headers.tsv and by what its cells hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources

from rapidfuzz import fuzz

from nlp.documents.celldates import find_spans, is_datelike
from nlp.documents.markup import flat, norm
from nlp.documents.plan.asides import is_aside_label
from nlp.documents.plan.columns import FIELDS, Column
from nlp.documents.refs import strong_ref

__all__ = ["assign", "is_header", "is_known", "is_whole", "named_by_hand", "second_choice"]

# A row of headers is not this long; only the question forms of regulators come near.
_LONGEST = 260
_LONG_LABEL = 60
# Words in brackets behind a header that make it another one: "RAG (previous)".
_QUALIFIERS = {word: word for word in ("revised", "new", "original", "forecast", "previous", "current")} | {
    "prev": "previous",
    "last month": "previous",
    "if applicable revised": "revised",
}
_RATED_IN_BRACKETS = {"rag": "rag", "brag": "rag"}
_FIRST = frozenset(
    ["rag", "brag", "executive", "exec", "accountable", "sro", "senior", "sponsor", "director"]
)
_SECOND = frozenset(
    [
        "owner",
        "due",
        "target",
        "deadline",
        "original",
        "action",
        "actions",
        "ref",
        "reference",
        "progress",
        "update",
    ]
)
_LAST = frozenset(
    ["date", "dates", "when", "timeline", "no", "number", "item", "line", "comments", "notes", "remarks"]
)
_GONE = (
    "previous ",
    "prior ",
    "earlier ",
    "old ",
    "last month ",
    "last months ",
)  # what held before is no field
_REF_ENDS = frozenset(["ref", "reference", "id", "key", "no", "number"])  # "Audit ref" is a ref, and no audit
_OTHER_REFS = frozenset(
    [
        "risk",
        "regulation",
        "policy",
        "theme",
        "overarching",
        "cross",
        "evidence",
        "location",
        "phone",
        "contact",
        "version",
        "page",
    ]
)
_HOPED = frozenset(
    ["expected", "anticipated", "estimated", "projected"]
)  # beside another due date, a later one
_DATE_STAGES = dict.fromkeys(
    ["revised", "new", "extended", "amended", "updated", "forecast", "rescheduled"], "revised"
) | (dict.fromkeys(["original", "initial", "planned", "agreed", "proposed", "baseline", *_HOPED], "due"))
# Words that are headers alone and say little inside one: "What inspectors said".
_WHOLE_ONLY = frozenset(
    [
        "what",
        "who",
        "when",
        "how",
        "why",
        "end",
        "start",
        "due",
        "group",
        "area",
        "type",
        "site",
        "line",
        "item",
        "step",
        "number",
        "status",
        "health",
        "title",
        "row",
        "code",
        "key",
        "topic",
        "officer",
        "officers",
        "resp",
        "year",
        "quarter",
        "oversight",
        "evaluation",
        "verification",
        "initiative",
        "initiatives",
        "ticket",
        "moved to",
        "parent",
        "tags",
        "primary",
        "summary",
        "assigned",
        "reporter",
        "labels",
        "bucket",
        "epic",
        "project",
        "programme",
        "strand",
        "pillar",
        "scrutiny",
        "audit",
    ]
)
_COUNTED = 3  # ratings that head a table of how many actions have each
_SURE = 3  # labels that make a row with dates one of headers
_ANY_DAY = date(2020, 4, 1)  # months without a year are told apart in a financial year
_RATED = re.compile(r"on track|off track|at risk|completed?|overdue|red|amber|green|blue")
_MIXED_UP = str.maketrans("013589l", "oiesbgi")


@dataclass(frozen=True, slots=True)
class _Guess:
    field: str
    second: str
    weight: int  # 3 the whole header, 2 a phrase in it, 1 nearly a phrase


@cache
def _synonyms() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    text = resources.files("nlp.documents.plan").joinpath("headers.tsv").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        phrase, field, second = line.split("\t")
        if field not in FIELDS or second not in FIELDS | {"-"} or norm(phrase) != phrase or phrase in found:
            raise ValueError(f"headers.tsv line {number} is wrong: {line!r}")
        found[phrase] = (field, second)
    return found


@cache
def _by_length() -> tuple[str, ...]:
    return tuple(sorted(_synonyms(), key=len, reverse=True))


def _undated(header: str) -> str:
    """A header without the day it is of: "Position at 19 March 2026"."""
    rest = header
    for span in reversed(find_spans(header, as_of=_ANY_DAY)):
        rest = rest[: span.at] + rest[span.to :]
    return rest if norm(rest) else header


@lru_cache(4096)
def _words(header: str) -> str:
    """The header's words without dates, bracketed remarks and marks: "Status as at Jan 14" -> "status as at"."""
    text = _undated(flat(header)).replace("#", " no ")
    plain = re.sub(r"\([^()]{0,200}\)", " ", text)
    words = re.sub(r"\b([a-z]{3,}) s\b", r"\1s", norm(plain) or norm(text))  # "Lead/s", "Person(s)"
    bracketed = _QUALIFIERS | _RATED_IN_BRACKETS
    qualified = next((q for q in re.findall(r"\(([^()]{0,200})\)", text) if norm(q) in bracketed), None)
    if qualified:
        return f"{bracketed[norm(qualified)]} {words}"
    rest, _, last = words.rpartition(" ")
    return f"{_QUALIFIERS[last]} {rest}" if rest and last in _QUALIFIERS else words


@lru_cache(4096)
def _guess(header: str) -> _Guess | None:
    words = _words(header)
    if not words or len(header) > _LONGEST:
        return None
    known = _synonyms()
    if words in known:
        return _Guess(*known[words], 3)
    if found := _later(words):
        return found
    first, _, last = words.rpartition(" ")
    if words.startswith(_GONE):
        return _Guess("extra", "extra", 3)
    if first and last in _REF_ENDS and not _OTHER_REFS & set(words.split()):
        return _Guess("ref", "extra", 2)
    if whole := _skeletons().get(_skeleton(words)):
        return _Guess(*whole, 2)
    padded = f" {words} "
    held = [p for p in known if len(p) > 2 and p not in _WHOLE_ONLY and f" {p} " in padded]
    held += [asked for asked in ("who", "when") if words.startswith(f"{asked} ")]
    if held:
        return _Guess(*known[max(held, key=lambda phrase: _weight(phrase, words))], 2)
    near = _nearly(words)
    return _Guess(*near, 1) if near else None


def _weight(phrase: str, words: str) -> int:
    """How much of a header a phrase is: its beginning, or the noun at the end of two words ("Agency action")."""
    ends = words.endswith(phrase) and words.count(" ") == 1
    return len(phrase) + 8 * words.startswith(phrase) + 10 * ends


def _later(words: str) -> _Guess | None:
    """A due date that says which: "Revised implementation date", "Original deadline"."""
    first, _, rest = words.partition(" ")
    field = _DATE_STAGES.get(first)
    due = field and rest and _guess(rest)
    if not field or not due or due.field != "due":
        return None
    return _Guess(field, "revised", 2) if first in _HOPED else _Guess(field, "extra", 3)


def _skeleton(words: str) -> str:
    """What is left of a header when letters that scanners mix up are made one: "0wner", "Cornments"."""
    return words.replace(" ", "").translate(_MIXED_UP).replace("rn", "m").replace("vv", "w")


@cache
def _skeletons() -> Mapping[str, tuple[str, str]]:
    return {_skeleton(phrase): fields for phrase, fields in _synonyms().items() if len(phrase) > 2}


def _nearly(words: str) -> tuple[str, str] | None:
    """A phrase that differs in a letter or two."""
    tight = words.replace(" ", "")
    if not 6 <= len(tight) <= 40:
        return None
    for phrase in _by_length():
        bare = phrase.replace(" ", "")
        if len(bare) >= 6 and abs(len(bare) - len(tight)) <= 2 and fuzz.ratio(bare, tight) >= 88:
            return _synonyms()[phrase]
    return None


def is_known(header: str) -> bool:
    """A header that plans use, or a table beside a plan."""
    return _guess(flat(header)) is not None or _is_exact(flat(header))


def is_whole(header: str) -> bool:
    """A header that plans use just so."""
    return _words(flat(header)) in _synonyms()


def is_header(cells: Sequence[str], least: int = 1) -> bool:
    """A row of headers: most of its cells are labels that tables use, and nothing in it is a ref, a date or prose.

    ``least`` is how many of them must be labels just as they stand; one or two ratings ("On track") are none.
    """
    return _is_header(tuple(dict.fromkeys(text for cell in cells if (text := flat(cell)))), least)


@lru_cache(16_384)  # the rows of a table are looked at when it is parted, titled and read
def _is_header(texts: tuple[str, ...], least: int) -> bool:
    if len(texts) < 2 or any(len(text) > _LONGEST for text in texts):
        return False
    rated = [text for text in texts if _RATED.fullmatch(norm(text))]
    exact = sum(map(_is_exact, texts)) - (len(rated) if len(rated) < _COUNTED else 0)
    if exact < least:
        return _all_told(texts)
    if exact < 2 and (not exact or any(len(text) > 60 for text in texts)):
        return False
    odd_ones = [text for text in texts if (strong_ref(text) or is_datelike(text)) and not _guess(text)]
    odd = len(odd_ones)
    if exact >= _SURE and odd >= 3 and all(_is_month(text) for text in odd_ones):  # a column a month
        texts, odd = tuple(text for text in texts if text not in odd_ones), 0
    if odd and (exact < 4 or odd * 5 > len(texts)):
        return False
    known = exact + sum(
        len(text) <= 60 or text.endswith("?")
        for text in texts
        if not _is_exact(text) and _guess(text) is not None
    )
    return 2 * known >= len(texts) and known >= (2 if exact >= 2 else 3)


def _all_told(texts: Sequence[str]) -> bool:
    """Four labels or more, every one of them near to a known one, of an action and of who or when."""
    if len(texts) < 4 or any(len(text) > _LONG_LABEL for text in texts):
        return False
    told = set[str]()
    for text in texts:
        guess = _guess(text)
        if guess is None:
            return False
        told.add(guess.field)
    return "action" in told and bool(told & {"owner", "due"})


def _is_month(text: str) -> bool:
    spans = find_spans(text, as_of=_ANY_DAY)
    return len(spans) == 1 and spans[0].start != spans[0].end


def _is_exact(text: str) -> bool:
    if len(text) > _LONG_LABEL and "(" not in text:
        return False
    words = _words(text)
    return words in _synonyms() or is_aside_label(words) or _skeleton(words) in _skeletons()


def second_choice(header: str) -> str | None:
    """The field that a header of no field of its own can be as well: "Target" over dates is a due date."""
    guess = _guess(flat(header))
    return guess.second if guess and guess.field == "extra" else None


def assign(headers: Sequence[str], by_hand: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """Each header's field. A field goes to its surest header; the others take their second choice or stay extra."""
    hand = {norm(header): field for header, field in (by_hand or {}).items()}
    fields: dict[int, str] = {i: hand[norm(h)] for i, h in enumerate(headers) if norm(h) in hand}
    guesses = {i: g for i, h in enumerate(headers) if i not in fields and (g := _guess(flat(h)))}
    newest = sorted(guesses.items(), key=lambda item: _age(flat(headers[item[0]])), reverse=True)
    ranked = dict(sorted(newest, key=lambda item: _rank(_words(flat(headers[item[0]])), item[1].field)))
    for weight in (3, 2, 1):
        for i, guess in ranked.items():
            if i not in fields and guess.weight == weight and _free(guess.field, fields):
                fields[i] = guess.field
    for i, guess in guesses.items():
        if i not in fields:
            again = _words(flat(headers[i])) in {_words(flat(headers[j])) for j in fields}
            fields[i] = guess.second if _free(guess.second, fields) and not again else "extra"
    _fill_action(guesses, fields)
    _fill_second("evidence", "assurance", fields)
    _fill_second("on_target", "rag", fields)
    return tuple(Column(flat(h), fields.get(i, "extra")) for i, h in enumerate(headers))


def _rank(words: str, field: str) -> int:
    """Of two headers of one field, the likelier one: who answers before who leads, a due date before any date."""
    parts = set(words.split())
    if field == "issue":
        return int("action" in parts)
    return 0 if parts & _FIRST else 3 if words in _LAST or parts & _HOPED else 1 if parts & _SECOND else 2


def _age(header: str) -> date:
    """The last day that a header names: of "RAG May 24" and "RAG Jun 24" the later is the rating that holds."""
    return max((span.end for span in find_spans(header, as_of=_ANY_DAY) if span.end), default=date.min)


def _free(field: str, fields: Mapping[int, str]) -> bool:
    return field in ("extra", "ignore") or (field != "-" and field not in fields.values())


def _fill_action(guesses: Mapping[int, _Guess], fields: dict[int, str]) -> None:
    """A table without an action column: the last that responds, recommends or requires is the action."""
    seconds = [i for i, guess in guesses.items() if guess.second == "action"]
    if seconds and "action" not in fields.values():
        fields[seconds[-1]] = "action"


def _fill_second(lonely: str, wanted: str, fields: dict[int, str]) -> None:
    """Evidence alone is the assurance column, "On track?" alone the rating."""
    if wanted not in fields.values():
        for i, field in fields.items():
            if field == lonely:
                fields[i] = wanted
                return


def named_by_hand(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Check a mapping made by hand: {"Month due": "due"}. ValueError names what is wrong."""
    wrong = sorted(set((columns or {}).values()) - FIELDS)
    if wrong:
        raise ValueError(f"no such field: {', '.join(wrong)}; choose from {', '.join(sorted(FIELDS))}")
    return dict(columns or {})
