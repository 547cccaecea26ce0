"""What the weights see of a text: what the rules found, its words, and the families that its words belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from nlp.reading.status.evidence import Evidence
from nlp.reading.status.lexicon import Lexicon, default_lexicon
from nlp.reading.status.rules import Decision
from nlp.reading.words import Word, data_rows

__all__ = ["marks_of_evidence", "marks_of_verdict", "marks_of_words"]

_DENIAL = "denial"
_NOT_REACH = 4  # words behind a denial that it may turn round
_STOPS = frozenset(".;!?,-")
_SHORT = 4  # letters of a word that is its own class where it has none
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "ly", "s")


class _Seen(NamedTuple):
    """A word as the weights see it; ``step`` is its first family with its verb form.

    ``told`` and ``denied`` are the marks of its families, and those behind a denial.
    """

    stem: str
    marks: tuple[str, ...]
    tag: str = "0"
    step: str = ""
    told: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    denies: bool = False


def marks_of_verdict(first: Decision) -> tuple[str, str]:
    """The verdict of the rules, and the rule that gave it."""
    return f"rule {first.rule}", f"verdict {first.status}"


def marks_of_evidence(seen: Evidence) -> Iterator[str]:
    """What the signals of a text say: each kind, each next to the one before, and behind a "but"."""
    kinds = [signal.kind for signal in seen.signals]
    for kind, times in seen.counts.items():
        if times:
            yield f"says {kind}"
        if times > 1:
            yield f"says more {kind}"
    for one, other in pairwise(["", *kinds, ""]):
        yield f"says {one} {other}"
    for clause in seen.clauses:
        if clause.after_but:
            yield from (f"but {signal.kind}" for signal in clause.signals)


def marks_of_words(words: Sequence[Word]) -> list[str]:
    """The marks of the words, in order: each word, its classes and families, and what it follows."""
    found: list[str] = ["bias"]
    stem, tag, step = "", "", ""
    denied = 0
    for word in words:
        seen = _seen(word.norm)
        found += seen.marks
        found.append(f"b {stem} {seen.stem}")
        found.append(f"c {tag} {seen.tag}")
        if seen.step:
            found += seen.denied if denied else seen.told
            found.append(f"g {step} {seen.step}")
            step = seen.step
        denied = _NOT_REACH if seen.denies else 0 if word.norm in _STOPS else denied and denied - 1
        stem, tag = seen.stem, seen.tag
    found += (f"b {stem} ", f"c {tag} ", f"g {step} ")
    return found


@lru_cache(maxsize=8192)
def _seen(norm: str) -> _Seen:
    if norm[0].isdigit():
        return _Seen("0", ("w 0",))
    lexicon, stem = default_lexicon(), _stem(norm)
    tags = lexicon.tags(norm)[1:]
    families = _families().get(norm) or _families().get(stem, ())
    step = families[0] + _form(norm, lexicon) if families else "|" if norm in _STOPS else ""
    marks = (f"w {norm}", f"s {stem}", *(f"t {tag}" for tag in tags), *([f"e {step}"] if families else ()))
    tag = tags[0] if tags else norm if len(norm) <= _SHORT else "*"
    told, denied = (tuple(f"{sign} {family}" for family in families) for sign in ("f", "no"))
    return _Seen(stem, marks, tag, step, told, denied, _DENIAL in families)


def _form(norm: str, lexicon: Lexicon) -> str:
    if norm.endswith("ed") or lexicon.is_a(norm, "{irregular}"):
        return "+ed"
    return "+ing" if norm.endswith("ing") else ""


def _stem(norm: str) -> str:
    """The word without its ending, cut so coarsely that no dictionary is needed ("cancelled", "cancel")."""
    ending = next((one for one in _ENDINGS if norm.endswith(one) and len(norm) > len(one) + 2), "")
    stem = norm.removesuffix(ending) if len(norm) > 4 else norm
    if len(stem) > 3 and stem[-1] == stem[-2]:
        return stem[:-1]
    return stem.rstrip("e") if len(norm) > 4 else stem


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """The families of each word, by the word and by its stem."""
    found: dict[str, tuple[str, ...]] = {}
    for family, words in data_rows("nlp.reading.status.vocabulary", "families.tsv", 2):
        for word in words.split():
            for key in {word, _stem(word)}:
                if family not in found.get(key, ()):
                    found[key] = (*found.get(key, ()), family)
    return found
