"""Finds what would identify a patient: NHS and hospital numbers, dates of birth, a name with a condition.

Plain regular expressions, without the pipeline, so that a message can be looked at before it is
kept. The vocabulary is identifier_words.toml. The check digit of an NHS number is that of the
NHS Data Dictionary (modulus 11, weights 10 to 2).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import islice

__all__ = ["Identifier", "IdentifierKind", "find_identifiers", "valid_nhs_number"]


class IdentifierKind(StrEnum):
    """What was found."""

    NHS_NUMBER = "nhs_number"
    DATE_OF_BIRTH = "date_of_birth"
    HOSPITAL_NUMBER = "hospital_number"
    NAME_WITH_CONDITION = "name_with_condition"


@dataclass(frozen=True, slots=True)
class Identifier:
    """Where in the text, and by which rule."""

    kind: IdentifierKind
    start_char: int
    end_char: int
    rule: str


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """What in the text seems to identify a patient, in order; nothing overlaps."""
    found = [*_nhs_numbers(text), *_births(text), *_hospital_numbers(text), *_names(text)]
    kept: list[Identifier] = []
    for one in sorted(found, key=lambda one: (one.start_char, -one.end_char)):
        if not kept or one.start_char >= kept[-1].end_char:
            kept.append(one)
    return tuple(kept)


# the vocabulary

_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # characters that nobody sees
_GAP = rf"[\s.\-\u2010-\u2015{_HIDDEN}]{{0,4}}"
_AFTER_LABEL = rf"[\s.:#=(){_HIDDEN}-]{{0,5}}(?:(?:is|was)\s{{1,3}})?"


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    """The lists of the data file; ValueError where one is missing, empty or no list of words."""
    lists = tomllib.loads(files("nlp").joinpath("identifier_words.toml").read_text(encoding="utf-8"))
    for name in (
        "other_numbers", "number_words", "hospital_numbers", "hospital_numbers_alone", "born_otherwise", "patients",
        "titles", "titles_in_haste", "no_names", "conditions", "broken_bones", "work", "colleagues", "reporting", "persons", "links",
    ):  # fmt: skip
        words = lists.get(name)
        if not isinstance(words, list) or not words or not all(isinstance(one, str) and one for one in words):
            raise ValueError(f"identifier_words.toml: “{name}” must be a list of words")
    return {name: tuple(words) for name, words in lists.items()}


def _any(name: str) -> str:
    """A pattern for any word of a list, the longest first."""
    words = sorted(_words()[name], key=len, reverse=True)
    loose = (
        re.escape(word).replace(r"\ ", r"\s+").replace(r"\-", r"[-\s]").replace("'", "['’]?")
        for word in words
    )
    return f"(?:{'|'.join(loose)})"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern with the lists that {names} in double angle brackets name put in."""
    return re.compile(re.sub(r"<<(\w+)>>", lambda name: _any(name[1]), pattern), re.IGNORECASE)


# NHS numbers

_TEN = re.compile(rf"(?<![\w-])(?<!\d[.,/])\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}}(?![\w-]*\d)(?!\w)")
_LABELLED_NHS = re.compile(
    rf"\bn\.?h\.?s\.?{_GAP}(?:number|num|no|id)?{_AFTER_LABEL}(?P<number>\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_LINK = re.compile(r"\S{0,2000}://\S{1,2000}")


_LABELS = (  # how the words before a number call it something else, to their end
    rf"(?<!\w)<<other_numbers>>(?!\w)(?:{_GAP}<<number_words>>\b)?[^\w\n]{{0,6}}(?:(?:is|was|number)\s{{1,3}})?$",
    r"(?<!\w)<<other_numbers>>(?!\w)(?:\s\w{1,15}){0,4},?\s(?:is|no|number|raised|approved|logged|paid)[\s.:#]{1,4}$",
    r"\b(?!<<persons>>\b)[^\W\d_]{2,20}\s(?:number|num|no|id|code|ref)\b[\s.:#]{1,4}(?:is\s)?$",
    r"\+\d{1,3}[\s()]{0,3}$",
)


def valid_nhs_number(digits: str) -> bool:
    """Whether ten digits pass the check; ten of a kind do not count."""
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    numbers = [int(one) for one in digits]
    rest = 11 - sum(number * (10 - place) for place, number in enumerate(numbers[:9])) % 11
    return rest != 10 and rest % 11 == numbers[9]


def _nhs_numbers(text: str) -> Iterator[Identifier]:
    for found in _LABELLED_NHS.finditer(text):
        yield Identifier(IdentifierKind.NHS_NUMBER, found.start("number"), found.end("number"), "labelled")
    links = [found.span() for found in _LINK.finditer(text)]
    excused_to = -1
    for found in _TEN.finditer(text):
        digits = "".join(one for one in found[0] if one.isdecimal())
        if not valid_nhs_number(digits) or any(start <= found.start() < end for start, end in links):
            continue
        if _another_number(text, found.start(), found.end(), excused_to):
            excused_to = found.end()
        else:
            yield Identifier(IdentifierKind.NHS_NUMBER, found.start(), found.end(), "check-digit")


def _another_number(text: str, start: int, end: int, excused_to: int) -> bool:
    """Whether the words beside it call it an order, a ticket, a phone."""
    before = text[max(0, start - 64) : start]
    if any(_compiled(label).search(before) for label in _LABELS):
        return True
    if excused_to >= 0 and re.fullmatch(r"[\s,;&/]{0,3}(?:and|or)?\s{0,3}", text[excused_to:start][:9]):
        return start - excused_to < 9
    after = text[end : end + 40]
    return bool(
        _compiled(r"\s{1,3}(?:\(|(?:is|was)\s)(?:(?:the|our|a|an)\s)?<<other_numbers>>\b").match(after)
    )


# dates of birth

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./-]{{0,3}}(?:of\s)?(?:\d{{1,2}}|{_MONTH})[\s.,/-]{{1,3}}\d{{2,4}}"
    rf"|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})(?!\d)"
)
_BIRTH = re.compile(
    rf"\b(?:d\.?\s?o\.?\s?b\b\.?|date[\s-]of[\s-]birth|birth[\s-]?date){_AFTER_LABEL}(?P<date>{_DATE})",
    re.IGNORECASE,
)
_BORN = re.compile(rf"\bborn\s{{1,3}}(?:on\s{{1,3}})?(?:the\s{{1,3}})?(?P<date>{_DATE})", re.IGNORECASE)


def _births(text: str) -> Iterator[Identifier]:
    for found in _BIRTH.finditer(text):
        yield Identifier(IdentifierKind.DATE_OF_BIRTH, found.start("date"), found.end("date"), "labelled")
    for found in _BORN.finditer(text):
        before = re.split(r"[.;\n]", text[max(0, found.start() - 40) : found.start()])[-1]
        if not _compiled(r"\b<<born_otherwise>>\b").search(before):
            yield Identifier(IdentifierKind.DATE_OF_BIRTH, found.start("date"), found.end("date"), "born")


# hospital numbers

_ITS_NUMBER = r"(?P<number>[a-z]{0,3}[-/]?\d{2,10}[-/]?\d{3,10}[a-z]?)\b(?![.,]\d)"


def _hospital_numbers(text: str) -> Iterator[Identifier]:
    numbered = rf"\b<<hospital_numbers>>{_GAP}<<number_words>>\b{_AFTER_LABEL}{_ITS_NUMBER}"
    alone = rf"\b<<hospital_numbers_alone>>\b[\s.:#]{{0,4}}(?=[a-z]{{0,3}}\d{{6}}){_ITS_NUMBER}"
    for rule, pattern in (("labelled", numbered), ("beside", alone)):
        for found in _compiled(pattern).finditer(text):
            yield Identifier(IdentifierKind.HOSPITAL_NUMBER, found.start("number"), found.end("number"), rule)


# a name with a condition

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-Ž]"
_WORD = rf"{_CAPITAL}(?:[^\W\d_]|['’\-]){{1,30}}"
_INITIALS = r"[A-Z]\.\s?[A-Z]\.?(?![^\W\d_])"
_NAME = rf"(?-i:{_INITIALS}|(?:[A-Z]\.?\s){{0,3}}{_WORD}(?:\s{_WORD}){{0,2}})"
_TITLED = rf"\b<<titles>>\b\.?\s{{1,3}}(?P<name>{_NAME})"
_TYPED = r"\b<<titles_in_haste>>\b\.?\s{1,3}(?P<name>[^\W\d_]{2,30})"
_PATIENT = rf"\b<<patients>>(?:\s(?:called|named))?\s{{1,3}}(?P<name>{_NAME})"
_FULL_NAME = re.compile(
    rf"\b(?=(?P<name>{_CAPITAL}[a-z](?:[^\W_]|['’\-]){{0,30}}\s{_WORD})\b)"
)  # ahead: "Update John Pike" holds one
_CONDITION = r"\b(?:<<conditions>>|brok(?:e|en)\s(?:his|her|their|a)\s(?:left\s|right\s)?<<broken_bones>>)\b"
_LINKED = (
    r"(?:\s{1,3}<<links>>\s{1,3}(?:(?:an?|the|his|her|suspected|advanced|severe|terminal|lung|breast|bowel)\s{1,3}){0,2}"
    r"|\s?\()"
)
_REACH = 110  # characters between a titled name and its condition
_STOP = re.compile(r"[!?;\n]|(?<!\b[A-Za-z])(?<!mr)(?<!mrs)(?<!dr)\.(?=\s|$)", re.IGNORECASE)


def _names(text: str) -> Iterator[Identifier]:
    conditions = [found for found in _compiled(_CONDITION).finditer(text) if not _is_work(text, found.end())]
    if not conditions:
        return
    for rule, pattern in (("titled", _TITLED), ("titled", _TYPED), ("patient", _PATIENT)):
        for found in _compiled(pattern).finditer(text):
            if any(_concerns(text, found, condition) for condition in _near(found, conditions)):
                yield _named(found, rule)
    starts = frozenset(condition.start() for condition in conditions)
    for found in _FULL_NAME.finditer(text):
        if _may_be_named(found["name"]) and _linked(text, found.end("name"), starts):
            yield _named(found, "linked")


def _near(name: re.Match[str], conditions: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The conditions that stand close enough to the name to be looked at."""
    first = bisect_left(conditions, name.start() - _REACH, key=lambda one: one.end())
    for condition in islice(conditions, first, None):
        if condition.start() > name.end() + _REACH:
            return
        yield condition


def _named(found: re.Match[str], rule: str) -> Identifier:
    return Identifier(IdentifierKind.NAME_WITH_CONDITION, found.start(), found.end("name"), rule)


def _is_work(text: str, end: int) -> bool:
    """Whether the condition is part of a name of work: "the cancer board", "sepsis screening tool"."""
    after = re.match(r"(?:['’]s)?(?:[ -]\(?[\w&/’'-]{1,30}){0,3}", text[end : end + 100])
    words = [] if after is None else re.findall(r"[^\W\d_]+", after[0])
    return any(word.casefold() in _set("work") for word in words)


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_words()[name])


def _concerns(text: str, name: re.Match[str], condition: re.Match[str]) -> bool:
    """Whether name and condition stand in one sentence, with nothing that makes the person a colleague."""
    first, last = sorted((name, condition), key=lambda one: one.start())
    between = text[first.end() : last.start()]
    if last.start() < first.end() or _STOP.search(between):
        return False
    if text[name.end() : name.end() + 1] == ":":
        return False  # who speaks
    around = _STOP.split(text[name.end() : max(name.end() + 30, condition.end())])[0]
    if _compiled(r"\b<<colleagues>>\b").search(around):
        return False
    own = re.search(
        r"\b(?:his|her|their)\s(?:\w{1,20}\s){0,2}$",
        text[max(0, condition.start() - 50) : condition.start()],
        re.I,
    )
    return own is not None or not _compiled(r"\b<<reporting>>\b").search(around)


def _may_be_named(name: str) -> bool:
    return not {word.casefold().removesuffix("'s") for word in name.split()} & _set("no_names")


def _linked(text: str, end: int, starts: frozenset[int]) -> bool:
    """Whether a condition follows the name at once: "has sepsis", "(dementia)"."""
    found = _compiled(_LINKED).match(text, end)
    return found is not None and found.end() in starts
