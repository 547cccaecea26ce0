"""References to actions, themes and steps, in the shapes that plans print and people type."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from storage.model.reading import RefFound

__all__ = ["THEME", "find_refs"]

THEME = "theme"  # the rule of a ref that names a theme, which is no action

_NAMES = (
    r"(?P<name>(?i:actions?|recs?|recommendations?|refs?|references?|items?|themes?|workstreams?|objectives?"
    r"|priorit(?:y|ies)|requirements?|must[- ]dos?|should[- ]dos?))"
)
_TO_NUMBER = r"(?:\s?(?i:points?|ref|number|no\.?|for|plan))?[ :#]{1,3}"
_DOTTED = r"\d{1,2}(?:\.\d{1,2}){1,3}[a-z]?"
_NUMBER = r"[A-Z]{0,3}\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?"
_LETTER = r"[A-HJ-Z](?![\w'&])"
_BEFORE = r"(?<![\w.,/:£$€%+#-])"
_AFTER = r"(?![\w%£$€]|[.,:/-]\d|\s?(?:%|percent|per cent))"
_FOUND = re.compile(
    rf"\b{_NAMES}{_TO_NUMBER}(?P<named>{_NUMBER}|{_LETTER}){_AFTER}"
    rf"|(?<![\w#&])(?P<handle>#\d{{1,5}})(?!\w)"
    rf"|(?P<steps>\b(?i:steps?)\s(?P<step>\d{{1,2}}))(?!\w|[.,:/]\d)"
    rf"|{_BEFORE}(?P<rec>R\d{{1,3}})(?!\w)"
    rf"|{_BEFORE}(?P<dotted>{_DOTTED})(?![\w%£$€]|\.\d|[,:-]\d|\s?%|/\d{{3}})"
)
_MORE = re.compile(
    r"(?P<joint>\s{0,2}(?:,?\s{0,2}(?:and|&|or|to)\s|,|/|&|\+|-)\s{0,2})"
    rf"(?:(?P<full>{_DOTTED})|(?P<tail>\.\d{{1,2}})|(?P<bare>\d{{1,3}}))(?![\w%£$€]|[.:/]\d|\s?%)"
)
_STEP_AFTER = re.compile(r"\s?\((\d{1,2})\)")
_UNIT = re.compile(
    r"\s{0,2}(?:wte|fte|days?|weeks?|wks?|months?|mths?|years?|yrs?|hours?|hrs?|min(?:ute)?s?|am|pm|million|m|k|bn"
    r"|per|percent|points?|out|of|staff|beds?|people|patients|times|nurses|posts?|sites?|wards?"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september"
    r"|october|november|december)\b",
    re.IGNORECASE,
)
_NO_REF_BEFORE = re.compile(
    r"(?:\b(?:v|ver|version|section|sections|s|sect|para|paragraph|page|pages|p|pp|appendix|table|figure|band|level"
    r"|tier|ward|bay|room|unit|phase|stage|nhs|mha|regulation|reg|article|act|windows|office|release|python"
    r"|score|average|mean|ratio|rate|rating|at|by|from|to|than|of|was|is|only|about|around|over|under)\.?\s{0,2})$",
    re.IGNORECASE,
)
_LINE_START = re.compile(
    r"(?:^|[\n;•]|[.!?:]\s|\s-\s)\s{0,3}(?:[-*•]\s{0,2})?(?:re:?\s|for\s|on\s|and\s)?$", re.IGNORECASE
)
# "A1", "WS2b"; a quarter, school year, key stage, level or week is none.
_CODE = r"(?!(?:Q|H|Y|FY|KS|L|V|T|W)\d)[A-Z]{1,3}-?\d{1,3}[a-z]?"
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
# A number or letter of its own that opens a statement ("8 done, 13 and 14 slipped", "H: not begun").
_BARE = re.compile(
    rf"(?:^|\n|[.;,!]\s|\band\s)\s{{0,3}}(?:[-*•]\s?)?(?P<bare>\d{{1,3}}[a-z]?|[A-Z]|{_CODE})"
    rf"(?:(?P<mark>\s?[:)]\s|\s-\s(?!\d{{1,2}}(?:st|nd|rd|th)?\s(?i:{_MONTHS})))"
    r"|(?=,?\s(?:&|(?:and|is|isn't|isnt|was|has|hasn't|hasnt|still|not|done|complete|completed"
    r"|closed|finished|no|both|now|all|on track|on hold|slipped|delayed|started|ok|okay|fine|waiting|awaiting|live"
    r"|in progress|in place|signed|nearly|almost|due|will|should|just|thats|that's|ready|overdue|amber|green|red"
    r"|ongoing|underway|unchanged|same|nothing|inspected|passed|failed|going|went|moved|pushed|cancelled)\b)))"
)
# "1a done 1b done 1c about 90%": a row of them without a mark, where the first opens the text.
_LETTERED_ROW = re.compile(r"\s{0,3}(\d{1,2}[a-h])\s[^\n]{1,200}?\s\d{1,2}[a-h]\s")
_LETTERED = re.compile(r"(?:^|(?<=\s))\d{1,2}[a-h](?=\s)")
_BARE_MARK = re.compile(r"\s?[:)]\s|\s-\s")
_LOOK_BACK = 24  # characters that tell what a number is
_LONGEST_RANGE = 30
_RECENT = 20  # refs before this one that tell its shape


class _Spans:
    """Spans of refs, to ask whether one meets them."""

    def __init__(self, found: Sequence[RefFound]) -> None:
        spans = sorted((one.start_char, one.end_char) for one in found)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def meet(self, start: int, end: int) -> bool:
        before = bisect_left(self._starts, end) - 1
        return before >= 0 and self._ends[before] > start


def find_refs(text: str, known_refs: Set[str]) -> tuple[RefFound, ...]:
    """Refs in the text, in order; offsets are into ``text``.

    Runs before the dates, which leave alone what is a ref. So "1.4.16" (day.month.year in two
    digits) is a ref only where it is among ``known_refs`` or a word such as "action" or "rec" says so;
    "6.1" only where it is known, is so named, or opens a line. Ranges ("6.1.1 to 6.1.3") give every ref
    between; those that are not printed share the span of the "to".
    """
    found: list[RefFound] = list(_printed(text, known_refs)) if known_refs else []
    printed = _Spans(found)
    at = 0
    while match := _FOUND.search(text, at):
        at = match.end()
        if printed.meet(match.start(), at):
            continue
        for one in _with_list(_read(match, text, known_refs, found), text, known_refs):
            found.append(one)
            at = max(at, one.end_char)
    found.extend(_bare(text, known_refs, found))
    ordered = sorted(found, key=lambda one: (one.start_char, one.end_char))
    return tuple(_of_their_action(ordered))


def _lettered(text: str, known: Set[str], taken: _Spans) -> Iterator[RefFound]:
    for match in _LETTERED.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if not taken.meet(*match.span()) and not _NO_REF_BEFORE.search(before):
            yield RefFound(*match.span(), match.group(), _as_known(match.group(), known), "bare")


def _of_their_action(found: list[RefFound]) -> Iterator[RefFound]:
    """Steps that come before their action's ref ("steps 3 and 4 of 1.2") take it."""
    owner = ""
    owned = []
    for one in reversed(found):
        owner = one.ref if one.rule not in ("step", THEME) else owner
        owned.append(replace(one, ref=owner) if one.rule == "step" and not one.ref else one)
    return reversed(owned)


def _bare(text: str, known: Set[str], found: list[RefFound]) -> Iterator[RefFound]:
    """Refs of one number or letter: known ones, those set off by a mark, and any where there are two or more."""
    taken = _Spans(found)
    seen: list[RefFound] = []
    for match in _BARE.finditer(text):
        start, end = match.span("bare")
        if taken.meet(start, end):
            continue
        if match["bare"] in "AI" and chr(ord(match["bare"]) - 1) not in {other.ref for other in seen[-1:]}:
            continue  # the words "A" and "I", unless the letter before them was a ref
        one = RefFound(start, end, match["bare"], _as_known(match["bare"], known), "bare")
        seen.extend(
            other
            for other in _with_list(one, text, known)
            if not seen or other.start_char >= seen[-1].end_char
        )
    if _LETTERED_ROW.match(text):
        seen.extend(_lettered(text, known, _Spans([*found, *seen])))
    marked = any(_BARE_MARK.match(text, one.end_char) for one in seen)
    plain = any(one.rule == "named" for one in found)
    for one in seen:
        if one.ref in known or (not known and (plain or len(seen) > 1 or marked)):
            yield one


def _read(match: re.Match[str], text: str, known: Set[str], earlier: list[RefFound]) -> RefFound | None:
    kind = match.lastgroup or ""
    if match["steps"]:
        last = next((one.ref for one in reversed(earlier[-_RECENT:]) if one.rule != THEME), "")
        return RefFound(match.start(), match.end(), match.group(), last, "step", match["step"])
    if match["named"]:
        theme = match["name"].lower().startswith(("theme", "workstream"))
        if _UNIT.match(text, match.end()) and match["named"].isdigit():
            return None
        handle = match["named"].isdigit() and text[match.start("named") - 1] == "#"
        ref = f"#{match['named']}" if handle else _as_known(match["named"], known)
        return RefFound(match.start("named"), match.end(), match["named"], ref, THEME if theme else "named")
    if match["handle"] or match["rec"]:
        ref = match["handle"] or _as_known(match["rec"], known)
        return RefFound(
            match.start(), match.end(), match.group(), ref, "handle" if match["handle"] else "rec"
        )
    if kind == "dotted" and _is_ref(match, text, known, earlier):
        return RefFound(match.start(), match.end(), match.group(), match.group(), "dotted")
    return None


def _is_ref(match: re.Match[str], text: str, known: Set[str], earlier: list[RefFound]) -> bool:
    """Whether a dotted number is a ref, and no date, decimal, version or section."""
    ref = match.group()
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if ref in known:
        return not _UNIT.match(text, match.end()) and not re.search(r"(?i)\bv(?:er(?:sion)?)?\.?\s?$", before)
    parts = [int(part) for part in re.findall(r"\d+", ref)]
    if len(parts) > 2:
        return (
            0 not in parts and not _is_date(ref, parts) and not re.search(r"(?i)\bv(?:ersion)?\s?$", before)
        )
    if known and before[-1:] not in {"", "\n"}:
        return False
    if _UNIT.match(text, match.end()) or _NO_REF_BEFORE.search(before) or parts[0] == 0:
        return False
    alike = any(one.rule == "dotted" and one.ref.count(".") == 1 for one in earlier[-_RECENT:])
    return alike or (
        bool(_LINE_START.search(before))
        and bool(re.match(r"\s{0,2}[:–-]|\s[A-Za-z]|\s?\(", text[match.end() :][:4]))
    )


def _is_date(ref: str, parts: list[int]) -> bool:
    last = ref.rsplit(".", 1)[-1]
    return len(parts) == 3 and len(last) == 2 and 1 <= parts[0] <= 31 and 1 <= parts[1] <= 12


def _as_known(ref: str, known: Set[str]) -> str:
    """The plan's own print of a named ref: "rec 7" is "R7" in a plan that prints so."""
    if ref in known:
        return ref
    prints = (ref.lstrip("R"), f"R{ref}", f"Rec {ref}", ref.upper())
    return next((one for one in prints if one in known), ref)


def _with_list(first: RefFound | None, text: str, known: Set[str]) -> Iterator[RefFound]:
    """A ref, its step in brackets, and the refs that a list or a range goes on with."""
    if first is None:
        return
    step = _STEP_AFTER.match(text, first.end_char) if first.rule in ("dotted", "named") else None
    if step:
        end = step.end()
        first = replace(first, end_char=end, text=text[first.start_char : end], step=step[1])
    yield first
    last = first
    while more := _MORE.match(text, last.end_char):
        following = _next(more, last, text, known)
        if following is None:
            return
        if more["joint"].strip() in ("to", "-") and following.rule != "handle":
            yield from _between(last, following, more)
        yield following
        last = following


def _next(more: re.Match[str], last: RefFound, text: str, known: Set[str]) -> RefFound | None:
    unit = _UNIT.match(text, more.end())
    if unit and not (last.rule == "step" and unit.group().split()[-1].lower() == "of"):
        return None
    start = more.start("joint") + len(more["joint"])
    said = text[start : more.end()]
    stem = last.ref.rpartition(".")[0]
    if last.rule == "step":
        return RefFound(start, more.end(), said, last.ref, "step", said) if more["bare"] else None
    if more["full"]:
        parts = [int(part) for part in re.findall(r"\d+", said)]
        fits = said in known or (said.count(".") == last.ref.count(".") and not _is_date(said, parts))
        return RefFound(start, more.end(), said, said, last.rule) if fits else None
    if more["tail"]:
        return RefFound(start, more.end(), said, stem + said, last.rule) if stem else None
    if stem:
        near = "/" in more["joint"] or f"{stem}.{said}" in known
        return RefFound(start, more.end(), said, f"{stem}.{said}", last.rule) if near else None
    if last.rule in ("named", "bare", THEME):
        return RefFound(start, more.end(), said, _as_known(said, known), last.rule)
    return None


def _between(first: RefFound, last: RefFound, more: re.Match[str]) -> Iterator[RefFound]:
    """The refs inside a range; they are printed nowhere, so they share the span of the "to"."""
    stem, _, low = first.ref.rpartition(".")
    last_stem, _, high = last.ref.rpartition(".")
    if first.rule == "step":
        low, high = first.step or "", last.step or ""
    if stem != last_stem or not (low.isdigit() and high.isdigit()) or int(high) - int(low) > _LONGEST_RANGE:
        return
    for number in range(int(low) + 1, int(high)):
        start, end = more.start("joint"), more.end("joint")
        if first.rule == "step":
            yield RefFound(start, end, more["joint"], first.ref, "step", str(number))
        else:
            yield RefFound(start, end, more["joint"], f"{stem}.{number}" if stem else str(number), first.rule)


def _printed(text: str, known: Set[str]) -> Iterator[RefFound]:
    """Known refs of other shapes ("C (and 18.5)", "2017 action for 20.1", "J"), as the plan prints them."""
    pattern = _known_pattern(frozenset(known))
    if pattern is None:
        return
    for match in pattern.finditer(text):
        said = match.group()
        bare = match.start() == 0 or text[match.start() - 1] == "\n"
        after = r"\s{0,2}[:.)–-]" if said in "AI" else r"\s{0,2}[:.)–-]|\s|$"
        if len(said) == 1 and not (bare and re.match(after, text[match.end() : match.end() + 3])):
            continue
        yield RefFound(match.start(), match.end(), said, _spaced(said, known), "known")


@lru_cache(maxsize=64)
def _known_pattern(known: frozenset[str]) -> re.Pattern[str] | None:
    odd = [ref for ref in known if not re.fullmatch(rf"{_DOTTED}|\d{{1,3}}|#\d+", ref) and ref.strip()]
    if not odd:
        return None
    forms = sorted((r"\s{1,3}".join(map(re.escape, ref.split())) for ref in odd), key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(forms)})(?![\w.]*\w)")


def _spaced(said: str, known: Set[str]) -> str:
    key = said.split()
    return next((ref for ref in known if ref.split() == key), said)
