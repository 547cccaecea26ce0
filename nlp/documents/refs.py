"""References of actions and themes: text that looks like "6.1.4", "A", "C (and 18.5)" or "REC-07"."""

from __future__ import annotations

import re

from nlp.documents.markup import flat

__all__ = ["clean_ref", "leading_ref", "looks_like_ref", "ref_parts", "strong_ref"]

_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|"
    r"september|october|november|december)[ ._/'-]?\d{1,4}",
    re.IGNORECASE,
)
# Letters that an extraction swaps for their Latin look-alikes.
_LOOKALIKES = str.maketrans("АВСЕНІЈКМОРЅТХУавсеһіјкмнорѕтху", "ABCEHIJKMOPSTXYabcehijkmhopstxy")
_NUMBERED = r"\d{1,3}(?:\.\d{1,3}){0,4}"
_STRONG = re.compile(
    rf"(?:[A-Za-z]{{1,6}}[ ._/-]?)?(?:{_NUMBERED}|\d{{4,5}}|(?:20)?\d\d/\d\d-\d{{1,3}})(?:\.?[a-z]|\([a-z0-9ivx]{{1,4}}\)|[/-]\d{{1,3}})?[.):]?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[A-Z]{1,2}\d{0,3}[.):]?")
_WORDED = re.compile(
    rf"(?:[A-Za-z0-9/.-]{{1,14}} ){{1,4}}\(?{_NUMBERED}[a-z]?\)?|[A-Z] \(and {_NUMBERED}\)|[A-Za-z]{{1,6}}(?:[-/._][A-Za-z0-9]{{1,8}}){{1,4}}"
)
_LEADING = re.compile(
    rf"(?P<ref>(?:[A-Z]{{1,4}}[.-]?)?{_NUMBERED}(?:\.?[a-z](?![\w.])|\([a-z]\))?)(?P<end>[.):]?)(?=\s|$)"
)


def clean_ref(text: str) -> str:
    """The ref as people write it: look-alike letters made Latin, a closing full stop or bracket dropped."""
    ref = flat(text)
    if not ref:
        return ""
    if not ref.isascii():
        latin = ref.translate(_LOOKALIKES)
        ref = latin.upper() if len(latin) == 1 else latin
    if ref.endswith((".", ":")) or (ref.endswith(")") and "(" not in ref):
        ref = ref[:-1].rstrip()
    return ref


def looks_like_ref(text: str) -> bool:
    """Could stand in a column of refs."""
    ref = clean_ref(text)
    if _MONTH.fullmatch(ref):
        return False
    return 0 < len(ref) <= 30 and bool(
        _STRONG.fullmatch(ref) or _LETTER.fullmatch(ref) or _WORDED.fullmatch(ref)
    )


def strong_ref(text: str) -> bool:
    """Can hardly be anything else: a numbered ref, at most with letters before it."""
    ref = clean_ref(text)
    return 0 < len(ref) <= 14 and bool(_STRONG.fullmatch(ref)) and not _MONTH.fullmatch(ref)


def leading_ref(text: str) -> tuple[str, str] | None:
    """A ref that opens a text, and the rest: ("2.10", "Open the hub ...")."""
    body = text.lstrip()
    found = _LEADING.match(body)
    if not found:
        return None
    rest = body[found.end() :].lstrip(" \t.:-–)")
    return found["ref"], rest


def ref_parts(ref: str) -> tuple[int, ...]:
    """The numbers of a ref, for order and parenthood: "6.1.4" -> (6, 1, 4)."""
    return tuple(int(n) for n in re.findall(r"\d{1,6}", ref))
